// A copy of a log, wherever it comes from, for comparison: nothing in it is believed, nothing is changed.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "audit/log_reader.hpp"

namespace sendcheck {

// Belongs to one thread.
class LogCopy {
 public:
  // A store, an audit pack, or a folder of tiles. Errors: store.*, copy.no_log (a folder that holds no checkpoint, or one that cannot be read).
  static Result<LogCopy> open(const std::string& path);

  LogCopy(LogCopy&&) noexcept;
  LogCopy& operator=(LogCopy&&) noexcept;
  ~LogCopy();

  // One more than the number of its last entry.
  std::uint64_t size() const { return size_; }
  // Nothing: the entry is not there, or its bundle cannot be read.
  Result<std::optional<std::string>> bytes(std::uint64_t number);
  // Sealed bytes of a store; nothing: none, or erased, or no store.
  Result<std::optional<std::string>> sealed(std::uint64_t number);
  bool is_store() const;

 private:
  struct Store;
  struct Tiles;
  LogCopy();
  std::uint64_t size_ = 0;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Tiles> tiles_;
};

// Where two copies part.
struct LogDifference {
  std::uint64_t size_a = 0, size_b = 0;
  // The first entry that is not the same in both; nothing: as far as both go, they are.
  std::optional<std::uint64_t> first = {};
  std::optional<std::string> bytes_a = {},
                             bytes_b = {};  // of it, where it is there
  // Of two stores, among the entries that are the same.
  std::uint64_t sealed_only_in_a = 0, sealed_only_in_b = 0;
  std::optional<std::uint64_t> first_other_sealed =
      {};  // both have it, and it is not the same
};

// Errors: store.*.
Result<LogDifference> compare(LogCopy& a, LogCopy& b);

}  // namespace sendcheck
