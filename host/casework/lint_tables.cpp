#include <map>

#include "casework/lint_parts.hpp"
#include "criteria/table_domains.hpp"
#include "domain/table_findings.hpp"

namespace sendcheck {
namespace {

const Rule* rule_of(const Workspace& workspace, const std::string& id) {
  const Plugin* plugin = workspace.plugins().plugin_of(id);
  if (plugin == nullptr) return nullptr;
  for (const Rule& rule : plugin->rules) {
    if (rule.id == id) return &rule;
  }
  return nullptr;
}

// A gap between two rows is seldom meant. Below all rows or above them a table
// simply ends, and texts and codes that no row names are others' affair: what
// a table does not hold is for the rule to say, and most refer it to a person.
bool is_between_rows(const TableFinding& finding) {
  for (const UnaryTest& test : finding.where) {
    for (const TestRange& range : test.ranges) {
      const bool is_number = range.from.kind() != Value::Kind::text;
      if (is_number && range.from.is_known() && range.to.is_known()) {
        return true;
      }
    }
  }
  return false;
}

void lint_table(const TableFindings& findings, const std::string& file,
                const std::vector<int>& lines, const std::string& rule,
                const std::string& edition, LintFindings& found) {
  for (const TableFinding& finding : findings.findings) {
    Place place{file, 0, 0, ""};
    if (!finding.rows.empty() && finding.rows.front() < lines.size()) {
      place.line = lines[finding.rows.front()];
    }
    switch (finding.kind) {
      case TableFinding::Kind::overlap:
        found.doubt("lint.table_overlap", finding.message, place, rule,
                    edition);
        break;
      case TableFinding::Kind::never:
        found.doubt("lint.table_never", finding.message, place, rule, edition);
        break;
      case TableFinding::Kind::gap:
        if (is_between_rows(finding)) {
          found.doubt("lint.table_gap", finding.message, place, rule, edition);
        } else {
          found.note("lint.table_gap", finding.message, place, rule, edition);
        }
        break;
    }
  }
}

}  // namespace

void lint_tables(const Workspace& workspace, LintFindings& found) {
  for (const Edition& edition : workspace.rulesets().editions()) {
    for (const auto& [id, entry] : edition.rules) {
      const Rule* rule = rule_of(workspace, id);
      if (rule == nullptr) continue;
      for (std::size_t i = 0; i < rule->parameters.size(); ++i) {
        const auto given = entry.parameters.find(rule->parameters[i].name);
        if (given == entry.parameters.end()) continue;
        const ParameterValue& value = given->second.value;
        // A calendar lists days; its rows answer nothing.
        if (value.table == nullptr ||
            rule->parameters[i].type == ParameterType::calendar) {
          continue;
        }
        const std::map<std::string, InputDomain> domains =
            input_domains(*rule, workspace.catalogue(), static_cast<int>(i));
        lint_table(value.decision ? findings_of(*value.decision, domains)
                                  : findings_of(*value.table, domains),
                   given->second.origin.file, value.table->lines, id,
                   edition.id, found);
      }
    }
  }
}

}  // namespace sendcheck
