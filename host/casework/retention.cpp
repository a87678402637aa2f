#include "casework/retention.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/files.hpp"
#include "base/text.hpp"
#include "casework/erase_pupil.hpp"
#include "json/value.hpp"
#include "rulesets/object_reader.hpp"

namespace sendcheck {
namespace {

constexpr int most_years = 150;
constexpr int months_a_year = 12;

template <class T, std::size_t N>
using Words = std::array<std::pair<T, std::string_view>, N>;

constexpr Words<RetentionRule::For, 3> whose = {
    {{RetentionRule::For::every_pupil, "every_pupil"},
     {RetentionRule::For::pupils_with_sen, "pupils_with_sen"},
     {RetentionRule::For::pupils_with_plan, "pupils_with_plan"}}};
constexpr Words<RetentionRule::Event, 3> events = {
    {{RetentionRule::Event::date_of_birth, "date_of_birth"},
     {RetentionRule::Event::last_entry, "last_entry"},
     {RetentionRule::Event::last_human_decision, "last_human_decision"}}};
constexpr Words<RetentionRule::Rounding, 3> roundings = {
    {{RetentionRule::Rounding::none, "none"},
     {RetentionRule::Rounding::school_year_end, "school_year_end"},
     {RetentionRule::Rounding::financial_year_end, "financial_year_end"}}};

constexpr Words<bool, 2> statuses = {
    {{true, "confirmed"}, {false, "unconfirmed"}}};

class Reader {
 public:
  explicit Reader(const std::string& file) : file_(file) {}

  Result<Retention> read(const json::Value& root) {
    Retention retention;
    ObjectReader object(root, {.file = file_}, malformed, errors_,
                        {"format", "rules", "hold"});
    if (const std::string found = object.text("format");
        !found.empty() && found != format) {
      object.note("format", "Found the text \"" + quoted(found) +
                                "\", expected \"" + format + "\".");
    }
    if (const json::Value* rules = object.need("rules")) {
      if (rules->is(json::Type::array)) {
        for (std::size_t i = 0; i < rules->items.size(); ++i) {
          retention.rules.push_back(
              rule(rules->items[i], "/rules/" + std::to_string(i)));
        }
      } else {
        object.note("rules", "Found " + describe(*rules) +
                                 ", expected a list of rules.");
      }
    }
    if (const json::Value* hold = object.need("hold")) {
      read_hold(*hold, retention);
    }
    check_rules(retention);
    if (!errors_.empty()) return unexpected(errors_.front());
    return retention;
  }

 private:
  static constexpr const char* malformed = "retention.malformed";
  static constexpr const char* format = "sendcheck-retention/1";

  template <class T, std::size_t N>
  T word(ObjectReader& object, const char* key, const Words<T, N>& words) {
    const std::string found = object.text(key);
    std::vector<std::string> names;
    for (const auto& [value, name] : words) {
      if (name == found) return value;
      names.emplace_back(name);
    }
    if (!found.empty()) {
      object.note(key, "retention.word",
                  "Found the text \"" + quoted(found) + "\", expected " +
                      join_in_words(names, " or ") + "." +
                      suggestion(found, names));
    }
    return words.front().first;
  }

  int years(ObjectReader& object, const char* key) {
    const json::Value* value = object.need(key);
    if (value == nullptr) return 0;
    int number = -1;
    const char* const end = value->text.data() + value->text.size();
    if (!value->is(json::Type::number) ||
        std::from_chars(value->text.data(), end, number).ptr != end ||
        number < 0 || number > most_years) {
      object.note(key, "retention.years",
                  "Found " + describe(*value) +
                      ", expected a whole number of years from 0 to 150.");
      return 0;
    }
    return number;
  }

