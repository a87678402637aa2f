// What is not confirmed cannot settle anything.
#include <catch2/catch.hpp>

#include "small_county.hpp"

using namespace engine_of_tests;

namespace {

using Facts = std::map<std::string, std::string>;

PluginText ruled(const std::string& rule,
                 const std::string& parameters = "{}") {
  PluginText plugin;
  plugin.rule = rule + ",\nrefer_to = \"the team\"";
  plugin.parameters = parameters;
  return plugin;
}

const std::string threshold =
    R"({ "threshold": { "type": "money", "label": "the threshold" } })";

EditionText doubtful_threshold() {
  EditionText edition;
  edition.rules =
      with_parameter("threshold", "\"6000.00\"",
                     "\"status\": \"unconfirmed\", \"reason\": \"Read in a "
                     "newspaper.\"");
  return edition;
}

}  // namespace

TEST_CASE(
    "A criterion that is not confirmed refers what hangs on it, and no more") {
  const County county =
      county_of("criterion-unconfirmed", ruled(R"(met_when = all {
        fact "consent.parent" :is(true),
        fact "service_child" :is(true) :unconfirmed "The guide is silent on this." })"));
  const auto ask = [&](const Facts& facts) {
    return county.ask(county.pupil(facts));
  };
  const Decision met =
      ask({{"consent.parent", "true"}, {"service_child", "true"}});
  CHECK(met.outcome == Outcome::refer);
  CHECK(met.summary ==
        "A person must decide: The guide is silent on this. Ask the team. "
        "Apart from that, the criteria look met.");
  const Decision not_met =
      ask({{"consent.parent", "true"}, {"service_child", "false"}});
  CHECK(not_met.outcome == Outcome::refer);
  CHECK(not_met.summary ==
        "A person must decide: The guide is silent on this. Ask the team. It "
        "would not be met.");
  // Not met by what is confirmed, whatever the other comes to.
  CHECK(
      ask({{"consent.parent", "false"}, {"service_child", "false"}}).outcome ==
      Outcome::not_met);
  CHECK(ask({{"consent.parent", "true"}}).outcome == Outcome::needs_evidence);
}

TEST_CASE("The doubt that is named is the one that the outcome hangs on") {
  const County county = county_of("which-doubt", ruled(R"(met_when = any {
        all { fact "consent.parent" :is(true) :unconfirmed "The first doubt.", fact "consent.pupil" :is(true) },
        fact "service_child" :is(true) :unconfirmed "The second doubt." })"));
  const Decision decision =
      county.ask(county.pupil({{"consent.parent", "true"},
                               {"consent.pupil", "false"},
                               {"service_child", "true"}}));
  CHECK(decision.outcome == Outcome::refer);
  CHECK_THAT(decision.summary, Catch::Contains("The second doubt."));
  CHECK_THAT(decision.summary, !Catch::Contains("The first doubt."));
}

TEST_CASE("Whom a rule is about can be in doubt too") {
  const County county = county_of(
      "applies-unconfirmed",
      ruled(
          R"(applies_when = fact "sen.status" :is "support" :unconfirmed "Perhaps also plans.",
               met_when = fact "consent.parent" :is(true))"));
  const Decision decision = county.ask(county.pupil({{"sen.status", "none"}}));
  CHECK(decision.outcome == Outcome::refer);
  CHECK(decision.summary ==
        "A person must decide: Perhaps also plans. Ask the team. It would not "
        "be about this pupil.");
}

TEST_CASE(
    "A criterion that compares with an unconfirmed figure is not confirmed") {
  const County county = county_of(
      "parameter-unconfirmed",
      ruled(
          R"(met_when = all { fact "consent.parent" :is(true), fact "provision_cost" :above(param "threshold") })",
          threshold),
      doubtful_threshold());
  const auto ask = [&](const Facts& facts) {
    return county.ask(county.pupil(facts));
  };
  const Decision met =
      ask({{"consent.parent", "true"}, {"provision_cost", "7000.00"}});
  CHECK(met.outcome == Outcome::refer);
  CHECK(met.summary ==
        "A person must decide: Read in a newspaper. Ask the team. "
        "Apart from that, the criteria look met.");
  REQUIRE(met.parameters.size() == 1);
  CHECK(met.parameters[0].unconfirmed);
  CHECK(ask({{"consent.parent", "true"}, {"provision_cost", "5000.00"}})
            .outcome == Outcome::refer);
  CHECK(ask({{"consent.parent", "false"}, {"provision_cost", "5000.00"}})
            .outcome == Outcome::not_met);
}

TEST_CASE(
    "An unconfirmed figure that only the amount rests on refers what is met") {
  const County county =
      county_of("amount-unconfirmed",
                ruled(R"(met_when = fact "consent.parent" :is(true),
               amount = payment { value = fact "provision_cost" - param "threshold", period = "year" })",
                      threshold),
                doubtful_threshold());
  const Decision met = county.ask(county.pupil(
      {{"consent.parent", "true"}, {"provision_cost", "7000.00"}}));
  CHECK(met.outcome == Outcome::refer);
  REQUIRE(met.amount);
  CHECK(met.amount->status == Amount::Status::indicative);
  CHECK(met.amount->value == Money::parse("1000.00"));
  CHECK(met.amount->note == "Read in a newspaper.");
  CHECK(met.summary ==
        "A person must decide: Read in a newspaper. Ask the team. It would "
        "come to £1,000 a year.");
  CHECK(county.ask(county.pupil({{"consent.parent", "false"}})).outcome ==
        Outcome::not_met);
}

