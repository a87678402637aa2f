#include "casework/new_edition.hpp"

#include "house.hpp"
#include "small_library.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

void check_refused(const SmallLibrary& library, const std::string& body,
                   const std::string& date, const char* error,
                   const std::string& from = "", bool new_body = false) {
  const auto before = library.everything();
  const auto made = library.begin_edition(body, date, from, new_body);
  INFO(body << " " << date << " " << from);
  REQUIRE_FALSE(made);
  CHECK(made.error().id == error);
  CHECK(library.everything() == before);
}

}  // namespace

TEST_CASE(
    "The next edition of every body that ships loads with nothing taken for "
    "granted") {
  const Scratch scratch;
  const std::string rules = scratch.copy("rules");
  auto workspace = Workspace::open(rules, source_folder() + "/plugins");
  REQUIRE(workspace);
  std::set<std::string> bodies;
  for (const Edition& edition : (*workspace)->rulesets().editions()) {
    bodies.insert(edition.body);
  }
  REQUIRE(bodies.size() > 30);
  for (const std::string& body : bodies) {
    const auto made = new_edition(
        **workspace, {body, "2031-04-01", "", false, fixture_date()});
    INFO(body << (made ? std::string() : made.error().to_string()));
    REQUIRE(made);
  }
  workspace = Workspace::open(rules, source_folder() + "/plugins");
  REQUIRE(workspace);
  for (const Error& error : (*workspace)->load_errors()) {
    FAIL_CHECK(error.to_string());
  }
  std::size_t copies = 0;
  for (const Edition& edition : (*workspace)->rulesets().editions()) {
    if (!edition.id.ends_with("/2031-04-01")) continue;
    INFO(edition.id);
    ++copies;
    CHECK(edition.unconfirmed);
    CHECK(edition.unconfirmed_because.starts_with(carried_over));
    CHECK(edition.approved_by.starts_with(to_write));
    for (const auto& [key, source] : edition.sources) {
      CHECK_FALSE(source.read_on.has_value());
    }
    for (const auto& [rule, entry] : edition.rules) {
      for (const auto& [name, parameter] : entry.parameters) {
        INFO(rule << ": " << name);
        CHECK(parameter.unconfirmed);
        CHECK(parameter.unconfirmed_because.starts_with(carried_over));
      }
    }
  }
  CHECK(copies == bodies.size());
}

TEST_CASE("A copy differs only in what must be looked at again") {
  const SmallLibrary library;
  REQUIRE(library.begin_rule("low-attendance"));
  const std::string before =
      library.text("rules/national/low-attendance/2026-09-01/edition.json");
  const auto made = library.begin_edition("low-attendance", "2027-09-01");
  REQUIRE(made);
  CHECK(made->from == "low-attendance/2026-09-01");
  CHECK(made->carried_over == 1);
  CHECK(library.text("rules/national/low-attendance/2026-09-01/edition.json") ==
        before);
  const std::string after =
      library.text("rules/national/low-attendance/2027-09-01/edition.json");
  CHECK_THAT(after,
             Catch::Contains(
                 "\"sessions\": { \"value\": 12, \"source\": \"policy\",\n"));
  // The doubt that was there is kept, once, however often it is carried over.
  REQUIRE(library.begin_edition("low-attendance", "2028-09-01"));
  const std::string again =
      library.text("rules/national/low-attendance/2028-09-01/edition.json");
  CHECK_THAT(again,
             Catch::Contains("Carried over from low-attendance/2027-09-01, in "
                             "force until 31 August 2028, unconfirmed there "
                             "too: To be written: who sets the figure"));
  CHECK(again.find("low-attendance/2026-09-01") == std::string::npos);
}

