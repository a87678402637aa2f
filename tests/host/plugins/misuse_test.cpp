// The words of rule.lua, used wrongly: each gives a named error with the line.
#include <catch2/catch.hpp>

#include "base/text.hpp"
#include "plugin_folders.hpp"

using namespace plugins_of_tests;

namespace {

struct Misuse {
  const char* script;
  const char* id;
  const char* message;  // a part of it
};

constexpr const char* raised = "script.error";

void check(const Error& error, const Misuse& misuse, int line) {
  INFO(misuse.script);
  INFO(error.to_string());
  CHECK(error.id == misuse.id);
  CHECK_THAT(error.message, Catch::Contains(misuse.message));
  if (line > 0) CHECK(error.place.line == line);
  CHECK_THAT(error.place.file, Catch::EndsWith("trial/rule.lua"));
}

}  // namespace

TEST_CASE("A criterion that is written wrongly does not load") {
  const std::vector<Misuse> table = {
      // Where a criterion is expected.
      {R"(all { fact "hours" :above(1), fact "hours" })", raised,
       "entry 2: expected a criterion"},
      {R"(all { fact "hours" :above(1), false })", raised,
       "entry 2: expected a criterion"},
      {R"(all { fact "hours" :above(1), nil, fact "hours" :below(9) })", raised,
       "without gaps"},
      {R"(all { nil, fact "hours" :below(9) })", raised, "without gaps"},
      {R"(all {})", raised, "takes a list of criteria"},
      {R"(all { first = fact "hours" :above(1) })", raised,
       "takes a list of criteria"},
      {R"(all(fact "hours" :above(1)))", raised,
       "all takes a list of criteria"},
      {R"(all({ fact "hours" :above(1) }, { fact "hours" :below(9) }))", raised,
       "all takes at most 1 argument; found 2"},
      {R"(any { all "Label" })", raised, "entry 1: expected a criterion"},
      {R"(all "Label" (fact "hours" :above(1)))", raised,
       "takes a list of criteria"},
      {R"(none { any { true } })", raised, "entry 1"},
      {R"(at_least_of({ fact "hours" :above(1) }))", raised,
       "at_least_of takes a number and a list"},
      {R"(at_least_of(0, { fact "hours" :above(1) }))", raised,
       "at_least_of takes a number and a list"},
      {R"(at_least_of(4294967297, { fact "hours" :above(1) }))", raised,
       "at_least_of takes a number and a list"},
      {R"(at_least_of(2, { fact "hours" :above(1) }))", "rules.at_least_of",
       "asks for 2 of 1"},
      {R"(at_least_of(1, { fact "hours" :above(1) }, { fact "hours" :above(2) }))",
       raised, "one list"},
      // Comparisons.
      {R"(fact "hours" :above())", raised,
       "above compares with one value; found 0"},
      {R"(fact "hours" :above(1, 2))", raised,
       "above compares with one value; found 2"},
      {R"(fact "hours" :between(1))", raised,
       "between compares with two values"},
      {R"(fact "hours" :is_known(1))", raised,
       "is_known compares with nothing"},
      {R"(fact "hours" :above(nil))", raised,
       "nothing stands where a value is expected"},
      {R"(fact "hours" :above(0.5))", raised, "a binary fraction is not exact"},
      {R"(fact "hours" :above(fact "hours" :above(1)))", raised,
       "a criterion stands where a value is expected"},
      {R"(fact "hours" .above(1))", raised, "with a colon"},
      {R"(fact "hours" :abov(1))", raised, "did you mean 'above'?"},
      {R"(fact "hours" > 1)", raised, "cannot be put in order"},
      {R"(any { fact "hours" == 1 })", raised, "entry 1: expected a criterion"},
      {R"(fact "hours" :is_one_of {})", raised,
       "is_one_of takes a list of values"},
      {R"(fact "hours" :is_one_of { a = 1 })", raised,
       "is_one_of takes a list of values"},
      {R"(fact "hours" :above "3")", "rules.type",
       "cannot compare a number and a text"},
      {R"(fact "provision_cost" :above(6000))", "rules.type",
       "write an amount as pounds"},
      {R"(fact "hours" :before(as_of))", "rules.type",
       "cannot compare a number and a date"},
      {R"(fact "name.given" :above "m")", "rules.unordered",
       "a text has no order"},
      {R"(fact "sen.status" :at_least "support")", "rules.unordered",
       "has no order"},
      {R"(fact "sen.status" :is "suport")", "rules.unknown_code",
       "did you mean \"support\"?"},
      {R"(fact "hours" :is(param "areas"))", "rules.type", "is_one_of only"},
      {R"(param "areas" :is "a")", "rules.type", "on the right of is_one_of"},
      // Names.
      {R"(fact "sen.staus" :is "support")", "rules.unknown_fact",
       "did you mean \"sen.status\"?"},
      {R"(fact "assessments" :is_known())", "rules.list_as_value", "is a list"},
      {R"(fact "hours" :above(param "limmit"))", "rules.unknown_parameter",
       "did you mean \"limit\"?"},
      {R"(fact "hours" :above(param "bands"))", "rules.type",
       "read it with look_up"},
      {R"(item "score" :below(1))", "rules.item_outside_list",
       "stands outside"},
      {R"(any_item("assessments", item "points" :below(1)))",
       "rules.unknown_field", "has no \"points\""},
      {R"(any_item("hours", item "score" :below(1)))", "rules.not_a_list",
       "use fact \"hours\""},
      {R"(fact "" :is_known())", raised, "expected the path of a fact"},
      {R"(fact(1) :is_known())", raised,
       "expected the path of a fact as a text; found a number"},
      {R"(fact("hours", "a") :is_known())", raised,
       "fact takes at most 1 argument"},
      {R"(fakt "hours" :is_known())", "script.error", "fact"},
      // Lists.
      {R"(any_item("assessments"))", raised,
       "argument 2: expected a criterion"},
      {R"(any_item("assessments", item "score" :below(1), { opn = true }))",
       raised, "{ open = true }"},
      {R"(any_item("assessments", item "score" :below(1), { open = true, of = 1 }))",
       raised, "{ open = true }"},
      {R"(every_item("assessments", item "score" :below(1), { open = true }))",
       raised, "at most 2 arguments"},
      {R"(count("assessments", item "score") :above(1))", raised,
       "argument 2: expected a criterion"},
      {R"(count("assessments", nil, { distict = "area" }) :above(1))", raised,
       "{ distinct = \"field\" }"},
      {R"(count("assessments", nil, { distinct = "area", of = 1 }) :above(1))",
       raised, "{ distinct = \"field\" }"},
      {R"(count("assessments", nil, "area") :above(1))", raised,
       "{ distinct = \"field\" }"},
      {R"(sum("assessments") :above(1))", raised,
       "nothing stands where a value is expected"},
      {R"(sum("assessments", "area") :above(1))", "rules.type",
       "sum adds numbers or amounts"},
      {R"(max_of("assessments") :above(1))", raised, "expected a field's name"},
      {R"(max_of("assessments", "area") :above(1))", "rules.unordered",
       "no largest or smallest"},
      // Values.
      {R"((fact "hours" + "a") :is_known())", "rules.type",
       "cannot add a number and a text"},
      {R"((fact "hours" + pounds "1.00") :is_known())", "rules.type",
       "cannot add a number and an amount of money"},
      {R"((-fact "hours") :is_known())", raised, "cannot have its sign turned"},
      {R"((fact "hours" .. "a") :is_known())", raised, "cannot be joined"},
      {R"(lowest { fact "hours", as_of } :is_known())", "rules.type",
       "cannot order"},
      {R"(lowest(fact "hours") :is_known())", raised,
       "lowest takes a list of values"},
      {R"(highest {} :is_known())", raised, "highest takes a list of values"},
      {R"(look_up("bands", { points = 1 }, "amount") :is_known())", raised,
       "the first argument is a table"},
      {R"(look_up(as_of, { points = 1 }, "amount") :is_known())", raised,
       "the first argument is a table"},
      {R"(look_up(param "bands", { 1 }, "amount") :is_known())", raised,
       "names what is looked up"},
      {R"(look_up(param "bands", { points = 1 }) :is_known())", raised,
       "expected the column as a text"},
      {R"(look_up(param "bands", { pionts = 1 }, "amount") :is_known())",
       "rules.unknown_column", "is looked up by points"},
      {R"(look_up(param "bands", { points = 1 }, "amuont") :is_known())",
       "rules.unknown_column", "has no column \"amuont\""},
      {R"(look_up(param "limit", { points = 1 }, "amount") :is_known())",
       "rules.type", "no table or calendar"},
      {R"(next_date(param "panels", "panel_on", 3) :is_known())", "rules.type",
       "finds a date after a date"},
      {R"(choose { 1, 2 } :is_known())", raised,
       "choose takes when(...) and otherwise(...)"},
      {R"(choose {} :is_known())", raised, "choose takes"},
      {R"(choose { otherwise(1), when(fact "hours" :above(1), 2) } :is_known())",
       raised, "otherwise stands last"},
      {R"(choose { when(1, 2) } :is_known())", raised,
       "argument 1: expected a criterion"},
      {R"(choose { when(fact "hours" :above(1), 1), otherwise(as_of) } :is_known())",
       "rules.type", "choose between"},
      {R"(age_on() :is_known())", raised, "expected 1 argument; found 0"},
      {R"(within_weeks(as_of) :is_known())", raised,
       "expected 2 arguments; found 1"},
      {R"(within_weeks(as_of, 6) :is_known())", "rules.type",
       "expected a number and found a date"},
      {R"(decimal "0,5" :is_known())", raised, "\"0,5\" is no number"},
      {R"((fact "provision_cost") :above(pounds "6,000"))", raised,
       "is no amount such as"},
      {R"(fact "last_review_on" :before(date "31/01/2026"))", raised,
       "is no date such as"},
      {R"(fact "hours" :labelled "")", raised,
       "expected the words for a reader"},
      {R"(fact "hours" :above(1) :because(1))", raised,
       "expected the reason as a text"},
      {R"(fact "hours" :above(1) :because("a", "b"))", raised,
       "because takes at most 2 arguments"},
      {R"(fact "hours" :above(1) :unconfirmed "")", raised,
       "expected why it is not confirmed"},
      // Functions and judgements.
      {R"(judgement "odd")", raised, "expected the question"},
      {R"(judgement("odd", "Odd?", "more"))", raised, "at most 2 arguments"},
      {R"(test("label"))", raised, "expected a function(pupil)"},
      {R"(test(function(pupil) return true end))", raised,
       "expected a label as a text; found a function"},
      {R"(compute("label", 3) :is_known())", raised,
       "expected a function(pupil)"},
      {R"(compute("label", function(pupil) return 1 end, "cash") :is_known())",
       raised, "what compute gives back is"},
      {R"(io.open("x"))", "script.forbidden", "io"}};
  for (const Misuse& misuse : table) {
    check(error_of(rule_of(misuse.script)), misuse, 3);
  }
}

