// Exact numbers. No binary floating point touches a threshold or an amount.
//
// A Number is a reduced fraction, so that every decimal that a record can state, and every sum, difference, product and quotient of such, is
// held exactly. Rounding happens once, at the end, when an amount becomes Money. A result that does not fit says so; it never wraps.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sendcheck {

class Number {
 public:
  constexpr Number() = default;  // 0
  constexpr Number(std::int64_t whole) : numerator_(whole) {}

  // "12", "-0.75"; "1e3", "+1", ".5" and "5." are refused. At most 15 digits before and 9 after the point, and nothing when they do not fit
  // together (some 18 significant digits do). No spaces, no thousands separator.
  static std::optional<Number> parse(std::string_view text);
  // Reduced on the way in. Nothing when the denominator is zero or the reduced parts do not fit.
  static std::optional<Number> fraction(std::int64_t numerator,
                                        std::int64_t denominator);
  // Needs parts that are already reduced, denominator >= 1.
  static constexpr Number from_reduced(std::int64_t numerator,
                                       std::uint32_t denominator) {
    Number number(numerator);
    number.denominator_ = denominator;
    return number;
  }

  constexpr std::int64_t numerator() const { return numerator_; }
  constexpr std::uint32_t denominator() const { return denominator_; }
  constexpr bool is_whole() const { return denominator_ == 1; }

  // The shortest decimal where one exists ("9.96"), else a fraction ("100/3").
  std::string to_string() const;

  friend constexpr bool operator==(Number, Number) = default;
  friend constexpr std::strong_ordering operator<=>(Number a, Number b) {
    if (a.denominator_ == b.denominator_) return a.numerator_ <=> b.numerator_;
    return static_cast<Wide>(a.numerator_) * b.denominator_ <=>
           static_cast<Wide>(b.numerator_) * a.denominator_;
  }

 private:
  __extension__ using Wide = __int128;

  std::int64_t numerator_ = 0;
  std::uint32_t denominator_ = 1;
};

// Nothing when the exact result does not fit, or on division by zero.
std::optional<Number> add(Number a, Number b);
std::optional<Number> subtract(Number a, Number b);
std::optional<Number> multiply(Number a, Number b);
std::optional<Number> divide(Number a, Number b);

// Pounds and pence.
class Money {
 public:
  constexpr Money() = default;
  static constexpr Money from_pence(std::int64_t pence) {
    Money money;
    money.pence_ = pence;
    return money;
  }
  // Strictly as to_string writes it, "6000.00" or "-0.50": two digits after the point, 1 to 15 before, no leading zero.
  static std::optional<Money> parse(std::string_view text);
  // Rounds half up to the penny (a half goes away from zero). Nothing when it does not fit.
  static std::optional<Money> round_half_up(Number pounds);

  constexpr std::int64_t pence() const { return pence_; }
  Number pounds() const;
  std::string to_string() const;  // "6000.00"
  std::string in_words() const;   // "£6,000" or "£3,450.50"

  friend constexpr auto operator<=>(Money, Money) = default;

 private:
  std::int64_t pence_ = 0;
};

}  // namespace sendcheck
