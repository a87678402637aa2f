#include "cli/check_digest.hpp"

#include <catch2/catch.hpp>

#include "support/decisions.hpp"

using namespace sendcheck;
using namespace sendcheck::cli;
using namespace sendcheck::test;

namespace {

CheckedPupil pupil_with(const std::string& rule, const std::string& kind,
                        Outcome outcome, int days,
                        Due::State state = Due::State::upcoming) {
  CheckedPupil pupil;
  pupil.upn = rule + std::to_string(days);
  Decision decision;
  decision.rule = rule;
  decision.title = "the title of " + rule;
  decision.kind = kind;
  decision.outcome = outcome;
  Due due;
  due.days = days;
  due.date = *Date::parse("2026-11-22") + days;
  due.state = state;
  decision.due = due;
  pupil.decisions = {decision};
  return pupil;
}

}  // namespace

TEST_CASE("duties come first, then money, then examinations, then watching") {
  CheckDigest digest;
  for (const auto& [rule, kind] :
       std::vector<std::pair<std::string, std::string>>{
           {"a", "monitoring"},
           {"b", "access_arrangement"},
           {"d", "funding"},
           {"c", "funding"},
           {"e", "statutory"}}) {
    digest.add(pupil_with(rule, kind, Outcome::met, 400));
  }
  std::string order;
  for (const DigestRule* rule : digest.rules()) order += rule->id;
  CHECK(order == "ecdba");
}

TEST_CASE("a rule that did not load has no kind, and is not lost") {
  CheckDigest digest;
  digest.add(pupil_with("broken", "", Outcome::error, 400));
  REQUIRE(digest.rules().size() == 1);
  CHECK(digest.rules()[0]->count(Outcome::error) == 1);
  CHECK(digest.rules()[0]->count(Outcome::met) == 0);
}

TEST_CASE("duties overdue or due within sixty days are dates, earliest first") {
  CheckDigest digest;
  for (const int days : {61, 60, 1, 0}) {
    digest.add(pupil_with("r", "statutory", Outcome::met, days));
  }
  digest.add(pupil_with("r", "statutory", Outcome::not_met, -400,
                        Due::State::overdue));
  digest.add(pupil_with("r", "statutory", Outcome::met, 5, Due::State::done));
  digest.add(pupil_with("r", "funding", Outcome::met, 5));
  const auto dates = digest.dates();
  REQUIRE(dates.size() == 4);
  CHECK(dates[0].due.days == -400);
  CHECK(dates[0].overdue());
  CHECK(dates[0].when() == "18 October 2025, 400 days overdue");
  CHECK(dates[1].due.days == 0);
  CHECK(dates[1].when() == "22 November 2026, 0 days left");
  CHECK(dates[2].when() == "23 November 2026, 1 day left");
  CHECK(dates[3].due.days == 60);
}

TEST_CASE("a pupil is named with the year, or by UPN where no name is known") {
  CheckedPupil pupil = full_pupil();
  CHECK(who(pupil) == "Robin Testwell (year 7)");
  pupil.nc_year.clear();
  CHECK(who(pupil) == "Robin Testwell");
  pupil.name.clear();
  CHECK(who(pupil) == "K886999919002");
}
