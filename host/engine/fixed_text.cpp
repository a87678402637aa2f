// What is the same in all decisions of a rule under the same editions.
#include "criteria/explain.hpp"
#include "engine/judging.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

std::vector<Decision::Parameter> parameters_of(const BoundRule& bound,
                                               const Rule& rule) {
  std::vector<Decision::Parameter> parameters;
  for (std::size_t i = 0; i < rule.parameters.size(); ++i) {
    const EffectiveParameter* given = bound.binding.parameters[i];
    if (!given) continue;
    const ParameterSpec& spec = rule.parameters[i];
    const bool is_number =
        !given->value.table && (spec.type == ParameterType::integer ||
                                spec.type == ParameterType::decimal);
    parameters.push_back({spec.name, to_text(given->value, spec),
                          given->origin.edition, given->origin.source,
                          is_number, given->unconfirmed});
    if (!spec.is_list) continue;
    ParameterSpec one = spec;
    one.is_list = false;
    parameters.back().is_list = true;
    for (const Value& item : given->value.list) {
      parameters.back().items.push_back(
          to_text({false, item, {}, nullptr}, one));
    }
  }
  return parameters;
}

// The words in which facts, entries and criteria are spoken of, each once. Those that name an entry of a pupil's own list are not among them.
class Words {
 public:
  Words(const Evaluation& blank, const Describer& describer, RuleText& text)
      : blank_(blank), describer_(describer), text_(text) {}

  void add_all(const MissingItem& authority) {
    const Rule& rule = blank_.rule();
    add(authority);
    for (const FactRef& fact : rule.facts) {
      if (!fact.is_list) add(missing_fact(blank_, {-1, -1, fact.slot}));
    }
    for (const ValueNode& value : rule.tree.values) {
      if (value.op == ValueOp::count || value.op == ValueOp::sum ||
          value.op == ValueOp::max_of || value.op == ValueOp::min_of) {
        add_entry(value.slot, value.where);
      }
    }
    for (std::size_t i = 0; i < rule.tree.criteria.size(); ++i) {
      const CriterionNode& node = rule.tree.criteria[i];
      add(describer_.label(static_cast<CriterionId>(i)));
      if (node.op == CriterionOp::judgement) {
        add("judgements[question=" + node.name + "]");
      } else if (node.list >= 0) {
        add_entry(node.list, node.children.front());
      }
    }
    for (const auto& [outcome, actions] : rule.actions) {
      for (const Action& action : actions) {
        add(action.text);
        add(action.to);
      }
    }
    for (const char* words :
         {"a named person answers yes", "a named person answers no",
          "an entry is on file", "the amount can be worked out"}) {
      add(words);
    }
  }

 private:
  void add(const std::string& text) {
    if (!text.empty()) text_.add_text(text);
  }
  void add(const MissingItem& item) {
    add(item.fact);
    add(item.label);
  }
  void add_entry(int list, CriterionId where) {
    add(missing_entry(blank_, describer_, list, where));
    for (const MissingItem& part :
         missing_parts_of_entry(blank_, describer_, list, where)) {
      add(part);
    }
    add(missing_entry(blank_, describer_, list, -1));
    for (const FactSpec& field : blank_.catalogue().lists()[at(list)].fields) {
      add(field.label);
    }
  }

  const Evaluation& blank_;
  const Describer& describer_;
  RuleText& text_;
};

}  // namespace

std::unique_ptr<FixedText> Checker::fixed_of(std::size_t index,
                                             const BoundRule& bound) const {
  const Rule& rule = *rules_[index].rule;
  const Record empty = Record::empty(engine_.catalogue());
  Evaluation blank(rule, bound.binding, empty, engine_.catalogue(),
                   engine_.rulesets().bank_holidays(), as_of_, nullptr);
  auto fixed = std::make_unique<FixedText>();
  const Describer describer(rule, engine_.catalogue(), &bound.binding);
  for (std::size_t i = 0; i < rule.tree.criteria.size(); ++i) {
    fixed->labels.push_back(describer.label(static_cast<CriterionId>(i)));
  }
  fixed->reasons = Reasons::of_rule(
      blank, describer, bound.in_force.status == RuleInForce::Status::closed);
  const Decision start = started(index);
  auto text = std::make_shared<RuleText>();
  text->rule = start.rule;
  text->title = start.title;
  text->kind = start.kind;
  if (const Edition* edition = bound.in_force.edition()) {
    text->edition = edition->id;
  }
  text->parameters = parameters_of(bound, rule);
  text->lines = fixed->reasons.lines();
  const MissingItem authority = authority_asked(index);
  Words(blank, describer, *text).add_all(authority);
  fixed->text = std::move(text);
  return fixed;
}

}  // namespace sendcheck
