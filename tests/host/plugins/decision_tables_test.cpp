// Decision tables in plugin.json and in rule.lua.
#include <catch2/catch.hpp>

#include "criteria/describe.hpp"
#include "domain/decision_table.hpp"
#include "plugin_folders.hpp"
#include "plugins/manifest.hpp"

using namespace plugins_of_tests;

namespace {

const std::string declared = R"("parameters": {
  "grants": { "type": "decision_table", "label": "the grants", "hit_policy": "priority",
    "inputs": { "status": { "type": "code", "codes": ["support", "none"] },
                "hours": { "type": "decimal", "label": "hours a week", "unit": "hours" } },
    "outputs": { "grant": { "type": "money", "values": ["500.00", "100.00"], "default": "100.00" },
                 "note": { "type": "text", "default": "see the guide" } } },
  "papers": { "type": "decision_table", "label": "the papers", "hit_policy": "collect",
    "inputs": { "hours": { "type": "decimal" } },
    "outputs": { "paper": { "type": "text", "default": [] }, "pages": { "type": "integer", "default": [1, 2] } } },
  "total": { "type": "decision_table", "label": "the total", "hit_policy": "collect", "aggregator": "sum",
    "inputs": { "hours": { "type": "decimal" } },
    "outputs": { "sum": { "type": "money" } } } })";

Result<Manifest> read(const std::string& parameters) {
  return read_manifest(manifest_json("trial", parameters), "trial/plugin.json",
                       "trial");
}

std::string with(const std::string& piece, const std::string& instead) {
  const std::size_t at = declared.find(piece);
  REQUIRE(at != std::string::npos);
  return std::string(declared).replace(at, piece.size(), instead);
}

std::string in_words_of(const std::string& criterion) {
  Catalogue catalogue = small_catalogue();
  const Plugins loaded = load_script(catalogue, rule_of(criterion),
                                     manifest_json("trial", declared));
  INFO((loaded.broken.empty() ? std::string()
                              : loaded.broken[0].errors[0].to_string()));
  REQUIRE(loaded.plugins.size() == 1);
  const Rule& rule = loaded.plugins[0].rules[0];
  return Describer(rule, catalogue, nullptr).criterion(rule.met_when);
}

Error error_of_criterion(const std::string& criterion) {
  return error_of(rule_of(criterion), manifest_json("trial", declared));
}

}  // namespace

TEST_CASE("A manifest declares what a decision table takes and gives") {
  const auto manifest = read(declared);
  REQUIRE(manifest);
  const DecisionSpec& grants = *manifest->parameters[0].decision;
  CHECK(grants.policy == HitPolicy::priority);
  CHECK(grants.aggregator == Aggregator::none);
  CHECK_FALSE(grants.gives_list());
  REQUIRE(grants.inputs.size() == 2);
  CHECK(grants.inputs[0].codes == std::vector<std::string>{"support", "none"});
  CHECK(grants.inputs[1].label == "hours a week");
  REQUIRE(grants.outputs.size() == 2);
  CHECK(grants.outputs[0].values ==
        std::vector<Value>{Value::of(Money::from_pence(50000)),
                           Value::of(Money::from_pence(10000))});
  CHECK(grants.outputs[1].otherwise ==
        std::vector<Value>{Value::text("see the guide")});
  CHECK(grants.has_default());
  const DecisionSpec& papers = *manifest->parameters[1].decision;
  CHECK(papers.gives_list());
  CHECK(papers.has_default());
  CHECK(papers.outputs[0].otherwise.empty());
  CHECK(papers.outputs[1].otherwise.size() == 2);
  const DecisionSpec& total = *manifest->parameters[2].decision;
  CHECK(total.aggregator == Aggregator::sum);
  CHECK_FALSE(total.gives_list());
  CHECK_FALSE(total.has_default());
}

