// Cases must pin what a rule says: where a figure moves one step, a comparison becomes its neighbour or a combination another, some case of the rule must
// come out otherwise than it says. What Lua itself compares, inside `test` and `compute`, is turned round in flipped_comparisons_test.cpp.
#include <catch2/catch.hpp>

#include "casework/test_rules.hpp"
#include "shipped.hpp"

using namespace sendcheck;
using namespace shipped;

TEST_CASE("Every planted change of a shipped rule is noticed by a case") {
  RulesTestOptions options;
  options.mutation = true;
  options.jobs = 2;
  const auto test = test_rules(workspace(), options);
  REQUIRE(test);
  CHECK(test->rules.size() == plugins().size());
  for (const RuleTest& rule : test->rules) {
    REQUIRE(rule.mutation);
    INFO(rule.rule);
    CHECK(rule.mutation->planted() > 0);
    for (const PlantedChange* one : rule.mutation->survivors()) {
      FAIL_CHECK("no case notices if " << one->words << " (" << one->detail
                                       << ")");
    }
    for (const std::string& wrong : rule.mutation->wrong_excuses) {
      FAIL_CHECK(wrong);
    }
  }
  CHECK(summary_of(*test).changes_planted >= 1000);
}
