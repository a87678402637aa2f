#include "casework/test_rules.hpp"

#include <algorithm>
#include <set>

#include "house.hpp"
#include "json/value.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

// A case of persistent absence, of which a tenth of the sessions is the figure that decides.
std::string absence(int missed, const std::string& outcome,
                    const std::string& more = "") {
  return R"({"case": ")" + std::to_string(missed) +
         R"( of a hundred", "rule": "persistent-absence", "as_of": "2026-11-22",
             "pupil": {"attendance": {"possible": 100, "authorised": )" +
         std::to_string(missed) +
         R"(, "unauthorised": 0}}, "expect": {"outcome": ")" + outcome + "\"}" +
         more + "}";
}
const char* const nothing_known =
    R"({"case": "nothing is known", "rule": "persistent-absence",
        "as_of": "2026-11-22", "pupil": {},
        "expect": {"outcome": "needs_evidence"}})";

std::string file_of(const std::vector<std::string>& cases,
                    const std::string& more = "") {
  std::string text = R"({"format": "sendcheck-cases/1", "cases": [)";
  for (const std::string& one : cases) {
    text += (text.back() == '[' ? "" : ", ") + one;
  }
  return text + "]" + more + "}";
}

Result<RulesTest> run_test(const Workspace& workspace,
                           const std::string& text) {
  const Scratch scratch;
  RulesTestOptions options;
  options.cases_file = scratch.write("cases.json", text);
  options.coverage = options.boundaries = options.mutation = true;
  return test_rules(workspace, options);
}

RuleTest tested(const Workspace& workspace, const std::string& text) {
  auto test = run_test(workspace, text);
  INFO((test ? std::string() : test.error().to_string()));
  REQUIRE(test.has_value());
  REQUIRE(test->rules.size() == 1);
  return test->rules.front();
}

bool never(const RuleCoverage& coverage, Truth truth) {
  return std::any_of(coverage.lacking.begin(), coverage.lacking.end(),
                     [&](const CriterionCoverage& one) {
                       return std::any_of(one.unseen.begin(), one.unseen.end(),
                                          [&](const UnseenTruth& unseen) {
                                            return unseen.truth == truth;
                                          });
                     });
}

const BoundarySide& side(const RuleTest& test, BoundarySide::Where where) {
  REQUIRE(test.boundaries->thresholds.size() == 1);
  const Threshold& one = test.boundaries->thresholds.front();
  const auto found =
      std::find_if(one.sides.begin(), one.sides.end(),
                   [&](const BoundarySide& s) { return s.where == where; });
  REQUIRE(found != one.sides.end());
  return *found;
}

std::vector<std::string> survivors(const RuleTest& test) {
  std::vector<std::string> words;
  for (const PlantedChange* one : test.mutation->survivors()) {
    words.push_back(one->words);
  }
  return words;
}

bool any_holds(const std::vector<std::string>& texts, const std::string& part) {
  return std::any_of(texts.begin(), texts.end(), [&](const std::string& one) {
    return one.find(part) != std::string::npos;
  });
}

using Where = BoundarySide::Where;

}  // namespace

TEST_CASE("cases far from a figure leave it open and a case is proposed") {
  const auto workspace = shipped();
  const RuleTest test =
      tested(*workspace, file_of({absence(2, "not_met"), absence(40, "met")}));
  CHECK(never(*test.coverage, Truth::unknown));
  for (const Where where : {Where::below, Where::at, Where::above}) {
    INFO(in_words(where));
    CHECK(side(test, where).is_lacking());
    REQUIRE(side(test, where).proposed);
  }
  CHECK(side(test, Where::below).proposed->outcome == Outcome::not_met);
  CHECK(side(test, Where::at).proposed->outcome == Outcome::met);
  CHECK(side(test, Where::above).proposed->outcome == Outcome::met);
  CHECK(any_holds(survivors(test), "went up by 1"));
  CHECK(any_holds(survivors(test), "went down by 1"));
  CHECK(any_holds(survivors(test), "\"more than\" instead of \"at least\""));
  CHECK_FALSE(test.is_thorough());
}

