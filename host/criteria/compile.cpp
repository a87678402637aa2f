#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "criteria/tree.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

using Kind = Value::Kind;

std::string kind_in_words(const ValueType& type) {
  if (type.is_list) return "a list of values";
  switch (type.kind) {
    case Kind::boolean:
      return "true or false";
    case Kind::number:
      return "a number";
    case Kind::money:
      return "an amount of money";
    case Kind::date:
      return "a date";
    case Kind::code:
      return "a code";
    case Kind::text:
      return "a text";
    case Kind::unknown:
      break;
  }
  return "something unknown";
}

Kind kind_of(FactType type) {
  switch (type) {
    case FactType::boolean:
      return Kind::boolean;
    case FactType::integer:
    case FactType::decimal:
      return Kind::number;
    case FactType::money:
      return Kind::money;
    case FactType::date:
      return Kind::date;
    case FactType::code:
      return Kind::code;
    case FactType::text:
      return Kind::text;
    case FactType::list:
      break;
  }
  return Kind::unknown;
}

Kind kind_of(ParameterType type) {
  switch (type) {
    case ParameterType::boolean:
      return Kind::boolean;
    case ParameterType::integer:
    case ParameterType::decimal:
    case ParameterType::month_day:
      return Kind::number;
    case ParameterType::money:
      return Kind::money;
    case ParameterType::date:
      return Kind::date;
    case ParameterType::code:
    case ParameterType::text:
      return Kind::text;
    case ParameterType::table:
    case ParameterType::calendar:
      break;
  }
  return Kind::unknown;
}

const std::set<std::string>& periods() {
  static const std::set<std::string> names = {
      "year", "financial_year", "term",    "month",
      "week", "hour",           "one_off", "period"};
  return names;
}

// Compiles one draft. Every failure is kept as the first one met: the script's line says where.
class Compiler {
 public:
  Compiler(const DraftRule& draft, const Catalogue& catalogue,
           const std::vector<ParameterSpec>& parameters)
      : draft_(draft), catalogue_(catalogue), parameters_(parameters) {}

  Result<Rule> run() {
    rule_.id = draft_.id;
    rule_.title = draft_.title;
    rule_.source = draft_.source;
    rule_.parameters = parameters_;
    rule_.on_met_refer_to = draft_.on_met_refer_to;
    rule_.refer_to = draft_.refer_to;
    if (draft_.id.empty() || draft_.title.empty() || draft_.met_when < 0) {
      fail(0, "rules.incomplete",
           "a rule needs an id, a title and met_when; rule { id = ..., title "
           "= ..., met_when = ... }");
    }
    rule_.applies_when = top(draft_.applies_when);
    rule_.met_when = top(draft_.met_when);
    rule_.refer_when = top(draft_.refer_when);
    for (const DraftPayment& payment : draft_.payments)
      compile_payment(payment);
    if (draft_.has_deadline) compile_deadline();
    for (const auto& [outcome, actions] : draft_.actions) {
      for (const DraftAction& action : actions) {
        rule_.actions[outcome].push_back(
            {action.text, action.to,
             optional_value(action.to_value, Kind::text),
             optional_value(action.by, Kind::date), top(action.when)});
      }
    }
    if (failure_) return unexpected(*failure_);
    collect_facts();
    return std::move(rule_);
  }

 private:
  void fail(int line, std::string id, std::string message) {
    if (!failure_) {
      failure_ = Error{std::move(id), std::move(message), {"", line, 0, ""}};
    }
  }

  ValueNode& value(ValueId id) { return rule_.tree.values[at(id)]; }
  const ValueType& type(ValueId id) { return value(id).type; }

  ValueId keep(ValueNode node) {
    rule_.tree.values.push_back(std::move(node));
    return static_cast<ValueId>(rule_.tree.values.size()) - 1;
  }
  CriterionId keep(CriterionNode node) {
    rule_.tree.criteria.push_back(std::move(node));
    return static_cast<CriterionId>(rule_.tree.criteria.size()) - 1;
  }

  CriterionId top(CriterionId draft) {
    return draft < 0 ? -1 : compile_criterion(draft, -1);
  }

