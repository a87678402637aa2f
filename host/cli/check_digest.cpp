#include "cli/check_digest.hpp"

#include <algorithm>

#include "cli/layout.hpp"

namespace sendcheck::cli {

std::string who(const CheckedPupil& pupil) {
  std::string words = pupil.name.empty() ? pupil.upn : pupil.name;
  if (!pupil.nc_year.empty()) words += " (" + pupil.nc_year + ")";
  return words;
}

std::string DigestDate::when() const {
  const int days = overdue() ? -due.days : due.days;
  return due.date.in_words() + ", " + counted(days, "day", "days") +
         (overdue() ? " overdue" : " left");
}

void CheckDigest::add(const CheckedPupil& pupil) {
  for (const Decision& decision : pupil.decisions) {
    DigestRule& rule = rules_[decision.rule];
    rule.id = decision.rule;
    rule.title = decision.title;
    if (!decision.kind.empty()) rule.kind = decision.kind;
    if (!decision.edition.empty()) rule.edition = decision.edition;
    ++rule.outcomes[decision.outcome];
    // An approval or a window that simply ends is no duty: it is shown with its rule.
    if (decision.kind != "statutory" || !decision.due) continue;
    const Due& due = *decision.due;
    if (due.state == Due::State::overdue ||
        (due.state == Due::State::upcoming && due.days <= soon_days)) {
      dates_.push_back({due, pupil.upn, who(pupil), decision.title});
    }
  }
}

std::vector<const DigestRule*> CheckDigest::rules() const {
  std::vector<const DigestRule*> ordered;
  for (const char* kind :
       {"statutory", "funding", "access_arrangement", "monitoring", ""}) {
    for (const auto& [id, rule] : rules_) {
      if (rule.kind == kind) ordered.push_back(&rule);
    }
  }
  return ordered;
}

std::vector<DigestDate> CheckDigest::dates() const {
  std::vector<DigestDate> sorted = dates_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const DigestDate& a, const DigestDate& b) {
                     return a.due.date < b.due.date;
                   });
  return sorted;
}

}  // namespace sendcheck::cli
