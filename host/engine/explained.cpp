// A verdict with its reasons, what is missing, the ways to a yes, and the words for a reader.
#include <algorithm>

#include "base/text.hpp"
#include "engine/judging.hpp"
#include "engine/summary.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// Ways to a yes that are worth a reader's time.
constexpr std::size_t most_routes = 12;

std::string stated_amount(const Estimate& estimate, const ValueType& type) {
  if (!estimate.is_exact()) return {};
  if (type.kind == Value::Kind::money) {
    const auto money = Money::round_half_up(number_of(estimate.value));
    return money ? money->to_string() : std::string();
  }
  if (type.kind == Value::Kind::number) {
    return number_of(estimate.value).to_string();
  }
  if (type.kind == Value::Kind::date) {
    return value_of(number_of(estimate.value), Value::Kind::date)
        .date()
        .to_string();
  }
  if (type.kind == Value::Kind::text) return std::string(estimate.value.text());
  return {};
}

std::optional<Date> date_of(Evaluation& evaluation, ValueId value) {
  if (value < 0) return std::nullopt;
  const Estimate estimate = evaluation.estimate(value);
  if (!estimate.is_exact()) return std::nullopt;
  return value_of(number_of(estimate.value), Value::Kind::date).date();
}

std::optional<Due> due_of(Evaluation& evaluation, const Describer& describer,
                          const Deadline& deadline) {
  const auto date = date_of(evaluation, deadline.date);
  if (!date) return std::nullopt;
  Due due;
  due.date = *date;
  due.basis = deadline.basis;
  due.days = *date - evaluation.as_of();
  if (const auto done = date_of(evaluation, deadline.done)) {
    due.state = *done <= *date ? Due::State::done : Due::State::done_late;
  } else {
    due.state = evaluation.as_of() <= *date ? Due::State::upcoming
                                            : Due::State::overdue;
  }
  due.working = describer.value(deadline.date);
  // The dates that it was counted from, so that anyone can count again.
  Cells cells;
  collect_cells(evaluation, deadline.date, Branches::taken, cells);
  std::vector<std::string> from;
  for (const FactKey& cell : cells.stated) {
    const Estimate stated =
        cell.list < 0
            ? evaluation.estimate_of_scalar(cell.slot)
            : evaluation.estimate_of_field(cell.list, cell.entry, cell.slot);
    if (stated.is_exact() && stated.value.kind() == Value::Kind::date) {
      from.push_back(missing_fact(evaluation, cell).label + " " +
                     stated.value.date().in_words());
    }
  }
  if (!from.empty()) {
    due.working += " (" + join(from, "; ") + "): " + date->in_words();
  }
  return due;
}

void add_actions(Evaluation& evaluation, Decision& decision) {
  const Rule& rule = evaluation.rule();
  const auto found = rule.actions.find(decision.outcome);
  if (found == rule.actions.end()) return;
  for (const Action& action : found->second) {
    if (action.when >= 0 && evaluation.truth(action.when) != Truth::met) {
      continue;
    }
    ActionItem item;
    item.text = action.text;
    item.to = action.to;
    if (action.to_value >= 0) {
      const Estimate to = evaluation.estimate(action.to_value);
      if (to.is_exact()) item.to = std::string(to.value.text());
    }
    item.by = date_of(evaluation, action.by);
    decision.actions.push_back(std::move(item));
  }
}

void add_parameters(const BoundRule& bound, const Rule& rule,
                    Decision& decision) {
  for (std::size_t i = 0; i < rule.parameters.size(); ++i) {
    const EffectiveParameter* given = bound.binding.parameters[i];
    if (!given) continue;
    const ParameterSpec& spec = rule.parameters[i];
    const bool is_number = !given->value.table &&
                           (spec.type == ParameterType::integer ||
                            spec.type == ParameterType::decimal);
    decision.parameters.push_back({spec.name, to_text(given->value, spec),
                                   given->origin.edition, given->origin.source,
                                   is_number, given->unconfirmed});
    if (!spec.is_list) continue;
    ParameterSpec one = spec;
    one.is_list = false;
    decision.parameters.back().is_list = true;
    for (const Value& item : given->value.list) {
      decision.parameters.back().items.push_back(
          to_text({false, item, {}, nullptr}, one));
    }
  }
}

