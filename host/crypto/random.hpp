// Where random bytes come from: the one place below the doors at which chance comes in.
#pragma once

#include <cstddef>
#include <string>

namespace sendcheck {

class RandomSource {
 public:
  virtual ~RandomSource() = default;
  // Exactly `count` of them.
  virtual std::string bytes(std::size_t count) = 0;
};

// The operating system's. Safe to share between threads.
RandomSource& system_random();

}  // namespace sendcheck
