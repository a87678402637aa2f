#include "casework/decision_json.hpp"

#include <catch2/catch.hpp>

#include "json/value.hpp"
#include "support/decisions.hpp"

using namespace sendcheck;
using namespace sendcheck;
using namespace sendcheck::test;

namespace {

std::string parsed_or_error(const std::string& text) {
  json::Document document;
  const auto parsed = document.parse(text, "json");
  return parsed ? std::string() : parsed.error().to_string();
}

}  // namespace

TEST_CASE("a pupil's decision is written key by key as the contract says") {
  std::string out;
  append_pupil_json(full_pupil(), out);
  CHECK(out ==
        "{\"upn\":\"K886999919002\",\"name\":\"Robin Testwell\","
        "\"decisions\":[{\"rule\":\"top-up\",\"title\":\"Top-up\","
        "\"kind\":\"funding\",\"outcome\":\"refer\","
        "\"summary\":\"A person must decide.\",\"refer_to\":\"the panel\","
        "\"amount\":{\"value\":\"3450.00\",\"period\":\"year\","
        "\"status\":\"indicative\",\"working\":[{\"label\":\"cost\","
        "\"value\":\"9450.00\"},{\"label\":\"less\",\"value\":null}],"
        "\"from\":\"2026-04-01\",\"to\":null,\"note\":\"not confirmed\"},"
        "\"due\":{\"date\":\"2026-11-21\",\"state\":\"overdue\",\"days\":-1,"
        "\"basis\":\"law\",\"working\":\"a year from the last review\"},"
        "\"missing\":[{\"fact\":\"judgements[question=x]\","
        "\"label\":\"Is it so?\",\"kind\":\"judgement\",\"actionable\":true}],"
        "\"routes\":[{\"steps\":[{\"kind\":\"change\","
        "\"fact\":\"provision_cost\",\"label\":\"the cost\","
        "\"criterion\":\"more than 6000\",\"gap\":\"\xC2\xA3"
        "250.00 more\"}]}],"
        "\"actions\":[{\"do\":\"Apply\",\"to\":\"the panel\","
        "\"by\":\"2026-12-15\"},{\"do\":\"Wait\",\"to\":null,\"by\":null}],"
        "\"reasons\":{\"kind\":\"all\",\"label\":\"Top-up\",\"result\":\"met\","
        "\"source\":\"N-1\",\"have\":null,\"need\":null,\"children\":["
        "{\"kind\":\"comparison\",\"label\":\"the cost is above "
        "6000\",\"result\":\"unknown\","
        "\"source\":null,\"have\":\"9450.00\",\"need\":\"more than 6000.00\","
        "\"gap\":\"none\",\"unconfirmed\":\"nobody has read it\","
        "\"children\":[]}]},\"edition\":\"dfe/2026-04-01\","
        "\"parameters\":{\"threshold\":{\"value\":\"6000.00\","
        "\"origin\":\"dfe/2026-04-01\",\"source\":\"guide\","
        "\"unconfirmed\":true},\"most\":{\"value\":9.50,"
        "\"origin\":\"dfe/2026-04-01\",\"source\":null}}}]}");
}

TEST_CASE("a decision that says little writes null, not nothing") {
  CheckedPupil pupil;
  pupil.upn = "x";
  pupil.decisions.resize(1);
  pupil.decisions[0].outcome = Outcome::not_applicable;
  std::string out;
  append_pupil_json(pupil, out);
  CHECK(out ==
        "{\"upn\":\"x\",\"name\":null,\"decisions\":[{\"rule\":\"\","
        "\"title\":\"\",\"kind\":null,\"outcome\":\"not_applicable\","
        "\"summary\":\"\",\"amount\":null,\"due\":null,\"missing\":[],"
        "\"routes\":[],\"actions\":[],\"reasons\":null,\"edition\":null,"
        "\"parameters\":{}}]}");
}

TEST_CASE("a decision that was not made carries its error and place") {
  CheckedPupil pupil;
  pupil.upn = "x";
  pupil.decisions.resize(1);
  pupil.decisions[0].outcome = Outcome::error;
  pupil.decisions[0].error =
      Error{"script.syntax", "a \"message\"", {"rule.lua", 2, 3, ""}};
  std::string out;
  append_pupil_json(pupil, out);
  CHECK_THAT(out, Catch::EndsWith(
                      "\"parameters\":{},\"error\":{\"id\":\"script.syntax\","
                      "\"message\":\"a \\\"message\\\"\",\"file\":\"rule.lua\","
                      "\"line\":2}}]}"));
}

TEST_CASE("whatever a text holds, the JSON can be read again") {
  for (const char* text : {"\"", "\\", "\n\r\t", "\x01\x1e\x7f", "</script>",
                           "\xE2\x80\xA8", "\xF0\x9F\x99\x82", "a\"b\\c"}) {
    CheckedPupil pupil = full_pupil();
    pupil.name = text;
    pupil.decisions[0].summary = text;
    pupil.decisions[0].parameters[0].name = text;
    std::string out;
    append_pupil_json(pupil, out);
    CHECK(parsed_or_error(out) == "");
    json::Document document;
    REQUIRE(document.parse(out, "json").has_value());
    CHECK(document.root().find("name")->text == text);
  }
}

TEST_CASE("an empty check is whole JSON, and its summary a line") {
  CheckReport report;
  report.as_of = *Date::parse("2026-11-22");
  const std::string whole = check_json(report, "0.1.0", "", {});
  CHECK(parsed_or_error(whole) == "");
  CHECK_THAT(whole, Catch::StartsWith("{\n  \"sendcheck\": \"0.1.0\",\n  "
                                      "\"as_of\": \"2026-11-22\","));
  CHECK(summary_line(report, "0.1.0", {{"x.y", "z", {}}}) ==
        "{\"summary\":{\"sendcheck\":\"0.1.0\",\"as_of\":\"2026-11-22\","
        "\"counts\":{\"pupils\":0,\"checked\":0,\"rejected\":0,\"warnings\":0},"
        "\"editions\":[],\"run\":null,\"errors\":[{\"id\":\"x.y\",\"message\":"
        "\"z\",\"file\":null}]}}\n");
}
