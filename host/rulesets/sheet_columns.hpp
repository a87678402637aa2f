// Where the declared columns of a table stand in its file.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace sendcheck {

// One position for each of `names`. What is misspelt, missing or there twice is added to `errors` (editions.table, line 1, the column); then the
// positions may not be used. A heading may be written with capitals, and with spaces for underscores.
std::vector<std::size_t> columns_in(const std::vector<std::string>& headings,
                                    const std::vector<std::string>& names,
                                    const std::string& file,
                                    std::vector<Error>& errors);

// A cell that cannot be read, for the error: the column is named as the rule declares it.
Error cell_error(const std::string& file, int line, const std::string& column,
                 std::string message);

}  // namespace sendcheck
