// Runs worked cases: a sentence, facts, a date, and what must come out (worked_cases.hpp).
#pragma once

#include <string>
#include <vector>

#include "casework/worked_cases.hpp"

namespace sendcheck {

struct CaseResult {
  std::string file;
  std::string sentence;
  std::string rule;
  std::string source;
  std::string unconfirmed;          // why nobody stands for it; else empty
  std::vector<std::string> faults;  // empty: as expected
  Outcome outcome = Outcome::error;
};

// Runs the cases of a file (format sendcheck-cases/1), or, with no file, those of every plugin; with `rules`, of these only. A case file that cannot be
// read, or a case that is malformed, is an error: files.*, json.*, cases.format, cases.unknown_rule.
Result<std::vector<CaseResult>> run_cases(
    const Workspace& workspace, const std::string& file,
    const std::vector<std::string>& rules);
// One that was read.
CaseResult run_case(const Workspace& workspace, const WorkedCase& one);

}  // namespace sendcheck
