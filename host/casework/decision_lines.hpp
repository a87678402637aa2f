// Checks as JSON Lines: what is the same for every pupil stands once, on a line of its own, and a pupil's line holds what was found. The format is described in
// host/README.md, "JSON Lines".
#pragma once

#include <string>

#include "casework/check_register.hpp"

namespace sendcheck {

// {"rule_text":NUMBER,...}: everything that a rule says in all its decisions under the same editions.
void append_rule_text(const RuleText& text, int number, std::string& out);

// What of a decision is not in its rule's text, as members that follow "rule" and the number of the text: ,"outcome":...}. A decision without a text: its
// whole object, as in --format json. Needs no state, so that threads may share it.
class LineWriter final : public DecisionWriter {
 public:
  void write(const FoundDecision& decision, std::string& out) const override;
  void write_ways(Ways& ways, const RuleText& text) const override;
};

// A pupil's line, from decisions that a LineWriter wrote; the numbers of the texts are left out where they are mentioned. With "warnings" where there are some; of a rejected pupil
// { "rejected": { "upn", "name", "findings" } }.
void append_pupil_line(const CheckedPupil& pupil, RenderedPupils& out);

}  // namespace sendcheck
