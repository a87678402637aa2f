// Days that no edition covers, and rules that are let drop in silence.
#include <algorithm>
#include <optional>

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

// The first day from `day` on of which such an edition speaks.
std::optional<Date> answered_again(const RuleSets& sets, const Edition& of,
                                   const std::string& rule, Date day) {
  std::optional<Date> first;
  for (const Edition& edition : sets.editions()) {
    if (edition.layer == of.layer && edition.la == of.la &&
        edition.urn == of.urn && edition.rules.contains(rule) &&
        edition.from >= day && (!first || edition.from < *first)) {
      first = edition.from;
    }
  }
  return first;
}

bool is_broken_on(const RuleSets& sets, const Edition& of, Date day) {
  return std::ranges::any_of(sets.broken(), [&](const BrokenEdition& broken) {
    return broken.layer == of.layer && broken.body == of.body &&
           (!broken.from || (*broken.from <= day &&
                             (!broken.last_day || day <= *broken.last_day)));
  });
}

// Of one rule of an edition: what becomes of it on the day after.
void lint_day_after(const RuleSets& sets, const Edition& edition,
                    const Edition* next, const std::string& rule, Date as_of,
                    LintFindings& found) {
  const Date after = *edition.last_day + 1;
  if (answered(sets, edition, rule, after) ||
      is_broken_on(sets, edition, after)) {
    return;
  }
  const Place dates{edition.file, 0, 0, "/in_force"};
  if (const auto again = answered_again(sets, edition, rule, after)) {
    const std::string words =
        rule + " is not in force from " + after.in_words() + " to " +
        (*again - 1).in_words() +
        ", which no edition covers. If it was, move a last or a first day, or "
        "put an edition between them.";
    // What nobody is asked for any more is not worth a doubt.
    *again <= as_of ? found.note("lint.gap", words, dates, rule, edition.id)
                    : found.doubt("lint.gap", words, dates, rule, edition.id);
  } else if (after > as_of) {
    // It runs still; the next edition may yet be written.
  } else if (next != nullptr) {
    found.doubt("lint.dropped",
                next->id + " no longer names " + rule +
                    ", which was in force until " +
                    edition.last_day->in_words() +
                    ", and nobody says that it ended. Name it there, or end it "
                    "there (\"closed\", or \"removed\").",
                {next->file, 0, 0, "/rules"}, rule, next->id);
  } else {
    found.doubt("lint.ended",
                (edition.extends.empty()
                     ? rule
                     : "What " + edition.body + " sets of " + rule) +
                    " ended on " + edition.last_day->in_words() +
                    " and nothing follows it. Begin the next edition "
                    "(sendcheck rules new-edition " +
                    edition.body + " " + after.to_string() +
                    "), or say in one where to go instead (\"closed\").",
                dates, rule, edition.id);
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
    if (!edition.last_day) continue;
    const bool is_last = i + 1 == editions.size() ||
                         editions[i + 1].body != edition.body ||
                         editions[i + 1].layer != edition.layer;
    for (const auto& [rule, entry] : edition.rules) {
      if (entry.closed || entry.removed) continue;
      lint_day_after(sets, edition, is_last ? nullptr : &editions[i + 1], rule,
                     as_of, found);
    }
  }
}

}  // namespace sendcheck
