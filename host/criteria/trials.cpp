// What a cell might turn out to be: values that are worth trying.
//
// A comparison says what its side would have to be; from there the way back through sums, spans and ages says what the cell would have to be. Both
// sides of every such point are tried, and the ends of what the cell can be.
#include <algorithm>
#include <cstdlib>

#include "criteria/decisions.hpp"
#include "criteria/explain.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// Enough for every rule that a person can read.
constexpr std::size_t most_targets = 64;
// A range of so many whole values is tried from end to end.
constexpr std::int64_t small_range = 200;

std::vector<Number> ends_of(const Estimate& estimate) {
  std::vector<Number> ends;
  Number end;
  if (low_end(estimate, end)) ends.push_back(end);
  if (high_end(estimate, end) && (ends.empty() || ends[0] != end)) {
    ends.push_back(end);
  }
  return ends;
}

// Where the criteria that read a cell turn.
class Targets {
 public:
  Targets(Evaluation& evaluation, FactKey cell)
      : evaluation_(evaluation), cell_(cell) {}

  void find(CriterionId id);

  std::vector<Number> numbers;
  std::vector<Value> texts;

 private:
  const ValueNode& node(ValueId id) const {
    return evaluation_.rule().tree.values[at(id)];
  }
  void compare(ValueId side, ValueId other);
  void find_inside(ValueId id);
  void aim(ValueId id, Number target);
  void aim_at_date(const ValueNode& node, Number target);
  void aim_at_rows(ValueId id);
  std::vector<Number> ends(ValueId id, Number middle);

  Evaluation& evaluation_;
  FactKey cell_;
};

void Targets::find(CriterionId id) {
  const CriterionNode& criterion = evaluation_.rule().tree.criteria[at(id)];
  for (ValueId value : criterion.values) {
    find_inside(value);
    for (ValueId other : criterion.values) {
      if (other != value) compare(value, other);
    }
  }
  const bool of_entries = criterion.op == CriterionOp::any_item ||
                          criterion.op == CriterionOp::every_item;
  if (of_entries && criterion.list != cell_.list) return;
  std::optional<Evaluation::InEntry> in;
  if (of_entries) in.emplace(evaluation_, cell_.list, cell_.entry);
  for (CriterionId child : criterion.children) find(child);
}

void Targets::compare(ValueId side, ValueId other) {
  std::vector<Estimate> found;
  if (node(other).type.is_list) {
    for (const Value& value : evaluation_.binding().values[at(other)].list) {
      found.push_back(Estimate::exactly(value));
    }
  } else {
    found.push_back(evaluation_.estimate(other));
  }
  for (const Estimate& estimate : found) {
    if (estimate.is_exact() && estimate.value.kind() == Value::Kind::text) {
      texts.push_back(estimate.value);
      continue;
    }
    for (Number end : ends_of(estimate)) aim(side, end);
  }
}

// Criteria inside a value turn at points of their own.
void Targets::find_inside(ValueId id) {
  const ValueNode& value = node(id);
  for (CriterionId condition : value.conditions) {
    if (condition >= 0) find(condition);
  }
  std::optional<Evaluation::InEntry> in;
  const bool of_list = value.op == ValueOp::count || value.op == ValueOp::sum ||
                       value.op == ValueOp::max_of ||
                       value.op == ValueOp::min_of;
  if (of_list) {
    if (value.slot != cell_.list) return;
    in.emplace(evaluation_, cell_.list, cell_.entry);
    if (value.where >= 0) find(value.where);
  }
  for (ValueId argument : value.arguments) find_inside(argument);
  if (is_decision(value.op)) aim_at_rows(id);
}

// A decision table turns at the values that its rows name.
void Targets::aim_at_rows(ValueId id) {
  const Binding::Decide& decide = evaluation_.binding().decides[at(id)];
  if (!decide.table) return;
  for (std::size_t i = 0; i < decide.arguments.size(); ++i) {
    const InputClasses& classes = decide.table->classes(i);
    for (Number number : classes.numbers()) aim(decide.arguments[i], number);
    const ValueNode& argument = node(decide.arguments[i]);
    const bool is_cell =
        argument.op == (cell_.list < 0 ? ValueOp::fact : ValueOp::item) &&
        argument.slot == cell_.slot;
    if (!is_cell || argument.type.codes >= 0) continue;
    for (std::string_view text : classes.texts()) {
      texts.push_back(Value::text(text));
    }
  }
}

