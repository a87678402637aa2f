#include <algorithm>

#include "base/text.hpp"
#include "criteria/explain.hpp"
#include "engine/engine.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// Ways to a yes that are worth a reader's time.
constexpr std::size_t most_routes = 12;

// Does anything under a value, the criteria of its lists and choices included, rest on a parameter that is not confirmed?
bool rests_on_unconfirmed(const Tree& tree, const Binding& binding,
                          ValueId value);

bool rests_on_unconfirmed_criterion(const Tree& tree, const Binding& binding,
                                    CriterionId criterion) {
  if (criterion < 0) return false;
  if (binding.is_unconfirmed[at(criterion)]) return true;
  const CriterionNode& node = tree.criteria[at(criterion)];
  for (CriterionId child : node.children) {
    if (rests_on_unconfirmed_criterion(tree, binding, child)) return true;
  }
  for (ValueId value : node.values) {
    if (rests_on_unconfirmed(tree, binding, value)) return true;
  }
  return false;
}

bool rests_on_unconfirmed(const Tree& tree, const Binding& binding,
                          ValueId value) {
  if (value < 0) return false;
  const ValueNode& node = tree.values[at(value)];
  for (int parameter :
       {node.op == ValueOp::parameter ? node.slot : -1, node.parameter}) {
    if (parameter >= 0 && binding.parameters[at(parameter)] &&
        binding.parameters[at(parameter)]->unconfirmed) {
      return true;
    }
  }
  for (ValueId argument : node.arguments) {
    if (rests_on_unconfirmed(tree, binding, argument)) return true;
  }
  for (CriterionId condition : node.conditions) {
    if (rests_on_unconfirmed_criterion(tree, binding, condition)) return true;
  }
  return rests_on_unconfirmed_criterion(tree, binding, node.where);
}

std::string first_unconfirmed(const BoundRule& bound, const Rule& rule) {
  for (const CriterionNode& node : rule.tree.criteria) {
    if (!node.unconfirmed.empty()) return node.unconfirmed;
  }
  for (const EffectiveParameter* parameter : bound.binding.parameters) {
    if (parameter && parameter->unconfirmed) {
      return parameter->unconfirmed_because;
    }
  }
  return {};
}

}  // namespace

struct Checker::Cached {
  struct Entry {
    int la;
    std::string urn;
    std::unique_ptr<BoundRule> bound;
  };
  std::vector<Entry> entries;
  // Of a rule that some authorities issue and no national body does.
  bool is_national = false;
  std::set<int> authorities;  // positions in the code list of the LA fact
};

// What judging comes to, before it is put into words.
struct Checker::Verdict {
  Outcome outcome = Outcome::error;
  const Payment* payment = nullptr;
  int payment_index = -1;
  std::optional<Money> amount;
  bool indicative = false;
  bool outside_table = false;     // the amount has no row
  bool amount_unknown = false;    // met, but for an amount that cannot be worked out yet
  bool nothing_payable = false;
  bool hangs_on_unconfirmed = false;
  bool dates_unconfirmed = false;
  bool amount_unconfirmed = false;
};

Checker::Checker(const Engine& engine, const std::vector<SelectedRule>& rules,
                 Date as_of, bool rules_named,
                 const std::map<std::string, EffectiveParameter>* overrides)
    : engine_(engine),
      rules_(rules),
      as_of_(as_of),
      rules_named_(rules_named),
      overrides_(overrides) {
  const Catalogue& catalogue = engine.catalogue();
  const CodeList& codes = catalogue.codes_of(
      catalogue.scalars()[at(engine.home_la())]);
  cache_.resize(rules.size());
  for (std::size_t i = 0; i < rules.size(); ++i) {
    cache_[i].is_national = engine.rulesets().is_national(rules[i].id);
    for (const std::string& la :
         engine.rulesets().authorities_of(rules[i].id)) {
      cache_[i].authorities.insert(codes.find(la));
    }
  }
  runners_.resize(rules.size());
}

Checker::~Checker() = default;
Checker::Checker(Checker&&) noexcept = default;

FunctionRunner* Checker::runner(std::size_t rule) {
  const Plugin* plugin = rules_[rule].plugin;
  if (!plugin || plugin->functions == 0) return nullptr;
  if (!runners_[rule]) {
    runners_[rule] =
        std::make_unique<PluginRunner>(*plugin, engine_.catalogue());
  }
  return runners_[rule].get();
}

