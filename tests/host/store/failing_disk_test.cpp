#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "host/store/entries.hpp"
#include "store/database.hpp"
#include "support/failing_vfs.hpp"
#include "support/power_cut_vfs.hpp"
#include "support/scratch.hpp"

namespace sendcheck::test {
namespace {

using Open = Database::Open;
using Call = FailingVfs::Call;

struct Outcome {
  std::set<std::int64_t> acknowledged;
  std::set<std::int64_t> uncertain;
  std::set<std::string> ids;  // of every error
};

// Opens, and writes batches; goes on after an error, on the same connection where there is one.
Outcome work(const char* path, const char* vfs) {
  Outcome outcome;
  auto database = open_entries(path, Open::create, vfs);
  if (!database) {
    outcome.ids.insert(database.error().id);
    return outcome;
  }
  for (std::int64_t batch = 1; batch <= 3; ++batch) {
    const auto done = append_batch(*database, batch, 8);
    if (done) {
      outcome.acknowledged.insert(batch);
      continue;
    }
    outcome.ids.insert(done.error().id);
    if (done.error().id == "store.uncertain") outcome.uncertain.insert(batch);
    CHECK(done.error().place.file == path);
  }
  return outcome;
}

// What the store holds when the disk is well again.
void check_exact(const char* path, const char* vfs, const Outcome& outcome) {
  auto database = open_entries(path, Open::create, vfs);
  INFO((database ? "" : database.error().to_string()));
  REQUIRE(database.has_value());
  CHECK(id_of(database->check()).empty());
  auto rows =
      database->prepare("SELECT batch, count(*) FROM entries GROUP BY batch");
  REQUIRE(rows.has_value());
  std::set<std::int64_t> there;
  while (*rows->step()) {
    CHECK(rows->number(1) == 8);
    there.insert(rows->number(0));
  }
  std::set<std::int64_t> expected = outcome.acknowledged;
  for (const std::int64_t batch : outcome.uncertain) {
    if (there.count(batch) == 1) expected.insert(batch);
  }
  CHECK(there == expected);
  rows->reset();
  CHECK(append_batch(*database, 99, 1).has_value());
}

// The work with one failure, and what is there after it. False: the failure did not come to be.
bool one_failure(FailingVfs& failing, const char* path,
                 std::optional<Call> call, int number, bool for_good,
                 std::set<std::string>& ids) {
  const int before = failing.failed();
  failing.fail(call, number, for_good);
  const Outcome outcome = work(path, failing.vfs());
  failing.heal();
  CAPTURE(number, for_good);
  check_exact(path, failing.vfs(), outcome);
  ids.insert(outcome.ids.begin(), outcome.ids.end());
  return failing.failed() > before;
}

}  // namespace

TEST_CASE("whichever call of a disk fails the store holds what it said") {
  for (const bool for_good : {false, true}) {
    std::set<std::string> ids;
    int number = 0;
    for (bool failed = true; failed;) {
      PowerCutDisk disk(1);
      FailingVfs failing(disk.vfs());
      failed = one_failure(failing, "a.store", std::nullopt, ++number, for_good,
                           ids);
    }
    // Every call of the work was tried, and no error was without its name.
    CHECK(number > 150);
    for (const std::string& id : ids) {
      CAPTURE(id);
      CHECK((id == "store.missing" || id == "store.unreadable" ||
             id == "store.unwritable" || id == "store.uncertain"));
    }
    CHECK(ids.count("store.unwritable") == 1);
    CHECK(ids.count("store.unreadable") == 1);
  }
}

TEST_CASE("an error is called after the call that failed") {
  const std::map<Call, std::set<std::string>> expected = {
      {Call::read, {"store.unreadable"}},
      {Call::write, {"store.unwritable"}},
      {Call::sync, {"store.unwritable"}},
      {Call::size, {"store.unreadable"}},
      {Call::lock, {"store.unreadable"}},
      {Call::remove, {"store.unwritable"}},
      {Call::remove_and_sync, {"store.uncertain"}},
      {Call::access, {"store.unreadable"}},
  };
  for (const auto& [call, wanted] : expected) {
    CAPTURE(static_cast<int>(call));
    std::set<std::string> ids;
    for (int number = 1; number < 1000; ++number) {
      PowerCutDisk disk(1);
      FailingVfs failing(disk.vfs());
      if (!one_failure(failing, "a.store", call, number, false, ids)) break;
    }
    CHECK(ids == wanted);
  }
}

TEST_CASE("a disk that is full at any byte loses nothing") {
  std::set<std::string> ids;
  int full = 0;
  for (std::int64_t room = 0; room < 250'000; room += 1'777) {
    PowerCutDisk disk(1);
    FailingVfs failing(disk.vfs());
    failing.fill_after(room);
    const Outcome outcome = work("a.store", failing.vfs());
    ids.insert(outcome.ids.begin(), outcome.ids.end());
    if (!outcome.ids.empty()) ++full;
    failing.heal();
    CAPTURE(room);
    check_exact("a.store", failing.vfs(), outcome);
  }
  CHECK(full > 50);
  CHECK(ids == std::set<std::string>{"store.unwritable"});
}

TEST_CASE("the message says what was wrong with the disk") {
  PowerCutDisk disk(1);
  FailingVfs failing(disk.vfs());
  auto database = open_entries("a.store", Open::create, failing.vfs());
  REQUIRE(database.has_value());
  const auto message_of = [&] {
    const auto appended = append_batch(*database, 1, 8);
    failing.heal();
    REQUIRE(id_of(appended) == "store.unwritable");
    return appended.error().message;
  };
  failing.fill_after(10);
  CHECK_THAT(message_of(), Catch::Contains("the disk is full"));
  failing.fail(Call::write, 1, false);
  CHECK_THAT(message_of(), Catch::Contains("writing to the disk failed"));
  failing.fail(Call::open, 1, false);
  CHECK_THAT(message_of(), Catch::Contains("its journal"));
}

TEST_CASE("a disk that fails while it is put right is put right later") {
  // A commit that stops in the middle and leaves its journal, then a failure in
  // each call of the opening that rolls it back.
  int rolled_back = 0;
  std::set<std::string> ids;
  bool finished = false;
  for (int stops_at = 1; !finished; ++stops_at) {
    for (int number = 1; number < 100; ++number) {
      PowerCutDisk disk(7);
      FailingVfs failing(disk.vfs());
      Outcome outcome;
      std::string before;
      {
        auto database = open_entries("a.store", Open::create, failing.vfs());
        REQUIRE(append_batch(*database, 1, 8).has_value());
        outcome.acknowledged.insert(1);
        before = disk.files().at("a.store");
        failing.fail(std::nullopt, stops_at, true);
        finished = append_batch(*database, 2, 8).has_value();
      }
      failing.heal();
      const auto files = disk.files();
      if (files.at("a.store") == before ||
          files.count("a.store-journal") == 0) {
        break;
      }
      ++rolled_back;
      const int failed = failing.failed();
      failing.fail(std::nullopt, number, false);
      ids.insert(id_of(open_entries("a.store", Open::existing, failing.vfs())));
      failing.heal();
      CAPTURE(stops_at, number);
      check_exact("a.store", failing.vfs(), outcome);
      if (failing.failed() == failed) break;
    }
  }
  CHECK(rolled_back > 100);
  // Missing: it is looked for where the system's files are.
  CHECK(ids == std::set<std::string>{"", "store.missing", "store.unreadable",
                                     "store.unwritable"});
}

TEST_CASE("failures on a real disk come to the same") {
  const Scratch scratch;
  std::set<std::string> ids;
  for (int number = 1; number < 200; number += 7) {
    const std::string path = scratch.path(std::to_string(number));
    FailingVfs failing;
    one_failure(failing, path.c_str(), std::nullopt, number, true, ids);
  }
  CHECK(ids.count("store.unwritable") == 1);
}

}  // namespace sendcheck::test
