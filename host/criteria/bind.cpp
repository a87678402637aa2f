#include "criteria/evaluation.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// The parameter that a value rests on and whose source is not confirmed; -1 when there is none. Criteria inside it speak for themselves.
int unconfirmed_of(const Tree& tree, const Binding& binding, ValueId id) {
  const ValueNode& node = tree.values[at(id)];
  const int own = node.op == ValueOp::parameter ? node.slot : node.parameter;
  if (own >= 0 && binding.parameters[at(own)] &&
      binding.parameters[at(own)]->unconfirmed) {
    return own;
  }
  for (ValueId argument : node.arguments) {
    const int found = unconfirmed_of(tree, binding, argument);
    if (found >= 0) return found;
  }
  return -1;
}

}  // namespace

Binding bind_parameters(
    const Rule& rule, const Catalogue& catalogue,
    const std::vector<const EffectiveParameter*>& parameters) {
  Binding binding;
  binding.parameters = parameters;
  const Tree& tree = rule.tree;
  binding.values.resize(tree.values.size());
  for (std::size_t id = 0; id < tree.values.size(); ++id) {
    const ValueNode& node = tree.values[id];
    if (node.op != ValueOp::parameter || !parameters[at(node.slot)]) continue;
    const ParameterValue& given = parameters[at(node.slot)]->value;
    const auto fit = [&](const Value& value) {
      if (node.type.codes < 0 || value.kind() != Value::Kind::text) {
        return value;
      }
      // A text that is no code of the fact's list matches nothing: position -1.
      return Value::code(
          catalogue.code_lists()[at(node.type.codes)].find(value.text()));
    };
    binding.values[id].scalar = fit(given.scalar);
    for (const Value& value : given.list) {
      binding.values[id].list.push_back(fit(value));
    }
  }
  binding.is_unconfirmed.resize(tree.criteria.size());
  binding.unconfirmed_by.resize(tree.criteria.size(), -1);
  for (std::size_t id = 0; id < tree.criteria.size(); ++id) {
    const CriterionNode& node = tree.criteria[id];
    int& by = binding.unconfirmed_by[id];
    for (ValueId value : node.values) {
      if (by < 0) by = unconfirmed_of(tree, binding, value);
    }
    binding.is_unconfirmed[id] = !node.unconfirmed.empty() || by >= 0;
  }
  return binding;
}

}  // namespace sendcheck
