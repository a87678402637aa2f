#include "casework/impact_side.hpp"

#include <algorithm>

namespace sendcheck {

ImpactSide::ImpactSide(const Workspace& workspace,
                       const std::vector<std::string>& rules, bool rules_named,
                       Date as_of)
    : workspace_(workspace), rules_named_(rules_named), as_of_(as_of) {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const auto selected = workspace.engine().select({{rules[i]}, ""});
    if (!selected) continue;
    selected_.push_back(selected->front());
    positions_.push_back(i);
  }
  explainers_.resize(selected_.size());
  checker_.emplace(workspace.engine(), selected_, as_of, rules_named);
}

void ImpactSide::ask(const Record& record, std::vector<Standing>& standings) {
  for (Standing& standing : standings) standing = {};
  checker_->brief(record, briefs_);
  for (const Brief& brief : briefs_) {
    const auto rule = static_cast<std::size_t>(brief.rule);
    standings[positions_[rule]] = standing_of(brief, *selected_[rule].rule);
  }
}

std::optional<std::size_t> ImpactSide::index_of(std::size_t position) const {
  const auto found = std::ranges::find(positions_, position);
  if (found == positions_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - positions_.begin());
}

const SelectedRule* ImpactSide::rule(std::size_t position) const {
  const auto index = index_of(position);
  return index ? &selected_[*index] : nullptr;
}

std::optional<Decision> ImpactSide::explain(const Record& record,
                                            std::size_t position) {
  const auto index = index_of(position);
  if (!index) return std::nullopt;
  auto& explainer = explainers_[*index];
  if (!explainer) {
    explainer = std::make_unique<Explainer>(workspace_, selected_[*index],
                                            as_of_, rules_named_);
  }
  auto decisions = explainer->checker.decide(record);
  if (decisions.empty()) return std::nullopt;
  return std::move(decisions.front());
}

bool ImpactSide::is_closed(const Decision& decision) const {
  for (const Edition& edition : workspace_.rulesets().editions()) {
    if (edition.id != decision.edition) continue;
    const auto entry = edition.rules.find(decision.rule);
    return entry != edition.rules.end() && entry->second.closed.has_value();
  }
  return false;
}

}  // namespace sendcheck
