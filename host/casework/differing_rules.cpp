// Which rules can come to something else for anybody: those of which the plugin, or what is in force of them somewhere, is not the same on both sides.
#include <algorithm>
#include <set>

#include "casework/impact.hpp"

namespace sendcheck {
namespace {

// Whether decisions that rest on the one come out as those that rest on the other. Which edition says a thing, and where, changes no outcome.
bool is_same(const EffectiveParameter& a, const EffectiveParameter& b) {
  return a.value == b.value && a.unconfirmed == b.unconfirmed &&
         a.unconfirmed_because == b.unconfirmed_because;
}

bool is_same(const RuleInForce& a, const RuleInForce& b) {
  if (a.status != b.status || a.unconfirmed != b.unconfirmed) return false;
  if (a.closed.has_value() != b.closed.has_value()) return false;
  if (a.closed && a.closed->refer_to != b.closed->refer_to) return false;
  return std::ranges::equal(
      a.parameters, b.parameters, [](const auto& x, const auto& y) {
        return x.first == y.first && is_same(x.second, y.second);
      });
}

std::set<std::string> schools_of(const Workspace& workspace,
                                 const std::string& rule) {
  std::set<std::string> schools;
  for (const Edition& edition : workspace.rulesets().editions()) {
    if (edition.layer == Layer::school && edition.rules.contains(rule)) {
      schools.insert(edition.urn);
    }
  }
  return schools;
}

bool is_same_everywhere(const Workspace& before, const Workspace& after,
                        const std::string& rule, Date as_of) {
  const RuleSets& a = before.rulesets();
  const RuleSets& b = after.rulesets();
  // These say whether a pupil is asked at all, and what an authority that is not stated could be.
  auto las = a.authorities_of(rule);
  if (las != b.authorities_of(rule)) return false;
  if (a.is_national(rule) != b.is_national(rule)) return false;
  auto schools = schools_of(before, rule);
  if (schools != schools_of(after, rule)) return false;
  // Beside those that say something of it: no authority, and one that says nothing.
  las.insert("");
  const Catalogue& catalogue = before.catalogue();
  for (const CodeValue& code :
       catalogue
           .codes_of(catalogue.scalars()[static_cast<std::size_t>(
               catalogue.scalar("home_la"))])
           .codes) {
    if (las.insert(code.code).second) break;
  }
  schools.insert("");
  for (const std::string& la : las) {
    for (const std::string& urn : schools) {
      if (!is_same(a.in_force(rule, la, urn, as_of),
                   b.in_force(rule, la, urn, as_of))) {
        return false;
      }
    }
  }
  return true;
}

}  // namespace

DifferingRules differing_rules(const Workspace& before, const Workspace& after,
                               const std::vector<std::string>& wanted,
                               Date as_of) {
  std::set<std::string> ids(wanted.begin(), wanted.end());
  if (wanted.empty()) {
    for (const Workspace* side : {&before, &after}) {
      for (const Plugin& plugin : side->plugins().plugins) {
        for (const Rule& rule : plugin.rules) ids.insert(rule.id);
      }
    }
  }
  // Dates are counted by bank holidays, and facts are what the catalogue says: where these differ anything can.
  const bool all =
      !(before.catalogue() == after.catalogue()) ||
      !(before.rulesets().bank_holidays() == after.rulesets().bank_holidays());
  DifferingRules rules;
  for (const std::string& id : ids) {
    const Plugin* one = before.plugins().plugin_of(id);
    const Plugin* other = after.plugins().plugin_of(id);
    const bool same = !all && one != nullptr && other != nullptr &&
                      one->hash == other->hash &&
                      is_same_everywhere(before, after, id, as_of);
    (same ? rules.same : rules.differ).push_back(id);
  }
  return rules;
}

std::vector<const Edition*> editions_that_begin_later(const Workspace& before,
                                                      const Workspace& after,
                                                      Date as_of) {
  std::set<std::string> known;
  for (const Edition& edition : before.rulesets().editions()) {
    known.insert(edition.id + " " + edition.hash);
  }
  std::vector<const Edition*> later;
  for (const Edition& edition : after.rulesets().editions()) {
    if (edition.from > as_of &&
        !known.contains(edition.id + " " + edition.hash)) {
      later.push_back(&edition);
    }
  }
  return later;
}

}  // namespace sendcheck
