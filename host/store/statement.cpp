#include <sqlite3.h>

#include <utility>

#include "store/connection.hpp"
#include "store/database.hpp"

namespace sendcheck {
namespace {

// A view of nothing may have no address, which SQLite would take for NULL.
const char* address_of(std::string_view bytes) {
  return bytes.data() == nullptr ? "" : bytes.data();
}

// One that has been run must be reset before anything is bound to it anew.
void make_ready(sqlite3_stmt* statement) {
  if (sqlite3_stmt_busy(statement) != 0) sqlite3_reset(statement);
}

void note(int& first, int code) {
  if (first == SQLITE_OK) first = code;
}

}  // namespace

Statement::Statement(std::shared_ptr<Database::State> state,
                     sqlite3_stmt* statement)
    : state_(std::move(state)), statement_(statement) {}

Statement::Statement(Statement&& other) noexcept
    : state_(std::move(other.state_)),
      statement_(std::exchange(other.statement_, nullptr)),
      bound_(std::exchange(other.bound_, SQLITE_OK)) {}

Statement& Statement::operator=(Statement&& other) noexcept {
  std::swap(state_, other.state_);
  std::swap(statement_, other.statement_);
  std::swap(bound_, other.bound_);
  return *this;
}

Statement::~Statement() { sqlite3_finalize(statement_); }

Statement& Statement::bind(int position, std::int64_t number) {
  make_ready(statement_);
  note(bound_, sqlite3_bind_int64(statement_, position, number));
  return *this;
}

Statement& Statement::bind_text(int position, std::string_view text) {
  make_ready(statement_);
  note(bound_, sqlite3_bind_text64(statement_, position, address_of(text),
                                   text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind_blob(int position, std::string_view bytes) {
  make_ready(statement_);
  note(bound_, sqlite3_bind_blob64(statement_, position, address_of(bytes),
                                   bytes.size(), SQLITE_TRANSIENT));
  return *this;
}

Statement& Statement::bind_null(int position) {
  make_ready(statement_);
  note(bound_, sqlite3_bind_null(statement_, position));
  return *this;
}

Result<bool> Statement::step() {
  if (bound_ != SQLITE_OK) return unexpected(state_->error_of(bound_));
  if (auto ready = state_->check_transaction(); !ready) {
    return unexpected(ready.error());
  }
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    sqlite3_reset(statement_);
    return false;
  }
  const Error error = state_->error_of(code);
  // So that it holds no lock for a row that will not come.
  sqlite3_reset(statement_);
  return unexpected(error);
}

Result<void> Statement::run() {
  const auto row = step();
  reset();
  if (!row) return unexpected(row.error());
  return {};
}

void Statement::reset() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  bound_ = SQLITE_OK;
}

std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string_view Statement::bytes(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

}  // namespace sendcheck
