#include "script/budget.hpp"

#include <lua5.3/lua.h>

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace sendcheck::script {
namespace {

// A text object of Lua 5.3 on a 64-bit machine: a head, the bytes, a zero.
// Texts of up to 40 bytes are interned, and may or may not be allocated.
constexpr std::size_t text_head = 24;
constexpr std::size_t interned_text = 40;

// A table's keyed part is an untyped new block of two or more of its nodes.
// Some other blocks have such sizes too, which does no harm.
constexpr std::size_t table_node = 32;

// Above this, a table's keyed part is charged by the square of its size: about
// 2,000 keys fit into the usual budget.
constexpr std::size_t large_block = 16u << 10;

}  // namespace

void* Budget::allocate(void* self, void* block, std::size_t old_size,
                       std::size_t new_size) {
  return static_cast<Budget*>(self)->resize(block, old_size, new_size);
}

void Budget::start() {
  used_ = 0;
  effort_ = 0;
  peak_ = bytes_;
  refusal_ = Refusal::none;
  armed_ = true;
}

bool Budget::charge(std::int64_t work) {
  const std::int64_t room =
      std::numeric_limits<std::int64_t>::max() / 2 - used_;
  used_ += std::clamp<std::int64_t>(work, 0, room);
  return used_ <= limits_.instructions && effort_ <= limits_.instructions;
}

// For a new block Lua passes a type tag as old_size, not a size.
void* Budget::resize(void* block, std::size_t old_size, std::size_t new_size) {
  const std::size_t tag = block ? 0 : old_size;
  const std::size_t held = block ? old_size : 0;
  if (new_size == 0) {
    bytes_ -= held;
    std::free(block);
    return nullptr;
  }
  if (armed_ && new_size > held) {
    const Refusal refusal = refuses(block, tag == LUA_TSTRING, held, new_size);
    if (refusal != Refusal::none) {
      refusal_ = refusal;
      // Lua now collects everything and asks again: work in proportion to the
      // heap, which a script that keeps it almost full could force each time.
      // (What is refused for its own size ends the script.)
      if (refusal == Refusal::total) {
        strain(static_cast<std::int64_t>(bytes_ / 64));
      }
      return nullptr;
    }
    if (!block) strain_for_block(tag, new_size);
  }
  void* moved = std::realloc(block, new_size);
  // Lua relies on shrinking never to fail.
  if (!moved) return new_size <= held ? block : nullptr;
  bytes_ = bytes_ - held + new_size;
  peak_ = std::max(peak_, bytes_);
  // The first untyped block of a state is its stack.
  if (block == stack_ && (block || tag == 0)) stack_ = moved;
  return moved;
}

Refusal Budget::refuses(const void* block, bool is_text, std::size_t old_size,
                        std::size_t new_size) const {
  if (is_text && new_size > limits_.text_bytes + text_head + 1) {
    return Refusal::text;
  }
  if (block && block == stack_ && new_size > limits_.stack_bytes) {
    return Refusal::stack;
  }
  if (new_size > limits_.block_bytes) return Refusal::block;
  if (bytes_ - old_size + new_size > limits_.memory_bytes) {
    return Refusal::total;
  }
  return Refusal::none;
}

void Budget::strain_for_block(std::size_t tag, std::size_t size) {
  const auto bytes = static_cast<std::int64_t>(size);
  if (tag == LUA_TSTRING) {
    if (size > text_head + interned_text + 1) strain(64 + 8 * bytes);
    return;
  }
  if (tag != 0 || size == table_node || size % table_node != 0) return;
  strain(20 + bytes / 16);
  if (size > large_block) strain(bytes * bytes / (1 << 13));
}

}  // namespace sendcheck::script
