#include "casework/run_cases.hpp"

#include "house.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

struct Case {
  std::string rule = "element-3-top-up";
  std::string pupil =
      R"({"home_la": "886", "school": {"la": "886", "type": "mainstream"},
          "sen": {"status": "support"}, "provision_cost": "9450.00"})";
  std::string expect = R"({"outcome": "met", "amount": "3450.00"})";
  std::string as_of = "2026-11-22";
  std::string more = "";
};

std::string text_of(const Case& one) {
  return "{\"format\": \"sendcheck-cases/1\", \"cases\": [{\"case\": \"a "
         "sentence\", \"rule\": \"" +
         one.rule + "\", \"as_of\": \"" + one.as_of +
         "\", \"pupil\": " + one.pupil + ", \"expect\": " + one.expect +
         one.more + "}]}";
}

Result<std::vector<CaseResult>> ran(const std::string& text) {
  const Scratch scratch;
  return run_cases(*shipped(), scratch.write("cases.json", text), {});
}

std::vector<std::string> faults(const Case& one) {
  const auto results = ran(text_of(one));
  INFO((results ? std::string() : results.error().to_string()));
  REQUIRE(results.has_value());
  REQUIRE(results->size() == 1);
  CHECK(results->front().sentence == "a sentence");
  return results->front().faults;
}

Error refusal(const std::string& text) {
  const auto results = ran(text);
  REQUIRE_FALSE(results.has_value());
  return results.error();
}

using Faults = std::vector<std::string>;

}  // namespace

TEST_CASE("a case that comes out as it says has no fault") {
  CHECK(faults({}).empty());
}

TEST_CASE("each thing that a case expects is compared") {
  Case one;
  one.expect = R"({"outcome": "not_met"})";
  CHECK(faults(one) == Faults{"outcome: expected not_met, found met"});
  one.expect = R"({"outcome": "met", "amount": "3450.01"})";
  CHECK(faults(one) == Faults{"amount: expected 3450.01, found 3450.00"});
  one.expect = R"({"outcome": "met", "amount": null})";
  CHECK(faults(one) == Faults{"amount: expected none, found 3450.00"});
  one.expect = R"({"outcome": "met", "period": "term"})";
  CHECK(faults(one) == Faults{"period: expected term, found year"});
  one.expect = R"({"outcome": "met", "amount_status": "indicative"})";
  CHECK(faults(one) ==
        Faults{"amount_status: expected indicative, found computed"});
  one.expect = R"({"outcome": "met", "due": "2026-11-30"})";
  CHECK(faults(one) == Faults{"due: expected 2026-11-30, found none"});
  one.expect = R"({"outcome": "met", "due_state": "overdue"})";
  CHECK(faults(one) == Faults{"due_state: expected overdue, found none"});
  one.expect = R"({"outcome": "met", "missing": ["provision_cost"]})";
  CHECK(faults(one) ==
        Faults{"missing: expected provision_cost, found nothing missing"});
  one.expect = R"({"outcome": "met", "refer_to": "panel"})";
  CHECK(faults(one) == Faults{"refer_to: expected \"panel\", found \"\""});
  one.expect = R"({"outcome": "refer", "amount": "1.00"})";
  CHECK(faults(one).size() == 2);
}

TEST_CASE("what is missing is named by its path, or by the list it stands in") {
  Case one;
  one.pupil = R"({"home_la": "886", "sen": {"status": "support"},
                  "school": {"type": "mainstream"}})";
  one.expect =
      R"({"outcome": "needs_evidence", "missing": ["provision_cost"]})";
  CHECK(faults(one).empty());
  CHECK(names_fact("evidence", "evidence"));
  CHECK(names_fact("evidence", "evidence[type=form_8]"));
  CHECK(names_fact("evidence[type=form_8]", "evidence[type=form_8].signed"));
  CHECK(names_fact("sen", "sen.status"));
  CHECK_FALSE(names_fact("evidence", "evidence_of_need"));
  CHECK_FALSE(
      names_fact("evidence[type=form_8]", "evidence[type=form_8_part_1]"));
  CHECK_FALSE(names_fact("evidence[type=form_8]", "evidence"));
  CHECK_FALSE(names_fact("provision", "provision_cost"));
}

TEST_CASE("what is told beside the outcome can be expected and ruled out") {
  Case one;
  one.expect = R"({"outcome": "met", "told": ["no such thing is said"]})";
  REQUIRE(faults(one).size() == 1);
  CHECK_THAT(faults(one)[0], Catch::Contains("which is not said"));
  one.expect = R"({"outcome": "met", "not_told": ["no such thing is said"]})";
  CHECK(faults(one).empty());
  Case absent;
  absent.rule = "persistent-absence";
  absent.pupil = R"({"attendance": {"possible": 100, "authorised": 10,
                     "unauthorised": 0}})";
  // The id of a message stands for its text.
  absent.expect = R"({"outcome": "met", "told": ["look_into_it"]})";
  CHECK(faults(absent).empty());
  absent.expect = R"({"outcome": "met", "not_told": ["look_into_it"]})";
  REQUIRE(faults(absent).size() == 1);
  CHECK_THAT(faults(absent)[0], Catch::Contains("is said"));
  absent.expect = R"({"outcome": "met",
                      "told": ["there were sessions to attend = met"]})";
  CHECK(faults(absent).empty());
}

