#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"

using namespace sendcheck;
using json::Document;

namespace {

Error fault(std::string_view text, int line = 1) {
  Document document;
  const auto read = document.parse(text, "t.json", line);
  INFO(text);
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().place.file == "t.json");
  return read.error();
}

struct Case {
  std::string text;
  std::string id;
  int line;
  int column;
  std::string says;  // part of the message
};

}  // namespace

TEST_CASE("a fault in a text is told with its place and what was expected") {
  const std::vector<Case> cases = {
      {"", "json.syntax", 1, 1, "empty, expected a text in quotation marks"},
      {" \n ", "json.syntax", 2, 2, "empty"},
      {"{", "json.syntax", 1, 2, "ends too soon, expected a name"},
      {"{\"a\"", "json.syntax", 1, 5, "ends too soon, expected a colon"},
      {"{\"a\":", "json.syntax", 1, 6, "ends too soon, expected a text in"},
      {"{\"a\":1", "json.syntax", 1, 7,
       "ends too soon, expected a comma, or }"},
      {"{\"a\":1,", "json.syntax", 1, 8, "expected a name in quotation marks"},
      {"[", "json.syntax", 1, 2, "or ]"},
      {"[1", "json.syntax", 1, 3, "expected a comma, or ]"},
      {"[1,\n\n", "json.syntax", 3, 1, "after the comma"},
      {"[1,]", "json.syntax", 1, 4, "Found \"]\""},
      {"{\"a\":1,}", "json.syntax", 1, 8, "Found \"}\""},
      {"{\"a\" 1}", "json.syntax", 1, 6, "expected a colon"},
      {"{\"a\":}", "json.syntax", 1, 6, "Found \"}\", expected a text in"},
      {"{\"a\":1 \"b\":2}", "json.syntax", 1, 8,
       "Found \"\"b\"\", expected a comma, or }"},
      {"{a:1}", "json.syntax", 1, 2, "Found \"a\", expected a name"},
      {"{'a':1}", "json.syntax", 1, 2, "expected a name in quotation marks"},
      {"{1:1}", "json.syntax", 1, 2, "Found \"1\", expected a name"},
      {"[1 2]", "json.syntax", 1, 4, "Found \"2\", expected a comma, or ]"},
      {"[1}", "json.syntax", 1, 3, "Found \"}\", expected a comma, or ]"},
      {"{\"a\":1]", "json.syntax", 1, 7, "Found \"]\", expected a comma, or }"},
      {"{} {}", "json.syntax", 1, 4, "Found \"{\", expected the end"},
      {"{}x", "json.syntax", 1, 3, "expected the end of the text"},
      {"1 2", "json.syntax", 1, 3, "expected the end of the text"},
      {"\"a\" \"b\"", "json.syntax", 1, 5, "expected the end of the text"},
      {"]", "json.syntax", 1, 1, "Found \"]\""},
      {"[True]", "json.syntax", 1, 2, "Found \"True\""},
      {"[nul]", "json.syntax", 1, 2, "Found \"nul\""},
      {"[NaN]", "json.syntax", 1, 2, "Found \"NaN\""},
      {"[truex]", "json.syntax", 1, 2, "Found \"truex\", expected a text in"},
      {"[-]", "json.syntax", 1, 2, "is not a number"},
      {"[1.]", "json.syntax", 1, 2, "is not a number"},
      {"[1e]", "json.syntax", 1, 2, "is not a number"},
      {"[01]", "json.syntax", 1, 2, "\"01\" is not a number"},
      {"[.5]", "json.syntax", 1, 2, "\".5\" is not a number"},
      {"[+1]", "json.syntax", 1, 2, "\"+1\" is not a number"},
      {"{\"a\":\n  \"b", "json.syntax", 2, 5, "ends inside a text"},
      {"{\"a\":\"b\n\"}", "json.syntax", 1, 8, "line ends inside a text"},
      {"[\"a\tb\"]", "json.syntax", 1, 4, "control character 0x09"},
      {"[\"a\\x\"]", "json.syntax", 1, 5, "after a backslash"},
      {"[\"\\u12g4\"]", "json.syntax", 1, 7, "four hexadecimal digits"},
      {"[\"\\ud800\"]", "json.syntax", 1, 9, "expected both halves"},
      {"[\"\\ud800\\u0041\"]", "json.syntax", 1, 14, "expected both halves"},
      {"[\"\\udc00\"]", "json.syntax", 1, 8, "expected both halves"},
      {"{\"a\":1,\"a\":2}", "json.duplicate_key", 1, 8, "\"a\" stands twice"},
      {"[{},\n{\"b\":{\"x\":1, \"y\":2,\n \"x\":3}}]", "json.duplicate_key", 3,
       2, "\"x\" stands twice"},
      {"{\"school\":1,\"sch\\u006fol\":2}", "json.duplicate_key", 1, 13,
       "\"school\""},
      {"{\"a\\\"\":1,\"a\\\"\":2}", "json.duplicate_key", 1, 10, "twice"},
      {"{\"\":1,\"\":2}", "json.duplicate_key", 1, 7, "twice"},
      {std::string(65, '['), "json.depth", 1, 65, "more than 64 deep"},
      {"{\"a\":\xE9}", "json.encoding", 1, 6, "0xE9"},
      {"{\"a\":1,\n\"b\":\"caf\xE9\"}", "json.encoding", 2, 9, "0xE9"},
      {"{\"a\":\"\xED\xA0\x80\"}", "json.encoding", 1, 7, "not UTF-8"},
      {"{\"a\":\"\xC0\xAF\"}", "json.encoding", 1, 7, "not UTF-8"},
      {"{\"a\":\"\xF0\x9F\x98", "json.encoding", 1, 7, "not UTF-8"},
      {"\xFF\xFE{", "json.encoding", 1, 1, "UTF-16"},
      {std::string("{\"a\":\"b\0c\"}", 11), "json.syntax", 1, 8, "null byte"},
      {std::string("{}\0", 3), "json.syntax", 1, 3, "null byte"},
      {std::string("\0\0\0\0", 4), "json.syntax", 1, 1, "null byte"},
      {std::string("{\"a\" 1}\0", 8), "json.syntax", 1, 6, "colon"},
  };
  for (const Case& c : cases) {
    const Error error = fault(c.text);
    INFO(c.text);
    INFO(error.to_string());
    CHECK(error.id == c.id);
    CHECK(error.place.line == c.line);
    CHECK(error.place.column == c.column);
    CHECK_THAT(error.message, Catch::Contains(c.says));
    CHECK(std::string_view(".?").find(error.message.back()) !=
          std::string_view::npos);
    CHECK(error.message.find("parse error") == std::string::npos);
    CHECK(error.message.find("last read") == std::string::npos);
  }
}

