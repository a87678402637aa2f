// Each folder of fixtures/editions but `sound` has one fault, and says so in
// its README.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "test_rules.hpp"

namespace {

using namespace rules_of_tests;

struct Expected {
  std::string edition;
  std::string id;
  std::string pointer;             // empty: not looked at
  std::vector<std::string> words;  // each occurs in the message
  int line = 0;                    // 0: not looked at
};
struct Case {
  std::string folder;
  std::vector<Expected> errors;  // all that there are, in any order
};

const std::string dfe = "dfe/2025-04-01";
const std::string hereford = "884-herefordshire/2025-04-01";
const std::string hill = "123456-hill/2025-09-01";
const std::string dfe_file = "national/dfe/2025-04-01/edition.json";
const std::string hereford_file =
    "authorities/884-herefordshire/2025-04-01/edition.json";
const std::string hill_file = "schools/123456-hill/2025-09-01/edition.json";
const std::string top_up = "/rules/element-3-top-up";
const std::string parameters = "/rules/element-3-top-up/parameters";
const std::string threshold = "/rules/element-3-top-up/parameters/threshold";
const std::string matrix = "/rules/high-needs-matrix/parameters";

const std::vector<Case> cases = {
    // What an edition is.
    {"not-json", {{dfe, "json.syntax", "", {}, 4}}},
    {"another-version",
     {{dfe,
       "editions.format",
       "/format",
       {"\"sendcheck-edition/2\"", "expected", "\"sendcheck-edition/1\""}}}},
    {"unknown-key",
     {{dfe,
       "editions.format",
       "/in_force/runs_on_becuase",
       {"Did you mean \"runs_on_because\"?"}},
      {dfe,
       "editions.format",
       threshold + "/nte",
       {"\"nte\"", "Did you mean \"note\"?"}},
      {dfe, "editions.format", "/sauces", {"Did you mean \"sources\"?"}}}},
    {"missing-keys",
     {{dfe, "editions.format", "", {"\"title\" is missing"}},
      {dfe, "editions.format", "", {"\"approved\" is missing"}},
      {dfe, "editions.format", "", {"\"rules\" is missing"}}}},
    {"removed-and-more",
     {{hereford,
       "editions.format",
       top_up + "/removed",
       {"taken away and yet has more"}}}},
    {"floor-without-override",
     {{dfe,
       "editions.format",
       threshold + "/floor",
       {"not open to a lower layer", "\"may_override\": true"}},
      {dfe,
       "editions.range",
       parameters + "/hours/floor",
       {"a floor above its ceiling"}},
      {dfe,
       "editions.wrong_type",
       parameters + "/basis/floor",
       {"a code has no order"}},
      {dfe,
       "editions.format",
       parameters + "/ratio/may_override",
       {"the text \"yes\"", "true or false"}}}},

    // Where it stands.
    {"wrong-folder",
     {{"dfe/2025-05-01", "editions.folder", "/body", {"\"dfes\"", "\"dfe\""}},
      {"dfe/2025-05-01",
       "editions.folder",
       "/in_force/from",
       {"2025-04-01", "2025-05-01"}}}},
    {"not-a-day",
     {{"dfe/spring", "editions.folder", "", {"\"spring\"", "2026-04-01"}}}},
    {"wrong-authority",
     {{hereford, "editions.folder", "/la", {"\"885\"", "\"884\""}},
      {hill, "editions.folder", "/urn", {"\"654321\"", "\"123456\""}}}},
    {"authority-in-a-national-edition",
     {{dfe, "editions.format", "/la", {"of no authority"}},
      {dfe, "editions.format", "/urn", {"Only a school's edition"}}}},
    {"no-edition-file", {{dfe, "files.missing", "", {"edition.json"}}}},
    {"edition-too-high",
     {{"dfe", "editions.folder", "", {"stands in the folder of its body"}}}},
    {"unknown-layer",
     {{"authority",
       "editions.folder",
       "",
       {"\"authority\"", "national, authorities and schools"}}}},
    {"body-without-editions",
     {{"sta", "editions.folder", "", {"has no edition"}}}},

    // From when to when.
    {"last-day-before-first",
     {{dfe,
       "editions.dates",
       "/in_force/to",
       {"31 March 2025", "before", "1 April 2025"}}}},
    {"impossible-day",
     {{"dfe/2025-02-28",
       "editions.dates",
       "/in_force/from",
       {"\"2025-02-29\""}},
      {"dfe/2025-02-28",
       "editions.dates",
       "/in_force/to",
       {"\"2026-02-29\""}}}},
    {"no-last-day",
     {{dfe, "editions.dates", "/in_force/to", {"The last day is missing"}}}},
    {"runs-on-without-reason",
     {{dfe, "editions.runs_on", "/in_force/to", {"\"runs_on_because\""}}}},
    {"ends-and-runs-on",
     {{dfe,
       "editions.runs_on",
       "/in_force/runs_on_because",
       {"a last day and a reason why it has none"}}}},
    {"overlap",
     {{dfe,
       "editions.overlap",
       "/in_force",
       {"dfe/2025-04-01", "dfe/2026-03-01",
        "national/dfe/2026-03-01/edition.json",
        "1 March 2026 to 31 March 2026"}},
      {"dfe/2026-03-01",
       "editions.overlap",
       "/in_force",
       {"dfe/2025-04-01", "dfe/2026-03-01", dfe_file,
        "1 March 2026 to 31 March 2026"}}}},
    {"overlap-of-one-day",
     {{dfe, "editions.overlap", "", {"both cover 31 March 2026."}},
      {"dfe/2026-03-31", "editions.overlap", "", {"31 March 2026."}}}},
    {"dates-unconfirmed-without-reason",
     {{dfe, "editions.status", "/in_force/reason", {"without a reason"}}}},

    // Rules and their parameters.
    {"unknown-rule",
     {{dfe,
       "editions.unknown_rule",
       "/rules/element-3-top-pu",
       {"\"element-3-top-pu\"", "Did you mean \"element-3-top-up\"?"}}}},
    {"unknown-parameter",
     {{dfe,
       "editions.unknown_parameter",
       parameters + "/treshold",
       {"element-3-top-up", "\"treshold\"", "Did you mean \"threshold\"?"}}}},
    {"parameter-of-a-rule-without-any",
     {{dfe,
       "editions.unknown_parameter",
       "/rules/plain/parameters/threshold",
       {"It declares none."}}}},
    {"missing-parameter",
     {{dfe,
       "editions.missing_parameter",
       top_up,
       {"element-3-top-up", "\"threshold\"", dfe, dfe_file}},
      {dfe,
       "editions.missing_parameter",
       "/rules/high-needs-matrix",
       {"high-needs-matrix", "\"bands\"", dfe, dfe_file}}}},
    {"wrong-types",
     {{dfe,
       "editions.wrong_type",
       threshold + "/value",
       {"\"threshold\"", "the number 6000", "\"6000.00\""}},
      {dfe,
       "editions.wrong_type",
       parameters + "/hours/value",
       {"the number 12.5", "a whole number"}},
      {dfe,
       "editions.wrong_type",
       parameters + "/ratio/value",
       {"the text \"0.5\"", "a number"}},
      {dfe,
       "editions.wrong_type",
       parameters + "/active/value",
       {"the text \"yes\"", "true or false"}},
      {dfe,
       "editions.wrong_type",
       parameters + "/from_day/value",
       {"the text \"1 April 2025\"", "a date"}},
      {dfe,
       "editions.wrong_type",
       parameters + "/deadline/value",
       {"the text \"02-30\"", "a month and day"}},
      {dfe,
       "editions.wrong_type",
       parameters + "/basis/value",
       {"additional or total", "Did you mean \"additional\"?"}},
      {dfe,
       "editions.wrong_type",
       parameters + "/words/value",
       {"the number 7", "a text"}},
      {dfe,
       "editions.wrong_type",
       parameters + "/areas/value",
       {"the text \"reading\"", "a list"}},
      {dfe,
       "editions.wrong_type",
       parameters + "/scores/value/1",
       {"the text \"84\"", "a whole number"}},
      {dfe,
       "editions.wrong_type",
       parameters + "/scores/value/2",
       {"null", "a whole number"}}}},
    {"wrong-types-of-numbers",
     {{dfe, "editions.wrong_type", threshold + "/value", {"\"6000\""}},
      {dfe, "editions.wrong_type", parameters + "/hours/value", {"1e1"}},
      {dfe,
       "editions.wrong_type",
       parameters + "/ratio/value",
       {"0.12345678901"}}}},
    {"table-for-a-value",
     {{dfe,
       "editions.wrong_type",
       threshold + "/table",
       {"given as \"table\"", "declares it as a money", "\"value\""}},
      {dfe,
       "editions.wrong_type",
       matrix + "/bands/value",
       {"given as \"value\"", "\"table\""}},
      {dfe,
       "editions.wrong_type",
       matrix + "/panels/table",
       {"given as \"table\"", "\"calendar\""}}}},
    {"out-of-range",
     {{dfe,
       "editions.range",
       threshold + "/value",
       {"\"-0.01\"", "at least 0.00"}},
      {dfe,
       "editions.range",
       parameters + "/hours/value",
       {"the number 41", "at most 40"}},
      {dfe,
       "editions.range",
       parameters + "/scores/value/2",
       {"the number 201", "at most 200"}},
      {dfe,
       "editions.range",
       parameters + "/scores/value/3",
       {"the number 0", "at least 1"}},
      {dfe,
       "editions.range",
       parameters + "/from_day/value",
       {"1999-12-31", "at least 2000-01-01"}},
      {dfe,
       "editions.range",
       parameters + "/deadline/value",
       {"11-01", "at most 10-31"}}}},
    {"unknown-source",
     {{dfe,
       "editions.source",
       threshold + "/source",
       {"\"guid\"", "Did you mean \"guide\"?"}},
      {dfe,
       "editions.source",
       parameters + "/hours/source",
       {"The source is missing"}},
      {dfe,
       "editions.source",
       parameters + "/ratio/source",
       {"\"other\"", "Its sources are bad and guide."}},
      {dfe, "editions.source", "/sources/bad/url", {"javascript:alert(1)"}}}},
    {"status",
     {{dfe,
       "editions.status",
       threshold + "/status",
       {"\"threshold\" is missing", "\"confirmed\""}},
      {dfe,
       "editions.status",
       parameters + "/hours/reason",
       {"unconfirmed without a reason"}},
      {dfe,
       "editions.status",
       parameters + "/ratio/reason",
       {"confirmed, and yet has a reason"}},
      {dfe,
       "editions.status",
       parameters + "/active/status",
       {"the text \"certain\""}}}},

    // Layers: the lower one is broken, and both entries are named.
    {"locked",
     {{hereford,
       "editions.locked",
       threshold,
       {hereford_file + "#" + threshold, dfe_file + "#" + threshold,
        "\"may_override\": true"}}}},
    {"locked-optional",
     {{hereford,
       "editions.locked",
       parameters + "/hours",
       {hereford_file + "#" + parameters + "/hours",
        dfe_file + "#" + top_up + " "}}}},
    {"locked-by-the-middle",
     {{hill,
       "editions.locked",
       threshold,
       {hill_file + "#" + threshold, hereford_file + "#" + threshold}}}},
    {"opened-by-the-wrong-layer",
     {{hereford,
       "editions.locked",
       threshold,
       {hereford_file + "#" + threshold, dfe_file + "#" + threshold}}}},
    {"floor",
     {{hereford,
       "editions.floor",
       threshold,
       {hereford_file + "#" + threshold, "to 4999.99",
        dfe_file + "#" + threshold, "the floor 5000.00"}}}},
    {"ceiling",
     {{hill,
       "editions.ceiling",
       threshold,
       {hill_file + "#" + threshold, "to 7000.01", dfe_file + "#" + threshold,
        "the ceiling 7000.00"}}}},
    {"floor-of-a-list",
     {{hereford,
       "editions.floor",
       parameters + "/scores",
       {"to 59", "the floor 60"}}}},
    {"not-extended",
     {{hereford,
       "editions.not_extended",
       top_up,
       {hereford_file + "#" + top_up, dfe_file + "#" + top_up,
        "Add \"dfe\" to \"extends\""}}}},
    {"unknown-body",
     {{hereford,
       "editions.unknown_body",
       "/extends/1",
       {"\"jcqs\"", "Did you mean \"jcq\"?"}}}},
    {"reopened",
     {{hereford,
       "editions.locked",
       top_up,
       {hereford_file + "#" + top_up, dfe_file + "#" + top_up, "closed"}},
      {hereford, "editions.locked", threshold, {"\"threshold\""}}}},
    {"breach-late-in-the-span",
     {{hereford,
       "editions.floor",
       threshold,
       {"national/dfe/2026-04-01/edition.json#" + threshold,
        "the floor 5500.00"}}}},
    {"removed-nothing",
     {{hereford,
       "editions.removed",
       "/rules/county-fund/removed",
       {"county-fund", "no layer above"}}}},
    {"two-national-bodies",
     {{dfe,
       "editions.two_bodies",
       top_up,
       {dfe_file + "#" + top_up, "sta/2025-09-01/edition.json#" + top_up,
        "1 September 2025 to 31 March 2026"}},
      {"sta/2025-09-01",
       "editions.two_bodies",
       top_up,
       {dfe_file + "#" + top_up}}}},
    {"two-bodies-of-one-authority",
     {{hereford,
       "editions.two_bodies",
       "/rules/county-fund",
       {hereford_file + "#/rules/county-fund",
        "authorities/884-early-years/2025-09-01/edition.json#/rules/"
        "county-fund"}},
      {"884-early-years/2025-09-01",
       "editions.two_bodies",
       "/rules/county-fund",
       {hereford_file}}}},

    // Tables.
    {"table-columns",
     {{dfe,
       "editions.table",
       "points_form",
       {"\"points_form\"", "Did you mean \"points_from\"?"},
       1},
      {dfe,
       "editions.table",
       "points_from",
       {"\"points_from\" is missing"},
       1}}},
    {"table-cells",
     {{dfe, "editions.table", "amount", {"\"10.005\"", "pounds and pence"}, 2},
      {dfe, "editions.table", "group", {"is empty", "* for anything"}, 3},
      {dfe,
       "editions.table",
       "points_from",
       {"\"zero\"", "nothing for an open end"},
       4},
      {dfe, "editions.table", "amount", {"is empty"}, 5}}},
    {"table-spoilt",
     {{dfe, "editions.table", "group", {"\"05-Oct\"", "made a date of it"}, 3},
      {dfe,
       "editions.table",
       "points_to",
       {"\"Sep-26\"", "nothing for an open end", "made a date of it"},
       3},
      {dfe, "editions.table", "amount", {"\"1.5E+03\"", "shortened"}, 3},
      {dfe, "editions.table", "amount", {"\"######\"", "too narrow"}, 4}}},
    {"decision-table-cells",
     {{dfe,
       "editions.table",
       "status",
       {"\"suport\"", "Did you mean \"support\"?"},
       3},
      {dfe, "editions.table", "hours", {"\"5-10\"", "[5..10]"}, 4},
      {dfe, "editions.table", "hours", {"\"[20..10]\"", "begins after"}, 5},
      {dfe, "editions.table", "grant", {"\"5OO.00\"", "pounds and pence"}, 6},
      {dfe, "editions.table", "hours", {"\"\"", "- for anything"}, 7},
      {dfe, "editions.table", "grant", {"\"300.00\"", "500.00 or 100.00"}, 8}}},
    {"decision-table-columns",
     {{dfe,
       "editions.table",
       "hourz",
       {"\"hourz\"", "Did you mean \"hours\"?"},
       1},
      {dfe, "editions.table", "hours", {"\"hours\" is missing"}, 1},
      {dfe,
       "editions.wrong_type",
       "/rules/grant-scheme/parameters/papers/table",
       {"given as \"table\"", "a decision table", "\"decision_table\""}}}},
    {"table-ends",
     {{dfe,
       "editions.table",
       "points",
       {"\"points\" begins after it ends"},
       3}}},
    {"table-overlap",
     {{dfe, "editions.table_overlap", "", {"lines 2 and 4"}, 4}}},
    {"table-overlap-of-anything",
     {{dfe, "editions.table_overlap", "", {"lines 2 and 3"}, 3}}},
    {"table-overlap-of-open-ends",
     {{dfe, "editions.table_overlap", "", {"lines 2 and 3"}, 3}}},
    {"table-empty", {{dfe, "editions.table", "", {"no rows"}}}},
    {"table-not-closed", {{dfe, "csv.quote", "", {}, 2}}},
    {"table-missing", {{dfe, "files.missing", "", {"bands.csv"}}}},
    {"table-outside",
     {{dfe,
       "editions.table",
       matrix + "/bands/table",
       {"../../../bank-holidays.csv", "in the edition's folder"}}}},
    {"calendar-order",
     {{dfe, "editions.table", "deadline", {"Sort the rows"}, 3}}},
};

bool fits(const Error& error, const Expected& expected) {
  return error.id == expected.id &&
         (expected.pointer.empty() ||
          error.place.pointer == expected.pointer) &&
         (expected.line == 0 || error.place.line == expected.line) &&
         std::ranges::all_of(expected.words, [&](const std::string& word) {
           return error.message.find(word) != std::string::npos;
         });
}

}  // namespace

