// Worked cases: a sentence, facts, a date, and what must come out. Their format (sendcheck-cases/1), read and checked once, and what a decision leaves
// to be desired of one.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "casework/workspace.hpp"
#include "registers/register.hpp"

namespace sendcheck {

// What must come out. Only what is stated is looked at.
struct ExpectedDecision {
  // By the name that it has in the case: outcome, amount, amount_status, period, due, due_state; "none" for null.
  std::vector<std::pair<std::string, std::string>> values;
  std::vector<std::string> missing;   // paths of facts
  std::vector<std::string> refer_to;  // at most one: words that must occur
  // Beside the outcome: actions, notes, lines of the working, and criteria with their result (lines_told). A line that begins with the id of one of the
  // plugin's messages stands for its text.
  std::vector<std::string> told, not_told;
};

struct WorkedCase {
  std::string file;
  std::string pointer;  // "/cases/0"
  std::string sentence;
  std::string rule;
  std::string source;
  // Why nobody stands for what is expected ("unconfirmed" in the case); empty: it is what the author means. Such a case is run like any other, and
  // shows nothing about the rule: what it expects is what the rule gave.
  std::string unconfirmed;
  Date as_of;
  RegisterEntry entry;
  std::vector<std::string>
      faults;  // why the record cannot be read as it stands; else empty
  std::map<std::string, EffectiveParameter>
      parameters;               // that stand in for the edition's
  std::string parameters_json;  // as written; empty when there are none
  ExpectedDecision expect;
};

// A change that is planted in the rule, that no case can notice, and why: so says the author (planted_changes.hpp).
struct ExcusedChange {
  std::string rule;
  std::string change;  // in the words in which the program names it
  std::string because;
  std::string pointer;
};

struct WorkedCases {
  std::vector<WorkedCase> cases;
  std::vector<ExcusedChange> excused;
  TextArena texts;  // of the cases' parameters
};

// Reads a file of cases; with `rules`, those of these only. Errors: files.*, json.*, cases.format, cases.unknown_rule.
Result<WorkedCases> read_cases(const Workspace& workspace,
                               const std::string& file,
                               const std::vector<std::string>& rules);

// The files of cases of the plugins of these rules; with none, of all. Errors: engine.unknown_rule.
Result<std::vector<std::string>> case_files(
    const Workspace& workspace, const std::vector<std::string>& rules);

// What of a decision is not as expected, in words; empty when all is. `plugin` may be null.
std::vector<std::string> faults_of(const ExpectedDecision& expect,
                                   const Decision& decision,
                                   const Plugin* plugin);
// The same of the outcome, the amount and the date alone, which are found without saying why: true when one of them is not as expected.
bool differs_in_brief(const ExpectedDecision& expect, const Brief& brief);
// Whether differs_in_brief() tells all that is expected.
bool is_brief(const ExpectedDecision& expect);

// Everything that a decision tells beside its outcome, line by line: the actions ("<text>", and "<text> by 2027-03-21"), why an amount is not
// published, the amount's working ("weeks: 38"), and every criterion with its result ("the pupil has a final EHC plan = met").
std::vector<std::string> lines_told(const Decision& decision);

// True when a fact's path is the one expected, or stands inside it: "evidence" names "evidence[type=form_8]".
bool names_fact(std::string_view expected, std::string_view path);

}  // namespace sendcheck
