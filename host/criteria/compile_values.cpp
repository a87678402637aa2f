#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "criteria/compiler.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

using Kind = Value::Kind;

}  // namespace

ValueId Compiler::compile_value(ValueId draft_id, int list) {
  ValueNode node;
  if (failure_ || draft_id < 0) return keep(node);
  const DraftValue& draft = draft_.values[at(draft_id)];
  node.op = draft.op;
  node.label = draft.label;
  node.function = draft.function;
  if (!is_complete(draft)) return keep(std::move(node));
  switch (draft.op) {
    case ValueOp::constant:
      compile_constant(draft, node);
      break;
    case ValueOp::fact: {
      const auto ref = catalogue_.find(draft.name);
      if (!ref) {
        unknown_fact(draft.name, draft.line);
      } else if (ref->is_list) {
        fail(draft.line, "rules.list_as_value",
             "\"" + draft.name +
                 "\" is a list: use any_item, count, sum, latest ...");
      } else {
        const FactSpec& spec = catalogue_.spec(*ref);
        node.slot = ref->slot;
        node.type = {kind_of(spec.type), spec.codes, false};
        node.is_open = spec.open && spec.type != FactType::code;
      }
      break;
    }
    case ValueOp::parameter:
      node.slot = parameter_index(draft.name, draft.line);
      if (node.slot >= 0) {
        const ParameterSpec& spec = parameters_[at(node.slot)];
        node.type = {kind_of(spec.type), -1, spec.is_list};
        if (node.type.kind == Kind::unknown) {
          fail(draft.line, "rules.type",
               "\"" + draft.name +
                   "\" is a table: read it with look_up or "
                   "next_date");
        }
      }
      break;
    case ValueOp::item:
      if (list < 0) {
        fail(draft.line, "rules.item_outside_list",
             "item \"" + draft.name +
                 "\" stands outside any_item, every_item, count, sum ...");
        break;
      }
      node.list = list;
      node.slot = field_of(list, draft.name, draft.line);
      if (node.slot >= 0) {
        const FactSpec& spec =
            catalogue_.lists()[at(list)].fields[at(node.slot)];
        node.type = {kind_of(spec.type), spec.codes, false};
      }
      break;
    case ValueOp::as_of:
      node.type.kind = Kind::date;
      break;
    case ValueOp::add:
    case ValueOp::subtract:
    case ValueOp::multiply:
    case ValueOp::divide:
      compile_arithmetic(draft, node, list);
      break;
    case ValueOp::lowest:
    case ValueOp::highest:
      compile_extremes(draft, node, list);
      break;
    case ValueOp::count:
    case ValueOp::sum:
    case ValueOp::max_of:
    case ValueOp::min_of:
      if (draft.name.empty() && !draft.arguments.empty()) {
        compile_list_use(draft, node, list);
      } else {
        compile_list_value(draft, node);
      }
      break;
    case ValueOp::list_includes:
      compile_list_use(draft, node, list);
      break;
    case ValueOp::choose:
      compile_choose(draft, node, list);
      break;
    case ValueOp::look_up:
    case ValueOp::next_date:
      compile_table_value(draft, node, list);
      break;
    case ValueOp::compute:
      // What Lua gives back is checked when it does.
      node.type.kind = Kind::number;
      break;
    default:
      compile_dates(draft, node, list);
      break;
  }
  if (draft.op == ValueOp::compute && !draft.name.empty()) {
    node.type.kind = draft.name == "money"   ? Kind::money
                     : draft.name == "date"  ? Kind::date
                     : draft.name == "text"  ? Kind::text
                     : draft.name == "truth" ? Kind::boolean
                                             : Kind::number;
  }
  return keep(std::move(node));
}

// So many operands, or the message for the script's author.
bool Compiler::is_complete(const DraftValue& draft) {
  std::size_t least = 0;
  const char* wanted = "";
  switch (draft.op) {
    case ValueOp::add:
    case ValueOp::subtract:
    case ValueOp::multiply:
    case ValueOp::divide:
      least = 2;
      wanted = "an arithmetic operator needs two values";
      break;
    case ValueOp::lowest:
    case ValueOp::highest:
      least = 1;
      wanted = "lowest and highest need a value";
      break;
    case ValueOp::sum:
      least = 1;
      wanted = "sum needs a value to add up";
      break;
    case ValueOp::choose:
      least = 1;
      wanted = "choose needs a when";
      break;
    case ValueOp::next_date:
      least = 1;
      wanted = "next_date needs a date to start from";
      break;
    default:
      break;
  }
  const bool each_has_its_own =
      draft.op != ValueOp::choose ||
      draft.conditions.size() == draft.arguments.size();
  if (draft.op == ValueOp::compute && draft.function < 0) {
    fail(draft.line, "rules.incomplete", "compute needs a function");
  } else if (draft.arguments.size() < least || !each_has_its_own) {
    fail(draft.line, "rules.incomplete", wanted);
  } else if (draft.op == ValueOp::look_up &&
             draft.arguments.size() != draft.keys.size()) {
    fail(draft.line, "rules.incomplete",
         "look_up needs a value for each of its keys");
  }
  return !failure_;
}

