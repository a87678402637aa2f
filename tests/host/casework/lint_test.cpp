#include "casework/lint.hpp"

#include <set>

#include "house.hpp"
#include "small_library.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

const std::string rule = "low-attendance";
const std::string edition =
    "rules/national/low-attendance/2026-09-01/edition.json";
const std::string script = "plugins/low-attendance/rule.lua";
const std::string manifest = "plugins/low-attendance/plugin.json";

class OneRule : public SmallLibrary {
 public:
  OneRule() { REQUIRE(begin_rule(rule)); }
};

std::set<std::string> ids(const std::vector<LintFinding>& found) {
  std::set<std::string> result;
  for (const LintFinding& finding : found) result.insert(finding.error.id);
  return result;
}

}  // namespace

TEST_CASE("What ships has no error and only doubts that somebody must settle") {
  const auto found = lint(*shipped(), {{}, {}, fixture_date()});
  REQUIRE(found);
  std::set<std::string> doubts;
  for (const LintFinding& finding : *found) {
    INFO(finding.error.to_string());
    CHECK(finding.kind != LintFinding::Kind::error);
    CHECK(finding.error.place.file.find(source_folder()) == std::string::npos);
    if (finding.kind == LintFinding::Kind::doubt) {
      doubts.insert(finding.error.id);
    }
  }
  // Schemes that ended, and whose next text was not read; and Leicestershire's
  // bands of whole hours, which leave room between 9 and 10.
  CHECK(doubts ==
        std::set<std::string>{"lint.ended", "lint.dropped", "lint.table_gap"});
  CHECK(with_id(*found, "lint.unconfirmed").size() > 50);
}

TEST_CASE(
    "A source that was read more than a year ago is doubtful, and not one day "
    "sooner") {
  const auto workspace = shipped();
  const auto old = [&](const char* day) {
    const auto found = lint(*workspace, {{"jcq"}, {}, *Date::parse(day)});
    REQUIRE(found);
    return with_id(*found, "lint.source_old").size();
  };
  CHECK(old("2027-11-22") == 0);
  CHECK(old("2028-11-25") > 0);
}

TEST_CASE("A name that nothing has is refused with the nearest") {
  const auto workspace = shipped();
  const auto refused = [&](const std::string& name) {
    const auto found = lint(*workspace, {{name}, {}, fixture_date()});
    REQUIRE_FALSE(found);
    CHECK(found.error().id == "lint.unknown");
    return found.error().message;
  };
  CHECK_THAT(refused("pupil-premum"), Catch::Contains("\"pupil-premium\""));
  CHECK_THAT(refused("884-herefordshir"),
             Catch::Contains("\"884-herefordshire\""));
  CHECK_THAT(refused("jcq/2026-03-02"), Catch::Contains("\"jcq/2026-03-01\""));
  refused("nothing of the kind");
}

TEST_CASE("Findings are narrowed to what is named") {
  const auto workspace = shipped();
  const auto found = lint(*workspace, {{"935-suffolk"}, {}, fixture_date()});
  REQUIRE(found);
  CHECK_FALSE(found->empty());
  for (const LintFinding& finding : *found) {
    CHECK(finding.edition.starts_with("935-suffolk/"));
  }
}

TEST_CASE("Everything that does not load comes first, every fault of it") {
  const OneRule library;
  library.edit(edition, "\"value\": 12", "\"value\": -1");
  library.edit(edition, "\"to\": null", "\"to\": \"2026-02-30\"");
  library.write("plugins/broken/plugin.json", "{");
  library.write("plugins/unwritten/README.md", "nothing else");
  const auto found = library.linted();
  REQUIRE(found.size() > 4);
  std::size_t errors = 0;
  while (errors < found.size() &&
         found[errors].kind == LintFinding::Kind::error) {
    ++errors;
  }
  for (std::size_t i = errors; i < found.size(); ++i) {
    CHECK(found[i].kind != LintFinding::Kind::error);
  }
  const std::set<std::string> known =
      ids({found.begin(), found.begin() + static_cast<std::ptrdiff_t>(errors)});
  CHECK(known.contains("editions.range"));
  CHECK(known.contains("editions.dates"));
  CHECK(known.contains("json.syntax"));
  // Of one plugin both files, of the other its rule.lua.
  CHECK(with_id(found, "files.missing").size() == 3);
}

