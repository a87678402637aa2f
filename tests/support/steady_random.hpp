// Random bytes that are the same in each run.
#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include "crypto/hash.hpp"
#include "crypto/random.hpp"

namespace sendcheck::test {

// Two sources of one name give the same bytes, two of different names others.
class SteadyRandom final : public RandomSource {
 public:
  explicit SteadyRandom(std::string name = "steady") : name_(std::move(name)) {}

  std::string bytes(std::size_t count) override {
    std::string bytes;
    while (bytes.size() < count) {
      const std::string number = std::to_string(++blocks_);
      bytes += bytes_of(sha256_digest({name_, ":", number}));
    }
    bytes.resize(count);
    return bytes;
  }

 private:
  std::string name_;
  int blocks_ = 0;
};

// `text` with the given bit of the given byte turned over.
inline std::string flipped(std::string text, std::size_t byte, int bit) {
  text[byte] = static_cast<char>(text[byte] ^ (1 << bit));
  return text;
}

}  // namespace sendcheck::test