void Compiler::compile_constant(const DraftValue& draft, ValueNode& node) {
  if (const bool* truth = std::get_if<bool>(&draft.literal)) {
    node.type.kind = Kind::boolean;
    node.constant = Value::of(*truth);
  } else if (const Number* number = std::get_if<Number>(&draft.literal)) {
    node.type.kind = Kind::number;
    node.constant = Value::of(*number);
  } else if (const Money* money = std::get_if<Money>(&draft.literal)) {
    node.type.kind = Kind::money;
    node.constant = Value::of(*money);
  } else if (const Date* date = std::get_if<Date>(&draft.literal)) {
    node.type.kind = Kind::date;
    node.constant = Value::of(*date);
  } else {
    node.type.kind = Kind::text;
    node.constant = Value::text(
        rule_.tree.texts.keep(std::get<std::string>(draft.literal)));
  }
}

void Compiler::wrong_operands(int line, const std::string& verb,
                              const ValueType& a, const ValueType& b) {
  std::string hint;
  if ((a.kind == Kind::money) != (b.kind == Kind::money) &&
      (a.kind == Kind::number || b.kind == Kind::number)) {
    hint = "; write an amount as pounds \"6000.00\"";
  }
  fail(line, "rules.type",
       "cannot " + verb + " " + kind_in_words(a) + " and " + kind_in_words(b) +
           hint);
}

void Compiler::compile_arithmetic(const DraftValue& draft, ValueNode& node,
                                  int list) {
  for (ValueId argument : draft.arguments) {
    node.arguments.push_back(compile_value(argument, list));
  }
  if (failure_) return;
  const ValueType a = type(node.arguments[0]), b = type(node.arguments[1]);
  const auto is = [&](Kind x, Kind y) { return a.kind == x && b.kind == y; };
  Kind kind = Kind::unknown;
  const bool sum = draft.op == ValueOp::add || draft.op == ValueOp::subtract;
  if (is(Kind::number, Kind::number)) kind = Kind::number;
  if (sum && is(Kind::money, Kind::money)) kind = Kind::money;
  if (draft.op == ValueOp::multiply &&
      (is(Kind::money, Kind::number) || is(Kind::number, Kind::money))) {
    kind = Kind::money;
  }
  if (draft.op == ValueOp::divide) {
    if (is(Kind::money, Kind::number)) kind = Kind::money;
    if (is(Kind::money, Kind::money)) kind = Kind::number;
  }
  if (kind == Kind::unknown || a.is_list || b.is_list) {
    wrong_operands(draft.line,
                   draft.op == ValueOp::add        ? "add"
                   : draft.op == ValueOp::subtract ? "subtract"
                   : draft.op == ValueOp::multiply ? "multiply"
                                                   : "divide",
                   a, b);
  }
  node.type.kind = kind;
}

void Compiler::compile_extremes(const DraftValue& draft, ValueNode& node,
                                int list) {
  for (ValueId argument : draft.arguments) {
    node.arguments.push_back(compile_value(argument, list));
  }
  if (failure_) return;
  node.type = type(node.arguments[0]);
  for (ValueId argument : node.arguments) {
    if (!type(argument).is_numeric() || type(argument).is_list ||
        type(argument).kind != node.type.kind) {
      wrong_operands(draft.line, "order", node.type, type(argument));
    }
  }
}

void Compiler::compile_list_value(const DraftValue& draft, ValueNode& node) {
  node.slot = list_slot(draft.name, draft.line);
  if (node.slot < 0) return;
  if (draft.where >= 0) node.where = compile_criterion(draft.where, node.slot);
  if (!draft.field.empty()) {
    node.field = field_of(node.slot, draft.field, draft.line);
    if (node.field < 0) return;
  }
  if (draft.op == ValueOp::count) {
    node.type.kind = Kind::number;
    return;
  }
  if (draft.op == ValueOp::sum) {
    node.arguments.push_back(compile_value(draft.arguments[0], node.slot));
    if (failure_) return;
    node.type = type(node.arguments[0]);
    if (node.type.kind != Kind::number && node.type.kind != Kind::money) {
      fail(draft.line, "rules.type",
           "sum adds numbers or amounts, not " + kind_in_words(node.type));
    }
    return;
  }
  if (node.field < 0) {
    fail(draft.line, "rules.incomplete",
         "name the field whose largest or smallest is meant");
    return;
  }
  const FactSpec& field =
      catalogue_.lists()[at(node.slot)].fields[at(node.field)];
  node.type = {kind_of(field.type), field.codes, false};
  if (!node.type.is_numeric()) {
    fail(draft.line, "rules.unordered",
         "\"" + field.path + "\" has no largest or smallest: it is " +
             kind_in_words(node.type));
  }
}

