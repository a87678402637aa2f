#include "shipped.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <stdexcept>

#include "base/files.hpp"

namespace shipped {

using namespace sendcheck;

namespace {

// A test cannot go on without what it asked for.
template <class T>
T needed(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().to_string());
  return std::move(*result);
}

}  // namespace

std::string source_path(const std::string& name) {
  return join_path(SENDCHECK_SOURCE, name);
}

std::string read_text(const std::string& path) {
  return needed(read_file(path));
}

const Workspace& workspace() {
  static const std::unique_ptr<Workspace> opened =
      needed(Workspace::open(source_path("rules"), source_path("plugins")));
  return *opened;
}

std::vector<std::string> plugin_folders() {
  std::vector<std::string> folders;
  for (const std::string& name : needed(list_folder(source_path("plugins")))) {
    if (name != "api" && name != "shared" && !name.starts_with(".") &&
        is_folder(join_path(source_path("plugins"), name))) {
      folders.push_back(name);
    }
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

const std::vector<Plugin>& plugins() { return workspace().plugins().plugins; }

}  // namespace shipped
