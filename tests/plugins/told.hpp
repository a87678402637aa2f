// What a worked case leaves unsaid: what a decision tells the reader beside its outcome, its amount and its dates. tests/plugins/told.json pins it for
// cases of the plugins, by their sentences.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "shipped.hpp"

namespace shipped {

// Everything that a decision tells, line by line: the actions ("<text>", and "<text> by 2027-03-21"), why an amount is not published, the amount's working
// ("weeks: 38"), and every criterion with its result ("the pupil has a final EHC plan = met").
std::set<std::string> lines_of(const sendcheck::Decision& decision);

// The decision of a case. `workspace` may hold another version of its rule.
sendcheck::Decision decision_of(const sendcheck::Workspace& workspace,
                                const WorkedCase& one);

// One entry of told.json: what is told in a case, and what is not. A line that begins with the id of one of the plugin's messages stands for its text.
struct Told {
  std::string rule;
  std::string sentence;
  std::vector<std::string> lines;
  std::vector<std::string> never;
};
const std::vector<Told>& told();

// What of an entry does not hold, in words; empty where all of it does.
std::vector<std::string> faults_of(const Told& entry,
                                   const sendcheck::Workspace& workspace);

}  // namespace shipped
