// rules test --coverage, --boundaries, --mutation, --propose, --strict.
#include <catch2/catch.hpp>

#include "program.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

// Two cases of a rule over one figure: 10% of the sessions.
std::string two_cases(const std::string& more = "") {
  return R"({ "format": "sendcheck-cases/1", "cases": [
    { "case": "two of a hundred", "rule": "persistent-absence",
      "as_of": "2026-11-22", "source": "N-ATT-1",
      "pupil": { "attendance": { "possible": 100, "authorised": 2, "unauthorised": 0 } },
      "expect": { "outcome": "not_met" } },
    { "case": "forty of a hundred", "rule": "persistent-absence",
      "as_of": "2026-11-22", "source": "N-ATT-1",
      "pupil": { "attendance": { "possible": 100, "authorised": 40, "unauthorised": 0 } },
      "expect": { "outcome": "met" } } ])" +
         more + " }\n";
}

Ran tested(const std::string& cases, const Words& more) {
  Words words = {"rules", "test", "--cases", cases};
  words.insert(words.end(), more.begin(), more.end());
  return run(on_fixture_day(words));
}

}  // namespace

TEST_CASE("rules test tells what two cases leave open of a rule") {
  const Scratch scratch;
  const std::string cases = scratch.write("cases.json", two_cases());
  const Ran ran = tested(cases, {"--thorough"});
  INFO(ran.out << ran.err);
  CHECK(ran.status == 0);
  CHECK(ran.err.empty());
  CHECK_THAT(ran.out, Catch::Contains("is never unknown"));
  CHECK_THAT(ran.out,
             Catch::Contains("shown by: a case like \"two of a hundred\""));
  CHECK_THAT(ran.out, Catch::Contains("no case stands just below; proposed"));
  CHECK_THAT(ran.out, Catch::Contains("no case stands at; proposed"));
  CHECK_THAT(ran.out, Catch::Contains("no case notices if"));
  CHECK_THAT(ran.out, Catch::Contains("went up by 1"));
  CHECK_THAT(ran.out, Catch::Contains("2 passed, 0 failed"));
}

TEST_CASE("what the cases leave open is exit 1 only when it is asked for") {
  const Scratch scratch;
  const std::string cases = scratch.write("cases.json", two_cases());
  CHECK(tested(cases, {"--strict"}).status == 0);
  CHECK(tested(cases, {"--coverage", "--strict"}).status == 1);
  CHECK(tested(cases, {"--boundaries", "--strict"}).status == 1);
  CHECK(tested(cases, {"--mutation", "--strict"}).status == 1);
  CHECK(tested(cases, {"--mutation"}).status == 0);
}

TEST_CASE("proposed cases come out as they say and are confirmed by nobody") {
  const Scratch scratch;
  const std::string cases = scratch.write("cases.json", two_cases());
  const std::string proposed = scratch.path("proposed.json");
  const Ran ran = tested(cases, {"--propose", proposed});
  CHECK(ran.status == 0);
  CHECK_THAT(ran.err, Catch::Contains("proposed cases written to"));
  const Ran again = tested(proposed, {});
  INFO(again.out << again.err);
  CHECK(again.status == 0);
  CHECK_THAT(again.out, Catch::Contains("0 failed"));
  CHECK_THAT(again.out, Catch::Contains("not confirmed"));
  CHECK(tested(proposed, {"--strict"}).status == 1);
  const Ran nowhere =
      tested(cases, {"--propose", scratch.path("no/folder.json")});
  CHECK(nowhere.status == 5);
  CHECK_THAT(nowhere.err, Catch::Contains("(files.unwritable)"));
}

TEST_CASE("an excuse for a change that a case notices is exit 1") {
  const Scratch scratch;
  const auto excused = [&](const std::string& change) {
    return tested(scratch.write("cases.json",
                                two_cases(R"(, "excused_changes": [ { "rule":
        "persistent-absence", "change": ")" +
                                          change + R"(", "because": "x" } ])")),
                  {"--mutation"});
  };
  const Ran ran = excused("the moon were made of cheese");
  CHECK(ran.status == 1);
  CHECK_THAT(ran.out, Catch::Contains("no change is named"));
}

TEST_CASE("rules test as JSON holds the cases and what they leave open") {
  const Scratch scratch;
  const std::string cases = scratch.write("cases.json", two_cases());
  const Ran ran = tested(cases, {"--thorough", "--format", "json"});
  const Json json(ran.out);
  CHECK(text(json.root(), "format") == "sendcheck-rules-test/1");
  const json::Value& rule = json.root().find("rules")->items[0];
  CHECK(text(rule, "rule") == "persistent-absence");
  CHECK(rule.find("cases")->items.size() == 2);
  CHECK_FALSE(rule.find("coverage")->find("lacking")->items.empty());
  CHECK_FALSE(rule.find("boundaries")->items.empty());
  CHECK_FALSE(rule.find("mutation")->find("changes")->items.empty());
  CHECK(text(*json.root().find("summary"), "cases") == "2");
}

TEST_CASE("rules test refuses a report in a form that there is not") {
  const Ran ran =
      run(on_fixture_day({"rules", "test", "--format", "parchment"}));
  CHECK(ran.status == 2);
  CHECK(ran.out.empty());
}