TEST_CASE(
    "An edition that ended without another is doubtful from the day after") {
  const OneRule library;
  library.edit(edition,
               "\"to\": null, \"runs_on_because\": \"To be written: the last "
               "day, or why there is none\"",
               "\"to\": \"2026-11-22\"");
  CHECK(with_id(library.linted(), "lint.ended").empty());
  const auto found = only(library.linted({}, "2026-11-23"), "lint.ended");
  CHECK(found.rule == rule);
  CHECK(found.error.place.pointer == "/in_force");
  CHECK_THAT(found.error.message,
             Catch::Contains("new-edition low-attendance 2026-11-23"));
}

TEST_CASE(
    "A gap between two editions is a doubt to come and a note once past") {
  const OneRule library;
  library.edit(edition,
               "\"to\": null, \"runs_on_because\": \"To be written: the last "
               "day, or why there is none\"",
               "\"to\": \"2026-12-31\"");
  REQUIRE(library.begin_edition(rule, "2027-02-01"));
  const auto before = only(library.linted(), "lint.gap");
  CHECK(before.kind == LintFinding::Kind::doubt);
  CHECK_THAT(before.error.message,
             Catch::Contains("1 January 2027 to 31 January 2027"));
  const auto after = only(library.linted({}, "2027-02-01"), "lint.gap");
  CHECK(after.kind == LintFinding::Kind::note);
}

TEST_CASE("A rule that the next edition lets drop is found there") {
  const OneRule library;
  REQUIRE(library.begin_edition(rule, "2026-11-01"));
  const std::string next =
      "rules/national/low-attendance/2026-11-01/edition.json";
  const std::string text = library.text(next);
  library.write(next,
                text.substr(0, text.find("\"rules\"")) + "\"rules\": { } }");
  const auto found = library.linted();
  CHECK(only(found, "lint.dropped").edition == "low-attendance/2026-11-01");
  CHECK(only(found, "lint.no_rule").edition == "low-attendance/2026-11-01");
}

TEST_CASE("Words that say nothing are found where a reason is asked for") {
  const OneRule library;
  library.edit(edition, "To be written: the last day, or why there is none",
               "n/a");
  CHECK(only(library.linted(), "lint.empty_words").error.place.pointer ==
        "/in_force");
}

TEST_CASE("A source that nothing names is found") {
  const OneRule library;
  library.edit(edition, "\"sources\": {",
               "\"sources\": { \"other\": { \"title\": \"Another\" },");
  CHECK(only(library.linted(), "lint.unused_source").error.place.pointer ==
        "/sources/other");
  library.edit(edition, "\"source\": \"policy\",",
               "\"source\": \"policy\", \"note\": \"As printed (`other`).\",");
  CHECK(with_id(library.linted(), "lint.unused_source").empty());
}

TEST_CASE(
    "A value that lower layers may set without bounds is doubtful unless its "
    "note says why") {
  const OneRule library;
  library.edit(edition, "\"source\": \"policy\",",
               "\"source\": \"policy\", \"may_override\": true,");
  CHECK(only(library.linted(), "lint.unbounded").rule == rule);
  library.edit(edition, "\"may_override\": true,",
               "\"may_override\": true, \"floor\": 5,");
  CHECK(with_id(library.linted(), "lint.unbounded").empty());
  library.edit(edition, "\"floor\": 5,", "\"note\": \"No floor is printed.\",");
  CHECK(with_id(library.linted(), "lint.unbounded").empty());
}

TEST_CASE(
    "A figure in the script is found with its line and a parameter that is "
    "left over too") {
  const OneRule library;
  library.edit(script, "param \"sessions\"", "12");
  const auto found = library.linted();
  const auto figure = only(found, "lint.figure");
  CHECK(figure.error.place.file == script);
  CHECK(figure.error.place.line == 12);
  CHECK(only(found, "lint.unused_parameter").error.place.pointer ==
        "/parameters/sessions");
}

