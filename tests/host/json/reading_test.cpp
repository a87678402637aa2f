#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "json/value.hpp"
#include "json/writer.hpp"

using namespace sendcheck;
using json::Document;
using json::Type;

namespace {

std::string written(const json::Value& value) {
  std::string out;
  json::Writer(out).value(value);
  return out;
}

// What a text comes to when it is read and written again.
std::string again(std::string_view text) {
  Document document;
  const auto read = document.parse(text, "t.json");
  INFO(text);
  REQUIRE(read.has_value());
  return written(document.root());
}

}  // namespace

TEST_CASE("each kind of value is read as what it is") {
  Document document;
  REQUIRE(document.parse(
      R"({"a": null, "b": true, "c": false, "d": -12.50, "e": "x",
          "f": [], "g": {}, "h": [1, "two", [3], {"four": 4}]})",
      "t.json"));
  const json::Value& root = document.root();
  REQUIRE(root.is(Type::object));
  REQUIRE(root.members.size() == 8);
  CHECK(root.members[0].key == "a");
  CHECK(root.find("a")->is(Type::null));
  CHECK(root.find("b")->is(Type::boolean));
  CHECK(root.find("b")->truth);
  CHECK_FALSE(root.find("c")->truth);
  CHECK(root.find("d")->is(Type::number));
  CHECK(root.find("d")->text == "-12.50");
  CHECK(root.find("e")->is(Type::string));
  CHECK(root.find("e")->text == "x");
  CHECK(root.find("f")->is(Type::array));
  CHECK(root.find("f")->items.empty());
  CHECK(root.find("g")->is(Type::object));
  CHECK(root.find("h")->items.size() == 4);
  CHECK(root.find("h")->items[3].find("four")->text == "4");
  CHECK(root.find("i") == nullptr);
  CHECK(root.find("h")->find("four") == nullptr);
}

TEST_CASE("a text, number or word may stand alone") {
  CHECK(again("\"x\\ty\"") == "\"x\\ty\"");
  CHECK(again("  12.0 ") == "12.0");
  CHECK(again("true") == "true");
  CHECK(again("null\n") == "null");
  CHECK(again("[]") == "[]");
  CHECK(again(" {} ") == "{}");
}

TEST_CASE("a number keeps every digit as it was written") {
  for (const std::string number :
       {"0", "-0", "0.10", "6000.00", "1e3", "1E+05", "-1.5e-7",
        "123456789012345678901234567890.123456789012345678901234567890",
        "18446744073709551616", "1e999", "0.0000000000000000000000001"}) {
    CHECK(again(number) == number);
    CHECK(again("[" + number + " , " + number + "\n]") ==
          "[" + number + "," + number + "]");
    CHECK(again("{\"n\":" + number + "}") == "{\"n\":" + number + "}");
  }
}

TEST_CASE("a text is decoded, in names as in values") {
  Document document;
  REQUIRE(document.parse(
      R"({"a\"b": "q\" s\\ /\/ \b\f\n\r\t é é 😀 \u0000",
          "sch\u006Fol": "é😀"})",
      "t.json"));
  const json::Value& root = document.root();
  CHECK(root.members[0].key == "a\"b");
  CHECK(root.members[0].value.text ==
        std::string("q\" s\\ // \b\f\n\r\t é é 😀 ") + '\0');
  REQUIRE(root.find("school") != nullptr);
  CHECK(root.find("school")->text == "é😀");
}

TEST_CASE("texts of every length around the reader's stride are read whole") {
  for (std::size_t length = 0; length < 70; ++length) {
    const std::string plain(length, 'x');
    CHECK(again("[\"" + plain + "\"]") == "[\"" + plain + "\"]");
    CHECK(again("[\"" + plain + "\\n\"]") == "[\"" + plain + "\\n\"]");
    CHECK(again("{\"" + plain + "\":1}") == "{\"" + plain + "\":1}");
  }
}

TEST_CASE("a byte-order mark at the start is skipped") {
  CHECK(again("\xEF\xBB\xBF{\"a\":1}") == "{\"a\":1}");
  Document document;
  const auto read = document.parse("\xEF\xBB\xBF{\"a\" 1}", "t.json");
  REQUIRE_FALSE(read);
  CHECK(read.error().place.column == 6);
}

TEST_CASE("a document is read again and again, and forgets what it held") {
  Document document;
  for (int i = 0; i < 200; ++i) {
    std::string text = "[";
    for (int j = 0; j <= (i * 37) % 500; ++j) {
      text += (j ? ",{\"n\":" : "{\"n\":") + std::to_string(i * j) +
              ",\"t\":\"a\\tb\"}";
    }
    text += "]";
    REQUIRE(document.parse(text, "t.json"));
    REQUIRE(written(document.root()) == text);
    REQUIRE_FALSE(document.parse("[1, 2", "t.json"));
    REQUIRE(document.root().is(Type::null));
  }
}

TEST_CASE("a document can be moved and its values stay") {
  Document document;
  REQUIRE(document.parse(R"(["a", "b\n", {"c": [1]}])", "t.json"));
  Document other = std::move(document);
  CHECK(written(other.root()) == R"(["a","b\n",{"c":[1]}])");
}

TEST_CASE("nesting is allowed 64 deep") {
  const std::string deep = std::string(64, '[') + std::string(64, ']');
  CHECK(again(deep) == deep);
  std::string objects;
  for (int i = 0; i < 63; ++i) objects += "{\"a\":";
  objects += "{}" + std::string(63, '}');
  CHECK(again(objects) == objects);
}

TEST_CASE("a large object is read, and its last name found") {
  std::string text = "{";
  for (int i = 0; i < 5000; ++i) {
    text +=
        (i ? ",\"n" : "\"n") + std::to_string(i) + "\":" + std::to_string(i);
  }
  text += "}";
  Document document;
  REQUIRE(document.parse(text, "t.json"));
  CHECK(document.root().find("n4999")->text == "4999");
}

TEST_CASE("types are named in words") {
  CHECK(json::in_words(Type::array) == "a list");
  CHECK(json::in_words(Type::string) == "a text");
  CHECK(json::in_words(Type::object) == "an object");
  CHECK(json::in_words(Type::number) == "a number");
  CHECK(json::in_words(Type::boolean) == "true or false");
  CHECK(json::in_words(Type::null) == "nothing (null)");
}

TEST_CASE("a place counts lines and characters from 1") {
  const std::string text = "ab\nécd\r\nx";
  CHECK(json::place_at(text, 0, "f").line == 1);
  CHECK(json::place_at(text, 0, "f").column == 1);
  CHECK(json::place_at(text, 1, "f").column == 2);
  CHECK(json::place_at(text, 3, "f").line == 2);
  CHECK(json::place_at(text, 3, "f").column == 1);
  CHECK(json::place_at(text, 5, "f").column == 2);  // é is two bytes
  CHECK(json::place_at(text, 9, "f", 40) == Place{"f", 42, 1, ""});
  CHECK(json::place_at(text, 999, "f").column == 2);
}
