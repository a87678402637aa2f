// The plugins, rule sets and worked cases that are shipped, as the tests of this folder look at them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "casework/workspace.hpp"
#include "registers/register.hpp"

namespace shipped {

// The folder of the sources, and one to write in.
std::string source_path(const std::string& name);
std::string scratch_path(const std::string& name);
std::string read_text(const std::string& path);

// The real workspace, opened once.
const sendcheck::Workspace& workspace();

// The names of the folders under plugins/ that hold a rule, sorted.
std::vector<std::string> plugin_folders();
// The folders of every plugin that loads.
const std::vector<sendcheck::Plugin>& plugins();

// A worked case as far as evaluating its rule needs it.
struct WorkedCase {
  std::string sentence;
  std::string rule;
  sendcheck::Date as_of;
  sendcheck::RegisterEntry entry;
  std::map<std::string, sendcheck::EffectiveParameter> parameters;
};

// The cases of one plugin. The texts of their parameters live in `texts`.
std::vector<WorkedCase> cases_of(const sendcheck::Plugin& plugin,
                                 sendcheck::TextArena& texts);

}  // namespace shipped
