// What an edition says of one parameter: its value or its table, who says so,
// how certain it is, and what a lower layer may do to it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "domain/parameters.hpp"
#include "domain/value.hpp"
#include "json/value.hpp"
#include "rulesets/object_reader.hpp"
#include "rulesets/rulesets.hpp"

namespace sendcheck {

// What the entries of one edition share.
struct EntryContext {
  std::string edition;  // id
  std::string file;
  std::string folder;
  std::map<std::string, EditionSource> sources;
  std::string approved_by;
  std::string approved_on;
  // The CSV files that the edition names, by the names that it uses.
  std::map<std::string, Result<std::string>> tables;
  TextArena& texts;
  std::vector<Error>& errors;
};

// True for a name that cannot lead out of the edition's folder:
// "tables/matrix.csv".
bool is_table_name(std::string_view name);

// The `source` of an object, checked against the edition's sources
// ("matrix#HEREF-6": the key before #). Error editions.source.
std::string read_source(ObjectReader& object, EntryContext& context);

// Adds what `value` says of the parameter to `entry`. Errors: editions.format,
// editions.wrong_type, editions.range, editions.source, editions.status,
// files.*, and those of a table.
void read_parameter(const json::Value& value, const ParameterSpec& spec,
                    const std::string& pointer, EntryContext& context,
                    RuleEntry& entry);

}  // namespace sendcheck
