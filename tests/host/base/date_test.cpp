#include "base/date.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <limits>
#include <random>

namespace sendcheck {
namespace {

Date day(const char* text) {
  const auto date = Date::parse(text);
  REQUIRE(date.has_value());
  return *date;
}

// A calendar that is turned one leaf a day, and knows nothing else.
struct Leaf {
  int year = 1900;
  int month = 1;
  int day = 1;
  int weekday = 1;     // 1 January 1900 was a Monday
  int days = -25'567;  // seventy years of 365 days and seventeen leap days

  static int length(int year, int month) {
    static constexpr std::array<int, 12> lengths = {31, 28, 31, 30, 31, 30,
                                                    31, 31, 30, 31, 30, 31};
    if (month != 2) return lengths[static_cast<std::size_t>(month - 1)];
    if (year % 400 == 0) return 29;
    if (year % 100 == 0) return 28;
    return year % 4 == 0 ? 29 : 28;
  }

  void turn() {
    ++days;
    weekday = weekday == 7 ? 1 : weekday + 1;
    if (++day <= length(year, month)) return;
    day = 1;
    if (++month <= 12) return;
    month = 1;
    ++year;
  }

  std::string text() const {
    const auto two = [](int n) {
      return (n < 10 ? "0" : "") + std::to_string(n);
    };
    return std::to_string(year) + "-" + two(month) + "-" + two(day);
  }
};

}  // namespace

TEST_CASE("every day from 1900 to 2200 is where a day-by-day calendar has it") {
  int days = 0;
  for (Leaf leaf; leaf.year <= 2200; leaf.turn()) {
    const Date date = Date::from_days(leaf.days);
    const bool right =
        Date::from_civil(leaf.year, leaf.month, leaf.day) == date &&
        Date::parse(leaf.text()) == date && date.to_string() == leaf.text() &&
        date.year() == leaf.year && date.month() == leaf.month &&
        date.day() == leaf.day && date.weekday() == leaf.weekday &&
        days_in_month(leaf.year, leaf.month) ==
            Leaf::length(leaf.year, leaf.month);
    if (!right) FAIL("wrong at " << leaf.text());
    ++days;
  }
  CHECK(days == 109'938);
}

TEST_CASE("no day that the calendar lacks can be made") {
  for (int year = 1890; year <= 2210; ++year) {
    for (int month = -1; month <= 14; ++month) {
      for (int of_month = -1; of_month <= 33; ++of_month) {
        const bool exists = month >= 1 && month <= 12 && of_month >= 1 &&
                            of_month <= Leaf::length(year, month);
        if (Date::from_civil(year, month, of_month).has_value() != exists) {
          FAIL(year << "-" << month << "-" << of_month);
        }
      }
    }
  }
  CHECK_FALSE(Date::from_civil(999, 12, 31).has_value());
  CHECK_FALSE(Date::from_civil(10'000, 1, 1).has_value());
  CHECK(Date::from_civil(1000, 1, 1).has_value());
  CHECK(Date::from_civil(9999, 12, 31).has_value());
}

TEST_CASE("a date is written YYYY-MM-DD and in no other way") {
  const auto text = GENERATE(
      "", "2026", "2026-11", "2026-11-2", "2026-11-220", "2026-1-22",
      "26-11-22", "2026/11/22", "22/11/2026", "22-11-2026", "2026-11-22 ",
      " 2026-11-22", "2026-11-22T00:00:00", "2026-00-10", "2026-13-10",
      "2026-11-00", "2026-11-31", "2026-02-29", "2100-02-29", "0999-01-01",
      "0000-00-00", "+026-11-22", "-026-11-22", "2026-11--2", "2026-+1-22",
      "2O26-11-22", "2026-11-2O", "2026.11.22", "20261122", "2026-11- 2",
      "\xEF\xBC\x92"
      "026-11-2");
  CAPTURE(text);
  CHECK_FALSE(Date::parse(text).has_value());
}

TEST_CASE(
    "a date of four random digits groups parses only if it is written "
    "back the same") {
  std::mt19937 random(20261122);
  std::uniform_int_distribution<int> digit('-', ':');
  int parsed = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text = "2026-11-22";
    for (int changes = 0; changes < 2; ++changes) {
      text[random() % text.size()] = static_cast<char>(digit(random));
    }
    const auto date = Date::parse(text);
    if (!date) continue;
    ++parsed;
    if (date->to_string() != text) FAIL(text);
  }
  CHECK(parsed > 1000);
}

TEST_CASE("a date in words names its month") {
  CHECK(day("2026-11-22").in_words() == "22 November 2026");
  CHECK(day("2027-01-04").in_words() == "4 January 2027");
  CHECK(day("2026-12-31").in_words() == "31 December 2026");
  CHECK(Date().to_string() == "1970-01-01");
}

TEST_CASE("days are added and taken away one for one") {
  const Date from = day("2024-02-28");
  CHECK(from + 1 == day("2024-02-29"));
  CHECK(from + 2 == day("2024-03-01"));
  CHECK(from - 59 == day("2023-12-31"));
  CHECK(day("2026-11-30") - day("2026-11-22") == 8);
  CHECK(day("2026-11-22") < day("2026-11-23"));
}

TEST_CASE("a sum of days beyond all calendars stops and does not wrap") {
  const Date last = Date::from_days(std::numeric_limits<std::int32_t>::max());
  const Date first = Date::from_days(std::numeric_limits<std::int32_t>::min());
  CHECK(last + 1 == last);
  CHECK(first - 1 == first);
  CHECK(last - first == std::numeric_limits<std::int32_t>::max());
  CHECK(last_day_within_weeks(last, 1'000'000'000) == last);
  CHECK(add_months(day("2026-11-22"), std::numeric_limits<int>::max()) == last);
  CHECK(add_months(day("2026-11-22"), std::numeric_limits<int>::min()) ==
        first);
}

TEST_CASE("a month added keeps the day or clamps it to the month's end") {
  for (Leaf leaf; leaf.year <= 2030; leaf.turn()) {
    if (leaf.year < 1999) continue;
    const Date date = Date::from_days(leaf.days);
    for (int months = -30; months <= 30; ++months) {
      // The month, found by walking.
      int year = leaf.year;
      int month = leaf.month;
      for (int i = 0; i < months; ++i) {
        if (++month > 12) month = 1, ++year;
      }
      for (int i = 0; i > months; --i) {
        if (--month < 1) month = 12, --year;
      }
      const int last = Leaf::length(year, month);
      const auto expected =
          Date::from_civil(year, month, leaf.day < last ? leaf.day : last);
      if (add_months(date, months) != expected) {
        FAIL(leaf.text() << " and " << months << " months");
      }
    }
  }
  CHECK(add_months(day("2026-01-31"), 1) == day("2026-02-28"));
  CHECK(add_months(day("2024-02-29"), 12) == day("2025-02-28"));
  CHECK(add_months(day("2026-03-31"), -1) == day("2026-02-28"));
}

TEST_CASE("later days do not come earlier when months are added") {
  for (Date date = day("2023-01-01"); date < day("2029-01-01");
       date = date + 1) {
    for (const int months : {-12, -5, 1, 2, 12, 36}) {
      if (add_months(date, months) > add_months(date + 1, months)) {
        FAIL(date.to_string() << " and " << months << " months");
      }
    }
  }
  SUCCEED();
}

TEST_CASE(
    "a period of months starting with a day contains that day and as "
    "many months as it says") {
  CHECK(last_day_of_months_starting_with(day("2026-01-01"), 12) ==
        day("2026-12-31"));
  CHECK(last_day_of_months_starting_with(day("2024-02-29"), 12) ==
        day("2025-02-28"));
  CHECK(last_day_of_months_starting_with(day("2025-03-01"), 12) ==
        day("2026-02-28"));
  CHECK(last_day_of_months_starting_with(day("2023-03-01"), 12) ==
        day("2024-02-29"));
  CHECK(last_day_of_months_starting_with(day("2026-08-31"), 1) ==
        day("2026-09-30"));
  // Where nothing is clamped, the next period starts the day after.
  for (Date date = day("2023-01-01"); date < day("2029-01-01");
       date = date + 1) {
    const Date last = last_day_of_months_starting_with(date, 12);
    const bool leap_day = date.month() == 2 && date.day() == 29;
    if (leap_day ? last != add_months(date, 12)
                 : last + 1 != add_months(date, 12)) {
      FAIL(date.to_string());
    }
  }
}

TEST_CASE("an age is the number of birthdays that have come") {
  CHECK(age_in_years(day("2020-05-10"), day("2026-05-09")) == 5);
  CHECK(age_in_years(day("2020-05-10"), day("2026-05-10")) == 6);
  CHECK(age_in_years(day("2020-05-10"), day("2020-05-10")) == 0);
  CHECK(age_in_years(day("2020-05-10"), day("2020-05-09")) == -1);
  CHECK(age_in_years(day("2020-02-29"), day("2025-02-28")) == 4);
  CHECK(age_in_years(day("2020-02-29"), day("2025-03-01")) == 5);
  CHECK(age_in_years(day("2020-02-29"), day("2024-02-28")) == 3);
  CHECK(age_in_years(day("2020-02-29"), day("2024-02-29")) == 4);
}

TEST_CASE("an age is what counting birthdays day by day gives") {
  for (const char* born : {"2016-02-29", "2016-02-28", "2016-03-01",
                           "2015-12-31", "2016-01-01", "2017-08-31"}) {
    const Date birth = day(born);
    const bool leap_day = birth.month() == 2 && birth.day() == 29;
    int years = 0;
    int months = 0;
    for (Date on = birth + 1; on < day("2030-01-01"); on = on + 1) {
      const bool no_leap_day = days_in_month(on.year(), 2) == 28;
      const bool birthday =
          (on.month() == birth.month() && on.day() == birth.day()) ||
          (leap_day && no_leap_day && on.month() == 3 && on.day() == 1);
      if (birthday) ++years;
      // A month is complete on the same day, or on the 1st of the month after
      // the one that has no such day.
      const Date yesterday = on - 1;
      const bool clamped =
          on.day() == 1 &&
          birth.day() > days_in_month(yesterday.year(), yesterday.month());
      if (on.day() == birth.day() || clamped) ++months;
      if (age_in_years(birth, on) != years ||
          age_in_months(birth, on) != months) {
        FAIL("born " << born << " on " << on.to_string());
      }
    }
  }
  CHECK(age_in_months(day("2020-05-10"), day("2020-05-09")) == -1);
}

TEST_CASE("29 February is 28 February in a year that has none") {
  CHECK(on_day_of_year(2024, 2, 29) == day("2024-02-29"));
  CHECK(on_day_of_year(2027, 2, 29) == day("2027-02-28"));
  CHECK(on_day_of_year(2027, 2, 15) == day("2027-02-15"));
  CHECK(on_day_of_year(2026, 8, 31) == day("2026-08-31"));
}

TEST_CASE("a month that is none has no days") {
  CHECK(days_in_month(2026, 0) == 0);
  CHECK(days_in_month(2026, 13) == 0);
  CHECK(days_in_month(2026, -1) == 0);
}

// The worked cases of the statutory timescales, by number.

TEST_CASE(
    "an EHC needs assessment has 6, 16 and 20 weeks from the request "
    "(cases 1 and 2)") {
  const Date first = day("2026-09-07");
  CHECK(last_day_within_weeks(first, 6) == day("2026-10-19"));
  CHECK(last_day_within_weeks(first, 16) == day("2026-12-28"));
  CHECK(last_day_within_weeks(first, 20) == day("2027-01-25"));
  const Date second = day("2026-11-02");
  CHECK(last_day_within_weeks(second, 6) == day("2026-12-14"));
  CHECK(last_day_within_weeks(second, 16) == day("2027-02-22"));
  CHECK(last_day_within_weeks(second, 20) == day("2027-03-22"));
}

TEST_CASE(
    "the summer closure and its window are counted in whole days "
    "(cases 4 and 5)") {
  const Date closed_from = day("2026-07-23");
  const Date reopens = day("2026-09-02");
  CHECK(reopens - closed_from == 41);
  CHECK(closed_from - 7 == day("2026-07-16"));
  CHECK(reopens - 7 == day("2026-08-26"));
  CHECK(day("2026-07-10") < closed_from - 7);
}

TEST_CASE(
    "health advice asked for on 5 October is six days late on "
    "22 November (case 7)") {
  const Date due = last_day_within_weeks(day("2026-10-05"), 6);
  CHECK(due == day("2026-11-16"));
  CHECK(due - day("2026-11-22") == -6);
}

TEST_CASE(
    "fifteen days beginning with service include the day of service "
    "(case 8)") {
  CHECK(last_day_of_days_beginning_with(day("2027-01-04"), 15) ==
        day("2027-01-18"));
  CHECK(last_day_of_days_beginning_with(day("2027-01-04"), 1) ==
        day("2027-01-04"));
}

TEST_CASE(
    "an annual review falls in the twelve months starting with the plan "
    "or the last review (cases 10 and 11)") {
  const Date due = last_day_of_months_starting_with(day("2026-01-15"), 12);
  CHECK(due == day("2027-01-14"));
  CHECK(last_day_within_weeks(due, -4) == day("2026-12-17"));
  const Date later = last_day_of_months_starting_with(day("2025-12-01"), 12);
  CHECK(later == day("2026-11-30"));
  CHECK(later - day("2026-11-22") == 8);
}

TEST_CASE(
    "after a review meeting come 2, 4 and 8 weeks (cases 13, 14 and "
    "16)") {
  const Date meeting = day("2026-10-12");
  CHECK(last_day_within_weeks(meeting, 2) == day("2026-10-26"));
  const Date decision = last_day_within_weeks(meeting, 4);
  CHECK(decision == day("2026-11-09"));
  CHECK(last_day_within_weeks(decision, 8) == day("2027-01-04"));
  CHECK(last_day_within_weeks(day("2026-11-02"), 8) == day("2026-12-28"));
  const Date latest_invitation = last_day_within_weeks(meeting, -2);
  CHECK(latest_invitation == day("2026-09-28"));
  CHECK(day("2026-10-05") - latest_invitation == 7);
}

TEST_CASE(
    "a phase transfer is settled before 15 February or 31 March, or "
    "five months ahead (cases 17, 19 and 20)") {
  const Date february = last_day_before(on_day_of_year(2027, 2, 15));
  CHECK(february == day("2027-02-14"));
  CHECK(last_day_within_weeks(february, -12) == day("2026-11-22"));
  const Date march = last_day_before(on_day_of_year(2027, 3, 31));
  CHECK(march == day("2027-03-30"));
  CHECK(last_day_within_weeks(march, -12) == day("2027-01-05"));
  CHECK(last_day_at_least_months_before(day("2027-09-06"), 5) ==
        day("2027-04-06"));
}

TEST_CASE(
    "re-assessment and Tribunal orders run in days and weeks (cases 22, "
    "23 and 25)") {
  CHECK(day("2026-11-09") + 15 == day("2026-11-24"));
  CHECK(last_day_within_weeks(day("2026-11-20"), 14) == day("2027-02-26"));
  const Date order = day("2026-11-16");
  CHECK(last_day_within_weeks(order, 5) == day("2026-12-21"));
  CHECK(last_day_within_weeks(order, 11) == day("2027-02-01"));
  CHECK(last_day_within_weeks(order, 2) == day("2026-11-30"));
}

TEST_CASE(
    "an appeal runs to the later of two months and one month (case "
    "26)") {
  const Date letter = add_months(day("2026-10-05"), 2);
  CHECK(letter == day("2026-12-05"));
  CHECK(add_months(day("2026-11-20"), 1) == day("2026-12-20"));
  CHECK(add_months(day("2026-10-19"), 1) < letter);
}

TEST_CASE(
    "a SENCO appointed on 8 January 2024 has until 8 January 2027 (case "
    "29)") {
  const Date due = add_months(day("2024-01-08"), 36);
  CHECK(due == day("2027-01-08"));
  CHECK(due - day("2026-11-22") == 47);
}

}  // namespace sendcheck
