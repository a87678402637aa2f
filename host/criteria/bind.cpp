#include <algorithm>
#include <optional>

#include "criteria/decisions.hpp"
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

// The one value of a constant or a parameter; unknown where it is neither, or not given.
Value fixed_value(const Tree& tree, const Binding& binding, ValueId id) {
  const ValueNode& node = tree.values[at(id)];
  if (node.op == ValueOp::constant) return node.constant;
  if (node.op == ValueOp::parameter && !node.type.is_list) {
    return binding.values[at(id)].scalar;
  }
  return {};
}

// How dear a criterion is to evaluate, roughly, in plain comparisons.
int cost_of(const Tree& tree, CriterionId criterion);

int cost_of_value(const Tree& tree, ValueId value) {
  const ValueNode& node = tree.values[at(value)];
  switch (node.op) {
    case ValueOp::constant:
    case ValueOp::fact:
    case ValueOp::item:
    case ValueOp::parameter:
    case ValueOp::as_of:
      return 0;
    case ValueOp::compute:
      return 10'000;
    default:
      break;
  }
  int cost = node.where < 0 ? 4 : 8 + 3 * cost_of(tree, node.where);
  for (ValueId argument : node.arguments) {
    cost += cost_of_value(tree, argument);
  }
  for (CriterionId condition : node.conditions) {
    if (condition >= 0) cost += cost_of(tree, condition);
  }
  return cost;
}

int cost_of(const Tree& tree, CriterionId criterion) {
  const CriterionNode& node = tree.criteria[at(criterion)];
  int cost = node.op == CriterionOp::test ? 10'000 : 1;
  for (ValueId value : node.values) cost += cost_of_value(tree, value);
  const int entries = node.list >= 0 ? 3 : 1;
  for (CriterionId child : node.children) {
    cost += entries * cost_of(tree, child);
  }
  return cost;
}

// What a comparison is with; nothing when it takes estimates.
std::optional<std::vector<Value>> operands_of(const Tree& tree,
                                              const Binding& binding,
                                              const CriterionNode& node) {
  std::vector<Value> operands;
  for (std::size_t i = 1; i < node.values.size(); ++i) {
    const ValueId id = node.values[i];
    const ValueNode& right = tree.values[at(id)];
    if (right.op == ValueOp::parameter && right.type.is_list) {
      const auto& listed = binding.values[at(id)].list;
      operands.insert(operands.end(), listed.begin(), listed.end());
      continue;
    }
    const Value value = fixed_value(tree, binding, id);
    if (!value.is_known()) return std::nullopt;
    operands.push_back(value);
  }
  return operands;
}

void make_quick(const Tree& tree, const Catalogue& catalogue,
                const CriterionNode& node, Binding& binding) {
  using Quick = Binding::Quick;
  Quick& quick = binding.quick.emplace_back();
  quick.op = node.op;
  if (node.values.empty()) {
    quick.first = static_cast<std::uint32_t>(binding.children.size());
    quick.count = static_cast<std::uint32_t>(node.children.size());
    // The cheapest first: which child settles a combination does not change how it is settled.
    std::vector<CriterionId> children = node.children;
    std::stable_sort(children.begin(), children.end(),
                     [&](CriterionId a, CriterionId b) {
                       return cost_of(tree, a) < cost_of(tree, b);
                     });
    binding.children.insert(binding.children.end(), children.begin(),
                            children.end());
    return;
  }
  const ValueNode& left = tree.values[at(node.values[0])];
  const bool is_fact = left.op == ValueOp::fact;
  // What is stated so far may be added to: that takes bounds.
  if ((!is_fact && left.op != ValueOp::item) || left.is_open) return;
  if (!is_fact && node.op == CriterionOp::is_known) return;
  const auto operands = operands_of(tree, binding, node);
  if (!operands) return;
  const FactSpec& spec =
      is_fact ? catalogue.scalars()[at(left.slot)]
              : catalogue.lists()[at(left.list)].fields[at(left.slot)];
  const bool orders =
      node.op != CriterionOp::is && node.op != CriterionOp::is_not &&
      node.op != CriterionOp::is_one_of && node.op != CriterionOp::is_known;
  if (orders && left.type.codes >= 0) {
    const auto& codes = catalogue.code_lists()[at(left.type.codes)].codes;
    for (const Value& operand : *operands) {
      // The other side is no code, or stands outside the order.
      if (operand.code() < 0 || codes[at(operand.code())].outside_order) return;
    }
    for (const CodeValue& code : codes) {
      quick.order_has_outside = quick.order_has_outside || code.outside_order;
    }
  }
  quick.of = is_fact ? Quick::Of::fact : Quick::Of::item;
  quick.codes = left.type.codes;
  quick.slot = left.slot;
  quick.list = left.list;
  quick.unknown_without_bounds = spec.type == FactType::boolean ||
                                 spec.type == FactType::code ||
                                 spec.type == FactType::text;
  quick.first = static_cast<std::uint32_t>(binding.operands.size());
  quick.count = static_cast<std::uint32_t>(operands->size());
  binding.operands.insert(binding.operands.end(), operands->begin(),
                          operands->end());
}

