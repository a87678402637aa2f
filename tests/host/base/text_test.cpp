#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdint>
#include <random>

namespace sendcheck {
namespace {

// A decoder by arithmetic: the number first, then whether it was written in
// as few bytes as it needs.
bool decodes(const std::string& bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const auto lead = static_cast<unsigned char>(bytes[at]);
    const int more = lead < 0x80         ? 0
                     : (lead >> 5) == 6  ? 1
                     : (lead >> 4) == 14 ? 2
                     : (lead >> 3) == 30 ? 3
                                         : -1;
    if (more < 0 || at + static_cast<std::size_t>(more) >= bytes.size()) {
      return false;
    }
    std::uint32_t value = more == 0 ? lead : lead & (0x3FU >> more);
    for (int i = 1; i <= more; ++i) {
      const auto next =
          static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
      if ((next >> 6) != 2) return false;
      value = value * 64 + next % 64;
    }
    static constexpr std::array<std::uint32_t, 4> least = {0, 0x80, 0x800,
                                                           0x10000};
    if (value < least[static_cast<std::size_t>(more)] || value > 0x10FFFF ||
        (value >= 0xD800 && value <= 0xDFFF)) {
      return false;
    }
    at += static_cast<std::size_t>(more) + 1;
  }
  return true;
}

// The fewest edits by trying all three at every place.
std::size_t edits(std::string_view a, std::string_view b) {
  if (a.empty()) return b.size();
  if (b.empty()) return a.size();
  const std::size_t same = a[0] == b[0] ? 0 : 1;
  return std::min({edits(a.substr(1), b.substr(1)) + same,
                   edits(a.substr(1), b) + 1, edits(a, b.substr(1)) + 1});
}

}  // namespace

TEST_CASE("UTF-8 is what a decoder by arithmetic accepts") {
  // Every boundary byte, in every place of strings of up to four bytes.
  constexpr std::array<unsigned char, 25> bytes = {
      0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF,
      0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
      0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF};
  std::size_t valid = 0;
  for (const auto a : bytes) {
    for (const auto b : bytes) {
      for (const auto c : bytes) {
        for (const auto d : bytes) {
          const std::string whole = {static_cast<char>(a), static_cast<char>(b),
                                     static_cast<char>(c),
                                     static_cast<char>(d)};
          for (std::size_t size = 1; size <= 4; ++size) {
            const std::string text = whole.substr(0, size);
            if (is_valid_utf8(text) != decodes(text)) {
              FAIL(Catch::Detail::stringify(text));
            }
            valid += decodes(text) ? 1 : 0;
          }
        }
      }
    }
  }
  CHECK(valid > 1000);
}

TEST_CASE("a bad byte is found wherever it stands in a long text") {
  for (std::size_t at = 0; at < 40; ++at) {
    std::string text(40, 'a');
    text[at] = '\xFF';
    CHECK_FALSE(is_valid_utf8(text));
    CHECK(valid_utf8_length(text) == at);
    text.replace(at, 1, "é");
    CHECK(is_valid_utf8(text));
    CHECK(valid_utf8_length(text) == text.size());
  }
  CHECK(valid_utf8_length("ab\xE2\x80") == 2);
  CHECK(is_valid_utf8(""));
}

TEST_CASE("white space is trimmed from both ends only") {
  CHECK(trim("  a b \t\r\n") == "a b");
  CHECK(trim("a") == "a");
  CHECK(trim(" \t\n\v\f\r ").empty());
  CHECK(trim("").empty());
  CHECK(trim("\xC2\xA0"
             "a") ==
        "\xC2\xA0"
        "a");
}

TEST_CASE("a text split and joined again is the same") {
  using Parts = std::vector<std::string_view>;
  CHECK(split("a.b.c", '.') == Parts{"a", "b", "c"});
  CHECK(split("", '.') == Parts{""});
  CHECK(split(".a.", '.') == Parts{"", "a", ""});
  for (const char* text : {"", ".", "a", "a.b", "..a..b.."}) {
    std::vector<std::string> parts;
    for (const auto part : split(text, '.')) parts.emplace_back(part);
    CHECK(join(parts, ".") == text);
  }
}

TEST_CASE("a list in words has commas and an and") {
  CHECK(join_in_words({}) == "");
  CHECK(join_in_words({"a"}) == "a");
  CHECK(join_in_words({"a", "b"}) == "a and b");
  CHECK(join_in_words({"a", "b", "c"}) == "a, b and c");
  CHECK(join_in_words({"a", "b", "c"}, " or ") == "a, b or c");
}

TEST_CASE("letters of ASCII change case, others do not") {
  CHECK(to_lower("AbZ-É9@[") == "abz-É9@[");
  CHECK(capitalised("the record") == "The record");
  CHECK(capitalised("The record") == "The record");
  CHECK(capitalised("émile") == "émile");
  CHECK(capitalised("").empty());
}

