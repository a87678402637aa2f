#include "json_shape.hpp"

#include <algorithm>
#include <regex>
#include <set>

#include "base/date.hpp"

namespace sendcheck::test {
namespace {

using json::Type;
using json::Value;

enum class What {
  text,
  text_or_null,
  boolean,
  integer,
  date,
  date_or_null,
  any
};

struct Key {
  const char* name;
  What what;
  bool always = true;
};

const std::set<std::string_view> outcomes = {
    "met",   "not_met",        "needs_evidence",
    "refer", "not_applicable", "not_in_force"};

class Shape {
 public:
  std::vector<std::string> faults;

  void check(const Value& root) {
    object(root, "",
           {{"sendcheck", What::text},
            {"as_of", What::date},
            {"counts", What::any},
            {"editions", What::any},
            {"run", What::any},
            {"errors", What::any},
            {"rejected", What::any},
            {"warnings", What::any},
            {"pupils", What::any}});
    if (!faults.empty()) return;
    const Value& counts = *root.find("counts");
    object(counts, "/counts",
           {{"pupils", What::integer},
            {"checked", What::integer},
            {"rejected", What::integer},
            {"warnings", What::integer}});
    items(root, "", "editions",
          [this](const Value& edition, const std::string& at) {
            object(edition, at,
                   {{"id", What::text},
                    {"hash", What::text},
                    {"published", What::any}});
            if (const Value* published = edition.find("published");
                published && !published->is(Type::null)) {
              object(*published, at + "/published",
                     {{"state", What::text},
                      {"revision", What::any},
                      {"proposed_by", What::text_or_null},
                      {"approved_by", What::text_or_null},
                      {"on", What::date_or_null},
                      {"key", What::text_or_null}});
            }
            matches(edition, at, "id", "[a-z0-9-]+/[0-9]{4}-[0-9]{2}-[0-9]{2}");
            matches(edition, at, "hash", "sha256:[0-9a-f]{64}");
          });
    items(root, "", "errors",
          [this](const Value& error, const std::string& at) {
            object(error, at,
                   {{"id", What::text},
                    {"message", What::text},
                    {"file", What::text_or_null},
                    {"line", What::integer, false},
                    {"pointer", What::text, false}});
          });
    items(
        root, "", "rejected",
        [this](const Value& one, const std::string& at) { rejected(one, at); });
    items(
        root, "", "warnings",
        [this](const Value& one, const std::string& at) { finding(one, at); });
    items(root, "", "pupils", [this](const Value& one, const std::string& at) {
      pupil(one, at, false);
    });
    adds_up(root, counts);
  }

  void rejected(const Value& one, const std::string& at) {
    object(one, at,
           {{"upn", What::text_or_null},
            {"name", What::text_or_null},
            {"findings", What::any}});
    items(one, at, "findings",
          [this](const Value& f, const std::string& where) {
            finding(f, where);
          });
    expect(one.find("findings") && !one.find("findings")->items.empty(), at,
           "a rejected pupil without a finding");
  }

  void pupil(const Value& one, const std::string& at, bool of_a_line) {
    std::vector<Key> keys = {{"upn", What::text},
                             {"name", What::text_or_null},
                             {"decisions", What::any}};
    if (of_a_line) keys.push_back({"warnings", What::any, false});
    object(one, at, keys);
    if (one.find("warnings")) {
      items(one, at, "warnings",
            [this](const Value& f, const std::string& where) {
              finding(f, where);
            });
    }
    std::set<std::string_view> rules;
    items(one, at, "decisions", [&](const Value& d, const std::string& where) {
      decision(d, where);
      if (const Value* rule = d.find("rule")) {
        expect(rules.insert(rule->text).second, where,
               "a second decision under one rule");
      }
    });
  }

 private:
  void expect(bool holds, const std::string& at, const std::string& words) {
    if (!holds) faults.push_back(at + ": " + words);
  }

  static bool is_date(const Value& value) {
    return value.is(Type::string) && Date::parse(value.text).has_value();
  }

  static bool fits(const Value& value, What what) {
    switch (what) {
      case What::text:
        return value.is(Type::string) && !value.text.empty();
      case What::text_or_null:
        return value.is(Type::null) || fits(value, What::text);
      case What::boolean:
        return value.is(Type::boolean);
      case What::integer:
        return value.is(Type::number) &&
               value.text.find_first_of(".eE") == std::string_view::npos;
      case What::date:
        return is_date(value);
      case What::date_or_null:
        return value.is(Type::null) || is_date(value);
      case What::any:
        return true;
    }
    return false;
  }

