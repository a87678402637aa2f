// The order in which an outcome is settled: contract, section 5.
#include <catch2/catch.hpp>

#include "small_county.hpp"

using namespace engine_of_tests;

namespace {

// Applies to pupils on SEN support, met with consent, referred when it is late.
const std::string three_questions =
    R"(applies_when = fact "sen.status" :is "support",
       met_when = fact "consent.parent" :is(true),
       refer_when = fact "sen.annual_report_sent" :is(false) :because "the report was not sent",
       refer_to = "the team")";

PluginText plugin(const std::string& rule) {
  PluginText text;
  text.rule = rule;
  return text;
}

PluginText plugin(const std::string& rule, const std::string& authority) {
  PluginText text = plugin(rule);
  text.authority = authority;
  return text;
}

const std::string closed_rule =
    R"({ "trial": { "closed": { "refer_to": "the new fund", "source": "guide" } } })";

}  // namespace

TEST_CASE("The criteria decide, one truth after another") {
  const County county = county_of("three-questions", plugin(three_questions));
  struct Row {
    const char* status;
    const char* consent;
    const char* sent;
    Outcome outcome;
  };
  const char* unknown = "";
  const std::vector<Row> table = {
      // Not about the pupil, whatever else is so.
      {"none", "true", "false", Outcome::not_applicable},
      {"none", unknown, unknown, Outcome::not_applicable},
      // Whether it is about the pupil comes first.
      {unknown, "true", "true", Outcome::needs_evidence},
      {unknown, "false", "false", Outcome::needs_evidence},
      // Met before anybody is asked.
      {"support", "true", "true", Outcome::met},
      {"support", "true", "false", Outcome::met},
      {"support", "true", unknown, Outcome::met},
      // A person decides what is not met or not known.
      {"support", "false", "false", Outcome::refer},
      {"support", unknown, "false", Outcome::refer},
      // What is not known refers nobody.
      {"support", "false", unknown, Outcome::not_met},
      {"support", "false", "true", Outcome::not_met},
      {"support", unknown, unknown, Outcome::needs_evidence},
      {"support", unknown, "true", Outcome::needs_evidence}};
  for (const Row& row : table) {
    Record pupil = county.pupil();
    if (*row.status) county.state(pupil, "sen.status", row.status);
    if (*row.consent) county.state(pupil, "consent.parent", row.consent);
    if (*row.sent) county.state(pupil, "sen.annual_report_sent", row.sent);
    INFO(row.status << " " << row.consent << " " << row.sent);
    CHECK(name_of(county.ask(pupil).outcome) == name_of(row.outcome));
    CHECK(name_of(county.all(pupil).at(0).outcome) == name_of(row.outcome));
  }
}

TEST_CASE("A rule that says nothing of whom it is about is about everybody") {
  const County county = county_of(
      "everybody", plugin(R"(met_when = fact "consent.parent" :is(true))"));
  CHECK(county.ask(county.pupil({{"consent.parent", "false"}})).outcome ==
        Outcome::not_met);
}

TEST_CASE(
    "Another authority's rule is not listed, and not applicable when asked "
    "for") {
  Files files;
  add_plugin(files, plugin(three_questions, "home"));
  EditionText kent;
  kent.body = "886-kent";
  add_edition(files, kent);
  const County county("another-authority", files);

  const auto facts = [](const char* home, const char* school) {
    return std::map<std::string, std::string>{{"home_la", home},
                                              {"school.la", school},
                                              {"sen.status", "support"},
                                              {"consent.parent", "true"}};
  };
  const Record mine = county.pupil(facts("886", "884"));
  CHECK(county.lists(mine));
  CHECK(county.ask(mine).outcome == Outcome::met);

  const Record other = county.pupil(facts("884", "886"));
  CHECK_FALSE(county.lists(other));
  const Decision asked = county.ask(other);
  CHECK(asked.outcome == Outcome::not_applicable);
  CHECK(asked.summary ==
        "Not about this pupil: this is another authority's rule.");
  CHECK(asked.missing.empty());
}

TEST_CASE(
    "Another authority's rule is not applicable even where no edition is in "
    "force") {
  Files files;
  add_plugin(files, plugin(three_questions, "home"));
  EditionText kent;
  kent.body = "886-kent";
  kent.to = "2025-12-31";
  add_edition(files, kent);
  const County county("another-authority-out-of-force", files);
  CHECK(county.ask(county.pupil({{"home_la", "884"}})).outcome ==
        Outcome::not_applicable);
  CHECK(county.ask(county.pupil({{"home_la", "886"}})).outcome ==
        Outcome::not_in_force);
}

