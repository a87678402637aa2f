#include "crypto/hash.hpp"

#include <openssl/evp.h>

#include <cstdlib>
#include <memory>

#include "crypto/encoding.hpp"

namespace sendcheck {
namespace {

struct Free {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(EVP_MD* algorithm) const { EVP_MD_free(algorithm); }
};

// Looking the algorithm up costs more than a short hash, so each thread does it
// once. Nothing here fails but for want of memory at the start, and then there
// is nothing to go on with.
struct Sha256 {
  std::unique_ptr<EVP_MD, Free> algorithm{
      EVP_MD_fetch(nullptr, "SHA2-256", nullptr)};
  std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};

  void must(bool well) const {
    if (!well) std::abort();
  }
};

}  // namespace

Digest sha256_digest(std::initializer_list<std::string_view> parts) {
  thread_local const Sha256 sha;
  EVP_MD_CTX* const context = sha.context.get();
  sha.must(EVP_DigestInit_ex2(context, sha.algorithm.get(), nullptr) == 1);
  for (const std::string_view part : parts) {
    sha.must(EVP_DigestUpdate(context, part.data(), part.size()) == 1);
  }
  Digest digest{};
  sha.must(EVP_DigestFinal_ex(context, digest.data(), nullptr) == 1);
  return digest;
}

std::string sha256(std::string_view bytes) {
  return in_text(sha256_digest({bytes}));
}

std::string in_text(const Digest& digest) {
  return "sha256:" + hex(bytes_of(digest));
}

std::string_view bytes_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace sendcheck