TEST_CASE("A rule is met when a criterion is, not when a value is") {
  const std::vector<Misuse> table = {
      {R"(fact "hours")", raised, "a value that is compared with nothing"},
      {R"(fact "hours" == 1)", raised, "found false"},
      {R"(true)", raised, "found true"},
      {R"("yes")", raised, "found a text"},
      {R"(all "Label")", raised, "found a function"},
      {R"({ fact "hours" :above(1) })", raised, "found a list"}};
  for (const Misuse& misuse : table) {
    // Lua gives a call the line on which it begins.
    check(error_of(rule_of(misuse.script)), misuse, 1);
  }
}

TEST_CASE("A rule that is put together wrongly does not load") {
  const std::string start =
      "return rule { id = \"trial\", title = \"Trial\", met_when = fact "
      "\"consent.parent\" :is(true), ";
  const std::vector<Misuse> table = {
      {R"(mett_when = 1)", raised, "did you mean \"met_when\"?"},
      {R"(fact "hours" :above(1))", raised, "without a name"},
      {R"(source = 1)", raised, "\"source\" is a number; expected a text"},
      {R"(refer_when = fact "hours")", raised,
       "refer_when: expected a criterion"},
      {R"(on_met = "the panel")", raised, "expected on_met = refer"},
      {R"(on_met = refer {})", raised, "\"to\" is missing"},
      {R"(on_met = refer { to = "" })", raised, "\"to\" is empty"},
      {R"(on_met = refer { to = "a", by = as_of })", raised,
       "refer has no \"by\""},
      {R"(on_met = refer "the panel")", raised, "refer takes { name = value"},
      {R"(amount = pounds "1.00")", raised, "expected amount = payment"},
      {R"(amount = {})", raised, "amount is a payment"},
      {R"(amount = { pounds "1.00" })", raised, "expected amount = payment"},
      {R"(amount = payment { period = "year" })", raised,
       "payment needs value"},
      {R"(amount = payment { value = pounds "1.00" })", raised,
       "\"period\" is missing"},
      {R"(amount = payment { value = pounds "1.00", period = "fortnight" })",
       "rules.period", "found \"fortnight\""},
      {R"(amount = payment { value = 100, period = "year" })", "rules.type",
       "expected an amount of money"},
      {R"(amount = payment { value = pounds "1.00", period = "year", from = 3 })",
       "rules.type", "expected a date"},
      {R"(amount = payment { value = pounds "1.00", period = "year", working = line("a", 1) })",
       raised, "working is a list"},
      {R"(amount = payment { value = pounds "1.00", period = "year", working = { 1 } })",
       raised, "working is a list of line"},
      {R"(amount = payment { value = pounds "1.00", period = "year", working = { a = line("a", 1) } })",
       raised, "working is a list"},
      {R"(amount = payment { pounds "1.00", period = "year" })", raised,
       "without a name"},
      {R"(amount = not_published { period = "year" })", raised,
       "\"because\" is missing"},
      {R"(amount = not_published { period = "year", because = "b", value = pounds "1.00" })",
       raised, "not_published has no \"value\""},
      {R"(due = as_of)", raised, "expected due = deadline"},
      {R"(due = deadline { basis = "law" })", raised, "deadline needs date"},
      {R"(due = deadline { date = as_of })", raised, "\"basis\" is missing"},
      {R"(due = deadline { date = as_of, basis = "custom" })", "rules.basis",
       "law, guidance or local"},
      {R"(due = deadline { date = 3, basis = "law" })", "rules.type",
       "expected a date"},
      {R"(actions = { action { text = "a" } })", raised, "listed by outcome"},
      {R"(actions = { mett = { action { text = "a" } } })", raised,
       "found \"mett\""},
      {R"(actions = { met = action { text = "a" } })", raised, "are a list"},
      {R"(actions = { met = { 1 } })", raised, "expected action"},
      {R"(actions = { met = { action { to = "a" } } })", raised,
       "\"text\" is missing"},
      {R"(actions = { met = { action { text = "a", by = 3 } } })", "rules.type",
       "expected a date"},
      {R"(actions = { met = { action { text = "a", to = 3 } } })", "rules.type",
       "expected a text"},
      {R"(actions = { met = { action { text = message "none" } } })", raised,
       "plugin.json has no message \"none\""},
      {R"(actions = { met = { action { text = "a", wen = 1 } } })", raised,
       "did you mean \"when\"?"}};
  for (const Misuse& misuse : table) {
    check(error_of(start + misuse.script + " }"), misuse, 0);
  }
}

