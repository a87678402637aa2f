// What of a decision is not as a worked case expects.
#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "casework/worked_cases.hpp"

namespace sendcheck {
namespace {

// A line that begins with the id of one of the plugin's messages stands for its text.
std::string with_message(const Plugin* plugin, const std::string& line) {
  if (!plugin) return line;
  const std::size_t end = std::min(line.find(' '), line.size());
  const auto found = plugin->manifest.messages.find(line.substr(0, end));
  return found == plugin->manifest.messages.end()
             ? line
             : found->second + line.substr(end);
}

void add_reasons(const Reason& reason, std::vector<std::string>& lines) {
  lines.push_back(reason.label + " = " + std::string(name_of(reason.result)));
  for (const Reason& child : reason.children) add_reasons(child, lines);
}

// What was found, under the names of a case.
std::map<std::string, std::string> values_of(const Decision& decision) {
  const auto& amount = decision.amount;
  const auto& due = decision.due;
  return {
      {"outcome", std::string(name_of(decision.outcome))},
      {"amount", amount && amount->value ? amount->value->to_string() : ""},
      {"amount_status",
       amount ? std::string(name_of(amount->status)) : std::string()},
      {"period", amount ? amount->period : ""},
      {"due", due ? due->date.to_string() : ""},
      {"due_state", due ? std::string(name_of(due->state)) : std::string()}};
}

}  // namespace

std::vector<std::string> lines_told(const Decision& decision) {
  std::vector<std::string> lines;
  for (const ActionItem& action : decision.actions) {
    lines.push_back(action.text);
    if (action.by) {
      lines.push_back(action.text + " by " + action.by->to_string());
    }
  }
  if (decision.amount) {
    if (!decision.amount->note.empty()) {
      lines.push_back(decision.amount->note);
    }
    for (const WorkingLine& line : decision.amount->working) {
      lines.push_back(line.label + ": " + line.value);
    }
  }
  if (decision.reasons) add_reasons(*decision.reasons, lines);
  return lines;
}

std::vector<std::string> faults_of(const ExpectedDecision& expect,
                                   const Decision& decision,
                                   const Plugin* plugin) {
  std::vector<std::string> faults;
  const auto values = values_of(decision);
  for (const auto& [name, wanted] : expect.values) {
    const std::string& found = values.at(name);
    const std::string have = found.empty() ? "none" : found;
    if (wanted != have) {
      faults.push_back(name + ": expected " + wanted + ", found " + have);
    }
  }
  for (const std::string& wanted : expect.missing) {
    const bool found = std::any_of(
        decision.missing.begin(), decision.missing.end(),
        [&](const MissingItem& m) { return names_fact(wanted, m.fact); });
    if (found) continue;
    std::vector<std::string> have;
    for (const MissingItem& m : decision.missing) have.push_back(m.fact);
    faults.push_back("missing: expected " + wanted + ", found " +
                     (have.empty() ? "nothing missing" : join(have, ", ")));
  }
  for (const std::string& words : expect.refer_to) {
    if (to_lower(decision.refer_to).find(to_lower(words)) ==
        std::string::npos) {
      faults.push_back("refer_to: expected \"" + words + "\", found \"" +
                       decision.refer_to + "\"");
    }
  }
  if (!expect.told.empty() || !expect.not_told.empty()) {
    const auto said = lines_told(decision);
    const std::set<std::string> lines(said.begin(), said.end());
    for (const std::string& line : expect.told) {
      if (!lines.contains(with_message(plugin, line))) {
        faults.push_back("told: expected \"" + line + "\", which is not said");
      }
    }
    for (const std::string& line : expect.not_told) {
      if (lines.contains(with_message(plugin, line))) {
        faults.push_back("not_told: \"" + line + "\" is said");
      }
    }
  }
  if (!faults.empty() && decision.error) {
    faults.push_back(decision.error->to_string());
  }
  return faults;
}

bool differs_in_brief(const ExpectedDecision& expect, const Brief& brief) {
  return std::any_of(
      expect.values.begin(), expect.values.end(), [&](const auto& one) {
        const auto& [name, wanted] = one;
        if (name == "outcome") return name_of(brief.outcome) != wanted;
        if (name == "amount") {
          return (brief.amount ? brief.amount->to_string() : "none") != wanted;
        }
        return name == "due" &&
               (brief.due ? brief.due->to_string() : "none") != wanted;
      });
}

bool is_brief(const ExpectedDecision& expect) {
  return expect.missing.empty() && expect.refer_to.empty() &&
         expect.told.empty() && expect.not_told.empty() &&
         std::all_of(expect.values.begin(), expect.values.end(),
                     [](const auto& one) {
                       return one.first == "outcome" || one.first == "amount" ||
                              one.first == "due";
                     });
}

bool names_fact(std::string_view expected, std::string_view path) {
  if (!path.starts_with(expected)) return false;
  return path.size() == expected.size() || path[expected.size()] == '[' ||
         path[expected.size()] == '.';
}

}  // namespace sendcheck
