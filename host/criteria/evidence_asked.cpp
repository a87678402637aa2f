#include "criteria/evidence_asked.hpp"

#include <algorithm>

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

class Search {
 public:
  Search(const Rule& rule, const Catalogue& catalogue,
         const Describer& describer,
         const std::vector<std::optional<Truth>>& settled)
      : tree_(rule.tree),
        catalogue_(catalogue),
        describer_(describer),
        settled_(settled) {}

  void criterion(CriterionId id) {
    if (id < 0 || (!settled_.empty() && settled_[at(id)])) return;
    const CriterionNode& node = tree_.criteria[at(id)];
    if (node.list >= 0) {
      for (const CriterionId child : node.children) entry(node.list, child);
      return;
    }
    for (const CriterionId child : node.children) criterion(child);
    for (const ValueId value : node.values) of_value(value);
  }

  std::vector<std::string> found;

 private:
  void of_value(ValueId id) {
    const ValueNode& node = tree_.values[at(id)];
    for (const ValueId argument : node.arguments) of_value(argument);
    for (const CriterionId condition : node.conditions) criterion(condition);
    if (node.where >= 0) entry(node.slot, node.where);
  }

  // What is asked of an entry of a list.
  void entry(int list, CriterionId id) {
    const FactSpec& spec = catalogue_.lists()[at(list)];
    if (!spec.evidence) return;
    const CriterionNode& node = tree_.criteria[at(id)];
    for (const CriterionId child : node.children) entry(list, child);
    if (node.op != CriterionOp::is && node.op != CriterionOp::is_one_of) return;
    const ValueNode& left = tree_.values[at(node.values[0])];
    if (left.op != ValueOp::item || !spec.fields[at(left.slot)].identifies) {
      return;
    }
    for (std::size_t i = 1; i < node.values.size(); ++i) {
      std::string words = describer_.value(node.values[i]);
      if (std::find(found.begin(), found.end(), words) == found.end()) {
        found.push_back(std::move(words));
      }
    }
  }

  const Tree& tree_;
  const Catalogue& catalogue_;
  const Describer& describer_;
  const std::vector<std::optional<Truth>>& settled_;
};

}  // namespace

std::vector<std::string> evidence_asked(
    const Rule& rule, const Catalogue& catalogue, const Describer& describer,
    const std::vector<std::optional<Truth>>& settled) {
  Search search(rule, catalogue, describer, settled);
  search.criterion(rule.applies_when);
  search.criterion(rule.met_when);
  search.criterion(rule.refer_when);
  return std::move(search.found);
}

}  // namespace sendcheck
