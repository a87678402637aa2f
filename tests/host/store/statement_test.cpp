#include <catch2/catch.hpp>
#include <limits>
#include <optional>

#include "host/store/entries.hpp"
#include "store/database.hpp"
#include "support/power_cut_vfs.hpp"

namespace sendcheck::test {
namespace {

using Open = Database::Open;

struct Store {
  PowerCutDisk disk{1};
  Database database = open_entries("a.store", Open::create, disk.vfs()).value();
};

}  // namespace

TEST_CASE("values come back as they were bound") {
  Store store;
  REQUIRE(store.database.run("CREATE TABLE any (a, b, c, d)").has_value());
  auto put = store.database.prepare("INSERT INTO any VALUES (?, ?, ?, ?)");
  auto look = store.database.prepare("SELECT a, b, c, d FROM any");
  REQUIRE(put.has_value());
  REQUIRE(look.has_value());

  using Limits = std::numeric_limits<std::int64_t>;
  const std::string every_byte = [] {
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    return all;
  }();
  for (const std::int64_t number :
       {std::int64_t{0}, std::int64_t{-1}, Limits::min(), Limits::max()}) {
    for (const std::string& bytes :
         {std::string(), std::string("a"), std::string("é\0b", 4), every_byte,
          std::string(100'000, 'x')}) {
      REQUIRE(put->bind(1, number)
                  .bind_text(2, bytes)
                  .bind_blob(3, bytes)
                  .bind_null(4)
                  .run()
                  .has_value());
      REQUIRE(*look->step());
      CHECK(look->number(0) == number);
      CHECK((look->bytes(1) == bytes));
      CHECK((look->bytes(2) == bytes));
      CHECK_FALSE(look->is_null(0));
      CHECK_FALSE(look->is_null(1));
      CHECK_FALSE(look->is_null(2));
      CHECK(look->is_null(3));
      CHECK_FALSE(*look->step());
      REQUIRE(store.database.run("DELETE FROM any").has_value());
    }
  }
}

TEST_CASE("a view of nothing is empty and not NULL") {
  Store store;
  auto types =
      store.database.prepare("SELECT typeof(?1), typeof(?2), length(?1)");
  REQUIRE(types.has_value());
  types->bind_text(1, std::string_view()).bind_blob(2, std::string_view());
  REQUIRE(*types->step());
  CHECK(types->bytes(0) == "text");
  CHECK(types->bytes(1) == "blob");
  CHECK(types->number(2) == 0);
}

TEST_CASE("what is bound is copied and stays until it is reset") {
  Store store;
  auto echo = store.database.prepare("SELECT ?1");
  REQUIRE(echo.has_value());
  std::string text = "as it was";
  echo->bind_text(1, text);
  text = "changed!!";
  REQUIRE(*echo->step());
  CHECK(echo->bytes(0) == "as it was");
  CHECK_FALSE(*echo->step());
  REQUIRE(*echo->step());
  CHECK(echo->bytes(0) == "as it was");
  // Binding anew in the middle of its rows begins anew.
  echo->bind(1, 7);
  REQUIRE(*echo->step());
  CHECK(echo->number(0) == 7);
  echo->reset();
  REQUIRE(*echo->step());
  CHECK(echo->is_null(0));
}

TEST_CASE("rows come one by one and then no more") {
  Store store;
  REQUIRE(append_batch(store.database, 1, 5).has_value());
  auto rows =
      store.database.prepare("SELECT number FROM entries ORDER BY number");
  REQUIRE(rows.has_value());
  for (int expected = 1; expected <= 5; ++expected) {
    const auto row = rows->step();
    REQUIRE(row.has_value());
    REQUIRE(*row);
    CHECK(rows->number(0) == expected);
  }
  CHECK_FALSE(*rows->step());
}

TEST_CASE("a position that a statement does not have is told when it runs") {
  Store store;
  auto echo = store.database.prepare("SELECT ?1");
  REQUIRE(echo.has_value());
  for (const int position : {0, -1, 2}) {
    CAPTURE(position);
    echo->bind(position, 1);
    CHECK(id_of(echo->step()) == "store.failed");
    CHECK(id_of(echo->bind(1, 1).step()) == "store.failed");
    echo->reset();
    CHECK(id_of(echo->bind(1, 1).step()).empty());
  }
}

TEST_CASE("a rule of the schema that is broken is a constraint") {
  Store store;
  Database& database = store.database;
  REQUIRE(append(database, 1, "once").has_value());
  REQUIRE(
      database
          .run("CREATE TABLE checked (a INTEGER CHECK (a > 0), b REFERENCES "
               "entries (number));"
               "CREATE TRIGGER append_only BEFORE DELETE ON entries BEGIN "
               "SELECT RAISE(ABORT, 'entries are never deleted'); END")
          .has_value());
  const auto twice = append(database, 2, "once");
  REQUIRE(id_of(twice) == "store.constraint");
  CHECK_THAT(twice.error().message, Catch::Contains("entries.text"));
  // What was bound may be about a child, and messages are logged.
  CHECK_THAT(twice.error().message, !Catch::Contains("once"));
  for (const char* sql : {
           "INSERT INTO entries (batch) VALUES (1)",
           "INSERT INTO entries (batch, text) VALUES ('x', 'y')",
           "INSERT INTO entries (number, batch, text) VALUES ('x', 1, 'y')",
           "INSERT INTO checked VALUES (0, NULL)",
           "INSERT INTO checked VALUES (1, 99)",
           "DELETE FROM entries",
       }) {
    CAPTURE(sql);
    CHECK(id_of(database.run(sql)) == "store.constraint");
    CHECK(id_of(database.prepare(sql)->run()) == "store.constraint");
  }
  CHECK(count_of(database) == 1);
}

TEST_CASE("a statement can be moved and outlives its database") {
  Store store;
  auto prepared = store.database.prepare("SELECT ?1");
  REQUIRE(prepared.has_value());
  Statement first = std::move(prepared).value();
  first.bind(1, 5);
  Statement second = std::move(first);
  auto other = store.database.prepare("SELECT 1");
  REQUIRE(other.has_value());
  *other = std::move(second);

  std::optional<Database> database = std::move(store.database);
  database.reset();
  REQUIRE(*other->step());
  CHECK(other->number(0) == 5);
  store.database =
      open_entries("b.store", Open::create, store.disk.vfs()).value();
}

}  // namespace sendcheck::test
