// One side of an impact: what the rules that differ come to for a pupil, and why. For the sources of this layer.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "casework/standing.hpp"
#include "casework/workspace.hpp"

namespace sendcheck {

// Belongs to one thread. The workspace must outlive it.
class ImpactSide {
 public:
  // Rules that the side does not have are left out.
  ImpactSide(const Workspace& workspace, const std::vector<std::string>& rules,
             bool rules_named, Date as_of);
  ImpactSide(const ImpactSide&) = delete;
  ImpactSide& operator=(const ImpactSide&) = delete;

  // Fills the standings, by position among the rules that differ.
  void ask(const Record& record, std::vector<Standing>& standings);
  // Null: the side has no such rule.
  const SelectedRule* rule(std::size_t position) const;
  // The decision of one rule with its reasons; nothing where it is not asked.
  std::optional<Decision> explain(const Record& record, std::size_t position);
  // Whether the scheme that decided is one that its edition closes.
  bool is_closed(const Decision& decision) const;

 private:
  // A checker of one rule alone.
  struct Explainer {
    Explainer(const Workspace& workspace, const SelectedRule& wanted,
              Date as_of, bool rules_named)
        : rule{wanted}, checker(workspace.engine(), rule, as_of, rules_named) {}
    std::vector<SelectedRule> rule;
    Checker checker;
  };
  std::optional<std::size_t> index_of(std::size_t position) const;

  const Workspace& workspace_;
  bool rules_named_;
  Date as_of_;
  std::vector<SelectedRule> selected_;
  std::vector<std::size_t> positions_;  // of `selected_`, ascending
  std::optional<Checker> checker_;
  std::vector<std::unique_ptr<Explainer>> explainers_;  // of `selected_`
  std::vector<Brief> briefs_;
};

}  // namespace sendcheck
