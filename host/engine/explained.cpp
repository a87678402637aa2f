// A verdict with its reasons, what is missing, the ways to a yes, and the words for a reader.
#include <algorithm>

#include "base/text.hpp"
#include "criteria/decisions.hpp"
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

}  // namespace

FoundDecision Checker::explained(std::size_t index, const Record& record,
                                 const Place& place) {
  using Status = RuleInForce::Status;
  BoundRule& bound = use(index, place);
  const Rule& rule = *rules_[index].rule;
  FoundDecision made;
  Decision& decision = made.decision;
  decision = started(index);
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
      return made;
    case Status::elsewhere:
      decision.outcome = Outcome::not_applicable;
      decision.summary =
          "Not about this pupil: this is another authority's rule.";
      return made;
    case Status::no_edition:
      decision.outcome = Outcome::not_in_force;
      decision.summary = "No edition is in force on " + as_of_.in_words();
      if (!bound.in_force.nearest_in_words.empty()) {
        decision.summary += ": " + bound.in_force.nearest_in_words;
      }
      decision.summary = as_sentence(decision.summary);
      return made;
    case Status::removed:
      decision.outcome = Outcome::not_in_force;
      decision.summary = "Not in force here: " + decision.edition +
                         " takes the rule away. " +
                         as_sentence(bound.in_force.removed->reason);
      return made;
    case Status::in_force:
    case Status::closed:
      break;
  }

  const Assessment::Subject subject = {rule,
                                       bound.binding,
                                       record,
                                       engine_.catalogue(),
                                       engine_.rulesets().bank_holidays(),
                                       as_of_,
                                       runner(index)};
  Assessment assessment(subject, nullptr);
  Evaluation& evaluation = assessment.evaluation();
  evaluation.remember_truths();
  if (!bound.fixed) bound.fixed = fixed_of(index, bound);
  const Describer describer(rule, engine_.catalogue(), &bound.binding,
                            &bound.fixed->labels);
  Verdict verdict =
      judge(index, bound, other_values_possible(index, place), assessment);
  decision.outcome = verdict.outcome;
  if (verdict.outcome == Outcome::error) {
    decision.error = evaluation.fault();
    decision.summary = "Not answered: the rule could not be worked out. " +
                       as_sentence(decision.error->message);
    return made;
  }

  const bool closed = bound.in_force.status == Status::closed;
  const Outcome outcome = verdict.outcome;
  const bool is_open =
      outcome == Outcome::needs_evidence || outcome == Outcome::not_met;
  made.text = bound.fixed->text;
  bound.fixed->reasons.find(evaluation, describer, made.found);

  const Payment* awaited = verdict.amount_unknown ? verdict.payment : nullptr;
  const bool are_shared =
      is_open && !awaited && !closed && !verdict.nothing_payable &&
      verdict.missing.items.empty() && !other_values_possible(index, place);
  if (are_shared) {
    made.ways = ways_of(bound, evaluation, describer);
  } else if (is_open && verdict.missing.items.empty()) {
    verdict.missing = missing_of(rule, closed, awaited, evaluation, describer);
  }
  if (is_open) decision.missing = verdict.missing.items;
  if (other_values_possible(index, place)) {
    decision.missing.push_back(authority_asked(index));
  }
  if (are_shared) {
    // They stand in `ways`.
  } else if (is_open && awaited) {
    // Met in all but the amount: what the amount needs is the way.
    Route route;
    for (const MissingItem& item : decision.missing) {
      route.steps.push_back({Step::Kind::supply, item.fact, item.label,
                             "the amount can be worked out", ""});
    }
    if (!route.steps.empty()) decision.routes = {route};
  } else if (is_open && !closed && !verdict.nothing_payable) {
    decision.routes = routes_to_met(
        evaluation, describer, {rule.applies_when, rule.met_when}, most_routes);
  }

  if (verdict.stated_payment() >= 0) {
    decision.amount = amount_of(evaluation, verdict);
  }
  if (verdict.due) {
    decision.due = due_of(evaluation, describer, rule.deadline);
  }
  // Of a closed scheme there is nothing to do but to go where it says.
  if (verdict.refer != Verdict::Refer::closed)
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
      decision.summary =
          summary_of_missing(made.ways ? made.ways->missing : decision.missing);
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
  return made;
}

// Of an open decision of a scheme that is not closed, where nothing but the criteria stands in the way.
std::shared_ptr<Ways> Checker::ways_of(const BoundRule& bound,
                                       Evaluation& evaluation,
                                       const Describer& describer) {
  const Rule& rule = evaluation.rule();
  if (bound.searched) {
    const BoundRule* which = &bound;
    ways_key_.assign(reinterpret_cast<const char*>(&which), sizeof which);
    bound.searched->append_to(ways_key_, evaluation.record(), evaluation);
    if (const KeptWays* kept = kept_ways_.find(ways_key_)) return kept->ways;
  }
  auto ways = std::make_shared<Ways>();
  ways->missing = missing_of(rule, false, nullptr, evaluation, describer).items;
  ways->routes = routes_to_met(evaluation, describer,
                               {rule.applies_when, rule.met_when}, most_routes);
  if (bound.searched) kept_ways_.keep(ways_key_, {ways});
  return ways;
}

Amount Checker::amount_of(Evaluation& evaluation,
                          const Verdict& verdict) const {
  const Payment& payment = *verdict.payment;
  Amount amount;
  amount.value = verdict.amount;
  amount.period = payment.period;
  amount.note = payment.because;
  amount.status = !payment.published        ? Amount::Status::not_published
                  : verdict.is_indicative() ? Amount::Status::indicative
                                            : Amount::Status::computed;
  for (const auto& [label, line] : payment.working) {
    amount.working.push_back(
        {label, stated_amount(evaluation.estimate(line),
                              evaluation.rule().tree.values[at(line)].type)});
  }
  const Describer describer(evaluation.rule(), evaluation.catalogue(),
                            &evaluation.binding());
  for (const auto& [table, rows] :
       rows_that_counted_under(evaluation, describer, payment.value)) {
    amount.working.push_back({table, rows});
  }
  amount.from = date_of(evaluation, payment.from);
  amount.to = date_of(evaluation, payment.to);
  return amount;
}

}  // namespace sendcheck
