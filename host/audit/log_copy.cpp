#include "audit/log_copy.hpp"

#include <algorithm>
#include <vector>

#include "audit/tiles.hpp"
#include "base/files.hpp"
#include "base/text.hpp"

namespace sendcheck {

struct LogCopy::Store {
  explicit Store(Database opened)
      : database(std::move(opened)), reader(database) {}
  Database database;
  LogReader reader;
};

// One bundle after another is read, as the entries are asked for.
struct LogCopy::Tiles {
  std::string folder;
  std::optional<std::uint64_t> read;  // which bundle `entries` are of
  std::vector<std::string> entries;
};

LogCopy::LogCopy() = default;
LogCopy::LogCopy(LogCopy&&) noexcept = default;
LogCopy& LogCopy::operator=(LogCopy&&) noexcept = default;
LogCopy::~LogCopy() = default;

bool LogCopy::is_store() const { return store_ != nullptr; }

Result<LogCopy> LogCopy::open(const std::string& path) {
  LogCopy copy;
  if (!is_folder(path)) {
    auto database =
        Database::open(path, log_schema(), Database::Open::read_only);
    if (!database) return unexpected(database.error());
    copy.store_ = std::make_unique<Store>(std::move(*database));
    auto size = copy.store_->reader.size();
    if (!size) return unexpected(size.error());
    copy.size_ = *size;
    return copy;
  }
  std::string folder = join_path(path, "log");
  if (!is_file(join_path(folder, "checkpoint"))) folder = path;
  const auto note = read_file(join_path(folder, "checkpoint"), 1 << 20);
  const auto head =
      note ? Checkpoint::parse(note->substr(0, note->find("\n\n") + 1))
           : Result<Checkpoint>(unexpected(note.error()));
  if (!head) {
    return unexpected({"copy.no_log",
                       "\"" + quoted(path, 200) +
                           "\" is a folder without a checkpoint that can be "
                           "read: expected a store such as sendcheck.db, an "
                           "audit pack, or a log as tiles.",
                       {.file = path}});
  }
  copy.tiles_ = std::make_unique<Tiles>();
  copy.tiles_->folder = folder;
  copy.size_ = head->size;
  return copy;
}

Result<std::optional<std::string>> LogCopy::bytes(std::uint64_t number) {
  if (number >= size_) return std::optional<std::string>();
  if (store_) {
    auto bytes = store_->reader.bytes(number);
    if (bytes) return std::optional<std::string>(std::move(*bytes));
    if (bytes.error().id == "log.no_entry") return std::optional<std::string>();
    return unexpected(bytes.error());
  }
  const std::uint64_t index = number / tile_width;
  if (tiles_->read != index) {
    tiles_->entries.clear();
    const auto width = static_cast<int>(
        std::min<std::uint64_t>(tile_width, size_ - index * tile_width));
    const auto bundle =
        read_file(join_path(tiles_->folder, bundle_path(index, width)));
    if (bundle) {
      auto entries = entries_of_bundle(*bundle, index * tile_width);
      if (entries) tiles_->entries = std::move(*entries);
    }
    tiles_->read = index;
  }
  const std::uint64_t at = number % tile_width;
  if (at >= tiles_->entries.size()) return std::optional<std::string>();
  return std::optional<std::string>(tiles_->entries[at]);
}

Result<std::optional<std::string>> LogCopy::sealed(std::uint64_t number) {
  if (!store_) return std::optional<std::string>();
  return store_->reader.sealed(number);
}

Result<LogDifference> compare(LogCopy& a, LogCopy& b) {
  LogDifference found;
  found.size_a = a.size();
  found.size_b = b.size();
  const std::uint64_t both = std::min(a.size(), b.size());
  // Entry by entry: roots that are stored beside them might not be theirs.
  for (std::uint64_t number = 0; number < both; ++number) {
    auto in_a = a.bytes(number);
    if (!in_a) return unexpected(in_a.error());
    auto in_b = b.bytes(number);
    if (!in_b) return unexpected(in_b.error());
    if (!*in_a || *in_a != *in_b) {
      found.first = number;
      found.bytes_a = std::move(*in_a);
      found.bytes_b = std::move(*in_b);
      return found;
    }
    if (!a.is_store() || !b.is_store()) continue;
    auto sealed_a = a.sealed(number);
    if (!sealed_a) return unexpected(sealed_a.error());
    auto sealed_b = b.sealed(number);
    if (!sealed_b) return unexpected(sealed_b.error());
    if (*sealed_a && !*sealed_b) ++found.sealed_only_in_a;
    if (!*sealed_a && *sealed_b) ++found.sealed_only_in_b;
    if (*sealed_a && *sealed_b && *sealed_a != *sealed_b &&
        !found.first_other_sealed) {
      found.first_other_sealed = number;
    }
  }
  return found;
}

}  // namespace sendcheck