void Compiler::compile_choose(const DraftValue& draft, ValueNode& node,
                              int list) {
  for (std::size_t i = 0; i < draft.arguments.size(); ++i) {
    node.conditions.push_back(
        draft.conditions[i] < 0 ? -1
                                : compile_criterion(draft.conditions[i], list));
    node.arguments.push_back(compile_value(draft.arguments[i], list));
  }
  if (failure_) return;
  node.type = type(node.arguments[0]);
  for (ValueId argument : node.arguments) {
    if (type(argument) != node.type || node.type.is_list) {
      wrong_operands(draft.line, "choose between", node.type, type(argument));
    }
  }
}

void Compiler::compile_table_value(const DraftValue& draft, ValueNode& node,
                                   int list) {
  const int index = parameter_index(draft.name, draft.line);
  node.parameter = index;
  for (ValueId argument : draft.arguments) {
    node.arguments.push_back(compile_value(argument, list));
  }
  node.keys = draft.keys;
  if (failure_) return;
  const ParameterSpec& spec = parameters_[at(index)];
  if (spec.decision && draft.op == ValueOp::look_up) {
    compile_decision(draft, node, spec);
    return;
  }
  if (spec.columns.empty()) {
    fail(draft.line, "rules.type",
         "\"" + draft.name + "\" is no table or calendar");
    return;
  }
  for (std::size_t c = 0; c < spec.columns.size(); ++c) {
    if (spec.columns[c].name == draft.field) {
      node.field = static_cast<int>(c);
      node.type.kind = kind_of(spec.columns[c].type);
    }
  }
  std::set<std::string> keys;
  std::vector<std::string> columns;
  for (const ColumnSpec& column : spec.columns) {
    columns.push_back(column.name);
    if (column.role != ColumnSpec::Role::value) keys.insert(column.of);
  }
  if (node.field < 0) {
    fail(draft.line, "rules.unknown_column",
         "\"" + draft.name + "\" has no column \"" + draft.field +
             "\"; it has " + join_in_words(columns));
  }
  if (draft.op == ValueOp::next_date &&
      (node.type.kind != Kind::date ||
       type(node.arguments[0]).kind != Kind::date)) {
    fail(draft.line, "rules.type",
         "next_date finds a date after a date; found " +
             kind_in_words(node.type) + " after " +
             kind_in_words(type(node.arguments[0])));
  }
  if (draft.op == ValueOp::look_up &&
      std::set<std::string>(node.keys.begin(), node.keys.end()) != keys) {
    fail(draft.line, "rules.unknown_column",
         "\"" + draft.name + "\" is looked up by " +
             join_in_words({keys.begin(), keys.end()}) +
             "; give each of these and no other");
  }
  for (std::size_t k = 0; k < node.keys.size() && !failure_; ++k) {
    for (const ColumnSpec& column : spec.columns) {
      if (column.role == ColumnSpec::Role::value || column.of != node.keys[k]) {
        continue;
      }
      const ValueType key = type(node.arguments[k]);
      const Kind cell = kind_of(column.type);
      if (key.is_list ||
          (key.kind != cell && !(key.codes >= 0 && cell == Kind::text))) {
        wrong_operands(draft.line, "look up", key, {cell, -1, false});
      }
      if (column.role != ColumnSpec::Role::key && !has_order(key)) {
        fail(draft.line, "rules.unordered",
             kind_in_words(key) + " has no order: \"" + column.name +
                 "\" of \"" + draft.name +
                 "\" cannot be where it begins "
                 "or ends");
      }
    }
  }
}

void Compiler::compile_dates(const DraftValue& draft, ValueNode& node,
                             int list) {
  std::vector<Kind> wanted;
  node.type.kind = Kind::date;
  switch (draft.op) {
    case ValueOp::age_on:
    case ValueOp::months_old_on: {
      ValueNode birth;
      birth.op = ValueOp::fact;
      birth.slot = catalogue_.scalar("date_of_birth");
      if (birth.slot < 0) unknown_fact("date_of_birth", draft.line);
      birth.type.kind = Kind::date;
      node.arguments.push_back(keep(std::move(birth)));
      node.type.kind = Kind::number;
      wanted = {Kind::date, Kind::date};
      break;
    }
    case ValueOp::days_between:
      node.type.kind = Kind::number;
      wanted = {Kind::date, Kind::date};
      break;
    case ValueOp::day_before:
      wanted = {Kind::date};
      break;
    default:
      wanted = {Kind::number, Kind::date};
      break;
  }
  for (ValueId argument : draft.arguments) {
    node.arguments.push_back(compile_value(argument, list));
  }
  if (failure_) return;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (i >= node.arguments.size() ||
        type(node.arguments[i]).kind != wanted[i] ||
        type(node.arguments[i]).is_list) {
      fail(draft.line, "rules.type",
           "expected " + kind_in_words({wanted[i], -1, false}) + " and found " +
               (i < node.arguments.size()
                    ? kind_in_words(type(node.arguments[i]))
                    : std::string("nothing")));
      return;
    }
  }
}

}  // namespace sendcheck
