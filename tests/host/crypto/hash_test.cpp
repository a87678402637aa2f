#include "crypto/hash.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace {

using sendcheck::Digest;
using sendcheck::sha256;
using sendcheck::sha256_digest;

struct Vector {
  std::string message;
  std::string digest;
};

}  // namespace

TEST_CASE("SHA-256 agrees with the vectors of FIPS 180-4") {
  const std::vector<Vector> vectors = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc",
       "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {std::string(1'000'000, 'a'),
       "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"}};
  for (const Vector& vector : vectors) {
    INFO("a message of " << vector.message.size() << " bytes");
    CHECK(sha256(vector.message) == "sha256:" + vector.digest);
  }
}

// Computed with an independent implementation (Python's hashlib).
TEST_CASE("SHA-256 is right on both sides of where a block fills up") {
  const std::vector<Vector> vectors = {
      {std::string(1, 'q'),
       "8e35c2cd3bf6641bdb0e2050b76932cbb2e6034a0ddacc1d9bea82a6ba57f7cf"},
      {std::string(55, 'q'),
       "85528b5baff5639cb8e7daca79d085ac29ac0978e873ed7527158616b2b6c379"},
      {std::string(56, 'q'),
       "f8ce2f8d6990c639668fe404262f35ed72d8bb145ad6bae786af7284447386df"},
      {std::string(57, 'q'),
       "243be04ce55d66163de2c19e9a13edbcea43775ecd0c28047f30338ea24a15af"},
      {std::string(63, 'q'),
       "9b49777003a4143d8c3f4d3002eb631c6bda8b030a3ccc87f8a21d5f61c89e87"},
      {std::string(64, 'q'),
       "ee8e658590c9a5e119400a774415a01db104de1ee6e2c29ec69aa73ef46544d2"},
      {std::string(65, 'q'),
       "2b6c3f7f12b1b12fc5409626dc4e5302d8d37082cbeddea7755eac43aba039c8"},
      {std::string(119, 'q'),
       "c8bc8a6e9626586bb888ad131d44ed2bd37fc608e902904ade3c566c4208e6ca"},
      {std::string(120, 'q'),
       "77a2d49d72a11e41678c51f8f0cb67f5cb570f30370c3aeffe266a0d1ee43209"},
      {std::string(128, 'q'),
       "652713bcb795a6978fa84aa8d071d13e9ee581a8e716e8ab18daa49d1e920360"}};
  for (const Vector& vector : vectors) {
    INFO("a message of " << vector.message.size() << " bytes");
    CHECK(sha256(vector.message) == "sha256:" + vector.digest);
  }
}

TEST_CASE("a nought byte counts like any other") {
  const std::string with_nought("ab\0c", 4);
  CHECK(sha256(with_nought) != sha256("abc"));
  CHECK(sha256(with_nought) != sha256("ab"));
  CHECK(sha256(std::string(1, '\0')) ==
        "sha256:"
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
}

TEST_CASE("one changed bit changes the hash, wherever it stands") {
  const std::string message(130, 'x');
  const std::string hash = sha256(message);
  for (std::size_t i = 0; i < message.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = message;
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      REQUIRE(sha256(changed) != hash);
    }
  }
}

TEST_CASE("parts are hashed as if they were one") {
  const std::string message = "one two three";
  const Digest whole = sha256_digest({message});
  CHECK(sendcheck::in_text(whole) == sha256(message));
  for (std::size_t i = 0; i <= message.size(); ++i) {
    CHECK(sha256_digest({message.substr(0, i), message.substr(i)}) == whole);
  }
  CHECK(sha256_digest({}) == sha256_digest({""}));
  CHECK(sha256_digest({"", message, ""}) == whole);
  CHECK(sha256_digest({message, message}) != whole);
}

TEST_CASE("the bytes of a digest are those that its text spells") {
  const Digest digest = sha256_digest({"abc"});
  const std::string_view bytes = sendcheck::bytes_of(digest);
  REQUIRE(bytes.size() == 32);
  CHECK(static_cast<unsigned char>(bytes.front()) == 0xBA);
  CHECK(static_cast<unsigned char>(bytes.back()) == 0xAD);
}
