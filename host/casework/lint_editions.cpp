// What editions say: their sources, how certain they are, and what they leave open.
#include <algorithm>
#include <map>
#include <set>

#include "base/files.hpp"
#include "base/text.hpp"
#include "casework/lint_parts.hpp"
#include "rulesets/object_reader.hpp"
#include "rulesets/parameter_values.hpp"

namespace sendcheck {
namespace {

// A page that was read longer ago may say something else by now.
constexpr int months_until_old = 12;

std::string key_of(const std::string& source) {
  return source.substr(0, std::min(source.find('#'), source.size()));
}

// "(`forms`)": what a note rests on.
void add_named_in(const std::string& note, std::set<std::string>& keys) {
  const auto parts = split(note, '`');
  for (std::size_t i = 1; i < parts.size(); i += 2) keys.emplace(parts[i]);
}

// Somebody has thought about the bounds that are not there.
bool speaks_of_bounds(const std::string& note) {
  return note.find("floor") != std::string::npos ||
         note.find("ceiling") != std::string::npos;
}

std::set<std::string> sources_used(const Edition& edition) {
  std::set<std::string> keys;
  for (const auto& [rule, entry] : edition.rules) {
    if (entry.closed) keys.insert(key_of(entry.closed->source));
    if (entry.removed) keys.insert(key_of(entry.removed->source));
    for (const auto& [name, parameter] : entry.parameters) {
      keys.insert(key_of(parameter.origin.source));
      add_named_in(parameter.note, keys);
      for (const auto& reading : parameter.readings) {
        keys.insert(key_of(reading.source));
      }
    }
  }
  return keys;
}

bool has_ended(const Edition& edition, Date as_of) {
  return edition.last_day && *edition.last_day < as_of;
}

void lint_sources(const Edition& edition, Date as_of, LintFindings& found) {
  const std::set<std::string> used = sources_used(edition);
  for (const auto& [key, source] : edition.sources) {
    const Place place{edition.file, 0, 0, pointer_to("/sources", key)};
    if (!used.contains(key)) {
      found.doubt("lint.unused_source",
                  "Nothing in the edition names the source \"" + key +
                      "\". Name it where it is meant, or take it out.",
                  place, "", edition.id);
      continue;
    }
    // What is no longer in force is not read again.
    if (has_ended(edition, as_of)) continue;
    if (source.title.starts_with(to_write)) continue;
    if (!source.read_on) {
      found.doubt("lint.source_not_read",
                  "Nobody says when \"" + source.title +
                      "\" was read. Read it, and write the day as \"read_on\".",
                  place, "", edition.id);
    } else if (add_months(*source.read_on, months_until_old) < as_of) {
      found.doubt(
          "lint.source_old",
          "\"" + source.title + "\" was read on " + source.read_on->in_words() +
              ", more than a year ago. Read it again; where it says the "
              "same, write the new day as \"read_on\".",
          place, "", edition.id);
    }
  }
}

void lint_rule(const Edition& edition, const std::string& rule,
               const RuleEntry& entry, LintFindings& found) {
  std::map<std::string, std::vector<std::string>> carried;  // by where from
  for (const auto& [name, parameter] : entry.parameters) {
    const Place place{edition.file, 0, 0, parameter.origin.entry};
    if (!parameter.unconfirmed) continue;
    const std::string& why = parameter.unconfirmed_because;
    if (why.starts_with(carried_over)) {
      const std::string from = why.substr(carried_over.size());
      carried[from.substr(0, from.find_first_of(" ,;"))].push_back(name);
    } else if (why.find(to_write) == std::string::npos) {
      lint_reason(why, "The reason for doubt", place, rule, edition.id, found);
      found.note("lint.unconfirmed",
                 "\"" + name + "\" is not confirmed: " + why, place, rule,
                 edition.id);
    }
  }
  for (const auto& [from, names] : carried) {
    found.doubt("lint.carried_over",
                join_in_words(names) +
                    (names.size() == 1 ? " stands as it did in "
                                       : " stand as they did in ") +
                    from + ", and nobody has confirmed " +
                    (names.size() == 1 ? "it" : "them") +
                    ": pupils are referred until "
                    "then. Read the source, put the value right, write "
                    "\"status\": \"confirmed\" and take the reason out.",
                {edition.file, 0, 0, pointer_to(entry.pointer, "parameters")},
                rule, edition.id);
  }
  if (entry.removed) {
    lint_reason(entry.removed->reason, "The reason for taking the rule away",
                {edition.file, 0, 0, pointer_to(entry.pointer, "removed")},
                rule, edition.id, found);
  }
}

void lint_open_values(const Workspace& workspace, const Edition& edition,
                      const std::string& rule, const RuleEntry& entry,
                      LintFindings& found) {
  const Plugin* plugin = workspace.plugins().plugin_of(rule);
  if (plugin == nullptr || edition.layer == Layer::school) return;
  for (const ParameterSpec& spec : plugin->manifest.parameters) {
    if (!entry.may_override.contains(spec.name)) continue;
    if (spec.is_list || !has_bounds(spec.type)) continue;
    const auto bounds = entry.bounds.find(spec.name);
    if (bounds != entry.bounds.end() &&
        (bounds->second.floor || bounds->second.ceiling)) {
      continue;
    }
    const auto value = entry.parameters.find(spec.name);
    if (value != entry.parameters.end() &&
        speaks_of_bounds(value->second.note)) {
      continue;
    }
    found.doubt(
        "lint.unbounded",
        "\"" + spec.name +
            "\" may be set to anything by the layers below. Give it a "
            "\"floor\" or a \"ceiling\", or say in its \"note\" why there is "
            "none.",
        {edition.file, 0, 0,
         pointer_to(pointer_to(entry.pointer, "parameters"), spec.name)},
        rule, edition.id);
  }
}

void lint_certainty(const Edition& edition, LintFindings& found) {
  const Place dates{edition.file, 0, 0, "/in_force"};
  if (!edition.to &&
      edition.runs_on_because.find(to_write) == std::string::npos) {
    lint_reason(edition.runs_on_because, "runs_on_because", dates, "",
                edition.id, found);
  }
  if (!edition.unconfirmed) return;
  const std::string& why = edition.unconfirmed_because;
  if (why.starts_with(carried_over)) {
    found.doubt(
        "lint.carried_over",
        "Nobody has confirmed the edition and its days: whoever would "
        "meet its criteria is referred until then. Once it is approved, "
        "take \"status\" and \"reason\" out of \"in_force\".",
        dates, "", edition.id);
    return;
  }
  lint_reason(why, "The reason for doubt", dates, "", edition.id, found);
  found.note("lint.unconfirmed", "The dates are not confirmed: " + why, dates,
             "", edition.id);
}

}  // namespace

void lint_editions(const Workspace& workspace, Date as_of,
                   LintFindings& found) {
  for (const Edition& edition : workspace.rulesets().editions()) {
    lint_sources(edition, as_of, found);
    lint_certainty(edition, found);
    for (const auto& [rule, entry] : edition.rules) {
      lint_rule(edition, rule, entry, found);
      if (!has_ended(edition, as_of)) {
        lint_open_values(workspace, edition, rule, entry, found);
      }
    }
    if (const auto text = read_file(edition.file)) {
      lint_text(*text, edition.file, "", edition.id, found);
    }
  }
}

// The one place where what is known of the rows of a table is asked for: rows that can never match, gaps between bands.
void lint_tables(const Workspace&, LintFindings&) {}

}  // namespace sendcheck
