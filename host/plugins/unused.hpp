// What a script built and no rule holds.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "base/result.hpp"
#include "criteria/draft.hpp"

namespace sendcheck {

// All that a script built. Those in the sets live on in a copy, or were read for their name, and count as used.
struct Built {
  const std::vector<DraftValue>& values;
  const std::vector<DraftCriterion>& criteria;
  const std::set<ValueId>& read_values;
  const std::set<CriterionId>& copied_criteria;
};

// A criterion or value that was built and is part of none of the rules: left over, forgotten, lost to Lua's `and`, to `==` or to a nil in a list. Of
// several, the last: it is part of no other. Errors plugins.unused_criterion, plugins.unused_value, with the line.
std::optional<Error> unused_part(const std::vector<DraftRule>& rules,
                                 const Built& built);

}  // namespace sendcheck