  void object(const Value& value, const std::string& at,
              const std::vector<Key>& keys) {
    if (!value.is(Type::object)) {
      faults.push_back(at + ": no object");
      return;
    }
    for (const Key& key : keys) {
      const Value* found = value.find(key.name);
      if (!found) {
        expect(!key.always, at, std::string("there is no ") + key.name);
      } else {
        expect(fits(*found, key.what), at + "/" + key.name, "another type");
      }
    }
    for (const json::Member& member : value.members) {
      expect(
          std::any_of(keys.begin(), keys.end(),
                      [&](const Key& key) { return member.key == key.name; }),
          at + "/" + std::string(member.key), "a key that nobody knows");
    }
  }

  template <class Function>
  void items(const Value& of, const std::string& at, const char* key,
             Function each) {
    const Value* list = of.find(key);
    const std::string where = at + "/" + key;
    if (!list || !list->is(Type::array)) {
      faults.push_back(where + ": no list");
      return;
    }
    for (std::size_t i = 0; i < list->items.size(); ++i) {
      each(list->items[i], where + "/" + std::to_string(i));
    }
  }

  void one_of(const Value& value, const std::string& at, const char* key,
              const std::set<std::string_view>& allowed) {
    const Value* found = value.find(key);
    expect(found && allowed.count(found->text) == 1, at + "/" + key,
           "\"" + std::string(found ? found->text : "") +
               "\" is none of the values it can have");
  }

  void matches(const Value& value, const std::string& at, const char* key,
               const char* pattern) {
    const Value* found = value.find(key);
    expect(found &&
               std::regex_match(std::string(found->text), std::regex(pattern)),
           at + "/" + key, "another form");
  }

  void finding(const Value& one, const std::string& at) {
    object(one, at,
           {{"id", What::text},
            {"upn", What::text_or_null},
            {"fact", What::text_or_null},
            {"found", What::text_or_null},
            {"expected", What::text_or_null},
            {"file", What::text},
            {"line", What::integer, false},
            {"pointer", What::text, false},
            {"message", What::text}});
    expect(one.find("line") || one.find("pointer"), at,
           "neither a line nor a pointer");
  }

  void decision(const Value& one, const std::string& at) {
    object(one, at,
           {{"rule", What::text},
            {"title", What::text},
            {"kind", What::text},
            {"outcome", What::text},
            {"summary", What::text},
            {"refer_to", What::text, false},
            {"amount", What::any},
            {"due", What::any},
            {"missing", What::any},
            {"routes", What::any},
            {"actions", What::any},
            {"reasons", What::any},
            {"edition", What::text_or_null},
            {"parameters", What::any}});
    one_of(one, at, "outcome", outcomes);
    one_of(one, at, "kind",
           {"access_arrangement", "funding", "statutory", "monitoring"});
    const std::string_view outcome = one.find("outcome")->text;
    expect((one.find("refer_to") != nullptr) == (outcome == "refer"), at,
           "refer_to stands with refer, and only there");
    if (!one.find("amount")->is(Type::null)) {
      amount(*one.find("amount"), at + "/amount");
      expect(outcome == "met" || outcome == "refer", at,
             "an amount, and nothing is met");
    }
    if (!one.find("due")->is(Type::null)) due(*one.find("due"), at + "/due");
    items(one, at, "missing",
          [this](const Value& item, const std::string& where) {
            object(item, where,
                   {{"fact", What::text},
                    {"label", What::text},
                    {"kind", What::text},
                    {"actionable", What::boolean}});
            one_of(item, where, "kind", {"fact", "evidence", "judgement"});
          });
    expect(outcome != "needs_evidence" || !one.find("missing")->items.empty(),
           at, "evidence is needed, and none is named");
    expect(outcome != "met" || one.find("missing")->items.empty(), at,
           "met, and something is missing");
    items(one, at, "routes",
          [this](const Value& item, const std::string& where) {
            route(item, where);
          });
    expect(outcome == "not_met" || outcome == "needs_evidence" ||
               one.find("routes")->items.empty(),
           at, "a way to a yes, and the answer is " + std::string(outcome));
    items(one, at, "actions",
          [this](const Value& item, const std::string& where) {
            object(item, where,
                   {{"do", What::text},
                    {"to", What::text_or_null},
                    {"by", What::date_or_null}});
          });
    if (!one.find("reasons")->is(Type::null)) {
      reason(*one.find("reasons"), at + "/reasons");
    } else {
      expect(one.find("edition")->is(Type::null), at,
             "an edition decided, and no reason is given");
    }
    parameters(*one.find("parameters"), at + "/parameters");
  }

  void amount(const Value& one, const std::string& at) {
    object(one, at,
           {{"value", What::text_or_null},
            {"period", What::text},
            {"status", What::text},
            {"working", What::any},
            {"from", What::date_or_null},
            {"to", What::date_or_null},
            {"note", What::text, false}});
    one_of(one, at, "period",
           {"year", "financial_year", "term", "month", "week", "hour",
            "one_off", "period"});
    one_of(one, at, "status", {"computed", "indicative", "not_published"});
    const Value* value = one.find("value");
    if (value && value->is(Type::string)) {
      matches(one, at, "value", "[0-9]+\\.[0-9]{2}");
    } else {
      one_of(one, at, "status", {"not_published", "indicative"});
    }
    items(one, at, "working",
          [this](const Value& item, const std::string& where) {
            object(item, where,
                   {{"label", What::text}, {"value", What::text_or_null}});
          });
  }

