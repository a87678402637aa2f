// The declaration of a decision table in plugin.json: its hit policy, inputs and outputs.
#pragma once

#include <memory>
#include <string>

#include "domain/decision_table.hpp"
#include "plugins/manifest_reader.hpp"

namespace sendcheck {

// Whether values of this type stand in a cell.
bool is_scalar(ParameterType type);

// What is wrong is the reader's failure, plugins.format; `at` is the pointer of `value`.
std::shared_ptr<const DecisionSpec> read_decision(ManifestReader& reader,
                                                  const json::Value& value,
                                                  const std::string& at);

}  // namespace sendcheck
