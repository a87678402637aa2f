// sendcheck rules: list and show here, the others in files of their own; sendcheck facts.
#pragma once

#include <string>

#include "cli/desk.hpp"
#include "cli/rules_diff.hpp"
#include "cli/rules_doc.hpp"
#include "cli/rules_impact.hpp"
#include "cli/rules_lint.hpp"
#include "cli/rules_new.hpp"
#include "cli/rules_publish.hpp"
#include "cli/rules_test.hpp"

namespace sendcheck::cli {

class RulesCommands {
 public:
  explicit RulesCommands(Desk& desk)
      : desk_(desk),
        diff_(desk),
        impact_(desk),
        lint_(desk),
        test_(desk),
        new_(desk),
        publish_(desk),
        doc_(desk) {}
  void add(CLI::App& app);

 private:
  void add_place(CLI::App& command);
  void add_list(CLI::App& rules);
  void add_show(CLI::App& rules);
  void add_facts(CLI::App& app);
  int facts(const Workspace& workspace);

  Desk& desk_;
  RulesDiff diff_;
  RulesImpact impact_;
  RulesLint lint_;
  RulesTestCommand test_;
  RulesNew new_;
  RulesPublish publish_;
  RulesDoc doc_;
  std::string kind_, rule_id_, la_, urn_, fact_;
  bool schema_ = false, markdown_ = false;
};

}  // namespace sendcheck::cli