TEST_CASE(
    "Outside its editions a rule is not in force, and the nearest is named") {
  Files files;
  add_plugin(files, plugin(three_questions));
  EditionText edition;
  edition.to = "2026-03-31";
  add_edition(files, edition);
  edition.from = "2027-04-01";
  edition.to = "";
  add_edition(files, edition);
  const County county("out-of-force", files);
  // Not even about whom it is not.
  const Record pupil = county.pupil({{"sen.status", "none"}});

  const Decision between = county.ask(pupil, "2026-11-22");
  CHECK(between.outcome == Outcome::not_in_force);
  CHECK(between.summary ==
        "No edition is in force on 22 November 2026: the last one, "
        "dfe/2025-04-01, ended on 31 March 2026; the next one, "
        "dfe/2027-04-01, begins on 1 April 2027.");
  CHECK(between.parameters.empty());
  CHECK_FALSE(between.reasons);

  CHECK(county.ask(pupil, "2025-03-31").outcome == Outcome::not_in_force);
  CHECK(county.ask(pupil, "2025-04-01").outcome == Outcome::not_applicable);
  CHECK(county.ask(pupil, "2026-03-31").outcome == Outcome::not_applicable);
  CHECK(county.ask(pupil, "2026-04-01").outcome == Outcome::not_in_force);
  CHECK(county.ask(pupil, "2027-04-01").edition == "dfe/2027-04-01");
}

TEST_CASE("A rule that no edition names is not in force") {
  Files files;
  add_plugin(files, plugin(three_questions));
  const County county("unnamed", files);
  const Decision decision = county.ask(county.pupil());
  CHECK(decision.outcome == Outcome::not_in_force);
  CHECK(decision.summary ==
        "No edition is in force on 22 November 2026: no edition of any date "
        "names this rule.");
}

TEST_CASE("A closed scheme refers to where to go instead") {
  EditionText edition;
  edition.rules = closed_rule;
  const County county = county_of("closed", plugin(three_questions), edition);
  const Decision about = county.ask(
      county.pupil({{"sen.status", "support"}, {"consent.parent", "true"}}));
  CHECK(about.outcome == Outcome::refer);
  CHECK(about.refer_to == "the new fund");
  CHECK(about.summary == "This scheme is closed. Ask the new fund.");
  CHECK_FALSE(about.amount);

  // Whom it was never about, it does not send anywhere.
  CHECK(county.ask(county.pupil({{"sen.status", "none"}})).outcome ==
        Outcome::not_applicable);
  const Decision unclear = county.ask(county.pupil());
  CHECK(unclear.outcome == Outcome::needs_evidence);
  CHECK(missing_facts(unclear) == std::vector<std::string>{"sen.status"});
}

TEST_CASE("A rule that a lower layer took away is not in force there") {
  Files files;
  add_plugin(files, plugin(three_questions, "home"));
  add_edition(files, {});
  EditionText kent;
  kent.body = "886-kent";
  kent.extends = "[\"dfe\"]";
  kent.rules =
      R"({ "trial": { "removed": { "reason": "Kent pays by place.", "source": "guide" } } })";
  add_edition(files, kent);
  const County county("removed", files);
  const Decision removed = county.ask(county.pupil({{"home_la", "886"}}));
  CHECK(removed.outcome == Outcome::not_in_force);
  CHECK(removed.summary ==
        "Not in force here: 886-kent/2025-04-01 takes the rule away. Kent "
        "pays by place.");
  CHECK(county.ask(county.pupil({{"home_la", "884"}})).outcome ==
        Outcome::needs_evidence);
}

