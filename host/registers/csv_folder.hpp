// The files of a CSV folder, read and matched with the catalogue: which column
// is which fact, and which rows of a list belong to which pupil.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/csv.hpp"
#include "base/result.hpp"
#include "domain/catalogue.hpp"
#include "registers/fact_names.hpp"
#include "registers/register.hpp"

namespace sendcheck {

// pupils.csv, or school.csv: a fact a column.
struct CsvFacts {
  std::string file;
  CsvTable table;
  std::vector<FactRef> columns;  // slot -1: not in the catalogue
  int upn_column = -1;
};

// <list path>.csv: an entry a row.
struct CsvList {
  std::string file;
  CsvTable table;
  int slot = -1;
  std::vector<int>
      columns;  // a list's field; -1: not in the catalogue, or the UPN
  // Number of the UPN, and row; sorted, rows of a UPN in the order of the file.
  std::vector<std::pair<int, int>> rows;
  std::vector<int> unmatched;  // rows
};

struct CsvFolder {
  CsvFacts pupils;
  std::vector<int>
      upn_of;  // by row of pupils.csv: UPNs are numbered as they come; -1: none
  std::vector<CsvList> lists;  // in the order of the files' names
  CsvFacts school;             // no table: there is no school.csv
  std::vector<Finding> warnings;
};

// Errors: register.no_pupils_file, register.format (pupils.csv or a list
// without upn, school.csv of other than one row), files.*, csv.*.
Result<CsvFolder> read_csv_folder(const std::string& folder,
                                  const Catalogue& catalogue,
                                  const FactNames& names);

// Where a cell stands.
Place cell_place(const std::string& file, const CsvTable& table, int row,
                 int column);

}  // namespace sendcheck
