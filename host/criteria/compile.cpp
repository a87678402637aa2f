#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "criteria/compiler.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

using Kind = Value::Kind;

const std::set<std::string>& periods() {
  static const std::set<std::string> names = {
      "year", "financial_year", "term",    "month",
      "week", "hour",           "one_off", "period"};
  return names;
}

}  // namespace

Result<Rule> Compiler::run() {
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
  for (const Payment& payment : draft_.payments) compile_payment(payment);
  if (draft_.has_deadline) compile_deadline();
  for (const auto& [outcome, actions] : draft_.actions) {
    for (const Action& action : actions) {
      rule_.actions[outcome].push_back(
          {action.text, action.to, optional_value(action.to_value, Kind::text),
           optional_value(action.by, Kind::date), top(action.when)});
    }
  }
  if (failure_) return unexpected(*failure_);
  collect_facts();
  find_alike(rule_.tree);
  return std::move(rule_);
}

ValueId Compiler::optional_value(ValueId draft, Kind kind) {
  if (draft < 0) return -1;
  const ValueId id = compile_value(draft, -1);
  if (!failure_ && (type(id).kind != kind || type(id).is_list)) {
    fail(draft_.values[at(draft)].line, "rules.type",
         "expected " + kind_in_words({kind, -1, false}) + " here and found " +
             kind_in_words(type(id)));
  }
  return id;
}

void Compiler::compile_payment(const Payment& payment) {
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

void Compiler::compile_deadline() {
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

bool Compiler::is_complete(const DraftCriterion& draft) {
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
  if (draft.op == CriterionOp::at_least_of && (draft.n < 1 || size < draft.n)) {
    fail(draft.line, "rules.at_least_of",
         "at_least_of asks for " + std::to_string(draft.n) + " of " +
             std::to_string(size) +
             " criteria; ask for 1 or more, and for no more than there are");
  }
  return !failure_;
}

bool Compiler::has_order(const ValueType& type) const {
  return type.is_numeric() ||
         (type.codes >= 0 && catalogue_.code_lists()[at(type.codes)].ordered);
}

// Makes the right side of a comparison fit the left: a text becomes a code of the left's list.
void Compiler::fit(ValueId left, ValueId right, int line) {
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

CriterionId Compiler::compile_criterion(CriterionId draft_id, int list) {
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

void Compiler::compile_comparison(const DraftCriterion& draft,
                                  CriterionNode& node, int list) {
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
    if (value(node.values[i]).op == ValueOp::decide &&
        type(node.values[i]).is_list) {
      fail(draft.line, "rules.type",
           "is_one_of takes a list parameter; of a list that a decision table "
           "gives, ask look_up(...):includes(x)");
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

namespace {

// Whether two criteria, or values, ask the same of every record, whatever words they have.
class Likeness {
 public:
  explicit Likeness(const Tree& tree) : tree_(tree) {}

  bool of_criteria(CriterionId a, CriterionId b) const {
    if (a == b) return true;
    if (a < 0 || b < 0) return false;
    const CriterionNode& x = tree_.criteria[static_cast<std::size_t>(a)];
    const CriterionNode& y = tree_.criteria[static_cast<std::size_t>(b)];
    return x.op == y.op && x.list == y.list && x.n == y.n && x.open == y.open &&
           x.function == y.function && x.name == y.name &&
           x.unconfirmed == y.unconfirmed &&
           each(x.children, y.children, &Likeness::of_criteria) &&
           each(x.values, y.values, &Likeness::of_values);
  }

  bool of_values(ValueId a, ValueId b) const {
    if (a == b) return true;
    if (a < 0 || b < 0) return false;
    const ValueNode& x = tree_.values[static_cast<std::size_t>(a)];
    const ValueNode& y = tree_.values[static_cast<std::size_t>(b)];
    return x.op == y.op && x.type == y.type && x.constant == y.constant &&
           x.slot == y.slot && x.list == y.list && x.is_open == y.is_open &&
           x.field == y.field && x.keys == y.keys &&
           x.parameter == y.parameter && x.function == y.function &&
           of_criteria(x.where, y.where) &&
           each(x.arguments, y.arguments, &Likeness::of_values) &&
           each(x.conditions, y.conditions, &Likeness::of_criteria);
  }

 private:
  bool each(const std::vector<int>& a, const std::vector<int>& b,
            bool (Likeness::*are_alike)(int, int) const) const {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](int x, int y) { return (this->*are_alike)(x, y); });
  }

  const Tree& tree_;
};

}  // namespace

bool are_alike(const Tree& tree, ValueId a, ValueId b) {
  return Likeness(tree).of_values(a, b);
}

void find_alike(Tree& tree) {
  tree.alike.clear();
  const Likeness likeness(tree);
  const auto size = static_cast<CriterionId>(tree.criteria.size());
  for (CriterionId id = 0; id < size; ++id) {
    CriterionId first = 0;
    while (!likeness.of_criteria(first, id)) ++first;
    tree.alike.push_back(first);
  }
}

void Compiler::collect_facts() {
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

Result<Rule> compile(const DraftRule& draft, const Catalogue& catalogue,
                     const std::vector<ParameterSpec>& parameters) {
  return Compiler(draft, catalogue, parameters).run();
}

}  // namespace sendcheck