Reason reasons_of(Evaluation& evaluation, const Describer& describer,
                  bool closed) {
  const Rule& rule = evaluation.rule();
  Reason reasons;
  reasons.label = rule.title;
  reasons.source = rule.source;
  if (rule.applies_when >= 0) {
    Reason about = explain(evaluation, describer, rule.applies_when);
    about.label = "The rule is about this pupil: " + about.label;
    reasons.children.push_back(std::move(about));
  }
  if (closed) return reasons;
  reasons.result = evaluation.truth(rule.met_when);
  reasons.children.push_back(explain(evaluation, describer, rule.met_when));
  if (rule.refer_when >= 0) {
    Reason refer = explain(evaluation, describer, rule.refer_when);
    refer.label = "A person decides: " + refer.label;
    reasons.children.push_back(std::move(refer));
  }
  if (rule.applies_when >= 0) {
    reasons.result =
        std::min(reasons.result, evaluation.truth(rule.applies_when));
  }
  return reasons;
}

// Why the criterion that the outcome hangs on is not confirmed: the first without which alone it would be another. Where only several together
// change it, the first of all.
std::string why_it_hangs(const Rule& rule, const Binding& binding,
                         bool closed, Outcome outcome,
                         const Evaluation& evaluation,
                         const BankHolidays& holidays, FunctionRunner* runner) {
  std::string first;
  for (std::size_t id = 0; id < binding.is_unconfirmed.size(); ++id) {
    if (!binding.is_unconfirmed[id]) continue;
    const std::string why = unconfirmed_under_criterion(
        rule, binding, static_cast<CriterionId>(id));
    if (first.empty()) first = why;
    Binding only = binding;
    only.is_unconfirmed.assign(only.is_unconfirmed.size(), 0);
    only.is_unconfirmed[id] = 1;
    Evaluation without(rule, only, evaluation.record(), evaluation.catalogue(),
                       holidays, evaluation.as_of(), runner);
    without.trust_unconfirmed(false);
    if (by_criteria(rule, closed, without) != outcome) return why;
  }
  if (!first.empty()) return first;
  // A function read it.
  for (const EffectiveParameter* parameter : binding.parameters) {
    if (parameter && parameter->unconfirmed) {
      return parameter->unconfirmed_because;
    }
  }
  return {};
}

// Of the grounds on which a person decides, the first that holds.
std::string ground_of(Evaluation& evaluation, const Describer& describer,
                      CriterionId refer_when) {
  const CriterionNode& node = evaluation.rule().tree.criteria[at(refer_when)];
  if (node.op == CriterionOp::any && node.because.empty()) {
    for (CriterionId child : node.children) {
      if (evaluation.truth(child) == Truth::met) return describer.label(child);
    }
  }
  return describer.label(refer_when);
}

// What it would come to if the doubt were settled as things look.
std::string would_be_in_words(Outcome outcome,
                              const std::optional<Amount>& amount) {
  switch (outcome) {
    case Outcome::met:
      return amount && amount->value
                 ? " It would come to " +
                       amount_in_words(*amount->value, amount->period) + "."
                 : " It would be met.";
    case Outcome::not_met:
      return " It would not be met.";
    case Outcome::not_applicable:
      return " It would not be about this pupil.";
    default:
      return {};
  }
}

}  // namespace

