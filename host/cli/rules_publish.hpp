// sendcheck rules publish: one proposes an edition, another approves it; sendcheck rules published: what is published, and whether it is still that.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "casework/publish_edition.hpp"
#include "cli/desk.hpp"

namespace sendcheck::cli {

class RulesPublish {
 public:
  explicit RulesPublish(Desk& desk) : desk_(desk) {}
  void add(CLI::App& rules);

 private:
  void add_publish(CLI::App& rules);
  void add_published(CLI::App& rules);
  int publish(const Workspace& workspace);
  int look(const Workspace& workspace, const LookedAt& looked) const;
  int step(const Workspace& workspace, const LookedAt& looked, Log& log) const;
  int say_mended(std::uint64_t entry) const;
  int published(const Workspace& workspace) const;
  void say_cases(const std::vector<CaseResult>& cases) const;
  void line(const std::string& text, std::size_t indent) const;

  Desk& desk_;
  std::string edition_, by_;
  bool propose_ = false, approve_ = false;
};

}  // namespace sendcheck::cli
