// What plugins hold: whether their folders are complete, and what in them is of no use or in the wrong place.
#include <algorithm>
#include <set>

#include "base/files.hpp"
#include "base/text.hpp"
#include "casework/lint_parts.hpp"
#include "casework/run_cases.hpp"
#include "plugins/reading.hpp"

namespace sendcheck {
namespace {

constexpr const char* headings[] = {
    "## The rule in words", "## The evidence that it asks for",
    "## When it refers", "## Limits", "## Sources"};

void lint_page(const Plugin& plugin, LintFindings& found) {
  const std::string& id = plugin.manifest.id;
  const std::string file = join_path(plugin.folder, "README.md");
  const auto page = read_file(file);
  if (!page) {
    found.doubt(
        "lint.plugin_file",
        "The plugin has no page. Write README.md: the rule in words, "
        "the evidence that it asks for, when it refers, its limits, its "
        "sources.",
        {file, 0, 0, ""}, id, "");
    return;
  }
  std::vector<std::string> missing;
  for (const char* heading : headings) {
    if (("\n" + *page).find("\n" + std::string(heading) + "\n") ==
        std::string::npos) {
      missing.push_back("\"" + std::string(heading) + "\"");
    }
  }
  if (!missing.empty()) {
    found.doubt("lint.plugin_file",
                "The page has no " + join_in_words(missing, " and no ") +
                    ". Add the heading, and what belongs under it.",
                {file, 0, 0, ""}, id, "");
  }
  lint_text(*page, file, id, "", found);
}

void lint_cases(const Workspace& workspace, const Plugin& plugin,
                LintFindings& found) {
  const std::string file = join_path(plugin.folder, "cases.json");
  const std::string& id = plugin.manifest.id;
  const auto text = read_file(file);
  if (!text) {
    found.doubt("lint.plugin_file",
                "The plugin has no worked cases. Write cases.json: a sentence, "
                "facts, a date, and what must come out.",
                {file, 0, 0, ""}, id, "");
    return;
  }
  lint_text(*text, file, id, "", found);
  const auto results = run_cases(workspace, file, {});
  if (!results) {
    found.error(results.error(), id, "");
    return;
  }
  for (const Rule& rule : plugin.rules) {
    if (std::ranges::any_of(*results, [&](const CaseResult& result) {
          return result.rule == rule.id;
        })) {
      continue;
    }
    found.doubt("lint.plugin_file",
                "No worked case is about " + rule.id + ". Add one at least.",
                {file, 0, 0, ""}, rule.id, "");
  }
  for (const CaseResult& result : *results) {
    if (result.faults.empty()) continue;
    found.doubt(
        "lint.case",
        "The case \"" + result.sentence +
            "\" does not come out as it says: " + join(result.faults, "; ") +
            ". See sendcheck rules test " + result.rule + ".",
        {file, 0, 0, ""}, result.rule, "");
  }
}

void lint_figures(const std::string& script, const std::string& file,
                  const std::string& rule, const Catalogue& catalogue,
                  LintFindings& found) {
  for (const TextLiteral& figure : figures_of_policy(script, catalogue)) {
    found.doubt("lint.figure",
                "\"" + quoted(figure.text) +
                    "\" is a figure that policy could change. Declare a "
                    "parameter for it in plugin.json, write param \"NAME\" "
                    "here, and let an edition give the value.",
                {file, figure.line, 0, ""}, rule, "");
  }
}

bool is_named(const RuleSets& sets, const std::string& rule) {
  return std::ranges::any_of(sets.editions(),
                             [&](const Edition& edition) {
                               return edition.rules.contains(rule);
                             }) ||
         std::ranges::any_of(sets.broken(), [&](const BrokenEdition& edition) {
           return edition.names.contains(rule);
         });
}

void lint_manifest(const Workspace& workspace, const Plugin& plugin,
                   const std::set<std::string>& all_facts_read,
                   LintFindings& found) {
  const Manifest& manifest = plugin.manifest;
  const std::string file = join_path(plugin.folder, "plugin.json");
  const std::set<std::string> used = parameters_read(plugin);
  for (const ParameterSpec& spec : manifest.parameters) {
    if (used.contains(spec.name)) continue;
    found.doubt("lint.unused_parameter",
                "The rule never reads the parameter \"" + spec.name +
                    "\". Use it, or take it out here and in the editions.",
                {file, 0, 0, "/parameters/" + spec.name}, manifest.id, "");
  }
  for (const FactSpec& fact : manifest.facts) {
    if (all_facts_read.contains(fact.path)) continue;
    found.doubt("lint.unread_fact",
                "No rule reads the fact \"" + fact.path +
                    "\", for which schools would be asked. Use it, or take it "
                    "out.",
                {file, 0, 0, "/facts/" + fact.path}, manifest.id, "");
  }
  for (const auto& [path, why] : manifest.reads_protected) {
    lint_reason(why, "The reason for reading a protected characteristic",
                {file, 0, 0, "/reads_protected/" + path}, manifest.id, "",
                found);
  }
  if (const auto text = read_file(file)) {
    lint_text(*text, file, manifest.id, "", found);
  }
  for (const Rule& rule : plugin.rules) {
    if (is_named(workspace.rulesets(), rule.id)) continue;
    found.doubt("lint.in_no_edition",
                "No edition of any date names " + rule.id +
                    ", so that it is never in force. Name it in an edition, or "
                    "take the folder out.",
                {file, 0, 0, ""}, rule.id, "");
  }
}

}  // namespace

void lint_plugins(const Workspace& workspace, LintFindings& found) {
  const Catalogue& catalogue = workspace.catalogue();
  std::set<std::string> all_facts_read;
  for (const Plugin& plugin : workspace.plugins().plugins) {
    all_facts_read.merge(facts_read(plugin, catalogue));
  }
  for (const Plugin& plugin : workspace.plugins().plugins) {
    const std::string file = join_path(plugin.folder, "rule.lua");
    lint_manifest(workspace, plugin, all_facts_read, found);
    lint_figures(plugin.source, file, plugin.manifest.id, catalogue, found);
    lint_text(plugin.source, file, plugin.manifest.id, "", found);
    lint_cases(workspace, plugin, found);
    lint_page(plugin, found);
  }
}

}  // namespace sendcheck
