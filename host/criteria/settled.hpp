// What an edition settles by itself: criteria that ask nothing of a pupil, only what the rule's parameters are ("rest breaks need not be tried
// first"). Whoever describes a rule as it is in force leaves out what no pupil's record can change.
#pragma once

#include <optional>
#include <vector>

#include "criteria/evaluation.hpp"

namespace sendcheck {

// By CriterionId: what it comes to for every pupil alike; empty where it hangs on a record, a person's answer, the as-of date, a function, a parameter
// that is not given, or a source that is not confirmed. A criterion made of others is settled where its settled parts decide it.
std::vector<std::optional<Truth>> settled_by_edition(
    const Rule& rule, const Binding& binding, const Catalogue& catalogue,
    const BankHolidays& holidays, Date as_of);

}  // namespace sendcheck
