// What concerns two editions: days that both cover, and what a lower layer may
// not do to the one above it.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "rulesets/edition_file.hpp"
#include "rulesets/rulesets.hpp"

namespace sendcheck {

// Notes, in drafts whose dates are settled: editions.two_bodies,
// editions.unknown_body, editions.missing_parameter (of an edition with none
// above it), editions.removed, and in lower editions what `breaches` finds.
// `bodies` are the names of all folders of bodies.
void check_layers(std::vector<EditionDraft>& drafts, const KnownRules& rules,
                  const std::set<std::string>& bodies);

// What `lower` says of a rule against those above it on one day, from the
// national one down; each of them names the rule. Errors, naming both entries:
// editions.not_extended, editions.locked, editions.floor, editions.ceiling.
std::vector<Error> breaches(const std::vector<const Edition*>& above,
                            const Edition& lower, const std::string& rule);

// editions.missing_parameter: the rule needs it and `edition`, the last that
// could give it, does not.
Error missing_parameter(const std::string& rule, const std::string& parameter,
                        const Edition& edition);

}  // namespace sendcheck