TEST_CASE("a proposed case stands where it says, once somebody confirms it") {
  const auto workspace = shipped();
  const std::vector<std::string> cases = {absence(2, "not_met"),
                                          absence(40, "met")};
  const RuleTest before = tested(*workspace, file_of(cases));
  for (const Where where : {Where::below, Where::at, Where::above}) {
    INFO(in_words(where));
    std::string proposed = side(before, where).proposed->json;
    const RuleTest unconfirmed =
        tested(*workspace, file_of({cases[0], cases[1], proposed}));
    CHECK(unconfirmed.not_as_expected() == 0);
    CHECK(unconfirmed.unconfirmed() == 1);
    CHECK(side(unconfirmed, where).is_lacking());
    const std::size_t from = proposed.find("\"unconfirmed\"");
    REQUIRE(from != std::string::npos);
    proposed.erase(from, proposed.find("\"pupil\"") - from);
    const RuleTest confirmed =
        tested(*workspace, file_of({cases[0], cases[1], proposed}));
    CHECK(confirmed.not_as_expected() == 0);
    CHECK_FALSE(side(confirmed, where).is_lacking());
  }
}

TEST_CASE("cases on either side of a figure pin it") {
  const auto workspace = shipped();
  const RuleTest test =
      tested(*workspace, file_of({absence(9, "not_met"), absence(10, "met"),
                                  absence(11, "met"), nothing_known}));
  CHECK(side(test, Where::below).shown_by == "9 of a hundred");
  CHECK(side(test, Where::at).shown_by == "10 of a hundred");
  CHECK(side(test, Where::above).shown_by == "11 of a hundred");
  CHECK(test.boundaries->pinned() == 1);
  CHECK_FALSE(any_holds(survivors(test), "went "));
  CHECK_FALSE(any_holds(survivors(test), "instead of \"at least\""));
}

TEST_CASE("a case that is not as expected notices nothing") {
  const auto workspace = shipped();
  const RuleTest test =
      tested(*workspace, file_of({absence(9, "met"), absence(10, "not_met")}));
  CHECK(test.not_as_expected() == 2);
  CHECK(test.mutation->planted() > 0);
  CHECK(test.mutation->noticed() == 0);
}

TEST_CASE("a change is excused in its own words and only if it needs to be") {
  const auto workspace = shipped();
  const std::vector<std::string> cases = {absence(2, "not_met"),
                                          absence(40, "met")};
  const auto open = survivors(tested(*workspace, file_of(cases)));
  REQUIRE_FALSE(open.empty());
  const auto excuse = [&](std::string change) {
    for (std::size_t at = 0; (at = change.find('"', at)) != std::string::npos;
         at += 2) {
      change.insert(at, "\\");
    }
    return R"(, "excused_changes": [{"rule": "persistent-absence", "change": ")" +
           change + R"(", "because": "it is far away"}])";
  };
  const RuleTest excused =
      tested(*workspace, file_of(cases, excuse(open.front())));
  CHECK(excused.mutation->wrong_excuses.empty());
  CHECK(survivors(excused).size() == open.size() - 1);
  CHECK(summary_of(excused).changes_excused == 1);
  const RuleTest unknown = tested(
      *workspace, file_of(cases, excuse("the moon were made of cheese")));
  REQUIRE(unknown.mutation->wrong_excuses.size() == 1);
  CHECK(any_holds(unknown.mutation->wrong_excuses, "no change is named"));
  CHECK_FALSE(summary_of(unknown).is_right());
  const RuleTest noticed = tested(
      *workspace,
      file_of({absence(9, "not_met"), absence(10, "met"), absence(11, "met")},
              excuse(open.front())));
  CHECK(any_holds(noticed.mutation->wrong_excuses, "needs no excuse"));
}

