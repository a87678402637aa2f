// A criterion that was built and got lost is an error: it would be a condition that nobody checks.
#include <catch2/catch.hpp>

#include "plugin_folders.hpp"
#include "plugins/logic_words.hpp"

using namespace plugins_of_tests;

namespace {

void loads(const std::string& script) {
  Catalogue catalogue = small_catalogue();
  const Plugins loaded = load_script(catalogue, script);
  INFO(script);
  INFO((loaded.broken.empty() ? std::string()
                              : loaded.broken[0].errors[0].to_string()));
  CHECK(loaded.plugins.size() == 1);
}

void is_lost(const std::string& script, const std::string& id, int line) {
  const Error error = error_of(script);
  INFO(script);
  INFO(error.to_string());
  CHECK(error.id == id);
  CHECK(error.place.line == line);
}

const std::string kept =
    R"(return rule { id = "trial", title = "Trial", met_when = fact "hours" :above(1) })";

}  // namespace

TEST_CASE("Lua's and, or and not between criteria do not load") {
  for (
      const char* criterion :
      {R"(fact "hours" :above(1) and fact "hours" :below(9))",
       R"(fact "hours" :above(1) or fact "hours" :below(9))",
       R"(not fact "hours" :above(1))",
       R"(all { fact "hours" :above(1), fact "hours" :below(9) or fact "consent.parent" :is(true) })"}) {
    is_lost(rule_of(criterion), "plugins.logic_word", 3);
  }
  is_lost(
      "local few = fact \"hours\" :below(9)\n"
      "local many = fact \"hours\" :above(1)\n"
      "return rule { id = \"trial\", title = \"Trial\",\n"
      "  met_when = all { few, many, none {\n few or many } } }",
      "plugins.logic_word", 5);
}

TEST_CASE("Lua's and, or and not may stand where no criterion is lost") {
  loads(rule_of(R"(test("x", function(pupil)
      local a = pupil:get "hours"
      return (a > 1 and a < 9) or not (a == 4)
    end))"));
  loads(rule_of(
      R"((compute("x", function(pupil) return pupil:get "consent.parent" and 1 or 2 end)) :above(1))"));
  loads(
      "local function at_most(n)\n"
      "  if n == nil or not (n > 0) then n = 3 end\n"
      "  local i = 0\n"
      "  while i < n and i < 2 do i = i + 1 end\n"
      "  return fact \"hours\" :at_most(i)\n"
      "end\n"
      "return rule { id = \"trial\", title = \"Trial\", met_when = at_most() "
      "}");
  loads(
      "-- this and that, or not\n--[[ and\nor ]] local a = [==[ not ]] ]==]\n"
      "local b = 'and \\' or' local c = \"or \\\" not\"\n" +
      kept);
}

TEST_CASE("The words are found by their own lines, and only as words") {
  const auto line = [](const char* source) {
    const auto found = misplaced_logic_word(source);
    return found ? found->line : 0;
  };
  CHECK(line("a = b and c") == 1);
  CHECK(line("--[[\n\n]] a = \"\\\n\" or c") == 4);
  CHECK(line("a = [[\n\n]]\nb = not c") == 4);
  CHECK(line("local android, nothing, order = 1") == 0);
  CHECK(line("test('x', function(p) return a and (b or c) end)") == 0);
  CHECK(line("test('x', f) and c") == 1);
  CHECK(line("x = test('x', f)\ny = (a or b)") == 2);
  CHECK(line("if a and b then c = d\nand e end") == 2);
  // Texts and comments without an end are Lua's to refuse.
  CHECK(line("a = \"and") == 0);
  CHECK(line("a = \"and\\") == 0);
  CHECK(line("--[==[ and ]]") == 0);
  CHECK(line("[[") == 0);
  CHECK(line(")))) or") == 1);
  CHECK(line("") == 0);
}

TEST_CASE("A criterion that stands in no part of the rule does not load") {
  is_lost("local forgotten =\n  fact \"hours\" :below(9)\n" + kept,
          "plugins.unused_criterion", 2);
  // Of a combination that is lost, the combination is named.
  is_lost(
      "local a = all {\n  fact \"hours\" :below(9),\n"
      "  fact \"hours\" :above(3) }\n" +
          kept,
      "plugins.unused_criterion", 1);
  // A function that forgets to return leaves a nil at the list's end, of which Lua says nothing.
  is_lost(
      "local function big() local c = fact \"hours\" :above(8) end\n"
      "return rule { id = \"trial\", title = \"Trial\",\n"
      "  met_when = all { fact \"hours\" :below(9), big() } }",
      "plugins.unused_criterion", 1);
  is_lost("local c = judgement(\"odd\", \"Odd?\") :because \"odd\"\n" + kept,
          "plugins.unused_criterion", 1);
  is_lost("local c = test(\"x\", function() return true end)\n" + kept,
          "plugins.unused_criterion", 1);
  is_lost(
      "local a = action { text = \"a\", when = fact \"hours\" :below(9) }\n" +
          kept,
      "plugins.unused_criterion", 1);
  is_lost("if fact \"hours\" :above(3) then end\n" + kept,
          "plugins.unused_criterion", 1);
  // A rule that is not returned takes its criteria with it.
  is_lost(
      "local other = rule { id = \"trial-b\", title = \"B\",\n"
      "  met_when = fact \"hours\" :below(9) }\n" +
          kept,
      "plugins.unused_criterion", 2);
}

TEST_CASE("A value that is compared by Lua itself does not load") {
  is_lost(
      "local strict = true\n"
      "if fact \"sen.status\" == \"none\" then strict = false end\n" +
          kept,
      "plugins.unused_value", 2);
  is_lost("local cost = fact \"provision_cost\" + pounds \"1.00\"\n" + kept,
          "plugins.unused_value", 1);
}

TEST_CASE("What stands in some part of a rule is used, whatever the part") {
  loads(R"(
local enough = fact "hours" :above(1)
local shown = fact "consent.parent" :is(true)
local paid = pounds "12.00" :labelled "the sum"
local spare = pounds "1.00"
local function both(a, b) return all { a, b } end
return {
  rule {
    id = "trial", title = "Trial",
    applies_when = both(enough, enough :because "enough"),
    met_when = any { enough, count("assessments", item "score" :above(1)) :above(2) },
    refer_when = choose { when(fact "sen.status" :is "none", 1), otherwise(2) } :is(1),
    amount = { payment { value = paid, period = "year", when = shown, working = { line("hours", fact "hours") },
                         from = days_after(1, as_of), to = days_after(2, as_of) } },
    due = deadline { date = day_before(as_of), basis = "law", done = fact "last_review_on" },
    actions = { met = { action { text = "a", when = fact "nc_year" :is "R", by = days_after(3, as_of), to = fact "name.given" } } },
  },
  rule {
    id = "trial-panel", title = "Panel",
    met_when = next_date(param "panels", "panel_on", as_of) :after(day_before(as_of)),
  },
})");
}

TEST_CASE("A copy with words of its own leaves the first as used") {
  loads(R"(
local first = fact "hours" :above(1)
local second = first :because "enough" :source "s.1"
local cost = fact "provision_cost"
local named = cost :labelled "the cost"
return rule { id = "trial", title = "Trial", met_when = all { second, named :above(pounds "1.00") } })");
  is_lost(
      "local first = fact \"hours\" :above(3)\n"
      "local second = first :because \"enough\"\n" +
          kept,
      "plugins.unused_criterion", 1);
}
