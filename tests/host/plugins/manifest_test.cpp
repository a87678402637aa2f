#include "plugins/manifest.hpp"

#include <catch2/catch.hpp>

#include "base/text.hpp"

using namespace sendcheck;

namespace {

const std::string whole = R"({
  "format": "sendcheck-plugin/1", "id": "top-up", "version": "1.2.0", "api": 1,
  "title": "Top-up", "kind": "funding", "authority": "home",
  "summary": "Who is paid.",
  "parameters": {
    "threshold": { "type": "money", "unit": "a year", "label": "the threshold", "minimum": "0.00", "maximum": "9000.50" },
    "basis": { "type": "code", "codes": ["additional", "total"], "label": "the basis", "required": false },
    "areas": { "type": "list of code", "label": "the areas" },
    "bands": { "type": "table", "label": "the bands",
               "columns": { "group": { "type": "text" },
                            "points_from": { "type": "integer", "from": "points" },
                            "points_to": { "type": "integer", "to": "points" },
                            "hours": { "type": "integer", "key": "hours" } } },
    "panels": { "type": "calendar", "label": "the panels", "columns": { "panel_on": {} } } },
  "facts": { "local.kent.moved_in": { "type": "boolean", "label": "moved in", "actionable": true } },
  "messages": { "note": "A note." },
  "reads_protected": { "sex": "The duty of the Equality Act." } })";

Result<Manifest> read(const std::string& text) {
  return read_manifest(text, "top-up/plugin.json", "top-up");
}

// The manifest above with one piece of it written otherwise.
std::string with(const std::string& piece, const std::string& instead) {
  const std::size_t at = whole.find(piece);
  REQUIRE(at != std::string::npos);
  return std::string(whole).replace(at, piece.size(), instead);
}

struct Wrong {
  const char* piece;
  const char* instead;
  const char* id;
  const char* pointer;
  const char* message;  // a part of it
};

}  // namespace

TEST_CASE("A manifest says who and what a rule is") {
  const auto manifest = read(whole);
  REQUIRE(manifest);
  CHECK(manifest->id == "top-up");
  CHECK(manifest->version == "1.2.0");
  CHECK(manifest->title == "Top-up");
  CHECK(manifest->kind == "funding");
  CHECK(manifest->authority == Authority::home);
  CHECK(manifest->summary == "Who is paid.");
  CHECK(manifest->messages.at("note") == "A note.");
  CHECK(manifest->reads_protected.at("sex") == "The duty of the Equality Act.");

  REQUIRE(manifest->parameters.size() == 5);
  const ParameterSpec& threshold = manifest->parameters[0];
  CHECK(threshold.name == "threshold");
  CHECK(threshold.type == ParameterType::money);
  CHECK(threshold.unit == "a year");
  CHECK(threshold.required);
  CHECK(threshold.minimum == Number(0));
  CHECK(threshold.maximum == Number::fraction(18001, 2));
  const ParameterSpec& basis = manifest->parameters[1];
  CHECK_FALSE(basis.required);
  CHECK(basis.codes == std::vector<std::string>{"additional", "total"});
  CHECK(manifest->parameters[2].is_list);
  CHECK(manifest->parameters[2].type == ParameterType::code);
  const auto& columns = manifest->parameters[3].columns;
  REQUIRE(columns.size() == 4);
  CHECK(columns[0].role == ColumnSpec::Role::value);
  CHECK(columns[1].role == ColumnSpec::Role::from);
  CHECK(columns[2].role == ColumnSpec::Role::to);
  CHECK(columns[2].of == "points");
  CHECK(columns[3].role == ColumnSpec::Role::key);
  CHECK(manifest->parameters[4].columns[0].type == ParameterType::date);

  REQUIRE(manifest->facts.size() == 1);
  CHECK(manifest->facts[0].path == "local.kent.moved_in");
  CHECK(manifest->facts[0].type == FactType::boolean);
  CHECK(manifest->facts[0].actionable);
  CHECK(manifest->facts[0].personal);
}