  ValueId optional_value(ValueId draft, Kind kind) {
    if (draft < 0) return -1;
    const ValueId id = compile_value(draft, -1);
    if (!failure_ && (type(id).kind != kind || type(id).is_list)) {
      fail(draft_.values[at(draft)].line, "rules.type",
           "expected " + kind_in_words({kind, -1, false}) + " here and found " +
               kind_in_words(type(id)));
    }
    return id;
  }

  void compile_payment(const DraftPayment& payment) {
    if (!periods().contains(payment.period)) {
      fail(0, "rules.period",
           "the period of an amount is one of " +
               join({periods().begin(), periods().end()}, ", ") + "; found \"" +
               payment.period + "\"");
    }
    if (payment.published && payment.value < 0) {
      fail(0, "rules.incomplete", "a payment needs a value");
    }
    Payment made;
    made.when = top(payment.when);
    made.published = payment.published;
    made.value = optional_value(payment.value, Kind::money);
    made.period = payment.period;
    made.because = payment.because;
    made.from = optional_value(payment.from, Kind::date);
    made.to = optional_value(payment.to, Kind::date);
    for (const auto& [label, line] : payment.working) {
      made.working.emplace_back(label, compile_value(line, -1));
    }
    rule_.payments.push_back(std::move(made));
  }

  void compile_deadline() {
    rule_.has_deadline = true;
    if (draft_.deadline.date < 0) {
      fail(0, "rules.incomplete", "a deadline needs a date");
    }
    rule_.deadline.date = optional_value(draft_.deadline.date, Kind::date);
    rule_.deadline.done = optional_value(draft_.deadline.done, Kind::date);
    rule_.deadline.basis = draft_.deadline.basis;
    if (draft_.deadline.basis != "law" && draft_.deadline.basis != "guidance" &&
        draft_.deadline.basis != "local") {
      fail(0, "rules.basis",
           "the basis of a deadline is law, guidance or local; found \"" +
               draft_.deadline.basis + "\"");
    }
  }

  int list_slot(const std::string& name, int line) {
    const auto ref = catalogue_.find(name);
    if (!ref) {
      unknown_fact(name, line);
      return -1;
    }
    if (!ref->is_list) {
      fail(line, "rules.not_a_list",
           "\"" + name + "\" is a single fact, not a list: use fact \"" + name +
               "\"");
      return -1;
    }
    return ref->slot;
  }

  void unknown_fact(const std::string& name, int line) {
    const std::string near = catalogue_.nearest_path(name);
    fail(line, "rules.unknown_fact",
         "there is no fact \"" + name + "\"" +
             (near.empty() ? std::string(": see rules/facts.json")
                           : "; did you mean \"" + near + "\"?"));
  }

  int field_of(int list, const std::string& name, int line) {
    if (list < 0) return -1;
    const FactSpec& spec = catalogue_.lists()[at(list)];
    const int field = spec.field(name);
    if (field < 0) {
      std::vector<std::string> names;
      for (const FactSpec& f : spec.fields) names.push_back(f.path);
      fail(line, "rules.unknown_field",
           "an entry of \"" + spec.path + "\" has no \"" + name +
               "\"; it has " + join_in_words(names));
    }
    return field;
  }