// What another operand may be; `middle` stands for what lies between its ends.
std::vector<Number> Targets::ends(ValueId id, Number middle) {
  const Estimate estimate = evaluation_.estimate(id);
  std::vector<Number> found = ends_of(estimate);
  if (!estimate.is_exact()) found.push_back(middle);
  return found;
}

// What the cell would have to be for a value to come to `target`.
void Targets::aim(ValueId id, Number target) {
  if (numbers.size() >= most_targets) return;
  const ValueNode& value = node(id);
  const auto aim_if = [&](ValueId argument, std::optional<Number> number) {
    if (number) aim(argument, *number);
  };
  switch (value.op) {
    case ValueOp::fact:
      if (cell_.list < 0 && value.slot == cell_.slot) numbers.push_back(target);
      break;
    case ValueOp::item:
      if (value.list == cell_.list && value.slot == cell_.slot) {
        numbers.push_back(target);
      }
      break;
    case ValueOp::max_of:
    case ValueOp::min_of:
      if (value.slot == cell_.list && value.field == cell_.slot) {
        numbers.push_back(target);
      }
      break;
    case ValueOp::add:
    case ValueOp::subtract:
    case ValueOp::multiply:
    case ValueOp::divide: {
      const ValueId left = value.arguments[0], right = value.arguments[1];
      const bool scales =
          value.op == ValueOp::multiply || value.op == ValueOp::divide;
      const Number neutral(scales ? 1 : 0);
      for (Number end : ends(right, neutral)) {
        aim_if(left, value.op == ValueOp::add        ? subtract(target, end)
                     : value.op == ValueOp::subtract ? add(target, end)
                     : value.op == ValueOp::multiply ? divide(target, end)
                                                     : multiply(target, end));
      }
      for (Number end : ends(left, neutral)) {
        aim_if(right, value.op == ValueOp::add        ? subtract(target, end)
                      : value.op == ValueOp::subtract ? subtract(end, target)
                      : value.op == ValueOp::multiply ? divide(target, end)
                                                      : divide(end, target));
      }
      break;
    }
    case ValueOp::sum: {
      if (value.slot != cell_.list) break;
      const std::vector<Number> totals = ends(id, Number(0));
      Evaluation::InEntry in(evaluation_, cell_.list, cell_.entry);
      aim(value.arguments[0], target);
      for (Number part : ends(value.arguments[0], Number(0))) {
        for (Number total : totals) {
          const auto rest = subtract(total, part);
          if (rest) aim_if(value.arguments[0], subtract(target, *rest));
        }
      }
      break;
    }
    case ValueOp::lowest:
    case ValueOp::highest:
    case ValueOp::choose:
      for (ValueId argument : value.arguments) aim(argument, target);
      break;
    case ValueOp::decide:
    case ValueOp::list_count:
    case ValueOp::list_sum:
    case ValueOp::list_includes:
      break;  // aim_at_rows
    default:
      aim_at_date(value, target);
      break;
  }
}

