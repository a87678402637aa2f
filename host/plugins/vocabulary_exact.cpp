// Exact numbers and dates as scripts hold them.
#include "plugins/vocabulary.hpp"

namespace sendcheck {

using script::Fault;
using script::Object;

namespace {

std::size_t at(std::int64_t index) { return static_cast<std::size_t>(index); }

}  // namespace

script::Value Vocabulary::of_number(Number number) {
  if (number.is_whole()) return number.numerator();
  numbers_.push_back(number);
  return Object{exact_type_, static_cast<std::int64_t>(numbers_.size()) - 1};
}

script::Value Vocabulary::of_date(Date date) const {
  return Object{date_type_, date.days()};
}

const Number* Vocabulary::number(const Value& value) const {
  const Object* object = value.object();
  return object && object->type == exact_type_ ? &numbers_[at(object->handle)]
                                               : nullptr;
}

bool Vocabulary::is_date(const Value& value) const {
  return value.object() && value.object()->type == date_type_;
}

Date Vocabulary::date(const Value& value) {
  return Date::from_days(static_cast<std::int32_t>(value.object()->handle));
}

std::optional<Number> Vocabulary::as_number(const Value& value) const {
  if (const std::int64_t* integer = value.integer()) return Number(*integer);
  if (const Number* exact = number(value)) return *exact;
  return std::nullopt;
}

void Vocabulary::define_exact(script::State& state) {
  script::TypeSpec type;
  type.name = "an exact number";
  const auto operands = [this](Call& call) {
    const auto a = as_number(call.argument(0)), b = as_number(call.argument(1));
    if (!a || !b) {
      throw Fault(
          "an exact number goes with integers and exact numbers; "
          "found " +
          call.argument(a ? 1 : 0).in_words() +
          " (write decimal \"0.5\" for a fraction)");
    }
    return std::pair(*a, *b);
  };
  const auto binary = [this, operands](auto operation) -> script::HostFunction {
    return [this, operands, operation](Call& call) -> Value {
      const auto [a, b] = operands(call);
      const std::optional<Number> result = operation(a, b);
      if (!result) {
        throw Fault("the result cannot be held exactly, or divides by zero");
      }
      return of_number(*result);
    };
  };
  type.operators["add"] = binary([](Number a, Number b) { return add(a, b); });
  type.operators["subtract"] =
      binary([](Number a, Number b) { return subtract(a, b); });
  type.operators["multiply"] =
      binary([](Number a, Number b) { return multiply(a, b); });
  type.operators["divide"] =
      binary([](Number a, Number b) { return divide(a, b); });
  type.operators["equal"] = [operands](Call& call) -> Value {
    const auto [a, b] = operands(call);
    return a == b;
  };
  type.operators["less"] = [operands](Call& call) -> Value {
    const auto [a, b] = operands(call);
    return a < b;
  };
  type.operators["less_or_equal"] = [operands](Call& call) -> Value {
    const auto [a, b] = operands(call);
    return a <= b;
  };
  type.operators["to_text"] = [this](Call& call) -> Value {
    return number(call.argument(0))->to_string();
  };
  exact_type_ = state.define_type(std::move(type));

  state.set_global(
      "decimal", taking(1, "decimal", [this](Call& call) -> Value {
        const std::string text = text_at(call, 0, "a number");
        const auto parsed = Number::parse(text);
        if (!parsed)
          throw Fault("\"" + text + "\" is no number such as \"0.5\"");
        return of_number(*parsed);
      }));
  // A literal of its own kind, so that an amount is compared with amounts only; to a function it is a number of pounds, as all amounts are there.
  state.set_global(
      "pounds", taking(1, "pounds", [this](Call& call) -> Value {
        const std::string text = text_at(call, 0, "an amount");
        const auto parsed = Money::parse(text);
        if (!parsed) {
          throw Fault("\"" + text + "\" is no amount such as \"6000.00\"");
        }
        if (in_function_) return of_number(parsed->pounds());
        DraftValue made;
        made.literal = *parsed;
        made.line = call.line();
        return keep(std::move(made));
      }));
}

void Vocabulary::define_date(script::State& state) {
  script::TypeSpec type;
  type.name = "a date";
  const auto dates = [this](Call& call) {
    if (!is_date(call.argument(0)) || !is_date(call.argument(1))) {
      throw Fault("a date is compared with a date; found " +
                  call.argument(is_date(call.argument(0)) ? 1 : 0).in_words());
    }
    return std::pair(date(call.argument(0)), date(call.argument(1)));
  };
  const auto whole = [](Call& call, std::size_t index) {
    const std::int64_t* n = call.argument(index).integer();
    if (!n || *n < -1'000'000 || *n > 1'000'000) {
      throw Fault("expected a whole number; found " +
                  call.argument(index).in_words());
    }
    return static_cast<int>(*n);
  };
  type.operators["equal"] = [dates](Call& call) -> Value {
    const auto [a, b] = dates(call);
    return a == b;
  };
  type.operators["less"] = [dates](Call& call) -> Value {
    const auto [a, b] = dates(call);
    return a < b;
  };
  type.operators["less_or_equal"] = [dates](Call& call) -> Value {
    const auto [a, b] = dates(call);
    return a <= b;
  };
  // date - date is a number of days; date - n and date + n are dates.
  type.operators["subtract"] = [this, dates, whole](Call& call) -> Value {
    if (call.argument(1).integer() && is_date(call.argument(0))) {
      return of_date(date(call.argument(0)) - whole(call, 1));
    }
    const auto [a, b] = dates(call);
    return static_cast<std::int64_t>(a - b);
  };
  type.operators["add"] = [this, whole](Call& call) -> Value {
    if (!is_date(call.argument(0))) {
      throw Fault("write date + days, not days + date");
    }
    return of_date(date(call.argument(0)) + whole(call, 1));
  };
  type.operators["to_text"] = [](Call& call) -> Value {
    return date(call.argument(0)).to_string();
  };
  type.methods["plus_months"] = [this, whole](Call& call) -> Value {
    return of_date(add_months(date(call.argument(0)), whole(call, 1)));
  };
  type.methods["year"] = [](Call& call) -> Value {
    return static_cast<std::int64_t>(date(call.argument(0)).year());
  };
  type.methods["month"] = [](Call& call) -> Value {
    return static_cast<std::int64_t>(date(call.argument(0)).month());
  };
  type.methods["day"] = [](Call& call) -> Value {
    return static_cast<std::int64_t>(date(call.argument(0)).day());
  };
  date_type_ = state.define_type(std::move(type));

  state.set_global(
      "date", taking(1, "date", [this](Call& call) -> Value {
        const std::string text = text_at(call, 0, "a date");
        const auto parsed = Date::parse(text);
        if (!parsed) {
          throw Fault("\"" + text + "\" is no date such as \"2026-11-22\"");
        }
        return of_date(*parsed);
      }));
}

}  // namespace sendcheck