TEST_CASE("a line of a larger file is told by its line in that file") {
  CHECK(fault("{\"a\" 1}", 77).place.line == 77);
  CHECK(fault("[1,\n2 3]", 77).place.line == 78);
}

TEST_CASE("a name given twice is found in small objects and in large ones") {
  for (int size : {2, 3, 8, 20, 64, 65, 66, 200, 3000}) {
    for (int twin : {0, (size - 2) / 2, size - 2}) {
      std::string text = "{";
      for (int i = 0; i < size - 1; ++i) {
        text += "\"key_" + std::to_string(i) + "\":1,";
      }
      Document document;
      REQUIRE(document.parse(text + "\"another\":1}", "t.json"));
      const Error error =
          fault(text + "\"key_" + std::to_string(twin) + "\":1}");
      CHECK(error.id == "json.duplicate_key");
      CHECK(error.place.column == static_cast<int>(text.size()) + 1);
    }
  }
}

TEST_CASE("a hundred thousand open brackets are refused, not followed") {
  CHECK(fault(std::string(100000, '[')).id == "json.depth");
  std::string objects;
  for (int i = 0; i < 100000; ++i) objects += "{\"a\":";
  CHECK(fault(objects).id == "json.depth");
}

TEST_CASE("the same name in two objects is no fault") {
  Document document;
  CHECK(document.parse(R"([{"a":{"a":1}},{"a":[{"a":1},{"a":2}]}])", "t"));
}

