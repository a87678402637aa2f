#include "criteria/settled.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

class Settling {
 public:
  Settling(const Rule& rule, const Binding& binding, const Catalogue& catalogue,
           const BankHolidays& holidays, Date as_of)
      : tree_(rule.tree),
        record_(Record::empty(catalogue)),
        evaluation_(rule, binding, record_, catalogue, holidays, as_of,
                    nullptr),
        settled_(tree_.criteria.size()),
        visited_(tree_.criteria.size()) {}

  std::vector<std::optional<Truth>> all() {
    for (std::size_t i = 0; i < tree_.criteria.size(); ++i) {
      of(static_cast<CriterionId>(i));
    }
    return std::move(settled_);
  }

 private:
  bool is_of_edition(ValueId id) const {
    const ValueOp op = tree_.values[at(id)].op;
    return op == ValueOp::parameter || op == ValueOp::constant;
  }

  std::optional<Truth> of(CriterionId id) {
    if (!visited_[at(id)]) {
      visited_[at(id)] = true;
      settled_[at(id)] = worked_out(id);
    }
    return settled_[at(id)];
  }

  // What `deciding` parts decide alone, or all the others together.
  std::optional<Truth> together(const CriterionNode& node, Truth deciding) {
    bool all_settled = true;
    for (const CriterionId child : node.children) {
      const auto truth = of(child);
      if (truth == deciding) return deciding;
      if (!truth) all_settled = false;
    }
    return all_settled ? std::optional(negate(deciding)) : std::nullopt;
  }

  std::optional<Truth> worked_out(CriterionId id) {
    const CriterionNode& node = tree_.criteria[at(id)];
    if (!node.unconfirmed.empty()) return {};
    switch (node.op) {
      case CriterionOp::all:
        return together(node, Truth::not_met);
      case CriterionOp::any:
        return together(node, Truth::met);
      case CriterionOp::none: {
        const auto any = together(node, Truth::met);
        return any ? std::optional(negate(*any)) : std::nullopt;
      }
      case CriterionOp::at_least_of:
      case CriterionOp::any_item:
      case CriterionOp::every_item:
      case CriterionOp::judgement:
      case CriterionOp::test:
        return {};
      default:
        break;
    }
    bool has_parameter = false;
    for (const ValueId value : node.values) {
      if (!is_of_edition(value)) return {};
      if (tree_.values[at(value)].op == ValueOp::parameter) {
        has_parameter = true;
      }
    }
    if (!has_parameter) return {};
    const Truth truth = evaluation_.truth(id);
    return truth == Truth::unknown ? std::nullopt : std::optional(truth);
  }

  const Tree& tree_;
  Record record_;
  Evaluation evaluation_;
  std::vector<std::optional<Truth>> settled_;
  std::vector<bool> visited_;
};

}  // namespace

std::vector<std::optional<Truth>> settled_by_edition(
    const Rule& rule, const Binding& binding, const Catalogue& catalogue,
    const BankHolidays& holidays, Date as_of) {
  return Settling(rule, binding, catalogue, holidays, as_of).all();
}

}  // namespace sendcheck
