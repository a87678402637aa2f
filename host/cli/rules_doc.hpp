// sendcheck rules doc: the rules of an authority as a site, and as a record of a tool.
#pragma once

#include <string>
#include <vector>

#include "cli/desk.hpp"

namespace sendcheck::cli {

class RulesDoc {
 public:
  explicit RulesDoc(Desk& desk) : desk_(desk) {}
  void add(CLI::App& rules);

 private:
  int write(const Workspace& workspace, Date as_of);

  Desk& desk_;
  std::string la_, folder_;
  std::vector<std::string> records_;
};

}  // namespace sendcheck::cli
