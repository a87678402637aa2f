#include "registers/value_reader.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/date.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "domain/identifiers.hpp"

namespace sendcheck {
namespace {

constexpr std::string_view amount_words =
    "an amount as text such as \"6000.00\"";

std::string in_marks(std::string_view text) {
  return "\"" + sendcheck::quoted(text) + "\"";
}

Verdict wrong(Fault& fault, std::string_view id, std::string found,
              std::string expected) {
  fault = {id, std::move(found), std::move(expected)};
  return Verdict::wrong;
}

Verdict doubtful(Fault& fault, std::string_view id, std::string found,
                 std::string expected) {
  fault = {id, std::move(found), std::move(expected)};
  return Verdict::doubtful;
}

// What JSON type a fact is written as.
json::Type json_type(FactType type) {
  switch (type) {
    case FactType::boolean:
      return json::Type::boolean;
    case FactType::integer:
    case FactType::decimal:
      return json::Type::number;
    case FactType::list:
      return json::Type::array;
    case FactType::money:
    case FactType::date:
    case FactType::code:
    case FactType::text:
      break;
  }
  return json::Type::string;
}

std::string type_words(FactType type) {
  switch (type) {
    case FactType::money:
      return std::string(amount_words);
    case FactType::date:
      return "a date such as \"2026-11-22\"";
    case FactType::code:
      return "a code, as text";
    default:
      return std::string(in_words(type));
  }
}

std::string limit_words(const FactSpec& fact, Number limit) {
  if (fact.type != FactType::money) return limit.to_string();
  const auto money = Money::round_half_up(limit);
  return money ? money->to_string() : limit.to_string();
}

std::string range_words(const FactSpec& fact) {
  if (fact.minimum && fact.maximum) {
    return limit_words(fact, *fact.minimum) + " to " +
           limit_words(fact, *fact.maximum);
  }
  if (fact.minimum) return limit_words(fact, *fact.minimum) + " or more";
  return limit_words(fact, *fact.maximum) + " or less";
}

bool out_of_range(const FactSpec& fact, Number number) {
  return (fact.minimum && number < *fact.minimum) ||
         (fact.maximum && number > *fact.maximum);
}

// Digits with at most a sign, a point and an exponent: a number in form, though
// it may not be one that can be held.
bool looks_like_number(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return std::any_of(text.begin(), text.end(), is_digit) &&
         text.find_first_not_of("0123456789+-.eE") == std::string_view::npos &&
         (is_digit(text.front()) ||
          (text.size() > 1 && text.front() == '-' && is_digit(text[1])));
}

// "support", perhaps; one of none, support, in_assessment
std::string code_words(const CodeList& list, std::string_view found) {
  constexpr std::size_t most = 12;
  std::vector<std::string> codes;
  for (const CodeValue& code : list.codes) {
    if (!code.historic) codes.push_back(code.code);
  }
  const std::string near = nearest(found, codes);
  const std::size_t all = codes.size();
  if (all > most) codes.resize(most);
  std::string words = near.empty() ? "" : "perhaps \"" + near + "\"; ";
  words += "one of " + join(codes, ", ");
  if (all > most) words += " and " + std::to_string(all - most) + " more";
  return words;
}

// What would colour or move a reader's screen. Tabs and new lines are white
// space.
bool has_control(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == 0x7F ||
        (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r')) {
      return true;
    }
    // U+0080 to U+009F
    if (byte == 0xC2 && i + 1 < text.size() &&
        static_cast<unsigned char>(text[i + 1]) < 0xA0) {
      return true;
    }
  }
  return false;
}

std::string without_control(std::string_view text) {
  return sendcheck::quoted(text, 3 * text.size());
}

bool has_form_of_code(std::string_view text) {
  return (text.size() == 3 || text.size() == 4) &&
         text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") ==
             std::string_view::npos;
}

}  // namespace

std::string found_words(const json::Value& value) {
  switch (value.type) {
    case json::Type::string:
      return in_marks(value.text);
    case json::Type::number:
      return sendcheck::quoted(value.text);
    case json::Type::boolean:
      return value.truth ? "true" : "false";
    default:
      return std::string(json::in_words(value.type));
  }
}

