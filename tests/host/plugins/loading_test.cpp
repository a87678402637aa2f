// Whole folders of plugins: what loads, and what is set aside.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "plugin_folders.hpp"

using namespace plugins_of_tests;

namespace {

const std::string good_rule = rule_of(R"(fact "hours" :above(1))", "good");

using Files = std::map<std::string, std::string>;

Plugins load(Catalogue& catalogue, const Files& files) {
  auto loaded = load_plugins(folder_of("several", files), catalogue);
  REQUIRE(loaded);
  return std::move(*loaded);
}

Plugins load(const Files& files) {
  Catalogue catalogue = small_catalogue();
  return load(catalogue, files);
}

Files with_good(Files files) {
  files["good/plugin.json"] = manifest_json("good");
  files["good/rule.lua"] = good_rule;
  return files;
}

// Of the one plugin that was set aside, while "good" loaded.
Error set_aside(const Plugins& loaded) {
  REQUIRE(loaded.broken.size() == 1);
  INFO(loaded.broken[0].errors[0].to_string());
  REQUIRE(loaded.plugins.size() == 1);
  CHECK(loaded.plugins[0].manifest.id == "good");
  return loaded.broken[0].errors[0];
}

std::string text_of_file(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("Plugins come in the order of their ids, whatever else is there") {
  const Plugins loaded = load(with_good(
      {{"another/plugin.json", manifest_json("another")},
       {"another/rule.lua", rule_of(R"(fact "hours" :above(2))", "another")},
       {"api/stub.lua", "---@meta"},
       {"shared/spare.lua", "return {}"},
       {"README.md", "Words."}}));
  REQUIRE(loaded.plugins.size() == 2);
  CHECK(loaded.plugins[0].manifest.id == "another");
  CHECK(loaded.plugins[1].manifest.id == "good");
  CHECK(loaded.broken.empty());
  CHECK(loaded.rule("good") == &loaded.plugins[1].rules[0]);
  CHECK(loaded.plugin_of("good") == &loaded.plugins[1]);
  CHECK(loaded.rule("nobody") == nullptr);
  CHECK(loaded.plugin_of("nobody") == nullptr);
  CHECK(loaded.declared().contains("another"));
}

TEST_CASE("A folder that cannot be read is an error of the whole") {
  Catalogue catalogue = small_catalogue();
  const auto loaded = load_plugins(
      folder_of("several", {}) + "/there-is-no-such-folder", catalogue);
  REQUIRE_FALSE(loaded);
  CHECK(std::string(loaded.error().id).starts_with("files."));
}

TEST_CASE("A plugin that is broken is set aside, and the others load") {
  const Plugins loaded =
      load(with_good({{"bad/plugin.json", "{"},
                      {"bad/rule.lua", good_rule},
                      {"worse/plugin.json", manifest_json("worse")},
                      {"worse/rule.lua", "return 1"}}));
  REQUIRE(loaded.plugins.size() == 1);
  REQUIRE(loaded.broken.size() == 2);
  CHECK(loaded.broken[0].id == "bad");
  CHECK(loaded.broken[1].id == "worse");
  CHECK(loaded.broken_ids() == std::set<std::string>{"bad", "worse"});
}

TEST_CASE("A folder without a manifest or without a rule is set aside") {
  CHECK(
      std::string(set_aside(load(with_good({{"bad/rule.lua", "return 1"}}))).id)
          .starts_with("files."));
  CHECK(std::string(set_aside(load(with_good(
                                  {{"bad/plugin.json", manifest_json("bad")}})))
                        .id)
            .starts_with("files."));
}

TEST_CASE("A plugin in the wrong folder is set aside") {
  const Error error = set_aside(load(with_good(
      {{"bad/plugin.json", manifest_json("other")}, {"bad/rule.lua", ""}})));
  CHECK(error.id == "plugins.folder");
}

TEST_CASE("A message is both declared and used") {
  const auto load_with = [](const std::string& message,
                            const std::string& text) {
    return load(with_good(
        {{"bad/plugin.json",
          manifest_json("bad", "\"messages\": { " + message + " }")},
         {"bad/rule.lua",
          "return rule { id = \"bad\", title = \"Trial\",\n  met_when = fact "
          "\"hours\" :above(1),\n  actions = { met = { action { text = " +
              text + " } } } }"}}));
  };
  CHECK(load_with("\"note\": \"A note.\"", "message \"note\"").broken.empty());

  const Error unused =
      set_aside(load_with("\"note\": \"A note.\"", "\"Other words.\""));
  CHECK(unused.id == "plugins.unused_message");
  CHECK(unused.place.pointer == "/messages/note");
  CHECK_THAT(unused.place.file, Catch::EndsWith("plugin.json"));

  const Error unknown =
      set_aside(load_with("\"note\": \"A note.\"", "message \"nota\""));
  CHECK(unknown.id == "script.error");
  CHECK(unknown.place.line == 3);
  CHECK_THAT(unknown.message, Catch::Contains("did you mean \"note\"?"));
}

TEST_CASE("A rule's id begins with the plugin's") {
  const auto load_with = [](const std::string& id, const std::string& title) {
    return load(with_good(
        {{"bad/plugin.json", manifest_json("bad")},
         {"bad/rule.lua",
          "return { rule { id = \"bad\", title = \"Trial\", met_when = fact "
          "\"hours\" :above(1) }, rule { id = \"" +
              id + "\", title = \"" + title +
              "\", met_when = fact \"hours\" :above(2) } }"}}));
  };
  const Plugins two = load_with("bad-second", "Another title");
  REQUIRE(two.plugins.size() == 2);
  CHECK(two.plugins[0].rules.size() == 2);
  CHECK(two.plugin_of("bad-second") == &two.plugins[0]);
  CHECK(two.declared().contains("bad-second"));

  for (const char* id : {"worse", "badly", "ba", "good", "good-second"}) {
    CHECK(set_aside(load_with(id, "Trial")).id == "plugins.rule_id");
  }
  const Error twice = set_aside(load_with("bad", "Trial"));
  CHECK(twice.id == "plugins.rule_id");
  CHECK_THAT(twice.message, Catch::Contains("made twice"));
}

TEST_CASE("A rule's id is no other plugin's") {
  // The folder of that name has it, whether it loads or not.
  for (const char* rule :
       {"return 1",
        "return rule { id = \"good-grant\", title = \"Trial\", met_when = fact "
        "\"hours\" :above(1) }"}) {
    const Plugins loaded = load(
        {{"good/plugin.json", manifest_json("good")},
         {"good/rule.lua", rule_of(R"(fact "hours" :above(1))", "good-grant")},
         {"good-grant/plugin.json", manifest_json("good-grant")},
         {"good-grant/rule.lua", rule}});
    REQUIRE_FALSE(loaded.broken.empty());
    CHECK(loaded.broken[0].id == "good");
    CHECK(loaded.broken[0].errors[0].id == "plugins.rule_id");
    CHECK_THAT(loaded.broken[0].errors[0].message,
               Catch::Contains("by the plugin \"good-grant\" too"));
  }
}

TEST_CASE("Every fault of a plugin is told at once") {
  const Plugins loaded = load(with_good(
      {{"bad/plugin.json",
        manifest_json("bad",
                      R"("messages": { "one": "One.", "two": "Two." },
                         "reads_protected": { "sen.status": "Yes, indeed." })")},
       {"bad/rule.lua",
        R"(return rule { id = "bad", title = "Trail", met_when = fact "sex" :is "F" })"}}));
  REQUIRE(loaded.broken.size() == 1);
  std::multiset<std::string> ids;
  for (const Error& error : loaded.broken[0].errors) ids.insert(error.id);
  CHECK(ids == std::multiset<std::string>{
                   "plugins.protected", "plugins.protected", "plugins.title",
                   "plugins.unused_message", "plugins.unused_message"});
  const Plugins empty = load(with_good({{"bad/README.md", "nothing"}}));
  REQUIRE(empty.broken.size() == 1);
  CHECK(empty.broken[0].errors.size() == 2);  // neither file is there
}

TEST_CASE("The title is the same in both files") {
  const Error error = set_aside(load(with_good(
      {{"bad/plugin.json", manifest_json("bad")},
       {"bad/rule.lua",
        R"(return rule { id = "bad", title = "Trail", met_when = fact "hours" :above(1) })"}})));
  CHECK(error.id == "plugins.title");
  CHECK_THAT(error.message, Catch::Contains("\"Trail\""));
  CHECK_THAT(error.message, Catch::Contains("\"Trial\""));
}

TEST_CASE(
    "A protected characteristic is read only where the manifest says why") {
  const auto load_with = [](const std::string& more) {
    return load(
        with_good({{"bad/plugin.json", manifest_json("bad", more)},
                   {"bad/rule.lua", rule_of(R"(fact "sex" :is "F")", "bad")}}));
  };
  CHECK(load_with(R"("reads_protected": { "sex": "The Act asks for it." })")
            .broken.empty());
  const Error undeclared = set_aside(load_with(""));
  CHECK(undeclared.id == "plugins.protected");
  CHECK_THAT(undeclared.message, Catch::Contains("\"sex\""));

  for (const char* path : {"sen.status", "sexes"}) {
    const Error useless = set_aside(
        load_with(std::string(R"("reads_protected": { "sex": "Yes.", ")") +
                  path + R"(": "Because." })"));
    CHECK(useless.id == "plugins.protected");
    CHECK(useless.place.pointer == std::string("/reads_protected/") + path);
  }
}

TEST_CASE("A shared module serves those rules that ask for it") {
  const Files shared = {
      {"shared/sums.lua",
       "local more = require \"more\"\nlocal sums = {}\n"
       "function sums.enough(hours) return fact \"hours\" "
       ":above(more.least(hours)) end\n"
       "return sums"},
      {"shared/more.lua",
       "local more = {}\nfunction more.least(n) return n end\nreturn more"},
      {"shared/spare.lua", "this is no Lua"}};
  for (const char* call : {"require \"sums\"", "require 'sums'",
                           "require(\"sums\")", "require [[sums]]"}) {
    Files files = with_good(shared);
    files["asks/plugin.json"] = manifest_json("asks");
    files["asks/rule.lua"] = std::string("local sums = ") + call + "\n" +
                             rule_of("sums.enough(7)", "asks");
    const Plugins loaded = load(files);
    INFO(call);
    REQUIRE(loaded.plugins.size() == 2);
    CHECK(loaded.plugins[0].modules.size() == 2);
    CHECK(loaded.plugins[0].modules.contains("more"));
    CHECK(loaded.plugins[1].modules.empty());
  }

  Files files = with_good(shared);
  files["asks/plugin.json"] = manifest_json("asks");
  files["asks/rule.lua"] = "local sums = require \"summs\"\n";
  const Error unknown = set_aside(load(files));
  CHECK(unknown.place.line == 1);
  CHECK_THAT(unknown.message, Catch::Contains("summs"));
}

TEST_CASE("A plugin's hash covers all that its rules rest on") {
  const auto hash = [](const std::string& module, const std::string& manifest) {
    const Plugins loaded = load(
        {{"shared/m.lua", module},
         {"good/plugin.json", manifest},
         {"good/rule.lua", "local m = require \"m\"\n" +
                               rule_of("fact \"hours\" :above(m)", "good")}});
    REQUIRE(loaded.plugins.size() == 1);
    return loaded.plugins[0].hash;
  };
  const std::string manifest = manifest_json("good");
  const std::string first = hash("return 1", manifest);
  CHECK(first == hash("return 1", manifest));
  CHECK(first != hash("return 2", manifest));
  CHECK(first != hash("return 1", manifest_json("good", R"("summary": "S.")")));
}

TEST_CASE("A local fact is known to every rule, whichever plugin declares it") {
  const std::string facts =
      R"("facts": { "local.kent.moved_in": { "type": "boolean", "label": "moved in" } })";
  Catalogue catalogue = small_catalogue();
  const Plugins loaded =
      load(catalogue,
           {{"a-reader/plugin.json", manifest_json("a-reader")},
            {"a-reader/rule.lua",
             rule_of(R"(fact "local.kent.moved_in" :is(true))", "a-reader")},
            {"b-teller/plugin.json", manifest_json("b-teller", facts)},
            {"b-teller/rule.lua",
             rule_of(R"(fact "hours" :above(1))", "b-teller")}});
  CHECK(loaded.broken.empty());
  REQUIRE(catalogue.find("local.kent.moved_in"));
  CHECK(catalogue.spec(*catalogue.find("local.kent.moved_in")).label ==
        "moved in");

  Catalogue second = small_catalogue();
  const Plugins twice = load(
      second,
      with_good(
          {{"bad/plugin.json", manifest_json("bad", facts)},
           {"bad/rule.lua", rule_of(R"(fact "hours" :above(1))", "bad")},
           {"also/plugin.json", manifest_json("also", facts)},
           {"also/rule.lua", rule_of(R"(fact "hours" :above(1))", "also")}}));
  REQUIRE(twice.broken.size() == 1);
  CHECK(twice.broken[0].id == "bad");
  CHECK(twice.broken[0].errors[0].id == "facts.duplicate");
}

TEST_CASE("A hostile script is set aside, and the others load") {
  namespace fs = std::filesystem;
  const fs::path folder =
      fs::path(SENDCHECK_SOURCE) / "fixtures/plugins/hostile";
  Files files = with_good({});
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".lua") continue;
    const std::string id = entry.path().stem().string();
    names.push_back(id);
    files[id + "/plugin.json"] = manifest_json(id);
    files[id + "/rule.lua"] = text_of_file(entry.path());
  }
  REQUIRE(names.size() > 100);
  const Plugins loaded = load(files);
  CHECK(loaded.broken.size() == names.size());
  REQUIRE(loaded.plugins.size() == 1);
  CHECK(loaded.plugins[0].manifest.id == "good");
  for (const BrokenPlugin& broken : loaded.broken) {
    INFO(broken.id);
    REQUIRE(broken.errors.size() == 1);
    const std::string& id = broken.errors[0].id;
    CHECK((id.starts_with("script.") || id.starts_with("plugins.")));
    CHECK_FALSE(broken.errors[0].message.empty());
    CHECK_THAT(broken.errors[0].place.file,
               Catch::Contains(broken.id + "/rule.lua"));
  }
}
