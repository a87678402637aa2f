// The days on which an edition is in force, as it writes them.
#pragma once

#include <optional>
#include <string>

#include "base/date.hpp"
#include "json/value.hpp"
#include "rulesets/edition_file.hpp"
#include "rulesets/object_reader.hpp"

namespace sendcheck {

// The date under a key that stands in the object. Nothing, and noted with the
// id, when it is none.
std::optional<Date> read_date(ObjectReader& object, const char* key,
                              const char* id);

// Reads `in_force` into the draft, whose `from` is the day of its folder.
// Errors: editions.format, editions.dates, editions.folder, editions.runs_on,
// editions.status.
void read_dates(const json::Value& value, const EditionFolder& folder,
                const std::string& file, EditionDraft& draft);

}  // namespace sendcheck
