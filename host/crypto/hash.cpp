#include "crypto/hash.hpp"

#include <sodium.h>

#include <array>

namespace sendcheck {

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  // Cannot fail: the function has no resource to run out of.
  crypto_hash_sha256(digest.data(),
                     reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size());

  constexpr std::string_view digits = "0123456789abcdef";
  std::string text = "sha256:";
  text.reserve(text.size() + 2 * digest.size());
  for (const unsigned char byte : digest) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

}  // namespace sendcheck
