// Rules in words: what is in force, and what a rule asks for with today's values and their origins.
#pragma once

#include <string>

#include "casework/workspace.hpp"
#include "cli/layout.hpp"

namespace sendcheck::cli {

struct PlaceAndDate {
  Date as_of;
  std::string la;   // the authority's code; empty: none
  std::string urn;  // the school's; empty: none
};

// A line a rule: id, title, what it is, the edition in force. Error engine.unknown_kind.
Result<std::string> rules_list(const Workspace& workspace,
                               const PlaceAndDate& where,
                               const std::string& kind, const Style& style,
                               std::size_t columns);
// The whole rule. Error engine.unknown_rule.
Result<std::string> rule_shown(const Workspace& workspace,
                               const std::string& rule,
                               const PlaceAndDate& where, const Style& style,
                               std::size_t columns);

}  // namespace sendcheck::cli
