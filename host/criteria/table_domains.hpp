// What the inputs of a table can be, by the facts that a rule looks up in it: for findings_of (domain/table_findings.hpp).
#pragma once

#include <map>
#include <string>

#include "criteria/tree.hpp"
#include "domain/table_findings.hpp"

namespace sendcheck {

// By the names of inputs or keys; of a table (a decision table or one of bands) that is the parameter at this position. An input for which some look_up
// gives anything but a plain fact, or a field of an entry, has no bounds. Facts of different bounds: all that any of them can be.
std::map<std::string, InputDomain> input_domains(const Rule& rule,
                                                 const Catalogue& catalogue,
                                                 int parameter);

}  // namespace sendcheck
