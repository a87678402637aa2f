// Plugins and editions that do not load: what hangs on them is not answered, and everything else is.
#include <catch2/catch.hpp>
#include <map>

#include "program.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

const std::string matrix = "herefordshire-high-needs-matrix";
const std::string matrix_edition =
    "authorities/884-herefordshire/2025-04-01/edition.json";

struct House {
  Scratch scratch;
  std::string rules = scratch.copy("rules");
  std::string plugins = scratch.copy("plugins");

  // Writes over a file below "rules/" or "plugins/".
  void spoil(const std::string& file, const std::string& content) {
    REQUIRE(std::filesystem::exists(scratch.path(file)));
    scratch.write(file, content);
  }
  Words words(Words first) const {
    first.insert(first.end(), {"--as-of", fixture_day, "--rules", rules,
                               "--plugins", plugins});
    return first;
  }
  Ran check(const std::string& register_path,
            const std::string& format = "json") const {
    return run(words({"check", register_path, "--format", format}));
  }
};

using Answers = std::map<std::string, const json::Value*>;  // "UPN rule"

Answers answers(const json::Value& root) {
  Answers all;
  for (const auto& one : root.find("pupils")->items) {
    for (const auto& decision : one.find("decisions")->items) {
      all[text(one, "upn") + " " + text(decision, "rule")] = &decision;
    }
  }
  return all;
}

}  // namespace

TEST_CASE("a plugin that does not load is reported, and the others still run") {
  const std::string& path = fixture_registers()[1];
  House house;
  house.spoil("plugins/persistent-absence/rule.lua", "return rule {\n");
  const Ran sound = run(check_words(path, "json"));
  const Ran ran = house.check(path);
  CHECK(ran.status == 4);
  CHECK_THAT(ran.err, Catch::Contains("persistent-absence/rule.lua:2:"));
  CHECK_THAT(ran.err, Catch::Contains("(script.syntax)"));
  const Json expected(sound.out), json(ran.out);
  const Answers before = answers(expected.root());
  const Answers after = answers(json.root());
  REQUIRE(before.size() == after.size());
  for (const auto& [key, decision] : after) {
    INFO(key);
    if (key.ends_with(" persistent-absence")) {
      CHECK(text(*decision, "outcome") == "error");
      REQUIRE(decision->find("error") != nullptr);
      CHECK(text(*decision->find("error"), "id") == "script.syntax");
      CHECK_THAT(text(*decision->find("error"), "file"),
                 Catch::EndsWith("persistent-absence/rule.lua"));
      CHECK(decision->find("amount")->is(json::Type::null));
    } else {
      REQUIRE(before.count(key) == 1);
      CHECK(text(*decision, "outcome") == text(*before.at(key), "outcome"));
      CHECK(text(*decision, "summary") == text(*before.at(key), "summary"));
      CHECK(decision->find("error") == nullptr);
    }
  }
  const auto& errors = json.root().find("errors")->items;
  REQUIRE(errors.size() == 1);
  CHECK(text(errors[0], "id") == "script.syntax");
  CHECK(json.root().find("pupils")->items.size() == 197);
}

TEST_CASE("every way to break a plugin is told with its file, and exit 4") {
  struct Break {
    const char* file;
    const char* content;
    const char* id;
  };
  for (const Break& one : std::vector<Break>{
           {"plugin.json", "{", "json.syntax"},
           {"plugin.json", "{}", "plugins."},
           {"rule.lua", "", "plugins."},
           {"rule.lua", "return 5", "plugins."},
           {"rule.lua", "while true do end", "script."},
           {"rule.lua", "return io.open('/etc/passwd')", "script."},
           {"rule.lua",
            "return rule { id = 'persistent-absence', met_when = "
            "fact 'sen.staus' :is 'support' }",
            ""}}) {
    INFO(one.file << ": " << one.content);
    House house;
    house.spoil("plugins/persistent-absence/" + std::string(one.file),
                one.content);
    const Ran ran = house.check(fixture_registers()[2]);
    CHECK(ran.status == 4);
    CHECK_THAT(ran.err, Catch::Contains("persistent-absence/"));
    CHECK_THAT(ran.err, Catch::Contains(std::string("(") + one.id));
    const Json json(ran.out);
    CHECK(json.root().find("pupils")->items.size() == 39);
    for (const auto& [key, decision] : answers(json.root())) {
      INFO(key);
      CHECK((text(*decision, "outcome") == "error") ==
            key.ends_with(" persistent-absence"));
    }
  }
}

