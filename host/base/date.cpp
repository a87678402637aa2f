#include "base/date.hpp"

#include <algorithm>
#include <array>

namespace sendcheck {
namespace {

constexpr int first_year = 1000;
constexpr int last_year = 9999;

constexpr std::array<std::string_view, 12> month_names = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

struct Civil {
  int year = 0;
  int month = 0;
  int day = 0;
};

// Both conversions count from 1 March of year 0, so that the day a leap year
// adds comes last, in eras of 400 years of 146,097 days.
constexpr std::int64_t days_to_1970 = 719468;
constexpr std::int64_t days_per_era = 146097;

std::int64_t days_from_civil(std::int64_t year, int month, int day) {
  if (month <= 2) --year;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const int march_month = month > 2 ? month - 3 : month + 9;
  const std::int64_t day_of_year = (153 * march_month + 2) / 5 + day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * days_per_era + day_of_era - days_to_1970;
}

Civil civil_from_days(std::int64_t days) {
  days += days_to_1970;
  const std::int64_t era =
      (days >= 0 ? days : days - days_per_era + 1) / days_per_era;
  const std::int64_t day_of_era = days - era * days_per_era;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 +
                                    day_of_era / 36524 - day_of_era / 146096) /
                                   365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t march_month = (5 * day_of_year + 2) / 153;
  const auto day = static_cast<int>(day_of_year - (153 * march_month + 2) / 5);
  const auto month =
      static_cast<int>(march_month < 10 ? march_month + 3 : march_month - 9);
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return {static_cast<int>(year), month, day + 1};
}

Civil civil(Date date) { return civil_from_days(date.days()); }

Date date_from(std::int64_t days) {
  using Limits = std::numeric_limits<std::int32_t>;
  return Date::from_days(static_cast<std::int32_t>(
      std::clamp<std::int64_t>(days, Limits::min(), Limits::max())));
}

bool is_leap(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

// The value of two digits; -1 when they are not digits.
int two_digits(const char* at) {
  const auto tens = static_cast<unsigned>(at[0] - '0');
  const auto ones = static_cast<unsigned>(at[1] - '0');
  if (tens > 9 || ones > 9) return -1;
  return static_cast<int>(tens * 10 + ones);
}

void append_two_digits(std::string& text, int value) {
  text += static_cast<char>('0' + value / 10);
  text += static_cast<char>('0' + value % 10);
}

}  // namespace

std::optional<Date> Date::parse(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  const int century = two_digits(text.data());
  const int year = two_digits(text.data() + 2);
  const int month = two_digits(text.data() + 5);
  const int day = two_digits(text.data() + 8);
  if (century < 0 || year < 0 || month < 0 || day < 0) return {};
  return from_civil(century * 100 + year, month, day);
}

std::optional<Date> Date::from_civil(int year, int month, int day) {
  if (year < first_year || year > last_year) return {};
  if (day < 1 || day > days_in_month(year, month)) return {};
  return date_from(days_from_civil(year, month, day));
}

int Date::year() const { return civil(*this).year; }
int Date::month() const { return civil(*this).month; }
int Date::day() const { return civil(*this).day; }

int Date::weekday() const {
  // 1970-01-01 was a Thursday, 4.
  const std::int64_t since_monday = (std::int64_t{days_} + 3) % 7;
  return static_cast<int>(since_monday < 0 ? since_monday + 8
                                           : since_monday + 1);
}

std::string Date::to_string() const {
  const Civil parts = civil(*this);
  std::string text;
  if (parts.year >= first_year && parts.year <= last_year) {
    append_two_digits(text, parts.year / 100);
    append_two_digits(text, parts.year % 100);
  } else {
    text += std::to_string(parts.year);
  }
  text += '-';
  append_two_digits(text, parts.month);
  text += '-';
  append_two_digits(text, parts.day);
  return text;
}

std::string Date::in_words() const {
  const Civil parts = civil(*this);
  std::string text = std::to_string(parts.day);
  text += ' ';
  text += month_names[static_cast<std::size_t>(parts.month - 1)];
  text += ' ';
  text += std::to_string(parts.year);
  return text;
}

int days_in_month(int year, int month) {
  if (month < 1 || month > 12) return 0;
  if (month == 2) return is_leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

Date add_months(Date date, int months) {
  const Civil parts = civil(date);
  const std::int64_t count =
      std::int64_t{parts.year} * 12 + (parts.month - 1) + months;
  const std::int64_t year = (count >= 0 ? count : count - 11) / 12;
  const auto month = static_cast<int>(count - year * 12) + 1;
  const int last = days_in_month(static_cast<int>(year), month);
  return date_from(days_from_civil(year, month, std::min(parts.day, last)));
}

Date last_day_within_weeks(Date start, int weeks) {
  return date_from(std::int64_t{start.days()} + std::int64_t{weeks} * 7);
}

Date last_day_of_days_beginning_with(Date first, int days) {
  return date_from(std::int64_t{first.days()} + days - 1);
}

Date last_day_of_months_starting_with(Date first, int months) {
  const Date same_day = add_months(first, months);
  return same_day.day() == first.day() ? same_day - 1 : same_day;
}

int age_in_years(Date birth, Date on) {
  const Civil from = civil(birth);
  const Civil to = civil(on);
  const bool before_birthday =
      to.month < from.month || (to.month == from.month && to.day < from.day);
  return to.year - from.year - (before_birthday ? 1 : 0);
}

int age_in_months(Date birth, Date on) {
  const Civil from = civil(birth);
  const Civil to = civil(on);
  return (to.year - from.year) * 12 + to.month - from.month -
         (to.day < from.day ? 1 : 0);
}

Date on_day_of_year(int year, int month, int day) {
  return date_from(
      days_from_civil(year, month, std::min(day, days_in_month(year, month))));
}

}  // namespace sendcheck