TEST_CASE(
    "every beginning of a text is refused, by a reader that has just read the "
    "whole") {
  const std::string whole =
      R"({"a": {"b": [1, {"c": "d"}, [true]], "e": null}, "f": [], "g": "h"})";
  Document document;
  for (std::size_t length = 0; length < whole.size(); ++length) {
    REQUIRE(document.parse(whole, "t.json"));
    const auto read =
        document.parse(std::string_view(whole).substr(0, length), "t.json");
    INFO(whole.substr(0, length));
    REQUIRE_FALSE(read);
    REQUIRE(read.error().id == "json.syntax");
    // At the end, or where a word that is cut short begins.
    const int end = static_cast<int>(length) + 1;
    REQUIRE(read.error().place.column <= end);
    REQUIRE(read.error().place.column >= end - 3);
  }
}

TEST_CASE("brackets that do not match are refused") {
  const std::string brackets = "{}[],:1";
  int accepted = 0;
  for (int n = 0; n < 16807; ++n) {
    std::string text = "[";
    for (int i = 0, rest = n; i < 5; ++i, rest /= 7) {
      text += brackets[static_cast<std::size_t>(rest % 7)];
    }
    text += "]";
    Document document;
    const bool read = document.parse(text, "t.json").has_value();
    INFO(text);
    REQUIRE(read == nlohmann::json::accept(text));
    accepted += read ? 1 : 0;
  }
  CHECK(accepted > 10);
}

// The oracle is nlohmann's parser: what it accepts we accept and read the same,
// what it refuses we refuse, but for what we are stricter in (a name twice,
// nesting, null bytes) or laxer (numbers beyond a double).
TEST_CASE(
    "damaged texts are accepted or refused as an independent reader would") {
  const std::string valid =
      R"({"upn": "A123456789012", "n": [1, -2.50, 1e5, 0], "t": "é\n\u00e9 \ud83d\ude00",
  "o": {"x": null, "y": true, "z": false, "w": {}}, "e": [], "l": [{"a": "b\\"}, {}]})";
  const std::string spice = "{}[]\",:\\0123-+.eEtfnu \n\tax\xC3\xA9\xFF";
  std::mt19937 random(20261122);
  const auto pick = [&](std::size_t n) { return random() % n; };
  int accepted = 0;
  int refused = 0;
  for (int i = 0; i < 60000; ++i) {
    std::string text = valid;
    const std::size_t changes = 1 + pick(3);
    for (std::size_t k = 0; k < changes && !text.empty(); ++k) {
      const std::size_t at = pick(text.size());
      switch (pick(5)) {
        case 0:
          text.erase(at, 1 + pick(4));
          break;
        case 1:
          text.insert(at, 1, spice[pick(spice.size())]);
          break;
        case 2:
          text[at] = spice[pick(spice.size())];
          break;
        case 3:
          text.resize(at);
          break;
        default:
          text.insert(at, text.substr(pick(text.size()), pick(12)));
      }
    }
    Document document;
    const auto read = document.parse(text, "t.json");
    const bool expected = is_valid_utf8(text) && nlohmann::json::accept(text);
    INFO(text);
    if (read) {
      ++accepted;
      std::string out;
      json::Writer(out).value(document.root());
      // A number too large for a double is all that the oracle cannot read.
      if (expected) {
        REQUIRE(nlohmann::ordered_json::parse(text) ==
                nlohmann::ordered_json::parse(out));
      } else {
        const bool overflow =
            text.find_first_of("eE", text.find("1e5")) != std::string::npos;
        REQUIRE(overflow);
      }
    } else {
      ++refused;
      INFO(read.error().to_string());
      const std::set<std::string> ids = {"json.syntax", "json.encoding",
                                         "json.duplicate_key", "json.depth"};
      REQUIRE(ids.contains(read.error().id));
      REQUIRE(read.error().place.line >= 1);
      REQUIRE(read.error().place.column >= 1);
      REQUIRE(is_valid_utf8(read.error().message));
      REQUIRE(read.error().message != "This cannot be read as JSON.");
      if (expected) REQUIRE(read.error().id == "json.duplicate_key");
    }
  }
  CHECK(accepted > 3000);
  CHECK(refused > 3000);
}
