#include "casework/worked_cases.hpp"

#include <algorithm>

#include "base/files.hpp"
#include "base/text.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"
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
      "case",  "rule",   "as_of",      "source",
      "pupil", "expect", "parameters", "unconfirmed"};
  return keys;
}
const std::vector<std::string>& expect_keys() {
  static const std::vector<std::string> keys = {
      "outcome",   "amount",  "amount_status", "period", "due",
      "due_state", "missing", "refer_to",      "told",   "not_told"};
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
    } else if (key == "missing" || key == "told" || key == "not_told") {
      const bool facts = key == "missing";
      if (!value.is(Type::array)) {
        return malformed(file, here,
                         facts ? "expected a list of facts"
                               : "expected a list of what a decision says");
      }
      for (std::size_t i = 0; i < value.items.size(); ++i) {
        if (!value.items[i].is(Type::string)) {
          return malformed(
              file, here + "/" + std::to_string(i),
              facts ? "expected the path of a fact" : "expected a text");
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

ExpectedDecision expected(const json::Value& expect) {
  ExpectedDecision made;
  const auto texts_of = [](const json::Value& list) {
    std::vector<std::string> texts;
    for (const json::Value& item : list.items) texts.emplace_back(item.text);
    return texts;
  };
  // In the order in which faults are told.
  for (const std::string& key : expect_keys()) {
    const json::Value* value = expect.find(key);
    if (!value) continue;
    if (key == "missing") {
      made.missing = texts_of(*value);
    } else if (key == "told") {
      made.told = texts_of(*value);
    } else if (key == "not_told") {
      made.not_told = texts_of(*value);
    } else if (key == "refer_to") {
      made.refer_to.emplace_back(value->text);
    } else {
      made.values.emplace_back(key, value->is(json::Type::null)
                                        ? std::string("none")
                                        : std::string(value->text));
    }
  }
  return made;
}

class CaseReader {
 public:
  CaseReader(const Workspace& workspace, const std::string& file)
      : workspace_(workspace), file_(file), pupils_(workspace.catalogue()) {}

  Result<WorkedCases> read(const std::vector<std::string>& rules) {
    auto text = read_file(file_);
    if (!text) return unexpected(text.error());
    json::Document document;
    if (auto parsed = document.parse(*text, file_); !parsed) {
      return unexpected(parsed.error());
    }
    const json::Value& root = document.root();
    if (auto error =
            only(root, {"format", "cases", "excused_changes"}, file_, "")) {
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
    const auto is_wanted = [&](const json::Value& one) {
      const std::string rule = text_of(one.find("rule"));
      return rules.empty() ||
             std::find(rules.begin(), rules.end(), rule) != rules.end();
    };
    for (std::size_t i = 0; i < cases->items.size(); ++i) {
      const json::Value& one = cases->items[i];
      if (!is_wanted(one)) continue;
      auto made = read_one(one, "/cases/" + std::to_string(i));
      if (!made) return unexpected(made.error());
      read_.cases.push_back(std::move(*made));
    }
    if (const json::Value* excused = root.find("excused_changes")) {
      if (!excused->is(json::Type::array)) {
        return unexpected(
            malformed(file_, "/excused_changes", "expected a list"));
      }
      for (std::size_t i = 0; i < excused->items.size(); ++i) {
        const json::Value& one = excused->items[i];
        const std::string at = "/excused_changes/" + std::to_string(i);
        if (auto error = only(one, {"rule", "change", "because"}, file_, at)) {
          return unexpected(*error);
        }
        ExcusedChange made = {text_of(one.find("rule")),
                              text_of(one.find("change")),
                              text_of(one.find("because")), at};
        if (made.rule.empty() || made.change.empty() || made.because.empty()) {
          return unexpected(malformed(
              file_, at,
              "an excused change needs its rule, the change in the words of "
              "rules test --mutation, and why no case can notice it "
              "(because)"));
        }
        if (auto rule = workspace_.engine().select({{made.rule}, ""}); !rule) {
          return unexpected({"cases.unknown_rule",
                             rule.error().message,
                             {file_, 0, 0, at + "/rule"}});
        }
        if (is_wanted(one)) read_.excused.push_back(std::move(made));
      }
    }
    return std::move(read_);
  }

 private:
  Result<WorkedCase> read_one(const json::Value& one, const std::string& at) {
    if (!one.is(json::Type::object)) {
      return unexpected(malformed(file_, at, "a case is an object"));
    }
    if (auto error = only(one, case_keys(), file_, at)) {
      return unexpected(*error);
    }
    WorkedCase made;
    made.file = file_;
    made.pointer = at;
    made.sentence = text_of(one.find("case"));
    made.rule = text_of(one.find("rule"));
    made.source = text_of(one.find("source"));
    const auto as_of = Date::parse(text_of(one.find("as_of")));
    const json::Value* pupil = one.find("pupil");
    const json::Value* expect = one.find("expect");
    if (made.sentence.empty() || made.rule.empty() || !as_of || !pupil ||
        !pupil->is(json::Type::object) || !expect ||
        !expect->is(json::Type::object) || !expect->find("outcome")) {
      return unexpected(malformed(
          file_, at,
          "a case needs a sentence (case), a rule, an as_of date, a pupil and "
          "what to expect, with an outcome"));
    }
    made.as_of = *as_of;
    if (auto error = only(*expect, expect_keys(), file_, at + "/expect")) {
      return unexpected(*error);
    }
    if (auto error = check_expected(*expect, file_, at + "/expect")) {
      return unexpected(*error);
    }
    made.expect = expected(*expect);
    if (const json::Value* why = one.find("unconfirmed")) {
      made.unconfirmed = text_of(why);
      if (made.unconfirmed.empty()) {
        return unexpected(malformed(
            file_, at + "/unconfirmed",
            "expected why nobody stands for this case; once somebody does, "
            "take the line out"));
      }
    }
    auto rules = workspace_.engine().select({{made.rule}, ""});
    if (!rules) {
      return unexpected({"cases.unknown_rule",
                         rules.error().message,
                         {file_, 0, 0, at + "/rule"}});
    }
    if (const json::Value* given = one.find("parameters")) {
      if (auto read =
              read_overrides(*given, rules->front(), at, made.parameters);
          !read) {
        return unexpected(read.error());
      }
      json::Writer writer(made.parameters_json);
      writer.value(*given);
    }
    pupils_.read(*pupil, {file_, 0, 0, at + "/pupil"}, made.entry);
    for (const Finding& finding : made.entry.rejections) {
      // A case needs no UPN.
      if (finding.id != "register.no_upn") {
        made.faults.push_back(finding.message());
      }
    }
    for (const Finding& finding : made.entry.warnings) {
      // A list that grows is not the case's fault.
      if (finding.id == "register.unlisted_code") continue;
      made.faults.push_back(finding.message());
    }
    return made;
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
        auto scalar = read_scalar(item, spec, read_.texts);
        if (!scalar) {
          return unexpected(malformed(file_, at + "/parameters/" + spec.name,
                                      scalar.error().message));
        }
        return *scalar;
      };
      if (!spec.columns.empty() || spec.decision) {
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

  const Workspace& workspace_;
  const std::string& file_;
  PupilReader pupils_;
  WorkedCases read_;
};

}  // namespace

Result<WorkedCases> read_cases(const Workspace& workspace,
                               const std::string& file,
                               const std::vector<std::string>& rules) {
  return CaseReader(workspace, file).read(rules);
}

Result<std::vector<std::string>> case_files(
    const Workspace& workspace, const std::vector<std::string>& rules) {
  auto selected = workspace.engine().select({rules, ""});
  if (!selected) return unexpected(selected.error());
  std::vector<std::string> files;
  for (const SelectedRule& rule : *selected) {
    if (!rule.plugin) continue;
    const std::string cases = join_path(rule.plugin->folder, "cases.json");
    if (std::find(files.begin(), files.end(), cases) == files.end()) {
      files.push_back(cases);
    }
  }
  return files;
}

}  // namespace sendcheck
