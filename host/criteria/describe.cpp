#include "criteria/describe.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

using Kind = Value::Kind;

std::string number_in_words(Number number, Kind kind) {
  if (kind == Kind::money) {
    const auto money = Money::round_half_up(number);
    return money ? money->in_words() : number.to_string();
  }
  if (kind == Kind::date) {
    return Date::from_days(static_cast<std::int32_t>(number.numerator()))
        .in_words();
  }
  return number.to_string();
}

std::string with_article(const std::string& label) {
  return label.starts_with("the ") ? label : "the " + label;
}

// "the subject tests reading", of "the answer to whether the subject tests reading"; else "the parent's consent is yes".
std::string truth_in_words(const std::string& subject, bool truth) {
  for (const std::string_view asked : {"the answer to whether ", "whether "}) {
    if (subject.starts_with(asked)) {
      return (truth ? "" : "it is not so that ") + subject.substr(asked.size());
    }
  }
  return subject + (truth ? " is yes" : " is no");
}

// "the number of hours a week" is "at least 15", not "at least 15 hours a week".
std::string without_unit_of(const std::string& subject, std::string need) {
  const std::size_t last = need.find_last_of("0123456789");
  if (last == std::string::npos || last + 2 >= need.size()) return need;
  const std::string unit = need.substr(last + 1);
  if (unit.front() == ' ' && subject.ends_with(unit)) need.resize(last + 1);
  return need;
}

std::string without_article(const std::string& label) {
  return label.starts_with("the ") ? label.substr(4) : label;
}

}  // namespace

std::string Describer::exact(const Value& value, const ValueType& type) const {
  switch (value.kind()) {
    case Kind::unknown:
      return "not stated";
    case Kind::boolean:
      return value.boolean() ? "yes" : "no";
    case Kind::number:
      return number_in_words(value.number(), type.kind);
    case Kind::money:
      return value.money().in_words();
    case Kind::date:
      return value.date().in_words();
    case Kind::code: {
      if (type.codes < 0 || value.code() < 0) return "another code";
      const CodeList& codes = catalogue_.code_lists()[at(type.codes)];
      return codes.codes[at(value.code())].label;
    }
    case Kind::text:
      return std::string(value.text());
  }
  return {};
}

std::string Describer::estimate(const Estimate& estimate,
                                const ValueType& type) const {
  switch (estimate.state) {
    case Estimate::State::exact:
      return exact(estimate.value, type);
    case Estimate::State::unknown:
      return "not stated";
    case Estimate::State::nothing:
      return "none";
    case Estimate::State::outside:
      return "outside the table";
    case Estimate::State::bounded:
      break;
  }
  if (type.kind == Kind::date) {
    return estimate.has_low && !estimate.has_high ? "not yet" : "not stated";
  }
  if (estimate.has_low && estimate.has_high && estimate.low == estimate.high) {
    return number_in_words(estimate.low, type.kind) + " or none";
  }
  if (estimate.has_low && estimate.has_high) {
    return "between " + number_in_words(estimate.low, type.kind) + " and " +
           number_in_words(estimate.high, type.kind);
  }
  if (estimate.has_low && Number(0) < estimate.low) {
    return "at least " + number_in_words(estimate.low, type.kind) + " so far";
  }
  return "not stated";
}

std::string Describer::list_label(int list) const {
  return catalogue_.lists()[at(list)].label;
}

std::string Describer::operand(ValueId id) const {
  const ValueNode& node = rule_.tree.values[at(id)];
  const bool composed =
      node.op == ValueOp::add || node.op == ValueOp::subtract ||
      node.op == ValueOp::multiply || node.op == ValueOp::divide;
  return composed && node.label.empty() ? "(" + value(id) + ")" : value(id);
}

// "6 weeks"; of a length that is not known yet, what it is.
std::string Describer::period(ValueId id, const std::string& unit) const {
  const ValueNode& node = rule_.tree.values[at(id)];
  const Value* known = nullptr;
  if (node.op == ValueOp::constant) known = &node.constant;
  if (node.op == ValueOp::parameter && binding_ &&
      binding_->parameters[at(node.slot)]) {
    known = &binding_->values[at(id)].scalar;
  }
  return known ? counted_in(exact(*known, node.type), unit)
               : "so many " + unit + " (" + value(id) + ")";
}

