#include "crypto/encoding.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "support/steady_random.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

struct Pair {
  std::string bytes;
  std::string text;
};

struct Refusal {
  std::string fault;
  std::string text;
};

}  // namespace

TEST_CASE("base64 agrees with the vectors of RFC 4648") {
  const std::vector<Pair> vectors = {{"", ""},
                                     {"f", "Zg=="},
                                     {"fo", "Zm8="},
                                     {"foo", "Zm9v"},
                                     {"foob", "Zm9vYg=="},
                                     {"fooba", "Zm9vYmE="},
                                     {"foobar", "Zm9vYmFy"}};
  for (const Pair& pair : vectors) {
    CHECK(base64(pair.bytes) == pair.text);
    CHECK(from_base64(pair.text) == pair.bytes);
  }
}

TEST_CASE("base64 uses the standard alphabet and its two signs") {
  CHECK(base64("\xFB\xEF\xBE") == "++++");
  CHECK(base64("\xFF\xFF\xFF") == "////");
}

TEST_CASE("base64 that has another spelling is refused") {
  const std::vector<Refusal> refusals = {
      {"no padding", "Zg"},
      {"too little padding", "Zg="},
      {"needless padding", "Zm9v===="},
      {"padding in the middle", "Zg==Zg=="},
      {"stray low bits before two signs", "Zh=="},
      {"stray low bits before one sign", "Zm9="},
      {"the alphabet of addresses", "----"},
      {"the alphabet of addresses", "____"},
      {"a space before", " Zm9v"},
      {"a space after", "Zm9v "},
      {"a space within", "Zm 9v"},
      {"a newline after", "Zm9v\n"},
      {"a carriage return after", "Zm9v\r"},
      {"a newline within", "Zm9v\nZm9v"},
      {"a nought byte", std::string("Zm9\0", 4)},
      {"a letter outside ASCII", "Zm9\xC3\xA9"},
      {"one letter", "Z"},
      {"three letters", "Zm9"},
      {"five letters", "Zm9vZ"},
      {"padding alone", "===="}};
  for (const Refusal& refusal : refusals) {
    INFO(refusal.fault);
    CHECK_FALSE(from_base64(refusal.text).has_value());
  }
}

TEST_CASE("every text of four letters is base64 of one thing or of none") {
  // The last letter decides, given the first three: 64 letters and no other.
  int good = 0;
  for (int last = 0; last < 256; ++last) {
    const std::string text = std::string("AAA") + static_cast<char>(last);
    const auto bytes = from_base64(text);
    if (!bytes) continue;
    ++good;
    CHECK(base64(*bytes) == text);
  }
  CHECK(good == 65);  // and the padding, for two bytes
  // Of two letters and padding, only those whose second has four bits clear.
  good = 0;
  for (int last = 0; last < 256; ++last) {
    const std::string text = std::string("A") + static_cast<char>(last) + "==";
    if (from_base64(text)) ++good;
  }
  CHECK(good == 4);
}

TEST_CASE("base64 and hexadecimal give back what they were given") {
  SteadyRandom random;
  for (std::size_t size = 0; size < 100; ++size) {
    const std::string bytes = random.bytes(size);
    CHECK(from_base64(base64(bytes)) == bytes);
    CHECK(from_hex(hex(bytes)) == bytes);
    CHECK(base64(bytes).size() == (size + 2) / 3 * 4);
    CHECK(hex(bytes).size() == 2 * size);
  }
}

TEST_CASE("hexadecimal is written in lower case") {
  CHECK(hex("") == "");
  CHECK(hex(std::string("\0\x0F\xA0\xFF", 4)) == "000fa0ff");
  CHECK(from_hex("000fa0ff") == std::string("\0\x0F\xA0\xFF", 4));
}

TEST_CASE("hexadecimal that has another spelling is refused") {
  const std::vector<Refusal> refusals = {
      {"capitals", "0A"},         {"one capital", "aB"},
      {"an odd digit", "abc"},    {"one digit", "a"},
      {"a letter too far", "0g"}, {"a sign before it", "0x0a"},
      {"a space", "0a 0b"},       {"a colon", "0a:0b"},
      {"a newline", "0a\n"},      {"a nought byte", std::string("0a\0", 3)}};
  for (const Refusal& refusal : refusals) {
    INFO(refusal.fault);
    CHECK_FALSE(from_hex(refusal.text).has_value());
  }
}
