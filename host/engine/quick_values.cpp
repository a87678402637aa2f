// Values that can be worked out exactly where every fact is stated.
#include "engine/quick_builder.hpp"

namespace sendcheck {

bool QuickRuleBuilder::make_value(ValueId id) {
  QuickValue& quick = quick_.values_[at(id)];
  if (is_value_made_[at(id)]) return quick.kind != QuickValue::Kind::general;
  is_value_made_[at(id)] = true;
  const ValueNode& here = value_node(id);
  Reads reads;
  read_value(id, reads);
  quick.of = here.type.kind;
  if (const auto value = fixed(id)) {
    quick.kind = QuickValue::Kind::constant;
    quick.constant = *value;
    return true;
  }
  quick.blank = guard_value(id, reads);
  QuickValue made = quick;
  if (!make_known_value(here, made)) return false;
  quick = made;
  return true;
}

bool QuickRuleBuilder::make_known_value(const ValueNode& here,
                                        QuickValue& quick) {
  using ValueKind = QuickValue::Kind;
  quick.parts = add_parts(here.arguments);
  switch (here.op) {
    case ValueOp::fact:
      quick.kind = ValueKind::fact;
      quick.slot = static_cast<std::int16_t>(here.slot);
      return !catalogue_.scalars()[at(here.slot)].open;
    case ValueOp::item:
      quick.kind = ValueKind::item;
      quick.list = static_cast<std::int16_t>(here.list);
      quick.slot = static_cast<std::int16_t>(here.slot);
      return true;
    case ValueOp::add:
    case ValueOp::subtract:
    case ValueOp::multiply:
      if (here.type.kind == Value::Kind::date) return false;
      quick.kind = here.op == ValueOp::add        ? ValueKind::add
                   : here.op == ValueOp::subtract ? ValueKind::subtract
                                                  : ValueKind::multiply;
      return make_value(here.arguments[0]) && make_value(here.arguments[1]);
    case ValueOp::sum: {
      Reads inner;
      read(here.where, inner);
      read_value(here.arguments[0], inner);
      if (!inner.lists.empty() || inner.only_general) return false;
      quick.kind = ValueKind::sum;
      quick.list = static_cast<std::int16_t>(here.slot);
      quick.where = here.where;
      const FactSpec& spec = catalogue_.lists()[at(here.slot)];
      quick.may_hold_more = spec.open;
      if (here.where >= 0) make(here.where);
      return make_value(here.arguments[0]);
    }
    case ValueOp::choose:
      quick.kind = ValueKind::choose;
      quick.conditions = add_parts(here.conditions);
      for (std::size_t i = 0; i < here.arguments.size(); ++i) {
        if (here.conditions[i] >= 0) make(here.conditions[i]);
        make_value(here.arguments[i]);
      }
      return true;
    default:
      return false;
  }
}

}  // namespace sendcheck
