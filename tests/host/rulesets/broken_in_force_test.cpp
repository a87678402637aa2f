// What a broken edition takes with it, and what it leaves alone.
#include <catch2/catch.hpp>
#include <string>

#include "scratch.hpp"

namespace {

using namespace rules_of_tests;
using Status = RuleInForce::Status;

const std::string dfe_2025 = "national/dfe/2025-04-01/edition.json";
const std::string dfe_2026 = "national/dfe/2026-04-01/edition.json";
const std::string hereford = "authorities/884-herefordshire/2025-09-01/";
const std::string hill = "schools/123456-hill/2025-09-01/";

std::string national(const std::string& from, const std::string& to,
                     const std::string& rules) {
  return edition_json({.from = from, .to = to, .rules = rules});
}

std::string local(const std::string& rules, const std::string& to = "") {
  return edition_json({.body = "884-herefordshire",
                       .from = "2025-09-01",
                       .to = to,
                       .extends = "[\"dfe\"]",
                       .rules = rules,
                       .more = "\"la\": \"884\", "});
}

std::string of_school(const std::string& rules) {
  return edition_json({.body = "123456-hill",
                       .from = "2025-09-01",
                       .extends = "[\"dfe\"]",
                       .rules = rules});
}

const std::string open_top_up = top_up("6000.00", ", \"may_override\": true");

Status status(const RuleSets& sets, const char* rule, const char* la,
              const char* urn, const char* date) {
  return sets.in_force(rule, la, urn, day(date)).status;
}

}  // namespace

TEST_CASE("a broken edition takes its own days and no other") {
  const RuleSets sets = load(scratch_folder(
      "own-days",
      {{dfe_2025, national("2025-04-01", "2026-03-31", top_up("6000.00"))},
       {dfe_2026, national("2026-04-01", "2027-03-31", top_up("much"))},
       {"national/dfe/2027-09-01/edition.json",
        national("2027-09-01", "", top_up("7000.00"))}}));
  REQUIRE(sets.broken().size() == 1);
  const auto on = [&](const char* date) {
    return status(sets, "element-3-top-up", "", "", date);
  };
  CHECK(on("2026-03-31") == Status::in_force);
  CHECK(on("2026-04-01") == Status::broken);
  CHECK(on("2027-03-31") == Status::broken);
  CHECK(on("2027-04-01") == Status::no_edition);
  CHECK(on("2027-09-01") == Status::in_force);
  const auto broken =
      sets.in_force("element-3-top-up", "", "", day("2026-05-01"));
  REQUIRE(broken.error);
  CHECK(broken.error->id == "editions.wrong_type");
  CHECK(broken.parameters.empty());
}

TEST_CASE("a broken edition that runs on ends where the next one begins") {
  const RuleSets sets = load(scratch_folder(
      "broken-runs-on",
      {{dfe_2025, national("2025-04-01", "", top_up("much"))},
       {dfe_2026, national("2026-04-01", "", top_up("6000.00"))}}));
  CHECK(status(sets, "element-3-top-up", "", "", "2026-03-31") ==
        Status::broken);
  CHECK(status(sets, "element-3-top-up", "", "", "2026-04-01") ==
        Status::in_force);
}

TEST_CASE("an edition that runs on ends where a broken one begins") {
  const RuleSets sets = load(
      scratch_folder("runs-into-broken",
                     {{dfe_2025, national("2025-04-01", "", top_up("6000.00"))},
                      {dfe_2026, "{ this is not JSON"}}));
  CHECK(status(sets, "element-3-top-up", "", "", "2026-03-31") ==
        Status::in_force);
  CHECK(status(sets, "element-3-top-up", "", "", "2026-04-01") ==
        Status::broken);
}

TEST_CASE("an edition whose first day is not known takes every day") {
  const RuleSets sets = load(scratch_folder(
      "no-first-day",
      {{dfe_2025, national("2025-04-01", "2026-03-31", top_up("6000.00"))},
       {"national/dfe/next/edition.json",
        national("soon", "", top_up("6500.00"))}}));
  CHECK(status(sets, "element-3-top-up", "", "", "2025-10-01") ==
        Status::broken);
  CHECK(status(sets, "element-3-top-up", "", "", "1990-01-01") ==
        Status::broken);
}

