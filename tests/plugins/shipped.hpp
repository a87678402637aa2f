// The plugins and rule sets that are shipped, as the tests of this folder look at them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "casework/workspace.hpp"

namespace shipped {

// The folder of the sources.
std::string source_path(const std::string& name);
std::string read_text(const std::string& path);

// The real workspace, opened once.
const sendcheck::Workspace& workspace();

// The names of the folders under plugins/ that hold a rule, sorted.
std::vector<std::string> plugin_folders();
// The folders of every plugin that loads.
const std::vector<sendcheck::Plugin>& plugins();

}  // namespace shipped
