// What a register got wrong, for people.
#pragma once

#include <string>

#include "casework/check_register.hpp"

namespace sendcheck::cli {

// "kent.json /pupils/3: Robin Testwell (K330...): date_of_birth ... " for each finding, a line each.
std::string finding_line(const Finding& finding, std::string_view name);

}  // namespace sendcheck::cli