Decision Checker::explained(std::size_t index, const Record& record,
                            const Place& place) {
  using Status = RuleInForce::Status;
  const BoundRule& bound = use(index, place);
  const Rule& rule = *rules_[index].rule;
  Decision decision = started(index);
  if (const Edition* edition = bound.in_force.edition()) {
    decision.edition = edition->id;
  }
  switch (bound.in_force.status) {
    case Status::broken:
      decision.outcome = Outcome::error;
      decision.error = bound.in_force.error;
      decision.summary =
          "Not answered: the rule set that it needs did not load. " +
          as_sentence(decision.error->message);
      return decision;
    case Status::elsewhere:
      decision.outcome = Outcome::not_applicable;
      decision.summary =
          "Not about this pupil: this is another authority's rule.";
      return decision;
    case Status::no_edition:
      decision.outcome = Outcome::not_in_force;
      decision.summary = "No edition is in force on " + as_of_.in_words();
      if (!bound.in_force.nearest_in_words.empty()) {
        decision.summary += ": " + bound.in_force.nearest_in_words;
      }
      decision.summary = as_sentence(decision.summary);
      return decision;
    case Status::removed:
      decision.outcome = Outcome::not_in_force;
      decision.summary = "Not in force here: " + decision.edition +
                         " takes the rule away. " +
                         as_sentence(bound.in_force.removed->reason);
      return decision;
    case Status::in_force:
    case Status::closed:
      break;
  }

  Evaluation evaluation(rule, bound.binding, record, engine_.catalogue(),
                        engine_.rulesets().bank_holidays(), as_of_,
                        runner(index));
  const Describer describer(rule, engine_.catalogue(), &bound.binding);
  Verdict verdict = judge(index, bound, other_values_possible(index, place),
                          evaluation);
  decision.outcome = verdict.outcome;
  if (verdict.outcome == Outcome::error) {
    decision.error = evaluation.fault();
    decision.summary = "Not answered: the rule could not be worked out. " +
                       as_sentence(decision.error->message);
    return decision;
  }

  const bool closed = bound.in_force.status == Status::closed;
  const Outcome outcome = verdict.outcome;
  const bool is_open =
      outcome == Outcome::needs_evidence || outcome == Outcome::not_met;
  add_parameters(bound, rule, decision);
  decision.reasons = reasons_of(evaluation, describer, closed);

  const Payment* awaited = verdict.amount_unknown ? verdict.payment : nullptr;
  if (is_open && verdict.missing.items.empty()) {
    verdict.missing =
        missing_of(rule, closed, awaited, evaluation, describer);
  }
  if (is_open) decision.missing = verdict.missing.items;
  if (other_values_possible(index, place)) {
    decision.missing.push_back(authority_asked(index));
  }
  if (is_open && awaited) {
    // Met in all but the amount: what the amount needs is the way.
    Route route;
    for (const MissingItem& item : decision.missing) {
      route.steps.push_back({Step::Kind::supply, item.fact, item.label,
                             "the amount can be worked out", ""});
    }
    if (!route.steps.empty()) decision.routes = {route};
  } else if (is_open && !closed && !verdict.nothing_payable) {
    decision.routes =
        routes_to_met(evaluation, describer,
                      {rule.applies_when, rule.met_when}, most_routes);
  }

  if (verdict.payment &&
      (outcome == Outcome::met || outcome == Outcome::refer) &&
      (verdict.amount || !verdict.payment->published)) {
    decision.amount = amount_of(evaluation, verdict);
  }
  if (verdict.due) {
    decision.due = due_of(evaluation, describer, rule.deadline);
  }
  add_actions(evaluation, decision);

  switch (outcome) {
    case Outcome::met:
      decision.summary = summary_of_met(decision);
      break;
    case Outcome::not_met:
      decision.summary =
          verdict.nothing_payable
              ? "Not met: the criteria are met, but nothing is payable."
              : summary_of_not_met(
                    decision,
                    what_stands_against(evaluation, describer, rule.met_when));
      break;
    case Outcome::needs_evidence:
      decision.summary = summary_of_missing(decision.missing);
      break;
    case Outcome::not_applicable:
      decision.summary = as_sentence(
          "Not about this pupil: " +
          what_stands_against(evaluation, describer, rule.applies_when));
      break;
    default:
      refer(index, bound, evaluation, describer, verdict, decision);
      break;
  }
  return decision;
}