Verdict ValueReader::from_json(const FactSpec& fact, const json::Value& value,
                               TextArena& texts, Value& out,
                               Fault& fault) const {
  if (value.is(json::Type::null)) return Verdict::good;
  if (!value.is(json_type(fact.type))) {
    return wrong(fault, "register.type", found_words(value),
                 type_words(fact.type));
  }
  switch (fact.type) {
    case FactType::boolean:
      out = Value::of(value.truth);
      return Verdict::good;
    case FactType::integer:
    case FactType::decimal:
      return number(fact, value.text, out, fault);
    case FactType::money:
      return money(fact, value.text, out, fault);
    case FactType::date:
      return date(value.text, out, fault);
    case FactType::code:
      return code(fact, value.text, out, fault);
    case FactType::text:
      return text(fact, value.text, texts, out, fault);
    case FactType::list:
      break;
  }
  return Verdict::good;
}

Verdict ValueReader::from_cell(const FactSpec& fact, std::string_view cell,
                               TextArena& texts, Value& out,
                               Fault& fault) const {
  const std::string_view bare = trim(cell);
  if (bare.empty()) return Verdict::good;
  switch (fact.type) {
    case FactType::boolean: {
      const std::string word = to_lower(bare);
      if (word != "true" && word != "false" && word != "yes" && word != "no") {
        return wrong(fault, "register.type", in_marks(bare),
                     "true, false, yes or no");
      }
      out = Value::of(word == "true" || word == "yes");
      return Verdict::good;
    }
    case FactType::integer:
    case FactType::decimal:
      return number(fact, bare, out, fault);
    case FactType::money:
      return money(fact, bare, out, fault);
    case FactType::date:
      return date(bare, out, fault);
    case FactType::code:
      return code(fact, bare, out, fault);
    case FactType::text:
      return text(fact, cell, texts, out, fault);
    case FactType::list:
      break;
  }
  return Verdict::good;
}

Verdict ValueReader::number(const FactSpec& fact, std::string_view text,
                            Value& out, Fault& fault) const {
  const std::optional<Number> number = Number::parse(text);
  if (!number) {
    const std::string found = sendcheck::quoted(text);
    if (!looks_like_number(text)) {
      return wrong(fault, "register.type", in_marks(text),
                   type_words(fact.type));
    }
    if (text.find_first_of("eE") != std::string_view::npos) {
      return wrong(fault, "register.number", found,
                   "a number written out, without an exponent");
    }
    return wrong(fault, "register.number", found,
                 "a number of at most 15 digits before the point and 9 "
                 "after it");
  }
  if (fact.type == FactType::integer && !number->is_whole()) {
    return wrong(fault, "register.type", sendcheck::quoted(text),
                 type_words(fact.type));
  }
  if (out_of_range(fact, *number)) {
    return wrong(fault, "register.range", sendcheck::quoted(text),
                 range_words(fact));
  }
  out = Value::of(*number);
  return Verdict::good;
}

Verdict ValueReader::money(const FactSpec& fact, std::string_view text,
                           Value& out, Fault& fault) const {
  const std::optional<Money> money = Money::parse(text);
  if (!money) {
    return wrong(fault, "register.type", in_marks(text),
                 std::string(amount_words));
  }
  if ((fact.minimum || fact.maximum) && out_of_range(fact, money->pounds())) {
    return wrong(fault, "register.range", in_marks(text), range_words(fact));
  }
  out = Value::of(*money);
  return Verdict::good;
}

Verdict ValueReader::date(std::string_view text, Value& out,
                          Fault& fault) const {
  const std::optional<Date> date = Date::parse(text);
  if (!date) {
    const bool in_form =
        text.size() == 10 && text[4] == '-' && text[7] == '-' &&
        text.find_first_not_of("0123456789-") == std::string_view::npos;
    return wrong(fault, "register.date", in_marks(text),
                 in_form ? "a day that exists, from the year 1000 on"
                         : "a date written year-month-day, such as "
                           "\"2026-11-22\"");
  }
  out = Value::of(*date);
  return Verdict::good;
}

