#include "casework/expand_decisions.hpp"

#include <catch2/catch.hpp>

#include "house.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

const std::string text_line =
    R"({"rule_text":4,"rule":"r","title":"R","kind":"funding","edition":"dfe/1",)"
    R"("parameters":{},"criteria":[{"kind":"all","label":"R","children":[1,2]},)"
    R"({"kind":"comparison","label":"one","have":"not stated","need":"yes"},)"
    R"({"kind":"list","label":"two","children":[{"entries":3}]},)"
    R"({"kind":"entry","children":[4]},{"kind":"comparison","label":"four"}],)"
    R"("texts":["a","b"]})";

std::string pupil_line(const std::string& said) {
  return R"({"upn":"x","name":null,"decisions":[{"rule":"r","text":4,)"
         R"("outcome":"met","summary":"s","amount":null,"due":null)" +
         said + "}]}";
}

// The error of the last line, after the text; what it came to where there is none.
std::string last_of(const std::string& line) {
  DecisionExpander expander("lines");
  std::string out;
  REQUIRE(expander.add(text_line, 1, out).has_value());
  REQUIRE(out.empty());
  const auto added = expander.add(line, 2, out);
  if (added) return out;
  CHECK(added.error().place.file == "lines");
  CHECK(added.error().place.line == 2);
  return added.error().id;
}

}  // namespace

TEST_CASE("a decision is put together from its line and its rule's text") {
  CHECK(
      last_of(pupil_line(
          R"(,"missing":[[0,1,"fact",true]],"steps":[["supply",0,1,"c"],)"
          R"(["change","f","l",1,"more"]],"routes":[[1,0],[0]],)"
          R"("actions":[[1,"","2026-01-02"],["d",0]],)"
          R"("reasons":["mnu",[[1,"no","1 below","yes, b"]],)"
          R"([[3,"e","h","un",[[4,"k"]]]]])")) ==
      R"({"upn":"x","name":null,"decisions":[{"rule":"r","title":"R",)"
      R"("kind":"funding","outcome":"met","summary":"s","amount":null,)"
      R"("due":null,"missing":[{"fact":"a","label":"b","kind":"fact",)"
      R"("actionable":true}],"routes":[{"steps":[{"kind":"change","fact":"f",)"
      R"("label":"l","criterion":"b","gap":"more"},{"kind":"supply",)"
      R"("fact":"a","label":"b","criterion":"c"}]},{"steps":[{)"
      R"("kind":"supply","fact":"a","label":"b","criterion":"c"}]}],)"
      R"("actions":[{"do":"b","to":null,"by":"2026-01-02"},)"
      R"({"do":"d","to":"a","by":null}],"reasons":{"kind":"all",)"
      R"("label":"R","result":"met","source":null,"have":null,"need":null,)"
      R"("children":[{"kind":"comparison","label":"one",)"
      R"("result":"not_met","source":null,"have":"no","need":"yes, b",)"
      R"("gap":"1 below","children":[]},{"kind":"list","label":"two",)"
      R"("result":"unknown","source":null,"have":null,"need":null,)"
      R"("children":[{"kind":"entry","label":"e","result":"unknown",)"
      R"("source":null,"have":"h","need":null,"children":[{)"
      R"("kind":"comparison","label":"four","result":"not_met",)"
      R"("source":null,"have":"k","need":null,"children":[]}]}]}]},)"
      R"("edition":"dfe/1","parameters":{}}]})"
      "\n");
}

TEST_CASE("what a line does not say is as the rule's text has it") {
  const std::string out = last_of(pupil_line(R"(,"reasons":"unm")"));
  CHECK(out.find(R"("result":"not_met","source":null,"have":"not stated")") !=
        std::string::npos);
  CHECK(out.find(R"("missing":[],"routes":[],"actions":[])") !=
        std::string::npos);
}

