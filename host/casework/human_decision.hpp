// What a named person decided, beside what was recommended.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/log.hpp"

namespace sendcheck {

struct EvidenceWeighed {
  std::string what;
  bool relied_on = false;
  std::string because;  // not empty where it was not relied on
};

struct HumanDecision {
  std::string decided_by;  // name and role: "A. Example, panel chair"
  bool follows = false;    // the recommendation
  std::string reasons;     // in the person's own words
  std::vector<EvidenceWeighed> evidence;
};

struct HumanDecisionEntered {
  std::uint64_t entry = 0;
  std::uint64_t recommendation = 0;  // the entry that it stands beside
  std::string outcome;               // that was recommended
  std::string checkpoint;
};

// Beside the newest decision of that rule for the pupil (UPN or pseudonym). It is sealed under the pupil's key; the entry says no more than which recommendation it is about.
// Errors: decide.no_reasons (none, or only the words of the recommendation), decide.no_person, decide.no_because (evidence not relied on, without why), log.no_such_pupil, log.no_such_decision, store.*.
Result<HumanDecisionEntered> enter_decision(Log& log, std::string_view pupil,
                                            const std::string& rule,
                                            const HumanDecision& decision);

}  // namespace sendcheck