Amount Checker::amount_of(Evaluation& evaluation,
                          const Verdict& verdict) const {
  const Payment& payment = *verdict.payment;
  Amount amount;
  amount.value = verdict.amount;
  amount.period = payment.period;
  amount.note = payment.because;
  amount.status = !payment.published       ? Amount::Status::not_published
                  : verdict.is_indicative() ? Amount::Status::indicative
                                            : Amount::Status::computed;
  for (const auto& [label, line] : payment.working) {
    amount.working.push_back(
        {label, stated_amount(evaluation.estimate(line),
                              evaluation.rule().tree.values[at(line)].type)});
  }
  amount.from = date_of(evaluation, payment.from);
  amount.to = date_of(evaluation, payment.to);
  return amount;
}

// To whom, and why it is a person's to decide.
void Checker::refer(std::size_t index, const BoundRule& bound,
                    Evaluation& evaluation, const Describer& describer,
                    const Verdict& verdict, Decision& decision) {
  using Refer = Verdict::Refer;
  const Rule& rule = *rules_[index].rule;
  decision.refer_to = verdict.refer == Refer::closed
                          ? bound.in_force.closed->refer_to
                      : verdict.refer != Refer::refer_when &&
                              !rule.on_met_refer_to.empty() &&
                              evaluation.truth(rule.met_when) == Truth::met
                          ? rule.on_met_refer_to
                          : rule.refer_to;
  if (decision.refer_to.empty()) decision.refer_to = "the person in charge";

  if (verdict.refer == Refer::closed) {
    decision.summary = "This scheme is closed. " +
                       as_sentence("Ask " + decision.refer_to);
    return;
  }
  const std::string because =
      why_refer(index, bound, evaluation, describer, verdict);
  if (decision.amount && verdict.is_indicative()) {
    const std::string& of_amount =
        bound.payment_unconfirmed[at(verdict.payment_index)];
    decision.amount->note = of_amount.empty() ? because : of_amount;
  }
  decision.summary = "A person must decide: " + as_sentence(because) + " " +
                     as_sentence("Ask " + decision.refer_to);
  if (verdict.is_indicative() &&
      (verdict.refer != Refer::another_body ||
       (decision.amount && decision.amount->value))) {
    decision.summary += would_be_in_words(verdict.would_be, decision.amount);
  }
}

std::string Checker::why_refer(std::size_t index, const BoundRule& bound,
                               Evaluation& evaluation,
                               const Describer& describer,
                               const Verdict& verdict) {
  using Refer = Verdict::Refer;
  const Rule& rule = *rules_[index].rule;
  switch (verdict.refer) {
    case Refer::outside_table: {
      std::string because =
          verdict.payment
              ? missing_row(evaluation, describer, verdict.payment->value)
              : std::string();
      if (because.empty() && !verdict.missing.outside.empty()) {
        because = verdict.missing.outside.front() + " lies outside the table";
      }
      return because.empty() ? "the rule has no amount for this pupil"
                             : because;
    }
    case Refer::another_body:
      return "the criteria look met, and another body decides";
    case Refer::refer_when:
      return ground_of(evaluation, describer, rule.refer_when);
    default:
      break;
  }
  // All that is in doubt: a reader who settles the first should not meet the next.
  std::vector<std::string> doubts;
  const auto add = [&](const std::string& doubt) {
    const std::string sentence = as_sentence(doubt);
    if (!sentence.empty() &&
        std::find(doubts.begin(), doubts.end(), sentence) == doubts.end()) {
      doubts.push_back(sentence);
    }
  };
  if (verdict.refer == Refer::criterion_unconfirmed) {
    add(why_it_hangs(rule, bound.binding, false, verdict.would_be, evaluation,
                     engine_.rulesets().bank_holidays(), runner(index)));
  }
  if (verdict.would_be == Outcome::met) {
    add(bound.in_force.unconfirmed_because);
    if (verdict.payment) {
      add(bound.payment_unconfirmed[at(verdict.payment_index)]);
    }
  }
  return join(doubts, " ");
}

}  // namespace sendcheck
