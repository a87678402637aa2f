// A small store for these tests: numbered entries, in batches.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "store/database.hpp"

namespace sendcheck::test {

inline constexpr std::int32_t entries_application = 0x53435431;

inline constexpr const char* entries_steps[] = {
    "CREATE TABLE entries (number INTEGER PRIMARY KEY, batch INTEGER NOT NULL,"
    " text TEXT NOT NULL UNIQUE) STRICT;",
    "ALTER TABLE entries ADD COLUMN note TEXT; CREATE TABLE notes (entry"
    " INTEGER PRIMARY KEY REFERENCES entries (number));",
};

inline Schema entries_schema(int version = 1) {
  return {.application = entries_application,
          .version = version,
          .steps = entries_steps,
          .what = "log of entries"};
}

using namespace std::chrono_literals;

// Does not wait long for others.
inline Result<Database> open_entries(const std::string& path,
                                     Database::Open how,
                                     const char* vfs = nullptr) {
  return Database::open(path, entries_schema(), how, vfs, 20ms);
}

inline Result<void> append(Database& database, std::int64_t batch,
                           const std::string& text) {
  auto statement =
      database.prepare("INSERT INTO entries (batch, text) VALUES (?, ?)");
  if (!statement) return unexpected(statement.error());
  return statement->bind(1, batch).bind_text(2, text).run();
}

// One transaction of so many entries.
inline Result<void> append_batch(Database& database, std::int64_t batch,
                                 int size) {
  auto transaction = Transaction::begin(database);
  if (!transaction) return unexpected(transaction.error());
  for (int i = 0; i < size; ++i) {
    // Long enough for several to a page and pages to a batch.
    std::string text = std::to_string(batch) + "." + std::to_string(i) + " ";
    text.resize(3000, static_cast<char>('a' + (batch + i) % 26));
    if (auto added = append(database, batch, text); !added) return added;
  }
  return transaction->commit();
}

inline Result<std::int64_t> number_of(Database& database,
                                      std::string_view sql) {
  auto statement = database.prepare(sql);
  if (!statement) return unexpected(statement.error());
  auto row = statement->step();
  if (!row) return unexpected(row.error());
  return *row ? statement->number(0) : -1;
}

inline std::int64_t count_of(Database& database) {
  const auto count = number_of(database, "SELECT count(*) FROM entries");
  REQUIRE(count.has_value());
  return *count;
}

// "" where it went well.
template <class T>
std::string id_of(const Result<T>& result) {
  return result ? std::string() : result.error().id;
}

// Runs it in a process of its own; what it gives comes back, at most some
// thousand bytes.
inline std::string in_another_process(
    const std::function<std::string()>& doing) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const std::string said = doing();
    const auto written = write(ends[1], said.data(), said.size());
    _exit(written == static_cast<ssize_t>(said.size()) ? 0 : 1);
  }
  close(ends[1]);
  std::string said;
  char some[512];
  for (ssize_t count = 0; (count = read(ends[0], some, sizeof some)) > 0;) {
    said.append(some, static_cast<std::size_t>(count));
  }
  close(ends[0]);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  REQUIRE(status == 0);
  return said;
}

// The same as somebody who is not root, since root may read and write
// everything.
inline std::string as_nobody(const std::function<std::string()>& doing) {
  return in_another_process([&]() -> std::string {
    constexpr uid_t nobody = 65534;
    if (geteuid() == 0 && (setegid(nobody) != 0 || seteuid(nobody) != 0)) {
      return "could not become nobody";
    }
    return doing();
  });
}

}  // namespace sendcheck::test