Binding::LookUp look_up_of(const Tree& tree, const Catalogue& catalogue,
                           const ValueNode& node, const Table& table) {
  Binding::LookUp found;
  for (std::size_t k = 0; k < node.keys.size(); ++k) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const ColumnSpec& column = table.columns[c];
      if (column.role == ColumnSpec::Role::value || column.of != node.keys[k]) {
        continue;
      }
      found.asks.push_back(
          {k, c,
           column.role == ColumnSpec::Role::key    ? CriterionOp::is
           : column.role == ColumnSpec::Role::from ? CriterionOp::at_least
                                                   : CriterionOp::at_most});
    }
  }
  for (const auto& row : table.rows) {
    std::vector<Value>& cells = found.rows.emplace_back();
    for (const Binding::LookUp::Ask& ask : found.asks) {
      Value cell = row[ask.column];
      const ValueType& type = tree.values[at(node.arguments[ask.key])].type;
      if (cell.is_known() && type.codes >= 0) {
        // The table writes the code; the fact holds its position.
        cell = Value::code(
            catalogue.code_lists()[at(type.codes)].find(cell.text()));
      }
      cells.push_back(cell);
    }
  }
  return found;
}

// Which facts each criterion reads, with all that is below it.
class Reads {
 public:
  Reads(const Tree& tree, const Catalogue& catalogue, Binding& binding)
      : tree_(tree), binding_(binding) {
    const std::size_t facts =
        catalogue.scalars().size() + catalogue.lists().size();
    binding.scalars_read = catalogue.scalars().size();
    binding.words_read = (facts + 63) / 64;
    binding.reads.assign(tree.criteria.size() * binding.words_read, 0);
    done_.resize(tree.criteria.size());
  }

  void find() {
    for (std::size_t id = 0; id < tree_.criteria.size(); ++id) {
      of_criterion(static_cast<CriterionId>(id));
    }
  }

 private:
  using Words = std::uint64_t*;

  Words words(CriterionId id) {
    return binding_.reads.data() + at(id) * binding_.words_read;
  }
  void add(Words to, std::size_t bit) {
    to[bit / 64] |= std::uint64_t{1} << bit % 64;
  }
  void add_scalar(Words to, int slot) { add(to, at(slot)); }
  void add_list(Words to, int slot) {
    add(to, binding_.scalars_read + at(slot));
  }
  void add_all(Words to) {
    for (std::size_t i = 0; i < binding_.words_read; ++i) to[i] = ~0ull;
  }
  void add_criterion(Words to, CriterionId id) {
    if (id < 0) return;
    of_criterion(id);
    for (std::size_t i = 0; i < binding_.words_read; ++i) to[i] |= words(id)[i];
  }

  void of_criterion(CriterionId id) {
    if (done_[at(id)]) return;
    done_[at(id)] = true;
    const CriterionNode& node = tree_.criteria[at(id)];
    const Words to = words(id);
    // What a function reads shows only when it runs.
    if (node.op == CriterionOp::test) add_all(to);
    if (node.list >= 0) add_list(to, node.list);
    for (ValueId value : node.values) add_value(to, value);
    for (CriterionId child : node.children) add_criterion(to, child);
  }

  void add_value(Words to, ValueId id) {
    const ValueNode& node = tree_.values[at(id)];
    switch (node.op) {
      case ValueOp::fact:
        add_scalar(to, node.slot);
        break;
      case ValueOp::item:
        add_list(to, node.list);
        break;
      case ValueOp::count:
      case ValueOp::sum:
      case ValueOp::max_of:
      case ValueOp::min_of:
        add_list(to, node.slot);
        break;
      case ValueOp::compute:
        add_all(to);
        break;
      default:
        break;
    }
    add_criterion(to, node.where);
    for (ValueId argument : node.arguments) add_value(to, argument);
    for (CriterionId condition : node.conditions) add_criterion(to, condition);
  }

  const Tree& tree_;
  Binding& binding_;
  std::vector<bool> done_;
};

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
  binding.look_ups.resize(tree.values.size());
  for (std::size_t id = 0; id < tree.values.size(); ++id) {
    const ValueNode& node = tree.values[id];
    if (node.op != ValueOp::look_up || !parameters[at(node.parameter)] ||
        !parameters[at(node.parameter)]->value.table) {
      continue;
    }
    binding.look_ups[id] = look_up_of(
        tree, catalogue, node, *parameters[at(node.parameter)]->value.table);
  }
  bind_decisions(tree, catalogue, rule.parameters, binding);
  binding.unconfirmed_by.resize(tree.criteria.size(), -1);
  for (std::size_t id = 0; id < tree.criteria.size(); ++id) {
    const CriterionNode& node = tree.criteria[id];
    int& by = binding.unconfirmed_by[id];
    for (ValueId value : node.values) {
      if (by < 0) by = unconfirmed_of(tree, binding, value);
    }
    make_quick(tree, catalogue, node, binding);
    binding.quick.back().unconfirmed = !node.unconfirmed.empty() || by >= 0;
  }
  Reads(tree, catalogue, binding).find();
  return binding;
}

}  // namespace sendcheck
