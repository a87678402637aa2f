#include "cli/shared_gaps.hpp"

#include <algorithm>

namespace sendcheck::cli {
namespace {

// The fact that a decision asks for first: where it is not known whether a rule
// is about the pupil at all, the one that would say so. Null where it is none.
const MissingItem* awaited(const Decision& decision) {
  if (decision.outcome != Outcome::needs_evidence || decision.missing.empty() ||
      decision.missing.front().kind != MissingItem::Kind::fact ||
      // What is asked of one kind of entry is asked for one rule's sake.
      decision.missing.front().fact.find('[') != std::string::npos) {
    return nullptr;
  }
  return &decision.missing.front();
}

}  // namespace

void SharedGaps::add(const std::string& upn, const std::string& who,
                     const Decision& decision) {
  const MissingItem* item = awaited(decision);
  if (item == nullptr) return;
  Waiting& waiting = by_fact_[item->fact];
  waiting.label = item->label;
  waiting.titles[decision.rule] = decision.title;
  if (waiting.upns.insert(upn).second) waiting.who.push_back(who);
  ++waiting.decisions;
}

bool SharedGaps::covers(const Decision& decision) const {
  const MissingItem* item = awaited(decision);
  if (item == nullptr) return false;
  const auto found = by_fact_.find(item->fact);
  return found != by_fact_.end() &&
         found->second.titles.size() >= rules_that_share;
}

std::vector<SharedGap> SharedGaps::gaps() const {
  std::vector<SharedGap> shared;
  for (const auto& [fact, waiting] : by_fact_) {
    if (waiting.titles.size() < rules_that_share) continue;
    SharedGap gap;
    gap.label = waiting.label;
    for (const auto& [rule, title] : waiting.titles) {
      gap.titles.push_back(title);
    }
    gap.who = waiting.who;
    gap.decisions = waiting.decisions;
    shared.push_back(std::move(gap));
  }
  std::stable_sort(shared.begin(), shared.end(),
                   [](const SharedGap& a, const SharedGap& b) {
                     return a.decisions > b.decisions;
                   });
  return shared;
}

}  // namespace sendcheck::cli
