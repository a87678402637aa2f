// Tests rules by their worked cases: does each come out as it says, and what do the cases leave open: criteria that none shows, figures beside which none
// stands, changes of the rule that none would notice.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "casework/case_boundaries.hpp"
#include "casework/criteria_coverage.hpp"
#include "casework/planted_changes.hpp"
#include "casework/run_cases.hpp"

namespace sendcheck {

struct RulesTestOptions {
  std::string cases_file;          // empty: those of the plugins
  std::vector<std::string> rules;  // empty: all
  bool coverage = false;
  bool boundaries = false;
  bool mutation = false;
  int jobs = 1;  // threads
  // Told after each rule, one call at a time: so many of so many.
  std::function<void(int tested, int of)> progress;
};

struct RuleTest {
  std::string rule;
  std::vector<CaseResult> cases;
  // As they were asked for, and where the rule loads.
  std::optional<RuleCoverage> coverage;
  std::optional<Boundaries> boundaries;
  std::optional<PlantedChanges> mutation;

  int as_expected() const;
  int not_as_expected() const;
  int unconfirmed() const;
  // Nothing is left open of what was asked.
  bool is_thorough() const;
};

struct RulesTest {
  std::vector<RuleTest> rules;  // by id
};

// Errors: files.*, json.*, cases.format, cases.unknown_rule, engine.unknown_rule.
Result<RulesTest> test_rules(const Workspace& workspace,
                             const RulesTestOptions& options);

// The figures of a test alone, for whoever publishes a rule. What was not asked for is zero.
struct RulesTestSummary {
  int rules = 0;
  int cases = 0;
  int not_as_expected = 0;
  int unconfirmed = 0;  // cases that nobody stands for
  int criteria = 0;
  int criteria_shown = 0;  // met, not met and unknown, wherever they can be
  int figures = 0;
  int figures_pinned = 0;  // a case just below, at and just above
  int changes_planted = 0;
  int changes_noticed = 0;
  int changes_excused = 0;  // by their author: no case can notice them
  int wrong_excuses = 0;

  // Cases as expected, and excuses right.
  bool is_right() const { return not_as_expected == 0 && wrong_excuses == 0; }
  // And nothing left open.
  bool is_thorough() const;
};
RulesTestSummary summary_of(const RuleTest& test);
RulesTestSummary summary_of(const RulesTest& test);

// The whole report, indented (format sendcheck-rules-test/1).
std::string rules_test_json(const RulesTest& test);

}  // namespace sendcheck
