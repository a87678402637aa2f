// Runs worked cases: a sentence, facts, a date, and what must come out.
#pragma once

#include <string>
#include <vector>

#include "casework/workspace.hpp"

namespace sendcheck {

struct CaseResult {
  std::string file;
  std::string sentence;
  std::string rule;
  std::string source;
  std::vector<std::string> faults;  // empty: as expected
  Outcome outcome = Outcome::error;
};

// Runs the cases of a file (format sendcheck-cases/1), or, with no file, those of every plugin; with `rules`, of these only. A case file that cannot be
// read, or a case that is malformed, is an error: files.*, json.*, cases.format, cases.unknown_rule.
Result<std::vector<CaseResult>> run_cases(
    const Workspace& workspace, const std::string& file,
    const std::vector<std::string>& rules);

// True when a fact's path is the one expected, or stands inside it: "evidence" names "evidence[type=form_8]".
bool names_fact(std::string_view expected, std::string_view path);

}  // namespace sendcheck
