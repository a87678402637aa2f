// Small random decision tables, and what they come to by the plain reading of the standard: every row tried in turn. Knows nothing of classes.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "domain/decision_table.hpp"

namespace random_decisions {

using namespace sendcheck;

// Hours from 0 to 168, an SEN status, and whether looked after. Tests name hours at either end, so that these values stand for all.
inline std::vector<Value> hours() {
  std::vector<Value> found;
  for (const char* text : {"0", "0.5", "1", "1.5", "2", "2.5", "90", "165.5",
                           "166", "166.5", "167", "167.5", "168"}) {
    found.push_back(Value::of(*Number::parse(text)));
  }
  return found;
}
inline const std::vector<std::string>& statuses() {
  static const std::vector<std::string> codes = {"none", "support",
                                                 "plan_final"};
  return codes;
}

struct Inputs {
  std::vector<Value> values;  // hours, status (as a text), looked after
};
inline std::vector<std::vector<Value>> domains() {
  std::vector<std::vector<Value>> all = {hours(), {}, {}};
  for (const std::string& code : statuses()) {
    all[1].push_back(Value::text(code));
  }
  all[2] = {Value::of(false), Value::of(true)};
  return all;
}

inline bool is_at_most(const Value& a, const Value& b) {
  if (a.kind() == Value::Kind::text) return a.text() <= b.text();
  return number_of(a) <= number_of(b);
}

inline bool meets(const UnaryTest& test, const Value& value) {
  if (test.anything) return true;
  bool within = false;
  for (const TestRange& range : test.ranges) {
    const bool from = !range.from.is_known() ||
                      (is_at_most(range.from, value) &&
                       !(range.without_from && range.from == value));
    const bool to =
        !range.to.is_known() || (is_at_most(value, range.to) &&
                                 !(range.without_to && range.to == value));
    within = within || (from && to);
  }
  return within != test.negated;
}

inline bool matches(const DecisionRow& row, const std::vector<Value>& inputs) {
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!meets(row.tests[i], inputs[i])) return false;
  }
  return true;
}

struct TableOutcome {
  enum class Kind { value, list, none, conflict };
  Kind kind = Kind::none;
  std::vector<Value> values;
  bool operator==(const TableOutcome&) const = default;
};

