#include "base/large_pages.hpp"

#include <sys/mman.h>

#include <cstddef>
#include <new>

namespace sendcheck {
namespace {

constexpr std::size_t page = std::size_t{2} << 20;

class LargePages : public std::pmr::memory_resource {
  void* do_allocate(std::size_t bytes, std::size_t alignment) override {
    if (bytes < page) return ::operator new(bytes, std::align_val_t(alignment));
    void* block = ::operator new(bytes, std::align_val_t(page));
    // What is over at the end stays in ordinary pages. A refusal does no harm.
    madvise(block, bytes / page * page, MADV_HUGEPAGE);
    return block;
  }
  void do_deallocate(void* block, std::size_t bytes,
                     std::size_t alignment) override {
    ::operator delete(block, std::align_val_t(bytes < page ? alignment : page));
  }
  bool do_is_equal(
      const std::pmr::memory_resource& other) const noexcept override {
    return this == &other;
  }
};

}  // namespace

std::pmr::memory_resource* large_pages() {
  static LargePages pages;
  return &pages;
}

}  // namespace sendcheck
