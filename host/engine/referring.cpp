// To whom a decision is referred, and why.
#include <algorithm>

#include "base/text.hpp"
#include "engine/judging.hpp"
#include "engine/summary.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// Why the criterion that the outcome hangs on is not confirmed: the first without which alone it would be another. Where only several together
// change it, the first of all.
std::string why_it_hangs(const Rule& rule, const Binding& binding, bool closed,
                         Outcome outcome, const Evaluation& evaluation,
                         const BankHolidays& holidays, FunctionRunner* runner) {
  std::string first;
  for (std::size_t i = 0; i < binding.quick.size(); ++i) {
    if (!binding.quick[i].unconfirmed) continue;
    const auto id = static_cast<CriterionId>(i);
    const std::string why = unconfirmed_under_criterion(rule, binding, id);
    if (first.empty()) first = why;
    Evaluation without(rule, binding, evaluation.record(),
                       evaluation.catalogue(), holidays, evaluation.as_of(),
                       runner);
    without.distrust_only(id);
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
                 : " Apart from that, the criteria look met.";
    case Outcome::not_met:
      return " It would not be met.";
    case Outcome::not_applicable:
      return " It would not be about this pupil.";
    default:
      return {};
  }
}

}  // namespace

void Checker::refer(std::size_t index, const BoundRule& bound,
                    Evaluation& evaluation, const Describer& describer,
                    const Verdict& verdict, Decision& decision) {
  using Refer = Verdict::Refer;
  const Rule& rule = *rules_[index].rule;
  decision.refer_to =
      verdict.refer == Refer::closed ? bound.in_force.closed->refer_to
      : verdict.refer != Refer::refer_when && !rule.on_met_refer_to.empty() &&
              evaluation.truth(rule.met_when) == Truth::met
          ? rule.on_met_refer_to
          : rule.refer_to;
  if (decision.refer_to.empty()) decision.refer_to = "the person in charge";

  if (verdict.refer == Refer::closed) {
    decision.summary =
        "This scheme is closed. " + as_sentence("Ask " + decision.refer_to);
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
