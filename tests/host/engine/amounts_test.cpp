#include <catch2/catch.hpp>
#include <filesystem>

#include "small_county.hpp"

using namespace engine_of_tests;

namespace {

PluginText paying(const std::string& amount,
                  const std::string& parameters = "{}") {
  PluginText plugin;
  plugin.rule =
      "met_when = fact \"consent.parent\" :is(true),\n"
      "refer_to = \"the team\",\namount = " +
      amount;
  plugin.parameters = parameters;
  return plugin;
}

using Facts = std::map<std::string, std::string>;

Facts consenting(Facts facts = {}) {
  facts["consent.parent"] = "true";
  return facts;
}

const std::string bands_parameter =
    R"({ "bands": { "type": "table", "label": "the table of bands", "columns": {
         "hours_from": { "type": "decimal", "from": "hours" }, "hours_to": { "type": "decimal", "to": "hours" },
         "amount": { "type": "money" }, "group": { "type": "text" } } } })";

const std::string bands_edition =
    R"({ "trial": { "parameters": { "bands": { "table": "bands.csv", "source": "guide", "status": "confirmed" } } } })";

County with_bands(const std::string& name, const PluginText& plugin) {
  Files files;
  add_plugin(files, plugin);
  EditionText edition;
  edition.rules = bands_edition;
  add_edition(files, edition);
  files["rules/national/dfe/2025-04-01/bands.csv"] =
      "hours_from,hours_to,amount,group\n"
      "0,9,0.00,A\n10,19,100.10,B\n20,,200.00,C\n";
  return County(name, files);
}

}  // namespace

TEST_CASE("What is met comes with its amount and how it was worked out") {
  const County county = county_of("amount", paying(R"(payment {
        value = fact "provision_cost" - pounds "6000.00", period = "year",
        from = as_of, to = days_after(9, as_of),
        working = { line("cost", fact "provision_cost"), line("less", pounds "6000.00"),
                    line("weeks", fact "early_years.weeks"), line("on", as_of) } })"));
  const Decision decision =
      county.ask(county.pupil(consenting({{"provision_cost", "9450.00"}})));
  CHECK(decision.outcome == Outcome::met);
  REQUIRE(decision.amount);
  CHECK(decision.amount->value == Money::parse("3450.00"));
  CHECK(decision.amount->period == "year");
  CHECK(decision.amount->status == Amount::Status::computed);
  CHECK(decision.amount->from == day("2026-11-22"));
  CHECK(decision.amount->to == day("2026-12-01"));
  REQUIRE(decision.amount->working.size() == 4);
  CHECK(decision.amount->working[0].label == "cost");
  CHECK(decision.amount->working[0].value == "9450.00");
  CHECK(decision.amount->working[1].value == "6000.00");
  CHECK(decision.amount->working[2].value.empty());
  CHECK(decision.amount->working[3].value == "2026-11-22");
  CHECK(decision.summary == "The criteria look met: £3,450 a year.");
}

TEST_CASE(
    "An amount that cannot be worked out yet needs evidence, and says which") {
  const County county = county_of(
      "amount-unknown",
      paying(
          R"(payment { value = fact "provision_cost" - pounds "6000.00", period = "year" })"));
  const Decision decision = county.ask(county.pupil(consenting()));
  CHECK(decision.outcome == Outcome::needs_evidence);
  CHECK(missing_facts(decision) == std::vector<std::string>{"provision_cost"});
  CHECK_FALSE(decision.amount);
  REQUIRE(decision.routes.size() == 1);
  REQUIRE(decision.routes[0].steps.size() == 1);
  CHECK(decision.routes[0].steps[0].fact == "provision_cost");
  CHECK(decision.summary ==
        "Needs evidence: annual cost of the additional provision.");
  // Who is not entitled is not asked for the cost.
  CHECK(missing_facts(county.ask(county.pupil({{"consent.parent", "false"}})))
            .empty());
}

TEST_CASE("Nothing payable is not met") {
  const County county = county_of(
      "nothing-payable",
      paying(
          R"(payment { value = fact "provision_cost" - pounds "6000.00", period = "year" })"));
  for (const char* cost : {"6000.00", "5999.99", "0.00"}) {
    const Decision decision =
        county.ask(county.pupil(consenting({{"provision_cost", cost}})));
    CHECK(decision.outcome == Outcome::not_met);
    CHECK_FALSE(decision.amount);
    CHECK(decision.summary ==
          "Not met: the criteria are met, but nothing is payable.");
  }
  CHECK(county.ask(county.pupil(consenting({{"provision_cost", "6000.01"}})))
            .outcome == Outcome::met);
}

TEST_CASE("An amount is rounded half up to the penny, once and at the end") {
  const auto amount_of = [](const std::string& value, const char* cost) {
    const County county = county_of(
        "rounding",
        paying("payment { value = " + value + ", period = \"year\" }"));
    const Decision decision =
        county.ask(county.pupil(consenting({{"provision_cost", cost}})));
    REQUIRE(decision.amount);
    REQUIRE(decision.amount->value);
    return decision.amount->value->to_string();
  };
  CHECK(amount_of(R"(fact "provision_cost" / 2)", "0.01") == "0.01");
  CHECK(amount_of(R"(fact "provision_cost" / 3)", "0.05") == "0.02");
  CHECK(amount_of(R"(fact "provision_cost" / 3)", "0.04") == "0.01");
  // Three thirds are one whole: no part is rounded.
  const std::string third = R"(fact "provision_cost" / 3)";
  CHECK(amount_of(third + " + " + third + " + " + third, "100.00") == "100.00");
  CHECK(amount_of(R"(fact "provision_cost" * decimal "0.005")", "1.00") ==
        "0.01");
}

