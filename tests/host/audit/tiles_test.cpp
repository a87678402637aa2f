#include "audit/tiles.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

using namespace sendcheck;

namespace {

struct Refusal {
  std::string fault;
  std::string text;
};

std::string path_of(const TileName& name) {
  return name.level < 0 ? bundle_path(name.index, name.width)
                        : tile_path(name.level, name.index, name.width);
}

}  // namespace

TEST_CASE("the path of a tile has its number in groups of three digits") {
  CHECK(tile_path(0, 0, 256) == "tile/0/000");
  CHECK(tile_path(0, 999, 256) == "tile/0/999");
  CHECK(tile_path(0, 1000, 256) == "tile/0/x001/000");
  CHECK(tile_path(3, 1234067, 5) == "tile/3/x001/x234/067.p/5");
  CHECK(bundle_path(0, 255) == "tile/entries/000.p/255");
  CHECK(bundle_path(1234067, 256) == "tile/entries/x001/x234/067");
  CHECK(bundle_path(~std::uint64_t{0}, 256) ==
        "tile/entries/x018/x446/x744/x073/x709/x551/615");
}

TEST_CASE("the path of every kind of tile is read back") {
  std::set<std::string> seen;
  for (const int level : {-1, 0, 1, 9, 10, 63}) {
    for (const std::uint64_t index :
         {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{10},
          std::uint64_t{999}, std::uint64_t{1000}, std::uint64_t{100'100},
          std::uint64_t{999'999}, std::uint64_t{1'000'000},
          ~std::uint64_t{0}}) {
      for (const int width : {1, 9, 10, 255, 256}) {
        const std::string path = path_of({level, index, width});
        INFO(path);
        CHECK(seen.insert(path).second);
        const auto name = parse_tile_path(path);
        REQUIRE(name);
        CHECK(name->level == level);
        CHECK(name->index == index);
        CHECK(name->width == width);
      }
    }
  }
}

TEST_CASE("a path that is not that of a tile is refused") {
  const std::vector<Refusal> refusals = {
      {"nothing", ""},
      {"a checkpoint", "checkpoint"},
      {"the folder", "tile"},
      {"the folder with a slash", "tile/"},
      {"a level alone", "tile/0"},
      {"a level with a slash", "tile/0/"},
      {"no level", "tile//000"},
      {"a level past the highest", "tile/64/000"},
      {"a level with a nought before it", "tile/00/000"},
      {"a level below nought", "tile/-1/000"},
      {"a level that is a word", "tile/entry/000"},
      {"another folder", "tiles/0/000"},
      {"a slash before it", "/tile/0/000"},
      {"a slash after it", "tile/0/000/"},
      {"a number of two digits", "tile/0/00"},
      {"a number of four digits", "tile/0/0000"},
      {"a number of five digits in groups", "tile/0/x01/000"},
      {"a number with a group too many", "tile/0/x000/001"},
      {"a group without its x", "tile/0/001/234"},
      {"an x before the last group", "tile/0/x001/x234"},
      {"an x alone", "tile/0/x"},
      {"a capital X", "tile/0/X001/234"},
      {"two slashes", "tile/0/x001//234"},
      {"letters", "tile/0/abc"},
      {"a sign", "tile/0/-01"},
      {"a space", "tile/0/ 01"},
      {"a number past 2^64", "tile/0/x018/x446/x744/x073/x709/x551/616"},
      {"a very large number", "tile/0/x999/x999/x999/x999/x999/x999/x999/999"},
      {"a partial one without a width", "tile/0/000.p/"},
      {"a partial one without a slash", "tile/0/000.p"},
      {"a partial one of no hashes", "tile/0/000.p/0"},
      {"a partial one that is full", "tile/0/000.p/256"},
      {"a partial one that is more than full", "tile/0/000.p/257"},
      {"a width with a nought before it", "tile/0/000.p/05"},
      {"a width with a sign", "tile/0/000.p/+5"},
      {"a width that is a word", "tile/0/000.p/five"},
      {"two widths", "tile/0/000.p/5.p/5"},
      {"a folder above", "tile/0/../000"},
      {"an ending", "tile/0/000.bin"},
      {"a nought byte", std::string("tile/0/000\0", 11)},
      {"a bundle without a number", "tile/entries/"},
      {"a bundle in a level", "tile/0/entries/000"}};
  for (const Refusal& refusal : refusals) {
    INFO(refusal.fault);
    const auto name = parse_tile_path(refusal.text);
    REQUIRE_FALSE(name);
    CHECK(name.error().id == "tiles.path");
  }
}

TEST_CASE("a log has a tile for each hash and a bundle for each entry") {
  CHECK(tiles_of(0).empty());
  for (const std::uint64_t size :
       {1u, 2u, 255u, 256u, 257u, 511u, 512u, 513u, 65'535u, 65'536u, 65'537u,
        70'000u, 131'072u}) {
    INFO("size " << size);
    std::set<std::string> seen;
    std::vector<std::uint64_t> hashes(8, 0);
    std::uint64_t entries = 0;
    for (const TileName& name : tiles_of(size)) {
      CHECK(seen.insert(path_of(name)).second);
      CHECK(name.width >= 1);
      CHECK(name.width <= 256);
      auto& count = name.level < 0
                        ? entries
                        : hashes[static_cast<std::size_t>(name.level)];
      // Without gaps: a partial one is the last.
      CHECK(name.index * 256 == count);
      count += static_cast<std::uint64_t>(name.width);
    }
    CHECK(entries == size);
    // Each level has a hash for each full tile of that below.
    std::uint64_t wanted = size;
    for (const std::uint64_t count : hashes) {
      CHECK(count == wanted);
      wanted /= 256;
    }
  }
}

TEST_CASE("a bundle holds its entries each after its length") {
  const auto bundle = entry_bundle({"ab", "", std::string(258, 'x')});
  REQUIRE(bundle);
  CHECK(*bundle == std::string("\0\2ab\0\0\1\2", 8) + std::string(258, 'x'));
  CHECK(entry_bundle({})->empty());
}

TEST_CASE("a bundle is read back") {
  const std::vector<std::vector<std::string>> all = {
      {},
      {""},
      {"", "", ""},
      {"one"},
      {std::string("\0\0", 2), std::string("\0\1x", 3)},
      std::vector<std::string>(256, "entry"),
      {std::string(65'535, 'x'), "after the longest"}};
  for (const auto& entries : all) {
    const auto bundle = entry_bundle(entries);
    REQUIRE(bundle);
    const auto back = entries_of_bundle(*bundle);
    REQUIRE(back);
    CHECK(*back == entries);
  }
}

TEST_CASE("an entry that is too long for a bundle is refused and named") {
  const auto bundle =
      entry_bundle({"short", std::string(65'536, 'x'), "short"}, 512);
  REQUIRE_FALSE(bundle);
  CHECK(bundle.error().id == "tiles.entry_too_long");
  CHECK(bundle.error().place.pointer == "entry 513");
  CHECK_FALSE(entry_bundle({std::string(1'000'000, 'x')}));
}

TEST_CASE("a bundle that is cut off or has bytes left over is refused") {
  const std::string good = *entry_bundle({"one", "two", "three"});
  // At the end of an entry a cut makes a shorter bundle, and only whoever knows
  // how many there should be can tell.
  const std::set<std::size_t> ends = {0, 5, 10, good.size()};
  for (std::size_t size = 0; size <= good.size(); ++size) {
    INFO("cut at " << size);
    const auto entries = entries_of_bundle(good.substr(0, size), 256);
    if (ends.count(size) != 0) {
      CHECK(entries);
      continue;
    }
    REQUIRE_FALSE(entries);
    CHECK(entries.error().id == "tiles.bundle");
    const std::string at = size < 5 ? "256" : size < 10 ? "257" : "258";
    CHECK(entries.error().place.pointer == "entry " + at);
  }
  const std::vector<Refusal> refusals = {
      {"a byte after the last", good + "x"},
      {"a length and no entry", good + std::string("\0\1", 2)},
      {"a length that is too large", "\xFF\xFF" + good.substr(2)},
      {"a byte before the first", "x" + good},
      {"text", "one\ntwo\n"}};
  for (const Refusal& refusal : refusals) {
    INFO(refusal.fault);
    const auto entries = entries_of_bundle(refusal.text);
    REQUIRE_FALSE(entries);
    CHECK(entries.error().id == "tiles.bundle");
  }
}