// Where the rule finds the pupil: the authority (a position in the code list, -1 for none) and the school. False: the rule is not listed for the pupil.
bool Checker::place_of(std::size_t rule, const Record& record,
                       bool& la_unknown, int& la,
                       std::string_view& urn) const {
  const SelectedRule& selected = rules_[rule];
  const Cached& cached = cache_[rule];
  const Value& home = record.scalars[at(engine_.home_la())];
  const Value& school = record.scalars[at(engine_.school_la())];
  la = -1;
  la_unknown = false;
  if (engine_.has_school_editions()) {
    urn = text_of(record, engine_.school_urn());
  }
  if (!selected.plugin) {
    // What it asks for is not known: it is answered where it could be meant.
    return rules_named_ || cached.is_national || cached.authorities.empty() ||
           (home.is_known() && cached.authorities.contains(home.code())) ||
           (school.is_known() && cached.authorities.contains(school.code()));
  }
  const Authority authority = selected.plugin->manifest.authority;
  if (authority == Authority::national) return true;
  const Value& asked = authority == Authority::home ? home : school;
  la_unknown = !asked.is_known();
  if (asked.is_known()) la = asked.code();
  if (cached.is_national || rules_named_ || cached.authorities.empty()) {
    return true;
  }
  if (asked.is_known()) return cached.authorities.contains(asked.code());
  // Not stated: asked for where the pupil's other authority makes it likely.
  const Value& other = authority == Authority::home ? school : home;
  return other.is_known() && cached.authorities.contains(other.code());
}

const BoundRule& Checker::bound_for(std::size_t rule, int la,
                                    std::string_view urn) {
  Cached& cached = cache_[rule];
  for (const Cached::Entry& entry : cached.entries) {
    if (entry.la == la && entry.urn == urn) return *entry.bound;
  }
  const SelectedRule& selected = rules_[rule];
  const Catalogue& catalogue = engine_.catalogue();
  const CodeList& codes = catalogue.codes_of(
      catalogue.scalars()[at(engine_.home_la())]);
  auto bound = std::make_unique<BoundRule>();
  bound->in_force = engine_.rulesets().in_force(
      selected.id, la < 0 ? std::string() : codes.codes[at(la)].code,
      std::string(urn), as_of_);
  if (overrides_) {
    for (const auto& [name, parameter] : *overrides_) {
      bound->in_force.parameters[name] = parameter;
    }
  }
  if (selected.rule) {
    const Rule& rule_of = *selected.rule;
    std::vector<const EffectiveParameter*> parameters;
    for (const ParameterSpec& spec : rule_of.parameters) {
      const auto found = bound->in_force.parameters.find(spec.name);
      parameters.push_back(found == bound->in_force.parameters.end()
                               ? nullptr
                               : &found->second);
    }
    bound->binding = bind_parameters(rule_of, catalogue, parameters);
    bound->has_unconfirmed =
        std::any_of(bound->binding.is_unconfirmed.begin(),
                    bound->binding.is_unconfirmed.end(),
                    [](char c) { return c != 0; });
    for (const Payment& payment : rule_of.payments) {
      bool unconfirmed = rests_on_unconfirmed(rule_of.tree, bound->binding,
                                              payment.value) ||
                         rests_on_unconfirmed_criterion(
                             rule_of.tree, bound->binding, payment.when);
      bound->payment_unconfirmed.push_back(unconfirmed);
    }
  }
  for (const Edition* edition : bound->in_force.editions) {
    editions_used_.insert(edition);
  }
  cached.entries.push_back({la, std::string(urn), std::move(bound)});
  return *cached.entries.back().bound;
}

const BoundRule& Checker::bound(std::size_t rule, const std::string& la,
                                const std::string& urn) {
  const Catalogue& catalogue = engine_.catalogue();
  const CodeList& codes = catalogue.codes_of(
      catalogue.scalars()[at(engine_.home_la())]);
  return bound_for(rule, la.empty() ? -1 : codes.find(la), urn);
}

