#include "casework/run_cases.hpp"

#include <algorithm>

#include "base/files.hpp"
#include "base/text.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"
#include "registers/register.hpp"
#include "rulesets/parameter_values.hpp"

namespace sendcheck {
namespace {

Error malformed(const std::string& file, const std::string& pointer,
                std::string message) {
  return {"cases.format", std::move(message), {file, 0, 0, pointer}};
}

std::string text_of(const json::Value* value) {
  return value && value->is(json::Type::string) ? std::string(value->text)
                                                : std::string();
}

const std::vector<std::string>& case_keys() {
  static const std::vector<std::string> keys = {
      "case", "rule", "as_of", "source", "pupil", "expect", "parameters"};
  return keys;
}
const std::vector<std::string>& expect_keys() {
  static const std::vector<std::string> keys = {
      "outcome", "amount",    "amount_status", "period",
      "due",     "due_state", "missing",       "refer_to"};
  return keys;
}

std::optional<Error> only(const json::Value& object,
                          const std::vector<std::string>& known,
                          const std::string& file, const std::string& at) {
  for (const json::Member& member : object.members) {
    const std::string key(member.key);
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    const std::string near = nearest(key, known);
    return malformed(
        file, at + "/" + key,
        "\"" + key + "\" has no meaning here" +
            (near.empty() ? "; expected one of " + join(known, ", ")
                          : "; did you mean \"" + near + "\"?"));
  }
  return std::nullopt;
}

// What a case expects is of the kind that can come out: else it could never be
// as expected, and the rule would be blamed.
std::optional<Error> check_expected(const json::Value& expect,
                                    const std::string& file,
                                    const std::string& at) {
  using json::Type;
  for (const json::Member& member : expect.members) {
    const std::string key(member.key);
    const json::Value& value = member.value;
    const std::string here = at + "/" + key;
    if (key == "outcome") {
      if (!value.is(Type::string) || !outcome(value.text)) {
        return malformed(file, here,
                         "expected an outcome: met, not_met, needs_evidence, "
                         "refer, not_applicable or not_in_force");
      }
    } else if (key == "missing") {
      if (!value.is(Type::array)) {
        return malformed(file, here, "expected a list of facts");
      }
      for (std::size_t i = 0; i < value.items.size(); ++i) {
        if (!value.items[i].is(Type::string)) {
          return malformed(file, here + "/" + std::to_string(i),
                           "expected the path of a fact");
        }
      }
    } else if (key == "refer_to") {
      if (!value.is(Type::string)) {
        return malformed(file, here, "expected a text");
      }
    } else if (!value.is(Type::string) && !value.is(Type::null)) {
      return malformed(file, here,
                       "expected a text (an amount such as \"6000.00\", a date "
                       "such as \"2026-11-22\"), or null for none");
    }
  }
  return std::nullopt;
}

class CaseRunner {
 public:
  CaseRunner(const Workspace& workspace, std::string file)
      : workspace_(workspace), file_(std::move(file)) {}

  Result<std::vector<CaseResult>> run(const std::vector<std::string>& rules) {
    auto text = read_file(file_);
    if (!text) return unexpected(text.error());
    json::Document document;
    if (auto parsed = document.parse(*text, file_); !parsed) {
      return unexpected(parsed.error());
    }
    const json::Value& root = document.root();
    if (auto error = only(root, {"format", "cases"}, file_, "")) {
      return unexpected(*error);
    }
    const json::Value* cases = root.find("cases");
    if (text_of(root.find("format")) != "sendcheck-cases/1" || !cases ||
        !cases->is(json::Type::array)) {
      return unexpected(
          malformed(file_, "",
                    "expected { \"format\": \"sendcheck-cases/1\", \"cases\": "
                    "[ ... ] }"));
    }
    std::vector<CaseResult> results;
    for (std::size_t i = 0; i < cases->items.size(); ++i) {
      const json::Value& one = cases->items[i];
      const std::string rule = text_of(one.find("rule"));
      if (!rules.empty() &&
          std::find(rules.begin(), rules.end(), rule) == rules.end()) {
        continue;
      }
      auto result = run_one(one, "/cases/" + std::to_string(i));
      if (!result) return unexpected(result.error());
      results.push_back(std::move(*result));
    }
    return results;
  }

