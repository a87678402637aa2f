#include "criteria/tree_parts.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "school_world.hpp"

namespace sendcheck {
namespace {

using C = CriterionOp;
using V = ValueOp;

Rule compiled(DraftBuilder draft, CriterionId met_when,
              const Given& given = {}) {
  draft.rule.met_when = met_when;
  auto rule = compile(draft.rule, school_catalogue(), given.specs);
  INFO((rule ? std::string() : rule.error().to_string()));
  REQUIRE(rule.has_value());
  return std::move(*rule);
}

// What one comparison of the annual cost with 6,000 pounds is changed into.
C changed(C op) {
  DraftBuilder d;
  const Rule rule = compiled(
      d, d.compare(op, {d.fact("provision_cost"), d.pounds("6000.00")}));
  const auto changes = changes_of(rule);
  REQUIRE(changes.size() == 1);
  const Rule made = with_change(rule, changes.front());
  return made.tree.criteria[static_cast<std::size_t>(made.met_when)].op;
}

}  // namespace

TEST_CASE("every comparison becomes its neighbour") {
  CHECK(changed(C::at_least) == C::above);
  CHECK(changed(C::above) == C::at_least);
  CHECK(changed(C::at_most) == C::below);
  CHECK(changed(C::below) == C::at_most);
  CHECK(changed(C::is) == C::is_not);
  CHECK(changed(C::is_not) == C::is);
}

TEST_CASE("a combination becomes another and one part has nothing to change") {
  DraftBuilder d;
  const auto known = [&] {
    return d.compare(C::is_known, {d.fact("provision_cost")});
  };
  const auto ops = [&](CriterionId met_when) {
    const Rule rule = compiled(d, met_when);
    std::vector<C> found;
    for (const TreeChange& change : changes_of(rule)) {
      found.push_back(change.criterion_to);
    }
    return found;
  };
  CHECK(ops(d.all({known(), known()})) == std::vector<C>{C::any});
  CHECK(ops(d.any({known(), known()})) == std::vector<C>{C::all});
  CHECK(ops(d.combine(C::none, {known()})) == std::vector<C>{C::any});
  CHECK(ops(d.all({known()})).empty());
  CHECK(ops(known()).empty());
}

TEST_CASE("at least two of three becomes one and three of them but not four") {
  DraftBuilder d;
  std::vector<CriterionId> parts;
  for (int i = 0; i < 3; ++i) {
    parts.push_back(d.compare(C::is_known, {d.fact("provision_cost")}));
  }
  const auto numbers = [&](int n) {
    const Rule rule = compiled(d, d.combine(C::at_least_of, parts, n));
    std::vector<int> found;
    for (const TreeChange& change : changes_of(rule)) {
      const Rule made = with_change(rule, change);
      found.push_back(
          made.tree.criteria[static_cast<std::size_t>(made.met_when)].n);
    }
    return found;
  };
  CHECK(numbers(1) == std::vector<int>{2});
  CHECK(numbers(2) == std::vector<int>{1, 3});
  CHECK(numbers(3) == std::vector<int>{2});
}

TEST_CASE("what a rule asks in two places is changed in both") {
  DraftBuilder d;
  const auto dear = [&] {
    return d.at_least(d.fact("provision_cost"), d.pounds("6000.00"));
  };
  const auto least = [&] {
    return d.op(V::lowest, {d.fact("provision_cost"), d.pounds("1.00")});
  };
  const Rule rule = compiled(
      d, d.any({d.all({dear(), d.compare(C::is_known, {least()})}),
                d.all({dear(), d.at_most(least(), d.pounds("2.00"))})}));
  std::size_t of_twins = 0;
  for (const TreeChange& change : changes_of(rule)) {
    const Rule made = with_change(rule, change);
    CHECK(made.tree.alike == rule.tree.alike);
    const auto& criteria = made.tree.criteria;
    const auto& values = made.tree.values;
    of_twins += change.criterion_to == C::above &&
                std::count_if(criteria.begin(), criteria.end(),
                              [](const CriterionNode& node) {
                                return node.op == C::above;
                              }) == 2;
    of_twins +=
        std::count_if(values.begin(), values.end(), [](const ValueNode& node) {
          return node.op == V::highest;
        }) == 2;
  }
  CHECK(of_twins == 2);
}

TEST_CASE(
    "the smallest becomes the largest and the figures of a sum are found") {
  DraftBuilder d;
  Given given;
  given.scalar("limit", ParameterType::money, amount("6000.00"));
  given.scalar("other", ParameterType::money, amount("1.00"));
  const ValueId least =
      d.op(V::lowest, {d.fact("provision_cost"), d.pounds("1.00")});
  const ValueId both =
      d.op(V::add, {d.parameter("other"), d.parameter("limit")});
  const Rule rule = compiled(d, d.at_least(least, both), given);
  const auto changes = changes_of(rule);
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].criterion_to == C::above);
  CHECK(changes[1].value_to == V::highest);
  const CriterionNode& top =
      rule.tree.criteria[static_cast<std::size_t>(rule.met_when)];
  CHECK(parameters_under(rule, top.values[0]).empty());
  CHECK(parameters_under(rule, top.values[1]) == std::vector<int>{0, 1});
}

TEST_CASE("parts that stand in no part of the rule are not found") {
  DraftBuilder d;
  d.compare(C::is_known, {d.fact("provision_cost")});
  const CriterionId used =
      d.at_least(d.fact("provision_cost"), d.pounds("6000.00"));
  const Rule rule = compiled(d, used);
  const TreeParts parts = parts_of(rule);
  REQUIRE(parts.criteria.size() == 1);
  CHECK(parts.criteria.front() == CriterionSpot{rule.met_when, -1});
  CHECK(parts.values.size() == 2);
}

}  // namespace sendcheck
