// A rejected pupil of a CSV folder as JSON: what its cells state, at the paths
// of their headings, so that it can be mended and read again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/catalogue.hpp"

namespace sendcheck {

// What a cell states, or the rows of a list.
struct SourceFact {
  std::string path;                // dotted
  const FactSpec* fact = nullptr;  // null: not in the catalogue
  std::string_view cell;           // of a scalar
  struct Row {
    std::vector<SourceFact> fields;
  };
  bool is_list = false;
  std::vector<Row> rows;
};

// One line of JSON. Cells that read as their type are written as such, others
// as texts. Paths of facts that are not known must not be those of groups.
std::string source_json(std::vector<SourceFact> facts);

}  // namespace sendcheck
