// The classes of an input's values, and which rows' tests each class meets.
#include <algorithm>

#include "domain/decision_table.hpp"

namespace sendcheck {
namespace {

template <class T>
void sort_once(std::vector<T>& values) {
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace

InputClasses::InputClasses(const std::vector<DecisionRow>& rows,
                           std::size_t input, bool is_text)
    : is_text_(is_text) {
  for (const DecisionRow& row : rows) {
    for (const TestRange& range : row.tests[input].ranges) {
      for (const Value& end : {range.from, range.to}) {
        if (!end.is_known()) continue;
        if (is_text) {
          texts_.push_back(end.text());
        } else {
          numbers_.push_back(number_of(end));
        }
      }
    }
  }
  sort_once(texts_);
  sort_once(numbers_);
  const std::size_t named = is_text ? texts_.size() : 2 * numbers_.size();
  // The named ones, the others (or what lies above the last), and none at all.
  rows_.assign(named + 2, RowSet((rows.size() + 63) / 64));
  std::vector<char> met;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const UnaryTest& test = rows[r].tests[input];
    met.assign(rows_.size(), test.anything);
    for (const TestRange& range : test.ranges) {
      std::size_t first = 0, last = nothing() - 1;
      if (range.from.is_known()) first = of(range.from) + range.without_from;
      if (range.to.is_known()) last = of(range.to) - range.without_to;
      for (std::size_t c = first; c <= last; ++c) met[c] = 1;
    }
    for (std::size_t c = 0; c < rows_.size(); ++c) {
      // What is there not at all is within nothing.
      if ((met[c] != 0) != (test.negated && !test.anything)) {
        rows_[c][r / 64] |= std::uint64_t{1} << r % 64;
      }
    }
  }
}

std::size_t InputClasses::of(const Value& value) const {
  return is_text_ ? of_text(value.text()) : of_number(number_of(value));
}

std::size_t InputClasses::of_text(std::string_view text) const {
  const auto at = std::ranges::lower_bound(texts_, text);
  const bool is_named = at != texts_.end() && *at == text;
  return is_named ? static_cast<std::size_t>(at - texts_.begin()) : others();
}

std::size_t InputClasses::of_number(Number number) const {
  const auto at = std::ranges::lower_bound(numbers_, number);
  const auto below = 2 * static_cast<std::size_t>(at - numbers_.begin());
  return at != numbers_.end() && *at == number ? below + 1 : below;
}

namespace {

// An end of a span, which may itself be left out.
struct Bound {
  std::optional<Number> at;
  bool without = false;
};

bool is_within(Number number, const Bound& low, const Bound& high) {
  if (low.at && (low.without ? !(*low.at < number) : number < *low.at)) {
    return false;
  }
  return !high.at || (high.without ? number < *high.at : !(*high.at < number));
}

// The greatest multiple of `step` that is at most `number`.
std::optional<Number> step_at_most(Number number, Number step) {
  const auto steps = divide(number, step);
  if (!steps) return std::nullopt;
  std::int64_t whole = steps->numerator() / steps->denominator();
  if (steps->numerator() < 0 && !steps->is_whole()) --whole;
  return multiply(Number(whole), step);
}

// A number between two ends, if there is one: near the lower, or half-way.
std::optional<Number> between(const Bound& low, const Bound& high,
                              std::optional<Number> step) {
  if (!low.at && !high.at) return Number(0);
  const Number unit = step.value_or(Number(1));
  std::optional<Number> tried;
  if (step) {
    tried = step_at_most(low.at ? *low.at : *high.at, unit);
    for (int i = 0; tried && i < 3; ++i) {
      if (is_within(*tried, low, high)) return tried;
      tried = low.at ? add(*tried, unit) : subtract(*tried, unit);
    }
    return std::nullopt;
  }
  if (low.at && high.at) {
    if (!low.without && is_within(*low.at, low, high)) return low.at;
    if (!high.without && is_within(*high.at, low, high)) return high.at;
    const auto sum = add(*low.at, *high.at);
    tried = sum ? divide(*sum, Number(2)) : std::nullopt;
  } else if (low.at) {
    tried = low.without ? add(*low.at, unit) : low.at;
  } else {
    tried = high.without ? subtract(*high.at, unit) : high.at;
  }
  return tried && is_within(*tried, low, high) ? tried : std::nullopt;
}

}  // namespace

std::optional<Number> number_in(const InputClasses& classes,
                                std::size_t of_class, const NumberSpan& span) {
  const std::vector<Number>& named = classes.numbers();
  Bound low{span.low}, high{span.high};
  if (of_class % 2 == 1) {
    const Number number = named[of_class / 2];
    if (!is_within(number, low, high)) return std::nullopt;
    if (span.step && step_at_most(number, *span.step) != number) {
      return std::nullopt;
    }
    return number;
  }
  const std::size_t above = of_class / 2;
  if (above > 0 && !(low.at && named[above - 1] < *low.at)) {
    low = {named[above - 1], true};
  }
  if (above < named.size() && !(high.at && *high.at < named[above])) {
    high = {named[above], true};
  }
  return between(low, high, span.step);
}

}  // namespace sendcheck
