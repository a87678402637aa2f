#include "crypto/signing.hpp"

#include <sodium.h>

#include <tuple>
#include <utility>

#include "crypto/sodium.hpp"

namespace sendcheck {
namespace {

static_assert(std::tuple_size_v<PublicKey> == crypto_sign_PUBLICKEYBYTES);
static_assert(std::tuple_size_v<Signature> == crypto_sign_BYTES);

}  // namespace

SigningKey SigningKey::made(RandomSource& random) {
  std::string seed = random.bytes(crypto_sign_SEEDBYTES);
  Result<SigningKey> key = from_seed(seed);
  sodium_memzero(seed.data(), seed.size());
  return std::move(*key);
}

Result<SigningKey> SigningKey::from_seed(std::string_view seed) {
  if (seed.size() != crypto_sign_SEEDBYTES) {
    return unexpected({"crypto.key_size",
                       "The signing key has " + std::to_string(seed.size()) +
                           " bytes, expected 32. Check that it is the key "
                           "that was made at set-up, and whole."});
  }
  start_sodium();
  SigningKey key;
  static_assert(std::tuple_size_v<decltype(key.secret_)> ==
                crypto_sign_SECRETKEYBYTES);
  crypto_sign_seed_keypair(key.public_.data(), key.secret_.data(),
                           octets(seed));
  return key;
}

SigningKey::SigningKey(SigningKey&& other) noexcept
    : secret_(other.secret_), public_(other.public_) {
  sodium_memzero(other.secret_.data(), other.secret_.size());
}

SigningKey& SigningKey::operator=(SigningKey&& other) noexcept {
  if (this != &other) {
    secret_ = other.secret_;
    public_ = other.public_;
    sodium_memzero(other.secret_.data(), other.secret_.size());
  }
  return *this;
}

SigningKey::~SigningKey() { sodium_memzero(secret_.data(), secret_.size()); }

std::string SigningKey::seed() const {
  // The library keeps the seed in front of the public key.
  return {reinterpret_cast<const char*>(secret_.data()), crypto_sign_SEEDBYTES};
}

Signature SigningKey::sign(std::string_view message) const {
  Signature signature{};
  crypto_sign_detached(signature.data(), nullptr, octets(message),
                       message.size(), secret_.data());
  return signature;
}

bool signature_holds(const PublicKey& key, std::string_view message,
                     const Signature& signature) {
  start_sodium();
  return crypto_sign_verify_detached(signature.data(), octets(message),
                                     message.size(), key.data()) == 0;
}

}  // namespace sendcheck