// The order of contract section 5: the first that holds.
Checker::Verdict Checker::judge(std::size_t rule, const BoundRule& bound,
                                Evaluation& evaluation) const {
  using Status = RuleInForce::Status;
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
  const auto by_criteria = [&]() {
    const Truth applies = of.applies_when < 0
                              ? Truth::met
                              : evaluation.truth(of.applies_when);
    if (applies == Truth::not_met) return Outcome::not_applicable;
    if (applies == Truth::unknown) return Outcome::needs_evidence;
    if (closed) return Outcome::refer;
    const Truth met = evaluation.truth(of.met_when);
    if (met == Truth::met) return Outcome::met;
    if (of.refer_when >= 0 &&
        evaluation.truth(of.refer_when) == Truth::met) {
      return Outcome::refer;
    }
    return met == Truth::not_met ? Outcome::not_met : Outcome::needs_evidence;
  };
  verdict.outcome = by_criteria();
  if (bound.has_unconfirmed && (verdict.outcome == Outcome::met ||
                                verdict.outcome == Outcome::not_met ||
                                verdict.outcome == Outcome::not_applicable)) {
    // Does it stand without what is not confirmed?
    evaluation.trust_unconfirmed(false);
    verdict.hangs_on_unconfirmed = by_criteria() != verdict.outcome;
    evaluation.trust_unconfirmed(true);
  }
  if (verdict.outcome == Outcome::met) {
    for (std::size_t i = 0; i < of.payments.size(); ++i) {
      const Payment& payment = of.payments[i];
      const Truth holds =
          payment.when < 0 ? Truth::met : evaluation.truth(payment.when);
      if (holds == Truth::not_met) continue;
      verdict.payment = &payment;
      verdict.payment_index = static_cast<int>(i);
      if (holds == Truth::unknown) verdict.amount_unknown = true;
      break;
    }
    if (!of.payments.empty() && !verdict.payment) verdict.outside_table = true;
    if (verdict.payment && verdict.payment->published &&
        !verdict.amount_unknown) {
      const Estimate value = evaluation.estimate(verdict.payment->value);
      Number most;
      if (value.is_exact()) {
        verdict.amount = Money::round_half_up(number_of(value.value));
        verdict.nothing_payable =
            verdict.amount && verdict.amount->pence() <= 0;
      } else if (value.state == Estimate::State::outside ||
                 value.state == Estimate::State::nothing) {
        verdict.outside_table = true;
      } else if (high_end(value, most) && most <= Number(0)) {
        verdict.nothing_payable = true;
      } else {
        verdict.amount_unknown = true;
      }
    }
    verdict.amount_unconfirmed =
        verdict.payment &&
        bound.payment_unconfirmed[at(verdict.payment_index)];
    verdict.dates_unconfirmed = bound.in_force.unconfirmed;
    if (verdict.nothing_payable) {
      verdict.outcome = Outcome::not_met;
      verdict.amount.reset();
    } else if (verdict.outside_table) {
      verdict.outcome = Outcome::refer;
    } else if (verdict.amount_unknown) {
      verdict.outcome = Outcome::needs_evidence;
    } else if (verdict.dates_unconfirmed || verdict.amount_unconfirmed ||
               !of.on_met_refer_to.empty()) {
      verdict.outcome = Outcome::refer;
      verdict.indicative = true;
    }
  }
  if (verdict.hangs_on_unconfirmed &&
      (verdict.outcome == Outcome::met || verdict.outcome == Outcome::not_met ||
       verdict.outcome == Outcome::not_applicable)) {
    verdict.outcome = Outcome::refer;
    verdict.indicative = true;
  }
  if (evaluation.fault()) verdict.outcome = Outcome::error;
  return verdict;
}

void Checker::brief(const Record& record, std::vector<Brief>& decisions) {
  decisions.clear();
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    bool la_unknown;
    int la;
    std::string_view urn;
    if (!place_of(i, record, la_unknown, la, urn)) continue;
    Brief& made = decisions.emplace_back();
    made.rule = static_cast<int>(i);
    if (rules_[i].broken) continue;
    if (la_unknown && !cache_[i].is_national) {
      made.outcome = Outcome::needs_evidence;
      continue;
    }
    const BoundRule& bound = bound_for(i, la, urn);
    Evaluation evaluation(*rules_[i].rule, bound.binding, record,
                          engine_.catalogue(),
                          engine_.rulesets().bank_holidays(), as_of_,
                          runner(i));
    const Verdict verdict = judge(i, bound, evaluation);
    made.outcome = verdict.outcome;
    made.amount = verdict.amount;
    if (rules_[i].rule->has_deadline &&
        made.outcome != Outcome::not_applicable &&
        made.outcome != Outcome::not_in_force &&
        made.outcome != Outcome::error) {
      const Estimate date = evaluation.estimate(rules_[i].rule->deadline.date);
      if (date.is_exact()) made.due = value_of(number_of(date.value),
                                               Value::Kind::date).date();
    }
  }
}

Decision Checker::unloaded(const SelectedRule& rule) const {
  Decision decision;
  decision.rule = rule.id;
  decision.title = rule.id;
  decision.outcome = Outcome::error;
  decision.error = rule.broken->errors.front();
  decision.summary = "The rule did not load, so nothing is said of this pupil: " +
                     decision.error->message + ".";
  return decision;
}

