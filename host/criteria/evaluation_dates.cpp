// Ages, periods and days of the year.
#include <array>

#include "criteria/ends.hpp"
#include "criteria/evaluation.hpp"

namespace sendcheck {
namespace {

using State = Estimate::State;

}  // namespace

// Every one of these rises (or falls) with each of its operands, so that the ends of the result come from the ends of the operands.
std::optional<Number> Evaluation::work_out_date(const ValueNode& node,
                                                Number first, Number second,
                                                bool exact) {
  // An end that cannot be worked out is open; only of what is known is it a fault.
  const auto refuse = [&](std::string id, std::string message) {
    if (exact) fail(std::move(id), std::move(message));
    return std::optional<Number>();
  };
  const auto as_date = [](Number days) {
    return Date::from_days(static_cast<std::int32_t>(days.numerator()));
  };
  switch (node.op) {
    case ValueOp::age_on:
      return Number(age_in_years(as_date(first), as_date(second)));
    case ValueOp::months_old_on:
      return Number(age_in_months(as_date(first), as_date(second)));
    case ValueOp::days_between:
      return Number(as_date(second) - as_date(first));
    case ValueOp::day_before:
      return Number(last_day_before(as_date(first)).days());
    default:
      break;
  }
  if (!first.is_whole()) {
    return refuse("rules.not_whole",
                  "dates are counted in whole days, weeks and months; found " +
                      first.to_string());
  }
  // Far beyond any calendar.
  constexpr std::int64_t most = 1'000'000;
  if (first < Number(-most) || Number(most) < first) {
    return refuse("rules.number_too_large",
                  "a period of " + first.to_string() +
                      " is too long to be counted from a date");
  }
  const int n = static_cast<int>(first.numerator());
  const Date date = as_date(second);
  switch (node.op) {
    case ValueOp::within_weeks:
      return Number(last_day_within_weeks(date, n).days());
    case ValueOp::weeks_before:
      return Number((date - 7 * n).days());
    case ValueOp::days_beginning_with:
      return Number(last_day_of_days_beginning_with(date, n).days());
    case ValueOp::months_starting_with:
      return Number(last_day_of_months_starting_with(date, n).days());
    case ValueOp::months_after:
      return Number(add_months(date, n).days());
    case ValueOp::months_before:
      return Number(add_months(date, -n).days());
    case ValueOp::days_after:
      return Number((date + n).days());
    case ValueOp::on_day:
    case ValueOp::on_or_before_day: {
      const int month = n / 100, day = n % 100;
      // A leap year, so that 29 February is a day.
      if (n < 0 || day < 1 || days_in_month(2000, month) < day) {
        return refuse("rules.no_such_day",
                      "a day of the year is a month and a day (\"02-15\"); "
                      "found " +
                          first.to_string());
      }
      const Date in_its_year = on_day_of_year(date.year(), month, day);
      if (node.op == ValueOp::on_or_before_day && date < in_its_year) {
        return Number(on_day_of_year(date.year() - 1, month, day).days());
      }
      return Number(in_its_year.days());
    }
    case ValueOp::working_days_after: {
      const auto result = holidays_.working_days_after(date, n);
      if (!result) return refuse(result.error().id, result.error().message);
      return Number(result->days());
    }
    default:
      return std::nullopt;
  }
}

Estimate Evaluation::date_arithmetic(const ValueNode& node) {
  // One operand, or two.
  std::array<Estimate, 2> operands;
  const std::size_t count = node.arguments.size();
  bool exact = true, may_be_nothing = false;
  for (std::size_t i = 0; i < count; ++i) {
    operands[i] = estimate(node.arguments[i]);
    const State state = operands[i].state;
    if (state == State::outside || state == State::nothing ||
        state == State::unknown) {
      return operands[i];
    }
    exact = exact && operands[i].is_exact();
    may_be_nothing = may_be_nothing || operands[i].may_be_nothing;
  }
  if (exact) {
    const auto result = work_out_date(
        node, number_of(operands[0].value),
        count == 1 ? Number(0) : number_of(operands[1].value), true);
    return result ? Estimate::exactly(value_of(*result, node.type.kind))
                  : Estimate::unbounded();
  }
  // The first operand of an age or a span is the earlier date: the result falls as it rises.
  const bool first_falls =
      node.op == ValueOp::age_on || node.op == ValueOp::months_old_on ||
      node.op == ValueOp::days_between || node.op == ValueOp::months_before ||
      node.op == ValueOp::weeks_before;
  const auto end = [&](bool low) -> End {
    const End first =
        low != first_falls ? lows(operands[0]) : highs(operands[0]);
    if (count == 1) {
      return first.there
                 ? end_of(work_out_date(node, first.number, Number(0), exact))
                 : End{};
    }
    const End second = low ? lows(operands[1]) : highs(operands[1]);
    return first.there && second.there
               ? end_of(work_out_date(node, first.number, second.number, exact))
               : End{};
  };
  // What lies between two days of the year as they are written is no day of the year.
  const bool has_no_ends =
      (node.op == ValueOp::on_day || node.op == ValueOp::on_or_before_day) &&
      !operands[0].is_exact();
  const Estimate result =
      has_no_ends ? Estimate::unbounded()
                  : from_ends(end(true), end(false), node.type.kind);
  return may_be_nothing_if(may_be_nothing, result);
}

}  // namespace sendcheck
