#include "rulesets/edition_folders.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/files.hpp"
#include "base/text.hpp"

namespace sendcheck {
namespace {

struct LayerFolder {
  Layer layer;
  const char* name;
};
constexpr LayerFolder layer_folders[] = {{Layer::national, "national"},
                                         {Layer::authority, "authorities"},
                                         {Layer::school, "schools"}};

// The folders in a folder, but for hidden ones.
Result<std::vector<std::string>> folders_in(const std::string& folder) {
  auto names = list_folder(folder);
  if (!names) return names;
  std::erase_if(*names, [&](const std::string& name) {
    return name.starts_with('.') || !is_folder(join_path(folder, name));
  });
  return names;
}

EditionDraft misplaced(Layer layer, const std::string& path,
                       std::string message) {
  EditionDraft draft;
  draft.edition.id = file_name(path);
  draft.edition.body = draft.edition.id;
  draft.edition.layer = layer;
  draft.names_known = true;
  draft.errors.push_back(
      {"editions.folder", std::move(message), Place{path, 0, 0, ""}});
  return draft;
}

Result<void> find_editions_of(const LayerFolder& layer, const std::string& path,
                              EditionFolders& found) {
  const std::string body = file_name(path);
  found.bodies.insert(body);
  const auto days = folders_in(path);
  if (!days) return unexpected(days.error());
  for (const std::string& day : *days) {
    found.editions.push_back({layer.layer, join_path(path, day), body, day});
  }
  if (is_file(join_path(path, "edition.json"))) {
    found.editions.push_back({layer.layer, path, body, ""});
  } else if (days->empty()) {
    found.misplaced.push_back(
        misplaced(layer.layer, path,
                  "The body has no edition. Add a folder named by its first "
                  "day, such as 2026-04-01, or take the body out."));
  }
  return {};
}

}  // namespace

Result<EditionFolders> find_editions(const std::string& folder) {
  EditionFolders found;
  const auto names = folders_in(folder);
  if (!names) return unexpected(names.error());
  for (const std::string& name : *names) {
    const std::string path = join_path(folder, name);
    const auto layer = std::ranges::find_if(
        layer_folders,
        [&](const LayerFolder& known) { return known.name == name; });
    if (layer == std::end(layer_folders)) {
      if (name == "schema") continue;
      found.misplaced.push_back(misplaced(
          Layer::national, path,
          "\"" + quoted(name) +
              "\" is not a folder of rule sets. They stand in national, "
              "authorities and schools."));
      continue;
    }
    const auto bodies = folders_in(path);
    if (!bodies) return unexpected(bodies.error());
    for (const std::string& body : *bodies) {
      auto added = find_editions_of(*layer, join_path(path, body), found);
      if (!added) return unexpected(added.error());
    }
  }
  return found;
}

}  // namespace sendcheck