TEST_CASE("where folder and file give different first days, both are taken") {
  const RuleSets sets = load(scratch_folder(
      "two-first-days",
      {{dfe_2026, national("2025-10-01", "2027-03-31", top_up("6000.00"))}}));
  CHECK(status(sets, "element-3-top-up", "", "", "2025-09-30") ==
        Status::no_edition);
  CHECK(status(sets, "element-3-top-up", "", "", "2025-10-01") ==
        Status::broken);
  CHECK(status(sets, "element-3-top-up", "", "", "2026-04-01") ==
        Status::broken);
}

TEST_CASE("two editions that overlap take all the days of both") {
  const RuleSets sets = load(scratch_folder(
      "overlap-days",
      {{dfe_2025, national("2025-04-01", "2027-03-31", top_up("6000.00"))},
       {dfe_2026, national("2026-04-01", "2026-04-30", top_up("6500.00"))}}));
  for (const char* date :
       {"2025-04-01", "2026-04-01", "2026-05-01", "2027-03-31"}) {
    INFO(date);
    CHECK(status(sets, "element-3-top-up", "", "", date) == Status::broken);
  }
  CHECK(status(sets, "element-3-top-up", "", "", "2027-04-01") ==
        Status::no_edition);
}

TEST_CASE("a broken national edition leaves the rules of others alone") {
  const RuleSets sets = load(scratch_folder(
      "other-rules",
      {{dfe_2025, national("2025-04-01", "", top_up("much"))},
       {"national/jcq/2025-04-01/edition.json",
        edition_json({.body = "jcq", .rules = "{\"plain\": {}}"})}}));
  CHECK(status(sets, "element-3-top-up", "", "", "2025-10-01") ==
        Status::broken);
  CHECK(status(sets, "plain", "", "", "2025-10-01") == Status::in_force);
}

TEST_CASE(
    "an unreadable national edition takes the rules that its text names") {
  const RuleSets sets = load(scratch_folder(
      "named-by-text",
      {{dfe_2025, "{ \"rules\": { \"element-3-top-up\": , \"not-plain\": "},
       {"national/jcq/2025-04-01/edition.json",
        edition_json({.body = "jcq", .rules = "{\"plain\": {}}"})}}));
  CHECK(status(sets, "element-3-top-up", "884", "", "2025-10-01") ==
        Status::broken);
  // "not-plain" is another id.
  CHECK(status(sets, "plain", "884", "", "2025-10-01") == Status::in_force);
}

TEST_CASE(
    "an unreadable national edition takes the rules of the body's other ones") {
  const RuleSets sets = load(scratch_folder(
      "named-by-others",
      {{dfe_2025, national("2025-04-01", "2026-03-31", top_up("6000.00"))},
       {dfe_2026, "{"}}));
  CHECK(status(sets, "element-3-top-up", "", "", "2026-04-01") ==
        Status::broken);
}

TEST_CASE("a broken edition of an authority stops what it overrides, there") {
  const RuleSets sets = load(scratch_folder(
      "lost-override",
      {{dfe_2025, national("2025-04-01", "", open_top_up)},
       {hereford + "edition.json", local(top_up("much"), "2026-08-31")}}));
  CHECK(status(sets, "element-3-top-up", "884", "", "2025-08-31") ==
        Status::in_force);
  CHECK(status(sets, "element-3-top-up", "884", "", "2025-09-01") ==
        Status::broken);
  CHECK(status(sets, "element-3-top-up", "885", "", "2025-09-01") ==
        Status::in_force);
  CHECK(status(sets, "element-3-top-up", "", "", "2025-09-01") ==
        Status::in_force);
  CHECK(status(sets, "element-3-top-up", "884", "", "2026-09-01") ==
        Status::in_force);
}

