// One decision in full, for the person who asks.
#pragma once

#include <string>

#include "casework/workspace.hpp"
#include "cli/layout.hpp"

namespace sendcheck::cli {

enum class Reader { senco, parent, auditor };

struct ExplainSetting {
  Reader reader = Reader::senco;
  Style style;
  std::size_t columns = 100;
  std::string version;
  std::string logged;  // where it stands in the log; empty: it was not logged
};

std::string explanation(const Workspace& workspace, const std::string& who,
                        const std::string& upn, Date as_of,
                        const Decision& decision,
                        const ExplainSetting& setting);

}  // namespace sendcheck::cli
