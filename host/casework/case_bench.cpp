#include "casework/case_bench.hpp"

namespace sendcheck {

CaseBench::CaseBench(const Workspace& workspace, const SelectedRule& rule,
                     const std::vector<const WorkedCase*>& cases)
    : workspace_(workspace), selected_({rule}) {
  if (rule.plugin->functions > 0) {
    runner_ =
        std::make_unique<PluginRunner>(*rule.plugin, workspace.catalogue());
  }
  for (const WorkedCase* one : cases) {
    if (!one->faults.empty()) continue;
    cases_.push_back({one, checker_of(*one).bound(0, one->entry.record)});
  }
}

Checker& CaseBench::checker_of(const WorkedCase& one) {
  if (!one.parameters.empty()) {
    of_one_.push_back(std::make_unique<Checker>(
        workspace_.engine(), selected_, one.as_of, true, &one.parameters));
    return *of_one_.back();
  }
  auto& checker = by_day_[one.as_of];
  if (!checker) {
    checker = std::make_unique<Checker>(workspace_.engine(), selected_,
                                        one.as_of, true);
  }
  return *checker;
}

Evaluation CaseBench::evaluation(const Case& one, const Record& record) {
  return evaluation(one, record, one.worked->as_of);
}

Evaluation CaseBench::evaluation(const Case& one, const Record& record,
                                 Date as_of) {
  return {rule(),
          one.bound->binding,
          record,
          catalogue(),
          workspace_.rulesets().bank_holidays(),
          as_of,
          runner_.get()};
}

Decision CaseBench::decide(const WorkedCase& one, const Record& record,
                           Date as_of) const {
  Checker checker(workspace_.engine(), selected_, as_of, true,
                  one.parameters.empty() ? nullptr : &one.parameters);
  return checker.decide(record).front();
}

ChangedRule::ChangedRule(const CaseBench& bench, const Rule& rule)
    : bench_(bench), selected_({{rule.id, &bench.plugin(), &rule, nullptr}}) {}

bool ChangedRule::comes_out(
    const WorkedCase& one,
    const std::map<std::string, EffectiveParameter>* parameters) {
  const Engine& engine = bench_.workspace().engine();
  if (!parameters && !one.parameters.empty()) parameters = &one.parameters;
  if (parameters) {
    Checker checker(engine, selected_, one.as_of, true, parameters);
    return comes_out(one, checker);
  }
  auto& checker = by_day_[one.as_of];
  if (!checker) {
    checker = std::make_unique<Checker>(engine, selected_, one.as_of, true);
  }
  return comes_out(one, *checker);
}

// Most changes show in the outcome, which is found much sooner than the reasons for it.
bool ChangedRule::comes_out(const WorkedCase& one, Checker& checker) {
  checker.brief(one.entry.record, briefs_);
  if (differs_in_brief(one.expect, briefs_.front())) return false;
  if (is_brief(one.expect)) return true;
  return faults_of(one.expect, checker.decide(one.entry.record).front(),
                   &bench_.plugin())
      .empty();
}

}  // namespace sendcheck
