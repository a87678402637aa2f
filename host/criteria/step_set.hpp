// A set of steps by number: for the sources of routes_to_met(), which put thousands of them together.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sendcheck {

class StepSet {
 public:
  StepSet() = default;
  explicit StepSet(int step) { add(step); }

  void add(int step) { word(step / bits) |= std::uint64_t{1} << step % bits; }

  bool empty() const { return size() == 0; }
  int size() const {
    int size = 0;
    for (std::size_t i = 0; i < words(); ++i) size += std::popcount(at(i));
    return size;
  }

  bool includes(const StepSet& other) const {
    for (std::size_t i = 0; i < other.words(); ++i) {
      if ((other.at(i) & ~(i < words() ? at(i) : 0)) != 0) return false;
    }
    return true;
  }

  friend StepSet joined(const StepSet& a, const StepSet& b) {
    StepSet set = a;
    for (std::size_t i = 0; i < b.words(); ++i) {
      if (b.at(i) != 0) set.word(static_cast<int>(i)) |= b.at(i);
    }
    return set;
  }

  // Of two sets of one size, that with the lower step where they first differ.
  friend bool is_before(const StepSet& a, const StepSet& b) {
    for (std::size_t i = 0; i < std::max(a.words(), b.words()); ++i) {
      const std::uint64_t x = i < a.words() ? a.at(i) : 0;
      const std::uint64_t y = i < b.words() ? b.at(i) : 0;
      if (x != y) return ((x ^ y) & (~(x ^ y) + 1) & x) != 0;
    }
    return false;
  }

  // Calls `use` with each step, ascending.
  template <class Use>
  void for_each(Use use) const {
    for (std::size_t i = 0; i < words(); ++i) {
      for (std::uint64_t left = at(i); left != 0; left &= left - 1) {
        use(static_cast<int>(i) * bits + std::countr_zero(left));
      }
    }
  }

 private:
  static constexpr int bits = 64;
  // More steps than these two words hold are rare.
  static constexpr std::size_t near = 2;

  std::size_t words() const { return near + far_.size(); }
  std::uint64_t at(std::size_t i) const {
    return i < near ? near_[i] : far_[i - near];
  }
  std::uint64_t& word(int index) {
    const auto i = static_cast<std::size_t>(index);
    if (i < near) return near_[i];
    if (far_.size() <= i - near) far_.resize(i - near + 1);
    return far_[i - near];
  }

  std::array<std::uint64_t, near> near_{};
  std::vector<std::uint64_t> far_;
};

using StepSets = std::vector<StepSet>;

}  // namespace sendcheck
