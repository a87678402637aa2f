// rules list, show and test; facts.
#include <catch2/catch.hpp>

#include "program.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

std::string cases_of(const std::string& outcome, const std::string& rule,
                     const std::string& more = "") {
  return "{ \"format\": \"sendcheck-cases/1\", \"cases\": [ { \"case\": "
         "\"eleven sessions of a hundred and ten are persistent\", \"rule\": "
         "\"" +
         rule +
         "\", \"as_of\": \"2026-11-22\", \"source\": \"N-ATT-1\", \"pupil\": "
         "{ \"attendance\": { \"possible\": 110, \"authorised\": 11, "
         "\"unauthorised\": 0 } }, \"expect\": { \"outcome\": \"" +
         outcome + "\" }" + more + " } ] }";
}

}  // namespace

TEST_CASE("rules list has a line a rule, with the edition in force") {
  const Ran ran = run(on_fixture_day({"rules", "list"}));
  CHECK(ran.status == 0);
  CHECK(ran.err.empty());
  for (const char* rule :
       {"disability-access-fund", "ehc-annual-review", "ehc-phase-transfer",
        "element-3-top-up", "herefordshire-high-needs-matrix",
        "jcq-approval-in-date", "jcq-extra-time-25", "kent-high-needs-funding",
        "persistent-absence", "pupil-premium"}) {
    CHECK(times(ran.out, std::string("\n") + rule + " ") == 1);
  }
  CHECK_THAT(ran.out, Catch::Contains("jcq/2026-03-01"));
  CHECK_THAT(ran.out, Catch::Contains("22 November 2026"));
}

TEST_CASE("rules list follows the date, the authority and the kind") {
  Words words = on_fixture_day({"rules", "list", "--la", "884"});
  CHECK_THAT(run(words).out, Catch::Contains("884-herefordshire/2025-04-01"));
  const Ran kind =
      run(on_fixture_day({"rules", "list", "--kind", "monitoring"}));
  CHECK_THAT(kind.out, Catch::Contains("persistent-absence"));
  CHECK(times(kind.out, "element-3-top-up") == 0);
  const Ran wrong = run(on_fixture_day({"rules", "list", "--kind", "monitor"}));
  CHECK(wrong.status == 2);
  CHECK(wrong.out.empty());
  CHECK_THAT(wrong.err, Catch::Contains("(engine.unknown_kind)"));
  for (std::string& word : words) {
    if (word == fixture_day) word = "2013-01-01";
  }
  CHECK_THAT(run(words).out, Catch::Contains("not in force"));
}

TEST_CASE(
    "rules show gives the criteria with today's values and their origin") {
  const Ran ran =
      run(on_fixture_day({"rules", "show", "element-3-top-up", "--la", "886"}));
  CHECK(ran.status == 0);
  CHECK(ran.err.empty());
  CHECK_THAT(ran.out, Catch::Contains("Element 3 top-up"));
  CHECK_THAT(ran.out, Catch::Contains("\xC2\xA3"
                                      "6,000"));
  CHECK_THAT(ran.out, Catch::Contains("dfe-high-needs/2025-04-01"));
  CHECK(times(ran.out, "..\n") == 0);
  const Ran table =
      run(on_fixture_day({"rules", "show", "herefordshire-high-needs-matrix"}));
  CHECK(table.status == 0);
  CHECK_THAT(table.out, Catch::Contains("\xC2\xA3"
                                        "753\n"));
  CHECK_THAT(table.out, Catch::Contains("\xC2\xA3"
                                        "24,333\n"));
  CHECK_THAT(table.out, Catch::Contains("A term, 30 hours"));
}

TEST_CASE(
    "every rule that is listed can be shown, and shows no path of its facts") {
  const Ran list = run(on_fixture_day({"rules", "list"}));
  std::size_t shown = 0;
  const auto lines = lines_of(list.out);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::string rule = lines[i].substr(0, lines[i].find(' '));
    if (rule.empty()) continue;  // what stands below its title
    INFO(rule);
    const Ran ran = run(on_fixture_day({"rules", "show", rule}));
    CHECK(ran.status == 0);
    CHECK(ran.err.empty());
    // In force, closed, or a date to ask for: never a page that says nothing.
    CHECK(times(ran.out, "\nIt is met when") +
              times(ran.out, "\nClosed since ") +
              times(ran.out, "\nNot in force on ") ==
          1);
    CHECK(times(ran.out, "2026-11-24") == 0);
    CHECK(times(ran.out, "attendance.possible") == 0);
    CHECK(times(ran.out, "sen.status") == 0);
    ++shown;
  }
  CHECK(shown >= 10);
}

TEST_CASE("a closed rule says first that it is closed and where to go") {
  const Ran ran =
      run(on_fixture_day({"rules", "show", "kent-high-needs-funding"}));
  CHECK(ran.status == 0);
  const auto lines = lines_of(ran.out);
  REQUIRE(lines.size() > 5);
  CHECK_THAT(ran.out, Catch::Contains("\n\nClosed since 1 September 2025.\n"
                                      "Go to: the school's Community of"));
  CHECK_THAT(ran.out, Catch::Contains("https://"));
  CHECK(times(ran.out, "It is met when") == 0);
  const std::string command =
      "rules show kent-high-needs-funding --as-of 2025-08-31 --la 886";
  CHECK_THAT(ran.out, Catch::Contains(command));
  const Ran before = run({"rules", "show", "kent-high-needs-funding", "--as-of",
                          "2025-08-31", "--la", "886"});
  CHECK_THAT(before.out, Catch::Contains("It is met when"));
}