TEST_CASE("What a manifest may leave out is left empty") {
  const auto manifest = read(
      R"({ "format": "sendcheck-plugin/1", "id": "top-up", "version": "1",
           "api": 1, "title": "T", "kind": "monitoring",
           "authority": "national" })");
  REQUIRE(manifest);
  CHECK(manifest->summary.empty());
  CHECK(manifest->parameters.empty());
  CHECK(manifest->facts.empty());
  CHECK(manifest->messages.empty());
}

TEST_CASE(
    "A manifest that is wrong is refused, with the place and the reason") {
  const std::vector<Wrong> table = {
      {R"("sendcheck-plugin/1")", R"("sendcheck-plugin/2")", "plugins.format",
       "/format", "expected \"sendcheck-plugin/1\""},
      {R"("format": "sendcheck-plugin/1", )", "", "plugins.format", "/format",
       "is missing"},
      {R"("id": "top-up")", R"("id": 7)", "plugins.format", "/id",
       "is a number; expected a text"},
      {R"("id": "top-up")", R"("id": "Top-up")", "plugins.format", "/id",
       "lower case letters"},
      {R"("id": "top-up")", R"("id": "top--up")", "plugins.format", "/id",
       "words joined by hyphens"},
      {R"("id": "top-up")", R"("id": "")", "plugins.format", "/id",
       "lower case letters"},
      {R"("id": "top-up")", R"("id": "top-down")", "plugins.folder", "/id",
       "the folder is \"top-up\""},
      {R"("version": "1.2.0")", R"("version": "")", "plugins.format",
       "/version", "is empty"},
      {R"("version": "1.2.0", )", "", "plugins.format", "/version",
       "is missing"},
      {R"("api": 1)", R"("api": 2)", "plugins.api", "/api",
       "this program speaks version 1"},
      {R"("api": 1)", R"("api": 0)", "plugins.api", "/api", "version 0"},
      {R"("api": 1)", R"("api": "1")", "plugins.format", "/api",
       "expected a number"},
      {R"("api": 1)", R"("api": 1.5)", "plugins.format", "/api",
       "expected a whole number"},
      {R"("api": 1)", R"("api": 4294967297)", "plugins.format", "/api",
       "expected a whole number"},
      {R"("api": 1,)", "", "plugins.format", "/api", "is missing"},
      {R"("title": "Top-up")", R"("title": "  ")", "plugins.format", "/title",
       "is empty"},
      {R"("kind": "funding")", R"("kind": "money")", "plugins.format", "/kind",
       "access_arrangement, funding, statutory or monitoring"},
      {R"("authority": "home")", R"("authority": "county")", "plugins.format",
       "/authority", "expected national, home or school"},
      {R"("authority": "home")", R"("authorty": "home")", "plugins.format",
       "/authorty", "did you mean \"authority\"?"},
      {R"("type": "money")", R"("type": "cash")", "plugins.format",
       "/parameters/threshold/type", "\"cash\" is no type"},
      {R"("type": "money")", R"("type": "list of cash")", "plugins.format",
       "/parameters/threshold/type", "\"cash\" is no type"},
      {R"("label": "the threshold", )", "", "plugins.format",
       "/parameters/threshold/label", "is missing"},
      {R"("label": "the threshold")", R"("label": "")", "plugins.format",
       "/parameters/threshold/label", "is empty"},
      {R"("minimum": "0.00")", R"("minimum": "none")", "plugins.format",
       "/parameters/threshold/minimum", "expected a number such as"},
      {R"("minimum": "0.00")", R"("minimum": true)", "plugins.format",
       "/parameters/threshold/minimum", "expected a number"},
      {R"("minimum": "0.00")", R"("minimum": "9000.51")", "plugins.format",
       "/parameters/threshold/maximum", "less than the minimum"},
      {R"("minimum": "0.00")", R"("least": "0.00")", "plugins.format",
       "/parameters/threshold/least", "has no meaning here"},
      {R"("required": false)", R"("required": "no")", "plugins.format",
       "/parameters/basis/required", "expected true or false"},
      {R"("codes": ["additional", "total"])", R"("codes": "total")",
       "plugins.format", "/parameters/basis/codes", "expected a list"},
      {R"("codes": ["additional", "total"])", R"("codes": [1])",
       "plugins.format", "/parameters/basis/codes", "expected a text"},
      {R"("type": "code", "codes")", R"("type": "text", "codes")",
       "plugins.format", "/parameters/basis/codes",
       "only a parameter of type code"},
      {R"("label": "the areas" })", R"("label": "the areas", "columns": {} })",
       "plugins.format", "/parameters/areas/columns",
       "only a table or a calendar has columns"},
      {R"("columns": { "panel_on": {} })", R"("columns": [])", "plugins.format",
       "/parameters/panels/columns", "expected an object"},
      {R"("group": { "type": "text" })", R"("group": { "type": "table" })",
       "plugins.format", "/parameters/bands/columns/group",
       "no type of a column"},
      {R"("group": { "type": "text" })", R"("group": {})", "plugins.format",
       "/parameters/bands/columns/group/type", "is missing"},
      {R"("integer", "key": "hours")",
       R"("integer", "key": "hours", "from": "hours")", "plugins.format",
       "/parameters/bands/columns/hours", "one of key, from and to"},
      {R"("messages": { "note": "A note." })", R"("messages": { "note": 1 })",
       "plugins.format", "/messages/note", "expected a text"},
      {R"("messages": { "note": "A note." })", R"("messages": { "note": "" })",
       "plugins.format", "/messages/note", "is empty"},
      {R"("messages": { "note": "A note." })", R"("messages": [])",
       "plugins.format", "/messages", "expected an object"},
      {R"("sex": "The duty of the Equality Act.")", R"("sex": " ")",
       "plugins.format", "/reads_protected/sex", "is empty"},
      {R"("local.kent.moved_in")", R"("kent.moved_in")", "plugins.local_fact",
       "/facts/kent.moved_in", "local.<authority>."},
      {R"("local.kent.moved_in")", R"("local.moved_in")", "plugins.local_fact",
       "/facts/local.moved_in", "local.<authority>."},
      {R"("local.kent.moved_in")", R"("local..moved_in")", "plugins.local_fact",
       "/facts/local..moved_in", "local.<authority>."},
      {R"("local.kent.moved_in")", R"("sen.status")", "plugins.local_fact",
       "/facts/sen.status", "local.<authority>."},
      {R"("type": "boolean", "label": "moved in")",
       R"("type": "list", "label": "moved in")", "plugins.local_fact",
       "/facts/local.kent.moved_in/type", "found \"list\""},
      {R"("type": "boolean", "label": "moved in")",
       R"("type": "code", "label": "moved in")", "plugins.local_fact",
       "/facts/local.kent.moved_in/type", "found \"code\""},
      {R"("actionable": true)", R"("protected": true)", "plugins.format",
       "/facts/local.kent.moved_in/protected", "has no meaning here"}};
  for (const Wrong& wrong : table) {
    const std::string text = with(wrong.piece, wrong.instead);
    INFO(text);
    const auto manifest = read(text);
    REQUIRE_FALSE(manifest);
    CHECK(manifest.error().id == wrong.id);
    CHECK(manifest.error().place.pointer == wrong.pointer);
    CHECK(manifest.error().place.file == "top-up/plugin.json");
    CHECK_THAT(manifest.error().message, Catch::Contains(wrong.message));
  }
}

TEST_CASE("A manifest that is no JSON, or no object, is refused") {
  const auto cut_off = read(R"({ "format": )");
  REQUIRE_FALSE(cut_off);
  CHECK(std::string(cut_off.error().id).starts_with("json."));
  CHECK(cut_off.error().place.file == "top-up/plugin.json");
  const auto list = read("[]");
  REQUIRE_FALSE(list);
  CHECK(list.error().id == "plugins.format");
}

TEST_CASE("The authorities have their names in manifests") {
  CHECK(name_of(Authority::national) == "national");
  CHECK(name_of(Authority::home) == "home");
  CHECK(name_of(Authority::school) == "school");
}
