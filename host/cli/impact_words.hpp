// An impact in words, for the terminal and for the page alike.
#pragma once

#include <string>
#include <vector>

#include "casework/impact.hpp"

namespace sendcheck::cli {

// "£1,480 more", "£20 less", "no change"
std::string difference_in_words(Money difference);
// "not met → met, £3,450 a year"; "met, £4,200 → £4,350 a year"
std::string move_in_words(const Standing& before, const Standing& after);
// "Robin Testwell (year 10), K330999924128"
std::string pupil_in_words(const ImpactChange& change);
// "gains", "loses", "changes otherwise"; of several "gain" ...
std::string effect_in_words(Effect effect, std::int64_t pupils);
// "3 gain, 5 lose, 1 gains by one rule and loses by another, 2 change otherwise, 13 do not change"
std::string tally_in_words(const Tally& tally);
// What there is to say of the registers themselves: how many were checked, rejected, stand in several.
std::string counts_in_words(const ImpactCounts& counts);
// "1 rule differs, 64 do not; the numbers are of what differs."
std::string rules_in_words(const ImpactReport& report);
// A line for each sum: "what is met, a year: £12,480 for 4 before, £11,000 for 3 after: £1,480 less".
std::vector<std::string> costs_in_words(const Tally& tally);
// "1 pupil loses: points: needed at least 10, now at least 12"
std::string decided_in_words(const RuleImpact::Decided& decided);
// The periods in which a tally, or a table, has sums of what is met.
std::vector<std::string> periods_of(const Tally& tally);
// Whether anything of a row is not the same on both sides.
bool has_changes(const GroupRow& row);
// How many decisions are met before, after.
std::pair<std::int64_t, std::int64_t> met_of(const RuleImpact& rule);

}  // namespace sendcheck::cli
