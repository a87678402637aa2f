// The words of rule.lua, used rightly: what they build is said in plain English.
#include <catch2/catch.hpp>

#include "criteria/describe.hpp"
#include "plugin_folders.hpp"

using namespace plugins_of_tests;

namespace {

struct Said {
  const char* script;
  const char* words;
};

const Rule& only_rule(const Plugins& loaded) {
  INFO((loaded.broken.empty() ? std::string()
                              : loaded.broken[0].errors[0].to_string()));
  REQUIRE(loaded.plugins.size() == 1);
  REQUIRE(loaded.plugins[0].rules.size() == 1);
  return loaded.plugins[0].rules[0];
}

std::string criterion_in_words(const std::string& criterion) {
  Catalogue catalogue = small_catalogue();
  const Plugins loaded = load_script(catalogue, rule_of(criterion));
  const Rule& rule = only_rule(loaded);
  return Describer(rule, catalogue, nullptr).label(rule.met_when);
}

std::string value_in_words(const std::string& value) {
  Catalogue catalogue = small_catalogue();
  const Plugins loaded =
      load_script(catalogue, rule_of("(" + value + "):is_known()"));
  const Rule& rule = only_rule(loaded);
  const CriterionNode& node =
      rule.tree.criteria[static_cast<std::size_t>(rule.met_when)];
  return Describer(rule, catalogue, nullptr).value(node.values[0]);
}

}  // namespace

TEST_CASE("Each comparison says what it compares") {
  const std::vector<Said> table = {
      {R"(fact "sen.status" :is "support")", "the SEN status is SEN support"},
      {R"(fact "sen.status" :is_not "none")", "the SEN status is not no SEN"},
      {R"(fact "sen.status" :is_one_of { "support", "plan_final" })",
       "the SEN status is SEN support or a plan"},
      {R"(fact "consent.parent" :is(true))", "the parent's consent is yes"},
      {R"(fact "consent.parent" :is(false))", "the parent's consent is no"},
      {R"(fact "provision_cost" :at_least(pounds "6000.00"))",
       "the cost of provision is at least £6,000"},
      {R"(fact "provision_cost" :above(param "threshold"))",
       "the cost of provision is more than the threshold"},
      {R"(fact "hours" :at_most(decimal "12.5"))",
       "the hours a week is at most 12.5"},
      {R"(fact "hours" :below(3))", "the hours a week is less than 3"},
      {R"(fact "hours" :between(2, param "limit"))",
       "the hours a week is between 2 and the limit"},
      {R"(fact "nc_year" :at_least "1")", "the school year is at least year 1"},
      {R"(fact "last_review_on" :before(date "2026-01-31"))",
       "the date of the last review is before 31 January 2026"},
      {R"(fact "last_review_on" :after(as_of))",
       "the date of the last review is after the as-of date"},
      {R"(fact "last_review_on" :on_or_before(as_of))",
       "the date of the last review is on or before the as-of date"},
      {R"(fact "last_review_on" :on_or_after(as_of))",
       "the date of the last review is on or after the as-of date"},
      {R"(as_of :after(fact "last_review_on"))",
       "the as-of date is after the date of the last review"},
      {R"(fact "last_review_on" :is_known())",
       "the date of the last review is stated"}};
  for (const Said& said : table) {
    INFO(said.script);
    CHECK(criterion_in_words(said.script) == said.words);
  }
}

