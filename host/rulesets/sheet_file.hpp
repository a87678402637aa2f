// A table's file as a spreadsheet saves it: in which encoding, and with which separator.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/csv.hpp"
#include "base/result.hpp"

namespace sendcheck {

struct SheetFile {
  CsvTable table;
  // What stands between cells: a comma, a semicolon or a tab. With semicolons, a spreadsheet may have written decimal commas.
  char separator = ',';
};

// Reads the file's cells. The separator is the one that makes most of `columns` out of the heading row (or that a first line "sep=;" names). Bytes that
// are not UTF-8 are taken for Windows-1252 where each of them is a pound sign, a no-break space, a dash or a quotation mark there.
// Errors as parse_csv.
Result<SheetFile> read_sheet_file(std::string_view bytes,
                                  const std::string& file,
                                  const std::vector<std::string>& columns);

// "Points from" and "POINTS_FROM" are "points_from".
std::string column_name(std::string_view heading);

}  // namespace sendcheck
