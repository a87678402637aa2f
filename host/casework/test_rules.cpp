#include "casework/test_rules.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <thread>

namespace sendcheck {
namespace {

// What is tested of one rule.
struct Work {
  std::vector<const WorkedCase*> cases;
  std::vector<const ExcusedChange*> excused;
};

RuleTest tested(const Workspace& workspace, const SelectedRule& rule,
                const Work& work, const RulesTestOptions& options) {
  RuleTest test;
  test.rule = rule.id;
  std::vector<const WorkedCase*> confirmed;
  for (const WorkedCase* one : work.cases) {
    test.cases.push_back(run_case(workspace, *one));
    // What nobody stands for shows what the rule does, not that it is right.
    if (one->unconfirmed.empty()) confirmed.push_back(one);
  }
  if (!rule.rule ||
      !(options.coverage || options.boundaries || options.mutation)) {
    return test;
  }
  CaseBench bench(workspace, rule, confirmed);
  if (options.coverage) test.coverage = coverage_of(bench);
  if (options.boundaries) test.boundaries = boundaries_of(bench);
  if (options.mutation) test.mutation = plant_changes(bench, work.excused);
  return test;
}

void add(RulesTestSummary& sum, const RulesTestSummary& one) {
  for (const auto member :
       {&RulesTestSummary::rules, &RulesTestSummary::cases,
        &RulesTestSummary::not_as_expected, &RulesTestSummary::unconfirmed,
        &RulesTestSummary::criteria, &RulesTestSummary::criteria_shown,
        &RulesTestSummary::figures, &RulesTestSummary::figures_pinned,
        &RulesTestSummary::changes_planted, &RulesTestSummary::changes_noticed,
        &RulesTestSummary::changes_excused, &RulesTestSummary::wrong_excuses}) {
    sum.*member += one.*member;
  }
}

int counted(std::size_t size) { return static_cast<int>(size); }

}  // namespace

Result<RulesTest> test_rules(const Workspace& workspace,
                             const RulesTestOptions& options) {
  std::vector<std::string> files = {options.cases_file};
  if (options.cases_file.empty()) {
    auto found = case_files(workspace, options.rules);
    if (!found) return unexpected(found.error());
    files = std::move(*found);
  }
  std::vector<WorkedCases> read;
  for (const std::string& file : files) {
    auto cases = read_cases(workspace, file, options.rules);
    if (!cases) return unexpected(cases.error());
    read.push_back(std::move(*cases));
  }
  std::map<std::string, Work> by_rule;
  for (const WorkedCases& cases : read) {
    for (const WorkedCase& one : cases.cases) {
      by_rule[one.rule].cases.push_back(&one);
    }
    for (const ExcusedChange& one : cases.excused) {
      by_rule[one.rule].excused.push_back(&one);
    }
  }
  const auto selected = workspace.engine().select({options.rules, ""});
  if (!selected) return unexpected(selected.error());
  std::vector<const SelectedRule*> rules;
  for (const SelectedRule& rule : *selected) {
    if (by_rule.contains(rule.id)) rules.push_back(&rule);
  }

  RulesTest test;
  test.rules.resize(rules.size());
  std::atomic<std::size_t> next = 0;
  std::mutex telling;
  int done = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < rules.size(); i = next++) {
      test.rules[i] =
          tested(workspace, *rules[i], by_rule.at(rules[i]->id), options);
      if (!options.progress) continue;
      const std::lock_guard lock(telling);
      options.progress(++done, counted(rules.size()));
    }
  };
  std::vector<std::thread> threads;
  for (int i = 1; i < options.jobs; ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  return test;
}

int RuleTest::as_expected() const {
  return counted(cases.size()) - not_as_expected();
}
int RuleTest::not_as_expected() const {
  return static_cast<int>(
      std::count_if(cases.begin(), cases.end(),
                    [](const CaseResult& one) { return !one.faults.empty(); }));
}
int RuleTest::unconfirmed() const {
  return static_cast<int>(std::count_if(
      cases.begin(), cases.end(),
      [](const CaseResult& one) { return !one.unconfirmed.empty(); }));
}
bool RuleTest::is_thorough() const { return summary_of(*this).is_thorough(); }

bool RulesTestSummary::is_thorough() const {
  return is_right() && unconfirmed == 0 && criteria_shown == criteria &&
         figures_pinned == figures &&
         changes_noticed + changes_excused == changes_planted;
}

RulesTestSummary summary_of(const RuleTest& test) {
  RulesTestSummary sum;
  sum.rules = 1;
  sum.cases = counted(test.cases.size());
  sum.not_as_expected = test.not_as_expected();
  sum.unconfirmed = test.unconfirmed();
  if (test.coverage) {
    sum.criteria = test.coverage->criteria;
    sum.criteria_shown =
        test.coverage->criteria - counted(test.coverage->lacking.size());
  }
  if (test.boundaries) {
    sum.figures = counted(test.boundaries->thresholds.size());
    sum.figures_pinned = test.boundaries->pinned();
  }
  if (test.mutation) {
    sum.changes_planted = test.mutation->planted();
    sum.changes_noticed = test.mutation->noticed();
    sum.changes_excused = sum.changes_planted - sum.changes_noticed -
                          counted(test.mutation->survivors().size());
    sum.wrong_excuses = counted(test.mutation->wrong_excuses.size());
  }
  return sum;
}

RulesTestSummary summary_of(const RulesTest& test) {
  RulesTestSummary sum;
  for (const RuleTest& rule : test.rules) add(sum, summary_of(rule));
  return sum;
}

}  // namespace sendcheck
