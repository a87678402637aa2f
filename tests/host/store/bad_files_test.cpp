#include <sqlite3.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <set>

#include "host/store/entries.hpp"
#include "store/database.hpp"
#include "support/power_cut_vfs.hpp"
#include "support/scratch.hpp"

namespace sendcheck::test {
namespace {

namespace fs = std::filesystem;
using Open = Database::Open;

constexpr Open every_way[] = {Open::create, Open::existing, Open::read_only};

// Every file of a folder, by name.
std::map<std::string, std::string> contents(const std::string& folder) {
  std::map<std::string, std::string> all;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    all[fs::relative(entry.path(), folder).string()] =
        entry.is_regular_file() ? content_of(entry.path().string()) : "";
  }
  return all;
}

// A store with some pages, as bytes.
const std::string& good_store() {
  static const std::string bytes = [] {
    PowerCutDisk disk(1);
    {
      auto database = open_entries("a", Open::create, disk.vfs());
      for (int batch = 0; batch < 4; ++batch) {
        REQUIRE(append_batch(*database, batch, 12).has_value());
      }
    }
    return disk.files().at("a");
  }();
  return bytes;
}

// A file of another program, made with SQLite itself.
void make_with_sqlite(const std::string& path, const std::string& sql) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
  const int code =
      sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr);
  sqlite3_close(database);
  REQUIRE(code == SQLITE_OK);
}

// The bytes of a store and its journal as a writer leaves them that is cut off while it writes the file.
struct CutOff {
  std::string file;
  std::string journal;
};

CutOff cut_off(const char* prepared = "") {
  for (int operations = 1; operations < 200; ++operations) {
    PowerCutDisk disk(1);
    {
      auto database = open_entries("a", Open::create, disk.vfs());
      REQUIRE(append_batch(*database, 1, 12).has_value());
      REQUIRE(database->run(prepared).has_value());
      const std::string before = disk.files().at("a");
      disk.cut_after(operations);
      (void)append_batch(*database, 2, 30);
      const auto files = disk.files();
      if (files.at("a") != before && files.count("a-journal") == 1) {
        return {files.at("a"), files.at("a-journal")};
      }
    }
    disk.restart();
  }
  FAIL("no cut came while the file was written");
  return {};
}

}  // namespace

TEST_CASE("a file that is not there is missing unless it is to be made") {
  const Scratch scratch;
  for (const Open how : {Open::existing, Open::read_only}) {
    for (const std::string& path :
         {scratch.path("none.store"), scratch.path("none/a.store"),
          std::string(), std::string("a\0b", 3)}) {
      const auto database = open_entries(path, how);
      REQUIRE(id_of(database) == "store.missing");
      CHECK(database.error().place.file == path);
    }
  }
  CHECK(contents(scratch.folder()).empty());
  const auto made = open_entries(scratch.path("none/a.store"), Open::create);
  CHECK(id_of(made) == "store.unwritable");
  CHECK(id_of(open_entries("", Open::create)) == "store.unwritable");
  CHECK(contents(scratch.folder()).empty());
  CHECK(open_entries(scratch.path("a.store"), Open::create).has_value());
}

TEST_CASE("what is no store is refused and left as it is") {
  const Scratch scratch;
  scratch.write("text",
                "Minutes of the governors' meeting\n" + std::string(5000, '.'));
  scratch.write("short", "x");
  scratch.write("zeros", std::string(32768, '\0'));
  // A diary, and what its owner calls the journal of it.
  scratch.write("diary", "Monday.");
  scratch.write("diary-journal", "Of every day a page.");
  fs::create_directories(scratch.path("folder/within"));
  REQUIRE(mkfifo(scratch.path("pipe").c_str(), 0600) == 0);
  make_with_sqlite(scratch.path("others"),
                   "PRAGMA application_id = 77; CREATE TABLE t (x)");
  make_with_sqlite(scratch.path("nobodys"), "CREATE TABLE entries (x)");
  make_with_sqlite(scratch.path("bare"), "PRAGMA user_version = 1; VACUUM");
  const auto before = contents(scratch.folder());
  for (const char* name : {"text", "short", "zeros", "diary", "folder", "pipe",
                           "others", "nobodys", "bare"}) {
    for (const Open how : every_way) {
      CAPTURE(name);
      const auto database = open_entries(scratch.path(name), how);
      REQUIRE(id_of(database) == "store.not_a_store");
      CHECK_THAT(database.error().message, Catch::Contains("log of entries"));
      CHECK(database.error().place.file == scratch.path(name));
    }
  }
  CHECK((contents(scratch.folder()) == before));
}

