#include "crypto/signing.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "crypto/encoding.hpp"
#include "support/steady_random.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

template <class Bytes>
std::string hex_of(const Bytes& bytes) {
  return hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

Signature signature_from(const std::string& text) {
  Signature signature{};
  const std::string bytes = *from_hex(text);
  std::copy(bytes.begin(), bytes.end(), signature.begin());
  return signature;
}

struct Vector {
  std::string seed, public_key, message, signature;
};

// RFC 8032 section 7.1, tests 1 to 3 and that of SHA(abc).
const std::vector<Vector>& vectors() {
  static const std::vector<Vector> all = {
      {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
       "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
       "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb882"
       "1590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
      {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
       "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
       "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1"
       "e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
      {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
       "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
       "af82",
       "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b"
       "538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"},
      {"833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
       "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
       "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a219299"
       "2a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
       "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351f"
       "c9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"}};
  return all;
}

}  // namespace

TEST_CASE("Ed25519 agrees with the vectors of RFC 8032") {
  for (const Vector& vector : vectors()) {
    INFO("seed " << vector.seed);
    const auto key = SigningKey::from_seed(*from_hex(vector.seed));
    REQUIRE(key);
    const std::string message = *from_hex(vector.message);
    CHECK(hex_of(key->public_key()) == vector.public_key);
    CHECK(hex(key->seed()) == vector.seed);
    CHECK(hex_of(key->sign(message)) == vector.signature);
    CHECK(signature_holds(key->public_key(), message,
                          signature_from(vector.signature)));
  }
}

TEST_CASE("a signature with any bit turned over does not hold") {
  const Vector& vector = vectors()[2];
  const auto key = SigningKey::from_seed(*from_hex(vector.seed));
  const std::string message = *from_hex(vector.message);
  for (std::size_t byte = 0; byte < 64; ++byte) {
    for (int bit = 0; bit < 8; ++bit) {
      Signature changed = key->sign(message);
      changed[byte] = static_cast<unsigned char>(changed[byte] ^ (1 << bit));
      INFO("byte " << byte << ", bit " << bit);
      CHECK_FALSE(signature_holds(key->public_key(), message, changed));
    }
  }
}

TEST_CASE("a signature does not hold over another message") {
  const auto key = SigningKey::from_seed(*from_hex(vectors()[0].seed));
  const std::string message = "144 pupils";
  const Signature signature = key->sign(message);
  REQUIRE(signature_holds(key->public_key(), message, signature));
  CHECK_FALSE(signature_holds(key->public_key(), "", signature));
  CHECK_FALSE(signature_holds(key->public_key(), "144 pupil", signature));
  CHECK_FALSE(signature_holds(key->public_key(), "144 pupils ", signature));
  CHECK_FALSE(signature_holds(key->public_key(), " 144 pupils", signature));
  for (std::size_t i = 0; i < message.size(); ++i) {
    CHECK_FALSE(
        signature_holds(key->public_key(), flipped(message, i, 3), signature));
  }
}

TEST_CASE("a signature does not hold under another key") {
  const auto key = SigningKey::from_seed(*from_hex(vectors()[0].seed));
  const auto other = SigningKey::from_seed(*from_hex(vectors()[1].seed));
  const Signature signature = key->sign("x");
  CHECK_FALSE(signature_holds(other->public_key(), "x", signature));
  for (std::size_t byte = 0; byte < 32; ++byte) {
    PublicKey changed = key->public_key();
    changed[byte] = static_cast<unsigned char>(changed[byte] ^ 1);
    CHECK_FALSE(signature_holds(changed, "x", signature));
  }
}

TEST_CASE("a key with which anything would hold is not accepted") {
  // Points of small order (RFC 8032 section 8.4 and the like): with R the
  // neutral element and S nought, a careless check accepts any message.
  Signature empty{};
  empty[0] = 1;
  PublicKey neutral{};
  neutral[0] = 1;
  CHECK_FALSE(signature_holds(neutral, "anything", empty));
  CHECK_FALSE(signature_holds(PublicKey{}, "anything", empty));
  CHECK_FALSE(signature_holds(PublicKey{}, "anything", Signature{}));
}

TEST_CASE("a second spelling of a signature is not accepted") {
  // S + L is S once more, to whoever does not look at its size (RFC 8032
  // section 5.1.7, step 1).
  const auto key = SigningKey::from_seed(*from_hex(vectors()[1].seed));
  const std::string order = *from_hex(
      "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  Signature signature = key->sign("x");
  int carry = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    carry += signature[32 + i] + static_cast<unsigned char>(order[i]);
    signature[32 + i] = static_cast<unsigned char>(carry & 0xFF);
    carry >>= 8;
  }
  CHECK_FALSE(signature_holds(key->public_key(), "x", signature));
}

TEST_CASE("a signing key of another size is refused") {
  for (const std::size_t size : {0u, 1u, 31u, 33u, 64u}) {
    const auto key = SigningKey::from_seed(std::string(size, 'k'));
    REQUIRE_FALSE(key);
    CHECK(key.error().id == "crypto.key_size");
    CHECK_THAT(key.error().message,
               Catch::Contains(std::to_string(size) + " bytes"));
  }
}

TEST_CASE("a signing key is made of the random bytes that it is given") {
  SteadyRandom one("a"), same("a"), other("b");
  const SigningKey key = SigningKey::made(one);
  CHECK(key.seed() == SteadyRandom("a").bytes(32));
  CHECK(key.public_key() == SigningKey::made(same).public_key());
  CHECK(key.public_key() != SigningKey::made(other).public_key());
}

TEST_CASE("a signing key that was moved leaves nothing behind") {
  SteadyRandom random;
  SigningKey key = SigningKey::made(random);
  const std::string seed = key.seed();
  SigningKey moved = std::move(key);
  CHECK(moved.seed() == seed);
  CHECK(key.seed() == std::string(32, '\0'));

  SigningKey target = SigningKey::made(random);
  REQUIRE(target.seed() != seed);
  target = std::move(moved);
  CHECK(target.seed() == seed);
  CHECK(moved.seed() == std::string(32, '\0'));
  SigningKey& itself = target;
  target = std::move(itself);
  CHECK(target.seed() == seed);
  CHECK(signature_holds(target.public_key(), "x", target.sign("x")));
}
