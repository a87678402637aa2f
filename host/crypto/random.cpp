#include "crypto/random.hpp"

#include <sodium.h>

#include "crypto/sodium.hpp"

namespace sendcheck {
namespace {

class SystemRandom final : public RandomSource {
 public:
  std::string bytes(std::size_t count) override {
    start_sodium();
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
  }
};

}  // namespace

RandomSource& system_random() {
  static SystemRandom source;  // holds nothing
  return source;
}

}  // namespace sendcheck