TEST_CASE("Of several payments the first whose condition holds is taken") {
  const County county = county_of("several", paying(R"({
        payment { when = fact "attends" :is "full_time", value = pounds "200.00", period = "term" },
        payment { when = fact "service_child" :is(true), value = pounds "150.00", period = "week" },
        not_published { when = fact "attends" :is "part_time", period = "year", because = "it is told in person" },
      })"));
  const auto ask = [&](Facts facts) {
    return county.ask(county.pupil(consenting(std::move(facts))));
  };
  const Decision first =
      ask({{"attends", "full_time"}, {"service_child", "true"}});
  CHECK(first.summary == "The criteria look met: £200 a term.");
  const Decision second =
      ask({{"attends", "part_time"}, {"service_child", "true"}});
  CHECK(second.summary == "The criteria look met: £150 a week.");
  const Decision told =
      ask({{"attends", "part_time"}, {"service_child", "false"}});
  CHECK(told.outcome == Outcome::met);
  REQUIRE(told.amount);
  CHECK(told.amount->status == Amount::Status::not_published);
  CHECK_FALSE(told.amount->value);
  CHECK(told.amount->note == "it is told in person");
  CHECK(told.summary == "The criteria look met; the amount is not published.");

  // Which payment it is must be known.
  const Decision open = ask({{"service_child", "true"}});
  CHECK(open.outcome == Outcome::needs_evidence);
  CHECK(missing_facts(open) == std::vector<std::string>{"attends"});
}

TEST_CASE("Where no payment's condition holds, a person decides") {
  const County county = county_of(
      "no-payment",
      paying(
          R"(payment { when = fact "attends" :is "full_time", value = pounds "200.00", period = "term" })"));
  const Decision decision =
      county.ask(county.pupil(consenting({{"attends", "part_time"}})));
  CHECK(decision.outcome == Outcome::refer);
  CHECK(decision.refer_to == "the team");
  CHECK_FALSE(decision.amount);
  CHECK(decision.summary ==
        "A person must decide: the rule has no amount for this pupil. Ask the "
        "team.");
}

TEST_CASE("A period is said as people say it") {
  const auto summary = [](const std::string& period) {
    const County county = county_of(
        "period", paying("payment { value = pounds \"12.00\", period = \"" +
                         period + "\" }"));
    return county.ask(county.pupil(consenting())).summary;
  };
  CHECK(summary("one_off") == "The criteria look met: £12, once.");
  CHECK(summary("financial_year") ==
        "The criteria look met: £12 for the financial year.");
  CHECK(summary("period") ==
        "The criteria look met: £12 for the period claimed.");
  CHECK(summary("hour") == "The criteria look met: £12 an hour.");
  CHECK(summary("month") == "The criteria look met: £12 a month.");
}

TEST_CASE("An amount outside its table is a person's to decide") {
  const County county = with_bands(
      "outside-the-table",
      paying(
          R"(payment { value = look_up(param "bands", { hours = fact "early_years.funded_hours_per_week" }, "amount"), period = "week" })",
          bands_parameter));
  const auto ask = [&](const char* hours) {
    return county.ask(county.pupil(
        consenting({{"early_years.funded_hours_per_week", hours}})));
  };
  CHECK(ask("9").outcome == Outcome::not_met);
  CHECK(ask("10").summary == "The criteria look met: £100.10 a week.");
  CHECK(ask("19").outcome == Outcome::met);
  CHECK(ask("20").summary == "The criteria look met: £200 a week.");
  const Decision between = ask("9.5");
  CHECK(between.outcome == Outcome::refer);
  CHECK(between.refer_to == "the team");
  CHECK_THAT(between.summary,
             Catch::StartsWith("A person must decide: the table of bands has "
                               "no row for the "));
  CHECK_THAT(between.summary, Catch::EndsWith("(9.5). Ask the team."));
  CHECK(county.ask(county.pupil(consenting())).outcome ==
        Outcome::needs_evidence);
}

TEST_CASE(
    "A criterion outside its table is a person's to decide, when nothing else "
    "is open") {
  PluginText plugin;
  plugin.parameters = bands_parameter;
  plugin.rule =
      R"(met_when = all { fact "consent.parent" :is(true),
           look_up(param "bands", { hours = fact "early_years.funded_hours_per_week" }, "group") :is "B" },
         refer_to = "the team")";
  const County county = with_bands("criterion-outside", plugin);
  const auto ask = [&](Facts facts) { return county.ask(county.pupil(facts)); };
  const char* hours = "early_years.funded_hours_per_week";
  CHECK(ask(consenting({{hours, "12"}})).outcome == Outcome::met);
  CHECK(ask(consenting({{hours, "22"}})).outcome == Outcome::not_met);
  const Decision outside = ask(consenting({{hours, "9.5"}}));
  CHECK(outside.outcome == Outcome::refer);
  CHECK(outside.missing.empty());
  CHECK(outside.routes.empty());
  CHECK_THAT(outside.summary, Catch::Contains("lies outside the table"));
  CHECK(ask({{hours, "9.5"}}).outcome == Outcome::needs_evidence);
  CHECK(ask({{hours, "9.5"}, {"consent.parent", "false"}}).outcome ==
        Outcome::not_met);
}
