#include "cli/rules_text.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "cli/rule_page.hpp"

namespace sendcheck::cli {
namespace {

using Status = RuleInForce::Status;

std::string kind_in_words(const std::string& kind) {
  return kind == "access_arrangement" ? "access arrangement" : kind;
}

std::string status_in_words(const RuleInForce& in_force) {
  switch (in_force.status) {
    case Status::in_force:
      return in_force.edition()->id +
             (in_force.unconfirmed ? " (dates not confirmed)" : "");
    case Status::closed:
      return "closed: " + in_force.closed->refer_to;
    case Status::elsewhere:
      return "another authority's";
    case Status::no_edition:
      return "not in force" + (in_force.nearest_in_words.empty()
                                   ? std::string()
                                   : ": " + in_force.nearest_in_words);
    case Status::removed:
      return "taken away: " + in_force.removed->reason;
    case Status::broken:
      return "does not load: " + in_force.error->message;
  }
  return {};
}

struct Listed {
  std::string id, title, kind, status;
};

std::string of_authorities(const std::set<std::string>& las,
                           const Catalogue& catalogue) {
  std::vector<std::string> names;
  for (const std::string& la : las) {
    names.push_back(authority_in_words(la, catalogue));
  }
  return join_in_words(names) + " only" +
         (las.size() == 1 ? ": add --la " + *las.begin() : ": name one, --la");
}

// On one line each, or, where that is wider than the page, what stands of it today below.
std::string list_of(const std::vector<Listed>& rules, const std::string& day,
                    const Style& style, std::size_t columns) {
  std::size_t id_width = 4, title_width = 5, kind_width = 4, status_width = 0;
  for (const Listed& rule : rules) {
    id_width = std::max(id_width, width(rule.id));
    title_width = std::max(title_width, width(rule.title));
    kind_width = std::max(kind_width, width(rule.kind));
    status_width = std::max(status_width, width(rule.status));
  }
  const bool fits =
      id_width + title_width + kind_width + status_width + 6 <= columns;
  std::string out =
      style.bold(padded("Rule", id_width) + "  " +
                 (fits ? padded("Title", title_width) + "  " +
                             padded("Kind", kind_width) + "  "
                       : std::string("Title, kind, and what is ")) +
                 (fits ? "In" : "in") + " force on " + day) +
      "\n";
  for (const Listed& rule : rules) {
    out += padded(rule.id, id_width) + "  ";
    if (fits) {
      out += padded(rule.title, title_width) + "  " +
             padded(rule.kind, kind_width) + "  " + rule.status + "\n";
    } else {
      out += wrapped(rule.title, columns, id_width + 2) + "\n    " +
             style.faint(wrapped(
                 (rule.kind.empty() ? "" : rule.kind + ", ") + rule.status,
                 columns, 4)) +
             "\n";
    }
  }
  return out;
}

}  // namespace

Result<std::string> rules_list(const Workspace& workspace,
                               const PlaceAndDate& where,
                               const std::string& kind, const Style& style,
                               std::size_t columns) {
  auto rules = workspace.engine().select({{}, kind});
  if (!rules) return unexpected(rules.error());
  std::vector<Listed> listed;
  std::size_t others = 0;
  for (const SelectedRule& rule : *rules) {
    if (rule.broken) {
      listed.push_back(
          {rule.id, "", "",
           "does not load: " + rule.broken->errors.front().message});
      continue;
    }
    const Authority authority = rule.plugin->manifest.authority;
    const RuleInForce in_force = workspace.rulesets().in_force(
        rule.id, authority == Authority::national ? "" : where.la, where.urn,
        where.as_of);
    const bool is_local = !workspace.rulesets().is_national(rule.id);
    if (!where.la.empty() && in_force.status == Status::elsewhere) {
      ++others;
      continue;
    }
    std::string status =
        where.la.empty() && is_local
            ? of_authorities(workspace.rulesets().authorities_of(rule.id),
                             workspace.catalogue())
            : status_in_words(in_force);
    listed.push_back({rule.id, rule.rule->title,
                      kind_in_words(rule.plugin->manifest.kind),
                      std::move(status)});
  }
  std::string out = list_of(listed, where.as_of.in_words(), style, columns);
  if (others > 0) {
    out += "\n" +
           wrapped(counted(static_cast<std::int64_t>(others),
                           "rule of another authority is",
                           "rules of other authorities are") +
                       " left out; without --la all are listed.",
                   columns, 0) +
           "\n";
  }
  return out;
}

Result<std::string> rule_shown(const Workspace& workspace,
                               const std::string& rule,
                               const PlaceAndDate& where, const Style& style,
                               std::size_t columns) {
  auto rules = workspace.engine().select({{rule}, ""});
  if (!rules) return unexpected(rules.error());
  if (rules->front().broken) {
    return unexpected(rules->front().broken->errors.front());
  }
  PlaceAndDate place = where;
  if (place.la.empty() && !workspace.rulesets().is_national(rule)) {
    // A rule of one authority alone is shown as that authority has it.
    const auto las = workspace.rulesets().authorities_of(rule);
    if (las.size() == 1) place.la = *las.begin();
  }
  Checker checker(workspace.engine(), *rules, place.as_of, true);
  const BoundRule& bound = checker.bound(0, place.la, place.urn);
  return rule_page(workspace, rules->front(), bound, place, style, columns);
}

}  // namespace sendcheck::cli
