// The estimates of value nodes, but for date arithmetic (evaluation_dates.cpp).
#include <algorithm>

#include "criteria/ends.hpp"
#include "criteria/evaluation.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

using State = Estimate::State;

// What an operation comes to when an operand is no number: outside and nothing pass through, in that order of weight.
std::optional<Estimate> without_numbers(const Estimate& a, const Estimate& b) {
  for (State state : {State::outside, State::nothing}) {
    if (a.state == state || b.state == state) return Estimate::of(state);
  }
  return std::nullopt;
}

bool is_zero(const End& end) { return end.there && end.number == Number(0); }

// The span of a product: the least and the most of the four products of ends. An open end is as far as its sign carries; zero times an open end
// is zero.
Estimate product(const Estimate& a, const Estimate& b, Value::Kind kind) {
  const End ends_a[2] = {lows(a), highs(a)};
  const End ends_b[2] = {lows(b), highs(b)};
  const auto sign = [](const End& end, bool is_low) {
    if (!end.there) return is_low ? -1 : 1;
    return end.number < Number(0) ? -1 : end.number == Number(0) ? 0 : 1;
  };
  End low, high;
  bool low_open = false, high_open = false, first = true;
  for (int i = 0; i < 2; ++i) {
    for (int j = 0; j < 2; ++j) {
      const End& x = ends_a[i];
      const End& y = ends_b[j];
      End product_end;
      if (is_zero(x) || is_zero(y)) {
        product_end = {true, Number(0)};
      } else if (x.there && y.there) {
        product_end = end_of(multiply(x.number, y.number));
        if (!product_end.there) low_open = high_open = true;
      } else {
        const int direction = sign(x, i == 0) * sign(y, j == 0);
        if (direction < 0) low_open = true;
        if (direction > 0) high_open = true;
        continue;
      }
      if (!product_end.there) continue;
      if (first || product_end.number < low.number) low = product_end;
      if (first || high.number < product_end.number) high = product_end;
      first = false;
    }
  }
  if (low_open) low = {};
  if (high_open) high = {};
  return from_ends(low, high, kind);
}

}  // namespace

Estimate Evaluation::estimate(ValueId id) {
  const ValueNode& node = rule_.tree.values[at(id)];
  switch (node.op) {
    case ValueOp::constant:
      return Estimate::exactly(node.constant);
    case ValueOp::fact: {
      const Value& stated = record_.scalars[at(node.slot)];
      if (supposed_.empty() && stated.is_known() && !node.is_open) {
        return Estimate::exactly(stated);
      }
      return estimate_of_scalar(node.slot);
    }
    case ValueOp::parameter: {
      if (!binding_.parameters[at(node.slot)]) {
        return Estimate::of(State::nothing);
      }
      return Estimate::exactly(binding_.values[at(id)].scalar);
    }
    case ValueOp::item:
      return estimate_of_field(node.list, item_entry_, node.slot);
    case ValueOp::as_of:
      return Estimate::exactly(Value::of(as_of_));
    case ValueOp::add:
    case ValueOp::subtract:
    case ValueOp::multiply:
    case ValueOp::divide:
      return arithmetic(node);
    case ValueOp::lowest:
    case ValueOp::highest: {
      const bool lowest = node.op == ValueOp::lowest;
      Estimate best = estimate(node.arguments[0]);
      for (std::size_t i = 1; i < node.arguments.size(); ++i) {
        const Estimate next = estimate(node.arguments[i]);
        if (auto passed = without_numbers(best, next)) {
          best = *passed;
          continue;
        }
        // The least of two is at most either, and at least the lesser of the least; an open end binds on one side only.
        const End a_low = lows(best), b_low = lows(next);
        const End a_high = highs(best), b_high = highs(next);
        const auto least = [](const End& x, const End& y) {
          return x.number < y.number ? x : y;
        };
        const auto most = [](const End& x, const End& y) {
          return x.number < y.number ? y : x;
        };
        End low, high;
        if (lowest) {
          if (a_low.there && b_low.there) low = least(a_low, b_low);
          high = a_high.there && b_high.there ? least(a_high, b_high)
                 : a_high.there               ? a_high
                                              : b_high;
        } else {
          if (a_high.there && b_high.there) high = most(a_high, b_high);
          low = a_low.there && b_low.there ? most(a_low, b_low)
                : a_low.there              ? a_low
                                           : b_low;
        }
        best = may_be_nothing_if(best.may_be_nothing || next.may_be_nothing,
                                 from_ends(low, high, node.type.kind));
      }
      return best;
    }
    case ValueOp::count: {
      const Tally found =
          node.field >= 0 ? tally_distinct(node.slot, node.where, node.field)
                          : tally(node.slot, node.where);
      if (found.more) return Estimate::at_least(Number(found.certain));
      return Estimate::between(Number(found.certain),
                               Number(found.certain + found.possible),
                               Value::Kind::number);
    }
    case ValueOp::sum:
      return sum(node);
    case ValueOp::max_of:
    case ValueOp::min_of:
      return extreme(node);
    case ValueOp::choose:
      return choose(node);
    case ValueOp::look_up:
      return look_up(id);
    case ValueOp::next_date:
      return next_date(node);
    case ValueOp::decide:
    case ValueOp::list_count:
    case ValueOp::list_sum:
    case ValueOp::list_includes:
      return decide(id);
    case ValueOp::compute:
      // Untrusted, it could be anything.
      if (!trust_ && answer(node.function).unconfirmed) {
        return node.type.is_numeric() ? Estimate::unbounded()
                                      : Estimate::of(State::unknown);
      }
      return answer(node.function).estimate;
    default:
      return date_arithmetic(node);
  }
}

