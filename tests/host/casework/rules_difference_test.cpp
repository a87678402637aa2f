// What differs between rules, in words and by place.
#include "casework/rules_difference.hpp"

#include <catch2/catch.hpp>

#include "casework/proposed_rules.hpp"
#include "house.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

std::string replaced_once(std::string text, const std::string& from,
                          const std::string& to) {
  const std::size_t at = text.find(from);
  INFO(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

void rewrite(const std::string& file, const std::string& from,
             const std::string& to) {
  const std::string text = replaced_once(content_of(file), from, to);
  std::ofstream(file, std::ios::binary) << text;
}

struct Copies {
  Scratch scratch;
  std::string rules = scratch.copy("rules");
  std::string plugins = scratch.copy("plugins");

  std::vector<DifferenceSection> differences() const {
    const auto before = shipped();
    auto after = Workspace::open(rules, plugins);
    REQUIRE(after.has_value());
    for (const Error& error : (*after)->load_errors()) FAIL(error.to_string());
    return compare_rules(*before, **after);
  }
};

std::vector<std::string> words_of(const DifferenceSection& section) {
  std::vector<std::string> words;
  for (const Difference& difference : section.differences) {
    words.push_back(difference.words);
  }
  return words;
}

constexpr const char* high_needs =
    "/national/dfe-high-needs/2025-04-01/edition.json";
constexpr const char* matrix = "/authorities/884-herefordshire/2025-04-01";

}  // namespace

TEST_CASE("rules that are the same have no difference") {
  CHECK(Copies().differences().empty());
}

TEST_CASE("a figure is told in words with its unit and where it stands") {
  const Copies copies;
  rewrite(copies.rules + high_needs, R"("threshold": { "value": "6000.00")",
          R"("threshold": { "value": "6500.00")");
  const auto sections = copies.differences();
  REQUIRE(sections.size() == 1);
  CHECK(sections[0].title == "dfe-high-needs/2025-04-01");
  REQUIRE(sections[0].differences.size() == 1);
  const Difference& difference = sections[0].differences[0];
  CHECK(difference.what == Difference::What::value);
  CHECK(difference.words ==
        "what the school meets itself: £6,000 → £6,500 a year");
  CHECK(difference.before == "6000.00");
  CHECK(difference.after == "6500.00");
  CHECK(difference.rule == "element-3-top-up");
  CHECK(difference.parameter == "threshold");
  CHECK(difference.place_after.file == copies.rules + high_needs);
  CHECK(difference.place_after.pointer ==
        "/rules/element-3-top-up/parameters/threshold");
}

TEST_CASE("a list is told by what was added and what was taken") {
  const Copies copies;
  rewrite(
      copies.rules + "/national/jcq/2026-03-01/edition.json",
      R"("reading_speed", "writing_speed", "phonological_processing", "rapid_naming")",
      R"("reading_speed", "phonological_processing", "rapid_naming", "spelling_accuracy")");
  const auto sections = copies.differences();
  REQUIRE(sections.size() == 1);
  REQUIRE(sections[0].differences.size() == 1);
  CHECK_THAT(sections[0].differences[0].words,
             Catch::EndsWith("added spelling accuracy; removed writing speed"));
}

TEST_CASE("a table is told row by row by its keys") {
  const Copies copies;
  const std::string file = copies.rules + matrix + "/tables/matrix.csv";
  rewrite(file, "A2,15,19,498.00,249.00,1494.00",
          "A2,15,19,500.00,249.00,1500.00");
  std::ofstream(file, std::ios::app) << "F5,110,,8700.00,4350.00,26100.00\n";
  const auto sections = copies.differences();
  REQUIRE(sections.size() == 1);
  const auto words = words_of(sections[0]);
  REQUIRE(words.size() == 3);
  CHECK_THAT(words[0],
             Catch::EndsWith("points 15 to 19, per term 30: £498 → £500"));
  CHECK_THAT(words[1],
             Catch::EndsWith("points 15 to 19, per year: £1,494 → £1,500"));
  CHECK_THAT(words[2], Catch::Contains("row added, points 110 and more (") &&
                           Catch::Contains("per year £26,100"));
  CHECK(sections[0].differences[0].what == Difference::What::row);
  CHECK_THAT(sections[0].differences[0].place_after.file,
             Catch::EndsWith("matrix.csv"));
}

TEST_CASE("a row that is gone is told") {
  const Copies copies;
  rewrite(copies.rules + matrix + "/tables/matrix.csv",
          "A2,15,19,498.00,249.00,1494.00\n", "");
  const auto sections = copies.differences();
  REQUIRE(sections.size() == 1);
  REQUIRE(sections[0].differences.size() == 1);
  CHECK_THAT(sections[0].differences[0].words,
             Catch::Contains("row removed, points 15 to 19"));
}

TEST_CASE("what a lower layer may do is told with its bounds") {
  const Copies copies;
  rewrite(copies.rules + high_needs, R"("may_override": true)",
          R"("may_override": true, "floor": "1000.00", "ceiling": "20000.00")");
  const auto sections = copies.differences();
  REQUIRE_FALSE(sections.empty());
  const auto words = words_of(sections[0]);
  REQUIRE(words.size() == 2);
  CHECK_THAT(words[0],
             Catch::EndsWith("floor for lower layers: none → £1,000"));
  CHECK_THAT(words[1],
             Catch::EndsWith("ceiling for lower layers: none → £20,000"));
}

TEST_CASE("status, source, approval, title and last day are told") {
  const Copies copies;
  const std::string file = copies.rules + high_needs;
  rewrite(file, R"("status": "confirmed")",
          R"("status": "unconfirmed", "reason": "not read")");
  rewrite(file, R"("title": ")", R"("title": "New: )");
  rewrite(file, R"("by": ")", R"("by": "A. Example, )");
  const auto sections = copies.differences();
  REQUIRE(sections.size() == 1);
  std::vector<Difference::What> kinds;
  for (const Difference& difference : sections[0].differences) {
    kinds.push_back(difference.what);
  }
  CHECK(kinds == std::vector{Difference::What::text, Difference::What::text,
                             Difference::What::status});
  CHECK_THAT(sections[0].differences[2].words,
             Catch::EndsWith("confirmed → not confirmed: not read"));
}

TEST_CASE("a new edition is held against the one that it follows") {
  const Copies copies;
  std::string text = content_of(copies.rules + matrix + "/edition.json");
  text =
      replaced_once(text, R"("from": "2025-04-01")", R"("from": "2027-04-01")");
  text = replaced_once(text, R"("local_offer_below": { "value": 10)",
                       R"("local_offer_below": { "value": 12)");
  const std::string folder = "rules/authorities/884-herefordshire/2027-04-01";
  copies.scratch.write(folder + "/edition.json", text);
  copies.scratch.write(
      folder + "/tables/matrix.csv",
      content_of(copies.rules + matrix + "/tables/matrix.csv"));
  const auto sections = copies.differences();
  REQUIRE(sections.size() == 1);
  CHECK(sections[0].title ==
        "884-herefordshire/2027-04-01, new; it follows "
        "884-herefordshire/2025-04-01");
  const auto words = words_of(sections[0]);
  REQUIRE(words.size() == 2);
  CHECK(words[0] == "first day: 1 April 2025 → 1 April 2027");
  CHECK_THAT(words[1], Catch::EndsWith(": 10 → 12 points"));
}

TEST_CASE("an edition that is taken out is told with its rules") {
  const Copies copies;
  std::filesystem::remove_all(copies.rules + "/authorities/884-herefordshire");
  const auto sections = copies.differences();
  REQUIRE(sections.size() == 1);
  CHECK(sections[0].title == "884-herefordshire/2025-04-01, taken out");
  CHECK_THAT(sections[0].differences[0].words,
             Catch::EndsWith("the rule is gone"));
  CHECK(sections[0].after.empty());
}

TEST_CASE("a layer is held against the values that it replaces") {
  const auto workspace = shipped();
  int replaced = 0;
  for (const Edition& edition : workspace->rulesets().editions()) {
    if (edition.layer == Layer::national) continue;
    INFO(edition.id);
    const DifferenceSection section =
        compare_with_layers_above(*workspace, edition);
    CHECK_FALSE(section.differences.empty());
    for (const Difference& difference : section.differences) {
      CHECK_FALSE(difference.words.empty());
      CHECK(difference.place_after.file.starts_with(workspace->rules_folder()));
      if (!difference.before.empty()) ++replaced;
    }
  }
  CHECK(replaced > 0);
}

TEST_CASE("an edition that is not there is refused with the nearest") {
  const auto workspace = shipped();
  for (const char* id :
       {"884-herefordshire/2025-04-02", "884-herfordshire/2025-04-01",
        "884-herefordshire/1999-01-01"}) {
    const auto found = find_edition(*workspace, id);
    INFO(id);
    REQUIRE_FALSE(found.has_value());
    CHECK(found.error().id == "diff.unknown_edition");
    CHECK_THAT(found.error().message,
               Catch::Contains("884-herefordshire/2025-04-01"));
  }
  CHECK(find_edition(*workspace, "884-herefordshire/2025-04-01").has_value());
}

TEST_CASE("a plugin is told by its version and its criteria in words") {
  const Copies copies;
  const std::string folder = copies.plugins + "/persistent-absence";
  rewrite(folder + "/plugin.json", R"("version": "1.0.0")",
          R"("version": "1.1.0")");
  rewrite(folder + "/rule.lua", "possible :above(0)", "possible :above(9)");
  const auto sections = copies.differences();
  REQUIRE(sections.size() == 1);
  CHECK(sections[0].is_plugin);
  const auto words = words_of(sections[0]);
  REQUIRE(words.size() == 2);
  CHECK(words[0] == "version: 1.0.0 → 1.1.0");
  CHECK_THAT(words[1],
             Catch::StartsWith("it is met when, changed: there were sessions "
                               "to attend: ") &&
                 Catch::Contains("0") && Catch::Contains("9"));
}

TEST_CASE("a criterion that is added and one that is dropped are told") {
  const Copies copies;
  const std::string folder = copies.plugins + "/persistent-absence";
  rewrite(
      folder + "/rule.lua",
      R"(possible :above(0) :because "there were sessions to attend",)",
      R"(fact "attendance.unauthorised" :at_least(1) :because "some absence was unauthorised",)");
  const auto sections = copies.differences();
  REQUIRE(sections.size() == 1);
  const auto words = words_of(sections[0]);
  REQUIRE(words.size() == 2);
  CHECK_THAT(words[0], Catch::StartsWith("it is met when, dropped: there were "
                                         "sessions to attend"));
  CHECK_THAT(words[1], Catch::StartsWith("it is met when, added: some absence "
                                         "was unauthorised"));
}

TEST_CASE("a plugin whose text alone changed is told as that") {
  const Copies copies;
  const std::string file = copies.plugins + "/persistent-absence/rule.lua";
  std::ofstream(file, std::ios::app) << "-- a remark\n";
  const auto sections = copies.differences();
  REQUIRE(sections.size() == 1);
  CHECK(words_of(sections[0]) ==
        std::vector<std::string>{"its text changed, and none of what it says"});
}
