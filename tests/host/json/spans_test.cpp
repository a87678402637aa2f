#include "json/spans.hpp"

#include <catch2/catch.hpp>

#include "json/value.hpp"

using namespace sendcheck;

namespace {

std::string at(const std::string& text, const std::vector<std::string>& keys) {
  const auto span = json::span_of(text, keys);
  return span ? text.substr(span->begin, span->end - span->begin) : "nothing";
}

std::string without(const std::string& text,
                    const std::vector<std::string>& keys) {
  json::Edits edits(text);
  edits.replace(json::span_of_member(text, keys), "");
  return edits.text();
}

}  // namespace

TEST_CASE("A value is found where it stands whatever stands before it") {
  const std::string text =
      R"( { "a" : "}\"{" , "list": [ { "b": 1 }, "]" ], "b": { "c\u0064": -1.50 , "e":true},"n":null } )";
  CHECK(at(text, {"a"}) == R"("}\"{")");
  CHECK(at(text, {"list"}) == R"([ { "b": 1 }, "]" ])");
  CHECK(at(text, {"b", "cd"}) == "-1.50");
  CHECK(at(text, {"b", "e"}) == "true");
  CHECK(at(text, {"n"}) == "null");
  CHECK(at(text, {"c"}) == "nothing");
  CHECK(at(text, {"b", "b"}) == "nothing");
  CHECK(at(text, {"a", "b"}) == "nothing");
  CHECK(at("{}", {"a"}) == "nothing");
}

TEST_CASE("A member goes with the comma that has no meaning without it") {
  const std::string text = R"({ "a": 1, "b": 2, "c": 3 })";
  CHECK(without(text, {"a"}) == R"({ "b": 2, "c": 3 })");
  CHECK(without(text, {"b"}) == R"({ "a": 1, "c": 3 })");
  CHECK(without(text, {"c"}) == R"({ "a": 1, "b": 2 })");
  CHECK(without(text, {"d"}) == text);
  CHECK(without(R"({"a":{"b":1}})", {"a", "b"}) == R"({"a":{}})");
  json::Document document;
  for (const char* key : {"a", "b", "c"}) {
    CHECK(document.parse(without(text, {key}), "text"));
  }
}

TEST_CASE(
    "Several stretches are exchanged at once and every other byte stays") {
  const std::string text =
      "\xEF\xBB\xBF{\r\n\t\"a\": 1,\r\n\t\"b\": [2]\r\n}\r\n";
  json::Edits edits(text);
  edits.replace(json::span_of(text, {"b"}), "\"two\"");
  edits.replace(json::span_of(text, {"a"}), "one");
  edits.replace(json::span_of(text, {"x"}), "lost");
  CHECK(edits.text() ==
        "\xEF\xBB\xBF{\r\n\t\"a\": one,\r\n\t\"b\": \"two\"\r\n}\r\n");
}
