// Tables of bands as decision tables, to be looked at in the same way.
#include <memory>
#include <utility>

#include "domain/table_findings.hpp"

namespace sendcheck {

TableFindings findings_of(const Table& table,
                          const std::map<std::string, InputDomain>& domains) {
  using Role = ColumnSpec::Role;
  auto spec = std::make_shared<DecisionSpec>();
  TableFindings none;
  none.complete = false;
  for (const ColumnSpec& column : table.columns) {
    if (column.role == Role::value) continue;
    const bool is_words = column.type == ParameterType::text ||
                          column.type == ParameterType::code;
    if (is_words && column.role != Role::key) return none;
    if (column.type == ParameterType::month_day) return none;
    if (spec->input(column.of) >= 0) continue;
    DecisionInput& input = spec->inputs.emplace_back();
    input.name = column.of;
    input.type = column.type;
  }
  std::vector<DecisionRow> rows;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    DecisionRow& row = rows.emplace_back();
    row.line = r < table.lines.size() ? table.lines[r] : 0;
    row.tests.resize(spec->inputs.size());
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const ColumnSpec& column = table.columns[c];
      if (column.role == Role::value) continue;
      UnaryTest& test =
          row.tests[static_cast<std::size_t>(spec->input(column.of))];
      if (test.ranges.empty()) test.ranges.emplace_back();
      const Value& cell = table.rows[r][c];
      if (!cell.is_known()) continue;
      if (column.role != Role::to) test.ranges[0].from = cell;
      if (column.role != Role::from) test.ranges[0].to = cell;
    }
    for (UnaryTest& test : row.tests) {
      test.anything =
          !test.ranges[0].from.is_known() && !test.ranges[0].to.is_known();
      if (test.anything) test.ranges.clear();
    }
  }
  const DecisionTable as_decisions(spec, "", std::move(rows));
  return findings_of(as_decisions, domains);
}

}  // namespace sendcheck
