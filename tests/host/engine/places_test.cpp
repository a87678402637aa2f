// Whose rule, and whose figures, hold for a pupil.
#include <catch2/catch.hpp>

#include "small_county.hpp"

using namespace engine_of_tests;

namespace {

using Facts = std::map<std::string, std::string>;

PluginText above_threshold(const std::string& authority) {
  PluginText plugin;
  plugin.authority = authority;
  plugin.parameters =
      R"({ "threshold": { "type": "money", "label": "the threshold" } })";
  plugin.rule = R"(met_when = fact "provision_cost" :above(param "threshold"))";
  return plugin;
}

EditionText threshold_of(const std::string& body, const std::string& value,
                         const std::string& more = "") {
  EditionText edition;
  edition.body = body;
  if (body != "dfe") edition.extends = "[\"dfe\"]";
  edition.rules = with_parameter("threshold", "\"" + value + "\"", more);
  return edition;
}

// National 6,000, Kent 7,000, a school in Kent 8,000.
County three_layers(const std::string& name, const std::string& authority) {
  Files files;
  add_plugin(files, above_threshold(authority));
  add_edition(files, threshold_of("dfe", "6000.00", "\"may_override\": true"));
  add_edition(files,
              threshold_of("886-kent", "7000.00", "\"may_override\": true"));
  add_edition(files, threshold_of("123456-hill", "8000.00"));
  return County(name, files);
}

std::string threshold_in(const Decision& decision) {
  REQUIRE(decision.parameters.size() == 1);
  return decision.parameters[0].value + " " + decision.parameters[0].origin;
}

}  // namespace

TEST_CASE(
    "The figures are those of the pupil's home authority, or of the school's") {
  const Facts lives_in_kent = {
      {"home_la", "886"}, {"school.la", "884"}, {"provision_cost", "6500.00"}};
  const Facts learns_in_kent = {
      {"home_la", "884"}, {"school.la", "886"}, {"provision_cost", "6500.00"}};
  const County home = three_layers("home", "home");
  const Decision at_home = home.ask(home.pupil(lives_in_kent));
  CHECK(threshold_in(at_home) == "7000.00 886-kent/2025-04-01");
  CHECK(at_home.outcome == Outcome::not_met);
  CHECK(at_home.edition == "886-kent/2025-04-01");
  CHECK(threshold_in(home.ask(home.pupil(learns_in_kent))) ==
        "6000.00 dfe/2025-04-01");
  CHECK(home.ask(home.pupil(learns_in_kent)).outcome == Outcome::met);

  const County school = three_layers("school", "school");
  CHECK(threshold_in(school.ask(school.pupil(lives_in_kent))) ==
        "6000.00 dfe/2025-04-01");
  CHECK(threshold_in(school.ask(school.pupil(learns_in_kent))) ==
        "7000.00 886-kent/2025-04-01");

  const County national = three_layers("national", "national");
  CHECK(threshold_in(national.ask(national.pupil(lives_in_kent))) ==
        "6000.00 dfe/2025-04-01");
}

TEST_CASE("A school's own figure holds for its pupils and for no others") {
  const County county = three_layers("school-layer", "school");
  const auto ask = [&](const char* urn) {
    return county.ask(county.pupil({{"school.la", "886"},
                                    {"school.urn", urn},
                                    {"provision_cost", "7500.00"}}));
  };
  const Decision hill = ask("123456");
  CHECK(threshold_in(hill) == "8000.00 123456-hill/2025-04-01");
  CHECK(hill.outcome == Outcome::not_met);
  CHECK(threshold_in(ask("654321")) == "7000.00 886-kent/2025-04-01");
}

TEST_CASE("A rule of one school is listed for its pupils only") {
  Files files;
  PluginText plugin;
  plugin.authority = "school";
  plugin.rule = R"(met_when = fact "consent.parent" :is(true))";
  add_plugin(files, plugin);
  EditionText edition;
  edition.body = "123456-hill";
  add_edition(files, edition);
  const County county("school-rule", files);
  const Record here =
      county.pupil({{"school.urn", "123456"}, {"consent.parent", "true"}});
  CHECK(county.lists(here));
  CHECK(county.ask(here).outcome == Outcome::met);
  CHECK_FALSE(county.lists(county.pupil({{"school.urn", "654321"}})));
  CHECK_FALSE(county.lists(county.pupil()));
}

TEST_CASE(
    "Where the authority is not stated, national figures stand, and it is "
    "asked for if another has its own") {
  const County county = three_layers("unknown-la", "home");
  const Decision decision =
      county.ask(county.pupil({{"provision_cost", "6500.00"}}));
  CHECK(decision.outcome == Outcome::met);
  CHECK(threshold_in(decision) == "6000.00 dfe/2025-04-01");
  CHECK(missing_facts(decision) == std::vector<std::string>{"home_la"});
  CHECK(county.lists(county.pupil()));

  const Decision open = county.ask(county.pupil());
  CHECK(open.outcome == Outcome::needs_evidence);
  CHECK(missing_facts(open) ==
        std::vector<std::string>{"provision_cost", "home_la"});

  // Nobody has figures of their own: nothing turns on it.
  Files files;
  add_plugin(files, above_threshold("home"));
  add_edition(files, threshold_of("dfe", "6000.00"));
  const County plain("unknown-la-plain", files);
  CHECK(missing_facts(plain.ask(plain.pupil({{"provision_cost", "6500.00"}})))
            .empty());
}