TEST_CASE("a broken edition of an authority leaves what it does not name") {
  const std::string rules =
      "{\"element-3-top-up\": {\"parameters\": "
      "{\"threshold\": {\"value\": 1}}}}";
  const RuleSets sets = load(scratch_folder(
      "not-named", {{dfe_2025, national("2025-04-01", "", "{\"plain\": {}}")},
                    {hereford + "edition.json", local(rules)}}));
  CHECK(status(sets, "plain", "884", "", "2025-10-01") == Status::in_force);
}

TEST_CASE(
    "an unreadable edition of the pupil's authority may override anything") {
  const RuleSets sets = load(
      scratch_folder("any-override",
                     {{dfe_2025, national("2025-04-01", "", "{\"plain\": {}}")},
                      {hereford + "edition.json", "{"}}));
  CHECK(status(sets, "plain", "884", "", "2025-10-01") == Status::broken);
  CHECK(status(sets, "plain", "885", "", "2025-10-01") == Status::in_force);
  // So may it be the one that names what nobody else does.
  CHECK(status(sets, "county-fund", "884", "", "2025-10-01") == Status::broken);
  CHECK(status(sets, "county-fund", "885", "", "2025-10-01") ==
        Status::no_edition);
}

TEST_CASE("a misspelt rule in an authority's edition may be any rule") {
  const RuleSets sets = load(scratch_folder(
      "misspelt-rule",
      {{dfe_2025, national("2025-04-01", "", open_top_up)},
       {hereford + "edition.json",
        local("{\"element-3-top-pu\": {\"parameters\": {}}}")}}));
  CHECK(status(sets, "element-3-top-up", "884", "", "2025-10-01") ==
        Status::broken);
}

TEST_CASE("a broken edition of a school takes that school's pupils only") {
  const RuleSets sets = load(scratch_folder(
      "broken-school", {{dfe_2025, national("2025-04-01", "", open_top_up)},
                        {hill + "edition.json", of_school(top_up("-1.00"))}}));
  CHECK(status(sets, "element-3-top-up", "884", "123456", "2025-10-01") ==
        Status::broken);
  CHECK(status(sets, "element-3-top-up", "884", "654321", "2025-10-01") ==
        Status::in_force);
}

TEST_CASE("an edition in its body's own folder takes the rules that it names") {
  const RuleSets sets = load(scratch_folder(
      "too-high", {{"national/dfe/edition.json",
                    national("2025-04-01", "2026-03-31", top_up("6000.00"))}}));
  CHECK(status(sets, "element-3-top-up", "", "", "2025-10-01") ==
        Status::broken);
  CHECK(status(sets, "element-3-top-up", "", "", "2026-10-01") ==
        Status::no_edition);
}

TEST_CASE("a school is checked against the authority of the pupil in hand") {
  // The school does not say where it is; 884 keeps the threshold closed, 885
  // says nothing of it.
  const RuleSets sets = load(
      scratch_folder("school-of-two",
                     {{dfe_2025, national("2025-04-01", "", open_top_up)},
                      {hereford + "edition.json", local(top_up("5000.00"))},
                      {hill + "edition.json", of_school(top_up("4000.00"))}}));
  CHECK(sets.broken().empty());
  const auto closed =
      sets.in_force("element-3-top-up", "884", "123456", day("2025-10-01"));
  CHECK(closed.status == Status::broken);
  REQUIRE(closed.error);
  CHECK(closed.error->id == "editions.locked");
  CHECK(closed.error->message.find("123456-hill") != std::string::npos);
  CHECK(closed.error->message.find("884-herefordshire") != std::string::npos);
  CHECK(status(sets, "element-3-top-up", "885", "123456", "2025-10-01") ==
        Status::in_force);
}

TEST_CASE("a parameter that is left to the layer below must come from there") {
  const std::string left_open =
      "{\"element-3-top-up\": {\"parameters\": {\"threshold\": "
      "{\"may_override\": true, \"floor\": \"1000.00\"}}}}";
  const RuleSets sets = load(scratch_folder(
      "left-open", {{dfe_2025, national("2025-04-01", "", left_open)},
                    {hereford + "edition.json", local(top_up("5000.00"))}}));
  CHECK(sets.broken().empty());
  CHECK(status(sets, "element-3-top-up", "884", "", "2025-10-01") ==
        Status::in_force);
  const auto missing =
      sets.in_force("element-3-top-up", "885", "", day("2025-10-01"));
  CHECK(missing.status == Status::broken);
  REQUIRE(missing.error);
  CHECK(missing.error->id == "editions.missing_parameter");
  for (const char* word : {"element-3-top-up", "\"threshold\"",
                           "dfe/2025-04-01", "edition.json"}) {
    CHECK(missing.error->message.find(word) != std::string::npos);
  }
}

