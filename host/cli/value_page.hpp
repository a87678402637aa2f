// The values that a rule has from its editions, with who says so: the last part of a rule's page.
#pragma once

#include <string>

#include "cli/layout.hpp"
#include "criteria/tree.hpp"
#include "rulesets/rulesets.hpp"

namespace sendcheck::cli {

// Values that come from the same place stand together under it. Empty for a rule without parameters.
std::string values_page(const Rule& rule, const RuleInForce& in_force,
                        const Catalogue& catalogue, const Style& style,
                        std::size_t columns);

}  // namespace sendcheck::cli
