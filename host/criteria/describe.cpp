#include "criteria/describe.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "domain/decision_table.hpp"

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

// "1 week", "6 weeks", "1 hour a week".
std::string counted(const std::string& number, const std::string& unit) {
  if (number != "1") return number + " " + unit;
  const std::size_t end = std::min(unit.find(' '), unit.size());
  if (end == 0 || unit[end - 1] != 's') return number + " " + unit;
  return number + " " + unit.substr(0, end - 1) + unit.substr(end);
}

std::string words_of(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

// "6 weeks", "10% of sessions", "£6,000 a year"; of a unit that is not counted ("standard score"), the number alone.
std::string with_unit(const std::string& number, const std::string& unit) {
  if (unit.empty()) return number;
  if (unit.front() == '%') return number + unit;
  const std::string first = unit.substr(0, unit.find(' '));
  if (first == "a" || first == "an") return number + " " + unit;
  return first.back() == 's' ? counted(number, unit) : number;
}

std::string with_article(const std::string& label) {
  return label.rfind("the ", 0) == 0 ? label : "the " + label;
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
  return known ? counted(exact(*known, node.type), unit)
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
  if (!node.label.empty()) return node.label;
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
    case ValueOp::constant:
      return exact(node.constant, node.type);
    case ValueOp::fact:
      return with_article(catalogue_.scalars()[at(node.slot)].label);
    case ValueOp::item:
      return with_article(
          catalogue_.lists()[at(node.list)].fields[at(node.slot)].label);
    case ValueOp::parameter: {
      const ParameterSpec& spec = rule_.parameters[at(node.slot)];
      if (!binding_ || !binding_->parameters[at(node.slot)]) return spec.label;
      const Binding::Bound& bound = binding_->values[at(id)];
      if (!node.type.is_list) {
        return with_unit(exact(bound.scalar, node.type), spec.unit);
      }
      if (bound.list.empty()) return "none";
      std::vector<std::string> parts;
      for (const Value& part : bound.list) {
        parts.push_back(exact(part, node.type));
      }
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
      return "the " + words_of(spec.columns[at(node.field)].name) + " in " +
             with_article(spec.label) + " for " + all_of();
    }
    case ValueOp::decide:
    case ValueOp::list_count:
    case ValueOp::list_sum:
    case ValueOp::list_includes:
      return decided(node);
    case ValueOp::next_date:
      return "the next " +
             words_of(rule_.parameters[at(node.parameter)]
                          .columns[at(node.field)]
                          .name) +
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

std::string Describer::decided(const ValueNode& node) const {
  const ParameterSpec& spec = rule_.parameters[at(node.parameter)];
  const DecisionSpec& decision = *spec.decision;
  const DecisionOutput& output = decision.outputs[at(node.field)];
  const std::string words =
      output.label.empty() ? words_of(output.name) : output.label;
  std::vector<std::string> inputs;
  for (std::size_t k = 0; k < node.keys.size(); ++k) {
    inputs.push_back(value(node.arguments[k]));
  }
  const std::string where =
      " in " + with_article(spec.label) + " for " + join_in_words(inputs);
  switch (node.op) {
    case ValueOp::list_count:
      return "the number of entries under " + words + where;
    case ValueOp::list_sum:
      return "the total of " + words + where;
    case ValueOp::list_includes:
      return words + where + " includes " + value(node.arguments.back());
    default:
      break;
  }
  switch (decision.aggregator) {
    case Aggregator::sum:
      return "the total of " + words + where;
    case Aggregator::min:
      return "the least " + words + where;
    case Aggregator::max:
      return "the greatest " + words + where;
    case Aggregator::count:
      return "the number of rows that match" + where;
    case Aggregator::none:
      break;
  }
  return with_article(words) + where;
}

std::string Describer::need(CriterionId id) const {
  const CriterionNode& node = rule_.tree.criteria[at(id)];
  if (node.values.empty()) return {};
  const bool dates =
      rule_.tree.values[at(node.values[0])].type.kind == Kind::date;
  const auto right = [&](std::size_t i) { return value(node.values[i]); };
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
  if (!node.values.empty() &&
      rule_.tree.values[at(node.values[0])].op == ValueOp::list_includes &&
      node.op == CriterionOp::is) {
    return value(node.values[0]);
  }
  switch (node.op) {
    case CriterionOp::all:
      return combined(node, " and ");
    case CriterionOp::any:
      return combined(node, " or ");
    case CriterionOp::none:
      return node.children.size() == 1
                 ? "it is not so that " + combined(node, "")
                 : "none of (" + combined(node, " or ") + ")";
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
    case CriterionOp::is_not: {
      const ValueNode& right = rule_.tree.values[at(node.values[1])];
      if (right.op == ValueOp::constant &&
          right.constant.kind() == Kind::boolean) {
        return subject(node.values[0]) +
               (right.constant.boolean() ? " is no" : " is yes");
      }
      return subject(node.values[0]) + " is " + need(id);
    }
    default:
      return subject(node.values[0]) + " is " + need(id);
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
