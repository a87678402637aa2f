// Checking many pupils is quicker than checking one: the checker lays rules out, and knows pupils again who are alike. None of that may show.
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "close_records.hpp"
#include "engine/quick_rule.hpp"
#include "small_county.hpp"

using namespace engine_of_tests;

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

}  // namespace

TEST_CASE(
    "A checker that has met thousands of pupils says of each what a new one "
    "says") {
  const std::string source = SENDCHECK_SOURCE;
  auto catalogue = read_catalogue(source + "/rules/facts.json");
  REQUIRE(catalogue);
  const auto plugins = load_plugins(source + "/plugins", *catalogue);
  REQUIRE(plugins);
  const auto rulesets = RuleSets::load(source + "/rules", plugins->declared(),
                                       plugins->broken_ids());
  REQUIRE(rulesets);
  const Engine engine(*catalogue, *plugins, *rulesets);
  const Date as_of = day("2026-11-22");
  const auto all = engine.select({});
  REQUIRE(all);
  for (const SelectedRule& selected : *all) {
    const std::vector<SelectedRule> one = {selected};
    CloseRecords records(*catalogue, *selected.rule, as_of);
    Checker old_hand(engine, one, as_of, true);
    // Thrown away before it has met enough pupils to lay anything out.
    auto newcomer = std::make_unique<Checker>(engine, one, as_of, true);
    std::vector<Brief> briefs, fresh;
    for (int n = 0; n < 4'000; ++n) {
      if (n % 50 == 0) {
        newcomer = std::make_unique<Checker>(engine, one, as_of, true);
      }
      const Record record = records.make();
      old_hand.brief(record, briefs);
      newcomer->brief(record, fresh);
      INFO(selected.id << ", record " << n);
      REQUIRE(briefs.size() == 1);
      REQUIRE(fresh.size() == 1);
      REQUIRE(briefs[0].outcome == fresh[0].outcome);
      REQUIRE(briefs[0].amount == fresh[0].amount);
      REQUIRE(briefs[0].due == fresh[0].due);
    }
  }
}

TEST_CASE(
    "Likenesses tell pupils apart on either side of every number that a rule "
    "compares with, and by nothing finer") {
  PluginText plugin;
  plugin.rule =
      "met_when = all { fact \"travel.distance_miles\" :at_least(2), "
      "fact \"travel.distance_miles\" :below(decimal \"3.5\"), "
      "fact \"service_child\" :is(true) }";
  const County county = county_of("likenesses", plugin);
  const auto rules = county.engine().select({});
  REQUIRE(rules);
  Checker checker(county.engine(), *rules, day("2026-11-22"), false);
  const BoundRule& bound = checker.bound(0, "", "");
  const QuickRule quick(*rules->front().rule, bound.binding, county.catalogue(),
                        county.engine().rulesets().bank_holidays(),
                        day("2026-11-22"));
  const auto likeness = [&](const std::string& miles) {
    return quick.likeness_of(county.pupil(
        {{"travel.distance_miles", miles}, {"service_child", "true"}}));
  };
  CHECK(likeness("1.9") == likeness("0"));
  CHECK(likeness("1.9") != likeness("2"));
  CHECK(likeness("2") != likeness("2.1"));
  CHECK(likeness("2.1") == likeness("3.4"));
  CHECK(likeness("3.4") != likeness("3.5"));
  CHECK(likeness("3.5") != likeness("3.6"));
  CHECK(likeness("3.6") == likeness("400"));
  CHECK(quick.likeness_of(county.pupil({{"service_child", "true"}})) !=
        likeness("0"));
  CHECK(quick.likeness_of(county.pupil(
            {{"travel.distance_miles", "2"}, {"service_child", "false"}})) !=
        likeness("2"));
}

TEST_CASE(
    "Pupils whose lists hold entries are alike only where every criterion over "
    "the entries says the same") {
  PluginText plugin;
  plugin.rule =
      "met_when = all { fact \"service_child\" :is(true), "
      "any_item(\"fsm.recorded\", all { "
      "item \"from\" :on_or_before(date \"2025-10-31\"), "
      "item \"to\" :on_or_after(date \"2020-01-01\") }), "
      "none { any_item(\"arrangements\", all { "
      "item \"arrangement\" :is \"reader\", "
      "item \"trialled\" :is(true) }) } }";
  const County county = county_of("entries", plugin);
  const auto rules = county.engine().select({});
  REQUIRE(rules);
  const Date as_of = day("2026-11-22");
  std::mt19937 random(11);
  const auto upto = [&](int most) {
    return static_cast<int>(random() % static_cast<unsigned>(most + 1));
  };
  const auto one_of = [&](std::map<std::string, std::string>& fields,
                          const std::string& name,
                          const std::vector<std::string>& values) {
    const std::string& value =
        values[at(upto(static_cast<int>(values.size()) - 1))];
    if (!value.empty()) fields[name] = value;
  };
  Checker old_hand(county.engine(), *rules, as_of, false);
  auto newcomer =
      std::make_unique<Checker>(county.engine(), *rules, as_of, false);
  std::vector<Brief> briefs, fresh;
  std::map<Outcome, int> seen;
  for (int n = 0; n < 3'000; ++n) {
    Record record = county.pupil();
    if (upto(5) > 0) {
      county.state(record, "service_child", upto(4) > 0 ? "true" : "false");
    }
    for (int entry = upto(2); entry > 0; --entry) {
      std::map<std::string, std::string> fields;
      one_of(fields, "from", {"2025-10-31", "2025-11-01", "2019-01-01", ""});
      one_of(fields, "to", {"2019-12-31", "2020-01-01", "2026-01-01", ""});
      county.add_entry(record, "fsm.recorded", fields);
    }
    for (int entry = upto(2); entry > 0; --entry) {
      std::map<std::string, std::string> fields;
      one_of(fields, "arrangement", {"reader", "scribe", "scribe", ""});
      one_of(fields, "trialled", {"true", "false", ""});
      county.add_entry(record, "arrangements", fields);
    }
    if (n % 50 == 0) {
      newcomer =
          std::make_unique<Checker>(county.engine(), *rules, as_of, false);
    }
    old_hand.brief(record, briefs);
    newcomer->brief(record, fresh);
    INFO("record " << n);
    REQUIRE(briefs.size() == 1);
    REQUIRE(briefs[0].outcome == fresh[0].outcome);
    ++seen[briefs[0].outcome];
  }
  CHECK(seen[Outcome::met] > 50);
  CHECK(seen[Outcome::not_met] > 50);
  CHECK(seen[Outcome::needs_evidence] > 50);
}
