// A folder of files that comes into being, or is replaced, as a whole.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"

namespace sendcheck {

struct FolderFile {
  std::string name;  // below the folder: "rules/a.html"
  std::string content;
};

// Puts a folder with these files, and no others, where `folder` says, in place of what stands there: whoever looks sees the old one whole or the new
// one. They are written beside it first; where that fails nothing is left of them, and the old folder is as it was. A link is followed. The
// folder above must be there. Error files.unwritable.
Result<void> replace_folder(const std::string& folder,
                            const std::vector<FolderFile>& files);

// The names of all files below a folder, in byte order: "index.html", "rules/a.html"; an empty folder in it counts too. Error files.unreadable.
Result<std::vector<std::string>> files_below(const std::string& folder);

}  // namespace sendcheck
