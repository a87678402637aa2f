#include "casework/log_difference.hpp"

#include <catch2/catch.hpp>

#include "audit/entry.hpp"

using namespace sendcheck;

namespace {

Entry entry_of(EntryKind kind, const std::string& actor) {
  Entry entry;
  entry.number = 1200;
  entry.at = {1'763'900'000};
  entry.kind = kind;
  entry.actor = actor;
  entry.program = "0.1.0";
  return entry;
}

bool holds(const std::string& text, const std::string& part) {
  INFO(text);
  return text.find(part) != text.npos;
}

}  // namespace

TEST_CASE("Copies that are the same are said to be") {
  CHECK(in_words({.size_a = 1, .size_b = 1}, "A", "B") ==
        "The same: all 1 entry.\n");
}

TEST_CASE("The shorter of two copies is named as the beginning") {
  CHECK(in_words({.size_a = 1200, .size_b = 1201}, "old.db", "new.db") ==
        "old.db is the beginning of new.db: all its 1,200 entries are there, "
        "and 1 entry more, from entry 1,200 on.\n");
  CHECK(in_words({.size_a = 1201, .size_b = 1200}, "new.db", "old.db") ==
        "old.db is the beginning of new.db: all its 1,200 entries are there, "
        "and 1 entry more, from entry 1,200 on.\n");
}

TEST_CASE("Where two copies part is told from both with what is not the same") {
  LogDifference difference{.size_a = 1300, .size_b = 1300};
  difference.first = 1200;
  difference.bytes_a = canonical_bytes(entry_of(EntryKind::sign_in, "Ada"));
  difference.bytes_b = canonical_bytes(entry_of(EntryKind::backed_up, "Bo"));
  const std::string words = in_words(difference, "A", "B");
  CHECK(words.starts_with(
      "They part at entry 1,200: the 1,200 entries before it are the same in "
      "both.\n"));
  CHECK(holds(words, "Ada, sign_in: signed in"));
  CHECK(holds(words, "Bo, backed_up: backed up"));
  CHECK(holds(words, "not the same: who did it and the kind"));
  difference.bytes_b.reset();
  CHECK(holds(in_words(difference, "A", "B"), "it is not there"));
  difference.bytes_b = "rubbish\n";
  CHECK(holds(in_words(difference, "A", "B"), "not in the form"));
  difference.first = 0;
  CHECK(holds(in_words(difference, "A", "B"), "nothing in common"));
}

TEST_CASE("Contents that only one copy has or that differ are told") {
  LogDifference difference{.size_a = 5, .size_b = 5};
  difference.sealed_only_in_b = 2;
  difference.first_other_sealed = 3;
  const std::string words = in_words(difference, "A", "B");
  CHECK(holds(words, "contents of 2 entries are only in B"));
  CHECK(holds(words, "sealed contents of entry 3 are not the same"));
  CHECK(!holds(words, "only in A"));
}
