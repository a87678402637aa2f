#include "casework/new_rule.hpp"

#include "casework/run_cases.hpp"
#include "registers/register.hpp"
#include "small_library.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

void check_refused(const SmallLibrary& library, const std::string& id,
                   const char* error, const std::string& authority = "national",
                   const std::string& kind = "monitoring") {
  const auto before = library.everything();
  const auto made = library.begin_rule(id, authority, kind);
  INFO(id << ", " << authority << ", " << kind);
  REQUIRE_FALSE(made);
  CHECK(made.error().id == error);
  CHECK(library.everything() == before);
}

}  // namespace

TEST_CASE("A new rule of every kind and place loads and its cases come out") {
  const SmallLibrary library;
  int made = 0;
  for (const char* kind :
       {"access_arrangement", "funding", "monitoring", "statutory"}) {
    for (const char* authority : {"national", "884", "302"}) {
      const std::string id =
          "rule-" + std::string(1, static_cast<char>('a' + made));
      const auto rule = library.begin_rule(id, authority, kind);
      INFO(id << (rule ? std::string() : rule.error().to_string()));
      REQUIRE(rule);
      CHECK(rule->written.size() == 5);
      ++made;
    }
  }
  const auto workspace = library.open();
  CHECK(workspace->load_errors().empty());
  const auto cases = run_cases(*workspace, "", {});
  REQUIRE(cases);
  CHECK(cases->size() == static_cast<std::size_t>(made) * 6);
  for (const CaseResult& result : *cases) {
    INFO(result.rule << ": " << result.sentence);
    CHECK(result.faults.empty());
  }
}

TEST_CASE("All that lint says of a new rule is where to write next") {
  const SmallLibrary library;
  REQUIRE(library.begin_rule("low-attendance", "884", "funding"));
  const auto found = library.linted();
  CHECK(found.size() == 17);
  for (const LintFinding& finding : found) {
    INFO(finding.error.to_string());
    CHECK(finding.error.id == "lint.to_write");
    CHECK(finding.error.place.line > 0);
  }
}

TEST_CASE(
    "A new rule is in force at once and refers until its figure is confirmed") {
  const SmallLibrary library;
  const auto made = library.begin_rule("low-attendance");
  REQUIRE(made);
  CHECK(made->edition == "low-attendance/2026-09-01");
  const auto workspace = library.open();
  const auto entry = read_pupil(
      R"({"sen": {"status": "support"}, "attendance": {"authorised": 40, "unauthorised": 0}})",
      workspace->catalogue(), "pupil");
  REQUIRE(entry);
  const auto rules = workspace->engine().select({{"low-attendance"}, ""});
  REQUIRE(rules);
  const auto outcome_on = [&](const char* day) {
    Checker checker(workspace->engine(), *rules, SmallLibrary::day(day), true);
    return checker.decide(entry->record).front().outcome;
  };
  CHECK(outcome_on("2026-08-31") == Outcome::not_in_force);
  CHECK(outcome_on("2026-09-01") == Outcome::refer);
}

TEST_CASE("What cannot be a rule is refused and nothing is written") {
  const SmallLibrary library;
  for (const char* id :
       {"", "My Rule", "../outside", "a/b", "/etc/x", "-a", "a-", "a--b",
        "9lives", "caf\xC3\xA9", "shared", "api", ".", ".."}) {
    check_refused(library, id, "new.rule_id");
  }
  check_refused(library, std::string(61, 'a'), "new.rule_id");
  check_refused(library, "fine", "new.authority", "herefordshire");
  check_refused(library, "fine", "new.authority", "000");
  check_refused(library, "fine", "new.authority", "");
  check_refused(library, "fine", "new.kind", "national", "fundin");
  REQUIRE(library.begin_rule("fine"));
  check_refused(library, "fine", "new.exists");
  std::filesystem::remove_all(library.path("plugins/fine"));
  check_refused(library, "fine", "new.exists");  // the body is there still
}

TEST_CASE("The nearest good id is named") {
  const SmallLibrary library;
  for (const auto& [given, good] :
       std::map<std::string, std::string>{{"My Rule_2", "my-rule-2"},
                                          {"../outside", "outside"},
                                          {"9lives", "rule-9lives"}}) {
    const auto made = library.begin_rule(given);
    REQUIRE_FALSE(made);
    CHECK_THAT(made.error().message,
               Catch::Contains("\"" + good + "\" would do"));
    CHECK(library.begin_rule(good));
  }
}

TEST_CASE("A rule whose edition cannot be written leaves no plugin behind") {
  const SmallLibrary library;
  library.write("rules/national", "a file where a folder must be");
  check_refused(library, "low-attendance", "files.unwritable");
}