void Targets::aim_at_date(const ValueNode& value, Number target) {
  if (value.arguments.empty() || !target.is_whole()) return;
  constexpr std::int64_t most = 10'000'000;
  if (target < Number(-most) || Number(most) < target) return;
  const auto t = static_cast<std::int32_t>(target.numerator());
  if (value.op == ValueOp::day_before) {
    return aim(value.arguments[0], Number(t + 1));
  }
  if (value.arguments.size() < 2) return;
  const ValueId first = value.arguments[0], second = value.arguments[1];
  const Number today(evaluation_.as_of().days());
  const auto date = [](Number days) {
    return Date::from_days(static_cast<std::int32_t>(days.numerator()));
  };
  const auto aim_at = [&](ValueId side, Date on) {
    aim(side, Number(on.days()));
  };
  switch (value.op) {
    case ValueOp::age_on:
    case ValueOp::months_old_on: {
      if (t < -10'000 || 10'000 < t) return;
      const int months = value.op == ValueOp::age_on ? 12 * t : t;
      for (Number on : ends(second, today)) {
        aim_at(first, add_months(date(on), -months));
      }
      for (Number birth : ends(first, today)) {
        aim_at(second, add_months(date(birth), months));
      }
      return;
    }
    case ValueOp::days_between:
      for (Number end : ends(second, today)) aim_at(first, date(end) - t);
      for (Number end : ends(first, today)) aim_at(second, date(end) + t);
      return;
    default:
      break;
  }
  const Date wanted = Date::from_days(t);
  for (Number period : ends(first, Number(1))) {
    const auto n = static_cast<std::int32_t>(
        std::clamp<std::int64_t>(period.numerator(), -100'000, 100'000));
    switch (value.op) {
      case ValueOp::within_weeks:
        aim_at(second, wanted - 7 * n);
        break;
      case ValueOp::weeks_before:
        aim_at(second, wanted + 7 * n);
        break;
      case ValueOp::months_starting_with:
      case ValueOp::months_after:
        aim_at(second, add_months(wanted, -n));
        break;
      case ValueOp::months_before:
        aim_at(second, add_months(wanted, n));
        break;
      case ValueOp::days_beginning_with:
      case ValueOp::days_after:
        aim_at(second, wanted - n);
        break;
      case ValueOp::working_days_after:
        // Never more than twice as many days, and a fortnight of holidays.
        aim_at(second, wanted - (2 * n + 14));
        break;
      default:
        aim_at(second, wanted);
        break;
    }
  }
  for (Number end : ends(second, today)) {
    const Number days(std::abs(wanted - date(end)));
    const bool of_weeks =
        value.op == ValueOp::within_weeks || value.op == ValueOp::weeks_before;
    const bool of_months = value.op == ValueOp::months_after ||
                           value.op == ValueOp::months_before ||
                           value.op == ValueOp::months_starting_with;
    const auto period = divide(days, Number(of_weeks ? 7 : of_months ? 30 : 1));
    if (period) aim(first, *period);
  }
}

Number whole_at_most(Number number) {
  const std::int64_t denominator = number.denominator();
  const std::int64_t towards_zero = number.numerator() / denominator;
  return Number(number.numerator() < 0 && !number.is_whole() ? towards_zero - 1
                                                             : towards_zero);
}

// To a question that is still to be answered.
bool is_answer(FactKey cell) {
  return cell.list >= 0 && cell.entry < 0 && cell.slot >= 0;
}

const FactSpec& spec_of(const Evaluation& evaluation, FactKey cell) {
  const Catalogue& catalogue = evaluation.catalogue();
  return cell.list < 0 ? catalogue.scalars()[at(cell.slot)]
                       : catalogue.lists()[at(cell.list)].fields[at(cell.slot)];
}

}  // namespace

Estimate possible_values(const Evaluation& evaluation, FactKey cell) {
  const Estimate known =
      cell.list < 0
          ? evaluation.estimate_of_scalar(cell.slot)
          : evaluation.estimate_of_field(cell.list, cell.entry, cell.slot);
  if (!known.is_exact()) return known;
  if (!known.is_numeric()) return Estimate::of(Estimate::State::unknown);
  const FactSpec& spec = spec_of(evaluation, cell);
  Estimate range = Estimate::unbounded();
  range.has_low = spec.minimum.has_value();
  range.low = spec.minimum.value_or(Number(0));
  range.has_high = spec.maximum.has_value();
  range.high = spec.maximum.value_or(Number(0));
  return range;
}

namespace {

// Values of a number or a date, each once, as far as the cell can be them.
class TrialNumbers {
 public:
  TrialNumbers(const Evaluation& evaluation, FactKey cell)
      : is_date_(spec_of(evaluation, cell).type == FactType::date),
        is_whole_(is_date_ ||
                  spec_of(evaluation, cell).type == FactType::integer),
        today_(evaluation.as_of().days()),
        range_(possible_values(evaluation, cell)) {}