Estimate Evaluation::arithmetic(const ValueNode& node) {
  const Estimate a = estimate(node.arguments[0]);
  const Estimate b = estimate(node.arguments[1]);
  if (auto passed = without_numbers(a, b)) return *passed;
  const Value::Kind kind = node.type.kind;
  if (a.is_exact() && b.is_exact() && node.op != ValueOp::divide) {
    const Number x = number_of(a.value), y = number_of(b.value);
    const auto result = node.op == ValueOp::add        ? add(x, y)
                        : node.op == ValueOp::subtract ? subtract(x, y)
                                                       : multiply(x, y);
    if (result) return Estimate::exactly(value_of(*result, kind));
    fail("rules.number_too_large",
         "a number of this rule is too large to be worked out exactly");
    return Estimate::unbounded();
  }
  const auto both = [](const End& x, const End& y, auto operation) {
    return x.there && y.there ? end_of(operation(x.number, y.number)) : End{};
  };
  const bool exact = a.is_exact() && b.is_exact();
  Estimate result;
  switch (node.op) {
    case ValueOp::add:
      result = from_ends(both(lows(a), lows(b), add),
                         both(highs(a), highs(b), add), kind);
      break;
    case ValueOp::subtract:
      result = from_ends(both(lows(a), highs(b), subtract),
                         both(highs(a), lows(b), subtract), kind);
      break;
    case ValueOp::multiply:
      result = product(a, b, kind);
      break;
    default: {
      if (b.is_exact() && number_of(b.value) == Number(0)) {
        return Estimate::of(State::nothing);
      }
      if (exact) {
        const End quotient =
            end_of(divide(number_of(a.value), number_of(b.value)));
        result = from_ends(quotient, quotient, kind);
        break;
      }
      Number least, most;
      const bool above = low_end(b, least) && Number(0) < least;
      const bool below = high_end(b, most) && most < Number(0);
      // What may be zero may leave no quotient.
      if (!above && !below) return or_nothing(Estimate::unbounded());
      // One over b turns the ends round.
      const End high = end_of(divide(Number(1), least));
      const End low = high_end(b, most) ? end_of(divide(Number(1), most))
                                        : End{above, Number(0)};
      result = product(
          a,
          above ? from_ends(low, high, Value::Kind::number)
                : from_ends(end_of(divide(Number(1), most)),
                            low_end(b, least) ? high : End{true, Number(0)},
                            Value::Kind::number),
          kind);
      break;
    }
  }
  if (exact && !result.is_exact()) {
    fail("rules.number_too_large",
         "a number of this rule is too large to be worked out exactly");
  }
  return may_be_nothing_if(a.may_be_nothing || b.may_be_nothing, result);
}