TEST_CASE("an authority may add a rule of its own where no national one is") {
  // Between two national editions it is not a change of anybody's rule.
  const std::string own = edition_json({.body = "884-herefordshire",
                                        .from = "2025-09-01",
                                        .to = "2026-08-31",
                                        .rules = top_up("5000.00")});
  const RuleSets sets = load(scratch_folder(
      "own-rule",
      {{dfe_2025, national("2025-04-01", "2025-08-31", top_up("6000.00"))},
       {hereford + "edition.json", own}}));
  CHECK(sets.broken().empty());
  const auto rule =
      sets.in_force("element-3-top-up", "884", "", day("2025-10-01"));
  CHECK(rule.status == Status::in_force);
  REQUIRE(rule.editions.size() == 1);
  CHECK(rule.edition()->id == "884-herefordshire/2025-09-01");
  CHECK(status(sets, "element-3-top-up", "885", "", "2025-10-01") ==
        Status::no_edition);
}

TEST_CASE(
    "a school's change of its authority's rule does not outlive the rule") {
  const std::string fund =
      "{\"county-fund\": {\"parameters\": {\"rate\": {\"value\": \"7.50\", "
      "\"source\": \"guide\", \"status\": \"confirmed\", \"may_override\": "
      "true}}}}";
  const RuleSets sets = load(scratch_folder(
      "outlived", {{dfe_2025, national("2025-04-01", "", "{\"plain\": {}}")},
                   {hereford + "edition.json", local(fund, "2026-08-31")},
                   {hill + "edition.json", of_school(fund)}}));
  CHECK(status(sets, "county-fund", "884", "123456", "2026-08-31") ==
        Status::in_force);
  const auto after =
      sets.in_force("county-fund", "884", "123456", day("2026-09-01"));
  CHECK(after.status == Status::no_edition);
  CHECK(after.nearest ==
        std::vector<std::string>{"884-herefordshire/2025-09-01"});
}

TEST_CASE("one body may take a rule over from another when its days are over") {
  const RuleSets sets = load(scratch_folder(
      "taken-over",
      {{dfe_2025, national("2025-04-01", "2025-12-31", "{\"plain\": {}}")},
       {"national/sta/2026-01-01/edition.json",
        edition_json({.body = "sta",
                      .from = "2026-01-01",
                      .rules = "{\"plain\": {}}"})}}));
  CHECK(sets.broken().empty());
  CHECK(sets.in_force("plain", "", "", day("2025-12-31")).edition()->id ==
        "dfe/2025-04-01");
  CHECK(sets.in_force("plain", "", "", day("2026-01-01")).edition()->id ==
        "sta/2026-01-01");
}

TEST_CASE("a rule that only an unreadable edition may name is not answered") {
  const RuleSets sets = load(scratch_folder(
      "only-unreadable", {{dfe_2025, national("2025-04-01", "", "{}")},
                          {hereford + "edition.json", "{ \"format\": "}}));
  REQUIRE(sets.broken().size() == 1);
  const auto in = [&](const char* la, const char* date) {
    return sets.in_force("element-3-top-up", la, "", day(date));
  };
  CHECK(in("884", "2025-09-01").status == Status::broken);
  REQUIRE(in("884", "2025-09-01").error);
  CHECK(in("884", "2025-09-01").error->id == "json.syntax");
  CHECK(in("", "2025-09-01").status == Status::broken);
  // Another authority has nothing that could name it, and nothing ran before.
  CHECK(in("886", "2025-09-01").status == Status::no_edition);
  CHECK(in("884", "2025-08-31").status == Status::no_edition);
}
