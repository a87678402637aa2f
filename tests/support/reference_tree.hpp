// The tree of RFC 6962, slow and by the letter: section 2.1 written down as the recursions that it states, over the entries themselves. What
// the program computes another way is held to it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "crypto/hash.hpp"

namespace sendcheck::test {

using Entries = std::span<const std::string>;

// "the largest power of two smaller than n (i.e., k < n <= 2k)"
inline std::size_t reference_split(std::size_t n) {
  std::size_t k = 1;
  while (2 * k < n) k *= 2;
  return k;
}

inline Digest reference_node(const Digest& left, const Digest& right) {
  const std::string one("\1", 1);
  return sha256_digest({one, bytes_of(left), bytes_of(right)});
}

// MTH(D[n]), section 2.1.
inline Digest reference_root(Entries d) {
  if (d.empty()) return sha256_digest({""});
  if (d.size() == 1) {
    const std::string nought("\0", 1);
    return sha256_digest({nought, d[0]});
  }
  const std::size_t k = reference_split(d.size());
  return reference_node(reference_root(d.first(k)),
                        reference_root(d.subspan(k)));
}

// PATH(m, D[n]), section 2.1.1.
inline std::vector<Digest> reference_path(std::size_t m, Entries d) {
  if (d.size() == 1) return {};
  const std::size_t k = reference_split(d.size());
  std::vector<Digest> path;
  if (m < k) {
    path = reference_path(m, d.first(k));
    path.push_back(reference_root(d.subspan(k)));
  } else {
    path = reference_path(m - k, d.subspan(k));
    path.push_back(reference_root(d.first(k)));
  }
  return path;
}

// SUBPROOF(m, D[n], b), section 2.1.2.
inline std::vector<Digest> reference_subproof(std::size_t m, Entries d,
                                              bool b) {
  if (m == d.size()) {
    if (b) return {};
    return {reference_root(d)};
  }
  const std::size_t k = reference_split(d.size());
  std::vector<Digest> proof;
  if (m <= k) {
    proof = reference_subproof(m, d.first(k), b);
    proof.push_back(reference_root(d.subspan(k)));
  } else {
    proof = reference_subproof(m - k, d.subspan(k), false);
    proof.push_back(reference_root(d.first(k)));
  }
  return proof;
}

// PROOF(m, D[n]), section 2.1.2.
inline std::vector<Digest> reference_proof(std::size_t m, Entries d) {
  return reference_subproof(m, d, true);
}

}  // namespace sendcheck::test
