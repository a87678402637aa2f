// One rule as a page: what it asks for, with the values in force, who says so, and what it does not look at.
#pragma once

#include <string>

#include "casework/workspace.hpp"
#include "cli/layout.hpp"
#include "cli/rules_text.hpp"

namespace sendcheck::cli {

// A rule that is in force is written out as it is on that day: what its edition settles for every pupil alike is left out, or said in a line. Of a
// rule that is closed, or that is not in force there and then, the page says so first, where to go, and which date to ask for to read it.
std::string rule_page(const Workspace& workspace, const SelectedRule& rule,
                      const BoundRule& bound, const PlaceAndDate& where,
                      const Style& style, std::size_t columns);

// "Herefordshire (884)"; a code that the catalogue does not know, alone.
std::string authority_in_words(const std::string& la,
                               const Catalogue& catalogue);

}  // namespace sendcheck::cli
