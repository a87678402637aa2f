#include "rulesets/edition_dates.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace sendcheck {
namespace {

void read_certainty(ObjectReader& object, Edition& edition) {
  const std::string status = object.optional_text("status");
  edition.unconfirmed = status == "unconfirmed";
  edition.unconfirmed_because = object.optional_text("reason");
  if (!status.empty() && !edition.unconfirmed && status != "confirmed") {
    object.note("status", "editions.status",
                "The status of the dates is \"" + quoted(status) +
                    "\". Write \"unconfirmed\" with a \"reason\", or leave "
                    "it out.");
  } else if (edition.unconfirmed != object.has("reason")) {
    object.note("reason", "editions.status",
                edition.unconfirmed
                    ? "The dates are unconfirmed without a reason. Say in "
                      "\"reason\" what is not certain."
                    : "There is a reason for doubt, but the dates are not "
                      "marked. Add \"status\": \"unconfirmed\".");
  }
}

}  // namespace

std::optional<Date> read_date(ObjectReader& object, const char* key,
                              const char* id) {
  const json::Value& value = *object.find(key);
  std::optional<Date> result;
  if (value.is(json::Type::string)) result = Date::parse(value.text);
  if (!result) {
    object.note(key, id,
                "\"" + std::string(key) + "\" is " + describe(value) +
                    ", expected a date such as \"2026-04-01\".");
  }
  return result;
}

void read_dates(const json::Value& value, const EditionFolder& folder,
                const std::string& file, EditionDraft& draft) {
  Edition& edition = draft.edition;
  ObjectReader object(value, Place{file, 0, 0, "/in_force"}, "editions.format",
                      draft.errors,
                      {"from", "to", "runs_on_because", "status", "reason"});
  if (!object.is_object()) return;
  read_certainty(object, edition);

  std::optional<Date> from;
  if (!object.has("from")) {
    object.note("from", "editions.dates",
                "The first day is missing. Add \"from\".");
  } else {
    from = read_date(object, "from", "editions.dates");
  }
  if (from) {
    edition.from = *from;
    if (draft.from && *draft.from != *from) {
      object.note("from", "editions.folder",
                  "The edition begins on " + from->to_string() +
                      ", but its folder is named " + folder.day +
                      ". Make the two the same.");
    }
    draft.from = draft.from ? std::min(*draft.from, *from) : *from;
  }

  edition.runs_on_because = object.optional_text("runs_on_because");
  const json::Value* to = object.find("to");
  if (to == nullptr) {
    object.note("to", "editions.dates",
                "The last day is missing. Add \"to\", or write null with a "
                "\"runs_on_because\".");
    return;
  }
  if (to->is(json::Type::null)) {
    if (!object.has("runs_on_because")) {
      object.note("to", "editions.runs_on",
                  "The edition has no last day and does not say why. Give "
                  "the last day, or add \"runs_on_because\".");
    }
    draft.dates_known = from.has_value();
    return;
  }
  edition.to = read_date(object, "to", "editions.dates");
  if (object.has("runs_on_because")) {
    object.note("runs_on_because", "editions.runs_on",
                "The edition has a last day and a reason why it has none. "
                "Take one of them out.");
  }
  if (from && edition.to && *edition.to < *from) {
    object.note("to", "editions.dates",
                "The last day, " + edition.to->in_words() +
                    ", is before the first, " + from->in_words() +
                    ". Correct one of them.");
    return;
  }
  draft.dates_known = from && edition.to;
}

}  // namespace sendcheck
