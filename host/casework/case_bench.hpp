// The worked cases of one rule, each with the editions in force for it, kept at hand to be looked at again and again.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "casework/worked_cases.hpp"

namespace sendcheck {

// Belongs to one thread.
class CaseBench {
 public:
  struct Case {
    const WorkedCase* worked = nullptr;
    const BoundRule* bound = nullptr;  // null: no edition judges it
  };

  // All must outlive the bench. Cases whose record cannot be read are left out.
  CaseBench(const Workspace& workspace, const SelectedRule& rule,
            const std::vector<const WorkedCase*>& cases);

  const Workspace& workspace() const { return workspace_; }
  const Catalogue& catalogue() const { return workspace_.catalogue(); }
  const Rule& rule() const { return *selected_.front().rule; }
  const Plugin& plugin() const { return *selected_.front().plugin; }
  const std::vector<Case>& cases() const { return cases_; }

  // Of the case's record, or of another in its place. Needs a case that is judged; `record` must outlive what is given back.
  Evaluation evaluation(const Case& one, const Record& record);
  // On another day, under the editions of the case's own.
  Evaluation evaluation(const Case& one, const Record& record, Date as_of);

  // What the rule gives for a record in the place of a case's, on a day.
  Decision decide(const WorkedCase& one, const Record& record,
                  Date as_of) const;

 private:
  Checker& checker_of(const WorkedCase& one);

  const Workspace& workspace_;
  std::vector<SelectedRule> selected_;
  std::vector<Case> cases_;
  // By day, for cases without parameters of their own; and of the others.
  std::map<Date, std::unique_ptr<Checker>> by_day_;
  std::vector<std::unique_ptr<Checker>> of_one_;
  std::unique_ptr<PluginRunner> runner_;
};

// A rule with a change in it, or with other parameters, and what its cases then come to. Belongs to one thread.
class ChangedRule {
 public:
  // `rule` stands in for that of `bench`; both must outlive this.
  ChangedRule(const CaseBench& bench, const Rule& rule);

  // Does the case come out as it says? `parameters` stand in for those of its editions; null: its own do. With parameters nothing is kept.
  bool comes_out(const WorkedCase& one,
                 const std::map<std::string, EffectiveParameter>* parameters);

 private:
  bool comes_out(const WorkedCase& one, Checker& checker);

  const CaseBench& bench_;
  std::vector<SelectedRule> selected_;
  std::map<Date, std::unique_ptr<Checker>> by_day_;
  std::vector<Brief> briefs_;
};

}  // namespace sendcheck
