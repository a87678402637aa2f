// The page of a rule that decides nothing there and then.
#pragma once

#include "casework/workspace.hpp"
#include "cli/page_lines.hpp"
#include "cli/rules_text.hpp"

namespace sendcheck::cli {

// Why it does not: closed, since when and where to go; not in force on the day, and which day to ask for; another authority's; taken away; broken.
void write_not_in_force(const Workspace& workspace, const std::string& rule,
                        const RuleInForce& in_force, const PlaceAndDate& where,
                        PageLines& lines);

}  // namespace sendcheck::cli
