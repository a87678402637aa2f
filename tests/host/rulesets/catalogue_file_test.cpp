#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "rulesets/rulesets.hpp"

namespace {

using namespace sendcheck;

const std::string real_file =
    std::string(SENDCHECK_SOURCE) + "/rules/facts.json";

// The facts that the program itself reads, and two that say more.
const std::string small = R"({
  "format": "sendcheck-facts/1",
  "code_lists": {
    "need": { "title": "type of need", "source": "CBDS", "codes": [
      { "code": "SEMH", "label": "social, emotional and mental health", "aliases": ["S"] },
      { "code": "BESD", "label": "behaviour", "historic": true, "maps_to": "SEMH", "aliases": ["B"] },
      { "code": "OLD", "label": "a code of former years", "historic": true },
      { "code": "REFU", "label": "refused to say", "means_unknown": true } ] },
    "year": { "title": "year", "source": "CBDS", "ordered": true, "open": true, "unknown_is_warning": true, "unlisted_is": "1",
      "historic_aliases": { "0": "R" }, "codes": [
      { "code": "R", "label": "Reception" },
      { "code": "1", "label": "year 1" },
      { "code": "X", "label": "not followed", "outside_order": true } ] } },
  "facts": [
    { "path": "upn", "type": "text", "label": "UPN", "check": "upn", "personal": true, "source": "CBDS" },
    { "path": "former_upn", "type": "text", "label": "former UPN", "source": "CBDS" },
    { "path": "uln", "type": "text", "label": "ULN", "check": "uln", "source": "CBDS" },
    { "path": "name.given", "type": "text", "label": "given name", "source": "CBDS" },
    { "path": "name.family", "type": "text", "label": "family name", "source": "CBDS" },
    { "path": "date_of_birth", "type": "date", "label": "date of birth", "source": "CBDS" },
    { "path": "nc_year", "type": "code", "codes": "year", "label": "year", "source": "CBDS" },
    { "path": "home_la", "type": "code", "codes": "year", "label": "authority", "source": "CBDS" },
    { "path": "school.urn", "type": "text", "label": "URN", "source": "CBDS" },
    { "path": "school.name", "type": "text", "label": "name of the school", "source": "CBDS" },
    { "path": "school.la", "type": "code", "codes": "year", "label": "authority of the school", "source": "CBDS" },
    { "path": "sen.status", "type": "code", "codes": "need", "label": "SEN status", "special_category": true, "protected": true, "source": "CBDS" },
    { "path": "ehcp.issued_on", "type": "date", "label": "day of issue", "absence": "not_yet", "after": "ehcp.requested_on", "implied_by": { "sen.status": ["SEMH", "OLD"] }, "source": "regulation 13" },
    { "path": "ehcp.requested_on", "type": "date", "label": "day of the request", "source": "regulation 5" },
    { "path": "ehcp.next_phase", "type": "code", "codes": "year", "label": "next phase", "source": "regulation 18" },
    { "path": "care.looked_after", "type": "boolean", "label": "looked-after status", "source": "CBDS" },
    { "path": "provision_cost", "type": "money", "label": "cost", "unit": "a year", "minimum": "0.00", "maximum": 99999.99, "open": true, "actionable": true, "source": "guide" },
    { "path": "sen.needs", "type": "list", "label": "needs", "source": "CBDS", "fields": [
      { "name": "type", "type": "code", "codes": "need", "label": "type", "identifies": true, "personal": true },
      { "name": "rank", "type": "integer", "label": "rank", "minimum": 1, "maximum": 9, "unit": "place" } ] },
    { "path": "evidence", "type": "list", "label": "evidence", "open": true, "evidence": true, "source": "format", "fields": [
      { "name": "on", "type": "date", "label": "day", "actionable": true } ] },
    { "path": "judgements", "type": "list", "label": "judgements", "absence": "none", "source": "format", "fields": [
      { "name": "answer", "type": "boolean", "label": "answer" } ] } ] })";

std::string write(const std::string& text) {
  namespace fs = std::filesystem;
  const fs::path file =
      fs::path(SENDCHECK_SCRATCH) / "rulesets" / "catalogue" / "facts.json";
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
  return file.string();
}

