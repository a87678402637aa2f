// A single value that a record states or a rule compares: sixteen bytes, copied freely.
//
// A text is a view: its bytes belong to a TextArena (of the record, of the edition, of the rule) that must outlive the value. A code is its
// index in its code list, so that comparing codes compares integers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "base/number.hpp"

namespace sendcheck {

class Value {
 public:
  enum class Kind : std::uint8_t {
    unknown,  // not stated
    boolean,
    number,  // integers and decimals
    money,
    date,
    code,
    text
  };

  constexpr Value() = default;  // unknown
  static constexpr Value of(bool truth) {
    return Value(Kind::boolean, truth ? 1 : 0, 1);
  }
  static constexpr Value of(Number number) {
    return Value(Kind::number, number.numerator(), number.denominator());
  }
  static constexpr Value of(Money money) {
    return Value(Kind::money, money.pence(), 1);
  }
  static constexpr Value of(Date date) {
    return Value(Kind::date, date.days(), 1);
  }
  static constexpr Value code(int index) { return Value(Kind::code, index, 1); }
  // `text` must outlive the value.
  static Value text(std::string_view text) {
    Value value(Kind::text, 0, static_cast<std::uint32_t>(text.size()));
    value.payload_.text = text.data();
    return value;
  }

  constexpr Kind kind() const { return kind_; }
  constexpr bool is_known() const { return kind_ != Kind::unknown; }

  // Each needs its kind.
  constexpr bool boolean() const { return payload_.integer != 0; }
  constexpr Number number() const {
    return Number::from_reduced(payload_.integer, second_);
  }
  constexpr Money money() const { return Money::from_pence(payload_.integer); }
  constexpr Date date() const {
    return Date::from_days(static_cast<std::int32_t>(payload_.integer));
  }
  constexpr int code() const { return static_cast<int>(payload_.integer); }
  std::string_view text() const { return {payload_.text, second_}; }

  friend bool operator==(const Value& a, const Value& b) {
    if (a.kind_ != b.kind_) return false;
    if (a.kind_ == Kind::text) return a.text() == b.text();
    return a.payload_.integer == b.payload_.integer && a.second_ == b.second_;
  }

 private:
  constexpr Value(Kind kind, std::int64_t integer, std::uint32_t second)
      : payload_{.integer = integer}, second_(second), kind_(kind) {}

  union Payload {
    std::int64_t integer;
    const char* text;
  } payload_{.integer = 0};
  std::uint32_t second_ = 1;  // a number's denominator, a text's length
  Kind kind_ = Kind::unknown;
};
static_assert(sizeof(Value) == 16);

// A number, an amount in pounds, a date in days since 1970, a code's position, 1 for true; 0 for a text or what is not stated.
Number number_of(const Value& value);

// Owns the bytes of texts, in blocks of growing size. Moving it leaves every view valid, and the arena moved from empty.
class TextArena {
 public:
  TextArena() = default;
  // What is moved from is empty and can be used again.
  TextArena(TextArena&& other) noexcept { *this = std::move(other); }
  TextArena& operator=(TextArena&& other) noexcept {
    blocks_ = std::exchange(other.blocks_, {});
    used_ = std::exchange(other.used_, 0);
    capacity_ = std::exchange(other.capacity_, 0);
    first_capacity_ = std::exchange(other.first_capacity_, 0);
    return *this;
  }

  // A view of a copy that lives as long as the arena.
  std::string_view keep(std::string_view text);
  // Ends every view; keeps the first block for what comes next.
  void clear();

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t used_ = 0;      // of the last block
  std::size_t capacity_ = 0;  // of the last block
  std::size_t first_capacity_ = 0;
};

}  // namespace sendcheck
