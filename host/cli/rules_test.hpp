// sendcheck rules test: the worked cases, and what they leave open.
#pragma once

#include <string>
#include <vector>

#include "casework/test_rules.hpp"
#include "cli/desk.hpp"

namespace sendcheck::cli {

class RulesTestCommand {
 public:
  explicit RulesTestCommand(Desk& desk) : desk_(desk) {}
  void add(CLI::App& rules);

 private:
  int run(const Workspace& workspace);
  Result<RulesTest> tested(const Workspace& workspace) const;
  int propose(const RulesTest& test) const;

  Desk& desk_;
  std::vector<std::string> rules_;
  std::string cases_, proposals_, format_ = "text";
  bool coverage_ = false, boundaries_ = false, mutation_ = false;
  bool thorough_ = false, strict_ = false;
};

// What `rules test` prints.
std::string rules_test_text(const RulesTest& test, const Style& style,
                            std::size_t columns);

}  // namespace sendcheck::cli