  void due(const Value& one, const std::string& at) {
    object(one, at,
           {{"date", What::date},
            {"state", What::text},
            {"days", What::integer},
            {"basis", What::text},
            {"working", What::text}});
    one_of(one, at, "state", {"upcoming", "overdue", "done", "done_late"});
    one_of(one, at, "basis", {"law", "guidance", "local"});
    if (!faults.empty()) return;
    const std::string_view state = one.find("state")->text;
    const bool past = one.find("days")->text.starts_with('-');
    expect(state != "overdue" || past, at, "overdue, and days are left");
    expect(state != "upcoming" || !past, at, "upcoming, and it has passed");
  }

  void route(const Value& one, const std::string& at) {
    object(one, at, {{"steps", What::any}});
    std::set<std::pair<std::string_view, std::string_view>> steps;
    items(one, at, "steps", [&](const Value& step, const std::string& where) {
      object(step, where,
             {{"kind", What::text},
              {"fact", What::text},
              {"label", What::text},
              {"criterion", What::text},
              {"gap", What::text, false}});
      one_of(step, where, "kind", {"supply", "change"});
      if (step.find("fact") && step.find("criterion")) {
        expect(
            steps
                .insert({step.find("fact")->text, step.find("criterion")->text})
                .second,
            where, "a step that stands in its route twice");
      }
    });
    expect(!one.find("steps") || !one.find("steps")->items.empty(), at,
           "a way of no steps");
  }

  void reason(const Value& one, const std::string& at) {
    object(one, at,
           {{"kind", What::text},
            {"label", What::text},
            {"result", What::text},
            {"source", What::text_or_null},
            {"have", What::text_or_null},
            {"need", What::text_or_null},
            {"gap", What::text, false},
            {"unconfirmed", What::text, false},
            {"children", What::any}});
    one_of(one, at, "result", {"met", "not_met", "unknown"});
    one_of(one, at, "kind",
           {"all", "any", "none", "at_least_of", "comparison", "list", "entry",
            "judgement", "test"});
    items(one, at, "children",
          [this](const Value& item, const std::string& where) {
            reason(item, where);
          });
  }

  void parameters(const Value& all, const std::string& at) {
    expect(all.is(Type::object), at, "no object");
    for (const json::Member& member : all.members) {
      const std::string where = at + "/" + std::string(member.key);
      object(member.value, where,
             {{"value", What::any},
              {"origin", What::text},
              {"source", What::text_or_null},
              {"unconfirmed", What::boolean, false}});
      const Value* value = member.value.find("value");
      expect(value && (value->is(Type::number) || value->is(Type::string) ||
                       value->is(Type::array)),
             where, "a value that is no number, text or list");
    }
  }

  static std::size_t number(const Value& counts, const char* key) {
    return static_cast<std::size_t>(
        std::stoul(std::string(counts.find(key)->text)));
  }

  void adds_up(const Value& root, const Value& counts) {
    const auto size = [&](const char* key) {
      return root.find(key)->items.size();
    };
    expect(number(counts, "checked") == size("pupils"), "/counts/checked",
           "not the number of pupils listed");
    expect(number(counts, "rejected") == size("rejected"), "/counts/rejected",
           "not the number of rejected listed");
    expect(number(counts, "warnings") == size("warnings"), "/counts/warnings",
           "not the number of warnings listed");
    expect(number(counts, "pupils") == size("pupils") + size("rejected"),
           "/counts/pupils", "somebody was dropped in silence");
    std::set<std::string_view> editions, used;
    for (const Value& edition : root.find("editions")->items) {
      expect(editions.insert(edition.find("id")->text).second, "/editions",
             "an edition that stands twice");
    }
    for (const Value& pupil : root.find("pupils")->items) {
      for (const Value& decision : pupil.find("decisions")->items) {
        const Value* edition = decision.find("edition");
        if (edition && edition->is(Type::string)) used.insert(edition->text);
      }
    }
    expect(std::includes(editions.begin(), editions.end(), used.begin(),
                         used.end()),
           "/editions", "a decision names an edition that is not listed");
  }
};

}  // namespace

std::vector<std::string> faults_of_check(const Value& root) {
  Shape shape;
  shape.check(root);
  return shape.faults;
}

std::vector<std::string> faults_of_pupil(const Value& pupil) {
  Shape shape;
  shape.pupil(pupil, "", true);
  return shape.faults;
}

std::vector<std::string> faults_of_rejected(const Value& rejected) {
  Shape shape;
  shape.rejected(rejected, "");
  return shape.faults;
}

}  // namespace sendcheck::test
