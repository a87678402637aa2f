#include "store/database.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "host/store/entries.hpp"
#include "support/power_cut_vfs.hpp"
#include "support/scratch.hpp"

namespace sendcheck::test {
namespace {

namespace fs = std::filesystem;
using Open = Database::Open;

Database opened(const std::string& path, Open how = Open::create,
                int version = 1) {
  auto database = Database::open(path, entries_schema(version), how);
  INFO((database ? "" : database.error().to_string()));
  REQUIRE(database.has_value());
  return std::move(database).value();
}

mode_t permissions(const std::string& path) {
  struct stat status {};
  REQUIRE(stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

std::int64_t setting(Database& database, const std::string& name) {
  return *number_of(database, "PRAGMA " + name);
}

}  // namespace

TEST_CASE("what one connection wrote the next reads") {
  const Scratch scratch;
  const std::string path = scratch.path("a.store");
  {
    Database database = opened(path);
    CHECK(database.path() == path);
    REQUIRE(append(database, 1, "first").has_value());
    CHECK(id_of(database.check()).empty());
  }
  for (const Open how : {Open::existing, Open::create, Open::read_only}) {
    Database database = opened(path, how);
    CHECK(count_of(database) == 1);
    CHECK(id_of(database.check()).empty());
  }
}

TEST_CASE("a store is set up to lose nothing and to keep nothing erased") {
  const Scratch scratch;
  Database database = opened(scratch.path("a.store"));
  constexpr int extra = 3;
  constexpr int memory = 2;
  CHECK(setting(database, "synchronous") == extra);
  CHECK(setting(database, "secure_delete") == 1);
  CHECK(setting(database, "page_size") == 16384);
  CHECK(setting(database, "auto_vacuum") == 0);
  CHECK(setting(database, "foreign_keys") == 1);
  CHECK(setting(database, "trusted_schema") == 0);
  CHECK(setting(database, "cell_size_check") == 1);
  CHECK(setting(database, "temp_store") == memory);
  CHECK(setting(database, "application_id") == entries_application);
  CHECK(setting(database, "user_version") == 1);
  CHECK(setting(database, "busy_timeout") == 10'000);
  // No answer, or none: a SQLite without memory mapping gives no row.
  CHECK(setting(database, "mmap_size") <= 0);
  auto mode = database.prepare("PRAGMA journal_mode");
  REQUIRE(mode.has_value());
  REQUIRE(*mode->step());
  CHECK(mode->bytes(0) == "delete");
}

TEST_CASE("what could turn a store against its user is refused") {
  const Scratch scratch;
  Database database = opened(scratch.path("a.store"));
  for (const char* sql : {
           // Extensions.
           "SELECT load_extension('x')",
           // The defensive mode.
           "PRAGMA writable_schema = ON;"
           "UPDATE sqlite_schema SET sql = 'x'",
           // A slip of the pen that SQLite would take for a text.
           "SELECT \"no_such_column\" FROM entries",
       }) {
    CAPTURE(sql);
    CHECK(id_of(database.run(sql)) == "store.failed");
  }
  // The defensive mode lets nobody switch the journal off.
  REQUIRE(database.run("PRAGMA journal_mode = OFF").has_value());
  auto mode = database.prepare("PRAGMA journal_mode");
  REQUIRE(*mode->step());
  CHECK(mode->bytes(0) == "delete");
}

TEST_CASE("a store and its journal can be read by their owner only") {
  const Scratch scratch;
  const mode_t before = umask(0);
  const std::string path = scratch.path("a.store");
  {
    Database database = opened(path);
    auto transaction = Transaction::begin(database);
    REQUIRE(append(database, 1, "in the journal").has_value());
    CHECK(permissions(path) == 0600);
    CHECK(permissions(path + "-journal") == 0600);
  }
  // An empty file that somebody left there is taken over with its name only.
  const std::string empty = scratch.write("b.store", "");
  REQUIRE(chmod(empty.c_str(), 0666) == 0);
  opened(empty);
  CHECK(permissions(empty) == 0600);
  umask(before);
}

TEST_CASE("a finished transaction leaves no file beside the store") {
  const Scratch scratch;
  Database database = opened(scratch.path("a.store"));
  REQUIRE(append_batch(database, 1, 20).has_value());
  REQUIRE(database
              .run("CREATE TEMP TABLE t AS SELECT text FROM entries; SELECT * "
                   "FROM entries ORDER BY text DESC")
              .has_value());
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(scratch.folder())) {
    names.push_back(entry.path().filename().string());
  }
  CHECK(names == std::vector<std::string>{"a.store"});
}

TEST_CASE("what is erased is gone from the file at once") {
  const Scratch scratch;
  const std::string path = scratch.path("a.store");
  const std::string planted = "the planted name of a child";
  Database database = opened(path);
  for (const bool secure : {true, false}) {
    CAPTURE(secure);
    // Without the setting it stays: the search can find it.
    if (!secure) REQUIRE(database.run("PRAGMA secure_delete = OFF"));
    REQUIRE(append(database, 1, planted).has_value());
    REQUIRE(append(database, 1, "another").has_value());
    REQUIRE(content_of(path).find(planted) != std::string::npos);
    REQUIRE(database.run("DELETE FROM entries WHERE number = 1").has_value());
    CHECK((content_of(path).find(planted) == std::string::npos) == secure);
    REQUIRE(database.run("DELETE FROM entries").has_value());
  }
}

TEST_CASE("a name that means something else to SQLite is a name of a file") {
  const Scratch scratch;
  const fs::path before = fs::current_path();
  fs::current_path(scratch.folder());
  for (const char* name :
       {":memory:", "file:a.store", "file:a.store?mode=memory", "ä b%20c", "-",
        "a'b\"c"}) {
    CAPTURE(name);
    {
      Database database = opened(name);
      REQUIRE(append(database, 1, "kept").has_value());
    }
    CHECK(fs::is_regular_file(name));
    Database database = opened(name, Open::existing);
    CHECK(count_of(database) == 1);
  }
  fs::current_path(before);
}

TEST_CASE("a store is followed through a link and its journal stands by it") {
  const Scratch scratch;
  fs::create_directories(scratch.path("real"));
  fs::create_symlink("real/a.store", scratch.path("link"));
  opened(scratch.path("real/a.store"));
  Database database = opened(scratch.path("link"), Open::existing);
  auto transaction = Transaction::begin(database);
  REQUIRE(append(database, 1, "x").has_value());
  CHECK(fs::exists(scratch.path("real/a.store-journal")));
  CHECK_FALSE(fs::exists(scratch.path("link-journal")));
}

TEST_CASE("an older store is brought up to date and keeps its entries") {
  const Scratch scratch;
  const std::string path = scratch.path("a.store");
  {
    Database database = opened(path);
    REQUIRE(append(database, 1, "of version 1").has_value());
  }
  const std::string before = content_of(path);

  const auto only_read =
      Database::open(path, entries_schema(2), Open::read_only);
  CHECK(id_of(only_read) == "store.old");
  CHECK(content_of(path) == before);

  {
    Database database = opened(path, Open::existing, 2);
    CHECK(setting(database, "user_version") == 2);
    CHECK(count_of(database) == 1);
    CHECK(*number_of(database, "SELECT count(*) FROM notes") == 0);
  }
  // And is too new for a program of before.
  CHECK(id_of(Database::open(path, entries_schema(1), Open::existing)) ==
        "store.newer");
  // Both steps at once for a new file.
  Database fresh = opened(scratch.path("b.store"), Open::create, 2);
  CHECK(*number_of(fresh, "SELECT count(*) FROM notes") == 0);
}

TEST_CASE("a step that fails leaves the version before it") {
  const Scratch scratch;
  const std::string path = scratch.path("a.store");
  opened(path);
  const std::string before = content_of(path);
  const char* const steps[] = {entries_steps[0],
                               "CREATE TABLE made (x); CREATE TABEL no (x)"};
  Schema schema = entries_schema(2);
  schema.steps = steps;
  const auto failed = Database::open(path, schema, Open::existing);
  REQUIRE(id_of(failed) == "store.failed");
  CHECK_THAT(failed.error().message, Catch::Contains("TABEL"));
  CHECK(failed.error().place.file == path);
  CHECK(content_of(path) == before);

  // A new file stays empty, and can be made by the next.
  schema.version = 2;
  CHECK(id_of(Database::open(scratch.path("b.store"), schema, Open::create)) ==
        "store.failed");
  CHECK(content_of(scratch.path("b.store")).empty());
  opened(scratch.path("b.store"));
}

TEST_CASE("a schema that says nothing is a fault of the program") {
  const Scratch scratch;
  const std::string path = scratch.path("a.store");
  Schema without_application = entries_schema();
  without_application.application = 0;
  Schema without_version = entries_schema();
  without_version.version = 0;
  Schema without_steps = entries_schema();
  without_steps.steps = nullptr;
  for (const Schema& schema :
       {without_application, without_version, without_steps}) {
    CHECK(id_of(Database::open(path, schema, Open::create)) == "store.failed");
  }
  CHECK(id_of(Database::open(path, entries_schema(), Open::create,
                             "no such vfs")) == "store.failed");
  CHECK_FALSE(fs::exists(path));
}

TEST_CASE("SQL that is wrong is a fault of the program and changes nothing") {
  const Scratch scratch;
  Database database = opened(scratch.path("a.store"));
  for (const char* sql : {"SELEC 1", "SELECT * FROM nothing",
                          "INSERT INTO entries (colour) VALUES (1)"}) {
    CAPTURE(sql);
    CHECK(id_of(database.run(sql)) == "store.failed");
    CHECK(id_of(database.prepare(sql)) == "store.failed");
  }
  for (const char* sql :
       {"", "  ", ";", "-- a comment", "SELECT 1; SELECT 2"}) {
    CAPTURE(sql);
    CHECK(id_of(database.prepare(sql)) == "store.failed");
  }
  CHECK(database.prepare("SELECT 1 ; \n").has_value());
  CHECK(database.run("").has_value());
}

TEST_CASE("what is only read cannot be written") {
  const Scratch scratch;
  const std::string path = scratch.path("a.store");
  opened(path);
  const std::string before = content_of(path);
  {
    Database database = opened(path, Open::read_only);
    CHECK(id_of(append(database, 1, "x")) == "store.unwritable");
    CHECK(id_of(Transaction::begin(database)) == "store.unwritable");
    CHECK(count_of(database) == 0);
  }
  CHECK(content_of(path) == before);
}

TEST_CASE("a commit is confirmed by the disk five times") {
  PowerCutDisk disk(1);
  auto database = open_entries("a.store", Open::create, disk.vfs());
  REQUIRE(database.has_value());
  for (int batch = 1; batch <= 3; ++batch) {
    const int before = disk.syncs();
    REQUIRE(append_batch(*database, batch, 2).has_value());
    // The journal twice and its folder, the file, the folder again.
    CHECK(disk.syncs() - before == 5);
  }
}

TEST_CASE("a store that was switched to write-ahead logging is switched back") {
  const Scratch scratch;
  const std::string path = scratch.path("a.store");
  {
    Database database = opened(path);
    REQUIRE(database.run("PRAGMA journal_mode = WAL").has_value());
    REQUIRE(append(database, 1, "in the write-ahead log").has_value());
    REQUIRE(fs::exists(path + "-wal"));
  }
  const auto only_read =
      Database::open(path, entries_schema(), Open::read_only);
  CHECK(id_of(only_read) == "store.unreadable");
  CHECK_THAT(only_read.error().message, Catch::Contains("write-ahead"));
  CHECK_FALSE(fs::exists(path + "-shm"));

  Database database = opened(path, Open::existing);
  CHECK(count_of(database) == 1);
  CHECK_FALSE(fs::exists(path + "-wal"));
  opened(path, Open::read_only);
}

}  // namespace sendcheck::test
