#include "criteria/tree_parts.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

bool is_over_list(ValueOp op) {
  return op == ValueOp::count || op == ValueOp::sum || op == ValueOp::max_of ||
         op == ValueOp::min_of;
}

class Walk {
 public:
  explicit Walk(const Rule& rule) : rule_(rule) {
    criterion(rule.applies_when, -1);
    criterion(rule.met_when, -1);
    criterion(rule.refer_when, -1);
    for (const Payment& payment : rule.payments) {
      criterion(payment.when, -1);
      for (const ValueId id : {payment.value, payment.from, payment.to}) {
        value(id, -1);
      }
      for (const auto& [label, line] : payment.working) value(line, -1);
    }
    value(rule.deadline.date, -1);
    value(rule.deadline.done, -1);
    for (const auto& [outcome, actions] : rule.actions) {
      for (const Action& action : actions) {
        criterion(action.when, -1);
        value(action.to_value, -1);
        value(action.by, -1);
      }
    }
  }

  TreeParts parts() const {
    return {{criteria_.begin(), criteria_.end()},
            {values_.begin(), values_.end()}};
  }

 private:
  void criterion(CriterionId id, int list) {
    if (id < 0 || !criteria_.insert({id, list}).second) return;
    const CriterionNode& node = rule_.tree.criteria[at(id)];
    const bool over_list =
        node.op == CriterionOp::any_item || node.op == CriterionOp::every_item;
    for (const CriterionId child : node.children) {
      criterion(child, over_list ? node.list : list);
    }
    for (const ValueId operand : node.values) value(operand, list);
  }
  void value(ValueId id, int list) {
    if (id < 0 || !values_.insert({id, list}).second) return;
    const ValueNode& node = rule_.tree.values[at(id)];
    const int inner = is_over_list(node.op) ? node.slot : list;
    criterion(node.where, inner);
    for (const ValueId argument : node.arguments) value(argument, inner);
    for (const CriterionId condition : node.conditions) {
      criterion(condition, inner);
    }
  }

  const Rule& rule_;
  std::set<CriterionSpot> criteria_;
  std::set<ValueSpot> values_;
};

std::optional<CriterionOp> neighbour(CriterionOp op) {
  switch (op) {
    case CriterionOp::at_least:
      return CriterionOp::above;
    case CriterionOp::above:
      return CriterionOp::at_least;
    case CriterionOp::at_most:
      return CriterionOp::below;
    case CriterionOp::below:
      return CriterionOp::at_most;
    case CriterionOp::is:
      return CriterionOp::is_not;
    case CriterionOp::is_not:
      return CriterionOp::is;
    case CriterionOp::all:
      return CriterionOp::any;
    case CriterionOp::any:
      return CriterionOp::all;
    case CriterionOp::none:
      return CriterionOp::any;
    default:
      return std::nullopt;
  }
}

std::optional<ValueOp> neighbour(ValueOp op) {
  switch (op) {
    case ValueOp::lowest:
      return ValueOp::highest;
    case ValueOp::highest:
      return ValueOp::lowest;
    case ValueOp::max_of:
      return ValueOp::min_of;
    case ValueOp::min_of:
      return ValueOp::max_of;
    default:
      return std::nullopt;
  }
}

// Of one part, all and any ask the same.
bool combines(const CriterionNode& node) {
  return node.op == CriterionOp::all || node.op == CriterionOp::any;
}

}  // namespace

TreeParts parts_of(const Rule& rule) { return Walk(rule).parts(); }

std::vector<TreeChange> changes_of(const Rule& rule) {
  std::vector<TreeChange> changes;
  const TreeParts parts = parts_of(rule);
  std::set<CriterionId> done;
  for (const CriterionSpot& spot : parts.criteria) {
    if (!done.insert(rule.tree.alike[at(spot.criterion)]).second) continue;
    const CriterionNode& node = rule.tree.criteria[at(spot.criterion)];
    TreeChange change;
    change.criterion = spot.criterion;
    if (node.op == CriterionOp::at_least_of) {
      change.criterion_to = node.op;
      for (const int n : {node.n - 1, node.n + 1}) {
        if (n < 1 || n > static_cast<int>(node.children.size())) continue;
        change.n = n;
        changes.push_back(change);
      }
      continue;
    }
    const auto to = neighbour(node.op);
    if (!to || (combines(node) && node.children.size() < 2)) continue;
    change.criterion_to = *to;
    changes.push_back(change);
  }
  std::vector<ValueId> changed;
  for (const ValueSpot& spot : parts.values) {
    const ValueNode& node = rule.tree.values[at(spot.value)];
    const auto to = neighbour(node.op);
    if (!to || std::any_of(changed.begin(), changed.end(), [&](ValueId other) {
          return are_alike(rule.tree, other, spot.value);
        })) {
      continue;
    }
    changed.push_back(spot.value);
    TreeChange change;
    change.value = spot.value;
    change.value_to = *to;
    changes.push_back(change);
  }
  return changes;
}

Rule with_change(const Rule& rule, const TreeChange& change) {
  Rule made;
  made.id = rule.id;
  made.title = rule.title;
  made.source = rule.source;
  made.tree.values = rule.tree.values;
  made.tree.criteria = rule.tree.criteria;
  made.applies_when = rule.applies_when;
  made.met_when = rule.met_when;
  made.refer_when = rule.refer_when;
  made.on_met_refer_to = rule.on_met_refer_to;
  made.refer_to = rule.refer_to;
  made.payments = rule.payments;
  made.has_deadline = rule.has_deadline;
  made.deadline = rule.deadline;
  made.actions = rule.actions;
  made.parameters = rule.parameters;
  made.facts = rule.facts;
  // What asked the same still does: its twins are changed with it.
  made.tree.alike = rule.tree.alike;
  if (change.criterion >= 0) {
    const CriterionId first = rule.tree.alike[at(change.criterion)];
    for (std::size_t i = 0; i < made.tree.criteria.size(); ++i) {
      if (rule.tree.alike[i] != first) continue;
      made.tree.criteria[i].op = change.criterion_to;
      if (change.n > 0) made.tree.criteria[i].n = change.n;
    }
  } else {
    for (std::size_t i = 0; i < made.tree.values.size(); ++i) {
      if (are_alike(rule.tree, change.value, static_cast<ValueId>(i))) {
        made.tree.values[i].op = change.value_to;
      }
    }
  }
  return made;
}

std::vector<int> parameters_under(const Rule& rule, ValueId value) {
  std::set<int> found;
  const auto visit = [&](const auto& self, ValueId id) -> void {
    if (id < 0) return;
    const ValueNode& node = rule.tree.values[at(id)];
    if (node.op == ValueOp::parameter) found.insert(node.slot);
    if (node.parameter >= 0) found.insert(node.parameter);
    for (const ValueId argument : node.arguments) self(self, argument);
  };
  visit(visit, value);
  return {found.begin(), found.end()};
}

}  // namespace sendcheck
