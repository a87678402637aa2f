// What is wrong with a table as a whole: rows that answer the same case where only one may, cases that no row answers, rows that answer nothing.
//
// What is found is exact, for the values that the inputs can be: proven against trying every combination (tests/host/domain/table_findings_test.cpp).
// A table of very many rows and inputs is gone through only so far: `complete` says so, and what is found is still true.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "domain/decision_table.hpp"

namespace sendcheck {

// What an input can be, where more is known than the table's declaration says: of a fact, the catalogue's bounds and codes (criteria/table_domains.hpp). A step is that of the type.
struct InputDomain {
  std::optional<Number> low;  // amounts in pounds, dates in days since 1970
  std::optional<Number> high;
  std::vector<std::string> codes;
};

struct TableFinding {
  enum class Kind {
    overlap,  // two rows match one case that may not (any: and differ)
    gap,      // a case that no row matches, without a default
    never     // a row that matches nothing, or never counts
  };
  Kind kind = Kind::gap;
  // Positions in the table. Overlap: the two. Never: the row, then those that together stand before it.
  std::vector<std::size_t> rows;
  // For each input, its name and a value with which it shows; empty for an input that does not matter. Never: empty.
  std::vector<std::pair<std::string, std::string>> example;
  // Gap: for each input, what a row would ask to fill it.
  std::vector<UnaryTest> where;
  // A sentence for whoever keeps the table, with lines of the file where they are known (else rows, from 1, below the headings).
  std::string message;
};

struct TableFindings {
  std::vector<TableFinding> findings;  // overlaps, then rows, then gaps
  bool complete = true;
};

// `domains` by the names of inputs; an input without one is as it is declared.
TableFindings findings_of(
    const DecisionTable& table,
    const std::map<std::string, InputDomain>& domains = {});

// Of a table of bands: its keys are the inputs, at most one row may match, and there is no default. Not of one whose bands go by the order of codes, which
// only the catalogue knows: then nothing is found, and `complete` is false.
TableFindings findings_of(
    const Table& table, const std::map<std::string, InputDomain>& domains = {});

}  // namespace sendcheck
