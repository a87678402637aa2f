// One decision for one pupil, to be explained.
#pragma once

#include <optional>

#include "casework/check_log.hpp"
#include "casework/workspace.hpp"
#include "registers/register.hpp"

namespace sendcheck {

struct ExplainedDecision {
  std::string upn;
  std::string name;
  Decision decision;
  std::optional<LoggedRun> run;  // where it stands in the log
  std::vector<Finding>
      rejections;  // not empty: the record could not be checked
};

// Entered in `log` first, where there is one. Errors: those of check_register; check.no_such_pupil.
Result<ExplainedDecision> explain_decision(const Workspace& workspace,
                                           const std::string& register_path,
                                           const std::string& upn,
                                           const std::string& rule, Date as_of,
                                           CheckLog* log = nullptr);

}  // namespace sendcheck
