#include <catch2/catch.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "support/scratch.hpp"
#include "support/small_log.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

namespace fs = std::filesystem;

// The files below a folder, by their paths from there.
std::vector<std::string> files_below(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      files.push_back(entry.path().lexically_relative(folder).string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

// The folder of a log, whole at first.
struct Folder {
  explicit Folder(const SmallLog& of, std::size_t size) : log(of) {
    const auto written = log.write(path, size);
    if (!written) FAIL(written.error().to_string());
  }

  std::string at(const std::string& name) const { return path + "/" + name; }
  std::string content(const std::string& name) const {
    return content_of(at(name));
  }
  void write(const std::string& name, const std::string& content) const {
    scratch.write("log/" + name, content);
  }
  Result<TilesRead> read() const { return read_tiles(path, log.keys()); }
  // The error; its file is checked.
  Error refused(const std::string& id, const std::string& name) const {
    const auto result = read();
    if (result) FAIL(name << " was accepted");
    CHECK(result.error().id == id);
    CHECK(result.error().place.file == at(name));
    return result.error();
  }

  SmallLog log;
  Scratch scratch;
  std::string path = scratch.path("log");
};

SmallLog log_of(std::size_t count) {
  SmallLog log;
  log.entries = numbered_entries(count);
  return log;
}

}  // namespace

TEST_CASE("a folder of tiles is read back whole") {
  for (const std::size_t size : {0u, 1u, 20u, 255u, 256u, 257u, 600u}) {
    INFO("size " << size);
    const Folder folder(log_of(size), size);
    const auto read = folder.read();
    REQUIRE(read);
    CHECK(read->entries == folder.log.entries);
    CHECK(read->checkpoint == folder.log.at(size));
  }
}

TEST_CASE("a folder of tiles has the files that its standard names") {
  CHECK(files_below(Folder(log_of(0), 0).path) ==
        std::vector<std::string>{"checkpoint"});
  CHECK(files_below(Folder(log_of(20), 20).path) ==
        std::vector<std::string>{"checkpoint", "tile/0/000.p/20",
                                 "tile/entries/000.p/20"});
  CHECK(files_below(Folder(log_of(300), 300).path) ==
        std::vector<std::string>{"checkpoint", "tile/0/000", "tile/0/001.p/44",
                                 "tile/1/000.p/1", "tile/entries/000",
                                 "tile/entries/001.p/44"});
}

// The heart of the matter: nothing in the folder can be changed unnoticed.
TEST_CASE("one bit turned over in any byte of a folder is noticed and placed") {
  const Folder folder(log_of(20), 20);
  std::size_t bytes = 0;
  for (const std::string& name : files_below(folder.path)) {
    const std::string good = folder.content(name);
    for (std::size_t byte = 0; byte < good.size(); ++byte) {
      const int bit = static_cast<int>((byte * 5 + 3) % 8);
      folder.write(name, flipped(good, byte, bit));
      INFO(name << ", byte " << byte << ", bit " << bit);
      const auto result = folder.read();
      REQUIRE_FALSE(result);
      const Error& error = result.error();
      CHECK(error.place.file == folder.at(name));
      ++bytes;
      if (name == "checkpoint") {
        CHECK(error.place.line > 0);
      } else if (name == "tile/0/000.p/20") {
        CHECK(error.id == "tiles.hash");
        CHECK(error.place.pointer == "hash " + std::to_string(byte / 32));
      } else {
        CHECK((error.id == "tiles.hash" || error.id == "tiles.bundle"));
        CHECK(error.place.pointer.starts_with("entry "));
      }
    }
    folder.write(name, good);
  }
  CHECK(bytes > 1000);
  CHECK(folder.read());
}

TEST_CASE("a bit turned over in an entry is placed at that entry") {
  const Folder folder(log_of(20), 20);
  const std::string name = "tile/entries/000.p/20";
  const std::string good = folder.content(name);
  std::size_t at = 0;
  for (std::size_t number = 0; number < 20; ++number) {
    const std::size_t length = folder.log.entries[number].size();
    for (std::size_t i = 0; i < length; ++i) {
      folder.write(name, flipped(good, at + 2 + i, 1));
      CHECK(folder.refused("tiles.hash", name).place.pointer ==
            "entry " + std::to_string(number));
    }
    at += 2 + length;
  }
}

TEST_CASE("a bit turned over in any key is noticed") {
  const Folder folder(log_of(20), 20);
  const NoteKey right = folder.log.keys()[0];
  for (std::size_t byte = 0; byte < right.key.size(); ++byte) {
    NoteKey key = right;
    key.key[byte] ^= 4;
    const auto read = read_tiles(folder.path, {key});
    REQUIRE_FALSE(read);
    CHECK(read.error().id == "note.unsigned");
    CHECK(read.error().place.file == folder.at("checkpoint"));
  }
  CHECK(read_tiles(folder.path, {}).error().id == "note.unsigned");
}

TEST_CASE("a bit turned over in any file of a larger log is placed") {
  const Folder folder(log_of(600), 600);
  for (const std::string& name : files_below(folder.path)) {
    const std::string good = folder.content(name);
    for (const std::size_t byte :
         {std::size_t{0}, good.size() / 2, good.size() - 1}) {
      folder.write(name, flipped(good, byte, 0));
      INFO(name << ", byte " << byte);
      const auto result = folder.read();
      REQUIRE_FALSE(result);
      CHECK(result.error().place.file == folder.at(name));
    }
    folder.write(name, good);
  }
  // Counted from the start of the log, or of the file.
  const std::string bundle = folder.content("tile/entries/001");
  folder.write("tile/entries/001", flipped(bundle, 2, 0));
  CHECK(folder.refused("tiles.hash", "tile/entries/001").place.pointer ==
        "entry 256");
  folder.write("tile/entries/001", bundle);
  folder.write("tile/1/000.p/2",
               flipped(folder.content("tile/1/000.p/2"), 40, 0));
  CHECK(folder.refused("tiles.hash", "tile/1/000.p/2").place.pointer ==
        "hash 1");
}

TEST_CASE("a file that is missing is named") {
  const Folder folder(log_of(300), 300);
  for (const std::string& name : files_below(folder.path)) {
    const std::string good = folder.content(name);
    fs::remove(folder.at(name));
    folder.refused("tiles.missing", name);
    folder.write(name, good);
  }
  CHECK(folder.read());
  const auto nowhere = read_tiles(folder.scratch.path("nowhere"), {});
  REQUIRE_FALSE(nowhere);
  CHECK(nowhere.error().id == "tiles.missing");
}

TEST_CASE("a file that is cut off or grown is named") {
  const Folder folder(log_of(300), 300);
  for (const std::string& name : files_below(folder.path)) {
    const std::string good = folder.content(name);
    const std::string id = name == "checkpoint"               ? "note.malformed"
                           : name.starts_with("tile/entries") ? "tiles.bundle"
                                                              : "tiles.hash";
    INFO(name);
    folder.write(name, "");
    folder.refused(id, name);
    folder.write(name, good.substr(0, good.size() - 1));
    folder.refused(id, name);
    folder.write(name, good + "x");
    folder.refused(id, name);
    folder.write(name, good + good);
    // Twice a checkpoint is one long text with one signature.
    folder.refused(name == "checkpoint" ? "note.bad_signature" : id, name);
    folder.write(name, good);
  }
}

TEST_CASE("entries that are taken out or put in or change places are noticed") {
  const Folder folder(log_of(20), 20);
  const std::string name = "tile/entries/000.p/20";
  const auto with =
      [&](const std::function<void(std::vector<std::string>&)>& change) {
        auto entries = folder.log.entries;
        change(entries);
        folder.write(name, *entry_bundle(entries));
      };
  with([](auto& e) { e.erase(e.begin() + 5); });
  CHECK(folder.refused("tiles.bundle", name).place.pointer == "entry 19");
  with([](auto& e) { e.pop_back(); });
  folder.refused("tiles.bundle", name);
  with([](auto& e) { e.insert(e.begin() + 5, "new"); });
  CHECK(folder.refused("tiles.bundle", name).place.pointer == "entry 20");
  with([](auto& e) { std::swap(e[4], e[9]); });
  CHECK(folder.refused("tiles.hash", name).place.pointer == "entry 4");
  with([](auto& e) { e[19] += " "; });
  CHECK(folder.refused("tiles.hash", name).place.pointer == "entry 19");
  with([](auto& e) { e[7] = ""; });
  CHECK(folder.refused("tiles.hash", name).place.pointer == "entry 7");
}

TEST_CASE("where entries and tile were changed together the root tells") {
  const Folder folder(log_of(20), 20);
  SmallLog other = folder.log;
  other.entries[7] = "another entry 7";
  const Folder theirs(other, 20);
  for (const std::string name : {"tile/0/000.p/20", "tile/entries/000.p/20"}) {
    folder.write(name, theirs.content(name));
  }
  CHECK(folder.refused("tiles.root", "checkpoint").place.line == 3);

  // And where neither the one nor the other is what was logged.
  folder.write("tile/entries/000.p/20", [&] {
    auto entries = other.entries;
    entries[3] = "another entry 3";
    return *entry_bundle(entries);
  }());
  CHECK(folder.refused("tiles.hash", "tile/entries/000.p/20").place.pointer ==
        "entry 3");
}

TEST_CASE("another checkpoint of the same log does not fit the folder") {
  const Folder folder(log_of(20), 20);
  folder.write("checkpoint", folder.log.signed_at(15));
  folder.refused("tiles.missing", "tile/entries/000.p/15");
  folder.write("checkpoint", folder.log.signed_at(0));
  folder.refused("tiles.stray", "tile/0/000.p/20");
  SmallLog later = log_of(21);
  folder.write("checkpoint", later.signed_at(21));
  folder.refused("tiles.missing", "tile/entries/000.p/21");
  // As large as can be said: the first file that is missing ends it.
  const Checkpoint most{folder.log.name, ~std::uint64_t{0}, Digest{}};
  folder.write("checkpoint", signed_note(most.text(), folder.log.name,
                                         key_named(folder.log.name)));
  folder.refused("tiles.missing", "tile/entries/000");
}

TEST_CASE("an earlier state may stay in the folder and is checked too") {
  const SmallLog log = log_of(300);
  const Folder folder(log, 20);
  REQUIRE(log.write(folder.path, 250));
  REQUIRE(log.write(folder.path, 257));
  REQUIRE(log.write(folder.path, 300));
  REQUIRE(folder.read());
  CHECK(files_below(folder.path).size() == 12);

  for (const std::string& name : files_below(folder.path)) {
    const std::string good = folder.content(name);
    folder.write(name, flipped(good, good.size() / 2, 6));
    INFO(name);
    const auto result = folder.read();
    REQUIRE_FALSE(result);
    CHECK(result.error().place.file == folder.at(name));
    folder.write(name, good.substr(0, good.size() - 1));
    CHECK_FALSE(folder.read());
    folder.write(name, good);
  }
  // A later state of one that is not there yet does not belong.
  folder.write("checkpoint", log.signed_at(250));
  folder.refused("tiles.stray", "tile/0/000");
}

TEST_CASE("a file that does not belong to the log is named") {
  const Folder folder(log_of(300), 300);
  for (const std::string name :
       {"README",           "checkpoint.txt",       "keys",
        ".hidden",          "tile/0/002",           "tile/0/001",
        "tile/0/001.p/45",  "tile/0/001.p/0",       "tile/0/x000/001",
        "tile/0/00",        "tile/1/000",           "tile/1/001.p/1",
        "tile/1/000.p/2",   "tile/2/000.p/1",       "tile/63/000.p/1",
        "tile/entries/001", "tile/entries/002.p/1", "tile/entries/x001/000",
        "tile/other/000",   "tile/0/000.bak"}) {
    folder.write(name, "x");
    INFO(name);
    folder.refused("tiles.stray", name);
    fs::remove(folder.at(name));
    CHECK(folder.read());
  }
  // A folder beside those of the log, and one too deep for any tile of it.
  folder.write("notes/a", "x");
  folder.refused("tiles.stray", "notes");
  fs::remove_all(folder.at("notes"));
  folder.write("tile/a/b/c/d", "x");
  CHECK(folder.read().error().id == "tiles.stray");
}

TEST_CASE("what cannot be written or handed over ends the writing") {
  const SmallLog log = log_of(3);
  const Scratch scratch;
  const EntryReader entries = [&](std::uint64_t number) {
    return Result<std::string>(log.entries[number]);
  };
  const auto id = [](const Result<void>& result) {
    return result ? "well" : result.error().id;
  };
  const std::string folder = scratch.path("log");
  CHECK(id(write_tiles(
            folder, 3, roots_of(log.entries),
            [](std::uint64_t number) -> Result<std::string> {
              if (number < 2) return std::string("x");
              return unexpected({"test.broken", "no such row"});
            },
            "x")) == "test.broken");
  CHECK(id(write_tiles(
            folder, 3,
            [](int, std::uint64_t) -> Result<Digest> {
              return unexpected({"test.broken", "no such row"});
            },
            entries, "x")) == "test.broken");
  CHECK(id(write_tiles(
            folder, 3, roots_of(log.entries),
            [](std::uint64_t) {
              return Result<std::string>(std::string(65'536, 'x'));
            },
            "x")) == "tiles.entry_too_long");
  // No checkpoint was written over what is not there.
  CHECK_FALSE(fs::exists(folder + "/checkpoint"));

  scratch.write("taken", "a file");
  CHECK(id(write_tiles(scratch.path("taken"), 3, roots_of(log.entries), entries,
                       "x")) == "files.unwritable");
  CHECK(content_of(scratch.path("taken")) == "a file");
}
