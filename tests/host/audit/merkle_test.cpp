#include "audit/merkle.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "crypto/encoding.hpp"
#include "support/small_log.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

using Proof = std::vector<Digest>;

constexpr std::size_t largest = 130;  // past 128, where a level begins

Digest flip(Digest digest, std::size_t bit) {
  digest[bit / 8] = static_cast<unsigned char>(digest[bit / 8] ^ 1 << bit % 8);
  return digest;
}

std::string id_of(const Result<void>& result) {
  return result ? "well" : result.error().id;
}

}  // namespace

TEST_CASE("leaves and nodes and the empty log are hashed as RFC 6962 says") {
  CHECK(hex(bytes_of(empty_root())) ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hex(bytes_of(leaf_hash(""))) ==
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  CHECK(leaf_hash("x") == sha256_digest({std::string("\0x", 2)}));
  const Digest a = leaf_hash("a"), b = leaf_hash("b");
  CHECK(node_hash(a, b) == reference_node(a, b));
  CHECK(node_hash(a, b) != node_hash(b, a));
  // An entry that spells a node is no node.
  const std::string spelt = std::string(bytes_of(a)) + std::string(bytes_of(b));
  CHECK(leaf_hash(spelt) != node_hash(a, b));
}

TEST_CASE("the root of every log up to 130 entries is that of the slow tree") {
  const auto entries = numbered_entries(largest);
  const SubtreeRoots roots = roots_of(entries);
  Frontier tree;
  for (std::size_t size = 0; size <= largest; ++size) {
    INFO("size " << size);
    const Digest wanted = reference_root(Entries(entries).first(size));
    CHECK(tree.size() == size);
    CHECK(tree.root() == wanted);
    const auto root = root_of(size, roots);
    REQUIRE(root);
    CHECK(*root == wanted);
    if (size < largest) tree.append(leaf_hash(entries[size]));
  }
}

TEST_CASE("whole subtrees can be appended wherever they are in step") {
  const auto entries = numbered_entries(largest);
  const SubtreeRoots roots = roots_of(entries);
  for (std::size_t before = 0; before <= largest; ++before) {
    for (int level = 0; before + (std::size_t{1} << level) <= largest &&
                        before % (std::size_t{1} << level) == 0;
         ++level) {
      INFO("a subtree of level " << level << " after " << before);
      Frontier tree;
      for (std::size_t i = 0; i < before; ++i) {
        tree.append(leaf_hash(entries[i]));
      }
      std::size_t size = before + (std::size_t{1} << level);
      tree.append_subtree(level, *roots(level, before >> level));
      CHECK(tree.size() == size);
      CHECK(tree.root() == reference_root(Entries(entries).first(size)));
      // And goes on growing from there.
      for (; size < std::min(before + 40, largest); ++size) {
        tree.append(leaf_hash(entries[size]));
      }
      CHECK(tree.root() == reference_root(Entries(entries).first(tree.size())));
    }
  }
}

TEST_CASE("every inclusion proof up to 130 entries is that of the slow tree") {
  const auto entries = numbered_entries(largest);
  const SubtreeRoots roots = roots_of(entries);
  for (std::size_t size = 1; size <= largest; ++size) {
    const Digest root = reference_root(Entries(entries).first(size));
    for (std::size_t index = 0; index < size; ++index) {
      INFO("entry " << index << " of " << size);
      const auto proof = inclusion_proof(index, size, roots);
      REQUIRE(proof);
      REQUIRE(*proof == reference_path(index, Entries(entries).first(size)));
      REQUIRE(id_of(check_inclusion(index, size, leaf_hash(entries[index]),
                                    root, *proof)) == "well");
    }
  }
}

TEST_CASE(
    "every consistency proof up to 130 entries is that of the slow tree") {
  const auto entries = numbered_entries(largest);
  const SubtreeRoots roots = roots_of(entries);
  std::vector<Digest> root;
  for (std::size_t size = 0; size <= largest; ++size) {
    root.push_back(reference_root(Entries(entries).first(size)));
  }
  for (std::size_t to = 1; to <= largest; ++to) {
    for (std::size_t from = 1; from <= to; ++from) {
      INFO("from " << from << " to " << to);
      const auto proof = consistency_proof(from, to, roots);
      REQUIRE(proof);
      REQUIRE(*proof == reference_proof(from, Entries(entries).first(to)));
      REQUIRE(id_of(check_consistency(from, to, root[from], root[to],
                                      *proof)) == "well");
    }
  }
}

// Every way of spoiling one thing, for every proof of every small log.
TEST_CASE("an inclusion proof that is spoilt in one place is refused") {
  constexpr std::size_t most = 70;
  const auto entries = numbered_entries(most);
  for (std::size_t size = 1; size <= most; ++size) {
    const Entries log = Entries(entries).first(size);
    const Digest root = reference_root(log);
    std::vector<Proof> proofs;
    for (std::size_t index = 0; index < size; ++index) {
      proofs.push_back(reference_path(index, log));
    }
    for (std::size_t index = 0; index < size; ++index) {
      INFO("entry " << index << " of " << size);
      const Proof& proof = proofs[index];
      const Digest leaf = leaf_hash(entries[index]);
      const auto id = [&](const Proof& p) {
        return id_of(check_inclusion(index, size, leaf, root, p));
      };
      const std::size_t bit = (size * 7 + index) % 256;
      for (std::size_t i = 0; i < proof.size(); ++i) {
        Proof changed = proof;
        changed[i] = flip(proof[i], bit);
        REQUIRE(id(changed) == "proof.root");
        changed = proof;
        changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(i));
        REQUIRE(id(changed) == "proof.length");
        if (i > 0) {
          changed = proof;
          std::swap(changed[i - 1], changed[i]);
          REQUIRE(id(changed) == "proof.root");
        }
      }
      for (std::size_t i = 0; i <= proof.size(); ++i) {
        for (const Digest& more : {leaf, root, Digest{}}) {
          Proof changed = proof;
          changed.insert(changed.begin() + static_cast<std::ptrdiff_t>(i),
                         more);
          REQUIRE(id(changed) == "proof.length");
        }
      }
      REQUIRE(id_of(check_inclusion(index, size, flip(leaf, bit), root,
                                    proof)) == "proof.root");
      REQUIRE(id_of(check_inclusion(index, size, leaf, flip(root, bit),
                                    proof)) == "proof.root");
      REQUIRE(id_of(check_inclusion(index, size, leaf, empty_root(), proof)) ==
              "proof.root");
      for (std::size_t other = 0; other < size; ++other) {
        if (other == index) continue;
        const bool as_long = proofs[other].size() == proof.size();
        REQUIRE(id_of(check_inclusion(other, size, leaf, root, proof)) ==
                (as_long ? "proof.root" : "proof.length"));
      }
      for (const std::uint64_t past :
           {std::uint64_t{size}, std::uint64_t{size} + 1, ~std::uint64_t{0}}) {
        REQUIRE(id_of(check_inclusion(past, size, leaf, root, proof)) ==
                "proof.index");
      }
    }
  }
}