TEST_CASE("a rule that is not in force says which day to ask for") {
  const Ran ran =
      run(on_fixture_day({"rules", "show", "bursary-vulnerable-groups"}));
  CHECK(ran.status == 0);
  CHECK_THAT(ran.out, Catch::Contains("Not in force on 22 November 2026"));
  CHECK_THAT(ran.out, Catch::Contains("--as-of 2026-08-31"));
  CHECK(times(ran.out, "It is met when") == 0);
}

TEST_CASE("what an edition settles for every pupil is left off the page") {
  const Ran ran = run(on_fixture_day({"rules", "show", "jcq-extra-time-25"}));
  CHECK_THAT(ran.out, Catch::Contains("a sample of internal tests or mocks"));
  CHECK(times(ran.out, "the regulations in force do") == 0);
  // Before the edition that asks for it, the page says why it is not asked.
  const Ran before =
      run({"rules", "show", "jcq-extra-time-25", "--as-of", "2024-11-22"});
  CHECK(times(before.out, "a sample of internal tests or mocks that") == 0);
  CHECK_THAT(before.out, Catch::Contains("the regulations in force do"));
}

TEST_CASE("rules list for one authority counts the others' rules in a line") {
  const Ran ran = run(on_fixture_day({"rules", "list", "--la", "886"}));
  CHECK(ran.status == 0);
  CHECK_THAT(ran.out, Catch::Contains("kent-senif"));
  CHECK(times(ran.out, "medway-senif") == 0);
  CHECK(times(ran.out, "another authority's") == 0);
  CHECK_THAT(ran.out, Catch::Contains("rules of other authorities are left "
                                      "out"));
  const Ran all = run(on_fixture_day({"rules", "list"}));
  CHECK_THAT(all.out, Catch::Contains("Medway (887) only: add --la 887"));
  CHECK(times(all.out, "left out") == 0);
}

TEST_CASE("rules show of a rule that nobody knows names the nearest") {
  const Ran ran = run(on_fixture_day({"rules", "show", "pupil-premum"}));
  CHECK(ran.status == 2);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, Catch::Contains("did you mean \"pupil-premium\"?"));
}

TEST_CASE("the worked cases of every shipped rule come out as they say") {
  const Ran ran = run(on_fixture_day({"rules", "test"}));
  INFO(ran.out);
  CHECK(ran.status == 0);
  CHECK(ran.err.empty());
  CHECK_THAT(ran.out, Catch::Contains(" passed, 0 failed\n"));
}

TEST_CASE("a case that comes out as it says is exit 0") {
  const Scratch scratch;
  const std::string path =
      scratch.write("cases.json", cases_of("met", "persistent-absence"));
  const Ran ran = run(on_fixture_day({"rules", "test", "--cases", path}));
  CHECK(ran.status == 0);
  CHECK_THAT(ran.out, Catch::Contains("1 passed, 0 failed"));
}

TEST_CASE(
    "a case that does not is exit 1, with its sentence and what was found") {
  const Scratch scratch;
  const std::string path =
      scratch.write("cases.json", cases_of("not_met", "persistent-absence"));
  const Ran ran = run(on_fixture_day({"rules", "test", "--cases", path}));
  CHECK(ran.status == 1);
  CHECK_THAT(
      ran.out,
      Catch::Contains("eleven sessions of a hundred and ten are persistent"));
  CHECK_THAT(ran.out, Catch::Contains("[N-ATT-1]"));
  CHECK_THAT(ran.out, Catch::Contains("outcome: expected not_met, found met"));
  CHECK_THAT(ran.out, Catch::Contains("0 passed, 1 failed"));
}

TEST_CASE("cases that cannot be run are refused with their place") {
  const Scratch scratch;
  const auto refused = [&](const std::string& cases, int status,
                           const char* part) {
    INFO(cases);
    const Ran ran = run(on_fixture_day(
        {"rules", "test", "--cases", scratch.write("cases.json", cases)}));
    CHECK(ran.status == status);
    CHECK_THAT(ran.err, Catch::Contains(part));
    CHECK_THAT(ran.err, Catch::Contains("cases.json"));
    CHECK(ran.out.empty());
  };
  refused(cases_of("met", "persistent-absense"), 2,
          "did you mean \"persistent-absence\"?");
  refused("{", 3, "(json.syntax)");
  refused("{}", 3, "(cases.format)");
  refused(replaced(cases_of("met", "persistent-absence"), "\"expect\"",
                   "\"expcet\""),
          3, "/cases/0/expcet");
  const Ran nowhere = run(on_fixture_day(
      {"rules", "test", "--cases", scratch.path("nowhere.json")}));
  CHECK(nowhere.status == 3);
  CHECK_THAT(nowhere.err, Catch::Contains("(files.missing)"));
}

TEST_CASE("rules test runs the cases of the rules that are named") {
  const Ran ran = run(on_fixture_day({"rules", "test", "persistent-absence"}));
  CHECK(ran.status == 0);
  CHECK_THAT(ran.out, Catch::Contains("persistent-absence"));
  CHECK(times(ran.out, "element-3-top-up") == 0);
  const Ran wrong =
      run(on_fixture_day({"rules", "test", "persistent-absense"}));
  CHECK(wrong.status == 2);
  CHECK(wrong.out.empty());
}

TEST_CASE("facts lists every fact, and shows one") {
  const Ran all = run(on_fixture_day({"facts"}));
  CHECK(all.status == 0);
  CHECK(lines_of(all.out).size() > 100);
  const Ran one = run(on_fixture_day({"facts", "sen.status"}));
  CHECK(one.status == 0);
  CHECK_THAT(one.out, Catch::Contains("plan_final"));
  const Ran wrong = run(on_fixture_day({"facts", "sen.staus"}));
  CHECK(wrong.status == 2);
  CHECK(wrong.out.empty());
  CHECK_THAT(wrong.err, Catch::Contains("did you mean \"sen.status\"?"));
}
