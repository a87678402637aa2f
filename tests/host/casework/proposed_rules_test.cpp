// Proposals: the forms in which they come, and what cannot be one.
#include "casework/proposed_rules.hpp"

#include <catch2/catch.hpp>

#include "house.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

Result<ProposedRules> proposal(const std::string& folder) {
  return ProposedRules::open(folder, source_folder() + "/rules",
                             source_folder() + "/plugins");
}

std::string ended(const std::string& body, const std::string& from,
                  const std::string& more = "\"la\": \"884\",") {
  return R"({ "format": "sendcheck-edition/1", "body": ")" + body +
         R"(", "title": "ended", )" + more + R"( "in_force": { "from": ")" +
         from +
         R"(", "to": null, "runs_on_because": "for good" },
  "approved": { "by": "A. Example", "on": "2026-01-15" },
  "sources": { "notice": { "title": "Notice", "url": "https://www.example.org/", "read_on": "2026-01-15" } },
  "rules": { "herefordshire-high-needs-matrix": { "closed": {
    "refer_to": "the banding panel", "source": "notice#1" } } } })";
}

bool has_edition(const ProposedRules& proposal, const std::string& id) {
  for (const Edition& edition : proposal.workspace().rulesets().editions()) {
    if (edition.id == id) return true;
  }
  return false;
}

const std::string herefordshire = "884-herefordshire";

}  // namespace

TEST_CASE("an edition is laid over the rules that stand") {
  const Scratch scratch;
  for (const std::string folder :
       {"a/authorities/884-herefordshire/2027-04-01",
        "b/rules/authorities/884-herefordshire/2027-04-01", "c"}) {
    scratch.write(folder + "/edition.json", ended(herefordshire, "2027-04-01"));
    INFO(folder);
    const auto opened = proposal(scratch.path(folder.substr(0, 1)));
    REQUIRE(opened.has_value());
    CHECK_FALSE(opened->is_whole());
    CHECK(opened->workspace().load_errors().empty());
    CHECK(has_edition(*opened, "884-herefordshire/2027-04-01"));
    CHECK(has_edition(*opened, "884-herefordshire/2025-04-01"));
    CHECK(has_edition(*opened, "jcq/2026-03-01"));
    CHECK(opened->laid_over() ==
          std::vector<std::string>{
              "rules/authorities/884-herefordshire/2027-04-01"});
  }
}

TEST_CASE("an edition of the same first day takes the place of the other") {
  const Scratch scratch;
  scratch.write("a/authorities/884-herefordshire/2025-04-01/edition.json",
                ended(herefordshire, "2025-04-01"));
  const auto opened = proposal(scratch.path("a"));
  REQUIRE(opened.has_value());
  CHECK(opened->workspace().load_errors().empty());
  const auto in_force = opened->workspace().rulesets().in_force(
      "herefordshire-high-needs-matrix", "884", "", fixture_date());
  CHECK(in_force.status == RuleInForce::Status::closed);
}

TEST_CASE("a plugin is laid over the one of its id") {
  const Scratch scratch;
  const std::string from = source_folder() + "/plugins/persistent-absence/";
  std::string manifest = content_of(from + "plugin.json");
  const std::size_t at = manifest.find("1.0.0");
  REQUIRE(at != std::string::npos);
  manifest.replace(at, 5, "9.0.0");
  scratch.write("a/plugins/persistent-absence/plugin.json", manifest);
  scratch.write("a/plugins/persistent-absence/rule.lua",
                content_of(from + "rule.lua"));
  const auto opened = proposal(scratch.path("a"));
  REQUIRE(opened.has_value());
  const Plugin* plugin =
      opened->workspace().plugins().plugin_of("persistent-absence");
  REQUIRE(plugin != nullptr);
  CHECK(plugin->manifest.version == "9.0.0");
  CHECK(opened->workspace().plugins().plugin_of("pupil-premium") != nullptr);
}

TEST_CASE("a folder with a catalogue is the whole of the rules") {
  const Scratch scratch;
  const std::string rules = scratch.copy("rules");
  std::filesystem::remove_all(rules + "/authorities/884-herefordshire");
  for (const std::string& folder : {rules, scratch.folder()}) {
    const auto opened = proposal(folder);
    REQUIRE(opened.has_value());
    CHECK(opened->is_whole());
    CHECK_FALSE(has_edition(*opened, "884-herefordshire/2025-04-01"));
    CHECK(opened->workspace().plugins().plugin_of("pupil-premium") != nullptr);
  }
}

TEST_CASE("what does not load is named where a person finds it") {
  const Scratch scratch;
  const std::string file =
      scratch.write("a/authorities/884-herefordshire/2027-04-01/edition.json",
                    ended(herefordshire, "2027-04-02"));
  const auto opened = proposal(scratch.path("a"));
  REQUIRE(opened.has_value());
  const auto errors = opened->workspace().load_errors();
  REQUIRE_FALSE(errors.empty());
  const Error error = opened->in_its_place(errors[0]);
  CHECK(error.id == "editions.folder");
  CHECK(error.place.file == file);
}

TEST_CASE("a folder that holds nothing of rules is no proposal") {
  const Scratch scratch;
  scratch.write("a/notes.txt", "nothing");
  const auto opened = proposal(scratch.path("a"));
  REQUIRE_FALSE(opened.has_value());
  CHECK(opened.error().id == "proposal.nothing");
  const auto missing = proposal(scratch.path("b"));
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().id == "files.unreadable");
}

TEST_CASE("an edition by itself has to say whose it is and from when") {
  const Scratch scratch;
  for (const std::string& text :
       {std::string("{}"), ended("", "2027-04-01"),
        ended("../884-x", "2027-04-01"), ended(".hidden", "2027-04-01"),
        ended(herefordshire, "April")}) {
    INFO(text);
    scratch.write("a/edition.json", text);
    const auto opened = proposal(scratch.path("a"));
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().id == "proposal.no_body");
  }
  scratch.write("a/edition.json", "{");
  const auto broken = proposal(scratch.path("a"));
  REQUIRE_FALSE(broken.has_value());
  CHECK(broken.error().id == "json.syntax");
}
