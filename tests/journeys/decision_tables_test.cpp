// A rule with two decision tables, from the officer's file to the page: fixtures/worked.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "program.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

namespace fs = std::filesystem;

const std::string worked = fixture("worked");
const std::string tables = "national/example-trust/2026-09-01/tables/";

// Rules of the worked example alone, in a folder of the test.
std::string rules_in(const Scratch& scratch) {
  const std::string folder = scratch.copy("fixtures/worked/rules");
  for (const char* file : {"facts.json", "bank-holidays.csv"}) {
    fs::copy(source_folder() + "/rules/" + file, folder + "/" + file);
  }
  return folder;
}

Words with_rules(Words words, const std::string& rules) {
  words.insert(words.end(),
               {"--rules", rules, "--plugins", worked + "/plugins"});
  return words;
}

// One pupil, with SEN support.
std::string register_with(const Scratch& scratch, const std::string& facts) {
  return scratch.write(
      "pupil.json",
      "{ \"format\": \"sendcheck-register/1\", \"school\": { \"name\": "
      "\"Example\", \"la\": \"886\" }, \"pupils\": [ { \"upn\": "
      "\"N886999916001\", \"sen\": { \"status\": \"support\" }, " +
          facts + " } ] }");
}

}  // namespace

TEST_CASE("the cases of the rule with decision tables come out as stated") {
  const Scratch scratch;
  const Ran ran = run(with_rules({"rules", "test"}, rules_in(scratch)));
  INFO(ran.out << ran.err);
  CHECK(ran.status == 0);
  CHECK_THAT(ran.out, Catch::Contains("7 passed, 0 failed"));
}

TEST_CASE("rules show prints a decision table and how it decides") {
  const Scratch scratch;
  const Ran ran = run(
      with_rules({"rules", "show", "provision-grant", "--as-of", fixture_day},
                 rules_in(scratch)));
  INFO(ran.out << ran.err);
  CHECK(ran.status == 0);
  CHECK_THAT(ran.out, Catch::Contains(
                          "the table of grants: a decision table of 4 rows"));
  CHECK_THAT(ran.out,
             Catch::Contains(
                 "At most one row matches. Without one, a person decides."));
  CHECK_THAT(ran.out, Catch::Contains("[2000.00..6000.00)"));
  CHECK_THAT(ran.out,
             Catch::Contains("All rows that match count. Without one: paper "
                             "none."));
  CHECK_THAT(ran.out, Catch::Contains("\"plan_final\",\"plan_draft\""));
  CHECK_THAT(ran.out, Catch::Contains("the papers asked for include ehc_plan"));
}

TEST_CASE("explain tells which row of a decision table counted") {
  const Scratch scratch;
  const std::string rules = rules_in(scratch);
  const std::string file = register_with(
      scratch,
      "\"provision_cost\": \"2500.00\", \"evidence\": [ { \"type\": "
      "\"support_plan\" }, { \"type\": \"provision_map\" } ]");
  const Ran ran =
      run(with_rules({"explain", file, "--pupil", "N886999916001", "--rule",
                      "provision-grant", "--as-of", fixture_day, "--no-store"},
                     rules));
  INFO(ran.out << ran.err);
  CHECK(ran.status == 0);
  CHECK_THAT(ran.out, Catch::Contains("\xC2\xA3"
                                      "1,500"));
  CHECK_THAT(ran.out, Catch::Contains("line 3, for SEN status SEN support"));
}

TEST_CASE("rows that may not match together are an error of that rule alone") {
  const Scratch scratch;
  const std::string rules = rules_in(scratch);
  scratch.write("rules/" + tables + "grants.csv",
                "status,cost,grant,approver\nsupport,<= 2500,0,the school\n"
                "support,>= 2500,1500.00,the school\n");
  const std::string file =
      register_with(scratch, "\"provision_cost\": \"2500.00\"");
  const Ran ran = run(
      with_rules({"check", file, "--as-of", fixture_day, "--no-store"}, rules));
  INFO(ran.out << ran.err);
  CHECK_THAT(ran.out + ran.err, Catch::Contains("line 2 gives grant 0.00"));
  CHECK_THAT(ran.out + ran.err, Catch::Contains("line 3 gives grant 1500.00"));
}

TEST_CASE("a cell that a spreadsheet has spoilt is named with its place") {
  const Scratch scratch;
  const std::string rules = rules_in(scratch);
  scratch.write("rules/" + tables + "grants.csv",
                "status,cost,grant,approver\nsupport,5-Oct,0,the school\n"
                "support,>= 6000,1.5E+03,the pannel\n");
  const Ran ran = run(with_rules({"rules", "list"}, rules));
  INFO(ran.out << ran.err);
  CHECK_THAT(ran.err, Catch::Contains("grants.csv:2: cost: \"cost\" is "
                                      "\"5-Oct\", expected a test"));
  CHECK_THAT(ran.err, Catch::Contains("made a date of it"));
}
