#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "scratch.hpp"

namespace {

using namespace rules_of_tests;

RuleSets with(const std::string& more) {
  return load(scratch_folder(
      "publishing",
      {{"national/dfe/2025-04-01/edition.json",
        edition_json({.rules = top_up("6000.00"), .more = more})}}));
}

}  // namespace

TEST_CASE("an edition that says nothing of it is a first revision for two") {
  const RuleSets sets = with("");
  REQUIRE(sets.editions().size() == 1);
  const Edition& edition = sets.editions()[0];
  CHECK(edition.revision == 1);
  CHECK(edition.corrects.empty());
  CHECK(edition.two_people);
  CHECK(edition.one_person_because.empty());
}

TEST_CASE("a correction says which revision it is and what it corrects") {
  const RuleSets sets =
      with("\"revision\": 2, \"corrects\": \"F3 was misprinted\", ");
  REQUIRE(sets.editions().size() == 1);
  CHECK(sets.editions()[0].revision == 2);
  CHECK(sets.editions()[0].corrects == "F3 was misprinted");
}

TEST_CASE("an edition may say that one person publishes it and why") {
  const RuleSets sets = with(
      "\"approval\": {\"two_people\": false, \"because\": \"one officer\"}, ");
  REQUIRE(sets.editions().size() == 1);
  CHECK_FALSE(sets.editions()[0].two_people);
  CHECK(sets.editions()[0].one_person_because == "one officer");
  const RuleSets two = with("\"approval\": {\"two_people\": true}, ");
  REQUIRE(two.editions().size() == 1);
  CHECK(two.editions()[0].two_people);
}

TEST_CASE("what an edition says wrongly of its publication does not load") {
  struct Wrong {
    const char* more;
    const char* id;
    const char* pointer;
  };
  const std::vector<Wrong> wrong = {
      {"\"revision\": 0, ", "editions.revision", "/revision"},
      {"\"revision\": -1, ", "editions.revision", "/revision"},
      {"\"revision\": 1.5, ", "editions.revision", "/revision"},
      {"\"revision\": \"2\", ", "editions.revision", "/revision"},
      {"\"revision\": 10000, ", "editions.revision", "/revision"},
      {"\"revision\": 99999999999999999999, ", "editions.revision",
       "/revision"},
      {"\"revision\": 2, ", "editions.revision", "/revision"},
      {"\"corrects\": \"F3\", ", "editions.revision", "/corrects"},
      {"\"revision\": 2, \"corrects\": \" \", ", "editions.format",
       "/corrects"},
      {"\"approval\": \"two\", ", "editions.approval", "/approval"},
      {"\"approval\": {}, ", "editions.approval", "/approval"},
      {"\"approval\": {\"two_people\": 1}, ", "editions.approval",
       "/approval/two_people"},
      {"\"approval\": {\"two_people\": false}, ", "editions.approval",
       "/approval/two_people"},
      {"\"approval\": {\"two_people\": false, \"because\": \"\"}, ",
       "editions.approval", "/approval/because"},
      {"\"approval\": {\"two_people\": true, \"because\": \"we\"}, ",
       "editions.approval", "/approval/because"},
      {"\"approval\": {\"people\": 1, \"two_people\": true}, ",
       "editions.approval", "/approval/people"}};
  for (const Wrong& one : wrong) {
    INFO(one.more);
    const RuleSets sets = with(one.more);
    CHECK(sets.editions().empty());
    REQUIRE(sets.broken().size() == 1);
    const Error& error = sets.broken()[0].errors.front();
    CHECK(error.id == one.id);
    CHECK(error.place.pointer == one.pointer);
  }
}
