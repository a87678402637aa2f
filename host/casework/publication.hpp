// What two people put their names to when an edition is published, as texts that are signed (audit/note.hpp). Strict: a text has one spelling, a line a
// value, so that what was signed is what is read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace sendcheck {

// The exact bytes that are put forward, and published: of the edition, and of the plugins with which its worked cases came out as expected.
struct EditionVersion {
  std::string body;     // "884-herefordshire"
  std::string edition;  // "884-herefordshire/2026-04-01"
  int revision = 1;
  std::string hash;  // of edition.json and its tables
  struct Plugin {
    std::string id;
    std::string hash;
    bool operator==(const Plugin&) const = default;
  };
  std::vector<Plugin> plugins;  // of the rules that it names, by id
  bool operator==(const EditionVersion&) const = default;
};

// proposal.note, beside edition.json until it is approved.
struct Proposal {
  EditionVersion version;
  std::string proposed_by;  // name and role: "A. Example, matrix officer"
  Moment proposed_at;
  std::string actor;  // by the name they go by in the log
  std::string log;    // its name

  std::string text() const;
  // Error publish.note: not what text() gives for some proposal.
  static Result<Proposal> parse(std::string_view text);
};

// published.note, in the folder of the revision.
struct Publication {
  EditionVersion version;
  std::int64_t cases = 0;  // that came out as expected
  std::string proposed_by;
  Moment proposed_at;
  std::string approved_by;
  Moment approved_at;
  bool two_people = true;
  std::string proposal;  // the hash of the signed note that was approved
  std::string log;       // that has it
  std::int64_t entry = 0;

  std::string text() const;
  // Error publish.note.
  static Result<Publication> parse(std::string_view text);
};

// Whether a person can be named so in a line of such a text. Error publish.no_person.
Result<void> check_person(std::string_view name);
// Whether two names are one person's, as far as names can tell: what stands before the first comma (after it, the role) in the same letters and digits.
bool same_person(std::string_view a, std::string_view b);

}  // namespace sendcheck
