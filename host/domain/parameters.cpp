#include "domain/parameters.hpp"

#include <array>
#include <string_view>

#include "base/text.hpp"

namespace sendcheck {
namespace {

// In the order of ParameterType.
constexpr std::array<std::string_view, 11> type_names = {
    "boolean", "integer", "decimal", "money",    "date",          "month_day",
    "code",    "text",    "table",   "calendar", "decision_table"};

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

// Pounds as a spreadsheet writes them, without the noughts that it takes for
// needless.
std::optional<Value> pounds(std::string_view text) {
  const auto number = Number::parse(text);
  if (!number) return std::nullopt;
  const auto pence = multiply(*number, Number(100));
  if (!pence || !pence->is_whole()) return std::nullopt;
  return Value::of(Money::from_pence(pence->numerator()));
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
  std::string text = type == ParameterType::calendar ? "a calendar of "
                     : type == ParameterType::decision_table
                         ? "a decision table of "
                         : "a table of ";
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

std::optional<Value> scalar_from_text(std::string_view text, ParameterType type,
                                      TextArena& texts) {
  switch (type) {
    case ParameterType::boolean: {
      // Spreadsheets write TRUE and FALSE.
      const std::string lower = to_lower(text);
      if (lower == "true") return Value::of(true);
      if (lower == "false") return Value::of(false);
      return std::nullopt;
    }
    case ParameterType::integer:
    case ParameterType::decimal: {
      const auto number = Number::parse(text);
      if (!number || (type == ParameterType::integer && !number->is_whole())) {
        return std::nullopt;
      }
      return Value::of(*number);
    }
    case ParameterType::money:
      return pounds(text);
    case ParameterType::date:
      if (const auto date = Date::parse(text)) return Value::of(*date);
      return std::nullopt;
    case ParameterType::month_day: {
      const auto date =
          Date::parse(std::to_string(any_leap_year) + "-" + std::string(text));
      if (!date) return std::nullopt;
      return Value::of(Number(100 * date->month() + date->day()));
    }
    case ParameterType::code:
    case ParameterType::text:
      return Value::text(texts.keep(text));
    case ParameterType::table:
    case ParameterType::calendar:
    case ParameterType::decision_table:
      break;
  }
  return std::nullopt;
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