TEST_CASE("a decision that does not fit its rule's text is not put together") {
  for (const char* said :
       {"", R"(,"reasons":null)", R"(,"reasons":"")", R"(,"reasons":"mn")",
        R"(,"reasons":[])", R"(,"reasons":[1])",
        // A note of a line that there is not, or out of its turn.
        R"(,"reasons":["mnu",[[9,"no"]]])",
        R"(,"reasons":["mnu",[[2,"no"],[1,"no"]]])",
        R"(,"reasons":["mnu",[[1,7]]])",
        // Entries of no list, and of too few results.
        R"(,"reasons":["mnu",[],[[1,"e","h","un"]]])",
        R"(,"reasons":["mnu",[],[[3,"e","h","u"]]])",
        R"(,"reasons":["mnu",[],[[3,"e","h"]]])",
        R"(,"reasons":["mnu",[],[[3,"e","h","un",[[9,"k"]]]]])",
        // Texts and steps that there are not.
        R"(,"missing":[[0,2,"fact",true]],"reasons":"mnu")",
        R"(,"missing":[[-1,0,"fact",true]],"reasons":"mnu")",
        R"(,"missing":[[0.5,0,"fact",true]],"reasons":"mnu")",
        R"(,"missing":[[0,1,"fact"]],"reasons":"mnu")",
        R"(,"steps":[],"routes":[[0]],"reasons":"mnu")",
        R"(,"steps":[["supply",0,1]],"routes":[[0]],"reasons":"mnu")",
        R"(,"routes":[["0"]],"reasons":"mnu")",
        R"(,"actions":[[0]],"reasons":"mnu")"}) {
    INFO(said);
    CHECK(last_of(pupil_line(said)) == "decisions.does_not_fit");
  }
  CHECK(last_of(R"({"decisions":[{"rule":"r","text":4,"reasons":"mnu"}]})") ==
        "decisions.does_not_fit");
}

TEST_CASE("a rule's text that turns in a circle ends all the same") {
  DecisionExpander expander("lines");
  std::string out;
  REQUIRE(expander
              .add(R"({"rule_text":1,"rule":"r","title":"R","kind":null,)"
                   R"("edition":null,"parameters":{},"criteria":[)"
                   R"({"kind":"all","label":"R","children":[0]}],"texts":[]})",
                   1, out)
              .has_value());
  const auto added = expander.add(
      R"({"decisions":[{"rule":"r","text":1,"outcome":"met","summary":"s",)"
      R"("amount":null,"due":null,"reasons":"m"}]})",
      2, out);
  REQUIRE_FALSE(added.has_value());
  CHECK(added.error().id == "decisions.does_not_fit");
}

TEST_CASE("lines of something else are told apart") {
  CHECK(last_of("") == "json.syntax");
  CHECK(last_of("{\"upn\":") == "json.syntax");
  CHECK(last_of("[]") == "decisions.not_lines");
  CHECK(last_of("{}") == "decisions.not_lines");
  CHECK(last_of(R"({"upn":"x","nc_year":"7"})") == "decisions.not_lines");
  CHECK(last_of(R"({"decisions":7})") == "decisions.not_lines");
  CHECK(last_of(R"({"decisions":[{"text":5}]})") == "decisions.unknown_text");
  CHECK(last_of(R"({"decisions":[{"text":"4"}]})") != "decisions.unknown_text");
}

TEST_CASE("a file that lost its end is told of, and one that is whole is not") {
  const Scratch scratch;
  const std::string summary = R"({"summary":{"sendcheck":"0.1.0"}})";
  const auto expanded = [&](const std::string& lines) {
    std::string out;
    const auto done =
        expand_decisions(scratch.write("d.jsonl", lines),
                         [&](std::string_view text) { out += text; });
    return done ? out : done.error().id;
  };
  const std::string pupil = pupil_line(R"(,"reasons":"unm")");
  CHECK(expanded(text_line + "\n" + pupil + "\n") == "decisions.cut_short");
  CHECK(expanded("") == "decisions.cut_short");
  CHECK(expanded(pupil + "\n" + summary + "\n") == "decisions.unknown_text");
  CHECK(expanded(text_line + "\n" + pupil + "\n" + summary + "\n")
            .ends_with("}\n" + summary + "\n"));
  const auto missing =
      expand_decisions(scratch.path("nowhere"), [](std::string_view) {});
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().id == "files.missing");
}