TEST_CASE("Each combination says what it combines") {
  const std::vector<Said> table = {
      {R"(all { fact "hours" :above(1), fact "hours" :below(9) })",
       "the hours a week is more than 1 and the hours a week is less than 9"},
      {R"(any { fact "hours" :above(1), fact "consent.parent" :is(true) })",
       "the hours a week is more than 1 or the parent's consent is yes"},
      {R"(none { fact "hours" :above(1) })",
       "it is not so that the hours a week is more than 1"},
      {R"(at_least_of(2, { fact "hours" :above(1), fact "hours" :below(9), fact "consent.parent" :is(true) }))",
       "at least 2 of (the hours a week is more than 1, the hours a week is "
       "less than 9 and the parent's consent is yes)"},
      {R"(at_least_of(1, "One of these", { fact "hours" :above(1) }))",
       "One of these"},
      {R"(all "The conditions" { fact "hours" :above(1) })", "The conditions"},
      {R"(any_item("assessments", item "score" :below(85)))",
       "there is an entry in the assessments where the score is less than 85"},
      {R"(any_item("assessments", item "score" :below(85), { open = true }))",
       "there is an entry in the assessments where the score is less than 85"},
      {R"(every_item("assessments", item "score" :below(85)))",
       "for every entry in the assessments, the score is less than 85"},
      {R"(any_item("assessments", item "area" :is_one_of(param "areas")))",
       "there is an entry in the assessments where the area is the areas"},
      {R"(judgement("exceptional", "Is the case exceptional?"))",
       "Is the case exceptional?"},
      {R"(test("looked into", function(pupil) return true end))",
       "looked into"},
      {R"(fact "hours" :above(1) :because "enough hours" :source "s.1")",
       "enough hours"}};
  for (const Said& said : table) {
    INFO(said.script);
    CHECK(criterion_in_words(said.script) == said.words);
  }
}

TEST_CASE("Each value says what it is") {
  const std::vector<Said> table = {
      {R"(fact "provision_cost" - param "threshold")",
       "the cost of provision less the threshold"},
      {R"(fact "hours" * 38 + 2)", "(the hours a week times 38) plus 2"},
      {R"(2 * fact "hours")", "2 times the hours a week"},
      {R"(fact "provision_cost" / 12)", "the cost of provision divided by 12"},
      {R"(lowest { fact "hours", 15 })",
       "the lowest of the hours a week and 15"},
      {R"(highest { fact "hours", 15 })",
       "the highest of the hours a week and 15"},
      {R"(count("assessments"))", "the number of entries in the assessments"},
      {R"(count("assessments", item "score" :below(85)))",
       "the number of entries in the assessments where the score is less than "
       "85"},
      {R"(count("assessments", nil, { distinct = "area" }))",
       "the number of different values of the area in the assessments"},
      {R"(sum("awards", item "amount"))",
       "the total of the sum over the awards"},
      {R"(sum("awards", "amount"))", "the total of the sum over the awards"},
      {R"(sum("awards", item "amount" * 2, item "on" :before(as_of)))",
       "the total of (the sum times 2) over the awards where the date of "
       "payment is before the as-of date"},
      {R"(max_of("assessments", "score"))",
       "the largest score in the assessments"},
      {R"(min_of("assessments", "score", item "area" :is "reading"))",
       "the smallest score in the assessments where the area is reading"},
      {R"(latest("awards", "on"))", "the latest date of payment in the awards"},
      {R"(earliest("awards", "on"))",
       "the earliest date of payment in the awards"},
      {R"(look_up(param "bands", { points = 12 }, "amount"))",
       "the amount in the bands for 12"},
      {R"(next_date(param "panels", "panel_on", as_of))",
       "the next panel on on or after the as-of date"},
      {R"(choose { when(fact "consent.parent" :is(true), 1), otherwise(2) })",
       "1 if the parent's consent is yes, 2 otherwise"},
      {R"(age_on(as_of))", "the age in years on the as-of date"},
      {R"(months_old_on(as_of))", "the age in months on the as-of date"},
      {R"(within_weeks(6, as_of))",
       "the last day within 6 weeks of the as-of date"},
      {R"(weeks_before(6, as_of))", "6 weeks before the as-of date"},
      {R"(days_beginning_with(15, as_of))",
       "the last of 15 days beginning with the as-of date"},
      {R"(months_starting_with(12, as_of))",
       "the last day of the 12 months starting with the as-of date"},
      {R"(months_after(3, as_of))", "3 months after the as-of date"},
      {R"(months_before(3, as_of))", "3 months before the as-of date"},
      {R"(days_after(3, as_of))", "3 days after the as-of date"},
      {R"(day_before(as_of))", "the day before the as-of date"},
      {R"(working_days_after(param "limit", as_of))",
       "so many working days (the limit) after the as-of date"},
      {R"(on_day(param "day", as_of))",
       "the day in the year of the as-of date"},
      {R"(on_or_before_day(param "day", as_of))",
       "the last the day on or before the as-of date"},
      {R"(days_between(fact "last_review_on", as_of))",
       "the number of days from the date of the last review to the as-of date"},
      {R"(compute("a tenth", function(pupil) return 1 end))", "a tenth"},
      {R"((fact "hours" * 38) :labelled "hours a year")", "hours a year"},
      {R"(as_of :labelled "today")", "today"}};
  for (const Said& said : table) {
    INFO(said.script);
    CHECK(value_in_words(said.script) == said.words);
  }
}