std::string Describer::day_of_year(ValueId id) const {
  const ValueNode& node = rule_.tree.values[at(id)];
  const bool is_bound = node.op == ValueOp::parameter && binding_ &&
                        binding_->parameters[at(node.slot)];
  if (!is_bound) return operand(id);
  const Number number = number_of(binding_->values[at(id)].scalar);
  const int month = static_cast<int>(number.numerator() / 100);
  const int day = static_cast<int>(number.numerator() % 100);
  // A leap year, so that 29 February can be said.
  if (day < 1 || days_in_month(2000, month) < day) return operand(id);
  const std::string words = on_day_of_year(2000, month, day).in_words();
  return words.substr(0, words.rfind(' '));
}

std::string Describer::value(ValueId id) const {
  const ValueNode& node = rule_.tree.values[at(id)];
  return node.label.empty() ? worked_out(id) : node.label;
}

std::string Describer::worked_out(ValueId id) const {
  const ValueNode& node = rule_.tree.values[at(id)];
  const auto argument = [&](std::size_t i) {
    return operand(node.arguments[i]);
  };
  const auto where = [&]() {
    return node.where < 0 ? std::string() : " where " + criterion(node.where);
  };
  const auto joined = [&](const char* word) {
    return argument(0) + word + argument(1);
  };
  const auto all_of = [&]() {
    std::vector<std::string> parts;
    for (ValueId part : node.arguments) parts.push_back(value(part));
    return join_in_words(parts);
  };
  const auto period_of = [&](const char* unit) {
    return period(node.arguments[0], unit);
  };
  const auto field = [&]() {
    return catalogue_.lists()[at(node.slot)].fields[at(node.field)].label;
  };
  switch (node.op) {
    case ValueOp::constant: {
      std::string words = exact(node.constant, node.type);
      // A name that stands in tables and records ("modified_papers").
      if (node.constant.kind() == Kind::text) {
        std::replace(words.begin(), words.end(), '_', ' ');
      }
      return words;
    }
    case ValueOp::fact:
      return with_article(catalogue_.scalars()[at(node.slot)].label);
    case ValueOp::item:
      return with_article(
          catalogue_.lists()[at(node.list)].fields[at(node.slot)].label);
    case ValueOp::parameter: {
      const ParameterSpec& spec = rule_.parameters[at(node.slot)];
      if (!binding_ || !binding_->parameters[at(node.slot)]) return spec.label;
      const Binding::Bound& bound = binding_->values[at(id)];
      const auto one = [&](const Value& part) {
        return spec.type == ParameterType::code && part.kind() == Kind::text
                   ? code_in_words(part.text(), spec, catalogue_)
                   : exact(part, node.type);
      };
      if (!node.type.is_list) return with_unit(one(bound.scalar), spec.unit);
      if (bound.list.empty()) return "none";
      std::vector<std::string> parts;
      for (const Value& part : bound.list) parts.push_back(one(part));
      return join_in_words(parts, " or ");
    }
    case ValueOp::as_of:
      return "the as-of date";
    case ValueOp::add:
      return joined(" plus ");
    case ValueOp::subtract:
      return joined(" less ");
    case ValueOp::multiply:
      return joined(" times ");
    case ValueOp::divide:
      return joined(" divided by ");
    case ValueOp::lowest:
      return "the lowest of " + all_of();
    case ValueOp::highest:
      return "the highest of " + all_of();
    case ValueOp::count:
      return node.field >= 0
                 ? "the number of different values of the " + field() +
                       " in the " + list_label(node.slot) + where()
                 : "the number of entries in the " + list_label(node.slot) +
                       where();
    case ValueOp::sum:
      return "the total of " + argument(0) + " over the " +
             list_label(node.slot) + where();
    case ValueOp::max_of:
      return (node.type.kind == Kind::date ? "the latest " : "the largest ") +
             field() + " in the " + list_label(node.slot) + where();
    case ValueOp::min_of:
      return (node.type.kind == Kind::date ? "the earliest "
                                           : "the smallest ") +
             field() + " in the " + list_label(node.slot) + where();
    case ValueOp::look_up: {
      const ParameterSpec& spec = rule_.parameters[at(node.parameter)];
      return with_article(spec.columns[at(node.field)].in_words()) + " in " +
             with_article(spec.label) + " for " + all_of();
    }
    case ValueOp::next_date:
      return "the next " +
             without_article(rule_.parameters[at(node.parameter)]
                                 .columns[at(node.field)]
                                 .in_words()) +
             " on or after " + argument(0);
    case ValueOp::choose: {
      std::vector<std::string> parts;
      for (std::size_t i = 0; i < node.arguments.size(); ++i) {
        parts.push_back(value(node.arguments[i]) +
                        (node.conditions[i] < 0
                             ? " otherwise"
                             : " if " + label(node.conditions[i])));
      }
      return join(parts, ", ");
    }
    case ValueOp::age_on:
      return "the age in years on " + argument(1);
    case ValueOp::months_old_on:
      return "the age in months on " + argument(1);
    case ValueOp::within_weeks:
      return "the last day within " + period_of("weeks") + " of " + argument(1);
    case ValueOp::weeks_before:
      return period_of("weeks") + " before " + argument(1);
    case ValueOp::days_beginning_with:
      return "the last of " + period_of("days") + " beginning with " +
             argument(1);
    case ValueOp::months_starting_with:
      return "the last day of the " + period_of("months") + " starting with " +
             argument(1);
    case ValueOp::months_after:
      return period_of("months") + " after " + argument(1);
    case ValueOp::months_before:
      return period_of("months") + " before " + argument(1);
    case ValueOp::days_after:
      return period_of("days") + " after " + argument(1);
    case ValueOp::day_before:
      return "the day before " + argument(0);
    case ValueOp::working_days_after:
      return period_of("working days") + " after " + argument(1);
    case ValueOp::on_day:
      return day_of_year(node.arguments[0]) + " in the year of " + argument(1);
    case ValueOp::on_or_before_day:
      return "the last " + day_of_year(node.arguments[0]) + " on or before " +
             argument(1);
    case ValueOp::days_between:
      return "the number of days from " + argument(0) + " to " + argument(1);
    case ValueOp::compute:
      return "a value worked out by the rule";
  }
  return {};
}

