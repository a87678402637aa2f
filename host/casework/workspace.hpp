// What every task starts from: the fact catalogue, the plugins and the rule sets, loaded once.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "casework/published_editions.hpp"
#include "engine/engine.hpp"

namespace sendcheck {

class Workspace {
 public:
  // Loads `rules`/facts.json, every plugin and every edition. Plugins and editions that do not load are set aside, and what hangs on them is answered
  // as an error; opening fails only when a folder, the catalogue, the bank holidays or the publishers' keys cannot be read (files.*, json.*, facts.*,
  // calendar.*, note.key). `publishers` is the file of those keys; empty: `rules`/publishers.pub, if it is there.
  static Result<std::unique_ptr<Workspace>> open(
      const std::string& rules, const std::string& plugins,
      const std::string& publishers = {});

  const Catalogue& catalogue() const { return catalogue_; }
  const Plugins& plugins() const { return plugins_; }
  const RuleSets& rulesets() const { return rulesets_; }
  const PublishedEditions& published() const { return published_; }
  const Engine& engine() const { return *engine_; }
  const std::string& rules_folder() const { return rules_folder_; }
  const std::string& plugins_folder() const { return plugins_folder_; }

  // A text that names a file of the two folders, with "rules/" and "plugins/" for wherever they are: the same on every machine.
  std::string without_folders(std::string text) const;

  // Everything that did not load.
  std::vector<Error> load_errors() const;

 private:
  Workspace() = default;

  Catalogue catalogue_;
  Plugins plugins_;
  RuleSets rulesets_;
  PublishedEditions published_;
  std::unique_ptr<Engine> engine_;
  std::string rules_folder_;
  std::string plugins_folder_;
};

}  // namespace sendcheck
