#include "domain/rule_text.hpp"

#include <utility>

namespace sendcheck {
namespace {

// Of one block: takes its notes, and the blocks that stand in it, in the order in which they were found.
class Expansion {
 public:
  Expansion(const std::vector<ReasonLine>& lines, const Found& found,
            std::size_t block)
      : lines_(lines),
        found_(found),
        block_(found.blocks[block]),
        results_(found.results_of(block)),
        notes_(found.notes_of(block)),
        next_(block + 1) {}

  Reason reason(int id) {
    const ReasonLine& line = lines_[static_cast<std::size_t>(id)];
    Reason reason;
    reason.kind = line.kind;
    reason.label = line.label;
    reason.result = results_[static_cast<std::size_t>(id - block_.line)];
    reason.source = line.source;
    reason.have = line.have;
    reason.need = line.need;
    reason.unconfirmed = line.unconfirmed;
    if (!notes_.empty() && notes_.front().line == id) {
      const Found::Note& note = notes_.front();
      reason.have = found_.of(note.have);
      reason.gap = found_.of(note.gap);
      if (note.need.size > 0) reason.need = found_.of(note.need);
      notes_ = notes_.subspan(1);
    }
    for (const ReasonLine::Part& part : line.parts) {
      if (!part.is_entries) {
        reason.children.push_back(this->reason(part.line));
        continue;
      }
      while (next_ < block_.end && found_.blocks[next_].line == part.line) {
        reason.children.push_back(entry(next_));
        next_ = found_.blocks[next_].end;
      }
    }
    return reason;
  }

 private:
  Reason entry(std::size_t block) const {
    const Found::Block& of = found_.blocks[block];
    Reason entry = Expansion(lines_, found_, block).reason(of.line);
    entry.label = found_.of(of.label);
    entry.have = found_.of(of.have);
    return entry;
  }

  const std::vector<ReasonLine>& lines_;
  const Found& found_;
  const Found::Block& block_;
  std::span<const Truth> results_;
  std::span<const Found::Note> notes_;
  std::size_t next_;
};

}  // namespace

Reason expand(const std::vector<ReasonLine>& lines, const Found& found) {
  return Expansion(lines, found, 0).reason(found.blocks[0].line);
}

Decision expand(FoundDecision found) {
  Decision decision = std::move(found.decision);
  if (found.text) {
    decision.parameters = found.text->parameters;
    decision.reasons = expand(found.text->lines, found.found);
  }
  if (found.ways) {
    decision.missing = found.ways->missing;
    decision.routes = found.ways->routes.in_full();
  }
  return decision;
}

}  // namespace sendcheck
