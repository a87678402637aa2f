// Plugins that a test writes for itself, over a catalogue of a few facts.
#pragma once

#include <map>
#include <string>

#include "domain/catalogue.hpp"
#include "domain/record.hpp"
#include "plugins/plugin.hpp"

namespace plugins_of_tests {

using namespace sendcheck;

Catalogue small_catalogue();

// A folder of that name with these files in it and no others: "trial/rule.lua".
std::string folder_of(const std::string& name,
                      const std::map<std::string, std::string>& files);

// A manifest that loads; `more` holds further members, each after a comma.
std::string manifest_json(const std::string& id, const std::string& more = "");

// The parameters that the trial rules below may read.
extern const char* const parameters_json;

// rule.lua with one criterion, which stands on the third line.
std::string rule_of(const std::string& criterion);
std::string rule_of(const std::string& criterion, const std::string& id);

// What comes of a single plugin "trial" with that script.
Plugins load_script(Catalogue& catalogue, const std::string& script,
                    const std::string& manifest = "");
// Of one that must not load.
Error error_of(const std::string& script, const std::string& manifest = "");

}  // namespace plugins_of_tests
