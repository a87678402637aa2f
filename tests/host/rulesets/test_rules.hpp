// What the plugins of these tests declare: the rules that fixtures/editions
// names.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "domain/decision_table.hpp"
#include "domain/parameters.hpp"
#include "rulesets/rulesets.hpp"

namespace rules_of_tests {

using namespace sendcheck;

inline Date day(const char* text) { return Date::parse(text).value(); }

inline ParameterSpec parameter(const std::string& name, ParameterType type,
                               bool required = false) {
  ParameterSpec spec;
  spec.name = name;
  spec.type = type;
  spec.label = name;
  spec.required = required;
  return spec;
}

inline ParameterSpec bounded(ParameterSpec spec, Number minimum,
                             Number maximum) {
  spec.minimum = minimum;
  spec.maximum = maximum;
  return spec;
}

inline ParameterSpec list_of(ParameterSpec spec) {
  spec.is_list = true;
  return spec;
}

inline ParameterSpec code(const std::string& name,
                          std::vector<std::string> codes) {
  ParameterSpec spec = parameter(name, ParameterType::code);
  spec.codes = std::move(codes);
  return spec;
}

// The bands of a matrix: one key that matches exactly, one by range.
inline ParameterSpec bands() {
  using Role = ColumnSpec::Role;
  ParameterSpec spec = parameter("bands", ParameterType::table, true);
  spec.columns = {{"group", ParameterType::text, Role::key, "group"},
                  {"points_from", ParameterType::integer, Role::from, "points"},
                  {"points_to", ParameterType::integer, Role::to, "points"},
                  {"amount", ParameterType::money, Role::value, ""},
                  {"words", ParameterType::text, Role::value, ""}};
  return spec;
}

inline ParameterSpec panels() {
  using Role = ColumnSpec::Role;
  ParameterSpec spec = parameter("panels", ParameterType::calendar);
  spec.columns = {{"deadline", ParameterType::date, Role::value, ""},
                  {"panel_on", ParameterType::date, Role::value, ""}};
  return spec;
}

// What a status and hours bring.
inline ParameterSpec grants(const std::string& name) {
  auto decision = std::make_shared<DecisionSpec>();
  decision->inputs.resize(2);
  decision->inputs[0].name = "status";
  decision->inputs[0].type = ParameterType::code;
  decision->inputs[0].codes = {"support", "plan"};
  decision->inputs[1].name = "hours";
  decision->inputs[1].type = ParameterType::decimal;
  decision->outputs.resize(1);
  decision->outputs[0].name = "grant";
  decision->outputs[0].type = ParameterType::money;
  decision->outputs[0].values = {Value::of(Money::from_pence(50000)),
                                 Value::of(Money::from_pence(10000))};
  ParameterSpec spec = parameter(name, ParameterType::decision_table);
  spec.decision = std::move(decision);
  return spec;
}

inline std::map<std::string, std::vector<ParameterSpec>> declared() {
  using Type = ParameterType;
  return {
      {"element-3-top-up",
       {bounded(parameter("threshold", Type::money, true), Number(0),
                Number(20000)),
        bounded(parameter("hours", Type::integer), Number(0), Number(40)),
        parameter("ratio", Type::decimal), parameter("active", Type::boolean),
        bounded(parameter("from_day", Type::date),
                Number(day("2000-01-01").days()),
                Number(day("2099-12-31").days())),
        bounded(parameter("deadline", Type::month_day), Number(101),
                Number(1031)),
        code("basis", {"additional", "total"}), parameter("words", Type::text),
        list_of(code("areas", {"reading", "writing"})),
        list_of(bounded(parameter("scores", Type::integer), Number(1),
                        Number(200)))}},
      {"grant-scheme", {grants("grants"), grants("papers")}},
      {"high-needs-matrix", {bands(), panels()}},
      {"county-fund", {parameter("rate", Type::money, true)}},
      {"school-scheme", {}},
      {"plain", {}}};
}

inline std::set<std::string> broken_plugins() { return {"hurt"}; }

inline std::string fixture(const std::string& name) {
  return std::string(SENDCHECK_SOURCE) + "/fixtures/editions/" + name;
}

}  // namespace rules_of_tests