  int parameter_index(const std::string& name, int line) {
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
      if (parameters_[i].name == name) return static_cast<int>(i);
    }
    std::vector<std::string> names;
    for (const ParameterSpec& spec : parameters_) names.push_back(spec.name);
    const std::string near = nearest(name, names);
    fail(line, "rules.unknown_parameter",
         "plugin.json declares no parameter \"" + name + "\"" +
             (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
    return -1;
  }

  // A text as a code of a list: what is compared with a coded fact.
  Value code_constant(const std::string& text, int codes, int line) {
    const CodeList& list = catalogue_.code_lists()[at(codes)];
    const int index = list.find(text);
    if (index < 0) {
      std::vector<std::string> names;
      for (const CodeValue& code : list.codes) names.push_back(code.code);
      const std::string near = nearest(text, names);
      fail(line, "rules.unknown_code",
           "\"" + text + "\" is no code of " + list.name +
               (near.empty() ? ": " + join(names, ", ")
                             : "; did you mean \"" + near + "\"?"));
    }
    return Value::code(index);
  }

  ValueId compile_value(ValueId draft_id, int list) {
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
        compile_list_value(draft, node);
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
  bool is_complete(const DraftValue& draft) {
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

  bool is_complete(const DraftCriterion& draft) {
    std::size_t values = 0, children = 0;
    switch (draft.op) {
      case CriterionOp::all:
      case CriterionOp::any:
      case CriterionOp::none:
      case CriterionOp::at_least_of:
      case CriterionOp::any_item:
      case CriterionOp::every_item:
        children = 1;
        break;
      case CriterionOp::judgement:
        break;
      case CriterionOp::test:
        if (draft.function < 0) {
          fail(draft.line, "rules.incomplete", "test needs a function");
        }
        break;
      case CriterionOp::is_known:
        values = 1;
        break;
      case CriterionOp::between:
        values = 3;
        break;
      default:
        values = 2;
        break;
    }
    if (draft.children.size() < children) {
      fail(draft.line, "rules.incomplete",
           "a combination needs at least one criterion");
    }
    if (draft.values.size() < values) {
      fail(draft.line, "rules.incomplete",
           values == 3 ? "between needs a least and a most"
                       : "a comparison needs something to compare with");
    }
    const int size = static_cast<int>(draft.children.size());
    if (draft.op == CriterionOp::at_least_of &&
        (draft.n < 1 || size < draft.n)) {
      fail(draft.line, "rules.at_least_of",
           "at_least_of asks for " + std::to_string(draft.n) + " of " +
               std::to_string(size) +
               " criteria; ask for 1 or more, and for no more than there are");
    }
    return !failure_;
  }

  void compile_constant(const DraftValue& draft, ValueNode& node) {
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

  void wrong_operands(int line, const std::string& verb, const ValueType& a,
                      const ValueType& b) {
    std::string hint;
    if ((a.kind == Kind::money) != (b.kind == Kind::money) &&
        (a.kind == Kind::number || b.kind == Kind::number)) {
      hint = "; write an amount as pounds \"6000.00\"";
    }
    fail(line, "rules.type",
         "cannot " + verb + " " + kind_in_words(a) + " and " +
             kind_in_words(b) + hint);
  }

  void compile_arithmetic(const DraftValue& draft, ValueNode& node, int list) {
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

  void compile_extremes(const DraftValue& draft, ValueNode& node, int list) {
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

  void compile_list_value(const DraftValue& draft, ValueNode& node) {
    node.slot = list_slot(draft.name, draft.line);
    if (node.slot < 0) return;
    if (draft.where >= 0)
      node.where = compile_criterion(draft.where, node.slot);
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

  void compile_choose(const DraftValue& draft, ValueNode& node, int list) {
    for (std::size_t i = 0; i < draft.arguments.size(); ++i) {
      node.conditions.push_back(
          draft.conditions[i] < 0
              ? -1
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

  void compile_table_value(const DraftValue& draft, ValueNode& node, int list) {
    const int index = parameter_index(draft.name, draft.line);
    node.parameter = index;
    for (ValueId argument : draft.arguments) {
      node.arguments.push_back(compile_value(argument, list));
    }
    node.keys = draft.keys;
    if (failure_) return;
    const ParameterSpec& spec = parameters_[at(index)];
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
        if (column.role == ColumnSpec::Role::value ||
            column.of != node.keys[k]) {
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

  void compile_dates(const DraftValue& draft, ValueNode& node, int list) {
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
             "expected " + kind_in_words({wanted[i], -1, false}) +
                 " and found " +
                 (i < node.arguments.size()
                      ? kind_in_words(type(node.arguments[i]))
                      : std::string("nothing")));
        return;
      }
    }
  }

  bool has_order(const ValueType& type) const {
    return type.is_numeric() ||
           (type.codes >= 0 && catalogue_.code_lists()[at(type.codes)].ordered);
  }

  // Makes the right side of a comparison fit the left: a text becomes a code of the left's list.
  void fit(ValueId left, ValueId right, int line) {
    if (failure_) return;
    const ValueType l = type(left);
    const ValueType r = type(right);
    if (l.codes >= 0 && r.kind == Kind::text) {
      ValueNode& node = value(right);
      if (node.op == ValueOp::constant) {
        node.constant =
            code_constant(std::string(node.constant.text()), l.codes, line);
        node.type.kind = Kind::code;
        node.type.codes = l.codes;
        return;
      }
      if (node.op == ValueOp::parameter) {
        // Bound to the code by bind().
        node.type.kind = Kind::code;
        node.type.codes = l.codes;
        return;
      }
    }
    if (l.kind != r.kind || l.codes != r.codes) {
      wrong_operands(line, "compare", l, r);
    }
  }

  CriterionId compile_criterion(CriterionId draft_id, int list) {
    CriterionNode node;
    if (failure_ || draft_id < 0) return keep(node);
    const DraftCriterion& draft = draft_.criteria[at(draft_id)];
    node.op = draft.op;
    node.n = draft.n;
    node.open = draft.open;
    node.name = draft.name;
    node.label = draft.label;
    node.because = draft.because;
    node.source = draft.source;
    node.unconfirmed = draft.unconfirmed;
    node.function = draft.function;
    if (!is_complete(draft)) return keep(std::move(node));
    switch (draft.op) {
      case CriterionOp::all:
      case CriterionOp::any:
      case CriterionOp::none:
      case CriterionOp::at_least_of:
        for (CriterionId child : draft.children) {
          node.children.push_back(compile_criterion(child, list));
        }
        break;
      case CriterionOp::any_item:
      case CriterionOp::every_item:
        node.list = list_slot(draft.name, draft.line);
        node.name.clear();
        if (node.list >= 0) {
          node.children.push_back(
              compile_criterion(draft.children.front(), node.list));
        }
        break;
      case CriterionOp::judgement:
        node.list = list_slot("judgements", draft.line);
        if (node.list >= 0) {
          for (const char* field : {"question", "answer", "on"}) {
            field_of(node.list, field, draft.line);
          }
        }
        break;
      case CriterionOp::test:
        break;
      default:
        compile_comparison(draft, node, list);
        break;
    }
    return keep(std::move(node));
  }

  void compile_comparison(const DraftCriterion& draft, CriterionNode& node,
                          int list) {
    for (ValueId id : draft.values) {
      node.values.push_back(compile_value(id, list));
    }
    if (failure_) return;
    const ValueType left = type(node.values[0]);
    if (left.is_list) {
      fail(draft.line, "rules.type",
           "a list parameter stands on the right of is_one_of only");
      return;
    }
    for (std::size_t i = 1; i < node.values.size(); ++i) {
      if (type(node.values[i]).is_list && draft.op != CriterionOp::is_one_of) {
        fail(draft.line, "rules.type",
             "a list of values stands in is_one_of only");
        return;
      }
      fit(node.values[0], node.values[i], draft.line);
    }
    const bool orders =
        draft.op == CriterionOp::at_least || draft.op == CriterionOp::at_most ||
        draft.op == CriterionOp::above || draft.op == CriterionOp::below ||
        draft.op == CriterionOp::between;
    if (draft.of_dates && left.kind != Kind::date) {
      fail(draft.line, "rules.type",
           "before, after, on_or_before and on_or_after compare dates; found " +
               kind_in_words(left));
    } else if (orders && !has_order(left)) {
      fail(draft.line, "rules.unordered",
           kind_in_words(left) + " has no order: use is or is_one_of");
    }
  }

  void collect_facts() {
    std::set<std::pair<bool, int>> seen;
    for (const ValueNode& node : rule_.tree.values) {
      if (node.op == ValueOp::fact) seen.insert({false, node.slot});
      if (node.op == ValueOp::count || node.op == ValueOp::sum ||
          node.op == ValueOp::max_of || node.op == ValueOp::min_of) {
        seen.insert({true, node.slot});
      }
    }
    for (const CriterionNode& node : rule_.tree.criteria) {
      if (node.list >= 0) seen.insert({true, node.list});
    }
    for (const auto& [is_list, slot] : seen) {
      rule_.facts.push_back({is_list, slot});
    }
  }

  const DraftRule& draft_;
  const Catalogue& catalogue_;
  const std::vector<ParameterSpec>& parameters_;
  Rule rule_;
  std::optional<Error> failure_;
};

}  // namespace

Result<Rule> compile(const DraftRule& draft, const Catalogue& catalogue,
                     const std::vector<ParameterSpec>& parameters) {
  return Compiler(draft, catalogue, parameters).run();
}

}  // namespace sendcheck
