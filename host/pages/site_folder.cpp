#include <algorithm>

#include "base/files.hpp"
#include "base/text.hpp"
#include "pages/site.hpp"

namespace sendcheck::pages {
namespace {

constexpr const char* list_name = "sendcheck-site.txt";
constexpr std::string_view first_line = "sendcheck site 1";

Unexpected in_use(const std::string& folder, const std::string& why) {
  return unexpected({"doc.folder_in_use",
                     "\"" + quoted(folder, 200) + "\" " + why +
                         ". Name a folder that is not there yet, an empty one, "
                         "or one with an earlier site.",
                     {.file = folder}});
}

std::string list_of(const std::vector<FolderFile>& files) {
  std::string list(first_line);
  list +=
      "\nMade by \"sendcheck rules doc\", which replaces this folder as a "
      "whole.\n";
  for (const FolderFile& file : files) list += "file " + file.name + "\n";
  return list;
}

// The names in an earlier site's list; empty when it is none.
std::vector<std::string> listed_in(const std::string& list) {
  std::vector<std::string> names;
  const auto lines = split(list, '\n');
  if (lines.front() != first_line) return names;
  names.emplace_back(list_name);
  for (std::string_view line : lines) {
    if (line.starts_with("file ")) names.emplace_back(line.substr(5));
  }
  return names;
}

Result<void> may_replace(const std::string& folder) {
  if (!is_folder(folder)) {
    if (is_file(folder)) return in_use(folder, "is a file");
    return {};
  }
  if (same_file(folder, ".")) {
    return in_use(folder, "is the folder that you are in");
  }
  const auto present = files_below(folder);
  if (!present) return unexpected(present.error());
  if (present->empty()) return {};
  const auto list = read_file(join_path(folder, list_name), 1 << 20);
  const auto known = list ? listed_in(*list) : std::vector<std::string>();
  for (const std::string& name : *present) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return in_use(folder, "holds \"" + quoted(name) +
                                "\", which is of no earlier site");
    }
  }
  return {};
}

}  // namespace

Result<void> write_site(const std::string& folder,
                        std::vector<FolderFile> files) {
  if (auto allowed = may_replace(folder); !allowed) return allowed;
  std::string list = list_of(files);
  files.push_back({list_name, std::move(list)});
  return replace_folder(folder, files);
}

}  // namespace sendcheck::pages
