// rules impact and rules diff, as an officer runs them.
#include <catch2/catch.hpp>
#include <filesystem>

#include "html_reading.hpp"
#include "program.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

const std::string herefordshire =
    "authorities/884-herefordshire/2025-04-01/edition.json";

// A proposal that holds one changed edition: Herefordshire pays from 15 points, and for some more.
std::string proposal(const Scratch& scratch) {
  const std::string from =
      source_folder() + "/rules/authorities/" + "884-herefordshire/2025-04-01/";
  const std::string to = "proposal/authorities/884-herefordshire/2027-04-01/";
  scratch.write(
      to + "edition.json",
      replaced(replaced(content_of(from + "edition.json"),
                        "\"from\": \"2025-04-01\"", "\"from\": \"2027-04-01\""),
               "\"local_offer_below\": { \"value\": 10,",
               "\"local_offer_below\": { \"value\": 15,"));
  scratch.write(
      to + "tables/matrix.csv",
      replaced(content_of(from + "tables/matrix.csv"), ",1494.00", ",1500.00"));
  return scratch.path("proposal");
}

Words with_rules(Words words, const std::string& as_of = "2027-04-01") {
  for (const std::string& word :
       {std::string("--rules"), source_folder() + "/rules",
        std::string("--plugins"), source_folder() + "/plugins",
        std::string("--as-of"), as_of}) {
    words.push_back(word);
  }
  return words;
}

Words impact(const std::string& folder, const Words& more = {}) {
  Words words = {"rules", "impact", "--proposed", folder,
                 fixture("registers/herefordshire-primary")};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

Ran run_impact(const std::string& folder, Words more = {}) {
  more.push_back("--no-store");
  return run(with_rules(impact(folder, more)));
}

}  // namespace

TEST_CASE("rules impact says who gains and who loses and what decided") {
  const Scratch scratch;
  const Ran ran = run_impact(proposal(scratch));
  INFO(ran.out);
  CHECK(ran.status == 0);
  CHECK(ran.err.empty());
  CHECK_THAT(ran.out, Catch::Contains("197 pupils checked, 3 rejected"));
  CHECK_THAT(ran.out, Catch::Contains("1 rule differs, 64 do not"));
  CHECK_THAT(ran.out, Catch::Contains("Marlow Blankley"));
  CHECK_THAT(ran.out, Catch::Contains("met, £753 a year → not met"));
  CHECK_THAT(ran.out, Catch::Contains("£1,494 less"));
  CHECK_THAT(ran.out, Catch::Contains("now at least 15 points"));
  CHECK_THAT(ran.out, Catch::Contains("By sex"));
  CHECK_THAT(ran.out, Catch::Contains("held back"));
}

TEST_CASE("rules impact without names names nobody") {
  const Scratch scratch;
  const std::string folder = proposal(scratch);
  for (const Words& words :
       {Words{"--no-names"}, Words{"--no-names", "--format", "json"},
        Words{"--no-names", "--format", "csv"}, Words{"--format", "html"}}) {
    const Ran ran = run_impact(folder, words);
    INFO(ran.out);
    CHECK(ran.status == 0);
    CHECK_FALSE(ran.out.empty());
    CHECK(times(ran.out, "Marlow") == 0);
    CHECK(times(ran.out, "J884999824001") == 0);
  }
  const Ran named = run_impact(folder, {"--format", "html", "--names"});
  CHECK(times(named.out, "Marlow Blankley") == 1);
}

TEST_CASE("rules impact as JSON, as lines and as CSV say the same") {
  const Scratch scratch;
  const std::string folder = proposal(scratch);
  const Json all(run_impact(folder, {"--format", "json"}).out);
  const json::Value* changes = all.root().find("changes");
  REQUIRE(changes != nullptr);
  CHECK(changes->items.size() == 4);
  CHECK(text(changes->items[0], "rule") == "herefordshire-high-needs-matrix");
  const json::Value* total = all.root().find("total");
  REQUIRE(total != nullptr);
  CHECK(total->find("gain")->text == "2");
  CHECK(total->find("lose")->text == "2");
  const json::Value& cost = total->find("cost")->items[0];
  CHECK(text(cost, "period") == "year");
  CHECK(text(cost, "before") == "168024.00");
  CHECK(text(cost, "difference") == "-1494.00");
  for (const json::Value& table : all.root().find("groups")->items) {
    if (text(table, "fact") != "sex") continue;
    for (const json::Value& row : table.find("rows")->items) {
      CHECK(row.find("held_back")->truth);
      CHECK(row.find("pupils") == nullptr);
    }
  }
  const auto lines = lines_of(run_impact(folder, {"--format", "jsonl"}).out);
  REQUIRE(lines.size() == 5);
  CHECK(Json(lines[0]).root().find("change") != nullptr);
  CHECK(Json(lines[4]).root().find("summary") != nullptr);
  const Ran csv = run_impact(folder, {"--format", "csv"});
  CHECK(lines_of(csv.out).size() == 5);
  CHECK_THAT(csv.out, Catch::StartsWith("upn,name,"));
  CHECK_THAT(csv.err, Catch::Contains("197 pupils checked, 3 rejected"));
}

