#include "cli/impact_words.hpp"

#include "base/text.hpp"
#include "cli/layout.hpp"
#include "engine/summary.hpp"

namespace sendcheck::cli {
namespace {

std::string outcome_in_words(const std::optional<Outcome>& outcome) {
  return outcome ? std::string(in_words(*outcome)) : "not asked";
}

std::string stated(const Standing& standing) {
  if (!standing.amount) return {};
  if (!standing.amount->value) return "amount not published";
  return sendcheck::amount_in_words(*standing.amount->value,
                                    standing.amount->period) +
         (standing.amount->indicative ? " (indicative)" : "");
}

std::string side_in_words(const Standing& standing) {
  const std::string amount = stated(standing);
  return outcome_in_words(standing.outcome) +
         (amount.empty() ? "" : ", " + amount);
}

void add_costs(const std::map<std::string, CostTally>& costs,
               const std::string& what, std::vector<std::string>& lines) {
  for (const auto& [period, cost] : costs) {
    lines.push_back(
        what + ", " + period_in_words(period) + ": " + cost.before.in_words() +
        " for " + std::to_string(cost.paid_before) + " before, " +
        cost.after.in_words() + " for " + std::to_string(cost.paid_after) +
        " after: " + difference_in_words(cost.difference()));
  }
}

}  // namespace

std::string difference_in_words(Money difference) {
  if (difference == Money()) return "no change";
  const bool less = difference < Money();
  return Money::from_pence(less ? -difference.pence() : difference.pence())
             .in_words() +
         (less ? " less" : " more");
}

std::string move_in_words(const Standing& before, const Standing& after) {
  if (before.outcome != after.outcome) {
    return side_in_words(before) + " → " + side_in_words(after);
  }
  const std::string outcome = outcome_in_words(after.outcome);
  if (before.amount != after.amount) {
    const std::string from = stated(before), to = stated(after);
    return outcome + ", " + (from.empty() ? "no amount" : from) + " → " +
           (to.empty() ? "no amount" : to);
  }
  const auto day = [](const Standing& standing) {
    return standing.due ? standing.due->in_words() : std::string("no date");
  };
  return outcome + ", " + day(before) + " → " + day(after);
}

std::string pupil_in_words(const ImpactChange& change) {
  if (change.name.empty()) return change.upn;
  return change.name +
         (change.nc_year.empty() ? "" : " (" + change.nc_year + ")") + ", " +
         change.upn;
}

std::string effect_in_words(Effect effect, std::int64_t pupils) {
  const bool one = pupils == 1;
  switch (effect) {
    case Effect::gains:
      return one ? "gains" : "gain";
    case Effect::loses:
      return one ? "loses" : "lose";
    case Effect::otherwise:
      return one ? "changes otherwise" : "change otherwise";
  }
  return {};
}

std::string tally_in_words(const Tally& tally) {
  std::vector<std::string> parts;
  const auto add = [&](std::int64_t number, const std::string& one,
                       const std::string& many) {
    if (number > 0) {
      parts.push_back(std::to_string(number) + " " +
                      (number == 1 ? one : many));
    }
  };
  add(tally.gains, "gains", "gain");
  add(tally.loses, "loses", "lose");
  add(tally.both, "gains by one rule and loses by another",
      "gain by one rule and lose by another");
  add(tally.otherwise, "changes otherwise", "change otherwise");
  add(tally.unchanged(), "does not change", "do not change");
  return join(parts, ", ");
}

std::string counts_in_words(const ImpactCounts& counts) {
  std::string words = counted(counts.checked, "pupil", "pupils") + " checked";
  if (counts.rejected > 0) {
    words += ", " + std::to_string(counts.rejected) +
             " rejected (in no number below)";
  }
  if (counts.repeated > 0) {
    words += ", " + std::to_string(counts.repeated) +
             " of them in another register already (counted in each)";
  }
  return words + ".";
}

std::string rules_in_words(const ImpactReport& report) {
  if (report.rules.empty()) return "No rule differs on that day.";
  return counted(static_cast<std::int64_t>(report.rules.size()), "rule",
                 "rules") +
         (report.rules.size() == 1 ? " differs, " : " differ, ") +
         std::to_string(report.unchanged.size()) +
         (report.unchanged.size() == 1 ? " does" : " do") +
         " not; the numbers are of what differs.";
}

std::vector<std::string> costs_in_words(const Tally& tally) {
  std::vector<std::string> lines;
  add_costs(tally.met, "What is met", lines);
  add_costs(tally.indicative, "Indicative, not settled", lines);
  if (tally.not_published_before > 0 || tally.not_published_after > 0) {
    lines.push_back("Met, and no amount is published: " +
                    std::to_string(tally.not_published_before) + " before, " +
                    std::to_string(tally.not_published_after) +
                    " after; their cost is in no sum");
  }
  return lines;
}

std::string decided_in_words(const RuleImpact::Decided& decided) {
  std::vector<std::string> who;
  for (const auto& [effect, pupils] : decided.pupils) {
    who.push_back(counted(pupils, "pupil", "pupils") + " " +
                  effect_in_words(effect, pupils));
  }
  return join_in_words(who) + ": " + decided.in_words();
}

std::vector<std::string> periods_of(const Tally& tally) {
  std::vector<std::string> periods;
  for (const auto& [period, cost] : tally.met) periods.push_back(period);
  return periods;
}

bool has_changes(const GroupRow& row) {
  return row.tally.unchanged() != row.tally.pupils;
}

std::pair<std::int64_t, std::int64_t> met_of(const RuleImpact& rule) {
  std::int64_t before = 0, after = 0;
  for (const auto& [move, number] : rule.moves) {
    if (move.first == Outcome::met) before += number;
    if (move.second == Outcome::met) after += number;
  }
  return {before, after};
}

}  // namespace sendcheck::cli
