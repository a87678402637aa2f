#include "base/large_pages.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstring>
#include <vector>

using namespace sendcheck;

TEST_CASE("Memory in large pages can be written to its end and given back") {
  constexpr std::size_t page = std::size_t{2} << 20;
  std::pmr::memory_resource& memory = *large_pages();
  for (const std::size_t bytes : {std::size_t{1}, std::size_t{4096}, page - 1,
                                  page, page + 1, 3 * page + 7}) {
    INFO(bytes);
    for (const std::size_t alignment : {std::size_t{8}, std::size_t{64}}) {
      void* block = memory.allocate(bytes, alignment);
      REQUIRE(block != nullptr);
      const auto place = reinterpret_cast<std::uintptr_t>(block);
      CHECK(place % (bytes < page ? alignment : page) == 0);
      std::memset(block, 0x5a, bytes);
      CHECK(static_cast<const unsigned char*>(block)[bytes - 1] == 0x5a);
      memory.deallocate(block, bytes, alignment);
    }
  }
}

TEST_CASE("A list that grows in large pages keeps what it holds") {
  std::pmr::vector<int> numbers(large_pages());
  for (int i = 0; i < 1'500'000; ++i) numbers.push_back(i);
  for (int i = 0; i < 1'500'000; i += 99'991) {
    CHECK(numbers[static_cast<std::size_t>(i)] == i);
  }
}
