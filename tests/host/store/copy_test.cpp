#include "store/copy.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "support/scratch.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

constexpr const char* steps[] = {"CREATE TABLE notes (note TEXT) STRICT;"};
constexpr Schema schema{.application = 0x54455354,
                        .version = 1,
                        .steps = steps,
                        .what = "book of notes"};

Database opened(const std::string& path, Database::Open how) {
  auto database = Database::open(path, schema, how);
  INFO((database ? std::string() : database.error().to_string()));
  REQUIRE(database.has_value());
  return std::move(*database);
}

std::int64_t notes(Database& database) {
  auto count = database.prepare("SELECT count(*) FROM notes");
  REQUIRE(count.has_value());
  REQUIRE(count->step().has_value());
  return count->number(0);
}

}  // namespace

TEST_CASE("A copy is a database of its own that holds what was committed") {
  Scratch scratch;
  Database live = opened(scratch.path("live.db"), Database::Open::create);
  REQUIRE(live.run("INSERT INTO notes VALUES ('first'), ('second')"));
  REQUIRE(copy_database(live, scratch.path("copy.db")).has_value());
  REQUIRE(live.run("INSERT INTO notes VALUES ('third')"));
  Database copy = opened(scratch.path("copy.db"), Database::Open::existing);
  CHECK(notes(copy) == 2);
  CHECK(copy.check().has_value());
  REQUIRE(copy.run("DELETE FROM notes"));
  CHECK(notes(live) == 3);
  const auto rights =
      std::filesystem::status(scratch.path("copy.db")).permissions();
  CHECK((rights & std::filesystem::perms::mask) ==
        (std::filesystem::perms::owner_read |
         std::filesystem::perms::owner_write));
}

TEST_CASE("A copy is made of a database that is open for reading only") {
  Scratch scratch;
  REQUIRE(opened(scratch.path("live.db"), Database::Open::create)
              .run("INSERT INTO notes VALUES ('first')"));
  Database live = opened(scratch.path("live.db"), Database::Open::read_only);
  REQUIRE(copy_database(live, scratch.path("copy.db")).has_value());
  Database copy = opened(scratch.path("copy.db"), Database::Open::read_only);
  CHECK(notes(copy) == 1);
}

TEST_CASE(
    "A copy is made while another connection writes and holds none of it") {
  Scratch scratch;
  Database live = opened(scratch.path("live.db"), Database::Open::create);
  Database writer = opened(scratch.path("live.db"), Database::Open::existing);
  REQUIRE(live.run("INSERT INTO notes VALUES ('first')"));
  auto transaction = Transaction::begin(writer);
  REQUIRE(transaction.has_value());
  REQUIRE(writer.run("INSERT INTO notes VALUES ('second')"));
  REQUIRE(copy_database(live, scratch.path("copy.db")).has_value());
  Database copy = opened(scratch.path("copy.db"), Database::Open::read_only);
  CHECK(notes(copy) == 1);
}

TEST_CASE("A copy never goes over a file or into no folder") {
  Scratch scratch;
  Database live = opened(scratch.path("live.db"), Database::Open::create);
  const std::string letter = scratch.write("letter.txt", "Dear");
  const auto over = copy_database(live, letter);
  REQUIRE(!over.has_value());
  CHECK(over.error().id == "files.unwritable");
  CHECK(content_of(letter) == "Dear");
  const auto nowhere = copy_database(live, scratch.path("none/copy.db"));
  REQUIRE(!nowhere.has_value());
  CHECK(nowhere.error().id == "files.unwritable");
}

TEST_CASE("A copy that could not be made leaves no file") {
  Scratch scratch;
  Database live = opened(scratch.path("live.db"), Database::Open::create);
  auto transaction = Transaction::begin(live);
  REQUIRE(transaction.has_value());
  const auto copied = copy_database(live, scratch.path("copy.db"));
  REQUIRE(!copied.has_value());
  CHECK(copied.error().id.starts_with("store."));
  CHECK(!std::filesystem::exists(scratch.path("copy.db")));
}

TEST_CASE("What was deleted is not in a copy") {
  Scratch scratch;
  Database live = opened(scratch.path("live.db"), Database::Open::create);
  REQUIRE(live.run("INSERT INTO notes VALUES ('a planted string')"));
  REQUIRE(content_of(scratch.path("live.db")).find("a planted string") !=
          std::string::npos);
  REQUIRE(live.run("DELETE FROM notes"));
  REQUIRE(copy_database(live, scratch.path("copy.db")).has_value());
  CHECK(content_of(scratch.path("copy.db")).find("a planted string") ==
        std::string::npos);
}
