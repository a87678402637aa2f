// Where the editions stand under rules/.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "rulesets/edition_file.hpp"

namespace sendcheck {

struct EditionFolders {
  std::vector<EditionFolder> editions;
  std::set<std::string> bodies;  // that have a folder
  // Folders that hold no edition where one was looked for, each with an error
  // editions.folder: somebody meant something by them.
  std::vector<EditionDraft> misplaced;
};

// Looks through the folder. Error files.unreadable.
Result<EditionFolders> find_editions(const std::string& folder);

}  // namespace sendcheck
