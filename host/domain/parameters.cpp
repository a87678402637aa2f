#include "domain/parameters.hpp"

#include <array>
#include <string_view>

#include "base/text.hpp"

namespace sendcheck {
namespace {

// In the order of ParameterType.
constexpr std::array<std::string_view, 10> type_names = {
    "boolean",   "integer", "decimal", "money", "date",
    "month_day", "code",    "text",    "table", "calendar"};

// A leap year, so that 29 February is a day of it.
constexpr int any_leap_year = 2000;

// "2000-02-15" for 215; nothing for a number that is no day of a year.
std::optional<Date> month_day(Number number) {
  if (!number.is_whole()) return {};
  const std::int64_t value = number.numerator();
  if (value < 101 || value > 1231) return {};
  return Date::from_civil(any_leap_year, static_cast<int>(value / 100),
                          static_cast<int>(value % 100));
}

std::string scalar_to_text(const Value& value, ParameterType type) {
  switch (value.kind()) {
    case Value::Kind::unknown:
      return {};
    case Value::Kind::boolean:
      return value.boolean() ? "true" : "false";
    case Value::Kind::number:
      if (type == ParameterType::month_day) {
        if (const auto day = month_day(value.number())) {
          return day->to_string().substr(5);
        }
      }
      return value.number().to_string();
    case Value::Kind::money:
      return value.money().to_string();
    case Value::Kind::date:
      return value.date().to_string();
    case Value::Kind::code:
      return std::to_string(value.code());
    case Value::Kind::text:
      return std::string(value.text());
  }
  return {};
}

std::string scalar_in_words(const Value& value, ParameterType type) {
  switch (value.kind()) {
    case Value::Kind::unknown:
      return "not stated";
    case Value::Kind::boolean:
      return value.boolean() ? "yes" : "no";
    case Value::Kind::number:
      if (type == ParameterType::month_day) {
        if (const auto day = month_day(value.number())) {
          const std::string words = day->in_words();
          return words.substr(0, words.rfind(' '));
        }
      }
      break;
    case Value::Kind::money:
      return value.money().in_words();
    case Value::Kind::date:
      return value.date().in_words();
    case Value::Kind::code:
    case Value::Kind::text:
      break;
  }
  return scalar_to_text(value, type);
}

std::string table_in_words(const Table& table, ParameterType type) {
  const std::size_t rows = table.rows.size();
  std::string text =
      type == ParameterType::calendar ? "a calendar of " : "a table of ";
  text += std::to_string(rows);
  text += rows == 1 ? " row" : " rows";
  return text;
}

}  // namespace

std::string_view name_of(ParameterType type) {
  return type_names[static_cast<std::size_t>(type)];
}

std::optional<ParameterType> parameter_type(std::string_view name) {
  for (std::size_t i = 0; i < type_names.size(); ++i) {
    if (type_names[i] == name) return static_cast<ParameterType>(i);
  }
  return {};
}

int Table::column(std::string_view name) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

std::string to_text(const ParameterValue& value, const ParameterSpec& spec) {
  if (value.table) return table_in_words(*value.table, spec.type);
  if (!value.is_list) return scalar_to_text(value.scalar, spec.type);
  std::vector<std::string> parts;
  for (const Value& item : value.list) {
    parts.push_back(scalar_to_text(item, spec.type));
  }
  return join(parts, ", ");
}

std::string in_words(const ParameterValue& value, const ParameterSpec& spec) {
  if (value.table) return table_in_words(*value.table, spec.type);
  if (!value.is_list) return scalar_in_words(value.scalar, spec.type);
  if (value.list.empty()) return "none";
  std::vector<std::string> parts;
  for (const Value& item : value.list) {
    parts.push_back(scalar_in_words(item, spec.type));
  }
  return join_in_words(parts);
}

}  // namespace sendcheck