TEST_CASE("a page of an impact is whole and reaches for nothing outside") {
  const Scratch scratch;
  const Ran ran = run_impact(proposal(scratch), {"--format", "html"});
  CHECK(ran.status == 0);
  CHECK_THAT(ran.out, Catch::StartsWith("<!DOCTYPE html>"));
  for (const char* outside : {"<script", "<link", "src=", "@import", "url("}) {
    CHECK(times(ran.out, outside) == 0);
  }
  for (const char* tag : {"table", "tr", "ul", "main", "body", "html"}) {
    INFO(tag);
    CHECK(times(ran.out, std::string("<") + tag + ">") +
              times(ran.out, std::string("<") + tag + " ") ==
          times(ran.out, std::string("</") + tag + ">"));
  }
}

TEST_CASE("a proposal that begins later says on which day to look") {
  const Scratch scratch;
  Words words = impact(proposal(scratch), {"--no-store"});
  const Ran ran = run(with_rules(words, "2026-11-22"));
  CHECK(ran.status == 0);
  CHECK_THAT(ran.out, Catch::Contains("No rule differs on that day"));
  CHECK_THAT(ran.err, Catch::Contains("--as-of 2027-04-01"));
}

TEST_CASE("an impact is logged with its rules and without an outcome") {
  const Scratch scratch;
  const std::string folder = proposal(scratch);
  const std::string store = scratch.path("log.db");
  const Ran ran = run(with_rules(impact(folder, {"--store", store})));
  CHECK(ran.status == 0);
  CHECK_THAT(ran.out, Catch::Contains("Logged: entries 1 to 2 of "));
  const Ran log = run({"audit", "log", "--store", store});
  CHECK_THAT(log.out, Catch::Contains("impact_started"));
  CHECK_THAT(log.out, Catch::Contains("197 of 200 pupils checked"));
  const Ran verified = run({"audit", "verify", "--store", store});
  INFO(verified.out << verified.err);
  CHECK((verified.status == 0 || verified.status == 3));
  const Ran shown = run({"audit", "show", "2", "--store", store});
  CHECK(times(shown.out, "gain") == 0);
  CHECK(times(shown.out, "J884999824001") == 0);
}

TEST_CASE("where the log cannot be written no impact is shown") {
  const Scratch scratch;
  const std::string folder = proposal(scratch);
  for (const char* format : {"table", "json", "jsonl", "csv", "html"}) {
    INFO(format);
    const Ran ran = run(
        with_rules(impact(folder, {"--store", scratch.path("no/such/log.db"),
                                   "--format", format})));
    CHECK(ran.status == 5);
    CHECK(ran.out.empty());
  }
}

TEST_CASE("rules that do not load on either side stop an impact with both") {
  const Scratch scratch;
  const std::string rules = scratch.copy("rules");
  const std::string broken = rules + "/" + herefordshire;
  std::ofstream(broken) << "{";
  scratch.write("p/authorities/886-kent/2027-04-01/edition.json", "[]");
  Words words = {"rules",
                 "impact",
                 "--proposed",
                 scratch.path("p"),
                 fixture("registers/herefordshire-primary"),
                 "--no-store",
                 "--rules",
                 rules,
                 "--plugins",
                 source_folder() + "/plugins"};
  const Ran ran = run(words);
  CHECK(ran.status == 4);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, Catch::Contains("the current rules: " + broken));
  CHECK_THAT(ran.err, Catch::Contains("the proposed rules: " +
                                      scratch.path("p/authorities/886-kent/")));
}

