#include "domain/value.hpp"

#include <catch2/catch.hpp>
#include <cstring>
#include <random>

namespace sendcheck {

TEST_CASE("a value gives back what it was made of") {
  CHECK(Value().kind() == Value::Kind::unknown);
  CHECK_FALSE(Value().is_known());
  CHECK(Value::of(true).boolean());
  CHECK_FALSE(Value::of(false).boolean());
  CHECK(Value::of(false).is_known());
  const Number third = Number::fraction(-1, 3).value();
  CHECK(Value::of(third).number() == third);
  CHECK(Value::of(Money::from_pence(-5)).money() == Money::from_pence(-5));
  const Date date = Date::parse("1066-10-14").value();
  CHECK(Value::of(date).date() == date);
  CHECK(Value::code(17).code() == 17);
  CHECK(Value::text("Robin").text() == "Robin");
  CHECK(Value::text("").text().empty());
  CHECK(Value::text("").kind() == Value::Kind::text);
}

TEST_CASE("values are equal when kind and content are") {
  const std::vector<Value> different = {
      Value(),
      Value::of(true),
      Value::of(false),
      Value::of(Number(0)),
      Value::of(Number(1)),
      Value::of(Number::fraction(1, 2).value()),
      Value::of(Money::from_pence(0)),
      Value::of(Money::from_pence(1)),
      Value::of(Date::from_days(0)),
      Value::of(Date::from_days(1)),
      Value::code(0),
      Value::code(1),
      Value::text(""),
      Value::text("a"),
      Value::text("ab")};
  for (std::size_t i = 0; i < different.size(); ++i) {
    for (std::size_t j = 0; j < different.size(); ++j) {
      if ((different[i] == different[j]) != (i == j)) FAIL(i << " and " << j);
    }
  }
  const std::string one = "Robin";
  const std::string other = "Robin";
  CHECK(Value::text(one) == Value::text(other));
}

TEST_CASE("an arena keeps every text, whatever is kept after it") {
  TextArena arena;
  std::mt19937 random(8);
  std::vector<std::pair<std::string, std::string_view>> kept;
  for (int i = 0; i < 3000; ++i) {
    const std::size_t size = i % 500 == 0 ? random() % 100'000 : random() % 100;
    std::string text(size, static_cast<char>('a' + random() % 26));
    const std::string_view view = arena.keep(text);
    kept.emplace_back(std::move(text), view);
  }
  const TextArena moved = std::move(arena);
  for (const auto& [text, view] : kept) {
    if (text != view) FAIL(text.size());
  }
  SUCCEED();
}

TEST_CASE("an arena that was moved from can be used again") {
  TextArena arena;
  const std::string_view first = arena.keep("Robin");
  const TextArena moved = std::move(arena);
  const std::string_view second = arena.keep("Ada");
  CHECK(first == "Robin");
  CHECK(second == "Ada");
}

TEST_CASE("a cleared arena starts again in its first block") {
  for (const std::size_t first_size : {std::size_t{5}, std::size_t{5000}}) {
    TextArena arena;
    const std::string text(first_size, 'x');
    const char* const begin = arena.keep(text).data();
    for (int i = 0; i < 1000; ++i) (void)arena.keep(text);
    arena.clear();
    const std::string_view again = arena.keep(text);
    CHECK(again.data() == begin);
    CHECK(again == text);
    // What follows must not run over the block's end.
    const std::string_view next = arena.keep(std::string(600, 'y'));
    CHECK(again == text);
    CHECK(next == std::string(600, 'y'));
  }
}

TEST_CASE("an arena that holds nothing can be cleared") {
  TextArena arena;
  arena.clear();
  CHECK(arena.keep("").empty());
  CHECK(arena.keep("a") == "a");
}

}  // namespace sendcheck
