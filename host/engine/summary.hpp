// A decision in a sentence or two, for a tired reader. For the sources of this layer.
#pragma once

#include <string>
#include <vector>

#include "criteria/explain.hpp"
#include "domain/decision.hpp"

namespace sendcheck {

// With a full stop at its end and none doubled.
std::string as_sentence(std::string words);

// "Needs evidence: ..." with the first of what is missing.
std::string summary_of_missing(const std::vector<MissingItem>& missing);

// What stands against a criterion that is not met: the one criterion under it that a reader should hear of, with what was found and needed.
// "the rule asks for “the parent consents” (found no)"
std::string what_stands_against(Evaluation& evaluation,
                                const Describer& describer,
                                CriterionId criterion);

// Of a table that has no row for a pupil: "the High Needs Matrix has no row for the points of all areas of need (110)". Looks under a value; empty when
// no table is at fault there.
std::string missing_row(Evaluation& evaluation, const Describer& describer,
                        ValueId value);

// Of an outcome met, with its amount and its date.
std::string summary_of_met(const Decision& decision);
// Of an outcome not_met; `against` is what_stands_against, or empty.
std::string summary_of_not_met(const Decision& decision,
                               const std::string& against);

// "a year", "an hour", "once", "for the financial year"
std::string period_in_words(const std::string& period);
// "£975, once"
std::string amount_in_words(Money amount, const std::string& period);

}  // namespace sendcheck
