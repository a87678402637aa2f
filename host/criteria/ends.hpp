// The two ends of what is known of a number, taken apart and put together again: for the sources of Evaluation.
#pragma once

#include <optional>

#include "criteria/estimate.hpp"

namespace sendcheck {

// The end of a sum, difference or product; nothing when it is open or does not fit.
struct End {
  bool there = false;
  Number number;
};

inline End end_of(std::optional<Number> number) {
  return number ? End{true, *number} : End{};
}

inline Estimate from_ends(End low, End high, Value::Kind kind) {
  if (low.there && high.there) {
    return Estimate::between(low.number, high.number, kind);
  }
  Estimate estimate = Estimate::unbounded();
  estimate.has_low = low.there;
  estimate.low = low.number;
  estimate.has_high = high.there;
  estimate.high = high.number;
  return estimate;
}

inline End lows(const Estimate& estimate) {
  Number number;
  return low_end(estimate, number) ? End{true, number} : End{};
}

inline End highs(const Estimate& estimate) {
  Number number;
  return high_end(estimate, number) ? End{true, number} : End{};
}

inline Estimate may_be_nothing_if(bool may_be, Estimate estimate) {
  return may_be ? or_nothing(estimate) : estimate;
}

}  // namespace sendcheck
