#include "casework/impact_tally.hpp"

#include <limits>

namespace sendcheck {
namespace {

// No budget comes near the largest amount; a sum that would pass it stays there, and is not wrapped about.
Money sum(Money a, Money b) {
  std::int64_t pence = 0;
  if (__builtin_add_overflow(a.pence(), b.pence(), &pence)) {
    pence = a.pence() < 0 ? std::numeric_limits<std::int64_t>::min()
                          : std::numeric_limits<std::int64_t>::max();
  }
  return Money::from_pence(pence);
}

void add_amount(std::map<std::string, CostTally>& costs,
                const std::string& period, Money amount, bool is_after) {
  CostTally& cost = costs[period];
  Money& side = is_after ? cost.after : cost.before;
  side = sum(side, amount);
  ++(is_after ? cost.paid_after : cost.paid_before);
}

// Which sums an amount goes into; null: none.
std::map<std::string, CostTally>* costs_of(const Standing& side, Tally& tally) {
  if (!side.amount || !side.amount->value) return nullptr;
  if (side.amount->indicative) return &tally.indicative;
  return side.is_met() ? &tally.met : nullptr;
}

CostTally* cost_of(const Standing& side, Tally& tally) {
  auto* const costs = costs_of(side, tally);
  return costs == nullptr ? nullptr : &(*costs)[side.amount->period];
}

void add_side(const Standing& side, bool is_after, Tally& tally) {
  if (auto* const costs = costs_of(side, tally)) {
    add_amount(*costs, side.amount->period, *side.amount->value, is_after);
  } else if (side.is_met() && side.amount && !side.amount->value) {
    ++(is_after ? tally.not_published_after : tally.not_published_before);
  }
}

}  // namespace

void add_amounts(const Standing& before, const Standing& after, Tally& tally) {
  if (!before.amount && !after.amount) return;
  add_side(before, false, tally);
  add_side(after, true, tally);
  if (before.amount == after.amount && before.is_met() == after.is_met()) {
    return;
  }
  // The sums that are not the same for this pupil.
  CostTally* const from = cost_of(before, tally);
  CostTally* const to = cost_of(after, tally);
  if (from != nullptr) ++from->moved;
  if (to != nullptr && to != from) ++to->moved;
}

}  // namespace sendcheck
