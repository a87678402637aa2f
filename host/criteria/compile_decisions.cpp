// Values that decision tables give.
#include <set>

#include "base/text.hpp"
#include "criteria/compiler.hpp"
#include "domain/decision_table.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

using Kind = Value::Kind;

}  // namespace

// Needs the arguments compiled, and the keys.
void Compiler::compile_decision(const DraftValue& draft, ValueNode& node,
                                const ParameterSpec& spec) {
  const DecisionSpec& decision = *spec.decision;
  node.op = ValueOp::decide;
  node.field = decision.output(draft.field);
  if (node.field < 0) {
    std::vector<std::string> outputs;
    for (const DecisionOutput& output : decision.outputs) {
      outputs.push_back(output.name);
    }
    fail(draft.line, "rules.unknown_column",
         "\"" + draft.name + "\" has no output \"" + draft.field +
             "\"; it has " + join_in_words(outputs));
    return;
  }
  node.type.kind = decision.aggregator == Aggregator::count
                       ? Kind::number
                       : kind_of(decision.outputs[at(node.field)].type);
  node.type.is_list = decision.gives_list();
  std::set<std::string> inputs;
  for (const DecisionInput& input : decision.inputs) inputs.insert(input.name);
  if (std::set<std::string>(node.keys.begin(), node.keys.end()) != inputs) {
    fail(draft.line, "rules.unknown_column",
         "\"" + draft.name + "\" is looked up by " +
             join_in_words({inputs.begin(), inputs.end()}) +
             "; give each of these and no other");
    return;
  }
  for (std::size_t k = 0; k < node.keys.size(); ++k) {
    const DecisionInput& input =
        decision.inputs[at(decision.input(node.keys[k]))];
    const ValueType key = type(node.arguments[k]);
    const Kind wanted = kind_of(input.type);
    if (key.is_list ||
        (key.kind != wanted && !(key.codes >= 0 && wanted == Kind::text))) {
      wrong_operands(draft.line, "look up", key, {wanted, -1, false});
    }
  }
}

// How many there are in a list, their sum, and whether one is among them.
void Compiler::compile_list_use(const DraftValue& draft, ValueNode& node,
                                int list) {
  const std::string label = node.label;
  const ValueId from = compile_value(draft.arguments[0], list);
  if (failure_) return;
  const ValueType listed = type(from);
  if (value(from).op != ValueOp::decide || !listed.is_list ||
      draft.where >= 0 || !draft.field.empty()) {
    fail(draft.line, "rules.type",
         "a list is what look_up gives of a decision table with the hit "
         "policy rule_order, output_order or collect; found " +
             kind_in_words(listed));
    return;
  }
  node = value(from);
  node.label = label;
  node.type = {listed.kind, -1, false};
  if (draft.op == ValueOp::count) {
    node.op = ValueOp::list_count;
    node.type.kind = Kind::number;
    return;
  }
  if (draft.op == ValueOp::sum) {
    node.op = ValueOp::list_sum;
    if (listed.kind != Kind::number && listed.kind != Kind::money) {
      fail(draft.line, "rules.type",
           "sum adds numbers or amounts, not " +
               kind_in_words({listed.kind, -1, false}));
    }
    return;
  }
  node.op = ValueOp::list_includes;
  node.type.kind = Kind::boolean;
  const ValueId sought = compile_value(draft.arguments[1], list);
  if (failure_) return;
  const ValueType looked_for = type(sought);
  const bool is_code = looked_for.codes >= 0 && listed.kind == Kind::text;
  if ((looked_for.kind != listed.kind && !is_code) || looked_for.is_list) {
    wrong_operands(draft.line, "look for", looked_for,
                   {listed.kind, -1, false});
  }
  node.arguments.push_back(sought);
  const ValueNode& wanted = value(sought);
  if (!value(from).label.empty() && wanted.constant.kind() == Kind::text) {
    node.label =
        value(from).label + " include " + std::string(wanted.constant.text());
  }
}

}  // namespace sendcheck
