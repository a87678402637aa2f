// Parts of a check that are the same in JSON and in JSON Lines. For the sources of this layer.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "casework/check_register.hpp"
#include "json/writer.hpp"

namespace sendcheck {

void write_error(json::Writer& json, const Error& error);
void write_finding(json::Writer& json, const Finding& finding);
void write_findings(json::Writer& json, std::string_view name,
                    const std::vector<Finding>& findings);
// As a member; null where there is none.
void write_date(json::Writer& json, std::string_view name,
                const std::optional<Date>& date);
void write_amount(json::Writer& json, const Amount& amount);
void write_due(json::Writer& json, const Due& due);
void write_parameters(json::Writer& json,
                      const std::vector<Decision::Parameter>& parameters);
// The members that a decision has in both forms alike: outcome, summary, refer_to where there is one, amount, due.
void write_outcome(json::Writer& json, const Decision& decision);
void write_decision(json::Writer& json, const Decision& decision);
// As a member "run"; null for a check that was not logged.
void write_run(json::Writer& json, const CheckReport& report);

}  // namespace sendcheck
