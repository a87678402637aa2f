#include "rulesets/sheet_columns.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "rulesets/object_reader.hpp"
#include "rulesets/sheet_file.hpp"

namespace sendcheck {

Error cell_error(const std::string& file, int line, const std::string& column,
                 std::string message) {
  Place place;
  place.file = file;
  place.line = line;
  place.pointer = column;
  return {"editions.table", std::move(message), std::move(place)};
}

std::vector<std::size_t> columns_in(const std::vector<std::string>& headings,
                                    const std::vector<std::string>& names,
                                    const std::string& file,
                                    std::vector<Error>& errors) {
  std::vector<std::string> found;
  for (const std::string& heading : headings) {
    const bool is_exact = std::ranges::find(names, heading) != names.end();
    found.push_back(is_exact ? heading : column_name(heading));
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (std::ranges::find(names, found[i]) != names.end()) continue;
    std::string near = suggestion(found[i], names);
    if (near.empty()) near = " The columns are " + join_in_words(names) + ".";
    errors.push_back(
        cell_error(file, 1, headings[i],
                   "\"" + quoted(headings[i]) +
                       "\" is not a column that the rule declares." + near));
  }
  std::vector<std::size_t> positions;
  for (const std::string& name : names) {
    const auto at = std::ranges::find(found, name);
    if (at == found.end()) {
      errors.push_back(cell_error(
          file, 1, name, "The column \"" + name + "\" is missing. Add it."));
    } else if (std::find(at + 1, found.end(), name) != found.end()) {
      errors.push_back(cell_error(
          file, 1, name,
          "The column \"" + name + "\" stands there twice. Take one out."));
    }
    positions.push_back(static_cast<std::size_t>(at - found.begin()));
  }
  return positions;
}

}  // namespace sendcheck
