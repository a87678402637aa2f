#include "crypto/sealing.hpp"

#include <sodium.h>

#include <algorithm>
#include <utility>

#include "crypto/sodium.hpp"

namespace sendcheck {
namespace {

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(SecretKey::size == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

// BLAKE2b's own parameter for keeping two uses of one key apart (RFC 7693 names
// it, section 2.8): without it, the value under which something is looked up
// would be the key of the purpose of that name.
constexpr std::string_view for_keys = "sendcheck-derive";
constexpr std::string_view for_values = "sendcheck-lookup";
static_assert(for_keys.size() == crypto_generichash_blake2b_PERSONALBYTES);
static_assert(for_values.size() == crypto_generichash_blake2b_PERSONALBYTES);

void keyed_blake2b(unsigned char* out, std::string_view key,
                   std::string_view message, std::string_view use) {
  start_sodium();
  crypto_generichash_blake2b_salt_personal(
      out, SecretKey::size, octets(message), message.size(), octets(key),
      key.size(), nullptr, octets(use));
}

}  // namespace

SecretKey SecretKey::made(RandomSource& random) {
  std::string bytes = random.bytes(size);
  Result<SecretKey> key = from_bytes(bytes);
  sodium_memzero(bytes.data(), bytes.size());
  return std::move(*key);
}

Result<SecretKey> SecretKey::from_bytes(std::string_view bytes) {
  if (bytes.size() != size) {
    return unexpected({"crypto.key_size",
                       "The secret key has " + std::to_string(bytes.size()) +
                           " bytes, expected 32. Check that it is the key "
                           "that was made at set-up, and whole."});
  }
  SecretKey key;
  std::copy_n(octets(bytes), size, key.bytes_.begin());
  return key;
}

SecretKey::SecretKey(SecretKey&& other) noexcept : bytes_(other.bytes_) {
  sodium_memzero(other.bytes_.data(), size);
}

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept {
  if (this != &other) {
    bytes_ = other.bytes_;
    sodium_memzero(other.bytes_.data(), size);
  }
  return *this;
}

SecretKey::~SecretKey() { sodium_memzero(bytes_.data(), size); }

std::string_view SecretKey::bytes() const {
  return {reinterpret_cast<const char*>(bytes_.data()), size};
}

SecretKey SecretKey::derived(std::string_view purpose) const {
  SecretKey key;
  keyed_blake2b(key.bytes_.data(), bytes(), purpose, for_keys);
  return key;
}

Digest SecretKey::keyed_hash(std::string_view message) const {
  Digest digest{};
  keyed_blake2b(digest.data(), bytes(), message, for_values);
  return digest;
}

std::string sealed(const SecretKey& key, std::string_view text,
                   std::string_view bound_to, RandomSource& random) {
  start_sodium();
  std::string out = random.bytes(nonce_size);
  out.resize(nonce_size + text.size() + tag_size);
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      octets(out) + nonce_size, nullptr, octets(text), text.size(),
      octets(bound_to), bound_to.size(), nullptr, octets(out),
      octets(key.bytes()));
  return out;
}

Result<std::string> opened(const SecretKey& key, std::string_view sealed,
                           std::string_view bound_to) {
  const auto not_opened = [] {
    return unexpected(
        {"crypto.not_opened",
         "This cannot be opened: it was sealed with another key, or for "
         "another place, or its bytes have been changed since. Check which "
         "key is used, or take the file from a backup."});
  };
  if (sealed.size() < nonce_size + tag_size) return not_opened();
  start_sodium();
  const std::string_view ciphertext = sealed.substr(nonce_size);
  std::string text(ciphertext.size() - tag_size, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          octets(text), nullptr, nullptr, octets(ciphertext), ciphertext.size(),
          octets(bound_to), bound_to.size(), octets(sealed),
          octets(key.bytes())) != 0) {
    return not_opened();
  }
  return text;
}

}  // namespace sendcheck
