// Tables in CSV files: RFC 4180, UTF-8, a heading row.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace sendcheck {

struct CsvRow {
  int line = 0;  // where the row begins, from 1
  std::vector<std::string> cells;
};

struct CsvTable {
  std::vector<std::string> headings;
  std::vector<CsvRow> rows;  // each as wide as the headings
};

// How the file is written. A spreadsheet leaves more than a program does: with `from_spreadsheet`, columns at the end without a heading and without a
// cell are no columns, and white space of any kind (no-break spaces too) around a cell is no part of it.
struct CsvForm {
  char separator = ',';
  bool from_spreadsheet = false;
};

// Reads a whole file. A byte-order mark, line ends of any kind (LF, CRLF, CR), quoted fields over several lines and blank lines (a row whose cells are
// all empty is one, as spreadsheets leave them) are understood; a leading apostrophe that guards a formula character is taken off. White space
// around a heading is taken off; cells are left as they are.
// Errors, with file, line and column (in characters): csv.encoding (not UTF-8), csv.quote (a quote that is not closed or stands inside a field), csv.width (a row
// with more or fewer cells than headings), csv.headings (none, an empty one, or the same twice).
Result<CsvTable> parse_csv(std::string_view text, const std::string& file,
                           CsvForm form = {});

}  // namespace sendcheck
