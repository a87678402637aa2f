// The Merkle tree of RFC 6962 and RFC 9162 section 2.1, over SHA-256: hashes, the O(log n) frontier that appending needs, inclusion and consistency
// proofs. Knows no storage: what it needs of a tree it is handed.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "crypto/hash.hpp"

namespace sendcheck {

Digest leaf_hash(std::string_view entry);                   // H(0x00 || entry)
Digest node_hash(const Digest& left, const Digest& right);  // H(0x01 || l || r)
Digest empty_root();                                        // H("")

// A tree that grows at its right end. Holds one hash for each set bit of its size.
class Frontier {
 public:
  void append(const Digest& leaf);
  // Appends a complete subtree of 2^level leaves. Needs size() to be a multiple of 2^level.
  void append_subtree(int level, const Digest& root);
  std::uint64_t size() const { return size_; }
  Digest root() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Digest> complete_;  // from the largest subtree to the smallest
};

// The root of the complete subtree of leaves [number * 2^level, (number + 1) * 2^level). Level 0: a leaf's hash.
using SubtreeRoots =
    std::function<Result<Digest>(int level, std::uint64_t number)>;

// The root of the first `size` leaves.
Result<Digest> root_of(std::uint64_t size, const SubtreeRoots& roots);

// RFC 9162 section 2.1.3.1. Needs index < size. Errors are those of `roots`.
Result<std::vector<Digest>> inclusion_proof(std::uint64_t index,
                                            std::uint64_t size,
                                            const SubtreeRoots& roots);
// Section 2.1.4.1. Needs 0 < from <= to.
Result<std::vector<Digest>> consistency_proof(std::uint64_t from,
                                              std::uint64_t to,
                                              const SubtreeRoots& roots);

// Section 2.1.3.2. Errors: proof.index (no such leaf in a tree of that size), proof.length (too few or too many hashes), proof.root (the hashes do not
// lead to the root).
Result<void> check_inclusion(std::uint64_t index, std::uint64_t size,
                             const Digest& leaf, const Digest& root,
                             const std::vector<Digest>& proof);
// Section 2.1.4.2. Errors: proof.size (from 0, or larger than to), proof.length, proof.root (of the smaller or of the larger tree: the message says which).
Result<void> check_consistency(std::uint64_t from, std::uint64_t to,
                               const Digest& from_root, const Digest& to_root,
                               const std::vector<Digest>& proof);

}  // namespace sendcheck
