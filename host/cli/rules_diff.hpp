// sendcheck rules diff: what is not the same between two sets of rules, two editions, or an edition and what it stands on.
#pragma once

#include <string>
#include <vector>

#include "casework/rules_difference.hpp"
#include "cli/desk.hpp"

namespace sendcheck::cli {

class RulesDiff {
 public:
  explicit RulesDiff(Desk& desk) : desk_(desk) {}
  // `rules` is the group of commands "sendcheck rules".
  void add(CLI::App& rules);

 private:
  int diff(const Workspace& current);
  int diff_editions(const Workspace& current);
  int diff_folders(const Workspace& current);
  void show(const std::string& title,
            const std::vector<DifferenceSection>& sections) const;

  Desk& desk_;
  std::string a_, b_, format_ = "text";
};

}  // namespace sendcheck::cli