TEST_CASE("every fault of an edition is found, all of them, and in its place") {
  const Case& example = GENERATE(from_range(cases));
  INFO(example.folder);
  const auto loaded =
      RuleSets::load(fixture(example.folder), declared(), broken_plugins());
  REQUIRE(loaded);

  std::string found_in_words;
  std::size_t found = 0;
  for (const BrokenEdition& broken : loaded->broken()) {
    for (const Error& error : broken.errors) {
      found_in_words += broken.id + ": " + error.to_string() + "\n";
      ++found;
    }
  }
  INFO("found:\n" << found_in_words);
  CHECK(found == example.errors.size());
  for (const Expected& expected : example.errors) {
    INFO("expected " << expected.id << " of " << expected.edition << " at "
                     << expected.pointer);
    const bool is_there =
        std::ranges::any_of(loaded->broken(), [&](const BrokenEdition& broken) {
          return broken.id == expected.edition &&
                 std::ranges::any_of(broken.errors, [&](const Error& error) {
                   return fits(error, expected);
                 });
        });
    CHECK(is_there);
  }
  for (const BrokenEdition& broken : loaded->broken()) {
    for (const Error& error : broken.errors) {
      CHECK(error.place.file.starts_with(fixture(example.folder)));
      CHECK(error.message.ends_with('.') != error.message.ends_with('?'));
    }
    // What is broken is not also in force.
    CHECK(std::ranges::none_of(loaded->editions(), [&](const Edition& edition) {
      return edition.id == broken.id;
    }));
  }
}

TEST_CASE("every folder of fixtures/editions is in the table of faults") {
  std::set<std::string> named{"sound"};
  for (const Case& example : cases) named.insert(example.folder);
  std::set<std::string> there;
  for (const auto& entry : std::filesystem::directory_iterator(fixture(""))) {
    if (entry.is_directory()) there.insert(entry.path().filename().string());
  }
  CHECK(there == named);
}