TEST_CASE("an impact refuses what it cannot read or does not know") {
  const Scratch scratch;
  const std::string folder = proposal(scratch);
  scratch.write("empty/notes.txt", "nothing");
  CHECK(run_impact(scratch.path("empty")).status == 4);
  CHECK_THAT(run_impact(scratch.path("empty")).err,
             Catch::Contains("(proposal.nothing)"));
  CHECK(run_impact(scratch.path("nowhere")).status == 4);
  const Ran rule = run_impact(folder, {"--rule", "pupil-premum"});
  CHECK(rule.status == 2);
  CHECK_THAT(rule.err, Catch::Contains("did you mean \"pupil-premium\"?"));
  const Ran missing = run(with_rules(
      {"rules", "impact", "--proposed", folder, "nowhere.json", "--no-store"}));
  CHECK(missing.status == 3);
  CHECK(missing.out.empty());
  CHECK(run(with_rules({"rules", "impact", "--proposed", folder})).status == 2);
}

TEST_CASE("rules diff of two editions says what changed and where it stands") {
  const Ran ran = run(
      on_fixture_day({"rules", "diff", "jcq/2025-09-01", "jcq/2026-03-01"}));
  INFO(ran.out);
  CHECK(ran.status == 0);
  CHECK(ran.err.empty());
  CHECK_THAT(ran.out,
             Catch::Contains("first day: 1 September 2025 → 1 March 2026"));
  CHECK_THAT(ran.out, Catch::Contains("Where it stands:"));
}

TEST_CASE("rules diff of a proposal holds it against the current rules") {
  const Scratch scratch;
  const std::string folder = proposal(scratch);
  const Ran ran = run(on_fixture_day({"rules", "diff", folder}));
  INFO(ran.out);
  CHECK(ran.status == 0);
  CHECK_THAT(ran.out, Catch::Contains(": 10 → 15 points"));
  CHECK_THAT(ran.out, Catch::Contains("per year: £1,494 → £1,500"));
  CHECK_THAT(ran.out, Catch::Contains(folder + "/authorities"));
  const Json data(
      run(on_fixture_day({"rules", "diff", folder, "--format", "json"})).out);
  CHECK(data.root().find("differ")->truth);
  const json::Value& section = data.root().find("sections")->items[0];
  CHECK(text(section, "after") == "884-herefordshire/2027-04-01");
  CHECK(section.find("differences")->items.size() == 3);
}

TEST_CASE("rules diff of the same rules says so and is exit 0") {
  const std::string rules = source_folder() + "/rules";
  const Ran ran = run(on_fixture_day({"rules", "diff", rules, rules}));
  CHECK(ran.status == 0);
  CHECK_THAT(ran.out, Catch::Contains("the same."));
}

TEST_CASE("rules diff of one edition says what it sets over the national") {
  const Ran ran =
      run(on_fixture_day({"rules", "diff", "884-herefordshire/2025-04-01"}));
  CHECK(ran.status == 0);
  CHECK_THAT(ran.out, Catch::Contains("a rule of this edition's own"));
}

TEST_CASE("rules diff of an edition that is not there names the nearest") {
  const Ran ran =
      run(on_fixture_day({"rules", "diff", "884-herefordshire/2025-04-02"}));
  CHECK(ran.status == 2);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, Catch::Contains("884-herefordshire/2025-04-01") &&
                          Catch::Contains("(diff.unknown_edition)"));
  const Ran mixed = run(on_fixture_day(
      {"rules", "diff", "jcq/2026-03-01", source_folder() + "/rules"}));
  CHECK(mixed.status == 2);
  CHECK_THAT(mixed.err, Catch::Contains("(diff.unlike)"));
}

TEST_CASE("rules diff of folders that do not load is exit 4") {
  const Scratch scratch;
  scratch.write("p/authorities/886-kent/2027-04-01/edition.json", "[]");
  const Ran ran = run(on_fixture_day({"rules", "diff", scratch.path("p")}));
  CHECK(ran.status == 4);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, Catch::Contains(scratch.path("p/authorities/886-kent")));
}

TEST_CASE("help of both commands teaches by an example") {
  for (const char* command : {"impact", "diff"}) {
    const Ran ran = run({"rules", command, "--help"});
    CHECK(ran.status == 0);
    CHECK_THAT(ran.out,
               Catch::Contains(std::string("sendcheck rules ") + command));
    CHECK_THAT(ran.out, Catch::Contains("Exit status"));
  }
}
