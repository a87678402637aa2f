#include <catch2/catch.hpp>
#include <string>

#include "crypto/hash.hpp"
#include "scratch.hpp"

namespace {

using namespace rules_of_tests;

const std::string rules =
    "{\"high-needs-matrix\": {\"parameters\": {\"bands\": {\"table\": "
    "\"tables/bands.csv\", \"source\": \"guide\", \"status\": "
    "\"confirmed\"}}}}";
const std::string table =
    "group,points_from,points_to,amount,words\na,0,9,10.00,ten\nb,,,2.00,\n";
const std::string folder_of_edition = "national/dfe/2025-04-01/";

std::string hash(const std::string& edition, const std::string& csv,
                 const std::map<std::string, std::string>& more = {}) {
  std::map<std::string, std::string> files = more;
  files[folder_of_edition + "edition.json"] = edition;
  files[folder_of_edition + "tables/bands.csv"] = csv;
  const RuleSets sets = load(scratch_folder("hash", files));
  REQUIRE(sets.editions().size() == 1);
  return sets.editions()[0].hash;
}

}  // namespace

TEST_CASE(
    "an edition's hash is of its file and its tables, each with its name") {
  const std::string edition = edition_json({.rules = rules});
  CHECK(hash(edition, table) ==
        sha256("sendcheck-edition-hash/1\nedition.json\n" +
               std::to_string(edition.size()) + "\n" + edition +
               "tables/bands.csv\n" + std::to_string(table.size()) + "\n" +
               table));
}

TEST_CASE("any byte of a table changes the hash, although the values stay") {
  const std::string edition = edition_json({.rules = rules});
  const std::string before = hash(edition, table);
  CHECK(hash(edition, table + "\n") != before);
  CHECK(hash(edition, "\xEF\xBB\xBF" + table) != before);
  std::string with_dearer_ten = table;
  with_dearer_ten.replace(with_dearer_ten.find("10.00"), 5, "11.00");
  CHECK(hash(edition, with_dearer_ten) != before);
}

TEST_CASE("any byte of edition.json changes the hash") {
  const std::string edition = edition_json({.rules = rules});
  CHECK(hash(edition + " ", table) != hash(edition, table));
}

TEST_CASE("nothing else changes the hash") {
  const std::string edition = edition_json({.rules = rules});
  const std::string before = hash(edition, table);
  CHECK(hash(edition, table,
             {{folder_of_edition + "tables/other.csv", "a,b\n"},
              {folder_of_edition + "README.md", "Notes.\n"}}) == before);

  // Not the plugins either.
  const std::string folder = scratch_folder(
      "hash-without-plugin", {{folder_of_edition + "edition.json", edition},
                              {folder_of_edition + "tables/bands.csv", table}});
  auto others = declared();
  others.erase("high-needs-matrix");
  const auto sets = RuleSets::load(folder, others, {"high-needs-matrix"});
  REQUIRE(sets);
  REQUIRE(sets->editions().size() == 1);
  CHECK(sets->editions()[0].hash == before);
}