TEST_CASE("A rule keeps its parts") {
  Catalogue catalogue = small_catalogue();
  const Plugins loaded = load_script(
      catalogue,
      R"(local threshold = param "threshold"
return rule {
  id = "trial", title = "Trial", source = "s.1",
  applies_when = fact "sen.status" :is_not "none",
  met_when = fact "provision_cost" :above(threshold),
  refer_when = judgement("odd", "Is it odd?"),
  on_met = refer { to = "the panel" },
  refer_to = "the team",
  amount = {
    not_published { when = fact "consent.parent" :is(false), period = "year", because = message "secret" },
    payment {
      value = fact "provision_cost" - threshold, period = "term",
      working = { line("cost", fact "provision_cost"), line("less", threshold) },
      from = as_of, to = days_after(10, as_of), because = "a reason",
    },
  },
  due = deadline { date = fact "last_review_on", basis = "law", done = as_of },
  actions = {
    met = { apply { to = "the panel", by = as_of }, action { text = "Write.", to = fact "name.given", when = fact "consent.parent" :is(true) } },
    refer = {},
  },
})",
      manifest_json("trial", std::string(parameters_json) +
                                 R"(, "messages": { "secret": "Not told." })"));
  const Rule& rule = only_rule(loaded);
  CHECK(rule.source == "s.1");
  CHECK(rule.applies_when >= 0);
  CHECK(rule.refer_when >= 0);
  CHECK(rule.on_met_refer_to == "the panel");
  CHECK(rule.refer_to == "the team");
  REQUIRE(rule.payments.size() == 2);
  CHECK_FALSE(rule.payments[0].published);
  CHECK(rule.payments[0].because == "Not told.");
  CHECK(rule.payments[0].when >= 0);
  CHECK(rule.payments[1].published);
  CHECK(rule.payments[1].period == "term");
  REQUIRE(rule.payments[1].working.size() == 2);
  CHECK(rule.payments[1].working[1].first == "less");
  CHECK(rule.payments[1].from >= 0);
  CHECK(rule.payments[1].to >= 0);
  CHECK(rule.has_deadline);
  CHECK(rule.deadline.basis == "law");
  CHECK(rule.deadline.done >= 0);
  const auto& met = rule.actions.at(Outcome::met);
  REQUIRE(met.size() == 2);
  CHECK(met[0].text == "Apply");
  CHECK(met[0].to == "the panel");
  CHECK(met[0].by >= 0);
  CHECK(met[1].to_value >= 0);
  CHECK(met[1].when >= 0);
}

TEST_CASE("A criterion that is used in two places is changed in neither") {
  Catalogue catalogue = small_catalogue();
  const Plugins loaded = load_script(catalogue,
                                     R"(local enough = fact "hours" :above(1)
local named = enough :because "enough hours"
return rule { id = "trial", title = "Trial", met_when = all { enough, named, enough :source "s.2" } })");
  const Rule& rule = only_rule(loaded);
  const Describer describer(rule, catalogue, nullptr);
  const auto& children =
      rule.tree.criteria[static_cast<std::size_t>(rule.met_when)].children;
  REQUIRE(children.size() == 3);
  CHECK(describer.label(children[0]) == "the hours a week is more than 1");
  CHECK(describer.label(children[1]) == "enough hours");
  CHECK(describer.label(children[2]) == "the hours a week is more than 1");
  const auto node = [&](std::size_t i) {
    return rule.tree.criteria[static_cast<std::size_t>(children[i])];
  };
  CHECK(node(0).source.empty());
  CHECK(node(2).source == "s.2");
}
