// Cases must pin what a rule says: where a figure moves one step, a comparison becomes its neighbour or a combination another, some case of the rule must
// come out otherwise than it says. What Lua itself compares, inside `test` and `compute`, is turned round in flipped_comparisons_test.cpp.
//
// open_changes.json lists the changes that no case of their rule notices, and why. The list can only become shorter: a change that is not on it must be
// noticed, and one that is must not.
#include <catch2/catch.hpp>
#include <set>

#include "casework/test_rules.hpp"
#include "json/value.hpp"
#include "shipped.hpp"

using namespace sendcheck;
using namespace shipped;

namespace {

using RuleAndChange = std::pair<std::string, std::string>;

std::set<RuleAndChange> open_changes() {
  const std::string file = source_path("tests/plugins/open_changes.json");
  const std::string text = read_text(file);
  json::Document document;
  REQUIRE(document.parse(text, file));
  std::set<RuleAndChange> open;
  for (const json::Value& one : document.root().items) {
    CHECK(
        open.emplace(one.find("rule")->text, one.find("change")->text).second);
  }
  return open;
}

}  // namespace

TEST_CASE("Every planted change of a shipped rule is noticed by a case") {
  RulesTestOptions options;
  options.mutation = true;
  options.jobs = 2;
  const auto test = test_rules(workspace(), options);
  REQUIRE(test);
  CHECK(test->rules.size() == plugins().size());
  std::set<RuleAndChange> open = open_changes();
  CHECK(open.size() <= 2);
  for (const RuleTest& rule : test->rules) {
    REQUIRE(rule.mutation);
    INFO(rule.rule);
    CHECK(rule.mutation->planted() > 0);
    for (const PlantedChange* one : rule.mutation->survivors()) {
      if (open.erase({rule.rule, one->words}) == 1) continue;
      FAIL_CHECK("no case notices if " << one->words << " (" << one->detail
                                       << ")");
    }
    for (const std::string& wrong : rule.mutation->wrong_excuses) {
      FAIL_CHECK(wrong);
    }
  }
  for (const auto& [rule, change] : open) {
    FAIL_CHECK(rule << ": a case notices now if " << change
                    << ": take it off open_changes.json");
  }
  CHECK(summary_of(*test).changes_planted >= 1600);
}
