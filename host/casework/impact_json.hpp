// An impact as JSON and as CSV: a change a row or an object, and the summary.
#pragma once

#include <string>
#include <string_view>

#include "casework/impact.hpp"

namespace sendcheck {

// One line, without the line break.
void append_change_json(const ImpactChange& change, std::string& out);

// The members that say the whole, without the brackets around them: as_of, counts, total, rules, unchanged, groups, rejected, warnings, run.
std::string impact_summary_members(const ImpactReport& report);

// The heading row and a row, each with its line break.
std::string impact_csv_heading();
void append_change_csv(const ImpactChange& change, std::string& out);

}  // namespace sendcheck