 private:
  Result<CaseResult> run_one(const json::Value& one, const std::string& at) {
    if (!one.is(json::Type::object)) {
      return unexpected(malformed(file_, at, "a case is an object"));
    }
    if (auto error = only(one, case_keys(), file_, at)) {
      return unexpected(*error);
    }
    CaseResult result;
    result.file = file_;
    result.sentence = text_of(one.find("case"));
    result.rule = text_of(one.find("rule"));
    result.source = text_of(one.find("source"));
    const auto as_of = Date::parse(text_of(one.find("as_of")));
    const json::Value* pupil = one.find("pupil");
    const json::Value* expect = one.find("expect");
    if (result.sentence.empty() || result.rule.empty() || !as_of || !pupil ||
        !pupil->is(json::Type::object) || !expect ||
        !expect->is(json::Type::object) || !expect->find("outcome")) {
      return unexpected(malformed(
          file_, at,
          "a case needs a sentence (case), a rule, an as_of date, a pupil and "
          "what to expect, with an outcome"));
    }
    if (auto error = only(*expect, expect_keys(), file_, at + "/expect")) {
      return unexpected(*error);
    }
    if (auto error = check_expected(*expect, file_, at + "/expect")) {
      return unexpected(*error);
    }
    auto rules = workspace_.engine().select({{result.rule}, ""});
    if (!rules) {
      return unexpected({"cases.unknown_rule",
                         rules.error().message,
                         {file_, 0, 0, at + "/rule"}});
    }
    std::map<std::string, EffectiveParameter> overrides;
    if (const json::Value* given = one.find("parameters")) {
      if (auto read = read_overrides(*given, rules->front(), at, overrides);
          !read) {
        return unexpected(read.error());
      }
    }
    std::string record;
    json::Writer writer(record);
    writer.value(*pupil);
    auto entry = read_pupil(record, workspace_.catalogue(), file_);
    if (!entry) return unexpected(entry.error());
    for (const Finding& finding : entry->rejections) {
      // A case needs no UPN.
      if (finding.id != "register.no_upn") {
        result.faults.push_back(finding.message());
      }
    }
    for (const Finding& finding : entry->warnings) {
      // A list that grows is not the case's fault.
      if (finding.id == "register.unlisted_code") continue;
      result.faults.push_back(finding.message());
    }
    if (!result.faults.empty()) return result;

    Checker checker(workspace_.engine(), *rules, *as_of, true,
                    overrides.empty() ? nullptr : &overrides);
    const std::vector<Decision> decisions = checker.decide(entry->record);
    const Decision& decision = decisions.front();
    result.outcome = decision.outcome;
    compare(*expect, decision, result);
    return result;
  }

  Result<void> read_overrides(
      const json::Value& given, const SelectedRule& rule, const std::string& at,
      std::map<std::string, EffectiveParameter>& overrides) {
    if (!given.is(json::Type::object)) {
      return unexpected(malformed(file_, at + "/parameters",
                                  "expected an object: a value a parameter"));
    }
    if (!rule.rule) return {};
    std::vector<std::string> names;
    for (const ParameterSpec& spec : rule.rule->parameters) {
      names.push_back(spec.name);
    }
    if (auto error = only(given, names, file_, at + "/parameters")) {
      return unexpected(*error);
    }
    for (const ParameterSpec& spec : rule.rule->parameters) {
      const json::Value* value = given.find(spec.name);
      if (!value) continue;
      EffectiveParameter parameter;
      parameter.origin.edition = "the case";
      parameter.value.is_list = spec.is_list;
      const auto read = [&](const json::Value& item) -> Result<Value> {
        auto scalar = read_scalar(item, spec, texts_);
        if (!scalar) {
          return unexpected(malformed(file_, at + "/parameters/" + spec.name,
                                      scalar.error().message));
        }
        return *scalar;
      };
      if (!spec.columns.empty()) {
        return unexpected(
            malformed(file_, at + "/parameters/" + spec.name,
                      "a case cannot stand in for a table; leave it to an "
                      "edition"));
      }
      if (spec.is_list) {
        if (!value->is(json::Type::array)) {
          return unexpected(malformed(file_, at + "/parameters/" + spec.name,
                                      "expected a list"));
        }
        for (const json::Value& item : value->items) {
          auto scalar = read(item);
          if (!scalar) return unexpected(scalar.error());
          parameter.value.list.push_back(*scalar);
        }
      } else {
        auto scalar = read(*value);
        if (!scalar) return unexpected(scalar.error());
        parameter.value.scalar = *scalar;
      }
      overrides[spec.name] = std::move(parameter);
    }
    return {};
  }

