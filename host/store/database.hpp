// SQLite as three small owners: a database, its statements, its transactions. Durable by default: a rollback journal with synchronous=EXTRA, so that what
// was committed survives a power cut (Write-ahead logging is not used: host/decisions/sqlite.md says why).
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace sendcheck {

class Statement;

// What a file must say of itself to be opened: whose it is, and in which version.
struct Schema {
  std::int32_t application = 0;  // SQLite's application_id
  int version = 1;               // user_version; from 1
  // The SQL that brings an empty file to version 1, then each version to the next: `version` of them.
  const char* const* steps = nullptr;
  const char* what = "";  // "log of decisions": for messages
};

// One connection. Belongs to one thread. Several processes may have the file open: a writer waits up to 10 seconds for another.
// A reader that has stepped to a row and was not reset keeps writers waiting.
class Database {
 public:
  enum class Open { existing, create, read_only };

  // How long one connection waits for another before store.locked.
  static constexpr std::chrono::milliseconds usual_patience =
      std::chrono::seconds(10);

  // Opens a file and brings its schema up to date in one transaction. `create` makes the file where there is none, or an empty one, with the permissions
  // 0600 (its journal has them too); `existing` wants it to be there; `read_only` changes nothing whatever it finds. What a writer left that was cut
  // off is rolled back first. A file that is not ours, or newer, is never changed. secure_delete is on, foreign keys are on, memory mapping, extensions and
  // temporary files are off, the defensive mode is on. Write-ahead logging that somebody has switched on is switched off again.
  // `vfs` names a registered SQLite VFS (tests), which then makes the file itself; null: the system's.
  // Errors: store.missing, store.not_a_store (no SQLite file, an empty one, or another program's), store.newer (made by a newer sendcheck), store.old (only
  // read_only), store.interrupted (only read_only: a writer was cut off), store.locked, store.damaged, store.unreadable, store.unwritable (no permission, disk
  // full, read-only), store.uncertain (as Transaction::commit, when the schema changes), store.failed (a schema that is none, memory).
  static Result<Database> open(
      const std::string& path, const Schema& schema, Open how,
      const char* vfs = nullptr,
      std::chrono::milliseconds patience = usual_patience);

  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  // SQL without results, one or several statements. Errors as of Statement::step, and store.failed (SQL that is wrong).
  Result<void> run(const char* sql);
  // A statement to be used many times. Needs one statement that is right: a fault in it is a fault of the program (store.failed).
  Result<Statement> prepare(std::string_view sql);

  const std::string& path() const;
  // SQLite's own check of the whole file. Errors: store.damaged, with what it found; those of Statement::step.
  Result<void> check() const;

 private:
  friend class Statement;
  friend class Transaction;
  struct State;
  explicit Database(std::shared_ptr<State> state);
  Result<void> bring_up_to_date(const Schema& schema, Open how);
  std::shared_ptr<State> state_;
};

// A prepared statement. Values are bound by position from 1, then step() runs it; views of a row are valid until the next step(), reset() or bind. What is bound
// is copied, and stays bound until reset(). Outlives its database safely.
class Statement {
 public:
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) noexcept;
  ~Statement();

  Statement& bind(int position, std::int64_t number);
  Statement& bind_text(int position, std::string_view text);
  Statement& bind_blob(int position, std::string_view bytes);
  Statement& bind_null(int position);

  // True: a row is there. False: done; the next step() runs it again. Errors: store.locked, store.damaged, store.unwritable (disk full, read-only,
  // input/output), store.constraint, store.unreadable, store.failed (a position that is none, memory, an earlier error that ended the transaction). Without a
  // Transaction each statement commits by itself, and store.uncertain can come of it (Transaction::commit).
  Result<bool> step();
  // For one that gives no rows: step(), then reset().
  Result<void> run();
  // Ready to be bound and run again; what was bound is cleared.
  void reset();

  std::int64_t number(int column) const;     // column from 0
  std::string_view bytes(int column) const;  // of a text or a blob
  bool is_null(int column) const;

 private:
  friend class Database;
  Statement(std::shared_ptr<Database::State> state, sqlite3_stmt* statement);
  std::shared_ptr<Database::State> state_;
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;  // the first code of a bind that went wrong
};

// All or nothing. Rolled back when it is destroyed without commit().
class Transaction {
 public:
  // A write transaction at once (BEGIN IMMEDIATE), so that what is read in it is what is written upon. Errors: store.locked, store.failed (there is one
  // already), those of Statement::step.
  static Result<Transaction> begin(Database& database);

  Transaction(Transaction&&) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  // Once it returned, the change survives a power cut. After an error nothing of it is there; but after store.uncertain it is there, whole, and may or
  // may not survive a power cut, since the disk refused its last confirmation. Errors as of Statement::step.
  Result<void> commit();

 private:
  explicit Transaction(std::shared_ptr<Database::State> state);
  std::shared_ptr<Database::State> state_;
  bool open_ = true;
};

}  // namespace sendcheck