TEST_CASE("a consistency proof that is spoilt in one place is refused") {
  constexpr std::size_t most = 70;
  const auto entries = numbered_entries(most);
  std::vector<Digest> root;
  for (std::size_t size = 0; size <= most; ++size) {
    root.push_back(reference_root(Entries(entries).first(size)));
  }
  for (std::size_t to = 1; to <= most; ++to) {
    for (std::size_t from = 1; from <= to; ++from) {
      INFO("from " << from << " to " << to);
      const Proof proof = reference_proof(from, Entries(entries).first(to));
      const auto id = [&](const Proof& p) {
        return id_of(check_consistency(from, to, root[from], root[to], p));
      };
      const std::size_t bit = (to * 7 + from) % 256;
      for (std::size_t i = 0; i < proof.size(); ++i) {
        Proof changed = proof;
        changed[i] = flip(proof[i], bit);
        REQUIRE(id(changed) == "proof.root");
        changed = proof;
        changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(i));
        REQUIRE(id(changed) == "proof.length");
        if (i > 0) {
          changed = proof;
          std::swap(changed[i - 1], changed[i]);
          REQUIRE(id(changed) == "proof.root");
        }
      }
      for (std::size_t i = 0; i <= proof.size(); ++i) {
        for (const Digest& more : {root[from], root[to], Digest{}}) {
          Proof changed = proof;
          changed.insert(changed.begin() + static_cast<std::ptrdiff_t>(i),
                         more);
          REQUIRE(id(changed) == "proof.length");
        }
      }
      REQUIRE(id_of(check_consistency(from, to, flip(root[from], bit), root[to],
                                      proof)) == "proof.root");
      REQUIRE(id_of(check_consistency(from, to, root[from], flip(root[to], bit),
                                      proof)) == "proof.root");
      REQUIRE(id_of(check_consistency(0, to, root[0], root[to], proof)) ==
              "proof.size");
      if (from < to) {
        REQUIRE(id_of(check_consistency(to, from, root[to], root[from],
                                        proof)) == "proof.size");
        REQUIRE(id_of(check_consistency(from, to, root[to], root[from],
                                        proof)) == "proof.root");
        // Another size with the same proof.
        const Proof other =
            reference_proof(from + 1, Entries(entries).first(to));
        REQUIRE(id_of(check_consistency(from + 1, to, root[from], root[to],
                                        proof)) ==
                (other.size() == proof.size() ? "proof.root" : "proof.length"));
      }
    }
  }
}

