#include "rulesets/sheet_cells.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "rulesets/parameter_values.hpp"

namespace sendcheck {
namespace {

constexpr std::array<std::string_view, 12> months = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

// 1 to 12 for a whole name or its first three letters; 0 for any other word.
int month_of(std::string_view word) {
  const std::string name = to_lower(word);
  for (std::size_t i = 0; i < months.size(); ++i) {
    if (name == months[i] || name == months[i].substr(0, 3) ||
        (name == "sept" && i == 8)) {
      return static_cast<int>(i) + 1;
    }
  }
  return 0;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Every run of digits as "9", of letters as "a".
std::string outline_of(std::string_view text) {
  std::string outline;
  for (const char c : shape_of(text)) {
    const bool runs_on = (c == '9' || c == 'a') && outline.ends_with(c);
    if (!runs_on) outline += c;
  }
  return outline;
}

struct Read {
  std::optional<std::string> plain;  // as scalar_from_text reads it
  std::string hint;
};

Read as_it_is(std::string_view cell) { return {std::string(cell), ""}; }
Read refused(std::string hint) { return {std::nullopt, std::move(hint)}; }

// "1,234,567" and "1,234.50": groups of three, from the right.
bool is_grouped(std::string_view number) {
  const std::size_t end = std::min(number.find('.'), number.size());
  if (number.find(',', end) != std::string_view::npos) return false;
  const std::string_view whole = number.substr(0, end);
  const auto groups = split(whole, ',');
  if (groups[0].empty() || groups[0].size() > 3 || groups[0][0] == '0') {
    return false;
  }
  return std::all_of(groups.begin() + 1, groups.end(),
                     [](std::string_view group) { return group.size() == 3; });
}

Read plain_number(std::string cell, const CellForm& form) {
  std::string sign;
  if (cell.starts_with('-')) {
    sign = "-";
    cell.erase(0, 1);
  }
  if (cell.starts_with("£")) {
    if (form.type != ParameterType::money) {
      return refused("The column holds no amounts: leave out the pound sign.");
    }
    cell = trim_all(cell.substr(std::string_view("£").size()));
    if (cell.starts_with('-') && sign.empty()) {
      sign = "-";
      cell.erase(0, 1);
    }
  }
  if (cell.starts_with("\u20AC") || cell.starts_with('$')) {
    return refused("Amounts are in pounds.");
  }
  if (cell.ends_with('%')) {
    if (!form.is_percentage) {
      return refused(
          "The column is no percentage: write the number that is meant, "
          "without the sign.");
    }
    cell = trim_all(cell.substr(0, cell.size() - 1));
  }
  if (cell.starts_with('(') && cell.ends_with(')')) {
    return refused("If brackets mean less than nothing, write a minus sign.");
  }
  if (cell.empty() || !is_digit(cell[0])) return as_it_is(sign + cell);
  const bool has_comma = cell.find(',') != std::string::npos;
  const std::size_t point = cell.find('.');
  const bool has_point = point != std::string::npos;
  const std::string outline = outline_of(cell);
  if (form.separator == ';' && has_comma != has_point &&
      (outline == "9,9" || outline == "9.9")) {
    // "1,5", "6,000" and "1.234": only both signs together tell.
    const bool may_be_thousands =
        has_comma ||
        (is_grouped(cell.substr(0, point) + "," + cell.substr(point + 1)));
    if (may_be_thousands) {
      return refused(
          "In a file with semicolons this sign may stand before the decimals "
          "or between the thousands: save the file with commas, or write the "
          "number without it.");
    }
  }
  if (has_comma) {
    const bool only_number =
        outline.find_first_not_of("9,.") == std::string::npos;
    if (!only_number) return as_it_is(sign + cell);
    if (!is_grouped(cell)) {
      return refused(
          "A comma between thousands has three digits after it, and the "
          "decimals come after a point.");
    }
    std::erase(cell, ',');
  }
  return as_it_is(sign + cell);
}

Read plain_date(std::string_view cell) {
  // Midnight is no part of a day.
  for (const std::string_view midnight : {" 00:00:00", " 00:00"}) {
    if (cell.ends_with(midnight)) cell.remove_suffix(midnight.size());
  }
  const std::string outline = outline_of(cell);
  if (outline == "9") {
    return refused(
        "If it is a spreadsheet's count of days, format the column as a date.");
  }
  std::vector<std::string> parts;
  for (const char c : cell) {
    if (c == '/' || c == '-' || c == ' ' || c == '.') {
      parts.emplace_back();
    } else {
      if (parts.empty()) parts.emplace_back();
      parts.back() += c;
    }
  }
  const bool of_numbers =
      outline == "9/9/9" || outline == "9-9-9" || outline == "9.9.9";
  const bool of_words =
      outline == "9 a 9" || outline == "9-a-9" || outline == "9-a 9";
  if (!of_numbers && !of_words) return as_it_is(cell);
  if (parts[0].size() > 2) return as_it_is(cell);  // the year stands first
  if (parts[2].size() != 4) {
    return refused("Write the year with four digits.");
  }
  const int month =
      of_words ? month_of(parts[1])
      : parts[1].size() > 2
          ? 0
          : (parts[1].size() == 1 ? 0 : 10 * (parts[1][0] - '0')) +
                (parts[1].back() - '0');
  if (of_words && month == 0) return as_it_is(cell);
  if (month < 1 || month > 12) {
    return refused("The day comes first, and there is no month " + parts[1] +
                   ".");
  }
  const auto two = [](std::string digits) {
    return digits.size() == 1 ? "0" + digits : digits;
  };
  return as_it_is(parts[2] + "-" + two(std::to_string(month)) + "-" +
                  two(parts[0]));
}

Read plain_month_day(std::string_view cell) {
  const std::string outline = outline_of(cell);
  if (outline == "9 a") {
    const std::size_t space = cell.find(' ');
    const int month = month_of(cell.substr(space + 1));
    if (month > 0 && space <= 2) {
      const std::string days(cell.substr(0, space));
      const std::string number = std::to_string(100 + month);
      return as_it_is(number.substr(1) + "-" +
                      (days.size() == 1 ? "0" + days : days));
    }
  }
  if (outline == "9/9" || outline == "9-a" || outline == "a-9") {
    return refused(
        "It does not say which is the month and which the day: write it as "
        "02-15, or as 15 February, in a column formatted as text.");
  }
  return as_it_is(cell);
}

std::string without_quotation_marks(std::string_view cell) {
  if (cell.size() >= 2 && cell.starts_with('"') && cell.ends_with('"')) {
    cell = cell.substr(1, cell.size() - 2);
  }
  return std::string(cell);
}

void replace_all(std::string& text, std::string_view from,
                 std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos;
       at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace

std::string shape_of(std::string_view text) {
  std::string shape;
  for (const char c : text) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    shape += is_digit(c) ? '9' : is_letter ? 'a' : c;
  }
  return shape;
}

std::string with_plain_signs(std::string_view cell) {
  std::string plain(trim_all(cell));
  for (const std::string_view mark : {"\u201C", "\u201D", "\u201E"}) {
    replace_all(plain, mark, "\"");
  }
  for (const std::string_view mark : {"\u2018", "\u2019"}) {
    replace_all(plain, mark, "'");
  }
  replace_all(plain, "\u2212", "-");
  replace_all(plain, "\u00A0", " ");
  replace_all(plain, "\u202F", " ");
  return plain;
}

std::string damage_of(std::string_view cell) {
  if (cell.size() > 1 && cell.find_first_not_of('#') == std::string::npos) {
    return "The column was too narrow for it when it was saved: make it wider "
           "and save again.";
  }
  if (cell.starts_with('#') &&
      (cell.ends_with('!') || cell.ends_with('?') || cell == "#N/A")) {
    return "A formula of the spreadsheet went wrong: type the value itself.";
  }
  if (cell.starts_with('=')) {
    return "It is a formula: type the value itself.";
  }
  const std::string outline = outline_of(to_lower(cell));
  const bool is_short = outline == "9a+9" || outline == "9.9a+9" ||
                        outline == "9a-9" || outline == "9.9a-9";
  const std::size_t e = cell.find_first_of("eE");
  if (is_short && e != std::string_view::npos &&
      (cell[e + 1] == '+' || cell[e + 1] == '-')) {
    return "A spreadsheet has shortened the number, and digits may be lost: "
           "format the column as a number and type it again.";
  }
  const std::size_t dash = cell.find('-');
  if (outline == "9-a" || outline == "a-9" || outline == "9-a-9") {
    const bool month_last = outline != "a-9";
    const std::string_view word =
        month_last ? cell.substr(dash + 1, cell.find('-', dash + 1) - dash - 1)
                   : cell.substr(0, dash);
    if (month_of(word) > 0) {
      return "A spreadsheet has made a date of it, perhaps of a span such as "
             "9-26: format the column as text and type it again.";
    }
  }
  return {};
}

Result<Value> read_cell(std::string_view cell, const CellForm& form,
                        TextArena& texts) {
  const std::string plain = with_plain_signs(cell);
  std::string hint;
  const bool may_name_a_month = form.type == ParameterType::date ||
                                form.type == ParameterType::month_day ||
                                form.is_free_text;
  Read read = as_it_is(plain);
  switch (form.type) {
    case ParameterType::integer:
    case ParameterType::decimal:
    case ParameterType::money:
      read = plain_number(plain, form);
      break;
    case ParameterType::date:
      read = plain_date(plain);
      break;
    case ParameterType::month_day:
      read = plain_month_day(plain);
      break;
    case ParameterType::code:
      read = as_it_is(without_quotation_marks(plain));
      break;
    case ParameterType::text:
      read = as_it_is(cell);
      break;
    default:
      break;
  }
  hint = read.hint;
  if (hint.empty()) hint = damage_of(plain);
  // A day with its month and year in words is what was meant.
  const bool is_spoilt =
      !hint.empty() &&
      !(may_name_a_month && hint.find("made a date") != std::string::npos);
  if (read.plain && !is_spoilt) {
    if (const auto value = scalar_from_text(*read.plain, form.type, texts)) {
      return *value;
    }
  }
  return unexpected({"editions.table",
                     "expected " + std::string(expected_cell(form.type)) +
                         (hint.empty() ? "." : ". " + hint),
                     {}});
}

}  // namespace sendcheck
