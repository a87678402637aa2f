// The one sentence that everybody reads.
#include "engine/summary.hpp"

#include <catch2/catch.hpp>

#include "small_county.hpp"

using namespace engine_of_tests;

namespace {

using Facts = std::map<std::string, std::string>;

std::string summary_of(const std::string& met_when, const Facts& facts,
                       const std::string& kind = "funding") {
  PluginText plugin;
  plugin.kind = kind;
  plugin.rule = "met_when = " + met_when;
  const County county = county_of("summary", plugin);
  return county.ask(county.pupil(facts)).summary;
}

MissingItem item(const std::string& label) {
  return {"a.path", label, MissingItem::Kind::fact, false};
}

}  // namespace

TEST_CASE("What is not met says what was asked, found and needed") {
  CHECK(
      summary_of(
          R"(fact "provision_cost" :above(pounds "6000.00") :because "it costs more than the school meets itself")",
          {{"provision_cost", "5400.00"}}) ==
      "Not met: the rule asks for “it costs more than the school meets "
      "itself” (found £5,400; needed more than £6,000).");
  CHECK(summary_of(
            R"(fact "consent.parent" :is(true) :because "the parent consents")",
            {{"consent.parent", "false"}}) ==
        "Not met: the rule asks for “the parent consents” (found no).");
  CHECK(summary_of(
            R"(fact "attends" :is "full_time" :because "attends full time")",
            {{"attends", "part_time"}}) ==
        "Not met: the rule asks for “attends full time” (found part time).");
  CHECK(
      summary_of(
          R"(none { fact "service_child" :is(true) } :because "no service child")",
          {{"service_child", "true"}}) ==
      "Not met: the rule asks for “no service child”.");
  CHECK(
      summary_of(
          R"(test("it is so", function(pupil) return pupil:get "service_child" end))",
          {{"service_child", "false"}}) ==
      "Not met: the rule asks for “it is so”.");
}

TEST_CASE(
    "Of conditions that must all hold, the first that does not is named") {
  const std::string rule = R"(all "The conditions" {
    fact "consent.parent" :is(true) :because "the parent consents",
    all "The inner ones" {
      fact "consent.pupil" :is(true) :because "the pupil consents",
      fact "service_child" :is(true) :because "a service child" } })";
  CHECK(summary_of(rule, {{"consent.parent", "true"},
                          {"consent.pupil", "true"},
                          {"service_child", "false"}}) ==
        "Not met: the rule asks for “a service child” (found no).");
  // Something before it that is not known does not matter.
  CHECK(summary_of(rule,
                   {{"consent.parent", "true"}, {"service_child", "false"}}) ==
        "Not met: the rule asks for “a service child” (found no).");
}

TEST_CASE(
    "Of several ways that are all shut, the place where they part is named") {
  CHECK(summary_of(R"(any "A ground" {
          fact "consent.pupil" :is(true) :because "the pupil consents",
          fact "service_child" :is(true) :because "a service child" })",
                   {{"consent.pupil", "false"}, {"service_child", "false"}}) ==
        "Not met: the rule asks for “A ground”.");
  // The figures of the only way that fails by nothing else are worth a word.
  const std::string ways = R"(any "The cost is above the threshold" {
    all { fact "attends" :is "full_time", fact "provision_cost" :above(pounds "6000.00") },
    all { fact "attends" :is "part_time", fact "provision_total_cost" :above(pounds "9000.00") } })";
  CHECK(summary_of(ways, {{"attends", "part_time"},
                          {"provision_cost", "10.00"},
                          {"provision_total_cost", "8000.00"}}) ==
        "Not met: the rule asks for “The cost is above the threshold” (found "
        "£8,000; needed more than £9,000).");
}

TEST_CASE(
    "The result of a sum is said by the facts that it was worked out from") {
  CHECK(
      summary_of(
          R"((fact "attendance.unauthorised" * 100) :at_least(10 * fact "attendance.possible") :because "a tenth was missed")",
          {{"attendance.unauthorised", "10"}, {"attendance.possible", "110"}},
          "monitoring") ==
      "The threshold is not reached: the rule asks for “a tenth was missed” "
      "(number of sessions of unauthorised absence 10, number of possible "
      "sessions 110).");
}

