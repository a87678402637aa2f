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

std::string words_of(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string with_article(const std::string& label) {
  // "Norfolk's bands" has one already.
  const std::string first = label.substr(0, label.find(' '));
  const bool is_somebodys =
      first.ends_with("'s") && 'A' <= first[0] && first[0] <= 'Z';
  return is_somebodys || label.starts_with("the ") ? label : "the " + label;
}

// A column whose heading has an article of its own ("A term, 30 hours") is
// quoted.
std::string column_in_words(const std::string& heading) {
  if (heading.starts_with("a ") || heading.starts_with("an ")) {
    return "the column “" + heading + "”";
  }
  return with_article(heading);
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
      // A name that stands in tables and records ("modified_papers").
      const std::string words = exact(node.constant, node.type);
      return node.constant.kind() == Kind::text ? words_of(words) : words;
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
      return column_in_words(spec.columns[at(node.field)].in_words()) + " in " +
             with_article(spec.label) + " for " + all_of();
    }
    case ValueOp::decide:
    case ValueOp::list_count:
    case ValueOp::list_sum:
    case ValueOp::list_includes:
      return decided(node);
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

std::string_view Describer::unit_of(ValueId id) const {
  const ValueNode& node = rule_.tree.values[at(id)];
  if (node.type.kind != Kind::number) return {};
  switch (node.op) {
    case ValueOp::fact:
      return catalogue_.scalars()[at(node.slot)].unit;
    case ValueOp::item:
      return catalogue_.lists()[at(node.list)].fields[at(node.slot)].unit;
    case ValueOp::max_of:
    case ValueOp::min_of:
      return catalogue_.lists()[at(node.slot)].fields[at(node.field)].unit;
    case ValueOp::parameter:
      return rule_.parameters[at(node.slot)].unit;
    // What is added is of one kind.
    case ValueOp::add:
    case ValueOp::subtract:
    case ValueOp::sum:
    case ValueOp::lowest:
    case ValueOp::highest:
      return unit_of(node.arguments.front());
    case ValueOp::age_on:
      return "years";
    case ValueOp::months_old_on:
      return "months";
    case ValueOp::days_between:
      return "days";
    default:
      return {};
  }
}

}  // namespace sendcheck
