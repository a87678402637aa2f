// The documents that a rule asks for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "criteria/describe.hpp"

namespace sendcheck {

// What a rule looks for among the documents on file, in the rule's order and each once: "Form 8", "SEN support plan". From what it is about, what
// it is met by and what refers it; parts that `settled` (by CriterionId, or empty) leaves nothing open of are passed over. What a rule's own functions
// look for is not seen.
std::vector<std::string> evidence_asked(
    const Rule& rule, const Catalogue& catalogue, const Describer& describer,
    const std::vector<std::optional<Truth>>& settled);

}  // namespace sendcheck
