// How long a pupil's data is kept: rules/retention.json, in the grammar of retention schedules (event + years).
//
//   { "format": "sendcheck-retention/1",
//     "rules": [ { "id": "sen-file", "title": "...",
//                  "for": "every_pupil" | "pupils_with_sen" | "pupils_with_plan",
//                  "event": "date_of_birth" | "last_entry" | "last_human_decision",
//                  "years": 31,
//                  "round_to": "none" | "school_year_end" | "financial_year_end",
//                  "in_use": true, "status": "confirmed" | "unconfirmed", "reason": "why it is not", "source": "..." } ],
//     "hold": { "reasons": ["legal_claim", "legal_hold"], "review_after_years": 1 } }
//
// Of several rules that apply to a pupil the longest counts. A hold is an erasure that was refused for one of the reasons: as long as it stands, nothing is due.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"

namespace sendcheck {

struct RetentionRule {
  enum class For { every_pupil, pupils_with_sen, pupils_with_plan };
  enum class Event { date_of_birth, last_entry, last_human_decision };
  enum class Rounding { none, school_year_end, financial_year_end };
  std::string id;
  std::string title;
  For applies_to = For::every_pupil;
  Event event = Event::date_of_birth;
  int years = 0;
  Rounding round_to = Rounding::none;
  bool in_use = false;
  std::string unconfirmed;  // why; empty: confirmed
  std::string source;

  // The last day on which it is kept: the same day so many years on (28 February for the 29th), then the first 31 August (school year) or 31 March (financial
  // year) that is not before it.
  Date kept_until(Date event_day) const;
};
// "date of birth"
std::string_view in_words(RetentionRule::Event event);

struct Retention {
  std::vector<RetentionRule> rules;
  std::vector<std::string> hold_reasons;  // codes of refusal_reasons()
  int review_after_years = 1;             // of a hold
};

// Errors, with file and pointer: files.*, json.*, retention.malformed (a member that is missing, unknown or of the wrong type), retention.word (for, event, round_to, status or
// a reason that is none), retention.years (0 to 150), retention.duplicate, retention.none_in_use.
Result<Retention> read_retention(const std::string& file);

}  // namespace sendcheck
