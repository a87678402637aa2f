#include "rulesets/parameter_values.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "rulesets/object_reader.hpp"

namespace sendcheck {
namespace {

// Amounts in quotation marks are written with their pence.
std::optional<Value> from_text(std::string_view text, ParameterType type,
                               TextArena& texts) {
  if (type == ParameterType::money && !Money::parse(text)) return std::nullopt;
  return scalar_from_text(text, type, texts);
}

std::string expected(const ParameterSpec& spec) {
  switch (spec.type) {
    case ParameterType::boolean:
      return "true or false";
    case ParameterType::integer:
      return "a whole number, such as 12";
    case ParameterType::decimal:
      return "a number, such as 12.5";
    case ParameterType::money:
      return "pounds and pence in quotation marks, such as \"6000.00\"";
    case ParameterType::date:
      return "a date in quotation marks, such as \"2026-11-22\"";
    case ParameterType::month_day:
      return "a month and day in quotation marks, such as \"02-15\"";
    case ParameterType::code:
      return spec.codes.empty() ? "a code in quotation marks"
                                : "one of " + join_in_words(spec.codes, " or ");
    case ParameterType::text:
      return "a text in quotation marks";
    case ParameterType::table:
    case ParameterType::calendar:
    case ParameterType::decision_table:
      break;
  }
  return "a CSV file, named by \"" + std::string(name_of(spec.type)) + "\"";
}

Unexpected wrong_type(const json::Value& value, const ParameterSpec& spec) {
  std::string near;
  if (spec.type == ParameterType::code && value.is(json::Type::string)) {
    near = suggestion(value.text, spec.codes);
  }
  return unexpected(
      {"editions.wrong_type",
       "Found " + describe(value) + ", expected " + expected(spec) + "." + near,
       {}});
}

}  // namespace

Result<Value> read_scalar(const json::Value& value, const ParameterSpec& spec,
                          TextArena& texts) {
  std::optional<Value> read;
  switch (spec.type) {
    case ParameterType::boolean:
      if (value.is(json::Type::boolean)) read = Value::of(value.truth);
      break;
    case ParameterType::integer:
    case ParameterType::decimal:
      if (value.is(json::Type::number)) {
        read = scalar_from_text(value.text, spec.type, texts);
      }
      break;
    default:
      if (value.is(json::Type::string)) {
        read = from_text(value.text, spec.type, texts);
      }
  }
  const bool listed =
      spec.type != ParameterType::code || spec.codes.empty() ||
      std::ranges::find(spec.codes, value.text) != spec.codes.end();
  if (!read || !listed) return wrong_type(value, spec);

  const auto number = as_number(*read);
  if (number && spec.minimum && *number < *spec.minimum) {
    return unexpected({"editions.range",
                       "Found " + describe(value) + ", expected at least " +
                           bound_as_text(*spec.minimum, spec.type) + ".",
                       {}});
  }
  if (number && spec.maximum && *number > *spec.maximum) {
    return unexpected({"editions.range",
                       "Found " + describe(value) + ", expected at most " +
                           bound_as_text(*spec.maximum, spec.type) + ".",
                       {}});
  }
  return *read;
}

std::string_view expected_cell(ParameterType type) {
  switch (type) {
    case ParameterType::boolean:
      return "true or false";
    case ParameterType::integer:
      return "a whole number";
    case ParameterType::decimal:
      return "a number";
    case ParameterType::money:
      return "pounds and pence, such as 6000.00";
    case ParameterType::date:
      return "a date written as 2026-11-22";
    case ParameterType::month_day:
      return "a month and day written as 02-15";
    default:
      return "a text";
  }
}

std::optional<Number> as_number(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::number:
      return value.number();
    case Value::Kind::money:
      return value.money().pounds();
    case Value::Kind::date:
      return Number(value.date().days());
    default:
      return std::nullopt;
  }
}

bool has_bounds(ParameterType type) {
  switch (type) {
    case ParameterType::integer:
    case ParameterType::decimal:
    case ParameterType::money:
    case ParameterType::date:
    case ParameterType::month_day:
      return true;
    default:
      return false;
  }
}

std::string bound_as_text(Number bound, ParameterType type) {
  if (type == ParameterType::money) {
    if (const auto money = Money::round_half_up(bound)) {
      return money->to_string();
    }
  }
  if (type == ParameterType::date && bound.is_whole()) {
    return Date::from_days(static_cast<std::int32_t>(bound.numerator()))
        .to_string();
  }
  if (type == ParameterType::month_day && bound.is_whole()) {
    // "02-15" is held as 215.
    const std::string digits = std::to_string(10000 + bound.numerator());
    return digits.substr(1, 2) + "-" + digits.substr(3, 2);
  }
  return bound.to_string();
}

}  // namespace sendcheck
