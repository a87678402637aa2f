#include "casework/edition_copy.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "casework/lint.hpp"
#include "engine/summary.hpp"
#include "json/spans.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"
#include "rulesets/parameter_entry.hpp"

namespace sendcheck {
namespace {

std::string in_json(const std::string& text) {
  std::string out;
  json::append_quoted(out, text);
  return out;
}

bool are_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// "2025" of "High Needs Matrix 2025".
bool names_a_year(const std::string& title) {
  for (std::size_t at = 0; at + 4 <= title.size(); ++at) {
    const std::string_view four = std::string_view(title).substr(at, 4);
    if (are_digits(four) && (four.starts_with("19") || four.starts_with("20")))
      return true;
  }
  return false;
}

class Copy {
 public:
  Copy(const Edition& from, const std::string& text, Date first, Date today)
      : from_(from), text_(text), first_(first), today_(today), edits_(text_) {}

  Result<EditionCopy> made() {
    json::Document document;
    if (auto parsed = document.parse(text_, from_.file); !parsed) {
      return unexpected(parsed.error());
    }
    EditionCopy result;
    const json::Value& root = document.root();
    if (names_a_year(from_.title)) {
      set({"title"}, in_json(std::string(to_write) + " the title from " +
                             first_.in_words() + "; it was " + from_.title));
    }
    set({"in_force"}, in_force());
    set({"approved", "by"},
        in_json(std::string(to_write) + " who approves the edition, and when"));
    set({"approved", "on"}, in_json(today_.to_string()));
    // Of a corrected edition: the next begins with its first text.
    for (const char* key : {"revision", "corrects"}) {
      edits_.replace(json::span_of_member(text_, {key}), "");
    }
    for (const auto& [key, source] : from_.sources) {
      edits_.replace(json::span_of_member(text_, {"sources", key, "read_on"}),
                     "");
    }
    for (const json::Member& rule : root.find("rules")->members) {
      const json::Value* parameters = rule.value.find("parameters");
      if (parameters == nullptr) continue;
      for (const json::Member& parameter : parameters->members) {
        carry_over({"rules", std::string(rule.key), "parameters",
                    std::string(parameter.key)},
                   parameter.value, result);
      }
    }
    result.text = edits_.text();
    return result;
  }

 private:
  void set(const std::vector<std::string>& keys, std::string with) {
    edits_.replace(json::span_of(text_, keys), std::move(with));
  }

  // "884-herefordshire/2025-04-01, in force until 31 March 2027"
  std::string origin() const {
    const Date last = from_.last_day && *from_.last_day < first_
                          ? *from_.last_day
                          : first_ - 1;
    return from_.id + ", in force until " + last.in_words();
  }

  std::string in_force() const {
    std::string why =
        std::string(to_write) +
        " the last day, or why there is none; the edition before ";
    why += from_.to ? "ran from " + from_.from.in_words() + " to " +
                          from_.to->in_words() + "."
                    : "said: " + as_sentence(from_.runs_on_because);
    // In the words of the values, so that a reader is told it once.
    std::string doubt = std::string(carried_over) + origin();
    doubt += from_.unconfirmed &&
                     !from_.unconfirmed_because.starts_with(carried_over)
                 ? "; of its own days: " + from_.unconfirmed_because
                 : ".";
    return "{ \"from\": \"" + first_.to_string() +
           "\", \"to\": null,\n                \"runs_on_because\": " +
           in_json(why) +
           ",\n                \"status\": \"unconfirmed\",\n"
           "                \"reason\": " +
           in_json(doubt) + " }";
  }

  void carry_over(const std::vector<std::string>& at, const json::Value& entry,
                  EditionCopy& result) {
    const auto below = [&](const char* key) {
      std::vector<std::string> keys = at;
      keys.emplace_back(key);
      return keys;
    };
    const json::Value* status = entry.find("status");
    for (const char* key : {"table", "calendar", "decision_table"}) {
      const json::Value* table = entry.find(key);
      if (table == nullptr || !is_table_name(table->text)) continue;
      const std::string name(table->text);
      if (std::ranges::find(result.tables, name) == result.tables.end()) {
        result.tables.push_back(name);
      }
    }
    if (status == nullptr) return;  // it only opens the value to others
    ++result.carried_over;
    std::string why = std::string(carried_over) + origin();
    const json::Value* reason = entry.find("reason");
    if (status->text == "unconfirmed" && reason != nullptr) {
      // What was carried over before keeps its first doubt, and no more.
      std::string before(reason->text);
      if (before.starts_with(carried_over)) {
        const std::size_t colon = before.find(": ");
        before = colon == std::string::npos ? "" : before.substr(colon + 2);
      }
      why += before.empty() ? "." : ", unconfirmed there too: " + before;
      set(below("reason"), in_json(why));
      return;
    }
    set(below("status"), "\"unconfirmed\", \"reason\": " + in_json(why + "."));
  }

  const Edition& from_;
  const std::string& text_;
  Date first_, today_;
  json::Edits edits_;
};

}  // namespace

Result<EditionCopy> copy_of_edition(const Edition& from,
                                    const std::string& text, Date first,
                                    Date today) {
  return Copy(from, text, first, today).made();
}

std::string empty_edition(const std::string& body, Layer layer, Date first,
                          Date today) {
  const std::string code = body.substr(0, body.find('-'));
  std::string about;
  if (layer == Layer::authority) {
    about = ", \"la\": " + in_json(code);
  }
  if (layer == Layer::school) {
    about = ", \"urn\": " + in_json(code);
  }
  const auto later = [](const char* words) {
    return in_json(std::string(to_write) + " " + words);
  };
  return "{ \"format\": \"sendcheck-edition/1\",\n  \"body\": " +
         in_json(body) +
         ", \"title\": " + later("what this edition is called") + about +
         ",\n  \"in_force\": { \"from\": \"" + first.to_string() +
         "\", \"to\": null, \"runs_on_because\": " +
         later("the last day, or why there is none") +
         " },\n  \"approved\": { \"by\": " +
         later("who approves the edition, and when") + ", \"on\": \"" +
         today.to_string() + "\" },\n  \"sources\": { },\n  \"rules\": { } }\n";
}

}  // namespace sendcheck
