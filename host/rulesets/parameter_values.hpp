// The values that an edition gives, typed as the rule's plugin declares them.
//
// Values are compared with a minimum, a maximum, a floor or a ceiling as one
// Number each: a number as it is, money in pounds, a date in days since 1
// January 1970, a day of the year as 100 x month + day.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "domain/parameters.hpp"
#include "domain/value.hpp"
#include "json/value.hpp"

namespace sendcheck {

// One value of a scalar parameter, or one item of a list. A text is kept in
// `texts`. Errors, without a place: editions.wrong_type, editions.range.
Result<Value> read_scalar(const json::Value& value, const ParameterSpec& spec,
                          TextArena& texts);

// What a cell of the type looks like: "a whole number".
std::string_view expected_cell(ParameterType type);

// Nothing for a type that has no order to bound.
std::optional<Number> as_number(const Value& value);
bool has_bounds(ParameterType type);
// A bound as it would be written in an edition: "6000.00", "2026-04-01".
std::string bound_as_text(Number bound, ParameterType type);

}  // namespace sendcheck
