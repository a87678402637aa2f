// What a register shows of the rules: those that no pupil meets, those of which nobody can say, and what stops most.
#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "casework/lint_parts.hpp"
#include "engine/summary.hpp"
#include "plugins/reading.hpp"
#include "registers/register.hpp"

namespace sendcheck {
namespace {

using Counts = std::vector<std::pair<std::string, int>>;

void count(const std::string& words, Counts& counts) {
  for (auto& [known, number] : counts) {
    if (known != words) continue;
    ++number;
    return;
  }
  counts.emplace_back(words, 1);
}

struct Seen {
  std::map<Outcome, int> outcomes;
  Counts stopped_by;  // a criterion, by its words
  Counts missing;     // a fact, by its label

  int of(Outcome outcome) const {
    const auto found = outcomes.find(outcome);
    return found == outcomes.end() ? 0 : found->second;
  }
  int concerned() const {
    return of(Outcome::met) + of(Outcome::not_met) +
           of(Outcome::needs_evidence) + of(Outcome::refer);
  }
};

// The criteria that keep a pupil from a yes, each alone enough.
void note_stops(const Reason& reason, std::set<std::string>& stops) {
  if (reason.result != Truth::not_met) return;
  if (reason.kind != Reason::Kind::all || reason.children.empty()) {
    stops.insert(reason.label);
    return;
  }
  for (const Reason& child : reason.children) note_stops(child, stops);
}

// The first of those that are counted most often.
std::pair<std::string, int> most(const Counts& counts) {
  std::pair<std::string, int> best;
  for (const auto& [words, count] : counts) {
    if (count > best.second) best = {words, count};
  }
  return best;
}

// "access arrangements: of such a kind" without the kind.
std::string subject(const std::string& label) {
  return label.substr(0, std::min(label.find(": "), label.size()));
}

std::string pupils(int count) {
  return std::to_string(count) + (count == 1 ? " pupil" : " pupils");
}

void lint_rule(const std::string& rule, const std::string& path,
               const Seen& seen, LintFindings& found) {
  const int concerned = seen.concerned();
  const Place place{path, 0, 0, rule};
  if (concerned == 0) {
    const int not_applicable = seen.of(Outcome::not_applicable);
    if (not_applicable > 0) {
      found.note("lint.never_applicable",
                 rule + " is about none of the " + pupils(not_applicable) + ".",
                 place, rule, "");
    }
    return;
  }
  const auto [stop, stopped] = most(seen.stopped_by);
  const std::string most_stopped =
      stop.empty()
          ? std::string()
          : "“" + stop + "” stops " + std::to_string(stopped) + " of the " +
                std::to_string(seen.of(Outcome::not_met)) +
                " who do not meet the criteria.";
  if (seen.of(Outcome::needs_evidence) == concerned) {
    const auto [fact, asked] = most(seen.missing);
    found.doubt(
        "lint.always_unknown",
        rule + " needs evidence for each of the " + pupils(concerned) +
            " that it concerns" +
            (fact.empty() ? "."
                          : "; most often missing (" + std::to_string(asked) +
                                "): " + fact + ". Does anybody record it?"),
        place, rule, "");
  } else if (seen.of(Outcome::met) + seen.of(Outcome::refer) == 0) {
    found.doubt("lint.never_met",
                rule + " is met by none of the " + pupils(concerned) +
                    " that it concerns, and nobody is referred" +
                    (most_stopped.empty() ? "." : ". " + most_stopped),
                place, rule, "");
  } else if (!most_stopped.empty()) {
    found.note("lint.stopped_by",
               rule + " is met by " + std::to_string(seen.of(Outcome::met)) +
                   " of the " + pupils(concerned) + " that it concerns. " +
                   most_stopped,
               place, rule, "");
  }
}

// Of local facts: no other program has a name for them, so that somebody must have thought of filling them in.
void lint_local_facts(const Workspace& workspace, const std::string& path,
                      const std::set<std::string>& stated,
                      const std::map<std::string, Seen>& seen,
                      LintFindings& found) {
  for (const Plugin& plugin : workspace.plugins().plugins) {
    const bool in_use =
        std::ranges::any_of(plugin.rules, [&](const Rule& rule) {
          const auto at = seen.find(rule.id);
          return at != seen.end() && at->second.concerned() > 0;
        });
    if (!in_use) continue;
    for (const std::string& fact : facts_read(plugin, workspace.catalogue())) {
      if (!fact.starts_with("local.") || stated.contains(fact)) continue;
      found.doubt(
          "lint.unsupplied_fact",
          "No pupil's record states \"" + fact + "\", which " +
              plugin.manifest.id +
              " reads. Ask the schools for it (a column of that name in "
              "pupils.csv), or let the rule do without.",
          {path, 0, 0, fact}, plugin.manifest.id, "");
    }
  }
}

void note_stated(const Record& record, const Catalogue& catalogue,
                 std::set<std::string>& stated) {
  for (std::size_t i = 0; i < record.scalars.size(); ++i) {
    const std::string& path = catalogue.scalars()[i].path;
    if (path.starts_with("local.") && record.scalars[i].is_known()) {
      stated.insert(path);
    }
  }
  for (std::size_t i = 0; i < record.lists.size(); ++i) {
    const std::string& path = catalogue.lists()[i].path;
    if (path.starts_with("local.") && record.lists[i].stated) {
      stated.insert(path);
    }
  }
}

}  // namespace

Result<void> lint_register(const Workspace& workspace, const std::string& path,
                           const std::vector<std::string>& rules, Date as_of,
                           LintFindings& found) {
  auto reader = open_register(path, workspace.catalogue());
  if (!reader) return unexpected(reader.error());
  auto selected = workspace.engine().select({rules, ""});
  if (!selected) return unexpected(selected.error());
  Checker checker(workspace.engine(), *selected, as_of, false);

  std::map<std::string, Seen> seen;
  std::set<std::string> stated;
  RegisterEntry entry;
  for (;;) {
    auto more = (*reader)->next(entry);
    if (!more) return unexpected(more.error());
    if (!*more) break;
    if (entry.rejected()) continue;
    note_stated(entry.record, workspace.catalogue(), stated);
    for (const Decision& decision : checker.decide(entry.record)) {
      Seen& of_rule = seen[decision.rule];
      ++of_rule.outcomes[decision.outcome];
      if (decision.outcome == Outcome::not_met && decision.reasons) {
        std::set<std::string> stops;
        note_stops(*decision.reasons, stops);
        for (const std::string& stop : stops) count(stop, of_rule.stopped_by);
      }
      if (decision.outcome == Outcome::needs_evidence) {
        std::set<std::string> missing;
        for (const MissingItem& item : decision.missing) {
          const std::string label = item.kind == MissingItem::Kind::judgement
                                        ? item.label
                                        : subject(item.label);
          if (missing.insert(label).second) count(label, of_rule.missing);
        }
      }
    }
  }
  for (const auto& [rule, of_rule] : seen) {
    lint_rule(rule, path, of_rule, found);
  }
  lint_local_facts(workspace, path, stated, seen, found);
  return {};
}

}  // namespace sendcheck
