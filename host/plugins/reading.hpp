// What a plugin reads, and what it should leave to editions: worked out from its rules and from the text of its scripts, without running them.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/catalogue.hpp"
#include "plugins/lua_text.hpp"
#include "plugins/plugin.hpp"

namespace sendcheck {

// The parameters that some value of its rules, or a function of its scripts, reads.
std::set<std::string> parameters_read(const Plugin& plugin);

// The paths of the facts that its rules, or functions of its scripts, read.
std::set<std::string> facts_read(const Plugin& plugin,
                                 const Catalogue& catalogue);

// Figures and dates in a script that policy could change, so that they belong to whoever issues editions: numbers but 0, 1 and 100, which are arithmetic
// (nothing, one, per cent); texts that are a date, a day of the year or an amount, unless they name a school year.
std::vector<TextLiteral> figures_of_policy(const std::string& script,
                                           const Catalogue& catalogue);

}  // namespace sendcheck
