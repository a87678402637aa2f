// An entry of the log: what happened, when, who did it, about whom. It is bytes: canonical JSON (sorted keys, no spare white space, no floating point), made
// once, stored and hashed as it is.
//
// Nothing personal and no outcome stands in an entry in clear. What it is about is in its payload, which is sealed; the entry holds the
// hash of the sealed bytes, and a random pseudonym for the pupil.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "crypto/hash.hpp"

namespace sendcheck {

enum class EntryKind {
  log_started,     // entry 0: the log's name and key
  key_rotated,     // signed by the old key, names the new one
  clock_set_back,  // the clock stood before the entry above
  check_started,   // a register is checked: as-of date, what rules were kept
  record,          // a pupil's facts as they were; sealed
  decision,        // what a rule came to for a record; sealed
  check_finished,  // the numbers of a check that came to its end
  impact_started,  // proposed rules are held against those that stand, over a register: both kept; nothing is decided
  impact_finished,  // its numbers
  human_decision,   // what a named person decided; sealed
  view,             // a record or decision was looked at
  printed,          // a page, letter or report was made
  exported,
  imported,
  sampled,          // an auditor's sample was drawn
  rules_proposed,   // an edition was put forward, to be approved by somebody
  rules_published,  // it was approved and signed
  sign_in,
  verified,
  erased,  // a pupil's key was destroyed
  erasure_refused,
  cosigned,  // another party's checkpoint was cosigned, or ours by it
  backed_up,
  restored
};
std::string_view name_of(EntryKind kind);  // "check_started"
std::optional<EntryKind> entry_kind(std::string_view name);

// What the log says of sealed bytes that it does not hold itself.
struct PayloadMark {
  std::uint64_t bytes = 0;
  Digest hash{};
  bool operator==(const PayloadMark&) const = default;
};

struct Entry {
  std::uint64_t number = 0;
  Moment at;
  EntryKind kind = EntryKind::view;
  std::string actor;    // who did it, by the name they go by here
  std::string program;  // the version of sendcheck
  std::string subject;  // pseudonym, 32 hexadecimal digits; empty: no one pupil
  std::string about =
      "{}";  // a canonical JSON object: what else there is to say
  std::optional<PayloadMark> payload;
  bool operator==(const Entry&) const = default;
};

std::string canonical_bytes(const Entry& entry);

// Error entry.malformed: not what canonical_bytes gives for some entry.
Result<Entry> read_entry(std::string_view bytes);

// A text of the entry's `about`; empty where there is none. Needs an entry that read_entry gave.
std::string about_text(const Entry& entry, std::string_view name);
// A whole number of it.
std::optional<std::int64_t> about_number(const Entry& entry,
                                         std::string_view name);

}  // namespace sendcheck