Estimate Evaluation::sum(const ValueNode& node) {
  const List& entries = record_.lists[at(node.slot)];
  const ValueId value = node.arguments[0];
  End low{true, Number(0)}, high{true, Number(0)};
  bool exact = true;
  const auto plus = [](End& end, const End& more) {
    end =
        end.there && more.there ? end_of(add(end.number, more.number)) : End{};
  };
  for (int entry = 0; entry < entries.size(); ++entry) {
    InEntry in(*this, node.slot, entry);
    const Truth counts = node.where < 0 ? Truth::met : truth(node.where);
    if (counts == Truth::not_met) continue;
    const Estimate part = estimate(value);
    if (part.state == State::outside && counts == Truth::met) return part;
    if (part.state == State::nothing) continue;
    exact = exact && part.is_exact() && counts == Truth::met;
    End least = lows(part), most = highs(part);
    if (counts == Truth::unknown || part.may_be_nothing) {
      // It may also not count at all.
      if (least.there && Number(0) < least.number) least.number = Number(0);
      if (most.there && most.number < Number(0)) most.number = Number(0);
    }
    plus(low, least);
    plus(high, most);
  }
  if (may_hold_more(node.slot)) {
    InEntry in(*this, node.slot, -1);
    if (node.where < 0 || truth(node.where) != Truth::not_met) {
      const Estimate part = estimate(value);
      const End least = lows(part), most = highs(part);
      exact = false;
      if (another_entry_supposed(node.slot)) {
        plus(low, least);
        plus(high, most);
      }
      if (!least.there || least.number < Number(0)) low = {};
      if (!most.there || Number(0) < most.number) high = {};
    }
  }
  if (exact && !low.there) {
    fail("rules.number_too_large",
         "a total of this rule is too large to be worked out exactly");
  }
  return from_ends(low, high, node.type.kind);
}

Estimate Evaluation::extreme(const ValueNode& node) {
  const bool largest = node.op == ValueOp::max_of;
  const List& entries = record_.lists[at(node.slot)];
  // Turned so that it is always the largest that is looked for.
  const auto toward = [&](const Estimate& e) {
    return largest ? highs(e) : lows(e);
  };
  const auto away = [&](const Estimate& e) {
    return largest ? lows(e) : highs(e);
  };
  const auto beyond = [&](const Number& a, const Number& b) {
    return largest ? b < a : a < b;
  };
  bool certain = false, possible = false, open = false, near_open = false;
  // At least as far as `sure` or, when no entry surely counts, as `near`; at most as far as `far`.
  End sure, near, far;
  for (int entry = 0; entry < entries.size(); ++entry) {
    InEntry in(*this, node.slot, entry);
    const Truth counts = node.where < 0 ? Truth::met : truth(node.where);
    if (counts == Truth::not_met) continue;
    const Estimate part = estimate_of_field(node.slot, entry, node.field);
    const End reach = toward(part), least = away(part);
    if (counts == Truth::met) {
      certain = true;
      if (least.there && (!sure.there || beyond(least.number, sure.number))) {
        sure = least;
      }
    } else {
      possible = true;
      if (!least.there) {
        near_open = true;
      } else if (!near.there || beyond(near.number, least.number)) {
        near = least;
      }
    }
    if (!reach.there) {
      open = true;
    } else if (!far.there || beyond(reach.number, far.number)) {
      far = reach;
    }
  }
  if (may_hold_more(node.slot)) {
    InEntry in(*this, node.slot, -1);
    if (node.where < 0 || truth(node.where) != Truth::not_met) {
      possible = true;
      const Estimate part = estimate_of_field(node.slot, -1, node.field);
      const End reach = toward(part), least = away(part);
      if (!least.there) {
        near_open = true;
      } else if (!near.there || beyond(near.number, least.number)) {
        near = least;
      }
      if (another_entry_supposed(node.slot)) certain = true;
      if (!reach.there) {
        open = true;
      } else if (!far.there || beyond(reach.number, far.number)) {
        far = reach;
      }
    }
  }
  if (!certain && !possible) return Estimate::of(State::nothing);
  if (open) far = {};
  if (!sure.there && !near_open) sure = near;
  return may_be_nothing_if(!certain,
                           largest ? from_ends(sure, far, node.type.kind)
                                   : from_ends(far, sure, node.type.kind));
}

