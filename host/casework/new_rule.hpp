// Begins a rule: a plugin folder that loads and whose cases come out, and an edition that puts the rule in force.
//
// The rule is an example that its author changes: what has still to be written says so, and sendcheck rules lint lists it. Its figure is not confirmed, so
// that nobody is told anything but "a person must decide" by it until somebody has said who sets the figure.
#pragma once

#include <string>
#include <vector>

#include "casework/workspace.hpp"

namespace sendcheck {

struct NewRuleRequest {
  std::string id;         // "low-attendance-on-support"
  std::string title;      // empty: made of the id
  std::string kind;       // as in a manifest
  std::string authority;  // "national", or an authority's code
  Date from;              // the first day of the edition
  Date today;
  bool with_edition = true;
};

struct NewRule {
  std::string folder;  // of the plugin
  std::vector<std::string>
      written;          // files, in the order in which to look at them
  std::string edition;  // id; empty: none was written
};

// Writes the folder and the edition, both whole, or nothing. Errors: new.rule_id (no good id; with the nearest that is), new.exists (a folder or a
// rule of the name is there), new.authority, new.kind, files.*.
Result<NewRule> new_rule(const Workspace& workspace,
                         const NewRuleRequest& request);

}  // namespace sendcheck