  RetentionRule rule(const json::Value& value, const std::string& pointer) {
    RetentionRule rule;
    ObjectReader object(value, {.file = file_, .pointer = pointer}, malformed,
                        errors_,
                        {"id", "title", "for", "event", "years", "round_to",
                         "in_use", "status", "reason", "source"});
    if (!object.is_object()) return rule;
    rule.id = object.text("id");
    rule.title = object.text("title");
    rule.applies_to = word(object, "for", whose);
    rule.event = word(object, "event", events);
    rule.years = years(object, "years");
    rule.round_to = word(object, "round_to", roundings);
    rule.in_use = object.flag("in_use");
    rule.unconfirmed = object.optional_text("reason");
    const bool confirmed = word(object, "status", statuses);
    if (confirmed != rule.unconfirmed.empty()) {
      object.note("reason",
                  confirmed ? "A rule that is confirmed needs no reason: take "
                              "it out, or say \"unconfirmed\"."
                            : "A rule that is unconfirmed needs the reason.");
    }
    rule.source = object.text("source");
    return rule;
  }

  void read_hold(const json::Value& value, Retention& retention) {
    ObjectReader object(value, {.file = file_, .pointer = "/hold"}, malformed,
                        errors_, {"reasons", "review_after_years"});
    if (!object.is_object()) return;
    std::vector<std::string> known;
    for (const ErasureReason& reason : refusal_reasons()) {
      known.emplace_back(reason.code);
    }
    retention.hold_reasons = object.texts("reasons");
    for (const std::string& reason : retention.hold_reasons) {
      if (std::find(known.begin(), known.end(), reason) != known.end()) {
        continue;
      }
      object.note("reasons", "retention.word",
                  "Found the text \"" + quoted(reason) + "\", expected " +
                      join_in_words(known, " or ") + "." +
                      suggestion(reason, known));
    }
    retention.review_after_years = years(object, "review_after_years");
  }

  void check_rules(const Retention& retention) {
    std::vector<std::string> ids;
    bool any_in_use = false;
    for (std::size_t i = 0; i < retention.rules.size(); ++i) {
      const RetentionRule& rule = retention.rules[i];
      any_in_use = any_in_use || rule.in_use;
      if (!rule.id.empty() &&
          std::find(ids.begin(), ids.end(), rule.id) != ids.end()) {
        errors_.push_back({"retention.duplicate",
                           "The id \"" + quoted(rule.id) +
                               "\" stands twice. Each rule needs one of its "
                               "own.",
                           {.file = file_,
                            .pointer = "/rules/" + std::to_string(i) + "/id"}});
      }
      ids.push_back(rule.id);
    }
    if (!any_in_use && errors_.empty()) {
      errors_.push_back({"retention.none_in_use",
                         "No rule is in use, so nothing would ever be due. "
                         "Set \"in_use\" to true for at least one.",
                         {.file = file_, .pointer = "/rules"}});
    }
  }

  const std::string& file_;
  std::vector<Error> errors_;
};

}  // namespace

Date RetentionRule::kept_until(Date event_day) const {
  const Date day = add_months(event_day, years * months_a_year);
  if (round_to == Rounding::none) return day;
  const bool school = round_to == Rounding::school_year_end;
  const int month = school ? 8 : 3;
  const Date end = on_day_of_year(day.year(), month, 31);
  return day <= end ? end : on_day_of_year(day.year() + 1, month, 31);
}

std::string_view in_words(RetentionRule::Event event) {
  switch (event) {
    case RetentionRule::Event::date_of_birth:
      return "date of birth";
    case RetentionRule::Event::last_entry:
      return "last entry in the log";
    case RetentionRule::Event::last_human_decision:
      return "last decision of a person";
  }
  return "";
}

Result<Retention> read_retention(const std::string& file) {
  auto text = read_file(file, 1 << 20);
  if (!text) return unexpected(text.error());
  json::Document document;
  if (auto read = document.parse(*text, file); !read) {
    return unexpected(read.error());
  }
  return Reader(file).read(document.root());
}

}  // namespace sendcheck
