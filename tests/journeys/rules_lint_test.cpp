// rules lint, new and new-edition, as an officer and an author meet them.
#include <catch2/catch.hpp>
#include <filesystem>

#include "program.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

// A folder with copies of rules and plugins, in which the program works.
struct Desk {
  Scratch scratch;
  Around around;
  Desk() {
    scratch.copy("rules");
    scratch.copy("plugins");
    around.folder = scratch.folder();
  }
  Ran operator()(const Words& words) const { return run(words, around); }
};

}  // namespace

TEST_CASE(
    "rules lint finds no error in what ships and says where each doubt is") {
  const Ran ran = run(on_fixture_day({"rules", "lint"}));
  CHECK(ran.status == 0);
  CHECK(ran.err.empty());
  CHECK_THAT(ran.out, Catch::Contains("\n0 errors, "));
  CHECK_THAT(ran.out, Catch::Contains("(--all lists them)"));
  CHECK(times(ran.out, "(lint.unconfirmed)") == 0);
  const Ran all = run(on_fixture_day({"rules", "lint", "--all"}));
  CHECK(times(all.out, "(lint.unconfirmed)") > 50);
  CHECK(run(on_fixture_day({"rules", "lint", "--strict"})).status == 1);
  CHECK(run(on_fixture_day({"rules", "lint", "jcq-extra-time-25", "--strict"}))
            .status == 0);
}

TEST_CASE("rules lint as data has the three kinds with place and id") {
  const Ran ran = run(on_fixture_day({"rules", "lint", "--format", "json"}));
  CHECK(ran.status == 0);
  const Json json(ran.out);
  CHECK(text(json.root(), "format") == "sendcheck-lint/1");
  CHECK(json.root().find("errors")->items.empty());
  REQUIRE_FALSE(json.root().find("doubts")->items.empty());
  for (const json::Value& doubt : json.root().find("doubts")->items) {
    CHECK(text(doubt, "id").starts_with("lint."));
    CHECK(text(doubt, "file").starts_with("rules/"));
    CHECK_FALSE(text(doubt, "message").empty());
  }
}

TEST_CASE(
    "rules lint ends with 4 when something does not load and with 2 for a name "
    "that nothing has") {
  const Desk desk;
  desk.scratch.write("rules/national/jcq/2026-03-01/edition.json", "[");
  const Ran ran = desk({"rules", "lint"});
  CHECK(ran.status == 4);
  CHECK(ran.out.starts_with("Errors"));
  CHECK_THAT(ran.out, Catch::Contains("(json.syntax)"));
  const Ran unknown = desk({"rules", "lint", "pupil-premum"});
  CHECK(unknown.status == 2);
  CHECK(unknown.out.empty());
  CHECK_THAT(unknown.err, Catch::Contains("(lint.unknown)"));
  CHECK(desk({"rules", "lint", "--register", "nowhere.json"}).status == 3);
}

TEST_CASE("a new rule is tested and checked at once") {
  const Desk desk;
  const Ran made = desk(
      {"rules", "new", "low-attendance-on-support", "--from", "2026-09-01"});
  CHECK(made.status == 0);
  CHECK(made.err.empty());
  CHECK_THAT(made.out, Catch::Contains("What is left to do") &&
                           Catch::Contains("rule.lua:1"));
  const Ran tested = desk({"rules", "test", "low-attendance-on-support"});
  CHECK(tested.status == 0);
  CHECK_THAT(tested.out, Catch::Contains("6 passed, 0 failed"));
  const Ran checked =
      desk({"check", fixture("registers/kent-secondary.json"), "--rule",
            "low-attendance-on-support", "--as-of", fixture_day, "--no-store"});
  CHECK(checked.status == 0);
  CHECK_THAT(checked.out,
             Catch::Contains("low-attendance-on-support/2026-09-01"));
  const Ran again = desk({"rules", "new", "low-attendance-on-support"});
  CHECK(again.status == 2);
  CHECK_THAT(again.err, Catch::Contains("(new.exists)"));
  CHECK(desk({"rules", "new", "low", "--from", "2026-02-30"}).status == 2);
  CHECK_FALSE(std::filesystem::exists(desk.scratch.path("plugins/low")));
}

TEST_CASE("a new edition refers until an officer confirms it") {
  const Desk desk;
  const Ran made =
      desk({"rules", "new-edition", "884-herefordshire", "2027-04-01"});
  CHECK(made.status == 0);
  CHECK(made.err.empty());
  CHECK_THAT(made.out, Catch::Contains("it ends by itself the day before"));
  CHECK_THAT(made.out, Catch::Contains("(lint.carried_over)"));
  const Words check = {"check",      fixture("registers/herefordshire-primary"),
                       "--rule",     "herefordshire-high-needs-matrix",
                       "--no-store", "--format",
                       "json",       "--as-of"};
  const auto outcomes = [&](const char* day, const char* outcome) {
    Words words = check;
    words.emplace_back(day);
    return times(desk(words).out,
                 "\"outcome\":\"" + std::string(outcome) + "\"");
  };
  CHECK(outcomes("2027-03-31", "met") > 0);
  CHECK(outcomes("2027-04-01", "met") == 0);
  CHECK(outcomes("2027-04-01", "not_met") <= outcomes("2027-03-31", "not_met"));
  const Ran wrong =
      desk({"rules", "new-edition", "884-herefordshre", "2028-04-01"});
  CHECK(wrong.status == 2);
  CHECK_THAT(wrong.err, Catch::Contains("\"884-herefordshire\""));
  CHECK(desk({"rules", "new-edition", "jcq", "2025-01-01"}).status == 2);
}
