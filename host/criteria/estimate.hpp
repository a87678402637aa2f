// What is known of a value: exactly it, or the least and the most that it can be, or nothing yet.
//
// An unknown number is not just unknown: hours are not negative, three of four costs are on file, a date that has not come is after today. Carrying both
// ends lets a comparison be decided where every possibility agrees, and nowhere else.
#pragma once

#include "domain/value.hpp"

namespace sendcheck {

struct Estimate {
  enum class State : std::uint8_t {
    exact,
    bounded,  // a number, amount or date between `low` and `high`, as far as they are there
    unknown,  // a boolean, code or text that is not stated
    nothing,  // there is none (the latest of an empty list); compares as not met
    outside   // no row of a table is for it
  };
  State state = State::unknown;
  bool has_low = false;
  bool has_high = false;
  // Bounded or unknown: what is not known may also turn out to be that there is none (the latest of entries that may not count).
  bool may_be_nothing = false;
  Value value;  // exact
  Number low;   // bounded: in the unit of number_of()
  Number high;

  static Estimate exactly(Value value) {
    Estimate estimate;
    estimate.state = State::exact;
    estimate.value = value;
    return estimate;
  }
  static Estimate of(State state) {
    Estimate estimate;
    estimate.state = state;
    return estimate;
  }
  static Estimate unbounded() { return of(State::bounded); }
  // Exact when the ends meet.
  static Estimate between(Number low, Number high, Value::Kind kind);
  static Estimate at_least(Number low);

  bool is_exact() const { return state == State::exact; }
  bool is_numeric() const {
    return state == State::bounded ||
           (is_exact() && value.kind() != Value::Kind::text &&
            value.kind() != Value::Kind::code &&
            value.kind() != Value::Kind::boolean);
  }
};

// Back from number_of(). An amount comes back as a number of pounds, exact and unrounded.
Value value_of(Number number, Value::Kind kind);

// The ends of a numeric estimate; false when it has none on that side.
bool low_end(const Estimate& estimate, Number& low);
bool high_end(const Estimate& estimate, Number& high);

// -1, 0, 1. Needs two exact values of comparable kinds.
int compare_exact(const Value& a, const Value& b);

// What is known of one of two: the same value, or the span of both. Codes have no span: one may stand outside their order.
Estimate either(const Estimate& a, const Estimate& b);

// The same, or nothing.
Estimate or_nothing(Estimate estimate);

}  // namespace sendcheck
