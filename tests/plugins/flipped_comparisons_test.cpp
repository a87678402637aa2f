// Cases must pin every comparison: where one is turned round, some case of a rule that rests on it must come out otherwise than it says.
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "base/files.hpp"
#include "casework/run_cases.hpp"
#include "flips.hpp"
#include "lua_text.hpp"
#include "shipped.hpp"
#include "support/scratch.hpp"

using namespace sendcheck;
using namespace shipped;

namespace {

std::string plugins_path(const std::string& name) {
  return join_path(source_path("plugins"), name);
}

// The library as it stands, to turn comparisons round in. Each test has its own: they run side by side.
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

// Turns every comparison of the scripts round, one at a time. A survivor that is noticed after all is as wrong as a comparison that is not.
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
  CHECK(flips >= 30);
}

void check_rules(const std::string& kind) {
  std::vector<std::string> scripts;
  for (const Plugin& plugin : plugins()) {
    if (plugin.manifest.kind == kind) scripts.push_back(script_of(plugin));
  }
  check_scripts(scripts);
}

}  // namespace

TEST_CASE(
    "Every comparison of an access arrangement that is turned round is noticed "
    "by a case") {
  check_rules("access_arrangement");
}

TEST_CASE(
    "Every comparison of a fund that is turned round is noticed by a case") {
  check_rules("funding");
}

TEST_CASE(
    "Every comparison of a statutory duty that is turned round is noticed by a "
    "case") {
  check_rules("statutory");
}

TEST_CASE(
    "Every comparison of what is monitored that is turned round is noticed by "
    "a case") {
  check_rules("monitoring");
}

TEST_CASE(
    "Every comparison that rules share and that is turned round is noticed by "
    "a case") {
  std::vector<std::string> scripts;
  const auto names = list_folder(plugins_path("shared"));
  REQUIRE(names);
  for (const std::string& name : *names) {
    if (name.ends_with(".lua")) scripts.push_back("shared/" + name);
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

TEST_CASE(
    "Words that are not run and words that are only names are no comparisons") {
  const std::string source =
      "-- as_of :after(day), all of them\n"
      "local highest = \"is :at_least(1) <\"\n"
      "--[[ any { } ]]\n"
      "return all { x:is \"all {\", x.is(2), rule.all { highest } }\n";
  const std::vector<Flip> flips = flips_of(source);
  REQUIRE(flips.size() == 2);
  CHECK(flips[0].from == "all");
  CHECK(flips[0].to == "any");
  CHECK(flips[0].line == 4);
  CHECK(flips[1].from == "is");
  CHECK(flipped("a:above(1)", flips_of("a:above(1)").front()) ==
        "a:at_least(1)");
  CHECK(flipped("a <= b", flips_of("a <= b").front()) == "a < b");
}
