#include "store/connection.hpp"

#include <sqlite3.h>

#include <cstring>

#include "store/faults.hpp"

namespace sendcheck {

Database::State::~State() { sqlite3_close_v2(handle); }

Result<void> Database::State::execute(const char* sql) {
  if (auto ready = check_transaction(); !ready) return ready;
  const int code = sqlite3_exec(handle, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return unexpected(error_of(code));
  return {};
}

Result<void> Database::State::check_transaction() const {
  if (!in_transaction || sqlite3_get_autocommit(handle) == 0) return {};
  return store::failed(path,
                       "an earlier error ended the transaction, and the "
                       "program went on with it");
}

Error Database::State::error_of(int code) const {
  store::Fault fault{.code = code,
                     .path = path,
                     .writable = writable,
                     .sqlite = sqlite3_errstr(code),
                     .system = {},
                     .patience = patience};
  if (handle != nullptr && sqlite3_extended_errcode(handle) == code) {
    fault.sqlite = sqlite3_errmsg(handle);
    const int primary = code & 0xff;
    // Of other codes, what is kept there is of an earlier fault.
    if (primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN) {
      const int system = sqlite3_system_errno(handle);
      if (system != 0) fault.system = std::strerror(system);
    }
  }
  // "unsupported file format", for one.
  if (opening && (code & 0xff) == SQLITE_ERROR) fault.code = SQLITE_CORRUPT;
  return store::error_of(fault);
}

}  // namespace sendcheck