TEST_CASE(
    "the nearest word is the one with the fewest edits, the first of "
    "several") {
  std::mt19937 random(3);
  const auto word = [&] {
    std::string text(random() % 6 + 1, 'a');
    for (char& c : text) c = static_cast<char>('a' + random() % 3);
    return text;
  };
  int found = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::string misspelt = word();
    const std::vector<std::string> candidates = {word(), word(), word()};
    std::string expected;
    std::size_t fewest = misspelt.size() / 3 + 1;
    for (const std::string& candidate : candidates) {
      if (edits(misspelt, candidate) < fewest) {
        fewest = edits(misspelt, candidate);
        expected = candidate;
      }
    }
    if (nearest(misspelt, candidates) != expected) FAIL(misspelt);
    if (!expected.empty()) ++found;
  }
  CHECK(found > 100);
}

TEST_CASE("a slip of the hand is recognised, another word is not") {
  const std::vector<std::string> paths = {"sen.status", "ehcp.issued_on",
                                          "date_of_birth"};
  CHECK(nearest("sen.statsu", paths) == "sen.status");
  CHECK(nearest("date_of_brith", paths) == "date_of_birth");
  CHECK(nearest("ehcp.isued_on", paths) == "ehcp.issued_on");
  CHECK(nearest("attendance", paths).empty());
  CHECK(nearest("", paths).empty());
  CHECK(nearest("ab", {"ac"}).empty());
  CHECK(nearest("sen.status", {}).empty());
  CHECK(nearest(std::string(100'000, 'a'), paths).empty());
}

TEST_CASE("width counts characters, not bytes") {
  CHECK(width("") == 0);
  CHECK(width("abc") == 3);
  CHECK(width("£6,000") == 6);
  CHECK(width("é\xF0\x9F\x98\x80") == 2);
}

TEST_CASE("what is quoted has no control characters and is valid UTF-8") {
  CHECK(quoted("Robin Testwell") == "Robin Testwell");
  CHECK(quoted("a\nb") ==
        "a\xEF\xBF\xBD"
        "b");
  CHECK(quoted("\x1B[31m") == "\xEF\xBF\xBD[31m");
  CHECK(quoted(std::string_view("\0", 1)) == "\xEF\xBF\xBD");
  CHECK(quoted("a\xFFz") == "a\xEF\xBF\xBDz");
  CHECK(quoted("\x7F") == "\xEF\xBF\xBD");
  CHECK(quoted("\xC2\x9B"
               "31m") ==
        "\xEF\xBF\xBD"
        "31m");
  CHECK(quoted("a\xE2\x80\xAE"
               "b") ==
        "a\xEF\xBF\xBD"
        "b");
  std::mt19937 random(4);
  for (int i = 0; i < 20'000; ++i) {
    std::string text(random() % 30, ' ');
    for (char& c : text) c = static_cast<char>(random());
    const std::size_t limit = random() % 40;
    const std::string shown = quoted(text, limit);
    const bool clean = std::none_of(shown.begin(), shown.end(), [](char c) {
      return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    });
    if (!clean || !is_valid_utf8(shown) || shown.size() > limit) {
      FAIL("seed step " << i);
    }
  }
}

TEST_CASE("a long text is cut between characters and marked") {
  CHECK(quoted("abcdefghij", 10) == "abcdefghij");
  CHECK(quoted("abcdefghijk", 10) == "abcdefg…");
  CHECK(quoted("ééééééé", 10) == "ééé…");
  CHECK(quoted("abcdef", 3) == "…");
  CHECK(quoted("abcdef", 2).empty());
  CHECK(quoted(std::string(1000, 'a')).size() == 60);
}

TEST_CASE("a CSV field is quoted only where it must be") {
  CHECK(csv_field("Robin") == "Robin");
  CHECK(csv_field("") == "");
  CHECK(csv_field("Testwell, Robin") == "\"Testwell, Robin\"");
  CHECK(csv_field("the \"unit\"") == "\"the \"\"unit\"\"\"");
  CHECK(csv_field("two\nlines") == "\"two\nlines\"");
  CHECK(csv_field("a\rb") == "\"a\rb\"");
}

TEST_CASE("a text that a spreadsheet would compute is guarded") {
  CHECK(csv_field("=1+1") == "'=1+1");
  CHECK(csv_field("+44") == "'+44");
  CHECK(csv_field("-250.00") == "'-250.00");
  CHECK(csv_field("@SUM(A1)") == "'@SUM(A1)");
  CHECK(csv_field("\tx") == "'\tx");
  CHECK(csv_field("\r=x") == "\"'\r=x\"");
  CHECK(csv_field("=HYPERLINK(\"x\",1)") == "\"'=HYPERLINK(\"\"x\"\",1)\"");
  CHECK(csv_field("'=1") == "''=1");
  CHECK(csv_field("'tis") == "'tis");
  CHECK(csv_field("a=b") == "a=b");
}

}  // namespace sendcheck
