// What a cell of a decision table asks of an input: the unary tests of DMN 1.5 (section 7.3.4, grammar rules 12 to 18), as far as a spreadsheet needs
// them:
//
//   -                         anything
//   K   "K"   "K","E"   K, E  one of these (of texts without declared codes: each in quotation marks)
//   < 10  <= 10  > 5  >= 25   an order; also with the signs for "at most" and "at least"
//   [5..10]  [5..10)  (5..10]  ]5..10[   from, to; a bracket that is round or turned away leaves the end out
//   not(...)                  none of these
//   date("2026-09-01"), 2026-09-01, 01/09/2026, true, false, 12.5, £6,000
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "domain/decision_table.hpp"
#include "rulesets/sheet_cells.hpp"

namespace sendcheck {

// The error has no place, and its message is what was expected, then a hint, as that of read_cell. Ids: editions.table. Texts are kept in `texts`.
Result<UnaryTest> read_unary_test(std::string_view cell,
                                  const DecisionInput& input, char separator,
                                  TextArena& texts);

// A value of an output: as read_cell, also in quotation marks.
Result<Value> read_output_cell(std::string_view cell,
                               const DecisionOutput& output, char separator,
                               TextArena& texts);

}  // namespace sendcheck
