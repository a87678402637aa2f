// What a database, its statements and its transaction share: one connection. For the sources of this layer.
#pragma once

#include <chrono>
#include <string>

#include "base/result.hpp"
#include "store/database.hpp"

namespace sendcheck {

// Closed when the last who shares it lets go.
struct Database::State {
  sqlite3* handle = nullptr;
  std::string path;  // as it was given
  std::chrono::milliseconds patience{0};
  bool writable = false;
  bool in_transaction = false;  // a Transaction is open
  // Only SQL of this layer is run, which is right: what SQLite calls an error in general lies with the file.
  bool opening = false;

  State() = default;
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  // One or several statements without results.
  Result<void> execute(const char* sql);
  // Some errors make SQLite take the whole transaction back at once; what ran after that would be kept each by itself, so it is not let. Error
  // store.failed.
  Result<void> check_transaction() const;
  // What a result code of the last call comes to.
  Error error_of(int code) const;
};

}  // namespace sendcheck