  static void compare(const json::Value& expect, const Decision& decision,
                      CaseResult& result) {
    const auto check = [&](const char* name, const std::string& found) {
      const json::Value* value = expect.find(name);
      if (!value) return;
      const std::string wanted =
          value->is(json::Type::null) ? "none" : std::string(value->text);
      const std::string have = found.empty() ? "none" : found;
      if (wanted != have) {
        result.faults.push_back(std::string(name) + ": expected " + wanted +
                                ", found " + have);
      }
    };
    check("outcome", std::string(name_of(decision.outcome)));
    const auto& amount = decision.amount;
    check("amount", amount && amount->value ? amount->value->to_string() : "");
    check("amount_status",
          amount ? std::string(name_of(amount->status)) : std::string());
    check("period", amount ? amount->period : "");
    check("due", decision.due ? decision.due->date.to_string() : "");
    check("due_state",
          decision.due ? std::string(name_of(decision.due->state)) : "");
    if (const json::Value* missing = expect.find("missing")) {
      for (const json::Value& item : missing->items) {
        const bool found =
            std::any_of(decision.missing.begin(), decision.missing.end(),
                        [&](const MissingItem& m) {
                          return names_fact(item.text, m.fact);
                        });
        if (!found) {
          std::vector<std::string> have;
          for (const MissingItem& m : decision.missing) have.push_back(m.fact);
          result.faults.push_back(
              "missing: expected " + std::string(item.text) + ", found " +
              (have.empty() ? "nothing missing" : join(have, ", ")));
        }
      }
    }
    if (const json::Value* refer_to = expect.find("refer_to")) {
      const std::string wanted = to_lower(refer_to->text);
      if (to_lower(decision.refer_to).find(wanted) == std::string::npos) {
        result.faults.push_back("refer_to: expected \"" +
                                std::string(refer_to->text) + "\", found \"" +
                                decision.refer_to + "\"");
      }
    }
    if (!result.faults.empty() && decision.error) {
      result.faults.push_back(decision.error->to_string());
    }
  }

  const Workspace& workspace_;
  std::string file_;
  TextArena texts_;
};

}  // namespace

bool names_fact(std::string_view expected, std::string_view path) {
  if (!path.starts_with(expected)) return false;
  return path.size() == expected.size() || path[expected.size()] == '[' ||
         path[expected.size()] == '.';
}

Result<std::vector<CaseResult>> run_cases(
    const Workspace& workspace, const std::string& file,
    const std::vector<std::string>& rules) {
  std::vector<std::string> files;
  if (!file.empty()) {
    files.push_back(file);
  } else {
    auto selected = workspace.engine().select({rules, ""});
    if (!selected) return unexpected(selected.error());
    for (const SelectedRule& rule : *selected) {
      if (!rule.plugin) continue;
      const std::string cases = join_path(rule.plugin->folder, "cases.json");
      if (std::find(files.begin(), files.end(), cases) == files.end()) {
        files.push_back(cases);
      }
    }
  }
  std::vector<CaseResult> results;
  for (const std::string& one : files) {
    auto ran = CaseRunner(workspace, one)
                   .run(file.empty() ? std::vector<std::string>{} : rules);
    if (!ran) return unexpected(ran.error());
    results.insert(results.end(), std::make_move_iterator(ran->begin()),
                   std::make_move_iterator(ran->end()));
  }
  return results;
}

}  // namespace sendcheck
