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

}  // namespace

void add_amount(std::map<std::string, CostTally>& costs,
                const std::string& period, Money amount, bool is_after) {
  CostTally& cost = costs[period];
  Money& side = is_after ? cost.after : cost.before;
  side = sum(side, amount);
  ++(is_after ? cost.paid_after : cost.paid_before);
}

}  // namespace sendcheck
