#include "casework/look_at_edition.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"

namespace sendcheck {

std::vector<Error> publishing_findings(const Workspace& workspace,
                                       const std::string& id) {
  std::vector<Error> findings;
  for (const BrokenEdition& broken : workspace.rulesets().broken()) {
    if (broken.id != id) continue;
    findings.insert(findings.end(), broken.errors.begin(), broken.errors.end());
  }
  for (const Edition& edition : workspace.rulesets().editions()) {
    if (edition.id != id) continue;
    for (const BrokenPlugin& plugin : workspace.plugins().broken) {
      if (!edition.rules.contains(plugin.id)) continue;
      findings.insert(findings.end(), plugin.errors.begin(),
                      plugin.errors.end());
    }
  }
  return findings;
}

Result<const Edition*> edition_named(const Workspace& workspace,
                                     const std::string& id) {
  std::vector<std::string> ids;
  for (const Edition& edition : workspace.rulesets().editions()) {
    if (edition.id == id) return &edition;
    ids.push_back(edition.id);
  }
  for (const BrokenEdition& edition : workspace.rulesets().broken()) {
    if (edition.id == id) return static_cast<const Edition*>(nullptr);
    ids.push_back(edition.id);
  }
  const std::string near = nearest(id, ids);
  return unexpected(
      {"publish.unknown_edition",
       "There is no edition \"" + quoted(id) + "\"" +
           (near.empty() ? "; expected a body and a first day, such as "
                           "884-herefordshire/2026-04-01."
                         : "; did you mean \"" + near + "\"?"),
       {}});
}

Result<LookedAt> look_at_edition(const Workspace& workspace,
                                 const std::string& id) {
  auto named = edition_named(workspace, id);
  if (!named) return unexpected(named.error());
  LookedAt looked;
  looked.edition = *named;
  looked.version.edition = id;
  looked.findings = publishing_findings(workspace, id);
  if (looked.edition == nullptr || !looked.findings.empty()) return looked;

  const Edition& edition = *looked.edition;
  looked.version = {edition.body, id, edition.revision, edition.hash, {}};
  std::map<std::string, std::string> plugins;
  std::vector<std::string> rules;
  for (const auto& [rule, entry] : edition.rules) {
    rules.push_back(rule);
    if (const Plugin* plugin = workspace.plugins().plugin_of(rule)) {
      plugins[plugin->manifest.id] = plugin->hash;
    }
  }
  for (const auto& [plugin, hash] : plugins) {
    looked.version.plugins.push_back({plugin, hash});
  }
  if (rules.empty()) return looked;
  auto results = run_cases(workspace, "", rules);
  if (!results) {
    looked.findings.push_back(results.error());
    return looked;
  }
  for (const std::string& rule : rules) {
    if (std::ranges::find(*results, rule, &CaseResult::rule) ==
        results->end()) {
      looked.findings.push_back(
          {"publish.no_cases",
           "The rule " + rule +
               " has no worked case: nothing shows that it comes out as "
               "meant. Add one to the cases.json of its plugin.",
           {.file = edition.file}});
    }
  }
  for (CaseResult& result : *results) {
    if (result.faults.empty()) {
      ++looked.cases;
    } else {
      looked.not_as_expected.push_back(std::move(result));
    }
  }
  return looked;
}

std::optional<Error> obstacle(const LookedAt& looked) {
  if (!looked.findings.empty()) {
    if (looked.findings.front().id == "publish.no_cases") {
      return looked.findings.front();
    }
    return Error{"publish.not_loaded",
                 looked.version.edition +
                     " cannot be published: something of it is not right, "
                     "first: " +
                     looked.findings.front().to_string(),
                 {}};
  }
  if (looked.not_as_expected.empty()) return std::nullopt;
  const CaseResult& first = looked.not_as_expected.front();
  const auto others = looked.not_as_expected.size();
  return Error{
      "publish.cases",
      std::to_string(others) + " of " +
          std::to_string(looked.cases + static_cast<std::int64_t>(others)) +
          " worked cases do not come out as expected, first: \"" +
          quoted(first.sentence, 200) + "\" (" + join(first.faults, "; ") +
          "). Put the edition right, or the case.",
      {.file = first.file}};
}

}  // namespace sendcheck
