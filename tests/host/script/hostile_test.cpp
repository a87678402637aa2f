// Every file of fixtures/plugins/hostile says in its first line what it tries
// and in its second what must come of it:
//   -- expect: script.error | words of the message
//   -- expect: ok the text that it returns
#include <catch2/catch.hpp>

#include "base/files.hpp"
#include "base/text.hpp"
#include "host/script/machinery.hpp"

namespace sendcheck::script {
namespace {

const std::string folder =
    std::string(SENDCHECK_SOURCE) + "/fixtures/plugins/hostile";

struct Expectation {
  std::string id;  // "ok" or an error's
  std::string words;
};

Expectation expectation_of(const std::string& source) {
  const auto second = split(source, '\n').at(1);
  const std::string_view mark = "-- expect: ";
  REQUIRE(second.starts_with(mark));
  const std::string_view rest = second.substr(mark.size());
  if (rest.starts_with("ok ")) return {"ok", std::string(rest.substr(3))};
  const auto bar = rest.find(" | ");
  if (bar == std::string_view::npos) return {std::string(rest), ""};
  return {std::string(rest.substr(0, bar)), std::string(rest.substr(bar + 3))};
}

std::string read(const std::string& name) {
  auto content = read_file(join_path(folder, name));
  REQUIRE(content);
  return *content;
}

std::vector<std::string> scripts() {
  auto names = list_folder(folder);
  REQUIRE(names);
  std::erase_if(*names, [](const std::string& name) {
    return extension(name) != ".lua";
  });
  return *names;
}

// Stopped by effort in a table that rearranges itself, which depends on Lua's
// random seed: the id is the same each time, the step is not.
bool varies(const std::string& name) { return name == "rehash.lua"; }

void check_still_good(State& state) {
  const auto good = state.run(
      "local t = { b = 2, a = 1 }\n"
      "local s = ('x'):rep(3) .. tostring(settings.note)\n"
      "for k, v in pairs(t) do s = s .. k .. v end\n"
      "return s .. string.format('%d', math.floor(2.5))",
      "good.lua");
  REQUIRE(good);
  CHECK(words(*good) == "xxxnila1b22");
}

TEST_CASE("a hostile script gets nowhere and leaves nothing behind") {
  const auto names = scripts();
  REQUIRE(names.size() > 100);
  for (const std::string& name : names) {
    INFO(name);
    const std::string source = read(name);
    const Expectation expected = expectation_of(source);
    Host host;
    const auto result = run_and_call(host.state, source, name);
    if (expected.id == "ok") {
      if (!result) FAIL_CHECK(result.error().to_string());
      if (result) CHECK(words(*result) == expected.words);
    } else if (result) {
      FAIL_CHECK("gave " << words(*result));
    } else {
      const Error& error = result.error();
      INFO(error.to_string());
      CHECK(error.id == expected.id);
      CHECK(error.message.find(expected.words) != std::string::npos);
      CHECK(error.message.size() <= 510);
      CHECK(is_valid_utf8(error.message));
      CHECK(error.message.find("0x") == std::string::npos);
      CHECK(error.message.find('\n') == std::string::npos);
      CHECK(error.message.find('\x1b') == std::string::npos);
      if (expected.id == "script.syntax") CHECK(error.place.line > 0);
      if (!error.place.file.empty() && error.id != "script.error") {
        CHECK(error.place.file == name);
      }
    }
    const auto used = host.state.instructions_used();
    check_still_good(host.state);

    Host again;
    const auto second = run_and_call(again.state, source, name);
    CHECK(second.has_value() == result.has_value());
    if (varies(name)) continue;
    if (!second && !result) CHECK(second.error() == result.error());
    CHECK(again.state.instructions_used() == used);
  }
}

TEST_CASE("what a script costs does not depend on what ran before it") {
  for (const std::string& name : scripts()) {
    INFO(name);
    const std::string source = read(name);
    // Near the caps, a collection is forced by what others left behind.
    if (name.starts_with("memory-") || varies(name)) continue;
    Host fresh;
    (void)run_and_call(fresh.state, source, name);
    Host used;
    (void)used.state.run("return function(a) return { a, {} } end", "a.lua");
    (void)used.state.run(
        "local t = {} for i = 1, 999 do t['k' .. i] = { i } end", "b.lua");
    check_still_good(used.state);
    (void)run_and_call(used.state, source, name);
    CHECK(used.state.instructions_used() == fresh.state.instructions_used());
  }
}

}  // namespace
}  // namespace sendcheck::script
