// Small, quick and the same everywhere: splitmix64.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace sendcheck::bench {

class Dice {
 public:
  // `forgetful`: how many in a hundred more are left out of what can be.
  explicit Dice(std::uint64_t seed, int forgetful = 0)
      : state_(seed), forgetful_(forgetful) {}

  std::uint64_t roll() {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  // 0 to n - 1. Needs n >= 1.
  int below(int n) {
    const std::uint64_t wide = (roll() >> 32) * static_cast<std::uint64_t>(n);
    return static_cast<int>(wide >> 32);
  }
  int between(int first, int last) { return first + below(last - first + 1); }
  bool in_a_hundred(int chance) { return below(100) < chance; }
  bool left_out(int chance) { return below(100) < chance + forgetful_; }
  bool in_a_thousand(int chance) { return below(1000) < chance; }

  template <class T, std::size_t n>
  const T& one_of(const std::array<T, n>& choices) {
    return choices[static_cast<std::size_t>(below(static_cast<int>(n)))];
  }

 private:
  std::uint64_t state_;
  int forgetful_;
};

}  // namespace sendcheck::bench
