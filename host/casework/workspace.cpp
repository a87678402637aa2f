#include "casework/workspace.hpp"

#include "audit/key_words.hpp"
#include "base/files.hpp"

namespace sendcheck {

Result<std::unique_ptr<Workspace>> Workspace::open(
    const std::string& rules, const std::string& plugins,
    const std::string& publishers) {
  std::unique_ptr<Workspace> workspace(new Workspace);
  workspace->rules_folder_ = rules;
  workspace->plugins_folder_ = plugins;

  auto catalogue = read_catalogue(join_path(rules, "facts.json"));
  if (!catalogue) return unexpected(catalogue.error());
  workspace->catalogue_ = std::move(*catalogue);

  auto loaded = load_plugins(plugins, workspace->catalogue_);
  if (!loaded) return unexpected(loaded.error());
  workspace->plugins_ = std::move(*loaded);

  auto rulesets = RuleSets::load(rules, workspace->plugins_.declared(),
                                 workspace->plugins_.broken_ids());
  if (!rulesets) return unexpected(rulesets.error());
  workspace->rulesets_ = std::move(*rulesets);

  const std::string keys_file =
      publishers.empty() ? join_path(rules, "publishers.pub") : publishers;
  std::vector<NoteKey> keys;
  if (!publishers.empty() || is_file(keys_file)) {
    auto read = keys_in_file(keys_file);
    if (!read) return unexpected(read.error());
    keys = std::move(*read);
  }
  std::map<std::string, std::string> plugin_hashes;
  for (const Plugin& plugin : workspace->plugins_.plugins) {
    plugin_hashes.emplace(plugin.manifest.id, plugin.hash);
  }
  workspace->published_ = PublishedEditions::read(
      workspace->rulesets_.editions(), plugin_hashes, std::move(keys));

  workspace->engine_ = std::make_unique<Engine>(
      workspace->catalogue_, workspace->plugins_, workspace->rulesets_);
  return workspace;
}

std::string Workspace::without_folders(std::string text) const {
  for (const auto& [folder, name] :
       {std::pair(rules_folder_, std::string("rules/")),
        std::pair(plugins_folder_, std::string("plugins/"))}) {
    const std::string path = join_path(folder, "");
    if (path == name) continue;
    for (std::size_t at = text.find(path); at != std::string::npos;
         at = text.find(path, at + name.size())) {
      text.replace(at, path.size(), name);
    }
  }
  return text;
}

std::vector<Error> Workspace::load_errors() const {
  std::vector<Error> errors;
  for (const BrokenPlugin& plugin : plugins_.broken) {
    errors.insert(errors.end(), plugin.errors.begin(), plugin.errors.end());
  }
  for (const BrokenEdition& edition : rulesets_.broken()) {
    errors.insert(errors.end(), edition.errors.begin(), edition.errors.end());
  }
  return errors;
}

}  // namespace sendcheck
