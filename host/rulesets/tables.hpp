// Tables and calendars: CSV files beside an edition, typed as the plugin
// declares their columns.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "domain/parameters.hpp"
#include "domain/value.hpp"

namespace sendcheck {

// The columns may stand in any order in the file; in the Table they stand as
// declared. Texts are kept in `texts`. Null when anything is wrong; everything
// that is, is added to `errors` with file and line: csv.*, editions.table,
// editions.table_overlap.
std::shared_ptr<const Table> read_table(std::string_view csv,
                                        const std::string& file,
                                        const ParameterSpec& spec,
                                        TextArena& texts,
                                        std::vector<Error>& errors);

}  // namespace sendcheck
