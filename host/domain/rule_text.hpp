// What all decisions of a rule under the same editions have in common, said once, and what is left to say of one pupil.
//
// Most of an explanation is the same for every pupil: the criteria, their sources, what they need, the parameters. A RuleText holds that; Found holds
// the results and the values of one record, line by line. Together they are the reasons in full: expand().
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "domain/decision.hpp"

namespace sendcheck {

// One criterion, as far as it is the same for every pupil.
struct ReasonLine {
  Reason::Kind kind = Reason::Kind::all;
  std::string label;  // empty for an entry: each has its own
  std::string source;
  std::string have;  // what is found in a record that states nothing
  std::string need;
  std::string unconfirmed;
  // What stands below it, in order: a line, or the entries of a list that a record has, each laid out as that line and those below it.
  struct Part {
    int line = -1;
    bool is_entries = false;
    bool operator==(const Part&) const = default;
  };
  std::vector<Part> parts;
};

// What was found of a line and of all below it but entries.
struct Found {
  std::vector<Truth> results;  // of the lines, in order, from the first on
  // Of a line where more is to be said than its text does.
  struct Note {
    int line = -1;
    std::string have;
    std::string gap;   // empty: none
    std::string need;  // empty: as in the text
  };
  std::vector<Note> notes;  // by line
  struct Entry;
  std::vector<Entry> entries;  // list after list as the lines have them
};
struct Found::Entry {
  int line = -1;  // its first
  std::string label;
  std::string have;
  Found found;
};

struct RuleText {
  std::string rule;
  std::string title;
  std::string kind;
  std::string edition;
  std::vector<Decision::Parameter> parameters;
  // The first is the rule itself. A line stands before those below it, and these before the next beside it; the lines of an entry have a stretch of
  // their own, further on.
  std::vector<ReasonLine> lines;
  // What decisions often say of missing facts, steps and actions: words that a form of output may keep here and name by their number.
  std::vector<std::string> texts;
};

// A decision without what its rule's text says of it. Without a text, the decision is whole as it stands.
struct FoundDecision {
  Decision decision;  // with a text: no reasons, no parameters
  std::shared_ptr<const RuleText> text;
  Found found;
};

// The reasons in full, of a line and all below it. `found` must be of these lines.
Reason expand(const std::vector<ReasonLine>& lines, int line,
              const Found& found);
Decision expand(FoundDecision found);

}  // namespace sendcheck