TEST_CASE("an empty file is a store that is still to be made") {
  const Scratch scratch;
  const std::string path = scratch.write("empty", "");
  for (const Open how : {Open::existing, Open::read_only}) {
    CHECK(id_of(open_entries(path, how)) == "store.not_a_store");
    CHECK(content_of(path).empty());
  }
  auto database = open_entries(path, Open::create);
  REQUIRE(database.has_value());
  CHECK(append(*database, 1, "x").has_value());
}

TEST_CASE("a newer store is refused and left as it is") {
  const Scratch scratch;
  const std::string path = scratch.write("newer", good_store());
  make_with_sqlite(path, "PRAGMA user_version = 7");
  const auto before = contents(scratch.folder());
  for (const Open how : every_way) {
    const auto database = open_entries(path, how);
    REQUIRE(id_of(database) == "store.newer");
    CHECK_THAT(database.error().message,
               Catch::Contains("version 7") && Catch::Contains("up to 1"));
  }
  CHECK((contents(scratch.folder()) == before));
  make_with_sqlite(path, "PRAGMA user_version = 0");
  CHECK(id_of(open_entries(path, Open::existing)) == "store.damaged");
  make_with_sqlite(path, "PRAGMA user_version = -1");
  CHECK(id_of(open_entries(path, Open::existing)) == "store.damaged");
}

TEST_CASE("a store that was cut short is damaged and left as it is") {
  const Scratch scratch;
  const std::string& whole = good_store();
  REQUIRE(whole.size() >= 5 * 16384u);
  for (const std::size_t size :
       {std::size_t{16}, std::size_t{60}, std::size_t{99}, std::size_t{100},
        std::size_t{511}, std::size_t{512}, std::size_t{16383},
        std::size_t{16384}, std::size_t{16385}, std::size_t{3 * 16384},
        whole.size() - 16384, whole.size() - 16383}) {
    CAPTURE(size);
    const std::string path = scratch.write("a", whole.substr(0, size));
    const auto before = contents(scratch.folder());
    for (const Open how : every_way) {
      const auto database = open_entries(path, how);
      if (size == whole.size() - 16383 && database) {
        // A part of a page more than SQLite counts: found by its check.
        CHECK(id_of(database->check()) == "store.damaged");
        continue;
      }
      CHECK(id_of(database) == "store.damaged");
    }
    CHECK((contents(scratch.folder()) == before));
  }
}

TEST_CASE("any bit of the header turned over is an error or does no harm") {
  const Scratch scratch;
  const std::string& whole = good_store();
  std::set<std::string> seen;
  for (std::size_t at = 0; at < 100; ++at) {
    // Bytes 18 and 19 can say write-ahead logging, which is switched back.
    if (at == 18 || at == 19) continue;
    for (int bit = 0; bit < 8; ++bit) {
      std::string turned = whole;
      turned[at] = static_cast<char>(turned[at] ^ (1 << bit));
      const std::string path = scratch.write("a", turned);
      for (const Open how : every_way) {
        CAPTURE(at, bit);
        std::string id;
        {
          auto database = open_entries(path, how);
          id = id_of(database);
          if (database) {
            id = id_of(database->check());
            if (id.empty()) CHECK(count_of(*database) == 48);
          }
        }
        seen.insert(id);
        CHECK((contents(scratch.folder()).at("a") == turned));
      }
    }
  }
  CHECK(seen == std::set<std::string>{"", "store.damaged", "store.newer",
                                      "store.not_a_store"});
}

