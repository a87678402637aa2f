// sendcheck rules list, show and test; sendcheck facts.
#pragma once

#include <string>
#include <vector>

#include "cli/desk.hpp"
#include "cli/rules_diff.hpp"
#include "cli/rules_impact.hpp"

namespace sendcheck::cli {

class RulesCommands {
 public:
  explicit RulesCommands(Desk& desk)
      : desk_(desk), diff_(desk), impact_(desk) {}
  void add(CLI::App& app);

 private:
  void add_place(CLI::App& command);
  void add_list(CLI::App& rules);
  void add_show(CLI::App& rules);
  void add_test(CLI::App& rules);
  void add_facts(CLI::App& app);
  int test_rules(const Workspace& workspace);
  int facts(const Workspace& workspace);

  Desk& desk_;
  RulesDiff diff_;
  RulesImpact impact_;
  std::string kind_, rule_id_, la_, urn_, cases_, fact_;
  std::vector<std::string> rule_ids_;
  bool schema_ = false, markdown_ = false;
};

}  // namespace sendcheck::cli
