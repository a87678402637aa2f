// Days that two editions cover where only one may.
#pragma once

#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "rulesets/edition_file.hpp"
#include "rulesets/rulesets.hpp"

namespace sendcheck {

// Whether an edition is in force on a day.
bool covers(const Edition& edition, Date day);

// Sets every edition's last day, and notes in both drafts the days that two
// editions of one body cover (editions.overlap). Needs the drafts by body, then
// first day.
void settle_dates(std::vector<EditionDraft>& drafts);

// Notes in both drafts a rule that two bodies issue for the same pupils on the
// same days (editions.two_bodies). Needs settled dates.
void check_bodies(std::vector<EditionDraft>& drafts);

// An entry of an edition, as messages name it:
// "rules/.../edition.json#/rules/...".
std::string entry(const Edition& edition, const std::string& pointer);
Error error_at(const char* id, std::string message, const Edition& edition,
               std::string pointer);

}  // namespace sendcheck
