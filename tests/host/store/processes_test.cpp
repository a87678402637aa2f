#include <catch2/catch.hpp>
#include <vector>

#include "host/store/entries.hpp"
#include "store/database.hpp"
#include "support/scratch.hpp"

namespace sendcheck::test {
namespace {

using Open = Database::Open;

// Appends entries that each build upon the last one there is, whoever wrote it. Says what went wrong, or nothing.
std::string append_to_the_last(const std::string& path, int process,
                               int count) {
  auto database = Database::open(path, entries_schema(), Open::create);
  if (!database) return database.error().to_string();
  for (int i = 0; i < count; ++i) {
    auto transaction = Transaction::begin(*database);
    if (!transaction) return transaction.error().to_string();
    const auto last =
        number_of(*database, "SELECT ifnull(max(number), 0) FROM entries");
    if (!last) return last.error().to_string();
    auto insert = database->prepare(
        "INSERT INTO entries (number, batch, text) VALUES (?, ?, ?)");
    if (!insert) return insert.error().to_string();
    const std::string text = std::to_string(process) + " " + std::to_string(i);
    const auto added =
        insert->bind(1, *last + 1).bind(2, process).bind_text(3, text).run();
    if (!added) return added.error().to_string();
    if (auto kept = transaction->commit(); !kept) {
      return kept.error().to_string();
    }
  }
  return {};
}

// A process that does something with a lock, and holds it until this is destroyed.
class Holder {
 public:
  Holder(const std::string& path, const char* sql) {
    int told[2];
    int over[2];
    REQUIRE(pipe(told) == 0);
    REQUIRE(pipe(over) == 0);
    child_ = fork();
    REQUIRE(child_ >= 0);
    if (child_ == 0) {
      close(over[1]);
      auto database = open_entries(path, Open::existing);
      const bool held = database && database->run(sql);
      const char said = held ? 'y' : 'n';
      char none = 0;
      if (write(told[1], &said, 1) != 1 || read(over[0], &none, 1) != 0) {
        _exit(1);
      }
      _exit(0);
    }
    close(told[1]);
    close(over[0]);
    char said = 'n';
    REQUIRE(read(told[0], &said, 1) == 1);
    close(told[0]);
    over_ = over[1];
    REQUIRE(said == 'y');
  }
  ~Holder() {
    close(over_);
    waitpid(child_, nullptr, 0);
  }
  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;

 private:
  pid_t child_ = 0;
  int over_ = 0;
};

}  // namespace

TEST_CASE("processes that make and write one store lose nothing") {
  const Scratch scratch;
  constexpr int processes = 3;
  constexpr int each = 40;
  for (int round = 0; round < 3; ++round) {
    const std::string path = scratch.path(std::to_string(round));
    // The first thing that they do at once is to make it.
    const std::string all = in_another_process([&] {
      std::vector<pid_t> children;
      for (int process = 0; process < processes; ++process) {
        const pid_t child = fork();
        if (child == 0) {
          const std::string wrong = append_to_the_last(path, process, each);
          if (!wrong.empty()) {
            const std::string line = wrong + "\n";
            if (write(STDERR_FILENO, line.data(), line.size()) < 0) _exit(2);
          }
          _exit(wrong.empty() ? 0 : 1);
        }
        children.push_back(child);
      }
      std::string bad;
      for (const pid_t child : children) {
        int status = 0;
        waitpid(child, &status, 0);
        if (status != 0) bad += "a process failed; ";
      }
      return bad;
    });
    CHECK(all == "");

    auto database = open_entries(path, Open::read_only);
    REQUIRE(database.has_value());
    CHECK(id_of(database->check()).empty());
    CHECK(count_of(*database) == processes * each);
    CHECK(*number_of(*database, "SELECT max(number) FROM entries") ==
          processes * each);
    for (int process = 0; process < processes; ++process) {
      CHECK(
          *number_of(*database, "SELECT count(*) FROM entries WHERE batch = " +
                                    std::to_string(process)) == each);
    }
  }
}

TEST_CASE("a store that another process holds is locked") {
  const Scratch scratch;
  const std::string path = scratch.path("a.store");
  REQUIRE(open_entries(path, Open::create).has_value());
  {
    const Holder writer(path, "BEGIN EXCLUSIVE");
    for (const Open how : {Open::create, Open::existing, Open::read_only}) {
      const auto database = open_entries(path, how);
      REQUIRE(id_of(database) == "store.locked");
      CHECK_THAT(database.error().message,
                 Catch::Contains("within 20 milliseconds"));
    }
  }
  auto database = open_entries(path, Open::existing);
  REQUIRE(database.has_value());
  {
    const Holder writer(path, "BEGIN IMMEDIATE");
    CHECK(id_of(Transaction::begin(*database)) == "store.locked");
    CHECK(id_of(append(*database, 1, "x")) == "store.locked");
    CHECK(count_of(*database) == 0);
    CHECK(open_entries(path, Open::read_only).has_value());
  }
  CHECK(append(*database, 1, "x").has_value());
}

TEST_CASE("opening a store does not let go of the locks of this process") {
  // By POSIX, a process that closes a file loses its locks on it, whoever of it
  // took them.
  const Scratch scratch;
  const std::string path = scratch.path("a.store");
  auto database = open_entries(path, Open::create);
  auto transaction = Transaction::begin(*database);
  REQUIRE(append(*database, 1, "x").has_value());
  { REQUIRE(open_entries(path, Open::existing).has_value()); }
  { REQUIRE(open_entries(path, Open::read_only).has_value()); }
  CHECK(in_another_process([&] {
          auto other = open_entries(path, Open::existing);
          return other ? id_of(append(*other, 2, "y")) : id_of(other);
        }) == "store.locked");
  CHECK(transaction->commit().has_value());
}

TEST_CASE("a writer that is killed leaves what it had committed") {
  const Scratch scratch;
  const std::string path = scratch.path("a.store");
  const std::string said = in_another_process([&]() -> std::string {
    auto database = open_entries(path, Open::create);
    if (!append_batch(*database, 1, 10)) return "not appended";
    auto transaction = Transaction::begin(*database);
    // Pages that do not fit are written before the commit.
    if (!database->run("PRAGMA cache_size = 2")) return "no cache size";
    for (int i = 0; i < 50; ++i) {
      if (!append(*database, 2, std::string(4000, 'x') + std::to_string(i))) {
        return "not appended";
      }
    }
    // What follows is the end of the process, without any destructor.
    const std::string done = "written";
    static Database kept = std::move(database).value();
    static Transaction open = std::move(transaction).value();
    return done;
  });
  REQUIRE(said == "written");
  CHECK(id_of(open_entries(path, Open::read_only)) == "store.interrupted");
  auto database = open_entries(path, Open::existing);
  REQUIRE(database.has_value());
  CHECK(count_of(*database) == 10);
  CHECK(id_of(database->check()).empty());
}

}  // namespace sendcheck::test
