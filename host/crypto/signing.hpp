// Ed25519 (RFC 8032).
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "crypto/random.hpp"

namespace sendcheck {

using PublicKey = std::array<unsigned char, 32>;
using Signature = std::array<unsigned char, 64>;

// A private key. Its bytes are wiped from memory when it is destroyed; it can be moved, not copied.
class SigningKey {
 public:
  static SigningKey made(RandomSource& random);
  // From the 32-byte seed. Error crypto.key_size.
  static Result<SigningKey> from_seed(std::string_view seed);

  SigningKey(SigningKey&& other) noexcept;
  SigningKey& operator=(SigningKey&& other) noexcept;
  ~SigningKey();

  const PublicKey& public_key() const { return public_; }
  std::string seed()
      const;  // to be written to a file that only its owner can read
  Signature sign(std::string_view message) const;

 private:
  SigningKey() = default;
  std::array<unsigned char, 64> secret_{};
  PublicKey public_{};
};

bool signature_holds(const PublicKey& key, std::string_view message,
                     const Signature& signature);

}  // namespace sendcheck
