#include "casework/lint.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/text.hpp"
#include "casework/lint_parts.hpp"

namespace sendcheck {
namespace {

// "pupil-premium" of "/rules/pupil-premium/parameters/fsm_to".
std::string rule_of(const std::string& pointer) {
  const std::string_view head = "/rules/";
  if (!pointer.starts_with(head)) return {};
  const std::string rest = pointer.substr(head.size());
  return rest.substr(0, std::min(rest.find('/'), rest.size()));
}

void lint_what_did_not_load(const Workspace& workspace, LintFindings& found) {
  for (const BrokenPlugin& plugin : workspace.plugins().broken) {
    for (const Error& error : plugin.errors) found.error(error, plugin.id, "");
  }
  for (const BrokenEdition& edition : workspace.rulesets().broken()) {
    for (const Error& error : edition.errors) {
      found.error(error, rule_of(error.place.pointer), edition.id);
    }
  }
}

struct Names {
  std::set<std::string> rules, editions, bodies;
};

Names known_names(const Workspace& workspace) {
  Names names;
  for (const Plugin& plugin : workspace.plugins().plugins) {
    for (const Rule& rule : plugin.rules) names.rules.insert(rule.id);
  }
  for (const BrokenPlugin& plugin : workspace.plugins().broken) {
    names.rules.insert(plugin.id);
  }
  for (const Edition& edition : workspace.rulesets().editions()) {
    names.editions.insert(edition.id);
    names.bodies.insert(edition.body);
  }
  for (const BrokenEdition& edition : workspace.rulesets().broken()) {
    names.editions.insert(edition.id);
    names.bodies.insert(edition.body);
  }
  return names;
}

Error unknown(const std::string& name, const Names& names) {
  std::vector<std::string> all(names.rules.begin(), names.rules.end());
  all.insert(all.end(), names.editions.begin(), names.editions.end());
  all.insert(all.end(), names.bodies.begin(), names.bodies.end());
  const std::string near = nearest(name, all);
  return {"lint.unknown",
          "\"" + quoted(name) + "\" is no rule, no edition and no body; " +
              (near.empty() ? "expected a name such as pupil-premium, "
                              "jcq/2026-03-01 or 884-herefordshire"
                            : "did you mean \"" + near + "\"?"),
          {}};
}

bool concerns(const LintFinding& finding, const std::string& name) {
  return finding.rule == name || finding.edition == name ||
         finding.edition.starts_with(name + "/");
}

}  // namespace

std::string_view name_of(LintFinding::Kind kind) {
  switch (kind) {
    case LintFinding::Kind::error:
      return "error";
    case LintFinding::Kind::doubt:
      return "doubt";
    case LintFinding::Kind::note:
      return "note";
  }
  return "";
}

namespace {

// Where a text ends that stands between quotation marks.
std::size_t end_of(std::string_view words) {
  std::size_t at = words.find('"');
  while (at != std::string_view::npos && at > 0 && words[at - 1] == '\\') {
    at = words.find('"', at + 1);
  }
  return at;
}

}  // namespace

void lint_text(const std::string& text, const std::string& file,
               const std::string& rule, const std::string& edition,
               LintFindings& found) {
  int line = 0;
  for (const std::string_view row : split(text, '\n')) {
    ++line;
    const std::size_t at = row.find(to_write);
    if (at == std::string_view::npos) continue;
    std::string_view words = row.substr(at + to_write.size());
    if (at > 0 && row[at - 1] == '"') words = words.substr(0, end_of(words));
    std::string said(trim(words));
    for (std::size_t mark = said.find("\\\""); mark != std::string::npos;
         mark = said.find("\\\"", mark)) {
      said.erase(mark, 1);
    }
    found.doubt(
        "lint.to_write",
        "still to be written: " + said + (said.ends_with('.') ? "" : "."),
        {file, line, 0, ""}, rule, edition);
  }
}

void lint_reason(const std::string& words, const std::string& what, Place place,
                 const std::string& rule, const std::string& edition,
                 LintFindings& found) {
  // The shortest reason in use is "it was not read"; nothing that is said in a
  // word or two can be looked up or argued with.
  constexpr std::size_t least_letters = 10;
  const auto spaces = std::ranges::count(trim(words), ' ');
  if (words.size() >= least_letters && spaces > 0) return;
  found.doubt("lint.empty_words",
              what + " is \"" + quoted(words) +
                  "\", which tells a reader nothing: say it in a sentence.",
              std::move(place), rule, edition);
}

Result<std::vector<LintFinding>> lint(const Workspace& workspace,
                                      const LintRequest& request) {
  const Names known = known_names(workspace);
  std::vector<std::string> rules;
  for (const std::string& name : request.names) {
    if (known.rules.contains(name)) {
      rules.push_back(name);
    } else if (!known.editions.contains(name) && !known.bodies.contains(name)) {
      return unexpected(unknown(name, known));
    }
  }

  LintFindings found;
  lint_what_did_not_load(workspace, found);
  lint_days(workspace, request.as_of, found);
  lint_editions(workspace, request.as_of, found);
  lint_tables(workspace, found);
  lint_plugins(workspace, found);
  for (const std::string& path : request.registers) {
    auto read = lint_register(workspace, path, rules, request.as_of, found);
    if (!read) return unexpected(read.error());
  }

  std::vector<LintFinding> all = found.take();
  if (!request.names.empty()) {
    std::erase_if(all, [&](const LintFinding& finding) {
      return std::ranges::none_of(request.names, [&](const std::string& name) {
        return concerns(finding, name);
      });
    });
  }
  for (LintFinding& finding : all) {
    finding.error.place.file =
        workspace.without_folders(finding.error.place.file);
    finding.error.message = workspace.without_folders(finding.error.message);
  }
  std::ranges::stable_sort(all, {}, [](const LintFinding& finding) {
    const Place& place = finding.error.place;
    return std::tuple(finding.kind, std::string_view(place.file), place.line,
                      std::string_view(place.pointer));
  });
  return all;
}

}  // namespace sendcheck