TEST_CASE("every planted change of a rule has words of its own") {
  const auto workspace = shipped();
  RulesTestOptions options;
  options.mutation = true;
  options.rules = {"ehc-annual-review", "jcq-extra-time-25"};
  int told = 0;
  options.progress = [&](int, int of) {
    ++told;
    CHECK(of == 2);
  };
  const auto test = test_rules(*workspace, options);
  REQUIRE(test.has_value());
  CHECK(told == 2);
  for (const RuleTest& rule : test->rules) {
    std::set<std::string> words;
    for (const PlantedChange& one : rule.mutation->changes) {
      INFO(one.words);
      CHECK(words.insert(one.words).second);
    }
    CHECK(words.size() > 10);
  }
}

TEST_CASE("two threads find what one finds") {
  const auto workspace = shipped();
  RulesTestOptions options;
  options.coverage = options.boundaries = options.mutation = true;
  options.rules = {"persistent-absence", "severe-absence",
                   "phonics-arrangements"};
  const auto alone = test_rules(*workspace, options);
  options.jobs = 2;
  const auto together = test_rules(*workspace, options);
  REQUIRE(alone.has_value());
  REQUIRE(together.has_value());
  CHECK(rules_test_json(*alone) == rules_test_json(*together));
}

TEST_CASE("excuses and marks that are not as the format says are refused") {
  const auto workspace = shipped();
  const auto refused = [&](const std::string& text, const char* id,
                           const char* pointer) {
    INFO(text);
    const auto test = run_test(*workspace, text);
    REQUIRE_FALSE(test.has_value());
    CHECK(test.error().id == id);
    CHECK(test.error().place.pointer == pointer);
  };
  const std::string one = absence(2, "not_met");
  refused(file_of({absence(2, "not_met", R"(, "unconfirmed": "")")}),
          "cases.format", "/cases/0/unconfirmed");
  refused(file_of({absence(2, "not_met", R"(, "unconfirmed": true)")}),
          "cases.format", "/cases/0/unconfirmed");
  refused(file_of({one}, R"(, "excused_changes": {})"), "cases.format",
          "/excused_changes");
  refused(file_of({one}, R"(, "excused_changes": [{"rule": "x"}])"),
          "cases.format", "/excused_changes/0");
  refused(file_of({one}, R"(, "excused_changes": [{"why": "x"}])"),
          "cases.format", "/excused_changes/0/why");
  refused(file_of({one}, R"(, "excused_changes": [{"rule": "persistent-absense",
                              "change": "x", "because": "y"}])"),
          "cases.unknown_rule", "/excused_changes/0/rule");
}

TEST_CASE("a step is a penny or a day or the last place and stays in bounds") {
  const auto step = [](Value value, ParameterType type, int direction) {
    return one_step(value, type, {}, {}, direction);
  };
  CHECK(step(Value::of(*Money::parse("6000.00")), ParameterType::money, -1) ==
        Value::of(*Money::parse("5999.99")));
  CHECK(step(Value::of(*Date::parse("2026-02-28")), ParameterType::date, 1) ==
        Value::of(*Date::parse("2026-03-01")));
  CHECK(step(Value::of(Number(228)), ParameterType::month_day, 1) ==
        Value::of(Number(229)));
  CHECK(step(Value::of(Number(1231)), ParameterType::month_day, 1) ==
        Value::of(Number(101)));
  CHECK(step(Value::of(*Number::parse("0.25")), ParameterType::decimal, 1) ==
        Value::of(*Number::parse("0.26")));
  CHECK(step(Value::of(Number(84)), ParameterType::integer, 1) ==
        Value::of(Number(85)));
  CHECK_FALSE(step(Value::text("84"), ParameterType::text, 1));
  CHECK_FALSE(step(Value(), ParameterType::integer, 1));
  CHECK_FALSE(one_step(Value::of(Number(0)), ParameterType::integer, Number(0),
                       {}, -1));
  CHECK_FALSE(one_step(Value::of(Number(100)), ParameterType::integer, {},
                       Number(100), 1));
}
