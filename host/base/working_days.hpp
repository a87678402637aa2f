// Working days: Monday to Friday, less the bank holidays of England and Wales.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"

namespace sendcheck {

// The bank holidays of whole calendar years, from a CSV file with the columns date,name (rules/bank-holidays.csv). Immutable once read.
class BankHolidays {
 public:
  BankHolidays() = default;  // covers no year

  // Every year from that of the first date to that of the last is taken to be complete.
  // Errors: those of parse_csv; calendar.format (columns other than these, a line that is not a date and a name, dates out of order or twice, a
  // year between the first and the last without any).
  static Result<BankHolidays> parse(std::string_view csv, std::string file);

  int first_year() const { return first_year_; }
  int last_year() const { return last_year_; }
  bool contains(Date date) const;

  // The n-th working day after `date`; `date` itself is not counted. Needs n >= 1. Error calendar.not_covered when the count leaves the years
  // that the file covers: a holiday that nobody listed is not guessed.
  Result<Date> working_days_after(Date date, int n) const;

  // The same days of the same years.
  bool operator==(const BankHolidays& other) const {
    return days_ == other.days_ && first_year_ == other.first_year_ &&
           last_year_ == other.last_year_;
  }

 private:
  std::string file_;
  std::vector<Date> days_;  // ascending
  int first_year_ = 0;
  int last_year_ = -1;
};

}  // namespace sendcheck
