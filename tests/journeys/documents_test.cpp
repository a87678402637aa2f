// The documents that are made from the fact catalogue, and the registers that they describe.
#include <catch2/catch.hpp>
#include <regex>
#include <set>

#include "program.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

using json::Type;
using json::Value;

// The keywords of JSON Schema that the register's schema uses, and no other: one that it does not know is a fault.
class Schema {
 public:
  explicit Schema(const Value& root) : root_(root) {}

  std::vector<std::string> faults(const Value& value) {
    faults_.clear();
    look(value, root_, "");
    return faults_;
  }
  std::vector<std::string> faults_of_pupil(const Value& pupil) {
    faults_.clear();
    look(pupil, *root_.find("$defs")->find("pupil"), "");
    return faults_;
  }

 private:
  void fault(const std::string& at, const std::string& words) {
    faults_.push_back(at + ": " + words);
  }

  static bool is_integer(const Value& value) {
    return value.is(Type::number) &&
           value.text.find_first_of(".eE") == std::string_view::npos;
  }

  static bool is_of(const Value& value, std::string_view type) {
    if (type == "null") return value.is(Type::null);
    if (type == "boolean") return value.is(Type::boolean);
    if (type == "integer") return is_integer(value);
    if (type == "number") return value.is(Type::number);
    if (type == "string") return value.is(Type::string);
    if (type == "array") return value.is(Type::array);
    if (type == "object") return value.is(Type::object);
    FAIL("the schema has a type of its own: " << type);
    return false;
  }

  static double number(std::string_view text) {
    return std::stod(std::string(text));
  }

  void look(const Value& value, const Value& schema, const std::string& at) {
    for (const json::Member& member : schema.members) {
      const std::string_view key = member.key;
      const Value& says = member.value;
      if (key == "type") {
        bool fits = says.is(Type::string) && is_of(value, says.text);
        for (const Value& type : says.items) {
          fits = fits || is_of(value, type.text);
        }
        if (!fits) fault(at, "another type");
      } else if (key == "enum") {
        bool fits = false;
        for (const Value& one : says.items) {
          fits = fits || (one.type == value.type && one.text == value.text);
        }
        if (!fits) fault(at, "none of the values it can have");
      } else if (key == "const") {
        if (value.text != says.text) fault(at, "another text");
      } else if (key == "pattern") {
        if (value.is(Type::string) &&
            !std::regex_search(std::string(value.text),
                               std::regex(std::string(says.text)))) {
          fault(at, "another form");
        }
      } else if (key == "minimum") {
        if (value.is(Type::number) && number(value.text) < number(says.text)) {
          fault(at, "too small");
        }
      } else if (key == "maximum") {
        if (value.is(Type::number) && number(value.text) > number(says.text)) {
          fault(at, "too large");
        }
      } else if (key == "required") {
        for (const Value& name : says.items) {
          if (value.is(Type::object) && !value.find(name.text)) {
            fault(at, "there is no " + std::string(name.text));
          }
        }
      } else if (key == "properties") {
        for (const json::Member& of : value.members) {
          if (const Value* below = says.find(of.key)) {
            look(of.value, *below, at + "/" + std::string(of.key));
          }
        }
      } else if (key == "additionalProperties") {
        REQUIRE(says.is(Type::boolean));
        REQUIRE_FALSE(says.truth);
        for (const json::Member& of : value.members) {
          if (!schema.find("properties")->find(of.key)) {
            fault(at + "/" + std::string(of.key), "a name that nobody knows");
          }
        }
      } else if (key == "items") {
        for (std::size_t i = 0; i < value.items.size(); ++i) {
          look(value.items[i], says, at + "/" + std::to_string(i));
        }
      } else if (key == "$ref") {
        REQUIRE(says.text == "#/$defs/pupil");
        look(value, *root_.find("$defs")->find("pupil"), at);
      } else {
        INFO(key);
        CHECK((key == "description" || key == "title" || key == "format" ||
               key == "$schema" || key == "$defs" || key == "$id" ||
               key == "$comment"));
      }
    }
  }

  const Value& root_;
  std::vector<std::string> faults_;
};

std::string all_of(const std::vector<std::string>& faults) {
  std::string all;
  for (const std::string& fault : faults) all += fault + "\n";
  return all;
}

std::string schema_text() {
  return content_of(source_folder() + "/rules/schema/register.schema.json");
}

}  // namespace

