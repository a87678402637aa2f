#include "casework/run_cases.hpp"

namespace sendcheck {

CaseResult run_case(const Workspace& workspace, const WorkedCase& one) {
  CaseResult result;
  result.file = one.file;
  result.sentence = one.sentence;
  result.rule = one.rule;
  result.source = one.source;
  result.unconfirmed = one.unconfirmed;
  result.faults = one.faults;
  if (!result.faults.empty()) return result;
  // That there is such a rule, the reading of the case has made sure.
  const auto rules = workspace.engine().select({{one.rule}, ""});
  Checker checker(workspace.engine(), *rules, one.as_of, true,
                  one.parameters.empty() ? nullptr : &one.parameters);
  const std::vector<Decision> decisions = checker.decide(one.entry.record);
  const Decision& decision = decisions.front();
  result.outcome = decision.outcome;
  result.faults = faults_of(one.expect, decision, rules->front().plugin);
  return result;
}

Result<std::vector<CaseResult>> run_cases(
    const Workspace& workspace, const std::string& file,
    const std::vector<std::string>& rules) {
  std::vector<std::string> files = {file};
  if (file.empty()) {
    auto found = case_files(workspace, rules);
    if (!found) return unexpected(found.error());
    files = std::move(*found);
  }
  std::vector<CaseResult> results;
  for (const std::string& one : files) {
    const auto cases = read_cases(workspace, one, rules);
    if (!cases) return unexpected(cases.error());
    for (const WorkedCase& read : cases->cases) {
      results.push_back(run_case(workspace, read));
    }
  }
  return results;
}

}  // namespace sendcheck