TEST_CASE("A local fact that no rule reads is found") {
  const OneRule library;
  library.edit(manifest, "\"parameters\":",
               "\"facts\": { \"local.trust.moved\": { \"type\": \"boolean\", "
               "\"label\": \"moved\" } },\n  \"parameters\":");
  CHECK(only(library.linted(), "lint.unread_fact").error.place.pointer ==
        "/facts/local.trust.moved");
}

TEST_CASE("A folder that lacks its page or its cases is found") {
  const OneRule library;
  std::filesystem::remove(library.path("plugins/low-attendance/README.md"));
  CHECK(only(library.linted(), "lint.plugin_file").error.place.file ==
        "plugins/low-attendance/README.md");
  library.write("plugins/low-attendance/README.md",
                "# Low attendance\n\n## Limits\n");
  CHECK_THAT(only(library.linted(), "lint.plugin_file").error.message,
             Catch::Contains("## The rule in words") &&
                 Catch::Contains("## Sources") &&
                 !Catch::Contains("## Limits"));
  library.write("plugins/low-attendance/cases.json",
                "{ \"format\": \"sendcheck-cases/1\", \"cases\": [ ] }");
  CHECK(with_id(library.linted(), "lint.plugin_file").size() == 2);
  library.write("plugins/low-attendance/cases.json",
                "{ \"format\": \"sendcheck-cases/2\" }");
  CHECK(only(library.linted(), "cases.format").kind ==
        LintFinding::Kind::error);
}

TEST_CASE("A case that does not come out is found") {
  const OneRule library;
  library.edit("plugins/low-attendance/cases.json", "\"outcome\": \"not_met\"",
               "\"outcome\": \"met\"");
  CHECK_THAT(only(library.linted(), "lint.case").error.message,
             Catch::Contains("eleven sessions"));
}

TEST_CASE("A rule that no edition names is found") {
  const OneRule library;
  std::filesystem::remove_all(library.path("rules/national"));
  CHECK(only(library.linted(), "lint.in_no_edition").rule == rule);
}

TEST_CASE(
    "A register shows rules that nobody meets and of which nobody can say and "
    "what stops most") {
  const OneRule library;
  library.edit(edition,
               "\"status\": \"unconfirmed\", \"reason\": \"To be written: who "
               "sets the figure, and where it is written\"",
               "\"status\": \"confirmed\"");
  const auto pupils = [&](const std::vector<std::string>& missed) {
    std::string text;
    for (std::size_t i = 0; i < missed.size(); ++i) {
      text += "{\"upn\": \"" + upn(static_cast<int>(i)) +
              "\", \"sen\": {\"status\": \"support\"}, \"attendance\": "
              "{\"authorised\": " +
              missed[i] + ", \"unauthorised\": 0}}\n";
    }
    library.write("register.jsonl", text);
    return library.linted({}, "2026-11-22", {library.path("register.jsonl")});
  };
  const auto none = only(pupils({"1", "2", "11"}), "lint.never_met");
  CHECK_THAT(none.error.message,
             Catch::Contains("none of the 3 pupils") &&
                 Catch::Contains("enough sessions were missed") &&
                 Catch::Contains("3 of the 3"));
  const auto some = pupils({"1", "2", "12"});
  CHECK(with_id(some, "lint.never_met").empty());
  const auto stopped = only(some, "lint.stopped_by");
  CHECK(stopped.kind == LintFinding::Kind::note);
  CHECK_THAT(stopped.error.message, Catch::Contains("1 of the 3 pupils") &&
                                        Catch::Contains("2 of the 2"));
  const auto unknown = only(pupils({"null", "null"}), "lint.always_unknown");
  CHECK_THAT(unknown.error.message, Catch::Contains("each of the 2 pupils"));
}

TEST_CASE("A register that cannot be read is an error of its own") {
  const OneRule library;
  const auto workspace = library.open();
  const auto found =
      lint(*workspace, {{}, {library.path("nowhere.json")}, fixture_date()});
  REQUIRE_FALSE(found);
  CHECK(found.error().id == "files.missing");
}
