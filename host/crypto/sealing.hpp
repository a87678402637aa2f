// Secret keys, and what is done with them: XChaCha20-Poly1305, BLAKE2b.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "crypto/hash.hpp"
#include "crypto/random.hpp"

namespace sendcheck {

// 32 secret bytes, wiped from memory when it is destroyed; it can be moved, not copied.
class SecretKey {
 public:
  static constexpr std::size_t size = 32;

  static SecretKey made(RandomSource& random);
  // Error crypto.key_size.
  static Result<SecretKey> from_bytes(std::string_view bytes);

  SecretKey(SecretKey&& other) noexcept;
  SecretKey& operator=(SecretKey&& other) noexcept;
  ~SecretKey();

  std::string_view bytes() const;

  // Another key, for one purpose: whoever holds it cannot work out this one, nor that of another purpose. Keyed BLAKE2b of the purpose,
  // with the personalisation "sendcheck-derive".
  SecretKey derived(std::string_view purpose) const;
  // A value that can be looked up by those who hold the key, and be told from chance by nobody else. Keyed BLAKE2b of the message, with the
  // personalisation "sendcheck-lookup", so that no such value is ever a derived key.
  Digest keyed_hash(std::string_view message) const;

 private:
  SecretKey() = default;
  std::array<unsigned char, size> bytes_{};
};

// A nonce of 24 random bytes, then the ciphertext with its tag: 40 bytes more than `text`. `bound_to` is not in it, and must be given again to open it.
std::string sealed(const SecretKey& key, std::string_view text,
                   std::string_view bound_to, RandomSource& random);
// Error crypto.not_opened: another key, another `bound_to`, or changed bytes; which of them cannot be told.
Result<std::string> opened(const SecretKey& key, std::string_view sealed,
                           std::string_view bound_to);

}  // namespace sendcheck
