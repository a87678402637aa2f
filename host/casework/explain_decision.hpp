// One decision for one pupil, to be explained.
#pragma once

#include "casework/workspace.hpp"
#include "registers/register.hpp"

namespace sendcheck {

struct ExplainedDecision {
  std::string upn;
  std::string name;
  Decision decision;
  std::vector<Finding>
      rejections;  // not empty: the record could not be checked
};

// Errors: those of check_register; check.no_such_pupil.
Result<ExplainedDecision> explain_decision(const Workspace& workspace,
                                           const std::string& register_path,
                                           const std::string& upn,
                                           const std::string& rule, Date as_of);

}  // namespace sendcheck