TEST_CASE("A list that does not hold what is asked says how much is on file") {
  PluginText plugin;
  plugin.rule =
      R"(met_when = any_item("provision", item "additional" :is(true)) :because "something is additional")";
  const County county = county_of("summary-list", plugin);
  Record pupil = county.pupil();
  county.add_entry(pupil, "provision",
                   {{"name", "group"}, {"additional", "false"}});
  CHECK(county.ask(pupil).outcome == Outcome::not_met);
  CHECK_THAT(county.ask(pupil).summary,
             Catch::StartsWith("Not met: the rule asks for “something is "
                               "additional” (found none"));
}

TEST_CASE("Whom a rule is not about reads why") {
  PluginText plugin;
  plugin.rule =
      R"(applies_when = all { fact "sen.status" :is "plan_final" :because "the pupil has a final EHC plan",
                              age_on(as_of) :at_least(5) :because "of school age" },
         met_when = fact "consent.parent" :is(true))";
  const County county = county_of("summary-not-about", plugin);
  CHECK(county.ask(county.pupil({{"sen.status", "support"}})).summary ==
        "Not about this pupil: the rule asks for “the pupil has a final EHC "
        "plan” (found SEN support).");
  CHECK(county
            .ask(county.pupil({{"sen.status", "plan_final"},
                               {"date_of_birth", "2023-01-01"}}))
            .summary ==
        "Not about this pupil: the rule asks for “of school age” (found 3; "
        "needed at least 5).");
}

TEST_CASE("Each kind of rule has words of its own") {
  const std::string rule =
      R"(fact "service_child" :is(true) :because "a service child")";
  const Facts yes = {{"service_child", "true"}};
  const Facts no = {{"service_child", "false"}};
  CHECK(summary_of(rule, yes, "funding") == "The criteria look met.");
  CHECK(summary_of(rule, yes, "access_arrangement") ==
        "The criteria look met.");
  CHECK(summary_of(rule, yes, "monitoring") == "The threshold is reached.");
  CHECK(summary_of(rule, yes, "statutory") == "The duty is kept so far.");
  CHECK(summary_of(rule, no, "monitoring") ==
        "The threshold is not reached: the rule asks for “a service child” "
        "(found no).");
  CHECK(summary_of(rule, no, "statutory") ==
        "The duty is not kept: the rule asks for “a service child” (found "
        "no).");
}

TEST_CASE("What is missing is listed so that it can be read") {
  CHECK(summary_of_missing({item("the date")}) == "Needs evidence: the date.");
  CHECK(summary_of_missing({item("the date"), item("the cost")}) ==
        "Needs evidence: the date and the cost.");
  CHECK(summary_of_missing({item("a"), item("b"), item("c")}) ==
        "Needs evidence: a, b and c.");
  CHECK(summary_of_missing({item("a"), item("b"), item("c"), item("d")}) ==
        "Needs evidence: a, b and 2 more.");
  // Labels with commas of their own are kept apart.
  CHECK(summary_of_missing({item("a, or b"), item("c")}) ==
        "Needs evidence: a, or b; and c.");
  CHECK(summary_of_missing({item("a"), item("x: b"), item("c"), item("d")}) ==
        "Needs evidence: a; x: b; and 2 more.");
  // The same words twice are said once.
  CHECK(summary_of_missing({item("a"), item("a"), item("b")}) ==
        "Needs evidence: a and b.");
  CHECK(summary_of_missing({}) ==
        "Needs evidence: what is on record does not settle it yet.");
  MissingItem question = item("Is it odd?");
  question.kind = MissingItem::Kind::judgement;
  CHECK(summary_of_missing({question, item("a")}) ==
        "Needs evidence: a named person's answer to “Is it odd?” and a.");
}

TEST_CASE("A long label is cut between two words") {
  const std::string word = "assessment ";
  std::string label;
  for (int i = 0; i < 20; ++i) label += word;
  const std::string summary = summary_of_missing({item(label)});
  CHECK(summary.size() < 110);
  CHECK_THAT(summary, Catch::EndsWith("assessment …"));
}

TEST_CASE("A sentence ends once") {
  CHECK(as_sentence("It is so") == "It is so.");
  CHECK(as_sentence("It is so.") == "It is so.");
  CHECK(as_sentence("Is it so?") == "Is it so?");
  CHECK(as_sentence("and so on …") == "and so on …");
  CHECK(as_sentence("").empty());
}