TEST_CASE("a case may give parameters of its own") {
  Case one;
  one.more = R"(, "parameters": {"threshold": "7000.00"})";
  one.expect = R"({"outcome": "met", "amount": "2450.00"})";
  CHECK(faults(one).empty());
  one.more = R"(, "parameters": {"threshold": "9450.00"})";
  one.expect = R"({"outcome": "not_met"})";
  CHECK(faults(one).empty());
}

TEST_CASE("a case whose pupil would be rejected or warned of has a fault") {
  Case one;
  one.pupil = R"({"sen": {"staus": "support"}})";
  one.expect = R"({"outcome": "not_met"})";
  REQUIRE(faults(one).size() == 1);
  CHECK_THAT(faults(one)[0], Catch::Contains("sen.status"));
  one.pupil = R"({"provision_cost": 9450})";
  REQUIRE(faults(one).size() == 1);
  CHECK_THAT(faults(one)[0], Catch::Contains("(register.type)"));
}

TEST_CASE("a file that holds no cases is refused, with its place") {
  const auto format = [](const std::string& text, const char* pointer) {
    INFO(text);
    const Error error = refusal(text);
    CHECK(error.id == "cases.format");
    CHECK(error.place.pointer == pointer);
    CHECK_THAT(error.place.file, Catch::EndsWith("cases.json"));
  };
  CHECK(refusal("{").id == "json.syntax");
  format("[]", "");
  format("{}", "");
  format(R"({"format": "sendcheck-cases/2", "cases": []})", "");
  format(R"({"format": "sendcheck-cases/1", "cases": {}})", "");
  format(R"({"format": "sendcheck-cases/1", "cases": [], "x": 1})", "/x");
  format(R"({"format": "sendcheck-cases/1", "cases": [7]})", "/cases/0");
  format(R"({"format": "sendcheck-cases/1", "cases": [{}]})", "/cases/0");
  Case one;
  one.expect = "{}";
  format(text_of(one), "/cases/0");
  one.expect = R"({"outcome": "met", "amout": "3450.00"})";
  format(text_of(one), "/cases/0/expect/amout");
  one = {};
  one.as_of = "2026-02-30";
  format(text_of(one), "/cases/0");
  one = {};
  one.pupil = "[]";
  format(text_of(one), "/cases/0");
  one = {};
  one.more = R"(, "because": "x")";
  format(text_of(one), "/cases/0/because");
}

TEST_CASE("values of a case that cannot be what they should are refused") {
  const auto format = [](const Case& one, const char* pointer) {
    INFO(text_of(one));
    const Error error = refusal(text_of(one));
    CHECK(error.id == "cases.format");
    CHECK(error.place.pointer == pointer);
  };
  Case one;
  // An outcome that there is not would never come out: the case is wrong, not the rule.
  one.expect = R"({"outcome": "granted"})";
  format(one, "/cases/0/expect/outcome");
  one.expect = R"({"outcome": "met", "amount": 3450})";
  format(one, "/cases/0/expect/amount");
  one.expect = R"({"outcome": "met", "missing": "provision_cost"})";
  format(one, "/cases/0/expect/missing");
  one.expect = R"({"outcome": "met", "missing": [1]})";
  format(one, "/cases/0/expect/missing/0");
  one.expect = R"({"outcome": "met", "refer_to": null})";
  format(one, "/cases/0/expect/refer_to");
  one.expect = R"({"outcome": "met", "told": "units"})";
  format(one, "/cases/0/expect/told");
  one.expect = R"({"outcome": "met", "not_told": [true]})";
  format(one, "/cases/0/expect/not_told/0");
  one = {};
  one.more = R"(, "parameters": [])";
  format(one, "/cases/0/parameters");
  one.more = R"(, "parameters": {"treshold": "1.00"})";
  format(one, "/cases/0/parameters/treshold");
  one.more = R"(, "parameters": {"threshold": "much"})";
  format(one, "/cases/0/parameters/threshold");
  one = {};
  one.rule = "jcq-extra-time-25";
  one.more = R"(, "parameters": {"speed_areas": "reading_speed"})";
  format(one, "/cases/0/parameters/speed_areas");
}

TEST_CASE(
    "a case of a rule that nobody publishes is refused with the nearest") {
  Case one;
  one.rule = "element-3-topup";
  const Error error = refusal(text_of(one));
  CHECK(error.id == "cases.unknown_rule");
  CHECK(error.place.pointer == "/cases/0/rule");
  CHECK_THAT(error.message, Catch::Contains("element-3-top-up"));
}

TEST_CASE("the cases of chosen rules are run, of a file or of the plugins") {
  const auto workspace = shipped();
  const auto results = run_cases(*workspace, "", {"persistent-absence"});
  REQUIRE(results.has_value());
  CHECK(results->size() > 3);
  for (const CaseResult& result : *results) {
    CHECK(result.rule == "persistent-absence");
    CHECK(result.faults.empty());
  }
  const auto unknown = run_cases(*workspace, "", {"persistent-absense"});
  REQUIRE_FALSE(unknown.has_value());
  CHECK(unknown.error().id == "engine.unknown_rule");
  const Scratch scratch;
  const std::string path = scratch.write("cases.json", text_of({}));
  const auto other = run_cases(*workspace, path, {"persistent-absence"});
  REQUIRE(other.has_value());
  CHECK(other->empty());
}
