#include "base/working_days.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <sstream>

namespace sendcheck {
namespace {

Date day(const std::string& text) {
  const auto date = Date::parse(text);
  REQUIRE(date.has_value());
  return *date;
}

constexpr const char* two_winters =
    "date,name\n"
    "2026-12-25,Christmas Day\n"
    "2026-12-28,Boxing Day (substitute day)\n"
    "2027-01-01,New Year's Day\n"
    "2027-03-26,Good Friday\n"
    "2027-03-29,Easter Monday\n";

std::string published_list() {
  std::ifstream file(SENDCHECK_SOURCE "/rules/bank-holidays.csv");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Error refusal(const std::string& csv) {
  const auto read = BankHolidays::parse(csv, "bank-holidays.csv");
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().place.file == "bank-holidays.csv");
  return read.error();
}

}  // namespace

TEST_CASE(
    "a child who enters care on 17 December has a PEP by 5 and "
    "19 January (case 31)") {
  const auto holidays = BankHolidays::parse(two_winters, "h.csv");
  REQUIRE(holidays.has_value());
  const Date entered = day("2026-12-17");
  CHECK(*holidays->working_days_after(entered, 10) == day("2027-01-05"));
  CHECK(*holidays->working_days_after(entered, 20) == day("2027-01-19"));
  const Date november = day("2026-11-16");
  CHECK(*holidays->working_days_after(november, 10) == day("2026-11-30"));
  CHECK(*holidays->working_days_after(november, 20) == day("2026-12-14"));
}

TEST_CASE(
    "one working day after a Friday before a bank holiday is the "
    "Tuesday") {
  const auto holidays = BankHolidays::parse(two_winters, "h.csv");
  REQUIRE(holidays.has_value());
  CHECK(*holidays->working_days_after(day("2026-12-25"), 1) ==
        day("2026-12-29"));
  CHECK(*holidays->working_days_after(day("2027-03-25"), 1) ==
        day("2027-03-30"));
  CHECK(*holidays->working_days_after(day("2027-03-28"), 1) ==
        day("2027-03-30"));
}

TEST_CASE("working days by the published list are those counted day by day") {
  const std::string csv = published_list();
  const auto holidays = BankHolidays::parse(csv, "bank-holidays.csv");
  REQUIRE(holidays.has_value());
  REQUIRE(holidays->first_year() <= 2025);
  REQUIRE(holidays->last_year() >= 2027);

  std::set<std::string> listed;
  std::istringstream lines(csv);
  for (std::string line; std::getline(lines, line);) {
    listed.insert(line.substr(0, 10));
  }
  const Date first = *Date::from_civil(holidays->first_year(), 1, 1);
  const Date last = *Date::from_civil(holidays->last_year(), 12, 31);
  int weekday = first.weekday();
  std::vector<Date> working;
  for (Date date = first; date <= last; date = date + 1) {
    if (weekday <= 5 && !listed.contains(date.to_string())) {
      working.push_back(date);
    }
    if (holidays->contains(date) != listed.contains(date.to_string())) {
      FAIL(date.to_string());
    }
    weekday = weekday % 7 + 1;
  }
  for (std::size_t at = 0; at + 20 < working.size(); ++at) {
    for (const int n : {1, 2, 10, 20}) {
      const auto found = holidays->working_days_after(working[at], n);
      if (!found || *found != working[at + static_cast<std::size_t>(n)]) {
        FAIL(working[at].to_string() << " and " << n);
      }
    }
  }
  CHECK(working.size() > 500);
}

TEST_CASE("a count that leaves the listed years is refused and not guessed") {
  const auto holidays = BankHolidays::parse(two_winters, "h.csv");
  REQUIRE(holidays.has_value());
  CHECK(holidays->first_year() == 2026);
  CHECK(holidays->last_year() == 2027);
  for (const auto& [from, n] : {std::pair("2027-12-31", 1),
                                {"2027-12-20", 11},
                                {"2025-12-30", 1},
                                {"2028-06-01", 5},
                                {"2026-06-01", 1'000'000}}) {
    const auto found = holidays->working_days_after(day(from), n);
    REQUIRE_FALSE(found.has_value());
    CHECK(found.error().id == "calendar.not_covered");
    CHECK(found.error().place.file == "h.csv");
  }
  CHECK(holidays->working_days_after(day("2025-12-31"), 1).has_value());
  CHECK(*holidays->working_days_after(day("2027-12-30"), 1) ==
        day("2027-12-31"));
}

TEST_CASE("a list of bank holidays that was never read covers no day") {
  const BankHolidays none;
  CHECK_FALSE(none.contains(day("2026-12-25")));
  const auto found = none.working_days_after(day("2026-11-16"), 1);
  REQUIRE_FALSE(found.has_value());
  CHECK(found.error().id == "calendar.not_covered");
  const auto empty = BankHolidays::parse("date,name\n", "h.csv");
  REQUIRE(empty.has_value());
  CHECK_FALSE(empty->working_days_after(day("2026-11-16"), 1).has_value());
}

TEST_CASE("a line that is not a date and a name is refused with its line") {
  const Error not_a_date =
      refusal("date,name\n2026-12-25,Christmas Day\n26/12/2026,Boxing Day\n");
  CHECK(not_a_date.id == "calendar.format");
  CHECK(not_a_date.place.line == 3);
  const Error no_name = refusal("date,name\n2026-12-25, \n");
  CHECK(no_name.id == "calendar.format");
  CHECK(no_name.place.line == 2);
  const Error no_date = refusal("date,name\n,Christmas Day\n");
  CHECK(no_date.id == "calendar.format");
  CHECK(no_date.place.line == 2);
}

TEST_CASE(
    "bank holidays out of order, twice, or with a year left out are "
    "refused") {
  const auto line_of = [](const std::string& csv) {
    const Error error = refusal(csv);
    CHECK(error.id == "calendar.format");
    return error.place.line;
  };
  CHECK(line_of("date,name\n2026-12-28,B\n2026-12-25,A\n") == 3);
  CHECK(line_of("date,name\n2026-12-25,A\n2026-12-25,A\n") == 3);
  CHECK(line_of("date,name\n2025-12-25,A\n2027-01-01,B\n") == 3);
}

TEST_CASE("other columns than date and name are refused") {
  for (const char* csv :
       {"name,date\nA,2026-12-25\n", "date\n2026-12-25\n",
        "date,name,note\n2026-12-25,A,x\n", "Date,Name\n2026-12-25,A\n"}) {
    CAPTURE(csv);
    CHECK(refusal(csv).id == "calendar.format");
  }
  CHECK(refusal("").id == "csv.headings");
  CHECK(refusal("date,name\n2026-12-25\n").id == "csv.width");
}

}  // namespace sendcheck
