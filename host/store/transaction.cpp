#include <sqlite3.h>

#include <utility>

#include "store/connection.hpp"
#include "store/database.hpp"
#include "store/faults.hpp"

namespace sendcheck {
namespace {

void roll_back(sqlite3* handle) {
  // Some errors have done so already. It cannot go wrong in a way that leaves
  // the transaction open: what cannot be undone now is undone, by its journal,
  // when the file is read next.
  if (sqlite3_get_autocommit(handle) == 0) {
    sqlite3_exec(handle, "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

}  // namespace

Transaction::Transaction(std::shared_ptr<Database::State> state)
    : state_(std::move(state)) {}

Transaction::Transaction(Transaction&& other) noexcept
    : state_(std::move(other.state_)),
      open_(std::exchange(other.open_, false)) {}

Transaction::~Transaction() {
  if (!open_) return;
  state_->in_transaction = false;
  roll_back(state_->handle);
}

Result<Transaction> Transaction::begin(Database& database) {
  // SQLite would begin one for reading, and refuse only the first change.
  if (!database.state_->writable) {
    return unexpected(database.state_->error_of(SQLITE_READONLY));
  }
  if (auto begun = database.run("BEGIN IMMEDIATE"); !begun) {
    return unexpected(begun.error());
  }
  database.state_->in_transaction = true;
  return Transaction(database.state_);
}

Result<void> Transaction::commit() {
  if (!open_) return store::failed(state_->path, "the transaction is over");
  auto done = state_->execute("COMMIT");
  open_ = false;
  state_->in_transaction = false;
  // A commit that waited in vain for readers has left it open.
  if (!done) roll_back(state_->handle);
  return done;
}

}  // namespace sendcheck
