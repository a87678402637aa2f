#include "crypto/sealing.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "crypto/encoding.hpp"
#include "support/steady_random.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

// Gives the bytes that it was told to give.
class GivenBytes final : public RandomSource {
 public:
  explicit GivenBytes(std::string bytes) : bytes_(std::move(bytes)) {}
  std::string bytes(std::size_t count) override {
    REQUIRE(count == bytes_.size());
    return bytes_;
  }

 private:
  std::string bytes_;
};

SecretKey counting_key() {
  std::string bytes;
  for (int i = 0; i < 32; ++i) bytes += static_cast<char>(i);
  return std::move(*SecretKey::from_bytes(bytes));
}

void check_not_opened(const Result<std::string>& result) {
  REQUIRE_FALSE(result);
  CHECK(result.error().id == "crypto.not_opened");
}

}  // namespace

// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
TEST_CASE("XChaCha20-Poly1305 agrees with the published vector") {
  const auto key = SecretKey::from_bytes(*from_hex(
      "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"));
  REQUIRE(key);
  const std::string nonce =
      *from_hex("404142434445464748494a4b4c4d4e4f5051525354555657");
  GivenBytes random(nonce);
  const std::string text =
      "Ladies and Gentlemen of the class of '99: If I could offer you only one "
      "tip for the future, sunscreen would be it.";
  const std::string bound_to = *from_hex("50515253c0c1c2c3c4c5c6c7");
  const std::string box = sealed(*key, text, bound_to, random);
  CHECK(box.substr(0, 24) == nonce);
  CHECK(hex(box.substr(24)) ==
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f"
        "1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5"
        "d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da976"
        "8812f615c68b13b52e"
        "c0875924c1c7987947deafd8780acf49");
  const auto back = opened(*key, box, bound_to);
  REQUIRE(back);
  CHECK(*back == text);
}

TEST_CASE("what was sealed is opened again and is 40 bytes longer") {
  SteadyRandom random;
  const SecretKey key = SecretKey::made(random);
  for (std::size_t size = 0; size < 130; ++size) {
    const std::string text = random.bytes(size);
    const std::string box = sealed(key, text, "row 7", random);
    CHECK(box.size() == size + 40);
    const auto back = opened(key, box, "row 7");
    REQUIRE(back);
    CHECK(*back == text);
  }
}

TEST_CASE("a sealed text with any bit turned over is not opened") {
  SteadyRandom random;
  const SecretKey key = SecretKey::made(random);
  const std::string box = sealed(key, "needs evidence", "row 7", random);
  for (std::size_t byte = 0; byte < box.size(); ++byte) {
    for (int bit = 0; bit < 8; ++bit) {
      check_not_opened(opened(key, flipped(box, byte, bit), "row 7"));
    }
  }
}

TEST_CASE("a sealed text that is cut or grown is not opened") {
  SteadyRandom random;
  const SecretKey key = SecretKey::made(random);
  const std::string box = sealed(key, "needs evidence", "row 7", random);
  for (std::size_t size = 0; size < box.size(); ++size) {
    check_not_opened(opened(key, box.substr(0, size), "row 7"));
  }
  check_not_opened(opened(key, box + '\0', "row 7"));
  check_not_opened(opened(key, box + box, "row 7"));
  check_not_opened(opened(key, '\0' + box, "row 7"));
}

TEST_CASE("a sealed text is not opened for another place") {
  SteadyRandom random;
  const SecretKey key = SecretKey::made(random);
  const std::string box = sealed(key, "needs evidence", "row 7", random);
  for (const std::string place :
       {"", "row", "row 8", "row 70", " row 7", "row 7 ", "Row 7"}) {
    check_not_opened(opened(key, box, place));
  }
  const std::string unbound = sealed(key, "needs evidence", "", random);
  REQUIRE(opened(key, unbound, ""));
  check_not_opened(opened(key, unbound, "row 7"));
}

TEST_CASE("a sealed text is not opened with another key") {
  SteadyRandom random;
  const SecretKey key = SecretKey::made(random);
  const std::string box = sealed(key, "needs evidence", "row 7", random);
  check_not_opened(opened(SecretKey::made(random), box, "row 7"));
  check_not_opened(opened(key.derived("payloads"), box, "row 7"));
  for (std::size_t byte = 0; byte < 32; ++byte) {
    const auto near =
        SecretKey::from_bytes(flipped(std::string(key.bytes()), byte, 0));
    check_not_opened(opened(*near, box, "row 7"));
  }
}

