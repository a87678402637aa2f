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
    case CriterionOp::any_item:
      return CriterionOp::every_item;
    case CriterionOp::every_item:
      return CriterionOp::any_item;
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
  CriterionId last = -1;
  for (const CriterionSpot& spot : parts.criteria) {
    if (spot.criterion == last) continue;  // in another list too
    last = spot.criterion;
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
  ValueId last_value = -1;
  for (const ValueSpot& spot : parts.values) {
    if (spot.value == last_value) continue;
    last_value = spot.value;
    const ValueNode& node = rule.tree.values[at(spot.value)];
    const auto to = neighbour(node.op);
    if (!to) continue;
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
  if (change.criterion >= 0) {
    CriterionNode& node = made.tree.criteria[at(change.criterion)];
    node.op = change.criterion_to;
    if (change.n > 0) node.n = change.n;
  } else {
    made.tree.values[at(change.value)].op = change.value_to;
  }
  // What asked the same as the changed part no longer does.
  find_alike(made.tree);
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
