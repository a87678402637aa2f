// Cells as spreadsheets leave them: read where they can mean one thing only, else refused with the reason.
#include "rulesets/sheet_cells.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace sendcheck;

namespace {

using Type = ParameterType;

const char semicolons = ';';

struct Cell {
  Type type;
  const char* cell;
  const char* expected;  // the value; or words of the message, after "!"
  char separator = ',';
  bool is_percentage = false;
  bool is_free_text = false;
};

// The value as an edition would write it, or "!" and the message.
std::string reading(const Cell& cell) {
  TextArena texts;
  CellForm form;
  form.type = cell.type;
  form.separator = cell.separator;
  form.is_percentage = cell.is_percentage;
  form.is_free_text = cell.is_free_text;
  const auto value = read_cell(cell.cell, form, texts);
  if (!value) {
    CHECK(value.error().id == "editions.table");
    return "!" + value.error().message;
  }
  ParameterSpec spec;
  spec.type = cell.type;
  ParameterValue shown;
  shown.scalar = *value;
  return to_text(shown, spec);
}

const std::vector<Cell>& corpus() {
  static const std::vector<Cell> cells = {
      // Amounts.
      {Type::money, "6000.00", "6000.00"},
      {Type::money, "6000", "6000.00"},
      {Type::money, "6000.5", "6000.50"},
      {Type::money, "6,000.00", "6000.00"},
      {Type::money, "6,000", "6000.00"},
      {Type::money, "1,234,567.89", "1234567.89"},
      {Type::money, "£6,000", "6000.00"},
      {Type::money, "£ 6000.00", "6000.00"},
      {Type::money, "-£50.00", "-50.00"},
      {Type::money, "£-50.00", "-50.00"},
      {Type::money, "\u221250.00", "-50.00"},
      {Type::money, "\u00A0£6,000.00\u00A0", "6000.00"},
      {Type::money, "6,000.00", "6000.00", semicolons},
      {Type::money, "1,234,567", "1234567.00", semicolons},
      {Type::money, "6000.50", "6000.50", semicolons},
      {Type::money, "6,000", "!before the decimals or between", semicolons},
      {Type::money, "1,5", "!before the decimals or between", semicolons},
      {Type::money, "1.234", "!before the decimals or between", semicolons},
      {Type::money, "6.000,00", "!three digits after it"},
      {Type::money, "6.000,00", "!three digits after it", semicolons},
      {Type::money, "1,5", "!three digits after it"},
      {Type::money, "60,00", "!three digits after it"},
      {Type::money, "0,500", "!three digits after it"},
      {Type::money, ",500", "!expected pounds and pence"},
      {Type::money, "1,,000", "!three digits after it"},
      {Type::money, "10.005", "!expected pounds and pence, such as 6000.00."},
      {Type::money, "(50.00)", "!write a minus sign"},
      {Type::money, "\u20AC50", "!Amounts are in pounds"},
      {Type::money, "$50", "!Amounts are in pounds"},
      {Type::money, "50%", "!no percentage"},
      {Type::money, "50p", "!expected pounds"},
      {Type::money, "6000 GBP", "!expected pounds"},
      {Type::money, "6 000.00", "!expected pounds"},
      {Type::money, "6'000.00", "!expected pounds"},
      {Type::money, "n/a", "!expected pounds"},
      {Type::money, "tbc", "!expected pounds"},
      {Type::money, "£", "!expected pounds"},
      {Type::money, "-", "!expected pounds"},
      {Type::money, "--5", "!expected pounds"},
      {Type::money, "1.2E+05", "!shortened the number"},
      {Type::money, "######", "!too narrow"},
      {Type::money, "#REF!", "!formula of the spreadsheet went wrong"},
      {Type::money, "#N/A", "!formula of the spreadsheet went wrong"},
      {Type::money, "#DIV/0!", "!formula of the spreadsheet went wrong"},
      {Type::money, "#NAME?", "!formula of the spreadsheet went wrong"},
      {Type::money, "=B2*2", "!It is a formula"},

      // Numbers.
      {Type::integer, "12", "12"},
      {Type::integer, "12.0", "12"},
      {Type::integer, "1,250", "1250"},
      {Type::integer, "\u22125", "-5"},
      {Type::decimal, "12.5", "12.5"},
      {Type::decimal, "1.234", "1.234"},
      {Type::decimal, "1,234.5", "1234.5"},
      {Type::decimal, "12.5%", "12.5", ',', true},
      {Type::decimal, "12.50 %", "12.5", ',', true},
      {Type::integer, "10%", "10", ',', true},
      {Type::decimal, "0.125", "0.125", ',', true},
      {Type::decimal, "12.5%", "!no percentage"},
      {Type::decimal, "%", "!expected a number", ',', true},
      {Type::decimal, "12%%", "!expected a number", ',', true},
      {Type::integer, "12.5", "!expected a whole number."},
      {Type::integer, "£12", "!holds no amounts"},
      {Type::decimal, "1,5", "!three digits after it"},
      {Type::decimal, "1,5", "!before the decimals or between", semicolons},
      {Type::decimal, "1.234", "!before the decimals or between", semicolons},
      {Type::decimal, "1.5", "1.5", semicolons},
      {Type::integer, "1,234", "!before the decimals or between", semicolons},
      {Type::decimal, "1.2E+05", "!shortened the number"},
      {Type::decimal, "1E-3", "!shortened the number"},
      {Type::decimal, "2e+9", "!shortened the number"},
      {Type::integer, "5-Oct", "!made a date of it"},
      {Type::integer, "Sep-26", "!made a date of it"},
      {Type::integer, "05-Oct-26", "!made a date of it"},
      {Type::integer, "9-26", "!expected a whole number"},
      {Type::integer, "10+", "!expected a whole number"},
      {Type::integer, "1 2", "!expected a whole number"},
      {Type::integer, "12a", "!expected a whole number"},
      {Type::integer, "l2", "!expected a whole number"},
      {Type::integer, "####", "!too narrow"},
      {Type::decimal, "1/2", "!expected a number"},
      {Type::decimal, "½", "!expected a number"},
      {Type::decimal, ".5", "!expected a number"},
      {Type::decimal, "TRUE", "!expected a number"},

      // Days.
      {Type::date, "2026-09-01", "2026-09-01"},
      {Type::date, "01/09/2026", "2026-09-01"},
      {Type::date, "1/9/2026", "2026-09-01"},
      {Type::date, "31/12/2026", "2026-12-31"},
      {Type::date, "01-09-2026", "2026-09-01"},
      {Type::date, "01.09.2026", "2026-09-01"},
      {Type::date, "1 September 2026", "2026-09-01"},
      {Type::date, "1 Sept 2026", "2026-09-01"},
      {Type::date, "01-Sep-2026", "2026-09-01"},
      {Type::date, "01/09/2026 00:00", "2026-09-01"},
      {Type::date, "2026-09-01 00:00:00", "2026-09-01"},
      {Type::date, "03/04/26", "!with four digits"},
      {Type::date, "1-Sep-26", "!with four digits"},
      {Type::date, "09/13/2026", "!there is no month 13"},
      {Type::date, "12/31/2026", "!there is no month 31"},
      {Type::date, "1/0/2026", "!there is no month 0"},
      {Type::date, "31/09/2026", "!expected a date written as 2026-11-22."},
      {Type::date, "29/02/2026", "!expected a date"},
      {Type::date, "0/1/2026", "!expected a date"},
      {Type::date, "2026/09/01", "!expected a date"},
      {Type::date, "20260901", "!count of days"},
      {Type::date, "46266", "!count of days"},
      {Type::date, "Sep-26", "!expected a date"},
      {Type::date, "September 2026", "!expected a date"},
      {Type::date, "1 Brumaire 2026", "!expected a date"},
      {Type::date, "01/09/2026 09:30", "!expected a date"},
      {Type::date, "Tuesday 1 September 2026", "!expected a date"},
      {Type::date, "########", "!too narrow"},

      // Days of the year.
      {Type::month_day, "02-15", "02-15"},
      {Type::month_day, "15 February", "02-15"},
      {Type::month_day, "5 Oct", "10-05"},
      {Type::month_day, "15/02", "!which is the month"},
      {Type::month_day, "05-Oct", "!which is the month"},
      {Type::month_day, "Feb-15", "!which is the month"},
      {Type::month_day, "30 February", "!expected a month and day"},
      {Type::month_day, "02-30", "!expected a month and day"},

      // True, false.
      {Type::boolean, "TRUE", "true"},
      {Type::boolean, "False", "false"},
      {Type::boolean, "yes", "!expected true or false"},
      {Type::boolean, "1", "!expected true or false"},
      {Type::boolean, "#N/A", "!formula of the spreadsheet went wrong"},

      // Words.
      {Type::code, "K", "K"},
      {Type::code, "\u201CK\u201D", "K"},
      {Type::code, "\"K\"", "K"},
      {Type::code, "\u00A0K ", "K"},
      {Type::code, "5-Oct", "!made a date of it"},
      {Type::code, "1.2E+05", "!shortened the number"},
      {Type::code, "#VALUE!", "!formula of the spreadsheet went wrong"},
      {Type::text, "Band A, higher", "Band A, higher"},
      {Type::text, "Sep-26", "!made a date of it"},
      {Type::text, "Sep-26", "Sep-26", ',', false, true},
      {Type::text, "#", "#"},
      {Type::text, "####", "!too narrow"}};
  return cells;
}

}  // namespace

TEST_CASE("a cell of a spreadsheet is read if it can mean one thing only") {
  for (const Cell& cell : corpus()) {
    const std::string expected = cell.expected;
    const std::string found = reading(cell);
    INFO(name_of(cell.type) << " \"" << cell.cell << "\": " << found);
    if (expected.starts_with('!')) {
      CHECK(found.starts_with('!'));
      CHECK(found.find(expected.substr(1)) != std::string::npos);
      CHECK(found.starts_with("!expected "));
      CHECK(found.ends_with("."));
    } else {
      CHECK(found == expected);
    }
  }
}

TEST_CASE("what an edition's own form says is read in every kind of file") {
  // However the file is separated, the plain form means the same.
  for (const char separator : {',', ';', '\t'}) {
    for (const auto& [type, cell] :
         std::vector<std::pair<Type, const char*>>{{Type::money, "6000.00"},
                                                   {Type::decimal, "12.5"},
                                                   {Type::integer, "12"},
                                                   {Type::date, "2026-09-01"},
                                                   {Type::month_day, "02-15"},
                                                   {Type::boolean, "true"},
                                                   {Type::code, "K"}}) {
      CHECK(reading({type, cell, "", separator}) == cell);
    }
  }
}
