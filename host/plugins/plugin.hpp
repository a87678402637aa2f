// Rule plugins: the folders under plugins/. Each manifest is read, each rule.lua runs once in the sandbox, and what it builds becomes trees.
//
// A plugin that does not load is set aside with its errors; the others load all the same. Immutable once loaded; safe to share between threads, but
// for PluginRunner, of which each thread has its own.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "criteria/evaluation.hpp"
#include "plugins/manifest.hpp"

namespace sendcheck {

struct Plugin {
  Manifest manifest;
  std::vector<Rule> rules;
  std::string folder;
  std::string
      hash;  // sha256 of plugin.json, rule.lua and what it requires, in a fixed order
  std::string source;  // rule.lua
  std::map<std::string, std::string>
      modules;        // what it may require: name -> source
  int functions = 0;  // how many test and compute leaves
};

struct BrokenPlugin {
  std::string id;  // the folder's name
  std::vector<Error> errors;
};

struct Plugins {
  std::vector<Plugin> plugins;  // by id
  std::vector<BrokenPlugin> broken;

  // The plugin of a rule, and the rule; null when there is none.
  const Plugin* plugin_of(const std::string& rule) const;
  const Rule* rule(const std::string& id) const;
  // What each rule's plugin declares; for rulesets.
  std::map<std::string, std::vector<ParameterSpec>> declared() const;
  std::set<std::string> broken_ids() const;
};

// Loads every folder under `folder` that holds a plugin.json (api/ and shared/ are not plugins). Local facts that the manifests declare are added to
// the catalogue first, so that every rule sees them all.
// Errors of a plugin: files.*, json.*, plugins.*, script.*, rules.*; of the whole: files.unreadable.
// Further ids: plugins.no_rule (rule.lua returns no rule), plugins.rule_id (a rule's id is neither the plugin's nor begins with it and a hyphen; or another rule has it),
// plugins.unknown_message, plugins.unused_message, plugins.vocabulary (a word of the vocabulary is misused), plugins.protected (reads a protected
// characteristic without saying why that is lawful), plugins.title (title or id differ between plugin.json and rule.lua), plugins.logic_word (Lua's and, or or not where a criterion would be
// lost), plugins.unused_criterion, plugins.unused_value.
Result<Plugins> load_plugins(const std::string& folder, Catalogue& catalogue);

// Runs the test and compute functions of one plugin, in a state of its own. The script runs once; from then on the state sees to it that no call leaves
// anything behind that another could find (script/state.hpp), so that no pupil's evaluation can reach another's. Belongs to one thread.
class PluginRunner final : public FunctionRunner {
 public:
  // Both must outlive the runner.
  PluginRunner(const Plugin& plugin, const Catalogue& catalogue);
  ~PluginRunner();
  PluginRunner(PluginRunner&&) noexcept;

  Answer run(int function, const Evaluation& evaluation) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sendcheck
