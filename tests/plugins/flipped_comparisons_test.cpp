// Cases must pin what Lua itself compares, inside `test` and `compute`: where one is turned round, some case of a rule that rests on it must come out
// otherwise than it says.
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "base/files.hpp"
#include "casework/run_cases.hpp"
#include "flips.hpp"
#include "plugins/lua_text.hpp"
#include "shipped.hpp"
#include "support/scratch.hpp"

using namespace sendcheck;
using namespace shipped;

namespace {

std::string plugins_path(const std::string& name) {
  return join_path(source_path("plugins"), name);
}

// The library as it stands, to turn comparisons round in.
struct Copy {
  test::Scratch scratch;
  std::string rules = scratch.copy("rules");
  std::string plugins = scratch.copy("plugins");
};

// Adds the scripts that a script requires, straight or through another: "shared/on_file.lua".
void add_required(const std::string& path, std::set<std::string>& scripts) {
  for (const std::string& name :
       names_after(read_text(plugins_path(path)), "require")) {
    const std::string shared = "shared/" + name + ".lua";
    if (scripts.insert(shared).second) add_required(shared, scripts);
  }
}

std::string script_of(const Plugin& plugin) {
  return plugin.manifest.id + "/rule.lua";
}

std::vector<const Plugin*> that_rest_on(const std::string& script) {
  std::vector<const Plugin*> found;
  for (const Plugin& plugin : plugins()) {
    std::set<std::string> scripts = {script_of(plugin)};
    add_required(script_of(plugin), scripts);
    if (scripts.count(script)) found.push_back(&plugin);
  }
  return found;
}

// Whether a case of these rules comes out otherwise than it says, or tells something else. The cases are those of the copy, so that nothing that is edited
// while this runs passes for a flip.
bool is_noticed(const Copy& copy, const std::vector<const Plugin*>& rules) {
  const auto opened = Workspace::open(copy.rules, copy.plugins);
  REQUIRE(opened);
  if (!(*opened)->load_errors().empty()) return true;
  for (const Plugin* rule : rules) {
    const std::string& id = rule->manifest.id;
    const auto results = run_cases(
        **opened, join_path(join_path(copy.plugins, id), "cases.json"), {});
    REQUIRE(results);
    for (const CaseResult& one : *results) {
      if (!one.faults.empty()) return true;
    }
  }
  return false;
}

const Survivor* survivor_of(const std::string& script,
                            const std::string& source, const Flip& flip) {
  for (const Survivor& survivor : survivors()) {
    if (survivor.script == script && place_of(survivor, source) == flip.at) {
      return &survivor;
    }
  }
  return nullptr;
}

// Turns every such comparison of the scripts round, one at a time. A survivor that is noticed after all is as wrong as a comparison that is not.
void check_scripts(const std::vector<std::string>& scripts) {
  const Copy copy;
  std::size_t flips = 0;
  for (const std::string& script : scripts) {
    const std::string source = read_text(join_path(copy.plugins, script));
    const auto rules = that_rest_on(script);
    INFO(script);
    REQUIRE_FALSE(rules.empty());
    // What does not load, or is red anyhow, would notice everything.
    REQUIRE_FALSE(is_noticed(copy, rules));
    for (const Flip& flip : flips_of(source)) {
      ++flips;
      REQUIRE(
          write_file(join_path(copy.plugins, script), flipped(source, flip)));
      const bool noticed = is_noticed(copy, rules);
      INFO(script << ", line " << flip.line << ": " << flip.from
                  << " turned into " << flip.to);
      if (const Survivor* survivor = survivor_of(script, source, flip)) {
        INFO("it stands among the survivors, because " << survivor->because);
        CHECK_FALSE(noticed);
      } else {
        INFO("no case of " << rules.front()->manifest.id
                           << (rules.size() > 1
                                   ? " or another rule that requires it"
                                   : "")
                           << " notices it: add one to its cases.json");
        CHECK(noticed);
      }
    }
    REQUIRE(write_file(join_path(copy.plugins, script), source));
  }
  CHECK(flips >= 10);
}

}  // namespace

TEST_CASE("Every comparison of Lua's own that is turned round is noticed") {
  std::vector<std::string> scripts;
  const auto add = [&](const std::string& script) {
    if (!flips_of(read_text(plugins_path(script))).empty()) {
      scripts.push_back(script);
    }
  };
  for (const Plugin& plugin : plugins()) add(script_of(plugin));
  const auto names = list_folder(plugins_path("shared"));
  REQUIRE(names);
  for (const std::string& name : *names) {
    if (name.ends_with(".lua")) add("shared/" + name);
  }
  std::sort(scripts.begin(), scripts.end());
  check_scripts(scripts);
}

TEST_CASE("Every survivor names one comparison of one script") {
  std::set<std::pair<std::string, std::size_t>> places;
  for (const Survivor& survivor : survivors()) {
    INFO(survivor.script << ": " << survivor.words);
    const std::size_t place =
        place_of(survivor, read_text(plugins_path(survivor.script)));
    CHECK(place != std::string::npos);
    CHECK(places.emplace(survivor.script, place).second);
  }
}

TEST_CASE("What is not run holds no comparisons") {
  const std::string source =
      "-- a < b\n"
      "local words = \"a >= b\"\n"
      "--[[ a == b ]]\n"
      "return a ~= b and b = c\n";
  const std::vector<Flip> flips = flips_of(source);
  REQUIRE(flips.size() == 1);
  CHECK(flips[0].from == "~=");
  CHECK(flips[0].to == "==");
  CHECK(flips[0].line == 4);
  CHECK(flipped("a <= b", flips_of("a <= b").front()) == "a < b");
  CHECK(flipped("a > b", flips_of("a > b").front()) == "a >= b");
}