Verdict ValueReader::code(const FactSpec& fact, std::string_view text,
                          Value& out, Fault& fault) const {
  const FactNames::Code code = names_.code(fact.codes, text);
  if (code.index >= 0) {
    const CodeList& list = catalogue_.codes_of(fact);
    if (list.codes[static_cast<std::size_t>(code.index)].means_unknown) {
      return Verdict::good;  // "refused", "not yet obtained": nothing is stated
    }
    out = Value::code(code.index);
    if (!code.historic) return Verdict::good;
    return doubtful(
        fault, "register.historic_code", in_marks(text),
        code.is_alias
            ? "a code in use; it is read as \"" +
                  list.codes[static_cast<std::size_t>(code.index)].code + "\""
            : "a code in use; this one is of former years and is kept");
  }
  const CodeList& list = catalogue_.codes_of(fact);
  std::string expected = code_words(list, text);
  if (list.unlisted_is >= 0 && has_form_of_code(text)) {
    out = Value::code(list.unlisted_is);
    const CodeValue& read_as =
        list.codes[static_cast<std::size_t>(list.unlisted_is)];
    return doubtful(fault, "register.unlisted_code", in_marks(text),
                    expected + "; it is read as \"" + read_as.code + "\", " +
                        read_as.label);
  }
  if (list.unknown_is_warning) {
    return doubtful(fault,
                    list.name == "authority" ? "register.unknown_authority"
                                             : "register.unlisted_code",
                    in_marks(text),
                    expected + "; the fact is taken as unknown");
  }
  return wrong(fault, "register.code", in_marks(text), std::move(expected));
}

Verdict ValueReader::text(const FactSpec& fact, std::string_view stated,
                          TextArena& texts, Value& out, Fault& fault) const {
  if (trim(stated).empty()) return Verdict::good;
  if (fact.check == "upn") return upn(stated, texts, out, fault);
  if (fact.check == "uln") return uln(stated, texts, out, fault);
  if (has_control(stated)) {
    out = Value::text(texts.keep(without_control(stated)));
    return doubtful(fault, "register.control_character", in_marks(stated),
                    "a text without control characters; each is replaced by a "
                    "mark");
  }
  out = Value::text(texts.keep(stated));
  return Verdict::good;
}

Verdict ValueReader::upn(std::string_view stated, TextArena& texts, Value& out,
                         Fault& fault) const {
  const std::string upn = normal_upn(stated);
  out = Value::text(texts.keep(has_control(upn) ? without_control(upn) : upn));
  const UpnResult result = check_upn(upn);
  switch (result.check) {
    case UpnCheck::valid:
      return Verdict::good;
    case UpnCheck::valid_temporary:
      return doubtful(fault, "register.temporary_upn", in_marks(stated),
                      "a permanent UPN; one that ends in a letter is "
                      "temporary");
    case UpnCheck::wrong_length:
      return doubtful(fault, "register.upn_check", in_marks(stated),
                      "a UPN of 13 characters");
    case UpnCheck::wrong_character:
      return doubtful(fault, "register.upn_check", in_marks(stated),
                      "a letter and twelve digits, the last of which may be "
                      "a letter, without I, O and S");
    case UpnCheck::wrong_check_letter:
      return doubtful(fault, "register.upn_check", in_marks(stated),
                      std::string("the check letter ") +
                          result.expected_letter +
                          " first, if the digits are right");
  }
  return Verdict::good;
}

Verdict ValueReader::uln(std::string_view stated, TextArena& texts, Value& out,
                         Fault& fault) const {
  const std::string_view uln = trim(stated);
  const UlnCheck check = check_uln(uln);
  if (check == UlnCheck::not_known) return Verdict::good;
  out = Value::text(texts.keep(uln));
  switch (check) {
    case UlnCheck::valid:
    case UlnCheck::not_known:
      return Verdict::good;
    case UlnCheck::wrong_length:
    case UlnCheck::wrong_character:
      return doubtful(fault, "register.uln_check", in_marks(stated),
                      "a ULN of ten digits");
    case UlnCheck::wrong_check_digit:
      return doubtful(fault, "register.uln_check", in_marks(stated),
                      "a ULN whose last digit agrees with the others");
  }
  return Verdict::good;
}

}  // namespace sendcheck
