// Decision tables: CSV files beside an edition, their inputs and outputs as the plugin declares them.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "domain/decision_table.hpp"

namespace sendcheck {

// Sets `decision` and, of the cells as they are written, `table` of the value. The columns may stand in any order in the file. Texts are kept in `texts`,
// which must outlive the value. Everything that is wrong is added to `errors`, with file, line and column: csv.*, editions.table; then the value is left
// without either.
void read_decision_table(std::string_view bytes, const std::string& file,
                         const ParameterSpec& spec, TextArena& texts,
                         ParameterValue& value, std::vector<Error>& errors);

}  // namespace sendcheck
