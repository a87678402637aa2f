// Criteria that need no estimates once a fact is stated.
#include "base/date.hpp"
#include "engine/quick_builder.hpp"

namespace sendcheck {

bool QuickRuleBuilder::make_leaf(CriterionId id, QuickCriterion& quick) {
  const CriterionNode& here = node(id);
  if (here.values.empty()) return false;
  const ValueNode& left = value_node(here.values[0]);
  if (here.op == CriterionOp::is_known && left.op == ValueOp::count &&
      left.where < 0 && left.field < 0) {
    // A number is known where it is said what all there is.
    const FactSpec& spec = catalogue_.lists()[at(left.slot)];
    const auto absent = ask(id, blank_);
    const auto stated = ask(id, with_empty_list(left.slot));
    if (spec.open || !absent || !stated || stated->of(true) != Truth::met ||
        stated->of(false) != Truth::met) {
      return false;
    }
    quick.kind = Kind::listed;
    quick.list = static_cast<std::int16_t>(left.slot);
    quick.unstated = *absent;
    return true;
  }
  const bool is_age =
      left.op == ValueOp::age_on || left.op == ValueOp::months_old_on;
  const ValueNode& fact = is_age ? value_node(left.arguments[0]) : left;
  if (fact.op != ValueOp::fact && fact.op != ValueOp::item) return false;
  const int list = fact.op == ValueOp::fact ? -1 : fact.list;
  const FactSpec& spec = spec_of(list, fact.slot);
  if (spec.open || spec.absence == Absence::not_yet) return false;
  const auto unstated = ask(id, blank_, list, -1);
  if (!unstated) return false;
  QuickCriterion leaf = quick;
  leaf.list = static_cast<std::int16_t>(list);
  leaf.slot = static_cast<std::int16_t>(fact.slot);
  leaf.unstated = *unstated;
  const bool made = is_age                             ? make_age(here, leaf)
                    : here.op == CriterionOp::is_known ? make_known(leaf)
                    : left.type.kind == Value::Kind::text
                        ? make_text(here, leaf)
                        : make_order(here, leaf);
  if (made) quick = leaf;
  return made;
}

bool QuickRuleBuilder::make_known(QuickCriterion& leaf) {
  leaf.kind = Kind::known;
  return true;
}

bool QuickRuleBuilder::make_text(const CriterionNode& here,
                                 QuickCriterion& leaf) {
  if (here.op != CriterionOp::is && here.op != CriterionOp::is_not &&
      here.op != CriterionOp::is_one_of) {
    return false;
  }
  std::vector<std::string_view> texts;
  for (std::size_t i = 1; i < here.values.size(); ++i) {
    const ValueId id = here.values[i];
    if (value_node(id).type.is_list) {
      for (const Value& value : binding_.values[at(id)].list) {
        texts.push_back(value.text());
      }
      continue;
    }
    const auto value = fixed(id);
    if (!value || value->kind() != Value::Kind::text) return false;
    texts.push_back(value->text());
  }
  leaf.kind = Kind::text;
  leaf.parts = added(quick_.texts_, texts);
  return true;
}

bool QuickRuleBuilder::make_order(const CriterionNode& here,
                                  QuickCriterion& leaf) {
  switch (here.op) {
    case CriterionOp::is:
    case CriterionOp::is_not:
    case CriterionOp::at_least:
    case CriterionOp::at_most:
    case CriterionOp::above:
    case CriterionOp::below:
    case CriterionOp::between:
      break;
    default:
      return false;
  }
  const Value::Kind kind = value_node(here.values[0]).type.kind;
  if (kind != Value::Kind::number && kind != Value::Kind::money &&
      kind != Value::Kind::date) {
    return false;
  }
  std::vector<Value> ends;
  for (std::size_t i = 1; i < here.values.size(); ++i) {
    const auto value = fixed(here.values[i]);
    // An amount and a number would have to be put on one footing each time.
    if (!value || value->kind() != kind) return false;
    ends.push_back(*value);
  }
  leaf.kind = Kind::order;
  leaf.parts = added(quick_.ends_, ends);
  return true;
}

bool QuickRuleBuilder::make_age(const CriterionNode& here,
                                QuickCriterion& leaf) {
  const ValueNode& age = value_node(here.values[0]);
  const auto on = fixed(age.arguments[1]);
  const auto limit =
      here.values.size() == 2 ? fixed(here.values[1]) : std::nullopt;
  if (!on || !limit || on->kind() != Value::Kind::date ||
      limit->kind() != Value::Kind::number || !limit->number().is_whole()) {
    return false;
  }
  const std::int64_t n = limit->number().numerator();
  if (n < 0 || n > 2000) return false;
  const bool in_years = age.op == ValueOp::age_on;
  const auto last_birth = [&](int least) {
    const Date day = on->date();
    const auto reached = [&](Date birth) {
      return (in_years ? age_in_years(birth, day)
                       : age_in_months(birth, day)) >= least;
    };
    Date birth = add_months(day, in_years ? -12 * least : -least);
    while (!reached(birth)) birth = birth - 1;
    while (reached(birth + 1)) birth = birth + 1;
    return Value::of(birth);
  };
  const int whole = static_cast<int>(n);
  Value end;
  switch (here.op) {
    case CriterionOp::at_least:
      leaf.op = CriterionOp::at_most;
      end = last_birth(whole);
      break;
    case CriterionOp::above:
      leaf.op = CriterionOp::at_most;
      end = last_birth(whole + 1);
      break;
    case CriterionOp::at_most:
      leaf.op = CriterionOp::above;
      end = last_birth(whole + 1);
      break;
    case CriterionOp::below:
      leaf.op = CriterionOp::above;
      end = last_birth(whole);
      break;
    default:
      return false;
  }
  leaf.kind = Kind::order;
  leaf.parts = added(quick_.ends_, {end});
  return true;
}

void QuickRuleBuilder::make_any_item(const CriterionNode& here,
                                     QuickCriterion& quick) {
  const CriterionId where = here.children.front();
  Reads inner;
  read(where, inner);
  const FactSpec& spec = catalogue_.lists()[at(here.list)];
  // Lists within lists are left to Evaluation.
  const bool own_fields_only =
      inner.scalars.empty() && inner.lists.empty() && !inner.only_general;
  const auto more = ask(where, blank_, here.list, -1);
  quick.is_pure = false;
  if (!own_fields_only || !more) return;
  quick.kind = Kind::any_item;
  quick.list = static_cast<std::int16_t>(here.list);
  quick.parts = add_parts({where});
  quick.may_hold_more = here.open || spec.open;
  quick.unstated = *more;
  quick.is_pure = make(where);
}

void QuickRuleBuilder::make_computed(const CriterionNode& here,
                                     QuickCriterion& quick) {
  switch (here.op) {
    case CriterionOp::is:
    case CriterionOp::is_not:
    case CriterionOp::at_least:
    case CriterionOp::at_most:
    case CriterionOp::above:
    case CriterionOp::below:
      break;
    default:
      return;
  }
  for (std::size_t i = 0; i < 2; ++i) {
    const ValueId id = here.values[i];
    if (value_node(id).type.kind == Value::Kind::code ||
        value_node(id).type.kind == Value::Kind::text || !make_value(id)) {
      return;
    }
  }
  quick.parts = add_parts({here.values[0], here.values[1]});
  quick.kind = Kind::computed;
}

}  // namespace sendcheck
