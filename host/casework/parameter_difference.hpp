// How two values of one parameter differ. For the sources of this layer.
#pragma once

#include <vector>

#include "casework/rules_difference.hpp"

namespace sendcheck {

// Adds what differs between a parameter's values, statuses, sources and notes on two sides; null: not given there, but not both. `spec` is what its plugin declares.
void compare_parameter(const std::string& rule, const ParameterSpec& spec,
                       const EffectiveParameter* before,
                       const EffectiveParameter* after,
                       std::vector<Difference>& differences);
// The same for what a lower layer may do with it.
void compare_bounds(const std::string& rule, const ParameterSpec& spec,
                    const RuleEntry& before, const RuleEntry& after,
                    const Place& place_before, const Place& place_after,
                    std::vector<Difference>& differences);

}  // namespace sendcheck