TEST_CASE("what hangs on an edition that does not load is not answered") {
  const std::string& path = fixture_registers()[1];
  House house;
  house.spoil("rules/" + matrix_edition, "{ \"format\": ");
  const Ran sound = run(check_words(path, "json"));
  const Ran ran = house.check(path);
  CHECK(ran.status == 4);
  CHECK_THAT(ran.err, Catch::Contains(matrix_edition + ":1:"));
  CHECK_THAT(ran.err, Catch::Contains("(json.syntax)"));
  const Json expected(sound.out), json(ran.out);
  const Answers before = answers(expected.root());
  std::size_t unanswered = 0;
  for (const auto& [key, decision] : answers(json.root())) {
    INFO(key);
    const std::string outcome = text(*decision, "outcome");
    if (outcome == "error") {
      ++unanswered;
      CHECK_THAT(text(*decision->find("error"), "file"),
                 Catch::EndsWith(matrix_edition));
      CHECK(decision->find("amount")->is(json::Type::null));
    }
    if (before.count(key) == 0) continue;
    if (key.ends_with(" " + matrix)) {
      CHECK(outcome == "error");
    } else if (outcome != "error") {
      CHECK(text(*decision, "summary") == text(*before.at(key), "summary"));
    }
    // National rules that no authority changes.
    if (key.ends_with(" ehc-annual-review") ||
        key.ends_with(" pupil-premium") ||
        key.ends_with(" persistent-absence") ||
        key.ends_with(" jcq-extra-time-25")) {
      CHECK(outcome != "error");
    }
  }
  CHECK(unanswered >= 179);
}

TEST_CASE("an edition that does not load takes no other authority with it") {
  House house;
  house.spoil("rules/" + matrix_edition, "{ \"format\": ");
  const Ran sound = run(check_words(fixture_registers()[0], "json"));
  const Ran ran = house.check(fixture_registers()[0]);
  CHECK(ran.status == 4);
  const Json expected(sound.out), json(ran.out);
  const Answers before = answers(expected.root());
  const Answers after = answers(json.root());
  for (const auto& [key, decision] : before) {
    INFO(key);
    REQUIRE(after.count(key) == 1);
    CHECK(text(*after.at(key), "summary") == text(*decision, "summary"));
  }
}

TEST_CASE("each form of output says what was not answered") {
  House house;
  house.spoil("plugins/persistent-absence/rule.lua", "return rule {\n");
  const std::string& path = fixture_registers()[2];
  CHECK_THAT(house.check(path, "table").out,
             Catch::Contains("39 not answered"));
  CHECK_THAT(house.check(path, "table").out, Catch::Contains("Did not load"));
  CHECK(times(house.check(path, "csv").out,
              ",persistent-absence,persistent-absence,error,") == 39);
  CHECK_THAT(house.check(path, "html").out, Catch::Contains("Did not load"));
  CHECK_THAT(lines_of(house.check(path, "jsonl").out).back(),
             Catch::Contains("\"id\":\"script.syntax\""));
  for (const char* format : {"table", "csv", "html", "jsonl"}) {
    CHECK(house.check(path, format).status == 4);
  }
}

TEST_CASE("explain, show and test tell that a rule does not load") {
  House house;
  house.spoil("plugins/persistent-absence/rule.lua", "return rule {\n");
  for (const Words& words :
       std::vector<Words>{{"explain", fixture_registers()[0], "--pupil",
                           "C886999919005", "--rule", "persistent-absence"},
                          {"rules", "show", "persistent-absence"},
                          {"rules", "test", "persistent-absence"},
                          {"rules", "list"}}) {
    INFO(words[0] << " " << words[1]);
    const Ran ran = run(house.words(words));
    CHECK(ran.status == 4);
    CHECK_THAT(ran.err, Catch::Contains("persistent-absence/rule.lua:2:"));
  }
  const Ran other =
      run(house.words({"explain", fixture_registers()[0], "--pupil",
                       "K886999919002", "--rule", "element-3-top-up"}));
  CHECK(other.status == 0);
  CHECK(other.err.empty());
}

TEST_CASE("a folder of rules or plugins that is missing is exit 4") {
  const Scratch scratch;
  const std::string nowhere = scratch.path("nowhere");
  for (const char* option : {"--rules", "--plugins"}) {
    for (const Words& words : std::vector<Words>{
             {"check", fixture_registers()[2], "--format", "json"},
             {"explain", fixture_registers()[2], "--pupil", "V886999725001",
              "--rule", "disability-access-fund"},
             {"rules", "list"},
             {"rules", "show", "element-3-top-up"},
             {"rules", "test"},
             {"facts"}}) {
      INFO(words[0] << " " << option);
      Words all = words;
      const bool rules_missing = std::string(option) == "--rules";
      all.insert(
          all.end(),
          {"--rules", rules_missing ? nowhere : source_folder() + "/rules",
           "--plugins",
           rules_missing ? source_folder() + "/plugins" : nowhere});
      const Ran ran = run(all);
      CHECK(ran.status == 4);
      CHECK(ran.out.empty());
      CHECK_THAT(ran.err, Catch::Contains(nowhere));
    }
  }
}

TEST_CASE("a catalogue that cannot be read is exit 4 with its line") {
  House house;
  house.spoil("rules/facts.json", "{\n  \"format\": \"sendcheck-facts/1\",\n");
  const Ran ran = house.check(fixture_registers()[2]);
  CHECK(ran.status == 4);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, Catch::Contains("facts.json:3:"));
}

TEST_CASE("with both wrong, the rules are told before the register") {
  const Ran ran = run({"check", "nowhere.json", "--rules", "nowhere"});
  CHECK(ran.status == 4);
}