TEST_CASE("from an empty log nothing can be proved") {
  CHECK(id_of(check_consistency(0, 0, empty_root(), empty_root(), {})) ==
        "proof.size");
  CHECK(id_of(check_consistency(0, 1, empty_root(), leaf_hash("x"), {})) ==
        "proof.size");
  CHECK(id_of(check_inclusion(0, 0, leaf_hash("x"), empty_root(), {})) ==
        "proof.index");
}

TEST_CASE("the message says which root the hashes do not lead to") {
  const auto entries = numbered_entries(7);
  const Digest three = reference_root(Entries(entries).first(3));
  const Digest seven = reference_root(entries);
  const Proof proof = reference_proof(3, entries);
  const auto message = [&](const Digest& from, const Digest& to) {
    return check_consistency(3, 7, from, to, proof).error().message;
  };
  CHECK_THAT(message(flip(three, 0), seven),
             Catch::Contains("smaller log, of 3 entries"));
  CHECK_THAT(message(three, flip(seven, 0)),
             Catch::Contains("larger log, of 7 entries"));
}

TEST_CASE("the message of a wrong length says what there is and should be") {
  const auto entries = numbered_entries(7);
  const auto none =
      check_inclusion(2, 7, leaf_hash("x"), reference_root(entries), {});
  CHECK_THAT(none.error().message,
             Catch::Contains("0 hashes, expected 3 for entry 2 of a log of 7"));
  const auto one = check_inclusion(2, 7, leaf_hash("x"),
                                   reference_root(entries), {Digest{}});
  CHECK_THAT(one.error().message, Catch::Contains("1 hash, expected 3"));
}

TEST_CASE("sizes up to the largest number are counted without overflowing") {
  const std::uint64_t most = ~std::uint64_t{0};
  // A log whose every hash is given: only its shape is real.
  const SubtreeRoots alike = [](int level, std::uint64_t number) {
    const std::string name =
        std::to_string(level) + ":" + std::to_string(number);
    return Result<Digest>(sha256_digest({name}));
  };
  for (const std::uint64_t size :
       {most, most - 1, most / 2 + 1, most / 2 + 2}) {
    for (const std::uint64_t index :
         {std::uint64_t{0}, size / 2, size - 2, size - 1}) {
      INFO("entry " << index << " of " << size);
      const auto proof = inclusion_proof(index, size, alike);
      REQUIRE(proof);
      CHECK(proof->size() <= 64);
      // Of the right length: so that it is only the root that is not led to.
      CHECK(id_of(check_inclusion(index, size, Digest{}, Digest{}, *proof)) ==
            "proof.root");
      Proof longer = *proof;
      longer.push_back(Digest{});
      CHECK(id_of(check_inclusion(index, size, Digest{}, Digest{}, longer)) ==
            "proof.length");
    }
    for (const std::uint64_t from : {std::uint64_t{1}, size / 2, size - 1}) {
      INFO("from " << from << " to " << size);
      const auto proof = consistency_proof(from, size, alike);
      REQUIRE(proof);
      CHECK(id_of(check_consistency(from, size, Digest{}, Digest{}, *proof)) ==
            "proof.root");
    }
  }
}

TEST_CASE("what goes wrong with a subtree is handed on as it is") {
  const SubtreeRoots broken = [](int, std::uint64_t) -> Result<Digest> {
    return unexpected({"test.broken", "no such page"});
  };
  CHECK(root_of(5, broken).error().id == "test.broken");
  CHECK(inclusion_proof(2, 5, broken).error().id == "test.broken");
  CHECK(consistency_proof(2, 5, broken).error().id == "test.broken");
  CHECK(consistency_proof(3, 5, broken).error().id == "test.broken");
  // Where nothing is needed nothing is asked for.
  CHECK(*root_of(0, broken) == empty_root());
  CHECK(inclusion_proof(0, 1, broken)->empty());
  CHECK(consistency_proof(5, 5, broken)->empty());
}
