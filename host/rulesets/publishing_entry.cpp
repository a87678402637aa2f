#include "rulesets/publishing_entry.hpp"

#include <charconv>

namespace sendcheck {
namespace {

// Far more corrections than one edition has ever had.
constexpr int most_revisions = 9999;

void read_revision(ObjectReader& object, Edition& edition) {
  if (const json::Value* found = object.find("revision")) {
    int number = 0;
    const char* const end = found->text.data() + found->text.size();
    const auto [stop, fault] = std::from_chars(found->text.data(), end, number);
    if (!found->is(json::Type::number) || fault != std::errc() || stop != end ||
        number < 1 || number > most_revisions) {
      object.note("revision", "editions.revision",
                  "\"revision\" is " + describe(*found) +
                      ", expected a whole number: 1 for the first text of an "
                      "edition, one more for each correction.");
      return;
    }
    edition.revision = number;
  }
  edition.corrects = object.optional_text("corrects");
  if (edition.revision > 1 && !object.has("corrects")) {
    object.note("revision", "editions.revision",
                "This is revision " + std::to_string(edition.revision) +
                    ", and nothing says what it corrects. Add \"corrects\" "
                    "with what was wrong in the revision before.");
  }
  if (edition.revision == 1 && object.has("corrects")) {
    object.note("corrects", "editions.revision",
                "A first revision corrects nothing. Take \"corrects\" out, or "
                "add \"revision\": 2 where the text was published before.");
  }
}

void read_approval(ObjectReader& object, Edition& edition,
                   std::vector<Error>& errors) {
  const json::Value* found = object.find("approval");
  if (found == nullptr) return;
  ObjectReader approval(*found, object.place("approval"), "editions.approval",
                        errors, {"two_people", "because"});
  if (!approval.is_object()) return;
  if (approval.need("two_people") == nullptr) return;
  edition.two_people = approval.flag("two_people");
  edition.one_person_because = approval.optional_text("because");
  if (!edition.two_people && !approval.has("because")) {
    approval.note("two_people",
                  "One person is to publish this alone, and nothing says why. "
                  "Add \"because\" with the reason, or take \"approval\" out: "
                  "two people is what holds without it.");
  }
  if (edition.two_people && approval.has("because")) {
    approval.note("because",
                  "Two people need no reason. Take \"because\" out, or make "
                  "\"two_people\" false.");
  }
}

}  // namespace

void read_publishing(ObjectReader& edition_json, Edition& edition,
                     std::vector<Error>& errors) {
  read_revision(edition_json, edition);
  read_approval(edition_json, edition, errors);
}

}  // namespace sendcheck
