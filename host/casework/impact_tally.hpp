// Sums of an impact: how many pupils, and what it costs by period. Amounts a year, a term and once are never added up together, and none is made into another.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/number.hpp"
#include "casework/standing.hpp"

namespace sendcheck {

// Amounts of one period.
struct CostTally {
  Money before, after;
  std::int64_t paid_before = 0;  // how many amounts
  std::int64_t paid_after = 0;
  std::int64_t moved = 0;  // that are not the same on both sides

  Money difference() const {
    return Money::from_pence(after.pence() - before.pence());
  }
};

struct Tally {
  std::int64_t pupils = 0;
  std::int64_t gains = 0;      // by one rule at least, and lose by none
  std::int64_t loses = 0;      // the other way round
  std::int64_t both = 0;       // gain by one rule and lose by another
  std::int64_t otherwise = 0;  // neither, and something changed
  std::int64_t unchanged() const {
    return pupils - gains - loses - both - otherwise;
  }

  // By period (year, financial_year, term ...). `met`: of decisions met; `indicative`: what depends on something that is not settled, apart.
  std::map<std::string, CostTally> met, indicative;
  std::int64_t not_published_before = 0;  // met, and no amount is published
  std::int64_t not_published_after = 0;
};

// Adds the amounts of one decision before and after.
void add_amounts(const Standing& before, const Standing& after, Tally& tally);

}  // namespace sendcheck
