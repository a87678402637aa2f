#include "rulesets/decision_tables.hpp"

#include <utility>

#include "base/text.hpp"
#include "rulesets/sheet_columns.hpp"
#include "rulesets/sheet_file.hpp"
#include "rulesets/unary_tests.hpp"

namespace sendcheck {

void read_decision_table(std::string_view bytes, const std::string& file,
                         const ParameterSpec& spec, TextArena& texts,
                         ParameterValue& value, std::vector<Error>& errors) {
  const DecisionSpec& decision = *spec.decision;
  std::vector<std::string> names;
  for (const DecisionInput& input : decision.inputs) {
    names.push_back(input.name);
  }
  for (const DecisionOutput& output : decision.outputs) {
    names.push_back(output.name);
  }
  const auto sheet = read_sheet_file(bytes, file, names);
  if (!sheet) {
    errors.push_back(sheet.error());
    return;
  }
  const std::size_t errors_before = errors.size();
  const std::vector<std::size_t> positions =
      columns_in(sheet->table.headings, names, file, errors);
  if (errors.size() != errors_before) return;
  if (sheet->table.rows.empty()) {
    errors.push_back(cell_error(
        file, 0, "", "The table has no rows. Give it at least one."));
    return;
  }
  auto shown = std::make_shared<Table>();
  for (const std::string& name : names) {
    shown->columns.emplace_back().name = name;
  }
  std::vector<DecisionRow> rows;
  for (const CsvRow& found : sheet->table.rows) {
    DecisionRow& row = rows.emplace_back();
    row.line = found.line;
    shown->lines.push_back(found.line);
    std::vector<Value>& cells = shown->rows.emplace_back();
    const auto refuse = [&](std::size_t column, const Error& error) {
      errors.push_back(cell_error(file, found.line, names[column],
                                  "\"" + names[column] + "\" is \"" +
                                      quoted(found.cells[positions[column]]) +
                                      "\", " + error.message));
    };
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::string& cell = found.cells[positions[i]];
      cells.push_back(Value::text(texts.keep(with_plain_signs(cell))));
      if (i < decision.inputs.size()) {
        auto test =
            read_unary_test(cell, decision.inputs[i], sheet->separator, texts);
        if (test) {
          row.tests.push_back(std::move(*test));
        } else {
          refuse(i, test.error());
        }
        continue;
      }
      const auto output =
          read_output_cell(cell, decision.outputs[i - decision.inputs.size()],
                           sheet->separator, texts);
      if (output) {
        row.outputs.push_back(*output);
      } else {
        refuse(i, output.error());
      }
    }
  }
  if (errors.size() != errors_before) return;
  value.table = std::move(shown);
  value.decision =
      std::make_shared<DecisionTable>(spec.decision, file, std::move(rows));
}

}  // namespace sendcheck
