// sendcheck rules lint.
#pragma once

#include <string>
#include <vector>

#include "casework/lint.hpp"
#include "cli/desk.hpp"

namespace sendcheck::cli {

class RulesLint {
 public:
  explicit RulesLint(Desk& desk) : desk_(desk) {}
  void add(CLI::App& rules);

 private:
  int lint_rules(const Workspace& workspace, Date as_of);

  Desk& desk_;
  std::vector<std::string> names_, registers_;
  std::string format_ = "table";
  bool strict_ = false, all_ = false;
};

// Findings for a person: errors, then doubts, then notes, which are only counted where they are many and not asked for.
std::string lint_in_words(const std::vector<LintFinding>& findings, bool all,
                          const Style& style, std::size_t columns);

}  // namespace sendcheck::cli