  // The ends first: whoever cannot try all tries these. Far is beyond what rules compare with, and three such numbers can still be multiplied.
  void try_ends() {
    const Number far(is_date_ ? 400 * 366 : 1'000'000);
    const Number middle = is_date_ ? today_ : Number(0);
    try_number(range_.has_low ? range_.low : subtract(middle, far));
    try_number(range_.has_high ? range_.high : add(middle, far));
    try_number(middle);
    if (!is_date_) try_number(Number(1));
  }

  void try_around(Number number) {
    const Number step = is_whole_ ? Number(1) : Number::from_reduced(1, 100);
    if (is_whole_) number = whole_at_most(number);
    try_number(number);
    try_number(add(number, step));
    try_number(subtract(number, step));
  }

  // True: the range is small, and all of it is tried.
  bool try_all() {
    if (!is_whole_ || !range_.has_low || !range_.has_high) return false;
    const auto span = subtract(range_.high, range_.low);
    if (!span || !(*span < Number(small_range))) return false;
    for (std::int64_t i = 0; Number(i) <= *span; ++i) {
      try_number(add(range_.low, Number(i)));
    }
    return true;
  }

  std::vector<Estimate> values;

 private:
  void try_number(std::optional<Number> number) {
    if (!number || (is_whole_ && !number->is_whole())) return;
    if (range_.has_low && *number < range_.low) return;
    if (range_.has_high && range_.high < *number) return;
    const Value value =
        value_of(*number, is_date_ ? Value::Kind::date : Value::Kind::number);
    const bool is_known = std::any_of(
        values.begin(), values.end(),
        [&](const Estimate& trial) { return trial.value == value; });
    if (!is_known) values.push_back(Estimate::exactly(value));
  }

  bool is_date_, is_whole_;
  Number today_;
  Estimate range_;
};

bool is_number_or_date(FactType type) {
  return type != FactType::boolean && type != FactType::code &&
         type != FactType::text;
}

}  // namespace

std::vector<Estimate> first_trial_values(const Evaluation& evaluation,
                                         FactKey cell) {
  if (is_answer(cell) || !is_number_or_date(spec_of(evaluation, cell).type)) {
    return {};
  }
  TrialNumbers trials(evaluation, cell);
  trials.try_ends();
  return std::move(trials.values);
}

Trials trial_values(Evaluation& evaluation, FactKey cell,
                    CriterionId criterion) {
  Trials trials;
  const auto is_type = [&](FactType type) {
    return spec_of(evaluation, cell).type == type;
  };
  if (is_answer(cell) || is_type(FactType::boolean)) {
    trials.values = {Estimate::exactly(Value::of(true)),
                     Estimate::exactly(Value::of(false))};
    trials.exhaustive = true;
    return trials;
  }
  if (is_type(FactType::code)) {
    const auto& codes =
        evaluation.catalogue().codes_of(spec_of(evaluation, cell)).codes;
    trials.values.reserve(codes.size());
    for (std::size_t i = 0; i < codes.size(); ++i) {
      if (codes[i].means_unknown) continue;
      trials.values.push_back(
          Estimate::exactly(Value::code(static_cast<int>(i))));
    }
    trials.exhaustive = true;
    return trials;
  }
  Targets targets(evaluation, cell);
  targets.find(criterion);
  if (is_type(FactType::text)) {
    targets.texts.push_back(Value::text("\x01 none of these"));
    for (const Value& text : targets.texts) {
      const bool is_known = std::any_of(
          trials.values.begin(), trials.values.end(),
          [&](const Estimate& trial) { return trial.value == text; });
      if (!is_known) trials.values.push_back(Estimate::exactly(text));
    }
    return trials;
  }
  TrialNumbers numbers(evaluation, cell);
  numbers.try_ends();
  for (Number number : targets.numbers) numbers.try_around(number);
  trials.exhaustive = numbers.try_all();
  trials.values = std::move(numbers.values);
  return trials;
}

}  // namespace sendcheck