// Of the first output.
inline TableOutcome comes_to(const DecisionTable& table,
                             const std::vector<Value>& inputs) {
  const DecisionSpec& spec = table.spec();
  std::vector<const DecisionRow*> rows;
  for (const DecisionRow& row : table.rows()) {
    if (matches(row, inputs)) rows.push_back(&row);
  }
  using Kind = TableOutcome::Kind;
  const bool lists = spec.policy == HitPolicy::rule_order ||
                     spec.policy == HitPolicy::output_order ||
                     (spec.policy == HitPolicy::collect &&
                      spec.aggregator == Aggregator::none);
  if (rows.empty()) {
    if (!spec.outputs[0].has_default) return {};
    return {lists ? Kind::list : Kind::value, spec.outputs[0].otherwise};
  }
  const auto place = [&](const DecisionRow* row) {
    const auto& values = spec.outputs[0].values;
    return std::find(values.begin(), values.end(), row->outputs[0]) -
           values.begin();
  };
  const auto all = [&](Kind kind) {
    TableOutcome made{kind, {}};
    for (const DecisionRow* row : rows) made.values.push_back(row->outputs[0]);
    return made;
  };
  switch (spec.policy) {
    case HitPolicy::unique:
      if (rows.size() > 1) return {Kind::conflict, {}};
      return all(Kind::value);
    case HitPolicy::any:
      for (const DecisionRow* row : rows) {
        if (row->outputs != rows[0]->outputs) return {Kind::conflict, {}};
      }
      return {Kind::value, {rows[0]->outputs[0]}};
    case HitPolicy::first:
      return {Kind::value, {rows[0]->outputs[0]}};
    case HitPolicy::priority: {
      const DecisionRow* best = rows[0];
      for (const DecisionRow* row : rows) {
        if (place(row) < place(best)) best = row;
      }
      return {Kind::value, {best->outputs[0]}};
    }
    case HitPolicy::rule_order:
      return all(Kind::list);
    case HitPolicy::output_order: {
      TableOutcome made{Kind::list, {}};
      for (std::size_t p = 0; p < spec.outputs[0].values.size(); ++p) {
        for (const DecisionRow* row : rows) {
          if (place(row) == static_cast<std::ptrdiff_t>(p)) {
            made.values.push_back(row->outputs[0]);
          }
        }
      }
      return made;
    }
    case HitPolicy::collect:
      break;
  }
  if (spec.aggregator == Aggregator::none) return all(Kind::list);
  std::int64_t sum = 0, least = 1'000'000, most = -1'000'000;
  for (const DecisionRow* row : rows) {
    const std::int64_t value = row->outputs[0].number().numerator();
    sum += value;
    least = std::min(least, value);
    most = std::max(most, value);
  }
  const std::int64_t result = spec.aggregator == Aggregator::sum   ? sum
                              : spec.aggregator == Aggregator::min ? least
                              : spec.aggregator == Aggregator::max
                                  ? most
                                  : static_cast<std::int64_t>(rows.size());
  return {Kind::value, {Value::of(Number(result))}};
}

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t end) { return random_() % end; }
  bool one_in(std::size_t n) { return below(n) == 0; }

  UnaryTest test(std::size_t input) {
    UnaryTest made;
    if (one_in(3)) {
      made.anything = true;
      return made;
    }
    made.negated = one_in(4);
    const std::size_t ranges = 1 + below(2);
    for (std::size_t i = 0; i < ranges; ++i) {
      TestRange& range = made.ranges.emplace_back();
      if (input == 1) {
        static const std::vector<std::string> words = {
            "none", "support", "plan_final", "of another list"};
        range.from = range.to = Value::text(words[below(words.size())]);
      } else if (input == 2) {
        range.from = range.to = Value::of(one_in(2));
      } else {
        static const std::vector<std::int64_t> ends = {0, 1, 2, 166, 167, 168};
        const std::size_t a = below(ends.size()), b = below(ends.size());
        if (!one_in(4)) range.from = Value::of(Number(ends[std::min(a, b)]));
        if (!one_in(4) || !range.from.is_known()) {
          range.to = Value::of(Number(ends[std::max(a, b)]));
        }
        range.without_from = range.from.is_known() && one_in(3);
        range.without_to = range.to.is_known() && one_in(3);
      }
    }
    return made;
  }

  std::shared_ptr<DecisionTable> table(HitPolicy policy,
                                       Aggregator aggregator) {
    auto spec = std::make_shared<DecisionSpec>();
    spec->policy = policy;
    spec->aggregator = aggregator;
    spec->inputs.resize(3);
    spec->inputs[0].name = "hours";
    spec->inputs[0].type = ParameterType::decimal;
    spec->inputs[1].name = "status";
    spec->inputs[1].type = ParameterType::code;
    spec->inputs[2].name = "looked_after";
    spec->inputs[2].type = ParameterType::boolean;
    DecisionOutput& grade = spec->outputs.emplace_back();
    grade.name = "grade";
    grade.type = ParameterType::integer;
    grade.values = {Value::of(Number(2)), Value::of(Number(1)),
                    Value::of(Number(3))};
    grade.has_default = one_in(2);
    if (grade.has_default && (!spec->gives_list() || one_in(2))) {
      grade.otherwise = {Value::of(Number(3))};
    }
    std::vector<DecisionRow> rows(1 + below(5));
    int line = 1;
    for (DecisionRow& row : rows) {
      row.line = ++line;
      for (std::size_t i = 0; i < 3; ++i) row.tests.push_back(test(i));
      row.outputs = {
          Value::of(Number(1 + static_cast<std::int64_t>(below(3))))};
    }
    return std::make_shared<DecisionTable>(spec, "t.csv", std::move(rows));
  }

 private:
  std::mt19937 random_;
};

struct Policy {
  HitPolicy policy;
  Aggregator aggregator = Aggregator::none;
};
inline std::vector<Policy> policies() {
  return {{HitPolicy::unique},
          {HitPolicy::any},
          {HitPolicy::priority},
          {HitPolicy::first},
          {HitPolicy::rule_order},
          {HitPolicy::output_order},
          {HitPolicy::collect},
          {HitPolicy::collect, Aggregator::sum},
          {HitPolicy::collect, Aggregator::min},
          {HitPolicy::collect, Aggregator::max},
          {HitPolicy::collect, Aggregator::count}};
}

// Calls `what` with every combination of the domains.
template <class What>
void for_each_case(const std::vector<std::vector<Value>>& domains, What what) {
  std::vector<std::size_t> choice(domains.size(), 0);
  for (;;) {
    std::vector<Value> inputs;
    for (std::size_t i = 0; i < domains.size(); ++i) {
      inputs.push_back(domains[i][choice[i]]);
    }
    what(inputs);
    std::size_t i = 0;
    while (i < domains.size() && ++choice[i] == domains[i].size()) {
      choice[i++] = 0;
    }
    if (i == domains.size()) return;
  }
}

}  // namespace random_decisions