std::vector<Decision> Checker::decide(const Record& record) {
  std::vector<Decision> decisions;
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    bool la_unknown;
    int la;
    std::string_view urn;
    if (!place_of(i, record, la_unknown, la, urn)) continue;
    if (rules_[i].broken) {
      decisions.push_back(unloaded(rules_[i]));
      continue;
    }
    if (la_unknown && !cache_[i].is_national) {
      const bool home =
          rules_[i].plugin->manifest.authority == Authority::home;
      const FactSpec& fact = engine_.catalogue().scalars()[at(
          home ? engine_.home_la() : engine_.school_la())];
      Decision decision;
      decision.rule = rules_[i].id;
      decision.title = rules_[i].rule->title;
      decision.kind = rules_[i].plugin->manifest.kind;
      decision.outcome = Outcome::needs_evidence;
      decision.missing.push_back({fact.path, fact.label,
                                  MissingItem::Kind::fact, fact.actionable});
      decision.routes.push_back(
          {{{Step::Kind::supply, fact.path, fact.label,
             "it is the authority whose rule this is", ""}}});
      decision.summary = summary_of(decision, rules_[i].plugin, as_of_);
      decisions.push_back(std::move(decision));
      continue;
    }
    decisions.push_back(
        explained(i, record, bound_for(i, la, urn), la_unknown));
  }
  return decisions;
}

namespace {

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
    const bool is_number = !spec.is_list && !given->value.table &&
                           (spec.type == ParameterType::integer ||
                            spec.type == ParameterType::decimal);
    decision.parameters.push_back({spec.name, to_text(given->value, spec),
                                   given->origin.edition, given->origin.source,
                                   is_number, given->unconfirmed});
  }
}

}  // namespace

