#include "audit/log_copy.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "small_pack.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

namespace fs = std::filesystem;

void grow(SmallStore& store, int entries, const std::string& about = "{}") {
  for (int i = 0; i < entries; ++i) {
    well(store.log->append({.kind = EntryKind::view, .about = about}));
  }
}

std::string copied(SmallStore& store, const std::string& name) {
  const std::string to = store.scratch.path(name);
  fs::copy_file(store.scratch.path("log.db"), to);
  return to;
}

LogDifference between(const std::string& a, const std::string& b) {
  LogCopy in_a = well(LogCopy::open(a)), in_b = well(LogCopy::open(b));
  return well(compare(in_a, in_b));
}

}  // namespace

TEST_CASE("Two copies of a log are the same until one of them grows") {
  SmallStore store;
  grow(store, 5);
  const std::string live = store.scratch.path("log.db");
  const std::string copy = copied(store, "copy.db");
  CHECK(!between(live, copy).first);
  grow(store, 300);
  const LogDifference grown = between(live, copy);
  CHECK(!grown.first);
  CHECK(grown.size_a == 306);
  CHECK(grown.size_b == 6);
}

TEST_CASE("The first entry where two copies part is found wherever it is") {
  SmallStore store;
  grow(store, 3);
  for (int i = 0; i < 8; ++i) {
    const std::string fork = copied(store, "fork" + std::to_string(i) + ".db");
    {
      LogPlace place{fork, store.keys()};
      auto other = well(Log::open(
          place, {"B. Example", "0.1.0", &store.clock, &store.random}, false));
      well(other->append({.kind = EntryKind::printed}));
    }
    const std::uint64_t size = well(store.log->reader().size());
    grow(store, 70);
    const LogDifference found = between(store.scratch.path("log.db"), fork);
    REQUIRE(found.first == size);
    CHECK(well(read_entry(*found.bytes_a)).kind == EntryKind::view);
    CHECK(well(read_entry(*found.bytes_b)).kind == EntryKind::printed);
  }
}

TEST_CASE("A pack is compared with the store that it came from") {
  SmallStore store;
  grow(store, 600);
  const std::string pack = small_pack(store);
  CHECK(!between(store.scratch.path("log.db"), pack).first);
  CHECK(!between(pack, pack + "/log").first);
  const std::string bundle = pack + "/log/tile/entries/001";
  std::string bytes = content_of(bundle);
  const std::string word = "\"number\":300";
  bytes.replace(bytes.find(word), word.size(), "\"number\":333");
  store.scratch.write("pack/log/tile/entries/001", bytes);
  const LogDifference changed = between(store.scratch.path("log.db"), pack);
  CHECK(changed.first == 300);
  fs::remove(bundle);
  const LogDifference gone = between(pack, store.scratch.path("log.db"));
  CHECK(gone.first == 256);
  CHECK(!gone.bytes_a);
}

TEST_CASE("Contents that were erased in one copy are counted") {
  SmallStore store;
  store.check("A886910000001", "{}");
  store.check("A886910000002", "{}");
  const std::string copy = copied(store, "copy.db");
  const auto pupil = well(store.log->keys().by_upn("A886910000001"));
  well(store.log->erase(pupil->pseudonym, "retention_ended"));
  const LogDifference found = between(store.scratch.path("log.db"), copy);
  CHECK(!found.first);
  CHECK(found.sealed_only_in_a == 0);
  CHECK(found.sealed_only_in_b == 1);
}

TEST_CASE("What is no log is refused") {
  Scratch scratch;
  const auto folder = LogCopy::open(scratch.folder());
  REQUIRE(!folder.has_value());
  CHECK(folder.error().id == "copy.no_log");
  scratch.write("broken/checkpoint", "log\nmany\n");
  const auto broken = LogCopy::open(scratch.path("broken"));
  REQUIRE(!broken.has_value());
  CHECK(broken.error().id == "copy.no_log");
  const auto missing = LogCopy::open(scratch.path("none.db"));
  REQUIRE(!missing.has_value());
  CHECK(missing.error().id == "store.missing");
  const auto other = LogCopy::open(scratch.write("letter.txt", "Dear"));
  REQUIRE(!other.has_value());
  CHECK(other.error().id == "store.not_a_store");
}
