#include "audit/merkle.hpp"

#include <algorithm>
#include <bit>
#include <optional>
#include <string>
#include <utility>

namespace sendcheck {
namespace {

// RFC 9162 section 2.1.1: leaves and nodes are told apart by their first byte,
// so that no entry can be passed off as a node, nor a node as an entry.
constexpr std::string_view before_leaf("\0", 1);
constexpr std::string_view before_node("\1", 1);

// "The largest power of two smaller than n", section 2.1.1. Needs n > 1.
std::uint64_t left_part(std::uint64_t n) { return std::bit_floor(n - 1); }

// The root of `count` leaves from `start` on. Needs count > 0 and `start` to be
// a multiple of the smallest power of two that holds them, as it is wherever
// the recursions of section 2.1 come to.
Result<Digest> root_of_range(std::uint64_t start, std::uint64_t count,
                             const SubtreeRoots& roots) {
  // The complete subtrees from left to right are the bits of `count` from the
  // highest; the root folds them from the right.
  std::optional<Digest> root;
  for (std::uint64_t left = count; left != 0; left &= left - 1) {
    const int level = std::countr_zero(left);
    const std::uint64_t first = start + (left & (left - 1));
    const Result<Digest> part = roots(level, first >> level);
    if (!part) return part;
    root = root ? node_hash(*part, *root) : *part;
  }
  return *root;
}

// The longest path there is has one hash a level, and a level more for a
// consistency proof.
constexpr std::size_t longest_path = 65;

// Section 2.1.3.1, PATH, from the top down: the recursion appends after it
// returns, so the order is turned at the end.
Result<std::vector<Digest>> path(std::uint64_t index, std::uint64_t size,
                                 const SubtreeRoots& roots) {
  std::vector<Digest> proof;
  proof.reserve(longest_path);
  std::uint64_t start = 0;
  while (size > 1) {
    const std::uint64_t k = left_part(size);
    const bool in_left = index - start < k;
    const Result<Digest> other = in_left
                                     ? root_of_range(start + k, size - k, roots)
                                     : root_of_range(start, k, roots);
    if (!other) return unexpected(other.error());
    proof.push_back(*other);
    if (in_left) {
      size = k;
    } else {
      start += k;
      size -= k;
    }
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

// How many hashes lead from a leaf to the root. Up to where its way meets that
// of the last leaf, each level has a neighbour, to the right or to the left;
// above that there is nothing to the right, and a neighbour to the left for
// each bit that is set.
std::size_t inclusion_length(std::uint64_t index, std::uint64_t size) {
  const int apart = static_cast<int>(std::bit_width(index ^ (size - 1)));
  const std::uint64_t together = apart == 64 ? 0 : index >> apart;
  return static_cast<std::size_t>(apart + std::popcount(together));
}

Unexpected wrong_length(std::size_t found, std::size_t wanted,
                        const std::string& of) {
  return unexpected({"proof.length", "The proof has " + std::to_string(found) +
                                         (found == 1 ? " hash" : " hashes") +
                                         ", expected " +
                                         std::to_string(wanted) + " " + of +
                                         ". Ask for the proof again."});
}

Unexpected wrong_root(const std::string& message) {
  return unexpected({"proof.root", message});
}

}  // namespace

Digest leaf_hash(std::string_view entry) {
  return sha256_digest({before_leaf, entry});
}

Digest node_hash(const Digest& left, const Digest& right) {
  return sha256_digest({before_node, bytes_of(left), bytes_of(right)});
}

Digest empty_root() { return sha256_digest({}); }

void Frontier::append(const Digest& leaf) { append_subtree(0, leaf); }

void Frontier::append_subtree(int level, const Digest& root) {
  complete_.push_back(root);
  // Two neighbours of one size make one of the next: the carry of an addition.
  for (std::uint64_t bits = size_ >> level; (bits & 1) != 0; bits >>= 1) {
    const Digest right = complete_.back();
    complete_.pop_back();
    complete_.back() = node_hash(complete_.back(), right);
  }
  size_ += std::uint64_t{1} << level;
}

Digest Frontier::root() const {
  if (complete_.empty()) return empty_root();
  Digest root = complete_.back();
  for (std::size_t i = complete_.size() - 1; i-- > 0;) {
    root = node_hash(complete_[i], root);
  }
  return root;
}

Result<Digest> root_of(std::uint64_t size, const SubtreeRoots& roots) {
  if (size == 0) return empty_root();
  return root_of_range(0, size, roots);
}

Result<std::vector<Digest>> inclusion_proof(std::uint64_t index,
                                            std::uint64_t size,
                                            const SubtreeRoots& roots) {
  return path(index, size, roots);
}

// SUBPROOF, again from the top down.
Result<std::vector<Digest>> consistency_proof(std::uint64_t from,
                                              std::uint64_t to,
                                              const SubtreeRoots& roots) {
  std::vector<Digest> proof;
  proof.reserve(longest_path);
  std::uint64_t start = 0;
  std::uint64_t size = to;
  while (from - start < size) {
    const std::uint64_t k = left_part(size);
    const bool in_left = from - start <= k;
    const Result<Digest> other = in_left
                                     ? root_of_range(start + k, size - k, roots)
                                     : root_of_range(start, k, roots);
    if (!other) return unexpected(other.error());
    proof.push_back(*other);
    if (in_left) {
      size = k;
    } else {
      start += k;
      size -= k;
    }
  }
  // b of the RFC: while the way has only gone left, what remains is the smaller
  // tree itself, whose root the reader has.
  if (start > 0) {
    const Result<Digest> last = root_of_range(start, size, roots);
    if (!last) return unexpected(last.error());
    proof.push_back(*last);
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

Result<void> check_inclusion(std::uint64_t index, std::uint64_t size,
                             const Digest& leaf, const Digest& root,
                             const std::vector<Digest>& proof) {
  if (index >= size) {
    return unexpected(
        {"proof.index", "The proof is for entry " + std::to_string(index) +
                            ", counted from 0, and the log has " +
                            std::to_string(size) +
                            ". Check the number, or take a later checkpoint "
                            "with its proof."});
  }
  const std::size_t wanted = inclusion_length(index, size);
  if (proof.size() != wanted) {
    return wrong_length(proof.size(), wanted,
                        "for entry " + std::to_string(index) + " of a log of " +
                            std::to_string(size));
  }

  // The letters are those of section 2.1.3.2. That sn is 0 at the end and not
  // before is what the length was checked for.
  std::uint64_t fn = index;
  std::uint64_t sn = size - 1;
  Digest r = leaf;
  for (const Digest& p : proof) {
    if ((fn & 1) != 0 || fn == sn) {
      r = node_hash(p, r);
      while ((fn & 1) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      r = node_hash(r, p);
    }
    fn >>= 1;
    sn >>= 1;
  }
  if (r != root) {
    return wrong_root("The hashes do not lead from entry " +
                      std::to_string(index) + " to the root of the log of " +
                      std::to_string(size) +
                      ": the entry, its number, the proof or the checkpoint "
                      "is not what it was. Keep all four as evidence.");
  }
  return {};
}

Result<void> check_consistency(std::uint64_t from, std::uint64_t to,
                               const Digest& from_root, const Digest& to_root,
                               const std::vector<Digest>& proof) {
  if (from == 0 || from > to) {
    return unexpected(
        {"proof.size",
         "The proof is to lead from a log of " + std::to_string(from) +
             " entries to one of " + std::to_string(to) +
             (from == 0 ? "; from an empty log nothing can be proved. "
                        : "; a log never becomes smaller. ") +
             "Check which checkpoint is the earlier."});
  }
  const std::string of =
      "from " + std::to_string(from) + " to " + std::to_string(to) + " entries";
  if (from == to) {
    if (!proof.empty()) return wrong_length(proof.size(), 0, of);
    if (from_root != to_root) {
      return wrong_root("Two checkpoints of " + std::to_string(from) +
                        " entries have different roots: there are two "
                        "histories. Keep both as evidence.");
    }
    return {};
  }

  // The letters are those of section 2.1.4.2.
  const bool whole = std::has_single_bit(from);
  const int shift = std::countr_one(from - 1);
  std::uint64_t fn = (from - 1) >> shift;
  std::uint64_t sn = (to - 1) >> shift;
  const std::size_t wanted = (whole ? 0 : 1) + inclusion_length(fn, sn + 1);
  if (proof.size() != wanted) return wrong_length(proof.size(), wanted, of);

  auto next = proof.begin();
  Digest fr = whole ? from_root : *next++;
  Digest sr = fr;
  for (; next != proof.end(); ++next) {
    const Digest& c = *next;
    if ((fn & 1) != 0 || fn == sn) {
      fr = node_hash(c, fr);
      sr = node_hash(c, sr);
      while ((fn & 1) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      sr = node_hash(sr, c);
    }
    fn >>= 1;
    sn >>= 1;
  }
  const auto not_led_to = [&](std::string_view which, std::uint64_t size) {
    return wrong_root("The hashes do not lead to the root of the " +
                      std::string(which) + " log, of " + std::to_string(size) +
                      " entries: the later one did not grow from the earlier, "
                      "or the proof is not what it was. Keep both checkpoints "
                      "as evidence.");
  };
  if (fr != from_root) return not_led_to("smaller", from);
  if (sr != to_root) return not_led_to("larger", to);
  return {};
}

}  // namespace sendcheck