Estimate Evaluation::choose(const ValueNode& node) {
  std::optional<Estimate> so_far;
  const auto meet = [&](const Estimate& next) {
    so_far = so_far ? either(*so_far, next) : next;
  };
  for (std::size_t i = 0; i < node.arguments.size(); ++i) {
    const CriterionId condition = node.conditions[i];
    const Truth holds = condition < 0 ? Truth::met : truth(condition);
    if (holds == Truth::not_met) continue;
    meet(estimate(node.arguments[i]));
    if (holds == Truth::met) return *so_far;
  }
  meet(Estimate::of(State::nothing));
  return *so_far;
}

Estimate Evaluation::look_up(ValueId id) {
  const ValueNode& node = rule_.tree.values[at(id)];
  const EffectiveParameter* parameter = binding_.parameters[at(node.parameter)];
  if (!parameter || !parameter->value.table) {
    return Estimate::of(State::nothing);
  }
  const Table& table = *parameter->value.table;
  std::vector<Estimate> keys;
  keys.reserve(node.arguments.size());
  for (ValueId argument : node.arguments) {
    keys.push_back(estimate(argument));
    const State state = keys.back().state;
    if (state == State::outside || state == State::nothing) {
      return Estimate::of(state);
    }
  }
  // Each row, with each key: does it match, does it not, or does that depend on what is not known.
  std::optional<Estimate> found;
  bool covered = false;
  const bool may_be_nothing =
      std::any_of(keys.begin(), keys.end(),
                  [](const Estimate& key) { return key.may_be_nothing; });
  const Binding::LookUp& bound = binding_.look_ups[at(id)];
  for (std::size_t r = 0; r < bound.rows.size(); ++r) {
    const auto& row = table.rows[r];
    Truth matches = Truth::met;
    for (std::size_t a = 0; a < bound.asks.size() && matches != Truth::not_met;
         ++a) {
      const Value& asked = bound.rows[r][a];
      if (!asked.is_known()) continue;
      const auto& [key, column, op] = bound.asks[a];
      const int codes = rule_.tree.values[at(node.arguments[key])].type.codes;
      const bool no_place =
          op != CriterionOp::is && is_outside_order(keys[key], codes);
      matches = std::min(
          matches, no_place ? Truth::not_met
                            : sendcheck::compare(op, keys[key],
                                                 Estimate::exactly(asked)));
    }
    if (matches == Truth::not_met) continue;
    const Value& cell = row[at(node.field)];
    const Estimate part = cell.is_known() ? Estimate::exactly(cell)
                                          : Estimate::of(State::nothing);
    found = found ? either(*found, part) : part;
    if (matches == Truth::met) covered = true;
  }
  if (!found) {
    met_outside_ = true;
    return Estimate::of(State::outside);
  }
  if (covered) return *found;
  // Some key is not known: it may also be one that the table does not have.
  return may_be_nothing_if(may_be_nothing, node.type.is_numeric()
                                               ? Estimate::unbounded()
                                               : Estimate::of(State::unknown));
}

Estimate Evaluation::next_date(const ValueNode& node) {
  const EffectiveParameter* parameter = binding_.parameters[at(node.parameter)];
  if (!parameter || !parameter->value.table) {
    return Estimate::of(State::nothing);
  }
  const Estimate from = estimate(node.arguments[0]);
  if (!from.is_exact()) {
    // A later date may have a much later next one, or none in the calendar.
    return from.state == State::bounded
               ? may_be_nothing_if(from.may_be_nothing, Estimate::unbounded())
               : from;
  }
  std::optional<Date> next;
  for (const auto& row : parameter->value.table->rows) {
    const Value& cell = row[at(node.field)];
    if (cell.is_known() && from.value.date() <= cell.date() &&
        (!next || cell.date() < *next)) {
      next = cell.date();
    }
  }
  if (next) return Estimate::exactly(Value::of(*next));
  met_outside_ = true;
  return Estimate::of(State::outside);
}

}  // namespace sendcheck
