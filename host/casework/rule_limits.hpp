// What a rule's author says that it does not look at: the section "Limits" of the README that stands beside it, as plain sentences.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/catalogue.hpp"
#include "plugins/plugin.hpp"

namespace sendcheck {

// Of a README's text. Marks of Markdown are taken off, and a fact's path becomes its label.
std::vector<std::string> limits_in(std::string_view readme,
                                   const Catalogue& catalogue);
// Of the plugin's README; none where it has none, or no such section.
std::vector<std::string> rule_limits(const Plugin& plugin,
                                     const Catalogue& catalogue);

}  // namespace sendcheck
