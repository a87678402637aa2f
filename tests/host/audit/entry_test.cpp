// Entries are bytes: written in one way, and read back only if they are written in that way.
#include "audit/entry.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "json/canonical.hpp"
#include "json/value.hpp"

namespace sendcheck::test {
namespace {

Entry full_entry() {
  Entry entry;
  entry.number = 12345;
  entry.at = *Moment::parse("2026-11-24T09:02:03Z");
  entry.kind = EntryKind::decision;
  entry.actor = "a.senco";
  entry.program = "0.1.0";
  entry.subject = "0123456789abcdef0123456789abcdef";
  entry.about = R"({"check":7,"list":[1,-2,"x",null,true,{}],"rule":"a-b"})";
  entry.payload = {77, sha256_digest({"sealed"})};
  return entry;
}

std::string id_of(std::string_view bytes) {
  const auto entry = read_entry(bytes);
  return entry ? std::string("read") : entry.error().id;
}

}  // namespace

TEST_CASE("every kind of entry reads back as it was written") {
  int kinds = 0;
  for (int kind = 0; kind <= static_cast<int>(EntryKind::restored); ++kind) {
    for (const bool bare : {false, true}) {
      Entry entry = full_entry();
      entry.kind = static_cast<EntryKind>(kind);
      if (bare) {
        entry.subject.clear();
        entry.payload.reset();
        entry.about = "{}";
      }
      const std::string bytes = canonical_bytes(entry);
      const auto read = read_entry(bytes);
      INFO(bytes);
      REQUIRE(read.has_value());
      CHECK(*read == entry);
      CHECK(entry_kind(name_of(entry.kind)) == entry.kind);
      json::Document document;
      REQUIRE(document.parse(bytes, "").has_value());
      CHECK(json::canonical(document.root()) == bytes);
      ++kinds;
    }
  }
  CHECK(kinds == 44);
}

TEST_CASE("what needs escapes is written and read too") {
  Entry entry = full_entry();
  for (const char* actor : {"quo\"te", "back\\slash", "line\nbreak",
                            "caf\u00e9", "", "\x01", "O'Example"}) {
    entry.actor = actor;
    const auto read = read_entry(canonical_bytes(entry));
    INFO(canonical_bytes(entry));
    REQUIRE(read.has_value());
    CHECK(*read == entry);
  }
}

TEST_CASE("an entry in any other form is refused") {
  const std::string bytes = canonical_bytes(full_entry());
  REQUIRE(id_of(bytes) == "read");
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string changed = bytes;
    const std::size_t at = changed.find(from);
    REQUIRE(at != std::string::npos);
    return id_of(changed.replace(at, from.size(), to));
  };
  const std::vector<std::pair<std::string, std::string>> changes = {
      {",\"at\"", ", \"at\""},                      // white space
      {"\"number\":12345", "\"number\":012345"},    // a leading nought
      {"\"number\":12345", "\"number\":12345.0"},   // a fraction
      {"\"number\":12345", "\"number\":1.2345e4"},  // an exponent
      {"\"number\":12345", "\"number\":-1"},        // below nought
      {"\"number\":12345", "\"number\":9223372036854775808"},
      {"\"number\":12345", "\"number\":\"12345\""},  // a text
      {"\"number\":12345,", ""},                     // missing
      {"\"v\":1", "\"v\":2"},                        // another version
      {",\"v\":1", ",\"v\":1,\"w\":1"},              // one more
      {"\"kind\":\"decision\"", "\"kind\":\"verdict\""},
      {"T09:02:03Z", "T09:02:03+00:00"},
      {"T09:02:03Z", "T24:02:03Z"},
      {"2026-11-24", "2026-02-30"},
      {"\"check\":7,\"list\"", "\"list\":1,\"check\":7,\"lisu\""},  // order
      {"\"check\":7", "\"check\":7,\"check\":7"},                   // twice
      {"\"check\":7", "\"check\":+7"},
      {"\"check\":7", "\"check\":-0"},
      {"\"actor\":\"a.senco\"", "\"actor\":\"\\u0061.senco\""},
      {"\"subject\":\"0123", "\"subject\":\"012G"},
      {"\"subject\":\"0123", "\"subject\":\"01234"},
      {"\"subject\":\"0123456789abcdef", "\"subject\":\"0123456789ABCDEF"},
      {"sha256:", "sha512:"},
      {"\"bytes\":77", "\"bytes\":077"},
      {"\"about\":{", "\"about\":[{"}};
  for (const auto& [from, to] : changes) {
    INFO(from << " -> " << to);
    CHECK(with(from, to) == "entry.malformed");
  }
  CHECK(id_of("") == "entry.malformed");
  CHECK(id_of("{}") == "entry.malformed");
  CHECK(id_of("[]") == "entry.malformed");
  CHECK(id_of(bytes + "\n") == "entry.malformed");
  CHECK(id_of(bytes + bytes) == "entry.malformed");
  CHECK(id_of("\xEF\xBB\xBF" + bytes) == "entry.malformed");
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    CHECK(id_of(bytes.substr(0, length)) == "entry.malformed");
  }
}

TEST_CASE("what reads is what would have been written whatever was changed") {
  // Two readers, a quick and a careful one, must not differ in what they take.
  std::mt19937_64 chance(1);
  const std::string letters = "{}[]\",:\\0123456789-+.eEtrufalsn \x01\xC3\xA9";
  int read = 0;
  for (int trial = 0; trial < 60'000; ++trial) {
    Entry entry = full_entry();
    entry.number = chance() % 100;
    std::string bytes = canonical_bytes(entry);
    const std::size_t changes = 1 + chance() % 2;
    for (std::size_t i = 0; i < changes; ++i) {
      const std::size_t at = chance() % bytes.size();
      const char letter = letters[chance() % letters.size()];
      switch (chance() % 3) {
        case 0:
          bytes[at] = letter;
          break;
        case 1:
          bytes.insert(at, 1, letter);
          break;
        default:
          bytes.erase(at, 1);
      }
    }
    const auto found = read_entry(bytes);
    if (!found) {
      CHECK(found.error().id == "entry.malformed");
      continue;
    }
    ++read;
    CHECK(canonical_bytes(*found) == bytes);
  }
  CHECK(read > 1000);  // a digit for a digit, a letter in a text
}

}  // namespace sendcheck::test
