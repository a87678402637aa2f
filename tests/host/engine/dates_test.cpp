#include <catch2/catch.hpp>

#include "small_county.hpp"

using namespace engine_of_tests;

namespace {

using Facts = std::map<std::string, std::string>;

// A review is due twelve months after the last.
County review(const std::string& name, const std::string& basis = "law",
              const std::string& kind = "statutory") {
  PluginText plugin;
  plugin.kind = kind;
  plugin.before =
      R"(local last_day = months_starting_with(12, fact "ehcp.last_review_on"))";
  plugin.rule =
      R"(met_when = any { as_of :on_or_before(last_day),
                          fact "ehcp.review_decision_on" :on_or_before(last_day) },
         due = deadline { date = last_day, done = fact "ehcp.review_decision_on", basis = ")" +
      basis + R"(" },
         actions = {
           met = { action { text = "Meet.", to = "the school", by = day_before(last_day), when = as_of :before(last_day) } },
           not_met = { apply { to = fact "school.name" } } })";
  return county_of(name, plugin);
}

}  // namespace

TEST_CASE("A date that has not come is upcoming, and counts the days") {
  const County county = review("upcoming");
  const Facts facts = {{"ehcp.last_review_on", "2025-12-01"}};
  const Decision decision = county.ask(county.pupil(facts), "2026-11-22");
  CHECK(decision.outcome == Outcome::met);
  REQUIRE(decision.due);
  CHECK(decision.due->date == day("2026-11-30"));
  CHECK(decision.due->state == Due::State::upcoming);
  CHECK(decision.due->days == 8);
  CHECK(decision.due->basis == "law");
  CHECK_THAT(decision.due->working, Catch::Contains("1 December 2025"));
  CHECK_THAT(decision.due->working, Catch::Contains("30 November 2026"));
  CHECK(decision.summary ==
        "The duty is kept so far; due by 30 November 2026 (8 days left).");

  CHECK(county.ask(county.pupil(facts), "2026-11-29").summary ==
        "The duty is kept so far; due by 30 November 2026 (1 day left).");
  const Decision last = county.ask(county.pupil(facts), "2026-11-30");
  CHECK(last.due->state == Due::State::upcoming);
  CHECK(last.due->days == 0);
  CHECK(last.summary ==
        "The duty is kept so far; due today, 30 November 2026.");
}

TEST_CASE("The day after the last day is overdue") {
  const County county = review("overdue");
  const Facts facts = {{"ehcp.last_review_on", "2025-12-01"},
                       {"ehcp.review_meeting_on", "2026-10-12"}};
  const Decision decision = county.ask(county.pupil(facts), "2026-12-01");
  CHECK(decision.outcome == Outcome::not_met);
  REQUIRE(decision.due);
  CHECK(decision.due->state == Due::State::overdue);
  CHECK(decision.due->days == -1);
  CHECK(decision.summary ==
        "The limit has been passed: the last day was 30 November 2026, 1 day "
        "ago.");
}

TEST_CASE(
    "What was done in time is done, and what was done late is done late") {
  const County county = review("done");
  const auto ask = [&](const char* done) {
    return county.ask(county.pupil({{"ehcp.last_review_on", "2024-12-01"},
                                    {"ehcp.review_decision_on", done}}));
  };
  const Decision in_time = ask("2025-11-30");
  CHECK(in_time.outcome == Outcome::met);
  CHECK(in_time.due->state == Due::State::done);
  CHECK(in_time.summary ==
        "The duty was kept; done in time: the last day was 30 November 2025.");
  const Decision late = ask("2025-12-01");
  CHECK(late.outcome == Outcome::not_met);
  CHECK(late.due->state == Due::State::done_late);
  CHECK(late.summary ==
        "The limit was passed: it was done late, and the last day was 30 "
        "November 2025.");
}

TEST_CASE("Guidance is never reported as a breach of law") {
  const County county = review("guidance", "guidance");
  CHECK(county
            .ask(county.pupil({{"ehcp.last_review_on", "2024-12-01"},
                               {"ehcp.review_meeting_on", "2025-10-12"}}))
            .summary ==
        "The time that guidance gives has been passed: the last day was 30 "
        "November 2025, 357 days ago.");
}

TEST_CASE("A date beside an entitlement is said without speaking of a duty") {
  const County county = review("funding-date", "local", "funding");
  CHECK(county.ask(county.pupil({{"ehcp.last_review_on", "2025-12-01"}}))
            .summary ==
        "The criteria look met; due by 30 November 2026 (8 days left).");
}

TEST_CASE("A date that cannot be worked out yet is not given") {
  const County county = review("no-date");
  const Decision decision = county.ask(county.pupil());
  CHECK(decision.outcome == Outcome::needs_evidence);
  CHECK_FALSE(decision.due);
}

TEST_CASE("Each outcome has its actions, where their conditions hold") {
  const County county = review("actions");
  const Facts facts = {{"ehcp.last_review_on", "2025-12-01"},
                       {"ehcp.review_meeting_on", "2026-10-12"},
                       {"school.name", "Hill School"}};
  const Decision before = county.ask(county.pupil(facts), "2026-11-22");
  REQUIRE(before.actions.size() == 1);
  CHECK(before.actions[0].text == "Meet.");
  CHECK(before.actions[0].to == "the school");
  CHECK(before.actions[0].by == day("2026-11-29"));
  CHECK(county.ask(county.pupil(facts), "2026-11-30").actions.empty());
  const Decision after = county.ask(county.pupil(facts), "2026-12-01");
  REQUIRE(after.actions.size() == 1);
  CHECK(after.actions[0].text == "Apply");
  CHECK(after.actions[0].to == "Hill School");
  CHECK_FALSE(after.actions[0].by);
}

TEST_CASE("A date beyond the known bank holidays is no date but an error") {
  PluginText plugin;
  plugin.rule =
      R"(met_when = fact "consent.parent" :is(true),
         due = deadline { date = working_days_after(10, as_of), basis = "law" })";
  const County county = county_of("holidays", plugin);
  const Record pupil = county.pupil({{"consent.parent", "true"}});
  CHECK(county.ask(pupil, "2026-11-22").due->date == day("2026-12-04"));
  const Decision beyond = county.ask(pupil, "2026-12-22");
  CHECK(beyond.outcome == Outcome::error);
  REQUIRE(beyond.error);
  CHECK(beyond.error->id == "calendar.not_covered");
}
