// Memory for the values of one text: given out piece by piece, taken back all
// at once, and kept for the next text.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <type_traits>
#include <vector>

namespace sendcheck::json {

class Arena {
 public:
  // A copy that lives until reset().
  template <class T>
  std::span<const T> keep(const T* first, std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T>);
    static_assert(alignof(T) <= alignment);
    if (count == 0) return {};
    std::byte* place = take(count * sizeof(T));
    std::memcpy(place, first, count * sizeof(T));
    return {reinterpret_cast<const T*>(place), count};
  }

  // Everything kept so far is void; the memory stays.
  void reset() {
    block_ = 0;
    used_ = 0;
  }

 private:
  static constexpr std::size_t alignment = alignof(std::max_align_t);
  static constexpr std::size_t first_block = std::size_t{1} << 16;

  struct Block {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size = 0;
  };

  std::byte* take(std::size_t size) {
    size = (size + alignment - 1) / alignment * alignment;
    while (block_ < blocks_.size() && blocks_[block_].size - used_ < size) {
      ++block_;
      used_ = 0;
    }
    if (block_ == blocks_.size()) {
      const std::size_t next =
          blocks_.empty() ? first_block : 2 * blocks_.back().size;
      const std::size_t room = std::max(next, size);
      blocks_.push_back(
          {std::make_unique_for_overwrite<std::byte[]>(room), room});
    }
    std::byte* place = blocks_[block_].bytes.get() + used_;
    used_ += size;
    return place;
  }

  std::vector<Block> blocks_;
  std::size_t block_ = 0;  // the block in use
  std::size_t used_ = 0;   // of that block
};

}  // namespace sendcheck::json
