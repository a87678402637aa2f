#include "base/number.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <random>

namespace sendcheck {
namespace {

__extension__ using Wide = __int128;

constexpr auto smallest = std::numeric_limits<std::int64_t>::min();
constexpr auto largest = std::numeric_limits<std::int64_t>::max();

Number number(const char* text) {
  const auto parsed = Number::parse(text);
  REQUIRE(parsed.has_value());
  return *parsed;
}

Money money(const char* text) {
  const auto parsed = Money::parse(text);
  REQUIRE(parsed.has_value());
  return *parsed;
}

// The fraction in lowest terms, the slow way; nothing if it does not fit.
std::optional<Number> slow(Wide top, Wide bottom) {
  if (bottom < 0) top = -top, bottom = -bottom;
  Wide a = top < 0 ? -top : top;
  Wide b = bottom;
  while (a != 0) {
    const Wide rest = b % a;
    b = a;
    a = rest;
  }
  top /= b;
  bottom /= b;
  if (top < smallest || top > largest) return {};
  if (bottom > std::numeric_limits<std::uint32_t>::max()) return {};
  return Number::from_reduced(static_cast<std::int64_t>(top),
                              static_cast<std::uint32_t>(bottom));
}

// Random numbers of every size, with denominators that share factors.
class Numbers {
 public:
  Number next() {
    const auto top = static_cast<std::int64_t>(random_()) >> (random_() % 64);
    std::int64_t bottom = 1;
    switch (random_() % 4) {
      case 0:
        break;
      case 1:
        for (auto n = random_() % 10; n > 0; --n) bottom *= 10;
        break;
      case 2:
        bottom = static_cast<std::int64_t>(random_() % 1000) + 1;
        break;
      default:
        bottom = static_cast<std::int64_t>(random_() % 0xFFFFFFFF) + 1;
    }
    return Number::fraction(top, bottom).value();
  }

