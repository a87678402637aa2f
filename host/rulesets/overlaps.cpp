#include "rulesets/overlaps.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace sendcheck {
namespace {

bool same_body(const Edition& a, const Edition& b) {
  return a.layer == b.layer && a.body == b.body;
}

// The days that two editions share; nothing when there are none.
struct Days {
  Date from;
  std::optional<Date> to;
};
std::optional<Days> common_days(const Edition& a, const Edition& b) {
  Days days{std::max(a.from, b.from), a.last_day};
  if (b.last_day && (!days.to || *b.last_day < *days.to)) days.to = b.last_day;
  if (days.to && *days.to < days.from) return std::nullopt;
  return days;
}

std::string in_words(const Days& days) {
  if (!days.to) return days.from.in_words() + " and every day after it";
  if (*days.to == days.from) return days.from.in_words();
  return days.from.in_words() + " to " + days.to->in_words();
}

void note_overlap(EditionDraft& draft, const Edition& other, const Days& days) {
  draft.errors.push_back(
      error_at("editions.overlap",
               draft.edition.id + " and " + other.id + " (" + other.file +
                   ") both cover " + in_words(days) +
                   ". End the earlier one before the later one begins.",
               draft.edition, "/in_force"));
}

// Two bodies of one layer that would both answer for a pupil: national ones,
// or those of one authority or school, which may keep its schemes in several
// folders.
bool answer_together(const Edition& a, const Edition& b) {
  return a.layer == b.layer && a.body != b.body && a.urn == b.urn &&
         (a.layer == Layer::school || a.la == b.la);
}

void note_two_bodies(EditionDraft& draft, const Edition& other,
                     const std::string& rule, const Days& days) {
  const std::string& pointer = draft.edition.rules.at(rule).pointer;
  draft.errors.push_back(error_at(
      "editions.two_bodies",
      entry(draft.edition, pointer) + " and " +
          entry(other, other.rules.at(rule).pointer) + " both issue " + rule +
          " on " + in_words(days) + ". Keep it in one of the two.",
      draft.edition, pointer));
}

}  // namespace

std::string entry(const Edition& edition, const std::string& pointer) {
  return edition.file + "#" + pointer;
}

Error error_at(const char* id, std::string message, const Edition& edition,
               std::string pointer) {
  return {id, std::move(message),
          Place{edition.file, 0, 0, std::move(pointer)}};
}

bool covers(const Edition& edition, Date day) {
  return edition.from <= day && (!edition.last_day || day <= *edition.last_day);
}

void settle_dates(std::vector<EditionDraft>& drafts) {
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    Edition& edition = drafts[i].edition;
    if (!drafts[i].from) continue;
    if (!drafts[i].dates_known) {
      edition.from = *drafts[i].from;
      edition.to.reset();
    }
    edition.last_day = edition.to;
    for (std::size_t j = i + 1; j < drafts.size() && !edition.last_day; ++j) {
      if (!same_body(drafts[j].edition, edition)) break;
      if (drafts[j].from && *drafts[j].from > edition.from) {
        edition.last_day = *drafts[j].from - 1;
      }
    }
  }
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    for (std::size_t j = i + 1; j < drafts.size(); ++j) {
      EditionDraft& a = drafts[i];
      EditionDraft& b = drafts[j];
      if (!same_body(a.edition, b.edition)) break;
      if (!a.from || !b.from) continue;
      const auto days = common_days(a.edition, b.edition);
      if (!days) continue;
      note_overlap(a, b.edition, *days);
      note_overlap(b, a.edition, *days);
    }
  }
}

void check_bodies(std::vector<EditionDraft>& drafts) {
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    for (std::size_t j = i + 1; j < drafts.size(); ++j) {
      EditionDraft& a = drafts[i];
      EditionDraft& b = drafts[j];
      if (!answer_together(a.edition, b.edition)) continue;
      const auto days = common_days(a.edition, b.edition);
      if (!days || !a.from || !b.from) continue;
      for (const auto& [rule, ours] : a.edition.rules) {
        if (!b.edition.rules.contains(rule)) continue;
        note_two_bodies(a, b.edition, rule, *days);
        note_two_bodies(b, a.edition, rule, *days);
      }
    }
  }
}

}  // namespace sendcheck