TEST_CASE("the committed schema is the one that the program makes") {
  const Ran ran = run(on_fixture_day({"facts", "--schema"}));
  CHECK(ran.status == 0);
  CHECK(ran.err.empty());
  INFO(
      "make it anew: sendcheck facts --schema > "
      "rules/schema/register.schema.json");
  CHECK((ran.out == schema_text()));
}

TEST_CASE("the committed page of facts is the one that the program makes") {
  const Ran ran = run(on_fixture_day({"facts", "--markdown"}));
  CHECK(ran.status == 0);
  CHECK(ran.err.empty());
  INFO("make it anew: sendcheck facts --markdown > rules/FACTS.md");
  CHECK((ran.out == content_of(source_folder() + "/rules/FACTS.md")));
}

TEST_CASE("the page of facts has a row for every fact") {
  const Ran page = run(on_fixture_day({"facts", "--markdown"}));
  const Ran list = run(on_fixture_day({"facts"}));
  std::size_t facts = 0;
  for (const std::string& line : lines_of(list.out)) {
    const std::string path = line.substr(0, line.find(' '));
    ++facts;
    INFO(path);
    CHECK(times(page.out, "| `" + path + "` |") +
              times(page.out, "| `" + path + "[]` |") >=
          1);
  }
  CHECK(facts > 100);
}

TEST_CASE(
    "the accepted pupils of the fixtures fit the schema, the others do not") {
  const Json schema_json(schema_text());
  Schema schema(schema_json.root());
  const std::set<std::string> refused = {
      "Q886999917013",   // a number written as text
      "B886999918013"};  // sen.staus
  const Json kent(content_of(fixture_registers()[0]));
  for (const auto& pupil : kent.root().find("pupils")->items) {
    const auto faults = schema.faults_of_pupil(pupil);
    INFO(text(pupil, "upn") << "\n" << all_of(faults));
    CHECK(faults.empty() == (refused.count(text(pupil, "upn")) == 0));
  }
  for (const std::string& line : lines_of(content_of(fixture_registers()[2]))) {
    const Json pupil(line);
    const auto faults = schema.faults_of_pupil(pupil.root());
    INFO(text(pupil.root(), "upn") << "\n" << all_of(faults));
    CHECK(faults.empty() == (text(pupil.root(), "upn") != "E886999726008"));
  }
}

TEST_CASE("a whole register fits the schema") {
  const Json schema_json(schema_text());
  Schema schema(schema_json.root());
  std::string text = content_of(fixture_registers()[0]);
  text = replaced(text, "\"staus\"", "\"status\"");
  text = replaced(text, "\"110\"", "110");
  const auto faults = schema.faults(Json(text).root());
  INFO(all_of(faults));
  CHECK(faults.empty());
}

TEST_CASE("an editor marks names, codes and types that are wrong") {
  const Json schema_json(schema_text());
  Schema schema(schema_json.root());
  const auto faults = [&](const std::string& pupil) {
    return schema.faults_of_pupil(Json(pupil).root());
  };
  CHECK(faults(R"({"upn": "N886999916001", "sen": {"status": "support"}})")
            .empty());
  CHECK(faults(R"({"sen": {"staus": "support"}})") ==
        std::vector<std::string>{"/sen/staus: a name that nobody knows"});
  CHECK(faults(R"({"colour": "blue"})").size() == 1);
  CHECK(faults(R"({"sen": {"status": "supported"}})").size() == 1);
  CHECK(faults(R"({"sen": []})").size() == 1);
  CHECK(faults(R"({"attendance": {"possible": "110"}})").size() == 1);
  CHECK(faults(R"({"attendance": {"possible": -1}})").size() == 1);
  CHECK(faults(R"({"attendance": {"possible": 1.5}})").size() == 1);
  CHECK(faults(R"({"date_of_birth": "12/11/2014"})").size() == 1);
  CHECK(faults(R"({"provision": [{"annual_cost": 600}]})").size() == 1);
  CHECK(
      faults(R"({"provision": [{"annual_cost": "600.00", "x": 1}]})").size() ==
      1);
  CHECK(faults(R"({"provision": {}})").size() == 1);
  CHECK(faults(R"({"nc_year": "Nursery 1"})").size() == 1);
  CHECK(faults(R"({"nc_year": null, "provision": null, "sen": null})").empty());
}
