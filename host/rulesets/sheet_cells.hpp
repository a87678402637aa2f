// One cell of a table, as a spreadsheet leaves it: read where it can mean one thing only, else refused with what was found, what was expected and,
// where a spreadsheet has spoilt it, how.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "domain/parameters.hpp"

namespace sendcheck {

// What is known of a cell before it is read.
struct CellForm {
  ParameterType type = ParameterType::text;
  bool is_percentage = false;  // "12.5%" is 12.5
  char separator = ',';        // of the file
  // A label for readers: words that look like a spoilt number may stand there.
  bool is_free_text = false;
};

// The value of a cell without white space around it. Besides what scalar_from_text reads: "£6,000.00", "1,250" (but not in a file with semicolons,
// where a comma may be the decimal point), "12%" of a percentage, "01/09/2026" (the day first), "1 September 2026", quotation marks around a
// code, minus signs as word processors set them.
// The error has no place, and its message is what was expected, then a hint: `expected a number. A spreadsheet has ...`. Id: editions.table.
Result<Value> read_cell(std::string_view cell, const CellForm& form,
                        TextArena& texts);

// How a spreadsheet has spoilt a cell, with what to do; empty when it shows no sign of that.
std::string damage_of(std::string_view cell);

// With straight quotation marks and plain minus signs, and ordinary spaces.
std::string with_plain_signs(std::string_view cell);

// "99/99/9999": digits as 9, letters as a, all else as it is.
std::string shape_of(std::string_view text);

}  // namespace sendcheck