TEST_CASE("the same text sealed twice looks different") {
  const SecretKey key = counting_key();
  std::set<std::string> seen;
  for (int i = 0; i < 50; ++i) {
    seen.insert(sealed(key, "met", "row 7", system_random()));
  }
  CHECK(seen.size() == 50);
}

// Computed with an independent implementation (Python's hashlib.blake2b).
TEST_CASE("derived keys and lookup values are keyed BLAKE2b") {
  struct Row {
    std::string message, derived, looked_up;
  };
  const std::vector<Row> rows = {
      {"", "83d1c1ecf68053518c695e6fff6b63d0ae7bb2643ae9c65c7d79d55721777d97",
       "2f0322834cbab800de63e0ec2467c9d564cb943b5fa2b88d2c0f60e0e002a5d9"},
      {"payloads",
       "48e91bb7fab03c54ce60688cc30a7b863f4b6af92459d45a571b4e79055c59b7",
       "4e62de990b1097f62ed2c9f74f8ed2e4f32521c8669986072c936b1a3ca152ee"},
      {"pupil names",
       "40f32df86d9c3b6139edf19c39850e84cb74651b9707bc5ca7b6bc461925a852",
       "77c9d6153faa3746949f18279c3f14cf080c0ae8a788f62360daceb61a56e5ac"},
      {std::string(200, 'x'),
       "92f231b647d0553ad9c184ea48f5caef47f5e36d36f6ab51ecee971b880f41f5",
       "ede3454941521098c982b33c600015e4be505d2feb08edd12a5c818b13842198"}};
  const SecretKey key = counting_key();
  for (const Row& row : rows) {
    INFO(row.message);
    CHECK(hex(key.derived(row.message).bytes()) == row.derived);
    CHECK(hex(bytes_of(key.keyed_hash(row.message))) == row.looked_up);
  }
}

TEST_CASE("keys for different purposes have nothing in common") {
  SteadyRandom random;
  const SecretKey key = SecretKey::made(random);
  const SecretKey other = SecretKey::made(random);
  std::set<std::string> seen = {std::string(key.bytes()),
                                std::string(other.bytes())};
  std::size_t count = 2;
  for (const SecretKey* from : {&key, &other}) {
    for (const char* purpose : {"", "a", "b", "a ", "payloads", "pupils"}) {
      seen.insert(std::string(from->derived(purpose).bytes()));
      seen.insert(std::string(from->derived("a").derived(purpose).bytes()));
      seen.insert(std::string(bytes_of(from->keyed_hash(purpose))));
      count += 3;
    }
  }
  CHECK(seen.size() == count);
}

TEST_CASE("a secret key of another size is refused") {
  for (const std::size_t size : {0u, 1u, 16u, 31u, 33u, 64u}) {
    const auto key = SecretKey::from_bytes(std::string(size, 'k'));
    REQUIRE_FALSE(key);
    CHECK(key.error().id == "crypto.key_size");
    CHECK_THAT(key.error().message,
               Catch::Contains(std::to_string(size) + " bytes"));
  }
}

TEST_CASE("a secret key that was moved leaves nothing behind") {
  SteadyRandom random;
  SecretKey key = SecretKey::made(random);
  const std::string bytes(key.bytes());
  SecretKey moved = std::move(key);
  CHECK(moved.bytes() == bytes);
  CHECK(key.bytes() == std::string(32, '\0'));

  SecretKey target = SecretKey::made(random);
  target = std::move(moved);
  CHECK(target.bytes() == bytes);
  CHECK(moved.bytes() == std::string(32, '\0'));
  SecretKey& itself = target;
  target = std::move(itself);
  CHECK(target.bytes() == bytes);
}

TEST_CASE("the system's random bytes come in any number and do not repeat") {
  CHECK(system_random().bytes(0).empty());
  std::set<std::string> seen;
  for (int i = 0; i < 200; ++i) seen.insert(system_random().bytes(16));
  CHECK(seen.size() == 200);
  CHECK(system_random().bytes(100'000).size() == 100'000);
  CHECK(&system_random() == &system_random());
}

TEST_CASE("threads share the system's random bytes") {
  std::vector<std::string> parts(4);
  std::vector<std::thread> threads;
  for (std::string& part : parts) {
    threads.emplace_back([&part] { part = system_random().bytes(1000); });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(std::set<std::string>(parts.begin(), parts.end()).size() == 4);
}
