#include "criteria/estimate.hpp"

#include <numeric>

namespace sendcheck {

Value value_of(Number number, Value::Kind kind) {
  if (kind == Value::Kind::date) {
    return Value::of(
        Date::from_days(static_cast<std::int32_t>(number.numerator())));
  }
  if (kind == Value::Kind::code) {
    return Value::code(static_cast<int>(number.numerator()));
  }
  return Value::of(number);
}

Estimate Estimate::between(Number low, Number high, Value::Kind kind) {
  if (low == high) return exactly(value_of(low, kind));
  Estimate estimate;
  estimate.state = State::bounded;
  estimate.has_low = estimate.has_high = true;
  estimate.low = low;
  estimate.high = high;
  return estimate;
}

Estimate Estimate::at_least(Number low) {
  Estimate estimate;
  estimate.state = State::bounded;
  estimate.has_low = true;
  estimate.low = low;
  return estimate;
}

bool low_end(const Estimate& estimate, Number& low) {
  if (estimate.is_exact()) {
    low = number_of(estimate.value);
    return true;
  }
  low = estimate.low;
  return estimate.state == Estimate::State::bounded && estimate.has_low;
}

bool high_end(const Estimate& estimate, Number& high) {
  if (estimate.is_exact()) {
    high = number_of(estimate.value);
    return true;
  }
  high = estimate.high;
  return estimate.state == Estimate::State::bounded && estimate.has_high;
}

int compare_exact(const Value& a, const Value& b) {
  if (a.kind() == Value::Kind::text && b.kind() == Value::Kind::text) {
    const int order = a.text().compare(b.text());
    return order < 0 ? -1 : order > 0 ? 1 : 0;
  }
  if (a.kind() == b.kind() && a.kind() == Value::Kind::money) {
    return a.money() < b.money() ? -1 : a.money() > b.money() ? 1 : 0;
  }
  const auto order = number_of(a) <=> number_of(b);
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

Estimate or_nothing(Estimate estimate) {
  using State = Estimate::State;
  if (estimate.state == State::nothing) return estimate;
  if (estimate.state == State::outside) estimate = Estimate::of(State::unknown);
  if (estimate.is_exact()) {
    const bool is_numeric = estimate.is_numeric();
    const Number number = number_of(estimate.value);
    estimate = Estimate::of(is_numeric ? State::bounded : State::unknown);
    estimate.has_low = estimate.has_high = is_numeric;
    estimate.low = estimate.high = number;
  }
  estimate.may_be_nothing = true;
  return estimate;
}

Estimate either(const Estimate& a, const Estimate& b) {
  using State = Estimate::State;
  if (a.is_exact() && b.is_exact() && compare_exact(a.value, b.value) == 0) {
    return a;
  }
  if (a.state == State::nothing) return or_nothing(b);
  if (b.state == State::nothing) return or_nothing(a);
  if (a.state == State::outside && b.state == State::outside) return a;
  Estimate span = Estimate::of(State::unknown);
  if (a.is_numeric() || b.is_numeric()) span = Estimate::unbounded();
  span.may_be_nothing = a.may_be_nothing || b.may_be_nothing;
  // One that may stand outside a table keeps no bounds.
  if (!a.is_numeric() || !b.is_numeric()) return span;
  Number first, second;
  if (low_end(a, first) && low_end(b, second)) {
    span.has_low = true;
    span.low = first < second ? first : second;
  }
  if (high_end(a, first) && high_end(b, second)) {
    span.has_high = true;
    span.high = first < second ? second : first;
  }
  return span;
}

}  // namespace sendcheck