// What a value is compared with: of a parameter's code, the words for it.
std::string Describer::compared_with(ValueId left, ValueId right) const {
  const ValueNode& of = rule_.tree.values[at(left)];
  const ValueNode& node = rule_.tree.values[at(right)];
  if (of.op == ValueOp::parameter && node.op == ValueOp::constant &&
      node.constant.kind() == Kind::text) {
    const ParameterSpec& spec = rule_.parameters[at(of.slot)];
    if (spec.type == ParameterType::code) {
      return code_in_words(node.constant.text(), spec, catalogue_);
    }
  }
  return value(right);
}

std::string Describer::need(CriterionId id) const {
  const CriterionNode& node = rule_.tree.criteria[at(id)];
  if (node.values.empty()) return {};
  const bool dates =
      rule_.tree.values[at(node.values[0])].type.kind == Kind::date;
  const auto right = [&](std::size_t i) {
    return compared_with(node.values[0], node.values[i]);
  };
  switch (node.op) {
    case CriterionOp::is:
      return right(1);
    case CriterionOp::is_not:
      return "not " + right(1);
    case CriterionOp::is_one_of: {
      std::vector<std::string> parts;
      for (std::size_t i = 1; i < node.values.size(); ++i) {
        parts.push_back(right(i));
      }
      return join_in_words(parts, " or ");
    }
    case CriterionOp::at_least:
      return (dates ? "on or after " : "at least ") + right(1);
    case CriterionOp::at_most:
      return (dates ? "on or before " : "at most ") + right(1);
    case CriterionOp::above:
      return (dates ? "after " : "more than ") + right(1);
    case CriterionOp::below:
      return (dates ? "before " : "less than ") + right(1);
    case CriterionOp::between:
      return "between " + right(1) + " and " + right(2);
    case CriterionOp::is_known:
      return "stated";
    default:
      return {};
  }
}

