#include "base/number.hpp"

#include <array>
#include <limits>
#include <numeric>

namespace sendcheck {
namespace {

__extension__ using Wide = __int128;
__extension__ using UnsignedWide = unsigned __int128;

constexpr std::array<std::uint32_t, 10> powers_of_ten = {
    1,       10,        100,        1'000,       10'000,
    100'000, 1'000'000, 10'000'000, 100'000'000, 1'000'000'000};
constexpr std::size_t most_whole_digits = 15;
constexpr std::size_t most_decimals = 9;

bool fits(Wide value) {
  return value >= std::numeric_limits<std::int64_t>::min() &&
         value <= std::numeric_limits<std::int64_t>::max();
}

UnsignedWide greatest_common_divisor(UnsignedWide a, UnsignedWide b) {
  constexpr UnsignedWide narrow = std::numeric_limits<std::uint64_t>::max();
  while (b != 0) {
    if (b == 1) return 1;
    if (a <= narrow && b <= narrow) {
      return std::gcd(static_cast<std::uint64_t>(a),
                      static_cast<std::uint64_t>(b));
    }
    const UnsignedWide rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

// Needs a denominator other than zero, and both well inside 128 bits.
std::optional<Number> reduced(Wide numerator, Wide denominator) {
  if (denominator < 0) {
    numerator = -numerator;
    denominator = -denominator;
  }
  const auto size =
      static_cast<UnsignedWide>(numerator < 0 ? -numerator : numerator);
  const auto divisor = static_cast<Wide>(
      greatest_common_divisor(size, static_cast<UnsignedWide>(denominator)));
  if (divisor != 1) {
    numerator /= divisor;
    denominator /= divisor;
  }
  if (!fits(numerator)) return {};
  if (denominator > std::numeric_limits<std::uint32_t>::max()) return {};
  return Number::from_reduced(static_cast<std::int64_t>(numerator),
                              static_cast<std::uint32_t>(denominator));
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The run of digits at the start of `text`, taken off it.
std::string_view take_digits(std::string_view& text) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  const std::string_view digits = text.substr(0, count);
  text.remove_prefix(count);
  return digits;
}

// Needs at most 18 digits.
std::int64_t value_of(std::string_view digits) {
  std::int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

bool take_minus(std::string_view& text) {
  if (text.empty() || text.front() != '-') return false;
  text.remove_prefix(1);
  return true;
}

std::uint64_t magnitude(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  return value < 0 ? std::uint64_t{0} - bits : bits;
}

std::string two_digits(std::uint64_t value) {
  return {static_cast<char>('0' + value / 10),
          static_cast<char>('0' + value % 10)};
}

}  // namespace

std::optional<Number> Number::parse(std::string_view text) {
  const bool negative = take_minus(text);
  const std::string_view whole = take_digits(text);
  if (whole.empty() || whole.size() > most_whole_digits) return {};
  const std::int64_t whole_value = value_of(whole);
  if (text.empty()) return Number(negative ? -whole_value : whole_value);

  if (text.front() != '.') return {};
  text.remove_prefix(1);
  std::string_view decimals = take_digits(text);
  if (!text.empty() || decimals.empty() || decimals.size() > most_decimals) {
    return {};
  }
  while (!decimals.empty() && decimals.back() == '0') decimals.remove_suffix(1);
  const std::uint32_t scale = powers_of_ten[decimals.size()];
  const auto part = static_cast<std::uint32_t>(value_of(decimals));
  // What the parts share with the scale, the sum shares with it.
  const std::uint32_t divisor = std::gcd(part, scale);
  const std::uint32_t denominator = scale / divisor;
  const Wide sum = static_cast<Wide>(whole_value) * denominator +
                   static_cast<Wide>(part / divisor);
  if (!fits(sum)) return {};
  const auto numerator = static_cast<std::int64_t>(sum);
  return from_reduced(negative ? -numerator : numerator, denominator);
}

std::optional<Number> Number::fraction(std::int64_t numerator,
                                       std::int64_t denominator) {
  if (denominator == 0) return {};
  return reduced(numerator, denominator);
}

std::string Number::to_string() const {
  if (is_whole()) return std::to_string(numerator_);
  std::uint32_t rest_of_denominator = denominator_;
  while (rest_of_denominator % 2 == 0) rest_of_denominator /= 2;
  while (rest_of_denominator % 5 == 0) rest_of_denominator /= 5;
  if (rest_of_denominator != 1) {
    return std::to_string(numerator_) + '/' + std::to_string(denominator_);
  }
  const std::uint64_t size = magnitude(numerator_);
  std::string text = numerator_ < 0 ? "-" : "";
  text += std::to_string(size / denominator_);
  text += '.';
  for (std::uint64_t rest = size % denominator_; rest != 0;) {
    rest *= 10;
    text += static_cast<char>('0' + rest / denominator_);
    rest %= denominator_;
  }
  return text;
}

std::optional<Number> add(Number a, Number b) {
  return reduced(static_cast<Wide>(a.numerator()) * b.denominator() +
                     static_cast<Wide>(b.numerator()) * a.denominator(),
                 static_cast<Wide>(a.denominator()) * b.denominator());
}

std::optional<Number> subtract(Number a, Number b) {
  return reduced(static_cast<Wide>(a.numerator()) * b.denominator() -
                     static_cast<Wide>(b.numerator()) * a.denominator(),
                 static_cast<Wide>(a.denominator()) * b.denominator());
}

std::optional<Number> multiply(Number a, Number b) {
  return reduced(static_cast<Wide>(a.numerator()) * b.numerator(),
                 static_cast<Wide>(a.denominator()) * b.denominator());
}

std::optional<Number> divide(Number a, Number b) {
  if (b.numerator() == 0) return {};
  return reduced(static_cast<Wide>(a.numerator()) * b.denominator(),
                 static_cast<Wide>(b.numerator()) * a.denominator());
}

std::optional<Money> Money::parse(std::string_view text) {
  const bool negative = take_minus(text);
  const std::string_view whole = take_digits(text);
  if (whole.empty() || whole.size() > most_whole_digits) return {};
  if (whole.size() > 1 && whole.front() == '0') return {};
  if (text.size() != 3 || text[0] != '.') return {};
  if (!is_digit(text[1]) || !is_digit(text[2])) return {};
  const std::int64_t pence = value_of(whole) * 100 + value_of(text.substr(1));
  if (negative && pence == 0) return {};
  return from_pence(negative ? -pence : pence);
}

std::optional<Money> Money::round_half_up(Number pounds) {
  const Wide hundredfold = static_cast<Wide>(pounds.numerator()) * 100;
  const Wide size = hundredfold < 0 ? -hundredfold : hundredfold;
  const Wide denominator = pounds.denominator();
  // Half of an odd denominator is never met exactly, so halves are doubled.
  const Wide rounded = (2 * size + denominator) / (2 * denominator);
  const Wide pence = hundredfold < 0 ? -rounded : rounded;
  if (!fits(pence)) return {};
  return from_pence(static_cast<std::int64_t>(pence));
}

Number Money::pounds() const {
  const auto divisor = static_cast<std::uint32_t>(
      std::gcd(magnitude(pence_), std::uint64_t{100}));
  return Number::from_reduced(pence_ / static_cast<std::int64_t>(divisor),
                              100 / divisor);
}

std::string Money::to_string() const {
  const std::uint64_t size = magnitude(pence_);
  std::string text = pence_ < 0 ? "-" : "";
  text += std::to_string(size / 100);
  text += '.';
  text += two_digits(size % 100);
  return text;
}

std::string Money::in_words() const {
  const std::uint64_t size = magnitude(pence_);
  std::string pounds = std::to_string(size / 100);
  for (std::size_t at = pounds.size(); at > 3;) {
    at -= 3;
    pounds.insert(at, ",");
  }
  std::string text = pence_ < 0 ? "-£" : "£";
  text += pounds;
  if (size % 100 != 0) text += '.' + two_digits(size % 100);
  return text;
}

}  // namespace sendcheck
