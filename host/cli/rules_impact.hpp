// sendcheck rules impact: what proposed rules would do to the pupils of registers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/desk.hpp"

namespace sendcheck::cli {

class RulesImpact {
 public:
  explicit RulesImpact(Desk& desk) : desk_(desk) {}
  // `rules` is the group of commands "sendcheck rules".
  void add(CLI::App& rules);

 private:
  int impact(const Workspace& current, Date as_of);

  Desk& desk_;
  std::string proposed_, format_ = "table";
  std::vector<std::string> registers_, rule_ids_;
  bool names_ = false, no_names_ = false;
};

}  // namespace sendcheck::cli
