#include "rulesets/unary_tests.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "rulesets/object_reader.hpp"
#include "rulesets/parameter_values.hpp"

namespace sendcheck {
namespace {

bool has_order(ParameterType type) {
  return type == ParameterType::integer || type == ParameterType::decimal ||
         type == ParameterType::money || type == ParameterType::date;
}

bool is_words(ParameterType type) {
  return type == ParameterType::text || type == ParameterType::code;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view in_quotation_marks(std::string_view text) {
  const bool quoted =
      text.size() >= 2 && text.starts_with('"') && text.ends_with('"') &&
      text.substr(1, text.size() - 2).find('"') == std::string_view::npos;
  return quoted ? text.substr(1, text.size() - 2) : std::string_view();
}

std::string trimmed(std::string_view text) {
  return std::string(trim_all(text));
}

// The inside of word(...), white space before the bracket allowed.
std::optional<std::string> inside_of(std::string_view text,
                                     std::string_view word) {
  if (!to_lower(text.substr(0, word.size())).starts_with(word)) {
    return std::nullopt;
  }
  const std::string rest = trimmed(text.substr(word.size()));
  if (!rest.starts_with('(') || !rest.ends_with(')')) return std::nullopt;
  return trimmed(std::string_view(rest).substr(1, rest.size() - 2));
}

// At commas outside quotation marks: within brackets there are none.
std::vector<std::string> items_of(std::string_view text) {
  std::vector<std::string> items(1);
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (c == ',' && !quoted) {
      items.emplace_back();
    } else {
      items.back() += c;
    }
  }
  for (std::string& item : items) item = trimmed(item);
  return items;
}

class TestReader {
 public:
  TestReader(const DecisionInput& input, char separator, TextArena& texts)
      : input_(input), separator_(separator), texts_(texts) {}

  Result<UnaryTest> read(std::string_view cell) {
    const std::string plain = with_plain_signs(cell);
    UnaryTest test;
    if (plain == "-" || plain == "\u2013" || plain == "\u2014") {
      test.anything = true;
      return test;
    }
    std::string inside = plain;
    if (const auto negated = inside_of(plain, "not")) {
      test.negated = true;
      inside = *negated;
    }
    if (inside.empty()) refuse("Leave nothing empty: - stands for anything.");
    if (!is_words(input_.type)) check_commas(inside);
    if (!failure_) read_items(inside, test);
    if (failure_) return unexpected(*failure_);
    return test;
  }

 private:
  void refuse(const std::string& hint) {
    if (failure_) return;
    std::string expected = "expected a test such as ";
    switch (input_.type) {
      case ParameterType::date:
        expected += ">= 2026-09-01, [2026-09-01..2027-08-31]";
        break;
      case ParameterType::boolean:
        expected += "true";
        break;
      case ParameterType::money:
        expected += "< 6000.00, [6000.00..9000.00]";
        break;
      case ParameterType::integer:
      case ParameterType::decimal:
        expected += "< 10, [5..10)";
        break;
      default:
        expected += input_.codes.empty() ? "\"words\""
                                         : "\"" + input_.codes.front() + "\"";
        break;
    }
    failure_ = Error{
        "editions.table",
        expected + ", or - for anything." + (hint.empty() ? "" : " " + hint),
        {}};
  }

  // "1,500" may be one number or two.
  void check_commas(const std::string& text) {
    for (std::size_t at = text.find(','); at != std::string::npos;
         at = text.find(',', at + 1)) {
      if (at == 0 || !is_digit(text[at - 1])) continue;
      std::size_t digits = 0;
      while (at + 1 + digits < text.size() && is_digit(text[at + 1 + digits])) {
        ++digits;
      }
      if (digits == 3 || (digits > 0 && separator_ == ';')) {
        refuse(
            "The comma may stand between two values or inside one number: "
            "write the number without it, or put a space after it.");
      }
    }
  }

  void read_items(const std::string& text, UnaryTest& test) {
    // Words that hold a comma of their own cannot be told from two.
    const std::vector<std::string> items = items_of(text);
    const bool bare_words = is_words(input_.type) && input_.codes.empty() &&
                            input_.type == ParameterType::text;
    for (const std::string& item : items) {
      if (item.empty()) {
        refuse("Nothing stands before or after one of the commas.");
      } else if (bare_words && items.size() > 1 &&
                 in_quotation_marks(item).empty()) {
        refuse("Put each of several words in quotation marks.");
      }
      if (failure_) return;
      test.ranges.push_back(read_item(item));
    }
  }

  TestRange read_item(const std::string& item) {
    TestRange range;
    if (is_words(input_.type)) {
      range.from = range.to = word(item);
      return range;
    }
    if (item == "-") {
      refuse("- stands alone.");
      return range;
    }
    const bool is_interval = item.find("..") != std::string::npos;
    if (is_interval) return interval(item);
    for (const auto& [sign, is_low, without] :
         {std::tuple{"<=", false, false}, std::tuple{">=", true, false},
          std::tuple{"\u2264", false, false}, std::tuple{"\u2265", true, false},
          std::tuple{"<", false, true}, std::tuple{">", true, true}}) {
      if (!item.starts_with(sign)) continue;
      const Value end = value(trimmed(
          std::string_view(item).substr(std::string_view(sign).size())));
      if (!has_order(input_.type)) refuse("It has no order.");
      (is_low ? range.from : range.to) = end;
      (is_low ? range.without_from : range.without_to) = without;
      return range;
    }
    range.from = range.to = value(item);
    return range;
  }

