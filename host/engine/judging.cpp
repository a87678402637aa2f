// The order of contract section 5: the first that holds.
#include "engine/judging.hpp"

#include <algorithm>

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

std::string why_unconfirmed(const Rule& rule, const Binding& binding,
                            int parameter) {
  if (parameter < 0) return {};
  const EffectiveParameter* given = binding.parameters[at(parameter)];
  if (!given || !given->unconfirmed) return {};
  return given->unconfirmed_because.empty()
             ? rule.parameters[at(parameter)].label + " is not confirmed"
             : given->unconfirmed_because;
}

std::optional<Date> date_of(Assessment& assessment, ValueId value) {
  const Estimate estimate = assessment.estimate(value);
  if (!estimate.is_exact()) return std::nullopt;
  return value_of(number_of(estimate.value), Value::Kind::date).date();
}

}  // namespace

std::string unconfirmed_under_criterion(const Rule& rule,
                                        const Binding& binding,
                                        CriterionId criterion) {
  if (criterion < 0) return {};
  const CriterionNode& node = rule.tree.criteria[at(criterion)];
  if (!node.unconfirmed.empty()) return node.unconfirmed;
  for (ValueId value : node.values) {
    std::string why = unconfirmed_under(rule, binding, value);
    if (!why.empty()) return why;
  }
  for (CriterionId child : node.children) {
    std::string why = unconfirmed_under_criterion(rule, binding, child);
    if (!why.empty()) return why;
  }
  return {};
}

std::string unconfirmed_under(const Rule& rule, const Binding& binding,
                              ValueId value) {
  if (value < 0) return {};
  const ValueNode& node = rule.tree.values[at(value)];
  if (node.op == ValueOp::compute) {
    // What a function reads shows only when it runs.
    for (std::size_t i = 0; i < binding.parameters.size(); ++i) {
      std::string why = why_unconfirmed(rule, binding, static_cast<int>(i));
      if (!why.empty()) return why;
    }
  }
  for (int parameter :
       {node.op == ValueOp::parameter ? node.slot : -1, node.parameter}) {
    std::string why = why_unconfirmed(rule, binding, parameter);
    if (!why.empty()) return why;
  }
  for (ValueId argument : node.arguments) {
    std::string why = unconfirmed_under(rule, binding, argument);
    if (!why.empty()) return why;
  }
  for (CriterionId condition : node.conditions) {
    std::string why = unconfirmed_under_criterion(rule, binding, condition);
    if (!why.empty()) return why;
  }
  return unconfirmed_under_criterion(rule, binding, node.where);
}

Missing missing_of(const Rule& rule, bool closed, const Payment* awaited,
                   Evaluation& evaluation, const Describer& describer) {
  Missing missing;
  collect_missing(evaluation, describer, rule.applies_when, missing);
  if (closed) return missing;
  collect_missing(evaluation, describer, rule.met_when, missing);
  if (awaited) {
    collect_missing(evaluation, describer, awaited->when, missing);
    collect_missing_of_value(evaluation, describer, awaited->value, missing);
  }
  if (rule.applies_when < 0 ||
      evaluation.truth(rule.applies_when) == Truth::met) {
    collect_missing(evaluation, describer, rule.refer_when, missing);
  }
  return missing;
}

