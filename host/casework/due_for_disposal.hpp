// Whose data has been kept as long as it is to be kept. A list for a person to decide by: nothing is erased by it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "audit/log.hpp"
#include "casework/retention.hpp"

namespace sendcheck {

struct DuePupil {
  std::string upn;
  std::string pseudonym;
  std::uint64_t record = 0;  // the entry of the newest record
  Date kept_until;           // the last day
  const RetentionRule* rule =
      nullptr;  // the one that keeps longest; of the Retention given
  Date event_day;
  std::string held_for;  // the reason of a hold; empty: none stands
  Date held_since;
  bool review_hold =
      false;  // it has stood as long as the rules let it unlooked at
};

struct DisposalList {
  std::uint64_t entry = 0;  // that says that records were opened for it
  std::uint64_t pupils = 0;
  std::vector<DuePupil> due;   // by the last day, then UPN
  std::vector<DuePupil> held;  // would be due
  std::vector<std::string>
      unknown;  // UPNs without the date that a rule in use counts from (of birth)
};

// Enters that records are opened, then opens each pupil's newest. `retention` must outlive the list. A pupil is due from the day after the last one.
// Errors: store.*, payload.*, crypto.*.
Result<DisposalList> due_for_disposal(Log& log, const Retention& retention,
                                      Date as_of);

std::string in_words(const DisposalList& list, Date as_of);

}  // namespace sendcheck
