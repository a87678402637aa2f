#include "casework/workspace.hpp"

#include "casework/explain_decision.hpp"
#include "house.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

TEST_CASE("what ships loads without a word") {
  CHECK(shipped()->load_errors().empty());
  CHECK(shipped()->plugins_folder() == source_folder() + "/plugins");
}

TEST_CASE("a folder that is missing, or its catalogue, opens no workspace") {
  const Scratch scratch;
  const std::string rules = scratch.copy("rules");
  const std::string plugins = source_folder() + "/plugins";
  const auto id = [&](const std::string& from, const std::string& with) {
    const auto workspace = Workspace::open(from, with);
    REQUIRE_FALSE(workspace.has_value());
    return workspace.error().id;
  };
  CHECK(id(scratch.path("nowhere"), plugins) == "files.missing");
  CHECK(id(rules, scratch.path("nowhere")) == "files.unreadable");
  scratch.write("rules/bank-holidays.csv", "");
  CHECK(id(rules, plugins).starts_with("c"));  // csv.* or calendar.*
  scratch.write("rules/facts.json", "{");
  CHECK(id(rules, plugins) == "json.syntax");
}

TEST_CASE("what does not load is set aside, and everything is told at once") {
  const Scratch scratch;
  const std::string rules = scratch.copy("rules");
  const std::string plugins = scratch.copy("plugins");
  scratch.write("plugins/persistent-absence/rule.lua", "return rule {");
  scratch.write("plugins/pupil-premium/plugin.json", "{");
  scratch.write("rules/national/jcq/2025-09-01/edition.json", "[");
  const auto workspace = Workspace::open(rules, plugins);
  REQUIRE(workspace.has_value());
  std::vector<std::string> files;
  for (const Error& error : (*workspace)->load_errors()) {
    files.push_back(error.place.file);
    CHECK_FALSE(error.id.empty());
    CHECK_FALSE(error.message.empty());
  }
  CHECK(files == std::vector<std::string>{
                     plugins + "/persistent-absence/rule.lua",
                     plugins + "/pupil-premium/plugin.json",
                     rules + "/national/jcq/2025-09-01/edition.json"});
}

TEST_CASE("a decision is explained for one pupil and one rule") {
  const auto workspace = shipped();
  const auto explained =
      explain_decision(*workspace, fixture("registers/kent-secondary.json"),
                       "k886 999919002", "element-3-top-up", fixture_date());
  REQUIRE(explained.has_value());
  CHECK(explained->upn == "K886999919002");
  CHECK(explained->name == "Ember Notrealby");
  CHECK(explained->decision.rule == "element-3-top-up");
  CHECK(explained->decision.outcome == Outcome::met);
  CHECK(explained->decision.reasons);
  CHECK(explained->rejections.empty());
}

TEST_CASE("a rejected record is not explained, but why it was rejected is") {
  const auto explained =
      explain_decision(*shipped(), fixture("registers/kent-secondary.json"),
                       "Q886999917013", "element-3-top-up", fixture_date());
  REQUIRE(explained.has_value());
  REQUIRE(explained->rejections.size() == 1);
  CHECK(explained->rejections[0].id == "register.type");
}

TEST_CASE("nobody, or no rule, is explained as an error") {
  const auto workspace = shipped();
  const auto id = [&](const char* upn, const char* rule) {
    const auto explained =
        explain_decision(*workspace, fixture("registers/nursery.jsonl"), upn,
                         rule, fixture_date());
    REQUIRE_FALSE(explained.has_value());
    return explained.error().id;
  };
  CHECK(id("Z999999999999", "element-3-top-up") == "check.no_such_pupil");
  CHECK(id("V886999725001", "element-4-top-up") == "engine.unknown_rule");
}