TEST_CASE("a page whose head was overwritten is found by the check") {
  const Scratch scratch;
  const std::string& whole = good_store();
  for (std::size_t page = 1; page < whole.size() / 16384; ++page) {
    CAPTURE(page);
    std::string turned = whole;
    for (std::size_t i = 0; i < 16; ++i) turned[page * 16384 + i] ^= 0x55;
    const std::string path = scratch.write("a", turned);
    for (const Open how : every_way) {
      auto database = open_entries(path, how);
      REQUIRE(database.has_value());
      const auto checked = database->check();
      CHECK(id_of(checked) == "store.damaged");
      // Reading and writing meet it too, or do not come by; they never crash.
      for (const std::string& id :
           {id_of(
                number_of(*database, "SELECT sum(length(text)) FROM entries")),
            id_of(number_of(*database,
                            "SELECT count(*) FROM entries WHERE "
                            "text > 'a'"))}) {
        CHECK((id.empty() || id == "store.damaged"));
      }
    }
    CHECK((contents(scratch.folder()).at("a") == turned));
  }
}

TEST_CASE("what a writer left that was cut off is rolled back on opening") {
  const Scratch scratch;
  const CutOff left = cut_off();
  const std::string path = scratch.write("a", left.file);
  scratch.write("a-journal", left.journal);
  const auto before = contents(scratch.folder());

  const auto only_read = open_entries(path, Open::read_only);
  CHECK(id_of(only_read) == "store.interrupted");
  CHECK((contents(scratch.folder()) == before));

  auto database = open_entries(path, Open::existing);
  REQUIRE(database.has_value());
  CHECK(count_of(*database) == 12);
  CHECK(id_of(database->check()).empty());
  CHECK_FALSE(fs::exists(path + "-journal"));
  CHECK(open_entries(path, Open::read_only).has_value());
}

TEST_CASE("a file of others that was cut off is not rolled back by us") {
  const Scratch scratch;
  const CutOff left = cut_off();
  const std::string path = scratch.write("a", left.file);
  scratch.write("a-journal", left.journal);
  const auto before = contents(scratch.folder());
  Schema others = entries_schema();
  others.application = 77;
  for (const Open how : every_way) {
    CHECK(id_of(Database::open(path, others, how)) == "store.not_a_store");
  }
  CHECK((contents(scratch.folder()) == before));
}

TEST_CASE("a newer store that was cut off is not rolled back by us") {
  const Scratch scratch;
  const CutOff left = cut_off("PRAGMA user_version = 7");
  const std::string path = scratch.write("a", left.file);
  scratch.write("a-journal", left.journal);
  const auto before = contents(scratch.folder());
  for (const Open how : every_way) {
    CHECK(id_of(open_entries(path, how)) == "store.newer");
  }
  CHECK((contents(scratch.folder()) == before));
}

TEST_CASE("a store that was cut off as it was made is made anew") {
  // The first page did not reach the disk; the journal says that there was
  // nothing.
  const Scratch scratch;
  bool torn = false;
  for (std::uint64_t seed = 1; seed <= 500 && !torn; ++seed) {
    PowerCutDisk disk(seed);
    for (int operations = 1; operations < 30 && !torn; ++operations) {
      disk.cut_after(operations);
      { (void)open_entries("a", Open::create, disk.vfs()); }
      disk.restart();
      const auto files = disk.files();
      if (files.count("a") == 0 || files.at("a").size() < 100 ||
          files.at("a").compare(0, 6, "SQLite") == 0) {
        continue;
      }
      torn = true;
      const std::string path = scratch.write("a", files.at("a"));
      scratch.write("a-journal", files.at("a-journal"));
      CHECK(id_of(open_entries(path, Open::read_only)) == "store.interrupted");
      auto database = open_entries(path, Open::create);
      REQUIRE(database.has_value());
      CHECK(count_of(*database) == 0);
      CHECK(append(*database, 1, "x").has_value());
    }
  }
  CHECK(torn);
}