Decision Checker::explained(std::size_t index, const Record& record,
                            const BoundRule& bound, bool la_unknown) {
  const SelectedRule& selected = rules_[index];
  const Rule& rule = *selected.rule;
  Evaluation evaluation(rule, bound.binding, record, engine_.catalogue(),
                        engine_.rulesets().bank_holidays(), as_of_,
                        runner(index));
  const Describer describer(rule, engine_.catalogue(), &bound.binding);
  const Verdict verdict = judge(index, bound, evaluation);

  Decision decision;
  decision.rule = rule.id;
  decision.title = rule.title;
  decision.kind = selected.plugin->manifest.kind;
  decision.outcome = verdict.outcome;
  if (const Edition* edition = bound.in_force.edition()) {
    decision.edition = edition->id;
  }
  using Status = RuleInForce::Status;
  if (bound.in_force.status == Status::broken) {
    decision.error = bound.in_force.error;
    decision.summary = summary_of(decision, selected.plugin, as_of_);
    return decision;
  }
  if (evaluation.fault()) {
    decision.error = evaluation.fault();
    decision.summary = summary_of(decision, selected.plugin, as_of_);
    return decision;
  }
  if (bound.in_force.status == Status::elsewhere) {
    decision.summary = "Not about this pupil: this is another authority's rule.";
    return decision;
  }
  if (bound.in_force.status == Status::no_edition) {
    decision.summary = "No edition is in force on " + as_of_.in_words() +
                       (bound.in_force.nearest_in_words.empty()
                            ? "."
                            : ": " + bound.in_force.nearest_in_words + ".");
    return decision;
  }
  if (bound.in_force.status == Status::removed) {
    decision.summary = "Taken away by " + decision.edition + ": " +
                       bound.in_force.removed->reason + ".";
    return decision;
  }

  add_parameters(bound, rule, decision);
  const bool applies =
      rule.applies_when < 0 ||
      evaluation.truth(rule.applies_when) == Truth::met;
  Reason reasons;
  reasons.label = rule.title;
  reasons.source = rule.source;
  if (rule.applies_when >= 0) {
    Reason about = explain(evaluation, describer, rule.applies_when);
    about.label = "The rule is about this pupil: " + about.label;
    reasons.children.push_back(std::move(about));
  }
  const bool closed = bound.in_force.status == Status::closed;
  if (!closed) {
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
  }
  decision.reasons = std::move(reasons);

  Missing missing;
  const Outcome outcome = decision.outcome;
  if (outcome == Outcome::needs_evidence || outcome == Outcome::not_met) {
    collect_missing(evaluation, describer, rule.applies_when, missing);
    if (!closed) {
      collect_missing(evaluation, describer, rule.met_when, missing);
      if (verdict.amount_unknown && verdict.payment) {
        collect_missing(evaluation, describer, verdict.payment->when, missing);
        collect_missing_of_value(evaluation, describer, verdict.payment->value,
                                 missing);
      }
      if (applies) {
        collect_missing(evaluation, describer, rule.refer_when, missing);
      }
    }
    if (outcome == Outcome::needs_evidence && missing.items.empty() &&
        !missing.outside.empty()) {
      // Nothing that could be supplied would settle it.
      decision.outcome = Outcome::refer;
    }
  }
  if (la_unknown) {
    const bool home = selected.plugin->manifest.authority == Authority::home;
    const FactSpec& fact = engine_.catalogue().scalars()[at(
        home ? engine_.home_la() : engine_.school_la())];
    if (!cache_[index].authorities.empty()) {
      // Some authority has set values of its own.
      missing.items.push_back({fact.path, fact.label, MissingItem::Kind::fact,
                               fact.actionable});
    }
  }
  decision.missing = missing.items;

  if (decision.outcome == Outcome::needs_evidence ||
      decision.outcome == Outcome::not_met) {
    if (!closed) {
      decision.routes =
          routes_to_met(evaluation, describer,
                        {rule.applies_when, rule.met_when}, most_routes);
    }
    if (verdict.amount_unknown) {
      // Met in all but the amount: what the amount needs is the way.
      Route route;
      for (const MissingItem& item : decision.missing) {
        route.steps.push_back({Step::Kind::supply, item.fact, item.label,
                               "the amount can be worked out", ""});
      }
      decision.routes = {route};
    }
  }

  const bool counted = decision.outcome == Outcome::met ||
                       decision.outcome == Outcome::refer;
  if (verdict.payment && counted && !verdict.outside_table) {
    Amount amount;
    amount.value = verdict.amount;
    amount.period = verdict.payment->period;
    amount.note = verdict.payment->because;
    amount.status = !verdict.payment->published ? Amount::Status::not_published
                    : verdict.indicative        ? Amount::Status::indicative
                                                : Amount::Status::computed;
    for (const auto& [label, line] : verdict.payment->working) {
      const std::string value = stated_amount(
          evaluation.estimate(line), rule.tree.values[at(line)].type);
      amount.working.push_back({label, value});
    }
    amount.from = date_of(evaluation, verdict.payment->from);
    amount.to = date_of(evaluation, verdict.payment->to);
    decision.amount = std::move(amount);
  }
  if (rule.has_deadline && decision.outcome != Outcome::not_applicable) {
    decision.due = due_of(evaluation, describer, rule.deadline);
  }
  add_actions(evaluation, decision);

  if (decision.outcome == Outcome::refer) {
    decision.refer_to = closed                         ? bound.in_force.closed->refer_to
                        : !rule.on_met_refer_to.empty() &&
                                  evaluation.truth(rule.met_when) == Truth::met
                            ? rule.on_met_refer_to
                            : rule.refer_to;
  }
  // Why it is a person's to decide, in the order in which it was settled.
  std::string because;
  if (decision.outcome == Outcome::refer) {
    if (closed) {
      because = "this scheme is closed";
    } else if (verdict.hangs_on_unconfirmed) {
      because = first_unconfirmed(bound, rule);
    } else if (verdict.outside_table || !missing.outside.empty()) {
      because = missing.outside.empty()
                    ? "what is stated lies outside the published table"
                    : missing.outside.front() + " lies outside the table";
    } else if (verdict.dates_unconfirmed) {
      because = bound.in_force.unconfirmed_because;
    } else if (verdict.amount_unconfirmed) {
      because = first_unconfirmed(bound, rule);
    } else if (verdict.indicative && !rule.on_met_refer_to.empty()) {
      because = "the criteria look met, and another body decides";
    } else if (rule.refer_when >= 0) {
      because = describer.label(rule.refer_when);
      const CriterionNode& node = rule.tree.criteria[at(rule.refer_when)];
      if (node.op == CriterionOp::any) {
        for (CriterionId child : node.children) {
          if (evaluation.truth(child) == Truth::met) {
            because = describer.label(child);
            break;
          }
        }
      }
    }
    if (decision.amount && !because.empty() && verdict.indicative) {
      decision.amount->note = because;
    }
    if (decision.refer_to.empty()) decision.refer_to = "the person in charge";
    decision.summary = "A person must decide: " + because +
                       (because.ends_with(".") ? "" : ".");
    if (because.empty()) decision.summary = "A person must decide.";
    decision.summary += " Ask " + decision.refer_to + ".";
    if (decision.amount && decision.amount->value) {
      decision.summary += " It would come to " +
                          decision.amount->value->in_words() + ".";
    }
    return decision;
  }
  if (verdict.nothing_payable) {
    decision.summary = "Not met: nothing is payable.";
    return decision;
  }
  decision.summary = summary_of(decision, selected.plugin, as_of_);
  return decision;
}

}  // namespace sendcheck
