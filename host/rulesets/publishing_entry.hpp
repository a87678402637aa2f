// What an edition says of its own publication: "revision", "corrects" and "approval".
#pragma once

#include "rulesets/object_reader.hpp"
#include "rulesets/rulesets.hpp"

namespace sendcheck {

// Takes them from the edition's object; all may be left out. What is wrong with them is noted in `errors`, in which the object notes too: editions.revision (no whole number from 1 on; a correction without what it corrects,
// or the other way about), editions.approval (one person only, and no reason; or a reason without that).
void read_publishing(ObjectReader& edition_json, Edition& edition,
                     std::vector<Error>& errors);

}  // namespace sendcheck
