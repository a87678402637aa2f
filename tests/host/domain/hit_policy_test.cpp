// What counts where several rows match, against every row tried in turn.
#include <catch2/catch.hpp>

#include "support/random_decisions.hpp"

using namespace random_decisions;

namespace {

RowSet matching(const DecisionTable& table, const std::vector<Value>& inputs) {
  RowSet rows = table.all_rows();
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const InputClasses& classes = table.classes(i);
    rows = both(rows, classes.rows(classes.of(inputs[i])));
  }
  return rows;
}

TableOutcome found(const DecisionTable& table,
                   const std::vector<Value>& inputs) {
  const Hit hit = hit_of(table, matching(table, inputs));
  using Kind = TableOutcome::Kind;
  if (hit.kind == Hit::Kind::none) return {};
  if (hit.kind == Hit::Kind::conflict) return {Kind::conflict, {}};
  if (table.spec().gives_list()) return {Kind::list, values_of(table, hit, 0)};
  return {Kind::value, {*value_of(table, hit, 0)}};
}

}  // namespace

TEST_CASE("every hit policy gives what trying each row in turn gives") {
  Maker maker(1);
  for (const Policy& policy : policies()) {
    INFO(name_of(policy.policy) << " " << name_of(policy.aggregator));
    int conflicts = 0, none = 0, values = 0;
    for (int i = 0; i < 200; ++i) {
      const auto table = maker.table(policy.policy, policy.aggregator);
      bool agree = true;
      for_each_case(domains(), [&](const std::vector<Value>& inputs) {
        const TableOutcome expected = comes_to(*table, inputs);
        agree = agree && found(*table, inputs) == expected;
        conflicts += expected.kind == TableOutcome::Kind::conflict;
        none += expected.kind == TableOutcome::Kind::none;
        values += !expected.values.empty();
      });
      REQUIRE(agree);
    }
    // Each way out was taken often.
    CHECK(none > 100);
    CHECK(values > 1000);
    const bool may_conflict =
        policy.policy == HitPolicy::unique || policy.policy == HitPolicy::any;
    CHECK((conflicts > 100) == may_conflict);
  }
}

TEST_CASE("a sum of amounts is exact and too large a one is none") {
  auto spec = std::make_shared<DecisionSpec>();
  spec->policy = HitPolicy::collect;
  spec->aggregator = Aggregator::sum;
  spec->inputs.resize(1);
  spec->inputs[0].type = ParameterType::boolean;
  spec->outputs.resize(1);
  spec->outputs[0].type = ParameterType::money;
  const auto sum_of = [&](std::int64_t a, std::int64_t b) {
    std::vector<DecisionRow> rows(2);
    for (DecisionRow& row : rows) {
      row.tests.resize(1);
      row.tests[0].anything = true;
    }
    rows[0].outputs = {Value::of(Money::from_pence(a))};
    rows[1].outputs = {Value::of(Money::from_pence(b))};
    const DecisionTable table(spec, "", rows);
    return value_of(table, hit_of(table, table.all_rows()), 0);
  };
  CHECK(sum_of(1, 9'007'199'254'740'993) ==
        Value::of(Money::from_pence(9'007'199'254'740'994)));
  CHECK(sum_of(INT64_MAX, 1) == std::nullopt);
}

TEST_CASE("an input of which there is none is matched by anything and by not") {
  std::vector<DecisionRow> rows(3);
  for (DecisionRow& row : rows) row.tests.resize(1);
  const Value five = Value::of(Number(5));
  rows[0].tests[0].anything = true;
  rows[1].tests[0].ranges = {{five, five, false, false}};
  rows[2].tests[0].ranges = {{five, five, false, false}};
  rows[2].tests[0].negated = true;
  const InputClasses classes(rows, 0, false);
  CHECK(rows_in(classes.rows(classes.nothing())) ==
        std::vector<std::size_t>{0, 2});
  CHECK(rows_in(classes.rows(classes.of(five))) ==
        std::vector<std::size_t>{0, 1});
}

TEST_CASE("a number is found in a class where there is one and nowhere else") {
  std::vector<DecisionRow> rows(1);
  UnaryTest& test = rows[0].tests.emplace_back();
  for (const std::int64_t number : {-2, 0, 1, 4}) {
    const Value value = Value::of(Number(number));
    test.ranges.push_back({value, value, false, false});
  }
  const InputClasses classes(rows, 0, false);
  const std::vector<std::optional<Number>> steps = {std::nullopt, Number(1),
                                                    Number::from_reduced(1, 2)};
  // Every half from -4 to 6 stands for all numbers that matter.
  for (const auto& step : steps) {
    for (std::int64_t low = -8; low <= 12; ++low) {
      for (std::int64_t high = low - 1; high <= 12; ++high) {
        const NumberSpan span{*Number::fraction(low, 2),
                              *Number::fraction(high, 2), step};
        std::vector<char> holds(classes.count(), 0);
        for (std::int64_t quarters = 2 * low; quarters <= 2 * high;
             ++quarters) {
          const Number number = *Number::fraction(quarters, 4);
          if (step && !divide(number, *step)->is_whole()) continue;
          holds[classes.of_number(number)] = 1;
        }
        for (std::size_t c = 0; c < classes.nothing(); ++c) {
          const auto number = number_in(classes, c, span);
          INFO(low << " " << high << " " << c);
          REQUIRE(number.has_value() == (holds[c] != 0));
          if (!number) continue;
          REQUIRE(classes.of_number(*number) == c);
          REQUIRE((*span.low <= *number && *number <= *span.high));
          if (step) REQUIRE(divide(*number, *step)->is_whole());
        }
      }
    }
  }
}
