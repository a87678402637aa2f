// The disk behind PowerCutDisk (power_cut_vfs.hpp says what a power cut does to it), without SQLite.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace sendcheck::test {

// A write or a truncation.
struct Change {
  bool truncation = false;
  std::size_t at = 0;  // of a truncation: the new size
  std::string bytes = {};
};

struct Content {
  std::string now;
  std::string durable;
  std::vector<Change> pending;
  std::map<const void*, int> locks;  // who holds which, above SQLITE_LOCK_NONE
};
using Inode = std::shared_ptr<Content>;

inline void make_change(std::string& content, const Change& change) {
  if (change.truncation) {
    content.resize(change.at, '\0');
    return;
  }
  const std::size_t end = change.at + change.bytes.size();
  if (content.size() < end) content.resize(end, '\0');
  std::copy(change.bytes.begin(), change.bytes.end(),
            content.begin() + static_cast<std::ptrdiff_t>(change.at));
}

class MemoryDisk {
 public:
  explicit MemoryDisk(std::uint64_t seed) : chance_(seed) {}

  Inode find(const std::string& name) const {
    const auto found = names_.find(name);
    return found == names_.end() ? nullptr : found->second;
  }

  bool is_off() const { return off_; }

  // Each of these is one operation; false: the power went off in it, or before.
  bool make(const std::string& name) {
    return operate([&] { change_name(name, std::make_shared<Content>()); });
  }
  bool remove(const std::string& name) {
    return operate([&] { change_name(name, nullptr); });
  }
  bool change(Content& content, Change change) {
    return operate([&] {
      make_change(content.now, change);
      content.pending.push_back(std::move(change));
    });
  }
  bool sync(Content& content) {
    if (!operate([] {})) return false;
    ++syncs_;
    for (const Change& change : content.pending)
      make_change(content.durable, change);
    content.pending.clear();
    return true;
  }
  bool sync_folder() {
    if (!operate([] {})) return false;
    ++syncs_;
    durable_names_ = names_;
    name_changes_.clear();
    return true;
  }

  void cut_after(int operations) { left_ = operations; }

  void restart() {
    off_ = false;
    left_ = 0;
    lose_names();
    for (const auto& [name, content] : names_) lose_writes(*content);
  }

  int operations() const { return operations_; }
  int syncs() const { return syncs_; }
  const std::map<std::string, Inode>& names() const { return names_; }
  std::uint64_t random() { return chance_(); }

 private:
  // What is begun as the power goes off may have reached the disk, so it is
  // done; it is not acknowledged.
  template <class Do>
  bool operate(Do&& doing) {
    if (off_) return false;
    ++operations_;
    doing();
    if (left_ > 0 && --left_ == 0) off_ = true;
    return !off_;
  }

  void change_name(const std::string& name, Inode inode) {
    name_changes_.emplace_back(name, inode);
    if (inode) {
      names_[name] = std::move(inode);
    } else {
      names_.erase(name);
    }
  }

  void lose_names() {
    std::map<std::string, std::vector<Inode>> states;
    for (const auto& [name, inode] : name_changes_) {
      auto& of_name = states[name];
      if (of_name.empty()) {
        const auto before = durable_names_.find(name);
        of_name.push_back(before == durable_names_.end() ? nullptr
                                                         : before->second);
      }
      of_name.push_back(inode);
    }
    for (const auto& [name, of_name] : states) {
      const Inode& inode = of_name[chance_() % of_name.size()];
      if (inode) {
        durable_names_[name] = inode;
      } else {
        durable_names_.erase(name);
      }
    }
    name_changes_.clear();
    names_ = durable_names_;
  }

  void lose_writes(Content& content) {
    // Of some files everything is kept, of some nothing: with one coin for each
    // sector these would hardly occur.
    const std::uint64_t odds = chance_() % 9;
    const bool rubbish = chance_() % 2 == 0;
    std::string& bytes = content.durable;
    for (const Change& change : content.pending) {
      if (change.truncation) {
        if (chance_() % 8 < odds) make_change(bytes, change);
        continue;
      }
      std::size_t at = change.at;
      const std::size_t end = change.at + change.bytes.size();
      constexpr std::size_t sector = 512;
      while (at < end) {
        const std::size_t next = std::min(end, (at / sector + 1) * sector);
        if (chance_() % 8 < odds) {
          while (bytes.size() < at) {
            bytes += rubbish ? static_cast<char>(chance_()) : '\0';
          }
          make_change(
              bytes, {.at = at,
                      .bytes = change.bytes.substr(at - change.at, next - at)});
        }
        at = next;
      }
    }
    content.pending.clear();
    content.now = bytes;
    content.locks.clear();
  }

  std::mt19937_64 chance_;
  std::map<std::string, Inode> names_;
  std::map<std::string, Inode> durable_names_;
  // Files made (with their content) and deleted since the folder's last sync.
  std::vector<std::pair<std::string, Inode>> name_changes_;
  int operations_ = 0;
  int syncs_ = 0;
  int left_ = 0;  // operations until the cut; 0: none is planned
  bool off_ = false;
};

}  // namespace sendcheck::test