  TestRange interval(const std::string& item) {
    TestRange range;
    const std::size_t dots = item.find("..");
    const char open = item.front(), close = item.back();
    if (!has_order(input_.type)) refuse("It has no order.");
    if ((open != '[' && open != '(' && open != ']') ||
        (close != ']' && close != ')' && close != '[') || dots == 0) {
      refuse("Put the two ends of a span in brackets.");
      return range;
    }
    range.without_from = open != '[';
    range.without_to = close != ']';
    const std::string_view all = item;
    range.from = value(trimmed(all.substr(1, dots - 1)));
    range.to = value(trimmed(all.substr(dots + 2, all.size() - dots - 3)));
    if (failure_) return range;
    const Number from = number_of(range.from), to = number_of(range.to);
    if (to < from) refuse("The span begins after it ends.");
    if (from == to && (range.without_from || range.without_to)) {
      refuse("The span leaves nothing between its ends.");
    }
    return range;
  }

  Value word(const std::string& item) {
    const std::string_view quoted = in_quotation_marks(item);
    const std::string_view text = quoted.empty() ? item : quoted;
    if (quoted.empty()) {
      if (item.find('"') != std::string::npos) {
        refuse("A quotation mark has no other beside it.");
      } else if (item.find_first_of("<>[]()=") != std::string::npos ||
                 item.find("..") != std::string::npos) {
        refuse(
            "Words have no order. If these are words, put them in "
            "quotation marks.");
      } else if (item == "-" || item == "*") {
        refuse("- stands alone.");
      } else if (const std::string hint = damage_of(item); !hint.empty()) {
        refuse(hint);
      }
    }
    if (!input_.codes.empty() &&
        std::ranges::find(input_.codes, text) == input_.codes.end()) {
      std::string near = suggestion(text, input_.codes);
      if (near.empty()) {
        near = " It can be " + join_in_words(input_.codes, " or ") + ".";
      }
      refuse("\"" + quoted_text(text) + "\" is not one of its codes." + near);
    }
    return Value::text(texts_.keep(text));
  }

  static std::string quoted_text(std::string_view text) {
    return sendcheck::quoted(text);
  }

  Value value(const std::string& text) {
    if (failure_) return {};
    std::string plain = text;
    CellForm form;
    form.type = input_.type;
    form.is_percentage = input_.unit.starts_with('%');
    form.separator = separator_;
    if (const auto day = inside_of(text, "date")) {
      if (input_.type != ParameterType::date) {
        refuse("It is no date.");
        return {};
      }
      plain = std::string(in_quotation_marks(*day));
    }
    const auto read = read_cell(plain, form, texts_);
    if (read) return *read;
    refuse(hint_of(text, read.error().message));
    return {};
  }

  // What read_cell says after "expected ...".
  static std::string hint_of(const std::string& text,
                             const std::string& message) {
    const std::size_t end = message.find(". ");
    if (end != std::string::npos) return message.substr(end + 2);
    const std::string shape = shape_of(text);
    const std::size_t dash = text.find_first_of("-\xE2", 1);
    if (dash != std::string::npos && shape[0] == '9' && shape.back() == '9' &&
        shape.find('a') == std::string::npos) {
      return "A span is written [5..10].";
    }
    if (text.starts_with('=')) return "Write the value alone.";
    if (text.ends_with('+')) return "Write >= before the number instead.";
    if (text == "*") return "";
    return "";
  }

  const DecisionInput& input_;
  char separator_;
  TextArena& texts_;
  std::optional<Error> failure_;
};

}  // namespace

Result<UnaryTest> read_unary_test(std::string_view cell,
                                  const DecisionInput& input, char separator,
                                  TextArena& texts) {
  return TestReader(input, separator, texts).read(cell);
}

Result<Value> read_output_cell(std::string_view cell,
                               const DecisionOutput& output, char separator,
                               TextArena& texts) {
  CellForm form;
  form.type = output.type;
  form.is_percentage = output.unit.starts_with('%');
  form.separator = separator;
  form.is_free_text =
      output.type == ParameterType::text && output.values.empty();
  std::string plain(trim_all(cell));
  if (is_words(output.type)) {
    const std::string straight = with_plain_signs(cell);
    if (const auto inside = in_quotation_marks(straight); !inside.empty()) {
      plain = std::string(inside);
    }
  }
  if (plain.empty() || plain == "-") {
    return unexpected({"editions.table",
                       "expected " + std::string(expected_cell(output.type)) +
                           ": every row says what comes of it.",
                       {}});
  }
  Result<Value> value = read_cell(plain, form, texts);
  if (!value || output.values.empty() ||
      std::ranges::find(output.values, *value) != output.values.end()) {
    return value;
  }
  std::vector<std::string> allowed;
  for (const Value& one : output.values) {
    allowed.push_back(cell_text(one, output.type));
  }
  return unexpected({"editions.table",
                     "expected " + join_in_words(allowed, " or ") + "." +
                         suggestion(plain, allowed),
                     {}});
}

}  // namespace sendcheck
