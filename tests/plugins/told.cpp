#include "told.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "base/files.hpp"
#include "json/value.hpp"

namespace shipped {

using namespace sendcheck;

namespace {

void add_reasons(const Reason& reason, std::set<std::string>& lines) {
  lines.insert(reason.label + " = " + std::string(name_of(reason.result)));
  for (const Reason& child : reason.children) add_reasons(child, lines);
}

std::vector<std::string> texts_of(const json::Value& entry,
                                  std::string_view key) {
  std::vector<std::string> texts;
  if (const json::Value* list = entry.find(key)) {
    for (const json::Value& item : list->items) texts.emplace_back(item.text);
  }
  return texts;
}

std::string with_message(const Plugin& plugin, const std::string& line) {
  const std::size_t end = std::min(line.find(' '), line.size());
  const auto found = plugin.manifest.messages.find(line.substr(0, end));
  return found == plugin.manifest.messages.end()
             ? line
             : found->second + line.substr(end);
}

// Reading the cases of a plugin costs more than deciding one.
const WorkedCase* case_of(const Plugin& plugin, const std::string& sentence) {
  static TextArena texts;
  static std::map<std::string, std::vector<WorkedCase>> read;
  const std::string& rule = plugin.manifest.id;
  if (!read.count(rule)) read[rule] = cases_of(plugin, texts);
  for (const WorkedCase& one : read[rule]) {
    if (one.sentence == sentence) return &one;
  }
  return nullptr;
}

}  // namespace

std::set<std::string> lines_of(const Decision& decision) {
  std::set<std::string> lines;
  for (const ActionItem& action : decision.actions) {
    lines.insert(action.text);
    if (action.by) lines.insert(action.text + " by " + action.by->to_string());
  }
  if (decision.amount) {
    lines.insert(decision.amount->note);
    for (const WorkingLine& line : decision.amount->working) {
      lines.insert(line.label + ": " + line.value);
    }
  }
  if (decision.reasons) add_reasons(*decision.reasons, lines);
  return lines;
}

Decision decision_of(const Workspace& workspace, const WorkedCase& one) {
  const auto rules = workspace.engine().select({{one.rule}, ""});
  REQUIRE(rules);
  Checker checker(workspace.engine(), *rules, one.as_of, true,
                  one.parameters.empty() ? nullptr : &one.parameters);
  return checker.decide(one.entry.record).front();
}

const std::vector<Told>& told() {
  static const std::vector<Told> entries = [] {
    const std::string file = source_path("tests/plugins/told.json");
    const std::string text = read_text(file);
    json::Document document;
    REQUIRE(document.parse(text, file));
    std::vector<Told> made;
    for (const json::Value& entry : document.root().find("told")->items) {
      made.push_back({std::string(entry.find("rule")->text),
                      std::string(entry.find("case")->text),
                      texts_of(entry, "told"), texts_of(entry, "not_told")});
    }
    return made;
  }();
  return entries;
}

std::vector<std::string> faults_of(const Told& entry,
                                   const Workspace& workspace) {
  const Plugin* plugin = shipped::workspace().plugins().plugin_of(entry.rule);
  if (!plugin) return {"there is no such rule"};
  const WorkedCase* one = case_of(*plugin, entry.sentence);
  if (!one) return {"its plugin has no such case"};
  const auto lines = lines_of(decision_of(workspace, *one));
  std::vector<std::string> faults;
  for (const std::string& line : entry.lines) {
    if (!lines.count(with_message(*plugin, line))) {
      faults.push_back("not told: " + line);
    }
  }
  for (const std::string& line : entry.never) {
    if (lines.count(with_message(*plugin, line))) {
      faults.push_back("told: " + line);
    }
  }
  return faults;
}

}  // namespace shipped