TEST_CASE("Where another body always decides, what is met is referred") {
  const County county =
      county_of("on-met", plugin(R"(met_when = fact "consent.parent" :is(true),
                          on_met = refer { to = "the panel" },
                          refer_to = "the team",
                          refer_when = fact "sen.annual_report_sent" :is(false) :because "no report was sent")"));
  const Decision met = county.ask(county.pupil({{"consent.parent", "true"}}));
  CHECK(met.outcome == Outcome::refer);
  CHECK(met.refer_to == "the panel");
  CHECK(met.summary ==
        "A person must decide: the criteria look met, and another body "
        "decides. Ask the panel.");
  const Decision odd = county.ask(county.pupil(
      {{"consent.parent", "false"}, {"sen.annual_report_sent", "false"}}));
  CHECK(odd.outcome == Outcome::refer);
  CHECK(odd.refer_to == "the team");
  CHECK(odd.summary ==
        "A person must decide: no report was sent. Ask the team.");
  CHECK(county.ask(county.pupil({{"consent.parent", "false"}})).outcome ==
        Outcome::not_met);
}

TEST_CASE("Of several grounds to refer, the one that holds is named") {
  const County county =
      county_of("grounds", plugin(R"(met_when = fact "consent.parent" :is(true),
                refer_when = any { fact "service_child" :is(true) :because "a service child",
                                   judgement("odd", "Is it odd?") :because "somebody found it odd" })"));
  Record pupil =
      county.pupil({{"consent.parent", "false"}, {"service_child", "false"}});
  county.add_entry(pupil, "judgements",
                   {{"question", "odd"}, {"answer", "true"}});
  CHECK(county.ask(pupil).summary ==
        "A person must decide: somebody found it odd. Ask the person in "
        "charge.");
}

TEST_CASE("What a person must judge is missing, with its question") {
  const County county = county_of(
      "judgement", plugin(R"(met_when = judgement("odd", "Is it odd?"))"));
  const Decision open = county.ask(county.pupil());
  CHECK(open.outcome == Outcome::needs_evidence);
  REQUIRE(open.missing.size() == 1);
  CHECK(open.missing[0].kind == MissingItem::Kind::judgement);
  CHECK(open.missing[0].label == "Is it odd?");
  CHECK(open.missing[0].actionable);
  CHECK(open.summary ==
        "Needs evidence: a named person's answer to “Is it odd?”.");

  Record answered = county.pupil();
  county.add_entry(answered, "judgements",
                   {{"question", "odd"}, {"answer", "false"}});
  const Decision no = county.ask(answered);
  CHECK(no.outcome == Outcome::not_met);
  CHECK(no.summary == "Not met: a named person answered no to “Is it odd?”.");
}

TEST_CASE(
    "A rule that did not load is answered with its error, and the others as "
    "ever") {
  Files files;
  add_plugin(files, plugin(three_questions));
  PluginText broken = plugin("met_when = 3");
  broken.id = "broken";
  add_plugin(files, broken);
  EditionText edition;
  edition.rules =
      R"({ "trial": { "parameters": {} }, "broken": { "parameters": {} } })";
  add_edition(files, edition);
  const County county("broken-plugin", files);
  const Record pupil =
      county.pupil({{"sen.status", "support"}, {"consent.parent", "true"}});
  const auto decisions = county.all(pupil);
  REQUIRE(decisions.size() == 2);
  CHECK(decisions[0].rule == "broken");
  CHECK(decisions[0].outcome == Outcome::error);
  REQUIRE(decisions[0].error);
  CHECK(decisions[0].error->id == "script.error");
  CHECK_THAT(decisions[0].summary,
             Catch::StartsWith("Not answered: the rule did not load. met_when: "
                               "expected a criterion"));
  CHECK(decisions[1].outcome == Outcome::met);
}

TEST_CASE(
    "An edition that did not load leaves its rules without an answer, and no "
    "others") {
  Files files;
  add_plugin(files, plugin(three_questions));
  PluginText other = plugin(R"(met_when = fact "consent.parent" :is(true))");
  other.id = "other";
  add_plugin(files, other);
  EditionText good;
  good.body = "jcq";
  good.rules = R"({ "other": { "parameters": {} } })";
  add_edition(files, good);
  EditionText bad;
  bad.rules =
      R"({ "trial": { "parameters": { "no_such": { "value": 1, "source": "guide", "status": "confirmed" } } } })";
  add_edition(files, bad);
  const County county("broken-edition", files);
  const auto decisions = county.all(county.pupil({{"consent.parent", "true"}}));
  REQUIRE(decisions.size() == 2);
  CHECK(decisions[0].rule == "other");
  CHECK(decisions[0].outcome == Outcome::met);
  CHECK(decisions[1].outcome == Outcome::error);
  REQUIRE(decisions[1].error);
  CHECK(decisions[1].error->id == "editions.unknown_parameter");
  CHECK_THAT(decisions[1].summary,
             Catch::StartsWith("Not answered: the rule set that it needs did "
                               "not load. "));
}

TEST_CASE("A function that breaks makes an error of its own rule only") {
  Files files;
  add_plugin(files, plugin(R"(met_when = test("it ends", function(pupil)
    while pupil:get "consent.parent" do end
    return true
  end))"));
  PluginText other = plugin(R"(met_when = fact "consent.parent" :is(true))");
  other.id = "other";
  add_plugin(files, other);
  EditionText edition;
  edition.rules =
      R"({ "trial": { "parameters": {} }, "other": { "parameters": {} } })";
  add_edition(files, edition);
  const County county("endless", files);
  const auto decisions = county.all(county.pupil({{"consent.parent", "true"}}));
  REQUIRE(decisions.size() == 2);
  CHECK(decisions[0].outcome == Outcome::met);
  CHECK(decisions[1].outcome == Outcome::error);
  REQUIRE(decisions[1].error);
  CHECK(decisions[1].error->id == "script.instructions");
  CHECK_THAT(decisions[1].summary,
             Catch::StartsWith("Not answered: the rule could not be worked "
                               "out. "));
  CHECK(county.all(county.pupil({{"consent.parent", "false"}})).at(1).outcome ==
        Outcome::met);
}
