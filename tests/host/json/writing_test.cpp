#include <catch2/catch.hpp>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>
#include <string>

#include "json/value.hpp"
#include "json/writer.hpp"

using namespace sendcheck;
using json::Writer;

TEST_CASE("values are written on one line without spare white space") {
  std::string out;
  Writer writer(out);
  writer.begin_object()
      .member("upn", "A1")
      .member_or_null("name", "")
      .member_or_null("school", "S");
  writer.key("list").begin_array().number(-7).number_text("9.96").boolean(true);
  writer.boolean(false).null().begin_array().end_array().end_array();
  writer.key("empty").begin_object().end_object();
  writer.key("raw").raw("{\"x\":1}").end_object();
  CHECK(
      out ==
      R"({"upn":"A1","name":null,"school":"S","list":[-7,9.96,true,false,null,[]],"empty":{},"raw":{"x":1}})");
}

TEST_CASE("values are written indented when asked") {
  std::string out;
  Writer writer(out, 2);
  writer.begin_object().member("a", "b");
  writer.key("c").begin_array().number(1).begin_object().end_object();
  writer.end_array().end_object();
  CHECK(out == "{\n  \"a\": \"b\",\n  \"c\": [\n    1,\n    {}\n  ]\n}");
}

TEST_CASE("writing adds to what stands in the text already") {
  std::string out = "x";
  Writer(out).null();
  CHECK(out == "xnull");
}

TEST_CASE("the smallest and the largest number are written whole") {
  std::string out;
  Writer writer(out);
  writer.begin_array()
      .number(std::numeric_limits<std::int64_t>::min())
      .number(std::numeric_limits<std::int64_t>::max())
      .end_array();
  CHECK(out == "[-9223372036854775808,9223372036854775807]");
}

TEST_CASE("exactly the characters are escaped that JSON says must be") {
  for (int c = 0; c < 128; ++c) {
    std::string out;
    const std::string text(1, static_cast<char>(c));
    json::append_quoted(out, text);
    CHECK(nlohmann::json::parse(out).get<std::string>() == text);
    const bool must = c < 0x20 || c == '"' || c == '\\';
    CHECK((out.find('\\') != std::string::npos) == must);
  }
  std::string out;
  json::append_quoted(out, "\b\f\n\r\t\"\\/\x01\x1f\x7f é😀");
  CHECK(out == "\"\\b\\f\\n\\r\\t\\\"\\\\/\\u0001\\u001f\x7f é😀\"");
}

TEST_CASE("a character is escaped wherever in a text it stands") {
  for (int byte = 0; byte < 256; ++byte) {
    const auto c = static_cast<char>(byte);
    const bool is_escaped = byte < 0x20 || c == '"' || c == '\\';
    std::string alone;
    json::append_quoted(alone, std::string(1, c));
    const std::string inside = alone.substr(1, alone.size() - 2);
    CHECK((inside == std::string(1, c)) != is_escaped);
    // Neighbours of every kind, at every place in stretches of eight bytes.
    for (const char other : {'a', '!', '\x7F', '\x80', '\xFF', '#', '['}) {
      for (std::size_t before = 0; before < 18; ++before) {
        for (const std::size_t after : {0, 1, 9}) {
          std::string text;
          json::append_quoted(
              text, std::string(before, other) + c + std::string(after, other));
          CHECK(text == '"' + std::string(before, other) + inside +
                            std::string(after, other) + '"');
        }
      }
    }
  }
}

TEST_CASE("what is written is read back the same, and written again the same") {
  std::mt19937 random(7);
  const auto pick = [&](std::size_t n) { return random() % n; };
  const std::string letters[] = {
      "a", "\"", "\\", "\n", "é", "😀", "/", " ", std::string(1, '\0'), "\x1f"};
  const auto text = [&] {
    std::string made;
    for (std::size_t n = pick(12); n > 0; --n) made += letters[pick(10)];
    return made;
  };
  for (int round = 0; round < 500; ++round) {
    std::string out;
    Writer writer(out, round % 2 == 0 ? 0 : 3);
    writer.begin_array();
    const std::size_t count = pick(20);
    for (std::size_t i = 0; i < count; ++i) {
      switch (pick(5)) {
        case 0:
          writer.string(text());
          break;
        case 1:
          writer.number(static_cast<std::int64_t>(random()) - 1000000);
          break;
        case 2:
          writer.begin_object()
              .member("k" + text(), text())
              .key("b")
              .boolean(pick(2) == 0)
              .end_object();
          break;
        case 3:
          writer.begin_array().null().string(text()).end_array();
          break;
        default:
          writer.number_text("12.50");
      }
    }
    writer.end_array();
    json::Document document;
    REQUIRE(document.parse(out, "t.json"));
    std::string second;
    Writer(second, round % 2 == 0 ? 0 : 3).value(document.root());
    REQUIRE(second == out);
    REQUIRE(nlohmann::json::accept(out));
  }
}