 private:
  std::mt19937_64 random_{20261122};
};

}  // namespace

TEST_CASE("sum, difference, product and quotient are exact or nothing") {
  Numbers numbers;
  int fitted = 0;
  int refused = 0;
  for (int i = 0; i < 300'000; ++i) {
    const Number a = numbers.next();
    const Number b = numbers.next();
    const Wide an = a.numerator();
    const Wide ad = a.denominator();
    const Wide bn = b.numerator();
    const Wide bd = b.denominator();
    const bool right =
        add(a, b) == slow(an * bd + bn * ad, ad * bd) &&
        subtract(a, b) == slow(an * bd - bn * ad, ad * bd) &&
        multiply(a, b) == slow(an * bn, ad * bd) &&
        divide(a, b) == (bn == 0 ? std::nullopt : slow(an * bd, ad * bn));
    if (!right) FAIL(a.to_string() << " and " << b.to_string());
    add(a, b) ? ++fitted : ++refused;
  }
  CHECK(fitted > 10'000);
  CHECK(refused > 10'000);
}

TEST_CASE("what is added can be taken away, what is multiplied divided") {
  Numbers numbers;
  int checked = 0;
  for (int i = 0; i < 100'000; ++i) {
    const Number a = numbers.next();
    const Number b = numbers.next();
    if (const auto sum = add(a, b)) {
      if (subtract(*sum, b) != a || add(b, a) != sum) FAIL(a.to_string());
      ++checked;
    }
    const auto product = multiply(a, b);
    if (product && b != Number(0)) {
      if (divide(*product, b) != a || multiply(b, a) != product) {
        FAIL(a.to_string());
      }
      ++checked;
    }
  }
  CHECK(checked > 20'000);
}

TEST_CASE("numbers are ordered as their fractions are") {
  Numbers numbers;
  for (int i = 0; i < 100'000; ++i) {
    const Number a = numbers.next();
    const Number b = numbers.next();
    const Wide left = static_cast<Wide>(a.numerator()) * b.denominator();
    const Wide right = static_cast<Wide>(b.numerator()) * a.denominator();
    if ((a < b) != (left < right) || (a == b) != (left == right) ||
        (a > b) != (left > right)) {
      FAIL(a.to_string() << " and " << b.to_string());
    }
  }
  CHECK(number("0.1") < number("0.11"));
  CHECK(number("-0.1") > number("-0.11"));
  CHECK(number("84.0") == Number(84));
}

TEST_CASE("attendance is compared without rounding (case 32)") {
  const Number tenth = number("0.1");
  CHECK(Number::fraction(25, 250).value() >= tenth);
  CHECK(Number::fraction(24, 241).value() < tenth);
  CHECK(Number::fraction(24, 240).value() >= tenth);
}

TEST_CASE("a fraction is reduced and its denominator positive") {
  const Number half = Number::fraction(-4, -8).value();
  CHECK(half.numerator() == 1);
  CHECK(half.denominator() == 2);
  const Number minus = Number::fraction(4, -8).value();
  CHECK(minus.numerator() == -1);
  CHECK(minus.denominator() == 2);
  CHECK(Number::fraction(0, -5) == Number(0));
  CHECK(Number::fraction(smallest, smallest) == Number(1));
  CHECK(Number::fraction(smallest, 1) == Number(smallest));
}

TEST_CASE("a fraction that does not fit is nothing") {
  CHECK_FALSE(Number::fraction(1, 0).has_value());
  CHECK_FALSE(Number::fraction(smallest, -1).has_value());
  CHECK_FALSE(Number::fraction(1, std::int64_t{1} << 32).has_value());
  CHECK_FALSE(Number::fraction(1, smallest).has_value());
  CHECK(Number::fraction(2, std::int64_t{1} << 32).has_value());
}

TEST_CASE("a result that does not fit is nothing and never wraps") {
  CHECK_FALSE(add(Number(largest), Number(1)).has_value());
  CHECK_FALSE(subtract(Number(smallest), Number(1)).has_value());
  CHECK_FALSE(subtract(Number(0), Number(smallest)).has_value());
  CHECK_FALSE(multiply(Number(smallest), Number(-1)).has_value());
  CHECK_FALSE(multiply(Number(smallest), Number(smallest)).has_value());
  CHECK_FALSE(divide(Number(smallest), Number(-1)).has_value());
  CHECK_FALSE(divide(Number(1), Number(0)).has_value());
  CHECK_FALSE(divide(Number(0), Number(0)).has_value());
  CHECK(add(Number(largest), Number(smallest)) == Number(-1));
  CHECK(divide(Number(smallest), Number(smallest)) == Number(1));
}

TEST_CASE("decimals add up as they do on paper") {
  std::mt19937_64 random(1);
  constexpr std::int64_t billion = 1'000'000'000;
  const auto on_paper = [](Wide billionths) {
    std::string digits;
    const bool negative = billionths < 0;
    if (negative) billionths = -billionths;
    for (int place = 0; place < 10 || billionths != 0; ++place) {
      if (place == 9) digits.insert(0, ".");
      digits.insert(0, 1,
                    static_cast<char>('0' + static_cast<int>(billionths % 10)));
      billionths /= 10;
    }
    while (digits.back() == '0') digits.pop_back();
    if (digits.back() == '.') digits.pop_back();
    return (negative ? "-" : "") + digits;
  };
  for (int i = 0; i < 100'000; ++i) {
    const auto a = static_cast<std::int64_t>(random() % (billion * 500'000)) -
                   billion * 250'000;
    const auto b = static_cast<std::int64_t>(random() % (billion * 500'000)) -
                   billion * 250'000;
    const auto left = Number::parse(on_paper(a));
    const auto right = Number::parse(on_paper(b));
    if (!left || !right) FAIL(on_paper(a) << " or " << on_paper(b));
    if (left->to_string() != on_paper(a)) FAIL(on_paper(a));
    if (add(*left, *right)->to_string() != on_paper(Wide{a} + b) ||
        subtract(*left, *right)->to_string() != on_paper(Wide{a} - b)) {
      FAIL(on_paper(a) << " and " << on_paper(b));
    }
  }
  SUCCEED();
}

TEST_CASE("a number is digits with at most one point") {
  CHECK(number("12") == Number(12));
  CHECK(number("-0.75") == Number::fraction(-3, 4));
  CHECK(number("0") == Number(0));
  CHECK(number("-0") == Number(0));
  CHECK(number("-0.0") == Number(0));
  CHECK(number("007") == Number(7));
  CHECK(number("9.960") == Number::fraction(249, 25));
  CHECK(number("999999999999999") == Number(999'999'999'999'999));
  CHECK(number("999999999.999999999") ==
        Number::from_reduced(999'999'999'999'999'999, 1'000'000'000));
  CHECK(number("0.000000001") == Number::from_reduced(1, 1'000'000'000));
  CHECK(number("999999999999999.500000000") ==
        Number::from_reduced(1'999'999'999'999'999, 2));
}

TEST_CASE("what only looks like a number is refused") {
  const auto text =
      GENERATE("", "-", "+", ".", "-.", "+1", ".5", "-.5", "5.", "1e3", "1E3",
               "1,000", "1 000", " 1", "1 ", "--1", "1-", "1.2.3", "1..2",
               "0x10", "nan", "inf", "infinity", "1/2", "½", "12a", "a12",
               "1.a", "1.-5", "1.+5", "1000000000000000", "0.0000000001",
               "999999999999999.999999999", "\xEF\xBC\x91", "1\n", "£5", "5%");
  CAPTURE(text);
  CHECK_FALSE(Number::parse(text).has_value());
}

TEST_CASE("bytes that are no digits do not make a number") {
  for (int c = 0; c < 256; ++c) {
    const std::string text = {'1', static_cast<char>(c)};
    const bool is_number = c >= '0' && c <= '9';
    if (Number::parse(text).has_value() != is_number) FAIL("byte " << c);
  }
  CHECK_FALSE(Number::parse(std::string_view("1\0", 2)).has_value());
}

TEST_CASE("a number is written as the shortest decimal, else as a fraction") {
  CHECK(Number().to_string() == "0");
  CHECK(Number(-12).to_string() == "-12");
  CHECK(Number(smallest).to_string() == "-9223372036854775808");
  CHECK(number("9.960").to_string() == "9.96");
  CHECK(number("-0.5").to_string() == "-0.5");
  CHECK(Number::fraction(100, 3)->to_string() == "100/3");
  CHECK(Number::fraction(-1, 6)->to_string() == "-1/6");
  CHECK(Number::fraction(1, 1 << 20)->to_string() == "0.00000095367431640625");
  CHECK(Number::from_reduced(smallest, 5).to_string() ==
        "-1844674407370955161.6");
}

TEST_CASE("money is written with two digits of pence and read back the same") {
  std::mt19937_64 random(2);
  for (int i = 0; i < 100'000; ++i) {
    const auto pence =
        static_cast<std::int64_t>(random() % 200'000'000'000) - 100'000'000'000;
    const Money amount = Money::from_pence(pence >> (random() % 30));
    if (Money::parse(amount.to_string()) != amount) FAIL(amount.to_string());
  }
  CHECK(money("6000.00").pence() == 600'000);
  CHECK(money("-0.50").pence() == -50);
  CHECK(money("0.00").pence() == 0);
  CHECK(money("999999999999999.99").pence() == 99'999'999'999'999'999);
  CHECK(Money::from_pence(smallest).to_string() == "-92233720368547758.08");
}

TEST_CASE("an amount written in any other way is refused") {
  const auto text = GENERATE(
      "", "-", "6000", "6000.", "6000.0", "6000.000", ".50", "-.50", "+1.00",
      "£6000.00", "6,000.00", "6 000.00", "06000.00", "00.00", "-0.00",
      "-00.50", " 6000.00", "6000.00 ", "6000,00", "6000.0a", "6000.-1",
      "6e3.00", "1.00.00", "1000000000000000.00", "nan", "--1.00");
  CAPTURE(text);
  CHECK_FALSE(Money::parse(text).has_value());
}

TEST_CASE("money rounds to the nearest penny, and a half away from zero") {
  for (std::int64_t bottom = 1; bottom <= 80; ++bottom) {
    for (std::int64_t top = -300; top <= 300; ++top) {
      // The nearest penny by trying them all outwards; of two as near, the
      // one that is farther from nothing.
      const std::int64_t exact = top * 100;  // of `bottom` parts of a penny
      std::int64_t best = 0;
      const auto gap = [&](std::int64_t pence) {
        return std::abs(pence * bottom - exact);
      };
      const std::int64_t sign = top < 0 ? -1 : 1;
      for (std::int64_t size = 0; size <= 30'000; ++size) {
        if (gap(sign * size) > gap(best)) break;
        best = sign * size;
      }
      const Number pounds = Number::fraction(top, bottom).value();
      if (Money::round_half_up(pounds) != Money::from_pence(best)) {
        FAIL(top << "/" << bottom);
      }
    }
  }
  CHECK(Money::round_half_up(number("0.005")) == Money::from_pence(1));
  CHECK(Money::round_half_up(number("-0.005")) == Money::from_pence(-1));
  CHECK(Money::round_half_up(number("0.004999999")) == Money::from_pence(0));
}

TEST_CASE("an amount too large for money is nothing") {
  CHECK_FALSE(Money::round_half_up(Number(largest)).has_value());
  CHECK_FALSE(Money::round_half_up(Number(smallest)).has_value());
  CHECK_FALSE(Money::round_half_up(Number(largest / 100 + 1)).has_value());
  CHECK(Money::round_half_up(Number(largest / 100)).has_value());
}

TEST_CASE("pounds are the exact amount") {
  for (std::int64_t pence = -10'000; pence <= 10'000; ++pence) {
    const Money amount = Money::from_pence(pence);
    if (amount.pounds() != Number::fraction(pence, 100) ||
        Money::round_half_up(amount.pounds()) != amount) {
      FAIL(amount.to_string());
    }
  }
  CHECK(Money::from_pence(smallest).pounds() ==
        Number::fraction(smallest, 100));
}

TEST_CASE("an amount in words drops pence that are none") {
  CHECK(money("6000.00").in_words() == "£6,000");
  CHECK(money("3450.50").in_words() == "£3,450.50");
  CHECK(money("0.00").in_words() == "£0");
  CHECK(money("0.05").in_words() == "£0.05");
  CHECK(money("999.99").in_words() == "£999.99");
  CHECK(money("1000.00").in_words() == "£1,000");
  CHECK(money("1234567.80").in_words() == "£1,234,567.80");
  CHECK(money("-250.00").in_words() == "-£250");
}

}  // namespace sendcheck
