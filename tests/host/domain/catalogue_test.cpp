#include "domain/catalogue.hpp"

#include <catch2/catch.hpp>

namespace sendcheck {
namespace {

FactSpec fact(std::string path, FactType type, int codes = -1) {
  FactSpec spec;
  spec.path = std::move(path);
  spec.type = type;
  spec.codes = codes;
  return spec;
}

FactSpec list(std::string path, std::vector<FactSpec> fields) {
  FactSpec spec = fact(std::move(path), FactType::list);
  spec.fields = std::move(fields);
  return spec;
}

CodeList statuses() {
  CodeList codes;
  codes.name = "sen_status";
  codes.codes = {{"none", "no special educational needs"},
                 {"support", "SEN support"},
                 {"plan_final", ""}};
  codes.aliases = {{"K", 1}};
  return codes;
}

Catalogue small() {
  Catalogue catalogue;
  REQUIRE(catalogue.add_codes(statuses()).has_value());
  for (FactSpec spec :
       {fact("upn", FactType::text),
        list("evidence", {fact("type", FactType::text)}),
        fact("date_of_birth", FactType::date),
        fact("sen.status", FactType::code, 0),
        list("assessments", {fact("area", FactType::code, 0),
                             fact("score", FactType::integer)})}) {
    REQUIRE(catalogue.add_fact(std::move(spec)).has_value());
  }
  return catalogue;
}

std::string id_of(const Result<void>& result) {
  return result ? std::string() : result.error().id;
}

}  // namespace

TEST_CASE(
    "facts get their slots in the order of adding, scalars and lists "
    "apart") {
  const Catalogue catalogue = small();
  CHECK(catalogue.find("upn") == FactRef{false, 0});
  CHECK(catalogue.find("date_of_birth") == FactRef{false, 1});
  CHECK(catalogue.find("sen.status") == FactRef{false, 2});
  CHECK(catalogue.find("evidence") == FactRef{true, 0});
  CHECK(catalogue.find("assessments") == FactRef{true, 1});
  CHECK(catalogue.paths() ==
        std::vector<std::string>{"upn", "evidence", "date_of_birth",
                                 "sen.status", "assessments"});
  for (const std::string& path : catalogue.paths()) {
    CHECK(catalogue.spec(*catalogue.find(path)).path == path);
  }
}

TEST_CASE("an authority's fact that is added later moves none") {
  Catalogue catalogue = small();
  REQUIRE(
      catalogue.add_fact(fact("local.kent.band", FactType::text)).has_value());
  CHECK(catalogue.scalar("local.kent.band") == 3);
  CHECK(catalogue.scalar("upn") == 0);
  CHECK(catalogue.list("assessments") == 1);
}

TEST_CASE("a path that is no fact is not found") {
  const Catalogue catalogue = small();
  for (const char* path : {"", "upn ", "UPN", "sen", "sen.", "status",
                           "assessments.score", "assessments[]"}) {
    CAPTURE(path);
    CHECK_FALSE(catalogue.find(path).has_value());
    CHECK(catalogue.scalar(path) == -1);
    CHECK(catalogue.list(path) == -1);
  }
}

TEST_CASE("a scalar is not a list and a list not a scalar") {
  const Catalogue catalogue = small();
  CHECK(catalogue.scalar("assessments") == -1);
  CHECK(catalogue.list("upn") == -1);
  CHECK(catalogue.list("assessments") == 1);
  CHECK(catalogue.scalar("sen.status") == 2);
}

TEST_CASE("a part of a longer text finds a fact as well as a whole one") {
  const Catalogue catalogue = small();
  const std::string_view text = "pupil.sen.status = support";
  CHECK(catalogue.scalar(text.substr(6, 10)) == 2);
}

TEST_CASE("the same path or code list twice is refused and changes nothing") {
  Catalogue catalogue = small();
  CHECK(id_of(catalogue.add_fact(fact("upn", FactType::text))) ==
        "facts.duplicate");
  CHECK(id_of(catalogue.add_fact(list("upn", {}))) == "facts.duplicate");
  CHECK(id_of(catalogue.add_fact(fact("evidence", FactType::text))) ==
        "facts.duplicate");
  CHECK(id_of(catalogue.add_codes(statuses())) == "facts.duplicate");
  CHECK(id_of(catalogue.add_fact(list(
            "provision",
            {fact("name", FactType::text), fact("name", FactType::date)}))) ==
        "facts.duplicate");
  CHECK(catalogue.scalars().size() == 3);
  CHECK(catalogue.lists().size() == 2);
  CHECK(catalogue.code_lists().size() == 1);
  CHECK(catalogue.paths().size() == 5);
  CHECK_FALSE(catalogue.find("provision").has_value());
}

TEST_CASE("a code whose code list is not there is refused") {
  Catalogue catalogue = small();
  CHECK(id_of(catalogue.add_fact(fact("sex", FactType::code))) ==
        "facts.unknown_codes");
  CHECK(id_of(catalogue.add_fact(fact("sex", FactType::code, 1))) ==
        "facts.unknown_codes");
  CHECK(id_of(catalogue.add_fact(
            list("sen.levels", {fact("level", FactType::code, 7)}))) ==
        "facts.unknown_codes");
  CHECK_FALSE(catalogue.find("sex").has_value());
  CHECK_FALSE(catalogue.find("sen.levels").has_value());
  CHECK(catalogue.add_fact(fact("sex", FactType::code, 0)).has_value());
}

TEST_CASE("codes and fields are found by their names only") {
  const Catalogue catalogue = small();
  const CodeList& codes = catalogue.code_lists()[0];
  CHECK(catalogue.code_list("sen_status") == 0);
  CHECK(catalogue.code_list("ethnicity") == -1);
  CHECK(codes.find("support") == 1);
  CHECK(codes.find("K") == -1);
  CHECK(codes.find("Support") == -1);
  CHECK(codes.find("") == -1);
  const FactSpec& assessments = catalogue.lists()[1];
  CHECK(assessments.field("score") == 1);
  CHECK(assessments.field("scores") == -1);
  CHECK(catalogue.scalars()[0].field("score") == -1);
  CHECK(&catalogue.codes_of(catalogue.scalars()[2]) == &codes);
}

TEST_CASE("a misspelt path is answered with the nearest one") {
  const Catalogue catalogue = small();
  CHECK(catalogue.nearest_path("sen.staus") == "sen.status");
  CHECK(catalogue.nearest_path("assesments") == "assessments");
  CHECK(catalogue.nearest_path("attendance.possible").empty());
}

TEST_CASE("every type of fact has a name that leads back to it") {
  for (const auto type : {FactType::boolean, FactType::integer,
                          FactType::decimal, FactType::money, FactType::date,
                          FactType::code, FactType::text, FactType::list}) {
    CHECK(fact_type(name_of(type)) == type);
    CHECK_FALSE(in_words(type).empty());
  }
  CHECK(name_of(FactType::boolean) == "boolean");
  CHECK(name_of(FactType::list) == "list");
  CHECK(in_words(FactType::boolean) == "true or false");
  CHECK(in_words(FactType::integer) == "a whole number");
  CHECK_FALSE(fact_type("number").has_value());
  CHECK_FALSE(fact_type("Boolean").has_value());
  CHECK_FALSE(fact_type("").has_value());
}

TEST_CASE("a value is written for a file and for a reader") {
  const Catalogue catalogue = small();
  const FactSpec& text = catalogue.scalars()[0];
  const FactSpec& status = catalogue.scalars()[2];
  struct Written {
    Value value;
    const FactSpec* fact;
    std::string text;
    std::string words;
  };
  const std::vector<Written> all = {
      {Value(), &text, "", "not stated"},
      {Value::of(true), &text, "true", "yes"},
      {Value::of(false), &text, "false", "no"},
      {Value::of(Number::parse("9.50").value()), &text, "9.5", "9.5"},
      {Value::of(Money::parse("6000.00").value()), &text, "6000.00", "£6,000"},
      {Value::of(Date::parse("2026-11-22").value()), &text, "2026-11-22",
       "22 November 2026"},
      {Value::text("Robin"), &text, "Robin", "Robin"},
      {Value::code(1), &status, "support", "SEN support"},
      {Value::code(2), &status, "plan_final", "plan_final"},
      {Value::code(3), &status, "", ""},
      {Value::code(-1), &status, "", ""},
      {Value::code(1), &text, "", ""},
  };
  for (const Written& written : all) {
    CHECK(to_text(written.value, *written.fact, catalogue) == written.text);
    CHECK(in_words(written.value, *written.fact, catalogue) == written.words);
  }
}

}  // namespace sendcheck
