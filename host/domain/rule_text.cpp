#include "domain/rule_text.hpp"

#include <utility>

namespace sendcheck {
namespace {

// Takes lines, notes and entries in the order in which they were found.
class Expansion {
 public:
  Expansion(const std::vector<ReasonLine>& lines, const Found& found, int first)
      : lines_(lines), found_(found), first_(first) {}

  Reason reason(int id) {
    const ReasonLine& line = lines_[static_cast<std::size_t>(id)];
    Reason reason;
    reason.kind = line.kind;
    reason.label = line.label;
    reason.result = found_.results[static_cast<std::size_t>(id - first_)];
    reason.source = line.source;
    reason.have = line.have;
    reason.need = line.need;
    reason.unconfirmed = line.unconfirmed;
    if (note_ < found_.notes.size() && found_.notes[note_].line == id) {
      const Found::Note& note = found_.notes[note_++];
      reason.have = note.have;
      reason.gap = note.gap;
      if (!note.need.empty()) reason.need = note.need;
    }
    for (const ReasonLine::Part& part : line.parts) {
      if (!part.is_entries) {
        reason.children.push_back(this->reason(part.line));
        continue;
      }
      while (entry_ < found_.entries.size() &&
             found_.entries[entry_].line == part.line) {
        const Found::Entry& entry = found_.entries[entry_++];
        Reason child =
            Expansion(lines_, entry.found, part.line).reason(part.line);
        child.label = entry.label;
        child.have = entry.have;
        reason.children.push_back(std::move(child));
      }
    }
    return reason;
  }

 private:
  const std::vector<ReasonLine>& lines_;
  const Found& found_;
  int first_;
  std::size_t note_ = 0, entry_ = 0;
};

}  // namespace

Reason expand(const std::vector<ReasonLine>& lines, int line,
              const Found& found) {
  return Expansion(lines, found, line).reason(line);
}

Decision expand(FoundDecision found) {
  Decision decision = std::move(found.decision);
  if (found.text) {
    decision.parameters = found.text->parameters;
    decision.reasons = expand(found.text->lines, 0, found.found);
  }
  return decision;
}

}  // namespace sendcheck
