// What is in force, told from fixtures/editions/sound.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "test_rules.hpp"

namespace {

using namespace rules_of_tests;
using Status = RuleInForce::Status;

const RuleSets& sound() {
  static const RuleSets sets =
      RuleSets::load(fixture("sound"), declared(), broken_plugins()).value();
  return sets;
}

std::vector<std::string> ids(const RuleInForce& rule) {
  std::vector<std::string> result;
  for (const Edition* edition : rule.editions) result.push_back(edition->id);
  return result;
}

const ParameterSpec& spec(const std::string& rule, const std::string& name) {
  static const auto all = declared();
  return *std::ranges::find(all.at(rule), name, &ParameterSpec::name);
}

std::string value(const RuleInForce& rule, const std::string& name) {
  return to_text(rule.parameters.at(name).value,
                 spec("element-3-top-up", name));
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("the sound rule sets load without a fault") {
  for (const BrokenEdition& broken : sound().broken()) {
    for (const Error& error : broken.errors) UNSCOPED_INFO(error.to_string());
  }
  CHECK(sound().broken().empty());
  Ids order;
  for (const Edition& edition : sound().editions()) order.push_back(edition.id);
  CHECK(order == Ids{"123456-hill/2025-09-01", "884-herefordshire/2025-04-01",
                     "884-herefordshire/2026-03-01",
                     "886-early-years/2025-01-01", "886-kent/2025-04-01",
                     "dfe/2025-04-01", "dfe/2026-04-01", "dfe/2027-09-01"});
  CHECK(sound().bank_holidays().contains(day("2026-01-01")));
}

TEST_CASE("an edition is in force on its first day and on its last") {
  const auto on = [&](const char* date) {
    return ids(sound().in_force("element-3-top-up", "", "", day(date)));
  };
  CHECK(on("2025-03-31").empty());
  CHECK(on("2025-04-01") == Ids{"dfe/2025-04-01"});
  CHECK(on("2026-03-31") == Ids{"dfe/2025-04-01"});
  CHECK(on("2026-04-01") == Ids{"dfe/2026-04-01"});
  CHECK(on("2027-03-31") == Ids{"dfe/2026-04-01"});
  CHECK(on("2027-04-01").empty());
}

TEST_CASE("an edition that runs on ends the day before the body's next one") {
  const Edition& first = sound().editions()[1];
  REQUIRE(first.id == "884-herefordshire/2025-04-01");
  CHECK_FALSE(first.to.has_value());
  CHECK(first.runs_on_because == "no end date is printed");
  CHECK(first.last_day == day("2026-02-28"));
  const auto matrix = [&](const char* date) {
    return sound().in_force("high-needs-matrix", "884", "", day(date)).status;
  };
  CHECK(matrix("2026-02-28") == Status::in_force);
  CHECK(matrix("2026-03-01") == Status::closed);

  const Edition& last = sound().editions()[2];
  CHECK_FALSE(last.last_day.has_value());
  CHECK(matrix("2999-12-31") == Status::closed);
}

TEST_CASE("a day in no edition is not answered with the nearest one's values") {
  const auto in_gap =
      sound().in_force("element-3-top-up", "", "", day("2027-06-01"));
  CHECK(in_gap.status == Status::no_edition);
  CHECK(in_gap.parameters.empty());
  CHECK(in_gap.edition() == nullptr);
  CHECK(in_gap.nearest == Ids{"dfe/2026-04-01"});
  CHECK(in_gap.nearest_in_words ==
        "the last one, dfe/2026-04-01, ended on 31 March 2027");

  const auto before = sound().in_force("plain", "", "", day("2024-01-01"));
  CHECK(before.status == Status::no_edition);
  CHECK(before.nearest == Ids{"dfe/2025-04-01"});
  CHECK(before.nearest_in_words ==
        "the next one, dfe/2025-04-01, begins on 1 April 2025");

  const auto between = sound().in_force("plain", "", "", day("2027-06-01"));
  CHECK(between.nearest == Ids{"dfe/2026-04-01", "dfe/2027-09-01"});
  CHECK(between.nearest_in_words ==
        "the last one, dfe/2026-04-01, ended on 31 March 2027; the next one, "
        "dfe/2027-09-01, begins on 1 September 2027");
}

TEST_CASE(
    "an authority's change of a national rule does not outlive the rule") {
  // 884-herefordshire/2026-03-01 runs on, and sets the threshold.
  const auto after =
      sound().in_force("element-3-top-up", "884", "", day("2027-04-01"));
  CHECK(after.status == Status::no_edition);
  CHECK(after.parameters.empty());
  CHECK(after.nearest == Ids{"dfe/2026-04-01"});
}

TEST_CASE(
    "the school's value replaces the authority's, and that the national") {
  const auto rule =
      sound().in_force("element-3-top-up", "884", "123456", day("2025-10-01"));
  REQUIRE(rule.status == Status::in_force);
  CHECK(ids(rule) == Ids{"dfe/2025-04-01", "884-herefordshire/2025-04-01",
                         "123456-hill/2025-09-01"});
  CHECK(rule.edition()->id == "123456-hill/2025-09-01");

  const EffectiveParameter& school = rule.parameters.at("threshold");
  CHECK(school.value.scalar == Value::of(Money::from_pence(450000)));
  CHECK(school.origin.edition == "123456-hill/2025-09-01");
  CHECK(school.origin.file ==
        fixture("sound/schools/123456-hill/2025-09-01/edition.json"));
  CHECK(school.origin.entry == "/rules/element-3-top-up/parameters/threshold");
  REQUIRE(school.replaced);
  CHECK(school.replaced->value.scalar == Value::of(Money::from_pence(500000)));
  CHECK(school.replaced->origin.edition == "884-herefordshire/2025-04-01");
  REQUIRE(school.replaced->replaced);
  const EffectiveParameter& national = *school.replaced->replaced;
  CHECK(national.value.scalar == Value::of(Money::from_pence(600000)));
  CHECK(national.origin.edition == "dfe/2025-04-01");
  CHECK(national.note == "as printed");
  CHECK_FALSE(national.replaced);

  // What no lower layer sets comes from the national edition unchanged.
  const EffectiveParameter& basis = rule.parameters.at("basis");
  CHECK(basis.origin.edition == "dfe/2025-04-01");
  CHECK_FALSE(basis.replaced);
}

TEST_CASE("a pupil of no authority and no school has the national values") {
  const auto rule =
      sound().in_force("element-3-top-up", "", "", day("2025-10-01"));
  CHECK(ids(rule) == Ids{"dfe/2025-04-01"});
  CHECK(value(rule, "threshold") == "6000.00");
  CHECK(rule.parameters.at("threshold").origin.source == "guide#1");
  CHECK(rule.parameters.at("threshold").origin.source_title == "The guide");
  CHECK(rule.parameters.at("threshold").origin.source_url ==
        "https://example.org/guide");
  CHECK(rule.parameters.at("threshold").origin.approved_by == "the director");
  CHECK(rule.parameters.at("threshold").origin.approved_on == "2025-03-12");
}

TEST_CASE("values of every type are read as what they are") {
  const auto rule =
      sound().in_force("element-3-top-up", "", "", day("2025-10-01"));
  CHECK(rule.parameters.at("hours").value.scalar == Value::of(Number(10)));
  CHECK(rule.parameters.at("ratio").value.scalar ==
        Value::of(Number::fraction(1, 2).value()));
  CHECK(rule.parameters.at("active").value.scalar == Value::of(true));
  CHECK(rule.parameters.at("from_day").value.scalar ==
        Value::of(day("2025-09-01")));
  CHECK(rule.parameters.at("deadline").value.scalar == Value::of(Number(215)));
  CHECK(rule.parameters.at("basis").value.scalar == Value::text("additional"));
  CHECK(rule.parameters.at("words").value.scalar ==
        Value::text("as the guide says"));
  const ParameterValue& areas = rule.parameters.at("areas").value;
  CHECK(areas.is_list);
  CHECK(areas.list ==
        std::vector<Value>{Value::text("reading"), Value::text("writing")});
  const ParameterValue& scores = rule.parameters.at("scores").value;
  CHECK(scores.is_list);
  CHECK(scores.list.empty());
}

TEST_CASE(
    "a value that is not certain says why, and shows the other readings") {
  const auto rule =
      sound().in_force("element-3-top-up", "", "", day("2025-10-01"));
  const EffectiveParameter& hours = rule.parameters.at("hours");
  CHECK(hours.unconfirmed);
  CHECK(hours.unconfirmed_because == "the guide gives two figures");
  REQUIRE(hours.readings.size() == 2);
  CHECK(hours.readings[0].value == "12");
  CHECK(hours.readings[0].source == "guide#4");
  CHECK(hours.readings[1].value == "1, 2");
  CHECK_FALSE(rule.parameters.at("threshold").unconfirmed);
  CHECK_FALSE(rule.unconfirmed);  // that is about dates
}

TEST_CASE("an edition whose dates are not certain says why") {
  const auto rule = sound().in_force("plain", "", "", day("2027-09-01"));
  CHECK(rule.status == Status::in_force);
  CHECK(rule.unconfirmed);
  CHECK(rule.unconfirmed_because == "the guide is a draft");
}

TEST_CASE("a table is read with its open ends and its columns as declared") {
  const auto rule =
      sound().in_force("high-needs-matrix", "884", "", day("2025-10-01"));
  REQUIRE(rule.status == Status::in_force);
  const EffectiveParameter& bands = rule.parameters.at("bands");
  CHECK(bands.origin.file ==
        fixture("sound/authorities/884-herefordshire/2025-04-01/tables/"
                "bands.csv"));
  const Table& table = *bands.value.table;
  REQUIRE(table.rows.size() == 4);
  CHECK(table.column("amount") == 3);
  CHECK(table.rows[0] ==
        std::vector<Value>{
            Value::text("a"), Value::of(Number(0)), Value::of(Number(9)),
            Value::of(Money::from_pence(0)), Value::text("in the base rate")});
  CHECK(table.rows[1][3] == Value::of(Money::from_pence(150000)));
  CHECK(table.rows[1][4] == Value::text(""));
  CHECK_FALSE(table.rows[2][2].is_known());
  CHECK(table.rows[3][4] == Value::text("any number, of points"));

  // The file has the columns of the calendar the other way round.
  const Table& panels = *rule.parameters.at("panels").value.table;
  REQUIRE(panels.rows.size() == 2);
  CHECK(panels.rows[0] == std::vector<Value>{Value::of(day("2025-05-01")),
                                             Value::of(day("2025-05-20"))});
}

TEST_CASE("what a lower layer takes away is removed there and nowhere else") {
  const auto here = sound().in_force("plain", "884", "", day("2025-10-01"));
  CHECK(here.status == Status::removed);
  REQUIRE(here.removed);
  CHECK(here.removed->reason == "replaced by a local scheme");
  CHECK(here.removed->source == "guide#7");
  CHECK(here.edition()->id == "884-herefordshire/2025-04-01");
  CHECK(sound().in_force("plain", "886", "", day("2025-10-01")).status ==
        Status::in_force);
}

TEST_CASE("a scheme that is closed says where to go instead") {
  const auto closed = sound().in_force("plain", "", "", day("2026-04-01"));
  CHECK(closed.status == Status::closed);
  REQUIRE(closed.closed);
  CHECK(closed.closed->refer_to == "the authority's SEN team");
  CHECK(closed.edition()->id == "dfe/2026-04-01");
  CHECK(sound().in_force("plain", "", "", day("2026-03-31")).status ==
        Status::in_force);
  // A closed scheme need not give what its rule requires.
  CHECK(sound()
            .in_force("high-needs-matrix", "884", "", day("2026-03-01"))
            .status == Status::closed);
}

TEST_CASE("an authority's rule is elsewhere for pupils of other authorities") {
  CHECK(sound().authorities_of("high-needs-matrix") ==
        std::set<std::string>{"884"});
  CHECK_FALSE(sound().is_national("high-needs-matrix"));
  CHECK(sound().is_national("element-3-top-up"));
  CHECK(sound()
            .in_force("high-needs-matrix", "886", "", day("2025-10-01"))
            .status == Status::elsewhere);
  // Whatever the day: it would not be theirs on another either.
  CHECK(sound()
            .in_force("high-needs-matrix", "886", "", day("2020-10-01"))
            .status == Status::elsewhere);
  const auto ended =
      sound().in_force("county-fund", "886", "", day("2025-09-01"));
  CHECK(ended.status == Status::no_edition);
  CHECK(ended.nearest == Ids{"886-kent/2025-04-01"});
  const auto nowhere =
      sound().in_force("county-fund", "", "", day("2025-05-01"));
  CHECK(nowhere.status == Status::no_edition);
  CHECK(nowhere.nearest.empty());
  CHECK(nowhere.nearest_in_words.find("no authority was named") !=
        std::string::npos);
}

TEST_CASE("an authority may keep its schemes in several bodies") {
  const auto plain = sound().in_force("plain", "886", "", day("2025-05-01"));
  CHECK(ids(plain) == Ids{"dfe/2025-04-01", "886-early-years/2025-01-01"});
  CHECK(ids(sound().in_force("county-fund", "886", "", day("2025-05-01"))) ==
        Ids{"886-kent/2025-04-01"});
}

TEST_CASE("a school's own rule is in force there and elsewhere for others") {
  CHECK(sound()
            .in_force("school-scheme", "884", "123456", day("2025-10-01"))
            .status == Status::in_force);
  // Also for a pupil who lives in another authority's area.
  CHECK(sound()
            .in_force("school-scheme", "886", "123456", day("2025-10-01"))
            .status == Status::in_force);
  CHECK(sound()
            .in_force("school-scheme", "884", "999999", day("2025-10-01"))
            .status == Status::elsewhere);
}

TEST_CASE("a rule that no edition names is in force nowhere") {
  const auto rule =
      sound().in_force("no-such-rule", "884", "123456", day("2025-10-01"));
  CHECK(rule.status == Status::no_edition);
  CHECK(rule.nearest.empty());
  CHECK(rule.nearest_in_words == "no edition of any date names this rule");
}

TEST_CASE("parameters of a rule whose plugin is broken are not looked at") {
  const auto rule = sound().in_force("hurt", "", "", day("2025-10-01"));
  CHECK(rule.status == Status::in_force);
  CHECK(rule.parameters.empty());

  // The same rule without any plugin is a fault.
  const auto without = RuleSets::load(fixture("sound"), declared(), {});
  REQUIRE(without);
  REQUIRE(without->broken().size() == 2);
  CHECK(without->broken()[0].errors[0].id == "editions.unknown_rule");
}

TEST_CASE("answers stay true when the rule sets are moved") {
  auto loaded = RuleSets::load(fixture("sound"), declared(), broken_plugins());
  REQUIRE(loaded);
  RuleSets first = std::move(*loaded);
  const auto rule =
      first.in_force("element-3-top-up", "884", "", day("2025-10-01"));
  const RuleSets second = std::move(first);
  CHECK(rule.edition()->title == "An edition for a test");
  CHECK(rule.parameters.at("words").value.scalar.text() == "as the guide says");
  CHECK(second.in_force("element-3-top-up", "884", "", day("2025-10-01"))
            .edition() == rule.edition());
}

TEST_CASE("rule sets without a folder or without bank holidays do not load") {
  const auto nothing =
      RuleSets::load(fixture("there-is-no-such-folder"), declared(), {});
  REQUIRE_FALSE(nothing);
  CHECK(nothing.error().id == "files.unreadable");
  const auto no_holidays = RuleSets::load(
      fixture("sound/authorities/886-kent/2025-04-01"), declared(), {});
  REQUIRE_FALSE(no_holidays);
  CHECK(no_holidays.error().id == "files.missing");
}
