// Every criterion of every rule comes out met, not met and unknown in some worked case, wherever it can (casework/criteria_coverage.hpp says what it can).
#include <catch2/catch.hpp>

#include "base/files.hpp"
#include "casework/criteria_coverage.hpp"
#include "shipped.hpp"

using namespace sendcheck;
using namespace shipped;

TEST_CASE(
    "Every criterion ends met, not met and unknown in some case, wherever it "
    "can") {
  for (const Plugin& plugin : plugins()) {
    const auto read =
        read_cases(workspace(), join_path(plugin.folder, "cases.json"), {});
    REQUIRE(read);
    std::vector<const WorkedCase*> cases;
    for (const WorkedCase& one : read->cases) cases.push_back(&one);
    for (const Rule& rule : plugin.rules) {
      CaseBench bench(workspace(), {rule.id, &plugin, &rule, nullptr}, cases);
      const RuleCoverage coverage = coverage_of(bench);
      CHECK(coverage.criteria > 1);
      for (const CriterionCoverage& one : coverage.lacking) {
        for (const UnseenTruth& unseen : one.unseen) {
          FAIL_CHECK(rule.id << ": \"" << one.label << "\" (" << one.asks
                             << ") is never " << name_of(unseen.truth)
                             << "; it would be in " << unseen.shown_by);
        }
      }
    }
  }
}