TEST_CASE("A decision table that makes no sense is refused, with the place") {
  struct Wrong {
    const char* piece;
    const char* instead;
    const char* pointer;
    const char* message;
  };
  const std::vector<Wrong> table = {
      {R"("hit_policy": "priority")", R"("hit_policy": "best")",
       "/parameters/grants/hit_policy", "no hit policy"},
      {R"("hit_policy": "priority",)", "", "/parameters/grants/hit_policy",
       "is missing"},
      {R"("aggregator": "sum")", R"("aggregator": "mean")",
       "/parameters/total/aggregator", "expected sum, min, max or count"},
      {R"("aggregator": "sum")", R"("aggregator": "none")",
       "/parameters/total/aggregator", "expected sum, min, max or count"},
      {R"("hit_policy": "priority")",
       R"("hit_policy": "first", "aggregator": "sum")",
       "/parameters/grants/aggregator", "only the hit policy collect"},
      {R"("values": ["500.00", "100.00"], )", "", "/parameters/grants/outputs",
       "goes by the order of \"values\""},
      {R"("default": "see the guide")", R"("label": "the note")",
       "/parameters/grants/outputs", "every output a default"},
      {R"("500.00", "100.00")", R"("500.00", "500.00")",
       "/parameters/grants/outputs/grant/values", "a value twice"},
      {R"("500.00", "100.00")", R"(500, 100)",
       "/parameters/grants/outputs/grant/values", "in quotation marks"},
      {R"("default": "100.00")", R"("default": "7.00")",
       "/parameters/grants/outputs/grant/default", "none of the declared"},
      {R"("default": "100.00")", R"("default": ["100.00"])",
       "/parameters/grants/outputs/grant/default", "is a list"},
      {R"("default": [])", R"("default": "none")",
       "/parameters/papers/outputs/paper/default", "expected a list"},
      {R"("default": [1, 2])", R"("default": [1.5])",
       "/parameters/papers/outputs/pages/default", "expected integer"},
      {R"("sum": { "type": "money" })", R"("sum": { "type": "text" })",
       "/parameters/total/aggregator", "no sum"},
      {R"("sum": { "type": "money" })",
       R"("sum": { "type": "money" }, "more": { "type": "money" })",
       "/parameters/total/aggregator", "of one output"},
      {R"("sum": { "type": "money" })", "", "/parameters/total/outputs",
       "needs an output"},
      {R"("status": { "type": "code", "codes": ["support", "none"] },
                "hours": { "type": "decimal", "label": "hours a week", "unit": "hours" })",
       "", "/parameters/grants/inputs", "needs an input"},
      {R"("sum": { "type": "money" })", R"("hours": { "type": "money" })",
       "/parameters/total/outputs", "names of their own"},
      {R"("type": "code", "codes")", R"("type": "text", "codes")",
       "/parameters/grants/inputs/status/codes", "only an input of type code"},
      {R"("type": "code", "codes")", R"("type": "table", "codes")",
       "/parameters/grants/inputs/status/type", "found \"table\""},
      {R"("type": "code", "codes")", R"("type": "month_day", "codes")",
       "/parameters/grants/inputs/status/type", "found \"month_day\""},
      {R"("unit": "hours")", R"("units": "hours")",
       "/parameters/grants/inputs/hours/units", "did you mean \"unit\"?"},
      {R"("type": "decision_table", "label": "the total")",
       R"("type": "money", "label": "the total")",
       "/parameters/total/hit_policy", "only a decision table"},
      {R"("type": "decision_table", "label": "the total")",
       R"("type": "list of decision_table", "label": "the total")",
       "/parameters/total/type", "no type of a parameter"},
      {R"("label": "the total",)", R"("label": "the total", "columns": {},)",
       "/parameters/total/columns", "only a table or a calendar"}};
  for (const Wrong& wrong : table) {
    INFO(wrong.piece << " as " << wrong.instead);
    const auto manifest = read(with(wrong.piece, wrong.instead));
    REQUIRE_FALSE(manifest);
    INFO(manifest.error().to_string());
    CHECK(manifest.error().id == "plugins.format");
    CHECK(manifest.error().place.pointer == wrong.pointer);
    CHECK_THAT(manifest.error().message, Catch::Contains(wrong.message));
  }
}

TEST_CASE(
    "look_up reads a decision table, and a list is counted and searched") {
  CHECK(in_words_of(R"(look_up(param "grants", { status = fact "sen.status",
    hours = fact "hours" }, "grant") :at_least(pounds "5.00"))") ==
        "the grant in the grants for the hours a week and the SEN status is at "
        "least £5");
  CHECK(
      in_words_of(
          R"(count(look_up(param "papers", { hours = fact "hours" }, "paper")) :above(1))") ==
      "the number of entries under paper in the papers for the hours a week "
      "is more than 1");
  CHECK(
      in_words_of(
          R"(sum(look_up(param "papers", { hours = fact "hours" }, "pages")) :above(1))") ==
      "the total of pages in the papers for the hours a week is more than 1");
  CHECK(
      in_words_of(
          R"(look_up(param "papers", { hours = fact "hours" }, "paper") :includes "a map")") ==
      "paper in the papers for the hours a week includes a map");
  CHECK(
      in_words_of(
          R"(look_up(param "papers", { hours = fact "hours" }, "paper") :includes(fact "sen.status"))") ==
      "paper in the papers for the hours a week includes the SEN status");
  CHECK(
      in_words_of(
          R"(look_up(param "total", { hours = fact "hours" }, "sum") :above(pounds "1.00"))") ==
      "the total of sum in the total for the hours a week is more than £1");
}

TEST_CASE("A list of a decision table stands nowhere else") {
  const std::string papers =
      R"(look_up(param "papers", { hours = fact "hours" }, "paper"))";
  const std::string total =
      R"(look_up(param "total", { hours = fact "hours" }, "sum"))";
  const std::vector<std::array<std::string, 3>> table = {
      {papers + R"(:is "a map")", "rules.type", "right of is_one_of"},
      {papers + R"(:is_known())", "rules.type", "right of is_one_of"},
      {R"(fact "name.given" :is_one_of()" + papers + ")", "rules.type",
       "includes"},
      {"(" + papers + R"( + 1):above(1))", "rules.type", "cannot add"},
      {"sum(" + papers + R"():above(1))", "rules.type", "sum adds numbers"},
      {papers + ":includes(7)", "rules.type", "cannot look for"},
      {papers + ":includes()", "script.error", "stands where a value"},
      {total + R"(:includes(pounds "1.00"))", "rules.type", "a list is what"},
      {R"(fact "hours" :includes(1))", "rules.type", "a list is what"},
      {"count(" + total + "):above(1)", "rules.type", "a list is what"},
      {"count(" + papers + R"(, fact "hours" :above(1)):above(1))",
       "script.error", "only the list is named"},
      {"sum(" + papers + R"(, "pages"):above(1))", "script.error",
       "only the list is named"},
      {R"(look_up(param "papers", { points = fact "hours" }, "paper"):includes "a")",
       "rules.unknown_column", "looked up by hours"},
      {R"(look_up(param "papers", { hours = fact "hours" }, "papers"):includes "a")",
       "rules.unknown_column", "it has paper and pages"},
      {R"(look_up(param "papers", { hours = fact "sen.status" }, "paper"):includes "a")",
       "rules.type", "cannot look up"}};
  for (const auto& [script, id, message] : table) {
    INFO(script);
    const Error error = error_of_criterion(script);
    INFO(error.to_string());
    CHECK(error.id == id);
    CHECK_THAT(error.message, Catch::Contains(message));
    CHECK(error.place.line == 3);
  }
}