// The small catalogue with one text in place of another.
std::string changed(const std::string& from, const std::string& to) {
  std::string text = small;
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("the catalogue that ships is read") {
  const auto catalogue = read_catalogue(real_file);
  if (!catalogue) FAIL(catalogue.error().to_string());
  CHECK(catalogue->find("ehcp.issued_on"));
  const FactSpec& nc_year = catalogue->spec(*catalogue->find("nc_year"));
  const CodeList& years = catalogue->codes_of(nc_year);
  CHECK(years.ordered);
  CHECK(years.find("N2") < years.find("R"));
  CHECK(years.find("R") < years.find("1"));
  CHECK(years.find("9") < years.find("10"));
  CHECK(years.codes[static_cast<std::size_t>(years.find("X"))].outside_order);
}

TEST_CASE("a fact is read with all that the catalogue says of it") {
  const auto catalogue = read_catalogue(write(small));
  if (!catalogue) FAIL(catalogue.error().to_string());
  const auto spec = [&](const char* path) {
    return catalogue->spec(catalogue->find(path).value());
  };
  CHECK(spec("upn").type == FactType::text);
  CHECK(spec("upn").label == "UPN");
  CHECK(spec("upn").check == "upn");
  CHECK(spec("upn").personal);
  CHECK_FALSE(spec("uln").personal);
  CHECK(spec("sen.status").special_category);
  CHECK(spec("sen.status").is_protected);
  CHECK(spec("provision_cost").unit == "a year");
  CHECK(spec("provision_cost").minimum == Number(0));
  CHECK(spec("provision_cost").maximum == Number::parse("99999.99"));
  CHECK(spec("provision_cost").open);
  CHECK(spec("provision_cost").actionable);
  CHECK(spec("provision_cost").source == "guide");
  CHECK(spec("evidence").evidence);
  CHECK(spec("judgements").absence == Absence::none);
  CHECK(spec("date_of_birth").absence == Absence::unknown);

  const FactSpec needs = spec("sen.needs");
  REQUIRE(needs.fields.size() == 2);
  CHECK(needs.fields[0].identifies);
  CHECK(needs.fields[0].personal);
  CHECK(catalogue->codes_of(needs.fields[0]).name == "need");
  CHECK(needs.fields[1].path == "rank");
  CHECK(needs.fields[1].minimum == Number(1));
}

TEST_CASE("a step may come after one that stands further down") {
  const auto catalogue = read_catalogue(write(small));
  REQUIRE(catalogue);
  const FactSpec& issued = catalogue->spec(*catalogue->find("ehcp.issued_on"));
  CHECK(issued.absence == Absence::not_yet);
  CHECK(issued.after == catalogue->scalar("ehcp.requested_on"));
  CHECK(issued.implied_by == catalogue->scalar("sen.status"));
  CHECK(issued.implied_by_codes == std::vector<int>{0, 1});
}

TEST_CASE("a code of former years is another spelling of the one it maps to") {
  const auto catalogue = read_catalogue(write(small));
  REQUIRE(catalogue);
  const CodeList& need = catalogue->code_lists()[0];
  CHECK(need.title == "type of need");
  CHECK(need.find("BESD") == -1);
  CHECK(need.find("OLD") == 1);
  CHECK(need.codes[1].historic);
  CHECK(need.codes[2].means_unknown);
  REQUIRE(need.aliases.size() == 3);
  for (const CodeList::Alias& alias : need.aliases) {
    INFO(alias.alias);
    CHECK(alias.code == need.find("SEMH"));
    CHECK(alias.historic == (alias.alias != "S"));
  }
  const CodeList& year = catalogue->code_lists()[1];
  CHECK(year.ordered);
  CHECK(year.open);
  CHECK(year.unknown_is_warning);
  CHECK(year.unlisted_is == year.find("1"));
  REQUIRE(year.aliases.size() == 1);
  CHECK(year.aliases[0].alias == "0");
  CHECK(year.aliases[0].code == year.find("R"));
  CHECK(year.aliases[0].historic);
}

TEST_CASE("what is wrong with a catalogue is said by id and place") {
  struct Case {
    std::string from, to;
    std::string id, pointer;
    std::string words;
  };
  const std::vector<Case> cases = {
      {"sendcheck-facts/1", "sendcheck-facts/2", "facts.format", "/format",
       "sendcheck-facts/2"},
      {"\"facts\": [", "\"fact\": [", "facts.format", "/fact",
       "Did you mean \"facts\"?"},
      {"\"unlisted_is\": \"1\"", "\"unlisted_is\": \"2\"", "facts.format",
       "/code_lists/year/unlisted_is", "one of the list's codes"},
      {"\"unknown_is_warning\"", "\"unknown_is_warming\"", "facts.format",
       "/code_lists/year/unknown_is_warming", "unknown_is_warning"},
      {"\"means_unknown\": true", "\"mean_unknown\": true", "facts.format",
       "/code_lists/need/codes/3/mean_unknown", "means_unknown"},
      {"\"label\": \"UPN\"", "\"lable\": \"UPN\"", "facts.format",
       "/facts/0/lable", "label"},
      {"\"rank\", \"type\"", "\"rank\", \"source\": \"x\", \"type\"",
       "facts.format", "/facts/17/fields/1/source", "source"},
      {"\"type\": \"boolean\", \"label\": \"looked",
       "\"type\": \"bool\", \"label\": \"looked", "facts.unknown_type",
       "/facts/15/type", "\"bool\""},
      {"\"rank\", \"type\": \"integer\"", "\"rank\", \"type\": \"list\"",
       "facts.format", "/facts/17/fields/1/minimum", "A list has no minimum"},
      {"\"name\": \"answer\", \"type\": \"boolean\"",
       "\"name\": \"answer\", \"type\": \"list\"", "facts.unknown_type",
       "/facts/19/fields/0/type", "list itself"},
      {"\"codes\": \"year\", \"label\": \"year\"",
       "\"codes\": \"yeer\", \"label\": \"year\"", "facts.unknown_codes",
       "/facts/6/codes", "Did you mean \"year\"?"},
      {"\"maps_to\": \"SEMH\"", "\"maps_to\": \"SEHM\"", "facts.unknown_codes",
       "/code_lists/need/codes/1/aliases", "\"SEHM\""},
      {"\"0\": \"R\"", "\"0\": \"Q\"", "facts.unknown_codes",
       "/code_lists/year/historic_aliases/0", "\"Q\""},
      {"\"historic\": true, \"maps_to\"", "\"maps_to\"", "facts.format",
       "/code_lists/need/codes/1/maps_to", "not historic"},
      {"\"outside_order\": true", "\"historic\": true, \"maps_to\": \"R\"", "",
       "", ""},  // sound
      {"\"ordered\": true, ", "", "facts.format",
       "/code_lists/year/codes/2/outside_order", "order"},
      {"\"code\": \"OLD\"", "\"code\": \"S\"", "facts.duplicate",
       "/code_lists/need", "\"S\""},
      {"\"path\": \"uln\"", "\"path\": \"upn\"", "facts.duplicate", "/facts/2",
       "\"upn\""},
      {"\"name\": \"rank\"", "\"name\": \"type\"", "facts.duplicate",
       "/facts/17", "type"},
      {"\"after\": \"ehcp.requested_on\"", "\"after\": \"ehcp.reqested_on\"",
       "facts.unknown_fact", "/facts/12/after",
       "Did you mean \"ehcp.requested_on\"?"},
      {"\"after\": \"ehcp.requested_on\"", "\"after\": \"upn\"",
       "facts.unknown_fact", "/facts/12/after", "no date"},
      {", \"after\": \"ehcp.requested_on\"", "", "facts.format", "/facts/12",
       "\"after\" is missing"},
      {"\"absence\": \"not_yet\", ", "", "facts.format", "/facts/12/after",
       "not_yet"},
      {"\"absence\": \"none\"", "\"absence\": \"nothing\"", "facts.format",
       "/facts/19/absence", "unknown, none or not_yet"},
      {"\"absence\": \"none\"", "\"absence\": \"not_yet\"", "facts.format",
       "/facts/19/absence", "Only a date"},
      {"\"absence\": \"not_yet\", \"after\": \"ehcp.requested_on\"",
       "\"absence\": \"none\"", "facts.format", "/facts/12/absence",
       "Only a list"},
      {"\"label\": \"date of birth\"",
       "\"label\": \"date of birth\", \"implied_by\": {}", "facts.format",
       "/facts/5/implied_by", "not_yet"},
      {"{ \"sen.status\": [\"SEMH\", \"OLD\"] }", "{}", "facts.format",
       "/facts/12/implied_by", "one fact and a list of its codes"},
      {"{ \"sen.status\": [\"SEMH\", \"OLD\"] }", "{ \"sen.status\": [] }",
       "facts.format", "/facts/12/implied_by/sen.status", "No code"},
      {"{ \"sen.status\": [\"SEMH\", \"OLD\"] }",
       "{ \"sen.states\": [\"SEMH\"] }", "facts.unknown_fact",
       "/facts/12/implied_by/sen.states", "Did you mean \"sen.status\"?"},
      {"{ \"sen.status\": [\"SEMH\", \"OLD\"] }", "{ \"upn\": [\"SEMH\"] }",
       "facts.unknown_fact", "/facts/12/implied_by/upn", "no code"},
      {"[\"SEMH\", \"OLD\"]", "[\"SEM\"]", "facts.unknown_codes",
       "/facts/12/implied_by/sen.status", "Did you mean \"SEMH\"?"},
      {"\"check\": \"uln\"", "\"check\": \"isbn\"", "facts.format",
       "/facts/2/check", "isbn"},
      {"\"label\": \"date of birth\"",
       "\"label\": \"date of birth\", \"check\": \"upn\"", "facts.format",
       "/facts/5/check", "Only a text"},
      {"\"minimum\": \"0.00\"", "\"minimum\": \"nought\"", "facts.format",
       "/facts/16/minimum", "a number"},
      {"\"minimum\": 1, \"maximum\": 9", "\"minimum\": 9, \"maximum\": 1",
       "facts.format", "/facts/17/fields/1/minimum", "above"},
      {"\"label\": \"given name\"", "\"label\": \"given name\", \"minimum\": 1",
       "facts.format", "/facts/3/minimum", "A text has no minimum"},
      {"\"path\": \"name.given\"", "\"path\": \"name..given\"", "facts.format",
       "/facts/3/path", "name..given"},
      {"\"path\": \"provision_cost\"", "\"path\": \"local.kent.cost\"",
       "facts.format", "/facts/16/path", "local fact"},
      {"\"path\": \"school.urn\"", "\"path\": \"school.number\"",
       "facts.unknown_fact", "/facts", "\"school.urn\""},
      {"\"date_of_birth\", \"type\": \"date\"",
       "\"date_of_birth\", \"type\": \"text\"", "facts.unknown_fact", "/facts",
       "makes it a text"},
      {"\"label\": \"URN\"", "\"label\": \" \"", "facts.format",
       "/facts/8/label", "not empty"},
      {"\"label\": \"URN\", \"source\": \"CBDS\"", "\"label\": \"URN\"",
       "facts.format", "/facts/8", "\"source\" is missing"},
      {"\"label\": \"URN\"", "\"label\": \"URN\", \"fields\": []",
       "facts.format", "/facts/8/fields", "Only a list"},
      {"\"personal\": true, \"source\"", "\"personal\": 1, \"source\"",
       "facts.format", "/facts/0/personal", "true or false"},
      {"\"facts\": [", "\"facts\": [,", "json.syntax", "", ""},
  };
  for (const Case& example : cases) {
    INFO(example.from << " -> " << example.to);
    const auto catalogue =
        read_catalogue(write(changed(example.from, example.to)));
    if (example.id.empty()) {
      if (!catalogue) FAIL(catalogue.error().to_string());
      continue;
    }
    REQUIRE_FALSE(catalogue);
    INFO(catalogue.error().to_string());
    CHECK(catalogue.error().id == example.id);
    if (!example.pointer.empty()) {
      CHECK(catalogue.error().place.pointer == example.pointer);
    }
    CHECK(catalogue.error().message.find(example.words) != std::string::npos);
  }
}

TEST_CASE("a catalogue that is not there says so") {
  const auto catalogue = read_catalogue(real_file + ".not");
  REQUIRE_FALSE(catalogue);
  CHECK(catalogue.error().id == "files.missing");
}