// What a sentence is about: of a parameter its name, not its value.
std::string Describer::subject(ValueId id) const {
  const ValueNode& node = rule_.tree.values[at(id)];
  return node.op == ValueOp::parameter ? rule_.parameters[at(node.slot)].label
                                       : value(id);
}

// What a truth comes to, in the catalogue's words; empty when it has none.
std::string Describer::statement_of(ValueId id) const {
  const ValueNode& node = rule_.tree.values[at(id)];
  if (!node.label.empty()) return {};
  if (node.op == ValueOp::fact) {
    return catalogue_.scalars()[at(node.slot)].statement;
  }
  return node.op == ValueOp::item
             ? catalogue_.lists()[at(node.list)].fields[at(node.slot)].statement
             : std::string();
}

// "none { all { stated, so } }": what a record says that states it.
const CriterionNode* Describer::said_against(const CriterionNode& none) const {
  if (none.children.size() != 1) return nullptr;
  const CriterionNode& both = rule_.tree.criteria[at(none.children.front())];
  if (both.op != CriterionOp::all || both.children.size() != 2 ||
      !both.because.empty() || !both.label.empty()) {
    return nullptr;
  }
  const CriterionNode& stated = rule_.tree.criteria[at(both.children[0])];
  const CriterionNode& so = rule_.tree.criteria[at(both.children[1])];
  const bool is_of_one =
      stated.op == CriterionOp::is_known && !so.values.empty() &&
      value(stated.values.front()) == value(so.values.front());
  return is_of_one ? &both : nullptr;
}

std::string Describer::combined(const CriterionNode& node,
                                const char* word) const {
  std::vector<std::string> parts;
  for (CriterionId child : node.children) {
    const CriterionNode& part = rule_.tree.criteria[at(child)];
    const bool has_own_words = !part.because.empty() || !part.label.empty();
    const bool is_composed =
        !has_own_words && part.children.size() > 1 &&
        (part.op == CriterionOp::all || part.op == CriterionOp::any);
    parts.push_back(is_composed ? "(" + criterion(child) + ")" : label(child));
  }
  return join_in_words(parts, word);
}

std::string Describer::criterion(CriterionId id) const {
  const CriterionNode& node = rule_.tree.criteria[at(id)];
  switch (node.op) {
    case CriterionOp::all:
      return combined(node, " and ");
    case CriterionOp::any:
      return combined(node, " or ");
    case CriterionOp::none:
      if (const CriterionNode* both = said_against(node)) {
        return "the record does not say that " + label(both->children[1]);
      }
      return "it is not so that " + combined(node, ", nor that ");
    case CriterionOp::at_least_of:
      return "at least " + std::to_string(node.n) + " of (" +
             combined(node, " and ") + ")";
    case CriterionOp::any_item:
      return "there is an entry in the " + list_label(node.list) + " where " +
             criterion(node.children.front());
    case CriterionOp::every_item:
      return "for every entry in the " + list_label(node.list) + ", " +
             criterion(node.children.front());
    case CriterionOp::judgement:
    case CriterionOp::test:
      return node.label;
    case CriterionOp::is:
    case CriterionOp::is_not: {
      const ValueNode& right = rule_.tree.values[at(node.values[1])];
      if (right.op == ValueOp::constant &&
          right.constant.kind() == Kind::boolean) {
        const bool truth =
            right.constant.boolean() == (node.op == CriterionOp::is);
        const std::string statement = statement_of(node.values[0]);
        return statement.empty()
                   ? truth_in_words(subject(node.values[0]), truth)
                   : (truth ? "" : "it is not so that ") + statement;
      }
      return subject(node.values[0]) + " is " +
             without_unit_of(subject(node.values[0]), need(id));
    }
    default:
      return subject(node.values[0]) + " is " +
             without_unit_of(subject(node.values[0]), need(id));
  }
}

std::string Describer::label(CriterionId id) const {
  if (labels_) return (*labels_)[at(id)];
  const CriterionNode& node = rule_.tree.criteria[at(id)];
  if (!node.because.empty()) return node.because;
  if (!node.label.empty()) return node.label;
  return criterion(id);
}

}  // namespace sendcheck