TEST_CASE("The edition before ends by itself and an older one can be copied") {
  const SmallLibrary library;
  REQUIRE(library.begin_rule("low-attendance"));
  REQUIRE(library.begin_edition("low-attendance", "2027-09-01"));
  for (const char* from : {"2026-09-01", "low-attendance/2026-09-01"}) {
    const std::string day = from[0] == 'l' ? "2029-09-01" : "2028-09-01";
    const auto made = library.begin_edition("low-attendance", day, from);
    REQUIRE(made);
    CHECK(made->from == "low-attendance/2026-09-01");
  }
  const auto workspace = library.open();
  CHECK(workspace->load_errors().empty());
  CHECK(workspace->rulesets().editions().front().last_day ==
        SmallLibrary::day("2027-08-31"));
}

TEST_CASE(
    "A day on which no edition can begin is refused and nothing is written") {
  const SmallLibrary library;
  REQUIRE(library.begin_rule("low-attendance"));
  for (const char* day : {"", "2027", "2027-02-30", "01/04/2027", "2027-4-1",
                          "2026-09-01", "2026-08-31", "1999-01-01"}) {
    check_refused(library, "low-attendance", day, "new.date");
  }
  library.edit("rules/national/low-attendance/2026-09-01/edition.json",
               "\"to\": null, \"runs_on_because\": \"To be written: the last "
               "day, or why there is none\"",
               "\"to\": \"2027-08-31\"");
  check_refused(library, "low-attendance", "2027-08-31", "new.date");
  CHECK(library.begin_edition("low-attendance", "2027-09-01"));
}

TEST_CASE(
    "A body or an edition that is not there is refused with what was probably "
    "meant") {
  const SmallLibrary library;
  REQUIRE(library.begin_rule("low-attendance", "884"));
  check_refused(library, "884-low-attendance", "2027-09-01", "new.body");
  check_refused(library, "302", "2027-09-01", "new.body");
  check_refused(library, "302-barnet", "2027-09-01", "new.body");
  check_refused(library, "299", "2027-09-01", "new.authority", "", true);
  check_refused(library, "299-nowhere", "2027-09-01", "new.authority", "",
                true);
  for (const char* body : {"", "../x", "a/b", "Trust", "12", "-a"}) {
    check_refused(library, body, "2027-09-01", "new.body", "", true);
  }
  const std::string body = "884-herefordshire-low-attendance";
  check_refused(library, body, "2027-09-01", "new.body", "", true);
  check_refused(library, body, "2027-09-01", "new.edition", "2020-01-01");
  check_refused(library, body, "2027-09-01", "new.edition", "jcq/2026-09-01");
  const auto near =
      library.begin_edition("884-herefordshire-low-attendence", "2027-09-01");
  REQUIRE_FALSE(near);
  CHECK_THAT(near.error().message, Catch::Contains("\"" + body + "\""));
  // The code is enough where only one body has it.
  CHECK(library.begin_edition("884", "2027-09-01"));
}

TEST_CASE(
    "A new body of each layer begins with an edition that loads and names "
    "nothing") {
  const SmallLibrary library;
  for (const auto& [body, id] : std::map<std::string, std::string>{
           {"302", "302-barnet/2027-04-01"},
           {"999801-hop-pocket", "999801-hop-pocket/2027-04-01"},
           {"example-trust", "example-trust/2027-04-01"},
           {"884-herefordshire-travel",
            "884-herefordshire-travel/2027-04-01"}}) {
    const auto made = library.begin_edition(body, "2027-04-01", "", true);
    INFO(body << (made ? std::string() : made.error().to_string()));
    REQUIRE(made);
    CHECK(made->id == id);
    check_refused(library, body, "2028-04-01", "new.body", "", true);
  }
  CHECK(library.open()->load_errors().empty());
  CHECK(with_id(library.linted(), "lint.no_rule").size() == 4);
}

TEST_CASE("An edition that does not load is not copied") {
  const SmallLibrary library;
  REQUIRE(library.begin_rule("low-attendance"));
  library.edit("rules/national/low-attendance/2026-09-01/edition.json",
               "\"value\": 12", "\"value\": \"twelve\"");
  check_refused(library, "low-attendance", "2027-09-01", "new.edition");
  check_refused(library, "low-attendance", "2026-09-01", "new.date");
}