TEST_CASE("What rule.lua returns must be rules") {
  const std::vector<Misuse> table = {
      {"return nil", "plugins.no_rule", "returns nothing"},
      {"", "plugins.no_rule", "returns nothing"},
      {"return 3", "plugins.no_rule", "returns a number"},
      {"return {}", "plugins.no_rule", "expected return rule"},
      {"return { rule = 1 }", "plugins.no_rule", "expected return rule"},
      {"return rule {}", raised, "\"id\" is missing"},
      {"return rule { id = \"trial\", title = \"Trial\" }", raised,
       "rule needs met_when"},
      {"return rule { id = \"trial\", title = \"\" }", raised,
       "\"title\" is empty"},
      {"return rule(3)", raised, "rule takes { name = value"},
      {"return rule {", "script.syntax", "near <eof>"},
      {"while true do end", "script.instructions", ""}};
  for (const Misuse& misuse : table) check(error_of(misuse.script), misuse, 0);
}

TEST_CASE("An error deep in a script names its own line") {
  const Error error = error_of(
      "local a = fact \"hours\"\n\nlocal b = a :above(1)\n"
      "local function both(x, y)\n  return all { x, y }\nend\n"
      "return rule { id = \"trial\", title = \"Trial\",\n"
      "  met_when = both(b, fact \"sen.staus\" :is_known()) }");
  CHECK(error.id == "rules.unknown_fact");
  CHECK(error.place.line == 8);
}
