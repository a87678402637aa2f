// Decision tables as the values of a rule read them.
#include "criteria/decisions.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

using Kind = Value::Kind;

// Whether a number is always whole, an amount always of whole pence.
class Steps {
 public:
  Steps(const Tree& tree, const Catalogue& catalogue,
        const std::vector<ParameterSpec>& parameters)
      : tree_(tree), catalogue_(catalogue), parameters_(parameters) {}

  std::optional<Number> of(ValueId id) const {
    switch (tree_.values[at(id)].type.kind) {
      case Kind::boolean:
      case Kind::date:
        return Number(1);
      case Kind::number:
        return is_even(id) ? std::optional(Number(1)) : std::nullopt;
      case Kind::money:
        return is_even(id) ? std::optional(Number::from_reduced(1, 100))
                           : std::nullopt;
      default:
        return std::nullopt;
    }
  }

 private:
  static bool is_even_type(FactType type) {
    return type == FactType::integer || type == FactType::money;
  }

  bool are_even(const std::vector<ValueId>& ids) const {
    for (ValueId id : ids) {
      if (!is_even(id)) return false;
    }
    return true;
  }

  bool is_even(ValueId id) const {
    const ValueNode& node = tree_.values[at(id)];
    switch (node.op) {
      case ValueOp::constant:
        return node.type.kind == Kind::money ||
               node.constant.number().is_whole();
      case ValueOp::fact:
        return is_even_type(catalogue_.scalars()[at(node.slot)].type);
      case ValueOp::item:
        return is_even_type(
            catalogue_.lists()[at(node.list)].fields[at(node.slot)].type);
      case ValueOp::max_of:
      case ValueOp::min_of:
        return is_even_type(
            catalogue_.lists()[at(node.slot)].fields[at(node.field)].type);
      case ValueOp::parameter: {
        const ParameterType type = parameters_[at(node.slot)].type;
        return type == ParameterType::integer || type == ParameterType::money;
      }
      case ValueOp::count:
      case ValueOp::list_count:
      case ValueOp::age_on:
      case ValueOp::months_old_on:
      case ValueOp::days_between:
        return true;
      case ValueOp::add:
      case ValueOp::subtract:
      case ValueOp::multiply:
      case ValueOp::lowest:
      case ValueOp::highest:
      case ValueOp::choose:
      case ValueOp::sum:
        return are_even(node.arguments);
      default:
        return false;
    }
  }

  const Tree& tree_;
  const Catalogue& catalogue_;
  const std::vector<ParameterSpec>& parameters_;
};

}  // namespace

void bind_decisions(const Tree& tree, const Catalogue& catalogue,
                    const std::vector<ParameterSpec>& specs, Binding& binding) {
  binding.decides.resize(tree.values.size());
  const Steps steps(tree, catalogue, specs);
  for (std::size_t id = 0; id < tree.values.size(); ++id) {
    const ValueNode& node = tree.values[id];
    if (!is_decision(node.op)) continue;
    const EffectiveParameter* given = binding.parameters[at(node.parameter)];
    if (!given || !given->value.decision) continue;
    Binding::Decide& decide = binding.decides[id];
    decide.table = given->value.decision.get();
    decide.output = at(node.field);
    if (node.op == ValueOp::list_includes)
      decide.sought = node.arguments.back();
    const DecisionSpec& spec = decide.table->spec();
    decide.arguments.resize(spec.inputs.size());
    decide.classes_of_codes.resize(spec.inputs.size());
    for (std::size_t k = 0; k < node.keys.size(); ++k) {
      const std::size_t input = at(spec.input(node.keys[k]));
      const ValueId argument = node.arguments[k];
      decide.arguments[input] = argument;
      const int codes = tree.values[at(argument)].type.codes;
      if (codes < 0) continue;
      for (const CodeValue& code : catalogue.code_lists()[at(codes)].codes) {
        decide.classes_of_codes[input].push_back(
            decide.table->classes(input).of_text(code.code));
      }
    }
    for (ValueId argument : decide.arguments) {
      decide.steps.push_back(steps.of(argument));
    }
  }
}

}  // namespace sendcheck
