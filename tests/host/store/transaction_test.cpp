#include <catch2/catch.hpp>

#include "host/store/entries.hpp"
#include "store/database.hpp"
#include "support/failing_vfs.hpp"
#include "support/power_cut_vfs.hpp"

namespace sendcheck::test {
namespace {

using Open = Database::Open;
using Call = FailingVfs::Call;

struct Store {
  PowerCutDisk disk{1};
  FailingVfs failing{disk.vfs()};
  Database database =
      open_entries("a.store", Open::create, failing.vfs()).value();

  Database another() const {
    return open_entries("a.store", Open::existing, failing.vfs()).value();
  }
};

}  // namespace

TEST_CASE("a transaction is kept whole when it is committed") {
  Store store;
  REQUIRE(append_batch(store.database, 1, 30).has_value());
  Database other = store.another();
  CHECK(count_of(other) == 30);
}

TEST_CASE("a transaction that is not committed leaves nothing") {
  Store store;
  REQUIRE(append(store.database, 1, "before").has_value());
  {
    auto transaction = Transaction::begin(store.database);
    REQUIRE(transaction.has_value());
    REQUIRE(append(store.database, 2, "within").has_value());
    CHECK(count_of(store.database) == 2);
    const Transaction moved = std::move(transaction).value();
    CHECK(count_of(store.database) == 2);
  }
  CHECK(count_of(store.database) == 1);
  REQUIRE(append_batch(store.database, 3, 1).has_value());
  CHECK(count_of(store.database) == 2);
}

TEST_CASE("there is one transaction at a time and it ends once") {
  Store store;
  auto transaction = Transaction::begin(store.database);
  REQUIRE(transaction.has_value());
  CHECK(id_of(Transaction::begin(store.database)) == "store.failed");
  REQUIRE(append(store.database, 1, "a").has_value());
  REQUIRE(transaction->commit().has_value());
  CHECK(id_of(transaction->commit()) == "store.failed");
  CHECK(count_of(store.database) == 1);
  // The end of the one that is over does not end the next.
  auto next = Transaction::begin(store.database);
  REQUIRE(next.has_value());
  REQUIRE(append(store.database, 1, "b").has_value());
  { const Transaction over = std::move(transaction).value(); }
  REQUIRE(next->commit().has_value());
  CHECK(count_of(store.database) == 2);
}

TEST_CASE("a statement that breaks a rule does not end the transaction") {
  Store store;
  auto transaction = Transaction::begin(store.database);
  REQUIRE(append(store.database, 1, "a").has_value());
  CHECK(id_of(append(store.database, 1, "a")) == "store.constraint");
  REQUIRE(append(store.database, 1, "b").has_value());
  REQUIRE(transaction->commit().has_value());
  CHECK(count_of(store.database) == 2);
}

TEST_CASE("only one connection writes and the others go on reading") {
  Store store;
  Database other = store.another();
  auto transaction = Transaction::begin(store.database);
  REQUIRE(append(store.database, 1, "a").has_value());
  CHECK(count_of(other) == 0);
  CHECK(id_of(Transaction::begin(other)) == "store.locked");
  CHECK(id_of(append(other, 1, "b")) == "store.locked");
  REQUIRE(transaction->commit().has_value());
  CHECK(count_of(other) == 1);
  CHECK(append(other, 1, "b").has_value());
}

TEST_CASE("a commit that waits in vain for a reader is taken back") {
  Store store;
  REQUIRE(append(store.database, 1, "a").has_value());
  Database other = store.another();
  auto reading = other.prepare("SELECT * FROM entries");
  REQUIRE(*reading->step());
  const auto committed = append_batch(store.database, 2, 1);
  REQUIRE(id_of(committed) == "store.locked");
  CHECK_THAT(committed.error().message, Catch::Contains("20 milliseconds"));
  CHECK(count_of(store.database) == 1);
  reading->reset();
  CHECK(append_batch(store.database, 2, 1).has_value());
}

TEST_CASE("nothing is kept of a transaction that goes on after its end") {
  // A full disk makes SQLite take the transaction back. What a program that
  // does not look at errors writes after that would be kept row by row.
  Store store;
  auto transaction = Transaction::begin(store.database);
  REQUIRE(append(store.database, 1, "a").has_value());
  REQUIRE(store.database.run("PRAGMA cache_size = 1").has_value());
  store.failing.fill_after(100);
  Result<void> added;
  for (int i = 0; added && i < 100; ++i) {
    added =
        append(store.database, 1, std::string(4000, 'x') + std::to_string(i));
  }
  REQUIRE(id_of(added) == "store.unwritable");
  store.failing.heal();
  CHECK(id_of(append(store.database, 1, "b")) == "store.failed");
  CHECK(id_of(store.database.run("DELETE FROM entries")) == "store.failed");
  CHECK(id_of(transaction->commit()) == "store.failed");
  CHECK(count_of(store.database) == 0);
  CHECK(append(store.database, 1, "c").has_value());
}

TEST_CASE("a commit that the disk did not confirm is called uncertain") {
  Store store;
  REQUIRE(append_batch(store.database, 1, 1).has_value());
  store.failing.fail(Call::remove_and_sync, 1, false);
  const auto committed = append_batch(store.database, 2, 3);
  CHECK(id_of(committed) == "store.uncertain");
  // It is there, whole; only the power must not fail now.
  CHECK(count_of(store.database) == 4);
  Database other = store.another();
  CHECK(count_of(other) == 4);
}

}  // namespace sendcheck::test
