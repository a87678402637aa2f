#include "engine/engine.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace sendcheck {

Engine::Engine(const Catalogue& catalogue, const Plugins& plugins,
               const RuleSets& rulesets)
    : catalogue_(catalogue),
      plugins_(plugins),
      rulesets_(rulesets),
      home_la_(catalogue.scalar("home_la")),
      school_la_(catalogue.scalar("school.la")),
      school_urn_(catalogue.scalar("school.urn")) {}

Result<std::vector<SelectedRule>> Engine::select(
    const RuleSelection& wanted) const {
  std::vector<SelectedRule> all;
  std::set<std::string> kinds;
  for (const Plugin& plugin : plugins_.plugins) {
    kinds.insert(plugin.manifest.kind);
    for (const Rule& rule : plugin.rules) {
      all.push_back({rule.id, &plugin, &rule, nullptr});
    }
  }
  for (const BrokenPlugin& broken : plugins_.broken) {
    all.push_back({broken.id, nullptr, nullptr, &broken});
  }
  std::sort(
      all.begin(), all.end(),
      [](const SelectedRule& a, const SelectedRule& b) { return a.id < b.id; });
  std::vector<std::string> ids;
  for (const SelectedRule& rule : all) ids.push_back(rule.id);
  for (const std::string& id : wanted.ids) {
    if (std::find(ids.begin(), ids.end(), id) != ids.end()) continue;
    const std::string near = nearest(id, ids);
    return unexpected(
        {"engine.unknown_rule",
         "there is no rule \"" + id + "\"" +
             (near.empty() ? "; sendcheck rules list shows them all"
                           : "; did you mean \"" + near + "\"?")});
  }
  const std::vector<std::string> known_kinds = {"access_arrangement", "funding",
                                                "statutory", "monitoring"};
  if (!wanted.kind.empty() && std::find(known_kinds.begin(), known_kinds.end(),
                                        wanted.kind) == known_kinds.end()) {
    return unexpected({"engine.unknown_kind",
                       "there is no kind \"" + wanted.kind + "\"; expected " +
                           join_in_words(known_kinds, " or ")});
  }
  std::vector<SelectedRule> selected;
  for (const SelectedRule& rule : all) {
    const bool named =
        wanted.ids.empty() || std::find(wanted.ids.begin(), wanted.ids.end(),
                                        rule.id) != wanted.ids.end();
    const bool of_kind = wanted.kind.empty() || !rule.plugin ||
                         rule.plugin->manifest.kind == wanted.kind;
    if (named && of_kind) selected.push_back(rule);
  }
  return selected;
}

}  // namespace sendcheck
