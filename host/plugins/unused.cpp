#include "plugins/unused.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// Marks what can be reached from the rules.
class Reached {
 public:
  explicit Reached(const Built& built)
      : built_(built),
        values_(built.values.size()),
        criteria_(built.criteria.size()) {}

  void rule(const DraftRule& rule) {
    criterion(rule.applies_when);
    criterion(rule.met_when);
    criterion(rule.refer_when);
    for (const Payment& payment : rule.payments) {
      criterion(payment.when);
      value(payment.value);
      value(payment.from);
      value(payment.to);
      for (const auto& [label, line] : payment.working) value(line);
    }
    value(rule.deadline.date);
    value(rule.deadline.done);
    for (const auto& [outcome, actions] : rule.actions) {
      for (const Action& action : actions) {
        criterion(action.when);
        value(action.by);
        value(action.to_value);
      }
    }
  }

  bool has_value(std::size_t id) const { return values_[id] != 0; }
  bool has_criterion(std::size_t id) const { return criteria_[id] != 0; }

 private:
  void value(ValueId id) {
    if (id < 0 || values_[at(id)]) return;
    values_[at(id)] = 1;
    const DraftValue& made = built_.values[at(id)];
    for (ValueId argument : made.arguments) value(argument);
    for (CriterionId condition : made.conditions) criterion(condition);
    criterion(made.where);
  }

  void criterion(CriterionId id) {
    if (id < 0 || criteria_[at(id)]) return;
    criteria_[at(id)] = 1;
    const DraftCriterion& made = built_.criteria[at(id)];
    for (CriterionId child : made.children) criterion(child);
    for (ValueId part : made.values) value(part);
  }

  const Built& built_;
  std::vector<char> values_, criteria_;
};

}  // namespace

std::optional<Error> unused_part(const std::vector<DraftRule>& rules,
                                 const Built& built) {
  Reached reached(built);
  for (const DraftRule& rule : rules) reached.rule(rule);
  for (std::size_t id = built.criteria.size(); id-- > 0;) {
    if (reached.has_criterion(id) ||
        built.copied_criteria.contains(static_cast<CriterionId>(id))) {
      continue;
    }
    return Error{"plugins.unused_criterion",
                 "this criterion is built and stands in no part of the rule: "
                 "put it where it belongs, or take it out",
                 {"", built.criteria[id].line, 0, ""}};
  }
  for (std::size_t id = built.values.size(); id-- > 0;) {
    const DraftValue& made = built.values[id];
    if (reached.has_value(id) || made.op == ValueOp::constant ||
        built.read_values.contains(static_cast<ValueId>(id))) {
      continue;
    }
    return Error{"plugins.unused_value",
                 "this value is built and stands in no part of the rule: put "
                 "it where it belongs (it is compared with :is and not with "
                 "==), or take it out",
                 {"", made.line, 0, ""}};
  }
  return std::nullopt;
}

}  // namespace sendcheck
