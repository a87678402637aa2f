// sendcheck rules new and rules new-edition.
#pragma once

#include <string>

#include "cli/desk.hpp"

namespace sendcheck::cli {

class RulesNew {
 public:
  explicit RulesNew(Desk& desk) : desk_(desk) {}
  void add(CLI::App& rules);

 private:
  void add_new(CLI::App& rules);
  void add_new_edition(CLI::App& rules);
  int begin_rule(const Workspace& workspace);
  int begin_edition(const Workspace& workspace);
  // What lint finds in what was written: where to write next. The exit status.
  int tell_what_is_left(const std::vector<std::string>& names);

  Desk& desk_;
  std::string id_, title_, kind_ = "monitoring", authority_ = "national";
  std::string first_day_;
  bool no_edition_ = false;
  std::string body_, date_, from_;
  bool new_body_ = false;
};

}  // namespace sendcheck::cli
