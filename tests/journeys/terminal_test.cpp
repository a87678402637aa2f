// What a person at a terminal sees, and what a program at the other end of a pipe must not.
#include <catch2/catch.hpp>

#include "program.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

std::string without_colour(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b') {
      i = text.find('m', i);
    } else if (text[i] != '\r') {
      out += text[i];
    }
  }
  return out;
}

// A register large enough that checking it takes a while.
std::string large_register(const Scratch& scratch) {
  const std::string line =
      R"({"upn": "N886999916001", "nc_year": "7", "home_la": "886"})";
  std::string text;
  for (int i = 0; i < 6000; ++i) {
    text +=
        replaced(line, "N886999916001", "N8869" + std::to_string(10000000 + i));
    text += '\n';
  }
  return scratch.write("large.jsonl", text);
}

}  // namespace

TEST_CASE("a terminal gets colour, and the words are those of the pipe") {
  const Words words = check_words(fixture_registers()[0], "table");
  const Ran seen = run_on_terminal(words, {});
  CHECK(seen.status == 0);
  CHECK(times(seen.out, "\x1b[") > 20);
  const Ran piped = run(words);
  CHECK(times(piped.out, "\x1b") == 0);
  CHECK(without_colour(seen.out) == piped.out);
}

TEST_CASE("NO_COLOR is respected, and is nothing when it is empty") {
  const Words words = check_words(fixture_registers()[0], "table");
  Around refused;
  refused.environment = {{"NO_COLOR", "1"}};
  CHECK(times(run_on_terminal(words, {}, refused).out, "\x1b") == 0);
  Around empty;
  empty.environment = {{"NO_COLOR", ""}};
  CHECK(times(run_on_terminal(words, {}, empty).out, "\x1b[") > 20);
}

TEST_CASE("explain and rules show have colour on a terminal only") {
  for (const Words& words :
       {on_fixture_day({"explain", fixture_registers()[0], "--pupil",
                        "K886999919002", "--rule", "element-3-top-up"}),
        on_fixture_day({"rules", "show", "element-3-top-up"}),
        on_fixture_day({"rules", "list"})}) {
    INFO(words[0] << " " << words[1]);
    CHECK(times(run_on_terminal(words, {}).out, "\x1b[") > 0);
    CHECK(times(run(words).out, "\x1b") == 0);
    Around refused;
    refused.environment = {{"NO_COLOR", "yes"}};
    CHECK(times(run_on_terminal(words, {}, refused).out, "\x1b") == 0);
  }
}

TEST_CASE("JSON on a terminal has no colour: somebody may copy it") {
  const Ran seen =
      run_on_terminal(check_words(fixture_registers()[2], "json"), {});
  CHECK(times(seen.out, "\x1b") == 0);
}

TEST_CASE("long work shows progress on the terminal, away from the output") {
  const Scratch scratch;
  const Words words = check_words(large_register(scratch), "json",
                                  {"--rule", "persistent-absence"});
  const Ran ran = run_on_terminal(words, {.for_output = false});
  CHECK(ran.status == 0);
  CHECK(times(ran.err, " pupils, ") >= 2);
  CHECK_THAT(ran.err, Catch::Contains("%"));
  // It takes its last line away again.
  CHECK(ran.err.ends_with("\r\x1b[K"));
  const Ran piped = run(words);
  CHECK(piped.err.empty());
  CHECK(ran.out == piped.out);
}

TEST_CASE("a school's register needs no progress") {
  const Ran ran = run_on_terminal(check_words(fixture_registers()[1], "json"),
                                  {.for_output = false});
  CHECK(ran.err.empty());
}

TEST_CASE("a message on the terminal does not run into the progress") {
  const Scratch scratch;
  const std::string rejects = scratch.path("nowhere/rejects.jsonl");
  const Ran ran = run_on_terminal(
      check_words(large_register(scratch), "json",
                  {"--rule", "persistent-absence", "--rejects", rejects}),
      {.for_output = false});
  CHECK(ran.status == 5);
  CHECK(ran.out.empty());
  CHECK(times(ran.err, "\r\x1b[Ksendcheck: ") == 1);
}
