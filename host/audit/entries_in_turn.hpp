// Entries on their way from a thread that reads the log to one that looks at them. For the sources of this layer.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "audit/entry.hpp"
#include "audit/log_reader.hpp"

namespace sendcheck {

// An entry that was read and is to be looked at. Of its sealed bytes, what there is to look at.
struct ReadEntry {
  std::uint64_t number = 0;
  std::string_view bytes;
  std::optional<PayloadMark> sealed;
  Digest leaf{};  // as it is stored
};

class SomeEntries {
 public:
  static constexpr std::size_t most = 512;

  // On the thread that reads, which has time to hash what it need not copy.
  void add(const StoredEntry& stored) {
    Item item{stored.number, bytes_.size(), stored.bytes.size(), {}, {}};
    std::copy_n(stored.leaf.begin(),
                std::min(stored.leaf.size(), item.leaf.size()),
                item.leaf.begin());
    bytes_ += stored.bytes;
    if (stored.has_sealed) {
      item.sealed = {stored.sealed.size(), sha256_digest({stored.sealed})};
    }
    items_.push_back(item);
  }
  std::size_t size() const { return items_.size(); }
  ReadEntry entry(std::size_t index) const {
    const Item& item = items_[index];
    return {item.number, std::string_view(bytes_).substr(item.at, item.bytes),
            item.sealed, item.leaf};
  }

 private:
  struct Item {
    std::uint64_t number = 0;
    std::size_t at = 0;
    std::size_t bytes = 0;
    std::optional<PayloadMark> sealed;
    Digest leaf{};
  };
  std::string bytes_;
  std::vector<Item> items_;
};

// From the thread that reads to the one that looks, a few at a time.
class Handover {
 public:
  // False: no more is wanted.
  bool put(std::unique_ptr<SomeEntries> some) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return refused_ || waiting_.size() < most; });
    if (refused_) return false;
    waiting_.push_back(std::move(some));
    changed_.notify_all();
    return true;
  }
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }
  // Null: there is no more.
  std::unique_ptr<SomeEntries> take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock,
                  [&] { return refused_ || closed_ || !waiting_.empty(); });
    if (refused_ || waiting_.empty()) return nullptr;
    auto some = std::move(waiting_.front());
    waiting_.pop_front();
    changed_.notify_all();
    return some;
  }
  void refuse() {
    const std::lock_guard lock(mutex_);
    refused_ = true;
    changed_.notify_all();
  }

 private:
  static constexpr std::size_t most = 4;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::unique_ptr<SomeEntries>> waiting_;
  bool closed_ = false;
  bool refused_ = false;
};

}  // namespace sendcheck
