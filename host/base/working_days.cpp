#include "base/working_days.hpp"

#include <algorithm>
#include <utility>

#include "base/csv.hpp"
#include "base/text.hpp"

namespace sendcheck {
namespace {

constexpr int friday = 5;

Unexpected bad_format(const std::string& file, int line, std::string message) {
  return unexpected(
      {"calendar.format", std::move(message), {.file = file, .line = line}});
}

}  // namespace

Result<BankHolidays> BankHolidays::parse(std::string_view csv,
                                         std::string file) {
  const Result<CsvTable> table = parse_csv(csv, file);
  if (!table) return unexpected(table.error());
  if (table->headings != std::vector<std::string>{"date", "name"}) {
    return bad_format(file, 1,
                      "The columns are " + quoted(join(table->headings, ",")) +
                          "; expected date,name.");
  }
  BankHolidays holidays;
  for (const CsvRow& row : table->rows) {
    const std::optional<Date> date = Date::parse(row.cells[0]);
    if (!date) {
      return bad_format(file, row.line,
                        "\"" + quoted(row.cells[0]) +
                            "\" is not a date. Write it as YYYY-MM-DD.");
    }
    if (trim(row.cells[1]).empty()) {
      return bad_format(file, row.line,
                        "The bank holiday on " + date->in_words() +
                            " has no name. Give it one.");
    }
    const int year = date->year();
    if (!holidays.days_.empty()) {
      const Date before = holidays.days_.back();
      if (*date <= before) {
        return bad_format(file, row.line,
                          date->in_words() + " follows " + before.in_words() +
                              ". Put the dates in order, each once.");
      }
      if (year > before.year() + 1) {
        return bad_format(file, row.line,
                          "No bank holiday of " +
                              std::to_string(before.year() + 1) +
                              " is listed. List every year from the first to "
                              "the last.");
      }
    } else {
      holidays.first_year_ = year;
    }
    holidays.last_year_ = year;
    holidays.days_.push_back(*date);
  }
  holidays.file_ = std::move(file);
  return holidays;
}

bool BankHolidays::contains(Date date) const {
  return std::binary_search(days_.begin(), days_.end(), date);
}

Result<Date> BankHolidays::working_days_after(Date date, int n) const {
  const auto covers = [this](Date day) {
    const int year = day.year();
    return year >= first_year_ && year <= last_year_;
  };
  Date day = date;
  while (n > 0) {
    day = day + 1;
    if (!covers(day)) {
      const std::string listed = last_year_ < first_year_
                                     ? "no year"
                                     : "the years " +
                                           std::to_string(first_year_) +
                                           " to " + std::to_string(last_year_);
      return unexpected({"calendar.not_covered",
                         "Counting working days after " + date.in_words() +
                             " reaches " + day.in_words() +
                             ", but the list of bank holidays covers " +
                             listed + ". Add the bank holidays of " +
                             std::to_string(day.year()) + ".",
                         {.file = file_}});
    }
    if (day.weekday() <= friday && !contains(day)) --n;
  }
  return day;
}

}  // namespace sendcheck