TEST_CASE("who may not read or write a store is told so") {
  const Scratch scratch;
  const std::string path = scratch.write("open/a", good_store());
  const std::string other = scratch.write("closed/a", good_store());
  fs::permissions(scratch.path("open"), fs::perms::all);
  // Others may go into the folder and make nothing there.
  REQUIRE(chmod(scratch.path("closed").c_str(), 0555) == 0);
  REQUIRE(chmod(other.c_str(), 0666) == 0);
  const auto before = contents(scratch.folder());
  const auto as_nobody_opened = [](const std::string& store, Open how) {
    return as_nobody([&] {
      const auto database = open_entries(store, how);
      const std::string id = id_of(database);
      return id.empty() ? std::string("opened") : id;
    });
  };
  if (as_nobody([&] {
        return std::string(fs::exists(scratch.path("open/a")) ? "there"
                                                              : "out of reach");
      }) != "there") {
    WARN("skipped: the scratch folder is out of reach for others");
    return;
  }

  // Write-protected.
  REQUIRE(chmod(path.c_str(), 0444) == 0);
  CHECK(as_nobody_opened(path, Open::existing) == "store.unwritable");
  CHECK(as_nobody_opened(path, Open::create) == "store.unwritable");
  CHECK(as_nobody_opened(path, Open::read_only) == "opened");
  // Read-protected.
  REQUIRE(chmod(path.c_str(), 0000) == 0);
  for (const Open how : every_way) {
    CHECK(as_nobody_opened(path, how) == "store.unreadable");
  }
  // A folder in which no journal can be made.
  CHECK(as_nobody_opened(other, Open::existing) == "store.unwritable");
  CHECK(as_nobody_opened(other, Open::create) == "store.unwritable");
  CHECK(as_nobody_opened(scratch.path("closed/new"), Open::create) ==
        "store.unwritable");
  CHECK(as_nobody_opened(other, Open::read_only) == "opened");
  // A folder that nobody else may enter.
  REQUIRE(chmod(scratch.path("closed").c_str(), 0000) == 0);
  CHECK(as_nobody_opened(other, Open::read_only) == "store.unreadable");
  REQUIRE(chmod(scratch.path("closed").c_str(), 0755) == 0);
  REQUIRE(chmod(path.c_str(), 0644) == 0);
  CHECK((contents(scratch.folder()) == before));
}

TEST_CASE("a folder that is closed while a store is open is told at a write") {
  const Scratch scratch;
  fs::create_directories(scratch.path("folder"));
  REQUIRE(chmod(scratch.path("folder").c_str(), 0777) == 0);
  const std::string said = as_nobody([&]() -> std::string {
    auto database = open_entries(scratch.path("folder/a"), Open::create);
    if (!database) return "out of reach";
    if (chmod(scratch.path("folder").c_str(), 0555) == 0) return "mine";
    return "open";
  });
  if (said == "out of reach") {
    WARN("skipped: the scratch folder is out of reach for others");
    return;
  }
  CHECK(said == "open");
  const std::string path = scratch.path("folder/a");
  REQUIRE(chmod(path.c_str(), 0666) == 0);
  const std::string later = as_nobody([&]() -> std::string {
    auto database = open_entries(path, Open::existing);
    // Gone from under it: the journal would stand beside nothing.
    fs::rename(path, path + ".moved");
    return id_of(append(*database, 1, "x"));
  });
  CHECK(later == "store.unwritable");
}

TEST_CASE("a path that is too long for SQLite is told") {
  const Scratch scratch;
  std::string path = scratch.folder();
  for (int i = 0; i < 5; ++i) {
    path += "/" + std::string(200, 'x');
    fs::create_directories(path);
  }
  const auto database = open_entries(path + "/a", Open::create);
  CHECK(id_of(database) == "store.unreadable");
  CHECK_THAT(database.error().message, Catch::Contains("longer than"));
  CHECK(database.error().message.size() < 600);
}

}  // namespace sendcheck::test
