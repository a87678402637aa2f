// Days that no edition covers, and rules that are let drop in silence.
#include <algorithm>

#include "base/text.hpp"
#include "casework/lint_parts.hpp"

namespace sendcheck {
namespace {

// Whether some edition of the same layer and place, of whatever body, speaks of the rule on a day: a scheme may move from one folder to another.
bool answered(const RuleSets& sets, const Edition& of, const std::string& rule,
              Date day) {
  return std::ranges::any_of(sets.editions(), [&](const Edition& edition) {
    return edition.layer == of.layer && edition.la == of.la &&
           edition.urn == of.urn && edition.from <= day &&
           (!edition.last_day || day <= *edition.last_day) &&
           edition.rules.contains(rule);
  });
}

// The rules of an edition that are in force under it, and of which nobody speaks on a later day.
std::vector<std::string> left_alone(const RuleSets& sets,
                                    const Edition& edition, Date day) {
  std::vector<std::string> rules;
  for (const auto& [rule, entry] : edition.rules) {
    if (entry.closed || entry.removed) continue;
    if (!answered(sets, edition, rule, day)) rules.push_back(rule);
  }
  return rules;
}

Place dates_of(const Edition& edition) {
  return {edition.file, 0, 0, "/in_force"};
}

bool is_broken_on(const RuleSets& sets, const Edition& of, Date day) {
  return std::ranges::any_of(sets.broken(), [&](const BrokenEdition& broken) {
    return broken.layer == of.layer && broken.body == of.body &&
           (!broken.from || (*broken.from <= day &&
                             (!broken.last_day || day <= *broken.last_day)));
  });
}

void lint_ended(const RuleSets& sets, const Edition& last, Date as_of,
                LintFindings& found) {
  if (!last.last_day || *last.last_day >= as_of) return;
  if (is_broken_on(sets, last, as_of)) return;
  const auto rules = left_alone(sets, last, as_of);
  if (rules.empty()) return;
  found.doubt(
      "lint.ended",
      "It ended on " + last.last_day->in_words() + " and nothing follows it: " +
          join_in_words(rules) + (rules.size() == 1 ? " is" : " are") +
          " not in force since. Begin the next edition (sendcheck rules "
          "new-edition " +
          last.body + " " + (*last.last_day + 1).to_string() +
          "), or say where to go instead (\"closed\").",
      dates_of(last), rules.size() == 1 ? rules.front() : "", last.id);
}

void lint_next(const RuleSets& sets, const Edition& edition,
               const Edition& next, LintFindings& found) {
  const Date after = *edition.last_day + 1;
  if (after < next.from) {
    if (is_broken_on(sets, edition, after)) return;
    const auto rules = left_alone(sets, edition, after);
    if (rules.empty()) return;
    found.doubt(
        "lint.gap",
        "No edition of " + edition.body + " covers " + after.in_words() +
            " to " + (next.from - 1).in_words() + ": " + join_in_words(rules) +
            (rules.size() == 1 ? " is" : " are") +
            " not in force on these days. Move the last day of this "
            "edition or the first day of " +
            next.id + ", or put an edition between them.",
        dates_of(edition), rules.size() == 1 ? rules.front() : "", edition.id);
    return;
  }
  for (const std::string& rule : left_alone(sets, edition, next.from)) {
    found.doubt(
        "lint.dropped",
        next.id + " no longer names " + rule +
            ", which was in force until the day before, and nobody says "
            "that it ended. Name it there, or end it there (\"closed\", "
            "or \"removed\").",
        {next.file, 0, 0, "/rules"}, rule, next.id);
  }
}

}  // namespace

void lint_days(const Workspace& workspace, Date as_of, LintFindings& found) {
  const RuleSets& sets = workspace.rulesets();
  const std::vector<Edition>& editions = sets.editions();
  for (std::size_t i = 0; i < editions.size(); ++i) {
    const Edition& edition = editions[i];
    if (edition.rules.empty()) {
      found.doubt(
          "lint.no_rule",
          "The edition names no rule, so that it puts nothing in force. "
          "Name the rules that it is about.",
          {edition.file, 0, 0, "/rules"}, "", edition.id);
    }
    const bool is_last = i + 1 == editions.size() ||
                         editions[i + 1].body != edition.body ||
                         editions[i + 1].layer != edition.layer;
    if (is_last) {
      lint_ended(sets, edition, as_of, found);
    } else if (edition.last_day) {
      lint_next(sets, edition, editions[i + 1], found);
    }
  }
}

}  // namespace sendcheck
