// Dates as the law counts them.
//
// A Date is a day of the Gregorian calendar without time or zone. The functions below are the only place in the program that knows how a
// statutory period is counted; each names the phrase of the law that it encodes (shared facts: SEND Regulations 2014, regulations 5, 10, 13,
// 18 and 22; Children and Families Act 2014, section 44). No date is rolled off a weekend or a bank holiday: the Regulations do not say so.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace sendcheck {

class Date {
 public:
  Date() = default;  // 1970-01-01

  // Strictly "YYYY-MM-DD", years 1000 to 9999; nothing else parses, and no impossible day.
  static std::optional<Date> parse(std::string_view text);
  // Nothing for a day that is not on the calendar of the years 1000 to 9999.
  static std::optional<Date> from_civil(int year, int month, int day);
  static constexpr Date from_days(std::int32_t days_since_1970) {
    Date date;
    date.days_ = days_since_1970;
    return date;
  }

  int year() const;
  int month() const;    // 1 to 12
  int day() const;      // 1 to 31
  int weekday() const;  // 1 Monday to 7 Sunday
  constexpr std::int32_t days() const { return days_; }

  std::string to_string() const;  // "2026-11-22"
  std::string in_words() const;   // "22 November 2026"

  friend constexpr auto operator<=>(Date, Date) = default;
  // A sum that leaves the five million years of 32 bits stops at their end: it never wraps.
  friend constexpr Date operator+(Date date, std::int32_t days) {
    return from_days(held(std::int64_t{date.days_} + days));
  }
  friend constexpr Date operator-(Date date, std::int32_t days) {
    return from_days(held(std::int64_t{date.days_} - days));
  }
  friend constexpr std::int32_t operator-(Date later, Date earlier) {
    return held(std::int64_t{later.days_} - earlier.days_);
  }

 private:
  static constexpr std::int32_t held(std::int64_t days) {
    using Limits = std::numeric_limits<std::int32_t>;
    if (days < Limits::min()) return Limits::min();
    if (days > Limits::max()) return Limits::max();
    return static_cast<std::int32_t>(days);
  }

  std::int32_t days_ = 0;
};

int days_in_month(int year, int month);  // 0 for a month that is none

// The same day of the month, `months` later (or earlier when negative); where that month is shorter, its last day.
Date add_months(Date date, int months);

// "within N weeks of D": D itself is not counted.
Date last_day_within_weeks(Date start, int weeks);

// "N days beginning with D": D is the first of them. Needs days >= 1.
Date last_day_of_days_beginning_with(Date first, int days);

// "in the period of N months starting with D": the day before the same day N months on; where that day had to be clamped to a month's end, the
// clamped day itself (29 February 2024, 12 months: 28 February 2025).
Date last_day_of_months_starting_with(Date first, int months);

// "before X".
inline Date last_day_before(Date date) { return date - 1; }

// "at least N months before T".
inline Date last_day_at_least_months_before(Date date, int months) {
  return add_months(date, -months);
}

// Completed years, and completed months, of somebody born on `birth`. A person born on 29 February completes a year on 1 March where there is no
// 29 February. Negative before birth.
int age_in_years(Date birth, Date on);
int age_in_months(Date birth, Date on);

// The given day of the calendar year; 29 February becomes 28 February where there is none. Needs a month 1 to 12 and a day of that month.
Date on_day_of_year(int year, int month, int day);

}  // namespace sendcheck