TEST_CASE(
    "A payment that is the first only by an unconfirmed condition is "
    "indicative") {
  const County county =
      county_of("payment-choice-unconfirmed",
                ruled(R"(met_when = fact "consent.parent" :is(true),
               amount = {
                 payment { when = fact "service_child" :is(true) :unconfirmed "Perhaps cadets too.", value = pounds "2.00", period = "year" },
                 payment { value = pounds "1.00", period = "year" } })"));
  for (const char* service : {"true", "false"}) {
    const Decision decision = county.ask(
        county.pupil({{"consent.parent", "true"}, {"service_child", service}}));
    CHECK(decision.outcome == Outcome::refer);
    REQUIRE(decision.amount);
    CHECK(decision.amount->status == Amount::Status::indicative);
    CHECK(decision.amount->note == "Perhaps cadets too.");
  }
}

TEST_CASE(
    "An unconfirmed figure that nothing of the outcome rests on does not "
    "matter") {
  const County county =
      county_of("parameter-does-not-matter",
                ruled(R"(met_when = fact "consent.parent" :is(true),
               actions = { met = { action { text = "Write.", when = fact "provision_cost" :above(param "threshold") } } })",
                      threshold),
                doubtful_threshold());
  CHECK(county.ask(county.pupil({{"consent.parent", "true"}})).outcome ==
        Outcome::met);
}

TEST_CASE(
    "An edition whose dates are not confirmed refers what is met and leaves "
    "what is not") {
  EditionText edition;
  edition.unconfirmed = "Perhaps it began in May.";
  const County county = county_of(
      "dates-unconfirmed", ruled(R"(met_when = fact "consent.parent" :is(true),
               amount = payment { value = pounds "12.00", period = "year" })"),
      edition);
  const Decision met = county.ask(county.pupil({{"consent.parent", "true"}}));
  CHECK(met.outcome == Outcome::refer);
  REQUIRE(met.amount);
  CHECK(met.amount->status == Amount::Status::indicative);
  CHECK(met.amount->value == Money::parse("12.00"));
  CHECK(met.summary ==
        "A person must decide: Perhaps it began in May. Ask the team. It "
        "would come to £12 a year.");
  CHECK(county.ask(county.pupil({{"consent.parent", "false"}})).outcome ==
        Outcome::not_met);
  CHECK(county.ask(county.pupil()).outcome == Outcome::needs_evidence);
}

TEST_CASE("Several doubts are all told") {
  EditionText edition = doubtful_threshold();
  edition.unconfirmed = "Perhaps it began in May.";
  const County county = county_of(
      "several-doubts",
      ruled(
          R"(met_when = fact "consent.parent" :is(true) :unconfirmed "The guide is silent.",
               amount = payment { value = param "threshold", period = "year" })",
          threshold),
      edition);
  const Decision met = county.ask(county.pupil({{"consent.parent", "true"}}));
  CHECK(met.summary ==
        "A person must decide: The guide is silent. Perhaps it began in May. "
        "Read in a newspaper. Ask the team. It would come to £6,000 a year.");
}

TEST_CASE("A function is in doubt where it read a figure that is") {
  const std::string body = R"(met_when = test("dear", function(pupil)
    if pupil:get "service_child" then return true end
    return pupil:get "provision_cost" > pupil:param "threshold"
  end))";
  const County county = county_of("function-unconfirmed",
                                  ruled(body, threshold), doubtful_threshold());
  const Decision read = county.ask(county.pupil(
      {{"service_child", "false"}, {"provision_cost", "7000.00"}}));
  CHECK(read.outcome == Outcome::refer);
  CHECK_THAT(read.summary, Catch::Contains("Read in a newspaper."));
  CHECK(county.ask(county.pupil({{"service_child", "true"}})).outcome ==
        Outcome::met);
}