Checker::Verdict Checker::judge(std::size_t rule, const BoundRule& bound,
                                bool other_values_possible,
                                Assessment& assessment) const {
  using Status = RuleInForce::Status;
  using Refer = Verdict::Refer;
  Verdict verdict;
  switch (bound.in_force.status) {
    case Status::elsewhere:
      verdict.outcome = Outcome::not_applicable;
      return verdict;
    case Status::no_edition:
    case Status::removed:
      verdict.outcome = Outcome::not_in_force;
      return verdict;
    case Status::broken:
      verdict.outcome = Outcome::error;
      return verdict;
    case Status::in_force:
    case Status::closed:
      break;
  }
  const Rule& of = *rules_[rule].rule;
  const bool closed = bound.in_force.status == Status::closed;
  verdict.outcome = by_criteria(of, closed, assessment);
  if (verdict.outcome == Outcome::refer) {
    verdict.refer = closed ? Refer::closed : Refer::refer_when;
  }
  bool hangs_on_unconfirmed = false;
  if (assessment.may_hang_on_unconfirmed() &&
      (verdict.outcome == Outcome::met || verdict.outcome == Outcome::not_met ||
       verdict.outcome == Outcome::not_applicable)) {
    // Does it stand without what is not confirmed?
    assessment.trust_unconfirmed(false);
    hangs_on_unconfirmed =
        by_criteria(of, closed, assessment) != verdict.outcome;
    assessment.trust_unconfirmed(true);
  }
  if (verdict.outcome == Outcome::met) {
    judge_amount(of, assessment, verdict);
    const bool unconfirmed_amount =
        verdict.payment &&
        !bound.payment_unconfirmed[at(verdict.payment_index)].empty();
    if (verdict.nothing_payable) {
      verdict.outcome = Outcome::not_met;
      verdict.amount.reset();
    } else if (verdict.refer == Refer::outside_table) {
      verdict.outcome = Outcome::refer;
    } else if (verdict.amount_unknown) {
      verdict.outcome = Outcome::needs_evidence;
    } else if (bound.in_force.unconfirmed || unconfirmed_amount ||
               !of.on_met_refer_to.empty()) {
      verdict.refer = hangs_on_unconfirmed ? Refer::criterion_unconfirmed
                      : bound.in_force.unconfirmed ? Refer::dates_unconfirmed
                      : unconfirmed_amount         ? Refer::amount_unconfirmed
                                                   : Refer::another_body;
      verdict.would_be = Outcome::met;
      verdict.outcome = Outcome::refer;
    }
  }
  if (hangs_on_unconfirmed &&
      (verdict.outcome == Outcome::met || verdict.outcome == Outcome::not_met ||
       verdict.outcome == Outcome::not_applicable)) {
    verdict.would_be = verdict.outcome;
    verdict.outcome = Outcome::refer;
    verdict.refer = Refer::criterion_unconfirmed;
  }
  if (verdict.outcome == Outcome::needs_evidence && assessment.met_outside()) {
    verdict.missing = missing_of(
        of, closed, verdict.amount_unknown ? verdict.payment : nullptr,
        assessment.evaluation(),
        Describer(of, engine_.catalogue(), &bound.binding));
    if (verdict.missing.items.empty() && !verdict.missing.outside.empty() &&
        !other_values_possible) {
      // Nothing that could be supplied would settle it.
      verdict.outcome = Outcome::refer;
      verdict.refer = Refer::outside_table;
    }
  }
  if (of.has_deadline && verdict.outcome != Outcome::not_applicable) {
    verdict.due = date_of(assessment, of.deadline.date);
  }
  if (assessment.has_fault()) {
    verdict = Verdict();
    verdict.outcome = Outcome::error;
  }
  return verdict;
}

// Which payment it is and what it comes to, of a rule whose criteria are met.
void Checker::judge_amount(const Rule& rule, Assessment& assessment,
                           Verdict& verdict) const {
  for (std::size_t i = 0; i < rule.payments.size(); ++i) {
    const Payment& payment = rule.payments[i];
    const Truth holds =
        payment.when < 0 ? Truth::met : assessment.truth(payment.when);
    if (holds == Truth::not_met) continue;
    verdict.payment = &payment;
    verdict.payment_index = static_cast<int>(i);
    verdict.amount_unknown = holds == Truth::unknown;
    break;
  }
  if (!verdict.payment) {
    if (!rule.payments.empty()) verdict.refer = Verdict::Refer::outside_table;
    return;
  }
  if (!verdict.payment->published || verdict.amount_unknown) return;
  const Estimate value = assessment.estimate(verdict.payment->value);
  Number most;
  if (value.is_exact()) {
    // Rounded here, once.
    verdict.amount = Money::round_half_up(number_of(value.value));
    verdict.nothing_payable = verdict.amount && verdict.amount->pence() <= 0;
  } else if (value.state == Estimate::State::outside ||
             value.state == Estimate::State::nothing) {
    verdict.refer = Verdict::Refer::outside_table;
  } else if (high_end(value, most) && most <= Number(0)) {
    verdict.nothing_payable = true;
  } else {
    verdict.amount_unknown = true;
  }
}

}  // namespace sendcheck