TEST_CASE("A local rule asks for the authority only of whom it may be about") {
  Files files;
  PluginText plugin;
  plugin.authority = "home";
  plugin.rule = R"(met_when = fact "consent.parent" :is(true))";
  add_plugin(files, plugin);
  EditionText kent;
  kent.body = "886-kent";
  kent.to = "2026-12-31";
  add_edition(files, kent);
  const County county("unknown-la-local", files);

  const Record likely =
      county.pupil({{"school.la", "886"}, {"consent.parent", "true"}});
  REQUIRE(county.all(likely).size() == 1);
  const Decision decision = county.all(likely).at(0);
  CHECK(decision.outcome == Outcome::needs_evidence);
  CHECK(missing_facts(decision) == std::vector<std::string>{"home_la"});
  REQUIRE(decision.routes.size() == 1);
  CHECK(decision.routes[0].steps.at(0).fact == "home_la");
  CHECK(decision.kind == "funding");
  CHECK_THAT(decision.summary, Catch::StartsWith("Needs evidence: "));

  CHECK_FALSE(county.lists(county.pupil({{"school.la", "884"}})));
  CHECK_FALSE(county.lists(county.pupil()));
  // Asked for by id, it answers.
  CHECK(county.ask(county.pupil()).outcome == Outcome::needs_evidence);
  // Out of force everywhere, nothing turns on it.
  CHECK(county.ask(likely, "2027-01-01").outcome == Outcome::not_in_force);
}

TEST_CASE("The parameters of a decision say who gave them") {
  Files files;
  PluginText plugin;
  plugin.parameters =
      R"({ "threshold": { "type": "money", "label": "the threshold" },
           "weeks": { "type": "integer", "label": "the weeks" },
           "spare": { "type": "integer", "label": "the spare", "required": false } })";
  plugin.rule =
      R"(met_when = all { fact "provision_cost" :above(param "threshold"), fact "early_years.weeks" :at_least(param "weeks") })";
  add_plugin(files, plugin);
  EditionText edition;
  edition.rules =
      R"({ "trial": { "parameters": {
           "threshold": { "value": "6000.00", "source": "guide#s.1", "status": "confirmed" },
           "weeks": { "value": 38, "source": "guide", "status": "confirmed" } } } })";
  add_edition(files, edition);
  const County county("parameters", files);
  const Decision decision = county.ask(county.pupil());
  REQUIRE(decision.parameters.size() == 2);
  CHECK(decision.parameters[0].name == "threshold");
  CHECK(decision.parameters[0].value == "6000.00");
  CHECK(decision.parameters[0].source == "guide#s.1");
  CHECK(decision.parameters[0].origin == "dfe/2025-04-01");
  CHECK_FALSE(decision.parameters[0].is_number);
  CHECK(decision.parameters[1].value == "38");
  CHECK(decision.parameters[1].is_number);
}

TEST_CASE("A worked case can stand in for an edition's parameters") {
  const County county = three_layers("overrides", "national");
  const auto rules = county.engine().select({{"trial"}, ""});
  REQUIRE(rules);
  std::map<std::string, EffectiveParameter> overrides;
  overrides["threshold"].value.scalar = Value::of(*Money::parse("100.00"));
  Checker checker(county.engine(), *rules, day("2026-11-22"), true, &overrides);
  const Record pupil = county.pupil({{"provision_cost", "101.00"}});
  CHECK(checker.decide(pupil).at(0).outcome == Outcome::met);
  CHECK(county.ask(pupil).outcome == Outcome::not_met);
}

TEST_CASE("The editions that decided something are remembered") {
  const County county = three_layers("used", "home");
  const auto rules = county.engine().select({});
  REQUIRE(rules);
  Checker checker(county.engine(), *rules, day("2026-11-22"), false);
  CHECK(checker.editions_used().empty());
  std::vector<Brief> briefs;
  checker.brief(county.pupil({{"home_la", "884"}}), briefs);
  CHECK(checker.editions_used().size() == 1);
  checker.decide(county.pupil({{"home_la", "886"}}));
  CHECK(checker.editions_used().size() == 2);
}

TEST_CASE("Rules are selected by id and by kind") {
  const County county = three_layers("select", "home");
  CHECK(county.engine().select({}).value().size() == 1);
  CHECK(county.engine().select({{}, "funding"}).value().size() == 1);
  CHECK(county.engine().select({{}, "statutory"}).value().empty());
  const auto unknown = county.engine().select({{"trials"}, ""});
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().id == "engine.unknown_rule");
  CHECK_THAT(unknown.error().message,
             Catch::Contains("did you mean \"trial\"?"));
  const auto kind = county.engine().select({{}, "money"});
  REQUIRE_FALSE(kind);
  CHECK(kind.error().id == "engine.unknown_kind");
  CHECK_THAT(kind.error().message, Catch::Contains("access_arrangement"));
}
