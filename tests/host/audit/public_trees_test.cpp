// The published vectors for trees and proofs: transparency-dev/merkle, the
// eight leaves of Certificate Transparency, and the digests over all small
// trees of the Merkle Tree Certificates draft.
#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

#include "audit/merkle.hpp"
#include "support/public_vectors.hpp"
#include "support/small_log.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

std::string id_of(const Result<void>& result) {
  return result ? "well" : result.error().id;
}

// "[0, 5)"
std::string range(std::size_t start, std::size_t end) {
  return "[" + std::to_string(start) + ", " + std::to_string(end) + ")";
}

std::string in_hex(const std::vector<Digest>& proof) {
  std::string text;
  for (const Digest& hash : proof) text += " " + hex(bytes_of(hash));
  return text;
}

std::string hash_of(const std::string& text) {
  return hex(bytes_of(sha256_digest({text})));
}

// One byte each: 0, 1, 2 and so on.
std::vector<std::string> byte_entries(std::size_t count) {
  std::vector<std::string> entries;
  for (std::size_t i = 0; i < count; ++i) {
    entries.emplace_back(1, static_cast<char>(i));
  }
  return entries;
}

}  // namespace

TEST_CASE("the public inclusion proofs are accepted and refused as they say") {
  const auto document = public_vectors("inclusion.json");
  if (!document) return;
  const auto anything = numbered_entries(64);
  std::map<std::string, int> ids;
  for (const json::Value& vector : at(document->root(), "vectors").items) {
    const auto index = count_at(vector, "leafIdx");
    const auto size = count_at(vector, "treeSize");
    std::vector<Digest> proof;
    for (const json::Value& hash : at(vector, "proof").items) {
      proof.push_back(digest_or_stand_in(hash.text, "proof"));
    }
    INFO(text_at(vector, "id"));
    REQUIRE(size <= anything.size());
    // Which of the faults it is, the slow tree decides.
    std::string wanted = "well";
    if (at(vector, "wantErr").truth) {
      wanted = "proof.root";
      if (index >= size) {
        wanted = "proof.index";
      } else if (proof.size() !=
                 reference_path(index, Entries(anything).first(size)).size()) {
        wanted = "proof.length";
      }
    }
    CHECK(id_of(check_inclusion(
              index, size,
              digest_or_stand_in(text_at(vector, "leafHash"), "leaf"),
              digest_or_stand_in(text_at(vector, "root"), "root"), proof)) ==
          wanted);
    ++ids[wanted];
  }
  CHECK(ids["well"] == 6);
  CHECK(ids["proof.index"] > 5);
  CHECK(ids["proof.length"] > 20);
  CHECK(ids["proof.root"] > 20);
  int all = 0;
  for (const auto& [id, count] : ids) all += count;
  CHECK(all == 98);
}

TEST_CASE(
    "the public consistency proofs are accepted and refused as they say") {
  const auto document = public_vectors("consistency.json");
  if (!document) return;
  const auto anything = numbered_entries(64);
  std::map<std::string, int> ids;
  for (const json::Value& vector : at(document->root(), "vectors").items) {
    const auto from = count_at(vector, "size1");
    const auto to = count_at(vector, "size2");
    std::vector<Digest> proof;
    for (const json::Value& hash : at(vector, "proof").items) {
      proof.push_back(digest_or_stand_in(hash.text, "proof"));
    }
    INFO(text_at(vector, "id"));
    REQUIRE(to <= anything.size());
    std::string wanted = "well";
    if (at(vector, "wantErr").truth) {
      wanted = "proof.root";
      if (from == 0 || from > to) {
        wanted = "proof.size";
      } else if (proof.size() !=
                 reference_proof(from, Entries(anything).first(to)).size()) {
        wanted = "proof.length";
      }
    }
    CHECK(id_of(check_consistency(
              from, to, digest_or_stand_in(text_at(vector, "root1"), "root"),
              digest_or_stand_in(text_at(vector, "root2"), "root"), proof)) ==
          wanted);
    ++ids[wanted];
  }
  CHECK(ids["well"] == 6);
  CHECK(ids["proof.size"] > 5);
  CHECK(ids["proof.length"] > 20);
  CHECK(ids["proof.root"] > 20);
  int all = 0;
  for (const auto& [id, count] : ids) all += count;
  CHECK(all == 98);
}

TEST_CASE("the eight classic leaves give the published roots and proofs") {
  const auto document = public_vectors("tree8.json");
  if (!document) return;
  const json::Value& tree = document->root();
  std::vector<std::string> entries;
  std::vector<Digest> leaves;
  for (const json::Value& leaf : at(tree, "leaf_inputs_hex").items) {
    entries.push_back(*from_hex(leaf.text));
    leaves.push_back(leaf_hash(entries.back()));
  }
  REQUIRE(entries.size() == 8);
  CHECK(leaves == digests_at(tree, "leaf_hashes_hex"));
  const auto root = digests_at(tree, "roots_by_size_hex");
  REQUIRE(root.size() == 9);
  const SubtreeRoots roots = roots_of(entries);
  Frontier grown;
  for (std::size_t size = 0; size <= 8; ++size) {
    INFO("size " << size);
    CHECK(*root_of(size, roots) == root[size]);
    CHECK(grown.root() == root[size]);
    if (size < 8) grown.append(leaves[size]);
  }
  int proofs = 0;
  for (const json::Value& one : at(tree, "all_inclusion_proofs").items) {
    const auto index = count_at(one, "leafIdx");
    const auto size = count_at(one, "treeSize");
    const auto proof = digests_at(one, "proof");
    INFO("entry " << index << " of " << size);
    CHECK(*inclusion_proof(index, size, roots) == proof);
    CHECK(id_of(check_inclusion(index, size, leaves[index], root[size],
                                proof)) == "well");
    ++proofs;
  }
  CHECK(proofs == 36);
  for (const json::Value& one : at(tree, "all_consistency_proofs").items) {
    const auto from = count_at(one, "size1");
    const auto to = count_at(one, "size2");
    const auto proof = digests_at(one, "proof");
    INFO("from " << from << " to " << to);
    CHECK(*consistency_proof(from, to, roots) == proof);
    CHECK(id_of(check_consistency(from, to, root[from], root[to], proof)) ==
          "well");
    ++proofs;
  }
  CHECK(proofs == 72);
}

TEST_CASE("all trees up to 130 leaves together have the published digests") {
  const auto document = public_vectors("accumulated.json");
  if (!document) return;
  const json::Value& ours = at(document->root(), "start0_only_computed_here");
  const auto entries = byte_entries(130);
  const SubtreeRoots roots = roots_of(entries);
  std::string all_roots, all_inclusion, all_consistency;
  for (std::size_t size = 0; size <= 130; ++size) {
    all_roots +=
        range(0, size) + " " + hex(bytes_of(*root_of(size, roots))) + "\n";
    for (std::size_t index = 0; index < size; ++index) {
      all_inclusion += std::to_string(index) + " " + range(0, size) +
                       in_hex(*inclusion_proof(index, size, roots)) + "\n";
    }
    for (std::size_t from = 1; from <= size; ++from) {
      all_consistency += range(0, from) + " " + std::to_string(size) +
                         in_hex(*consistency_proof(from, size, roots)) + "\n";
    }
  }
  CHECK(hash_of(all_roots) == text_at(ours, "roots_sizes_0_to_130"));
  CHECK(hash_of(all_inclusion) ==
        text_at(ours, "inclusion_all_index_all_sizes_1_to_130"));
  CHECK(hash_of(all_consistency) ==
        text_at(ours, "consistency_1<=size1<=size2<=130"));
}

// A subtree of the draft is a tree of its own: it begins at a multiple of the
// smallest power of two that holds it.
TEST_CASE("all subtrees up to 130 leaves together have the published digests") {
  const auto document = public_vectors("accumulated.json");
  if (!document) return;
  const json::Value& published = at(document->root(), "published");
  const auto entries = byte_entries(130);
  std::vector<Digest> leaves;
  for (const std::string& entry : entries) leaves.push_back(leaf_hash(entry));
  std::string all_roots, all_inclusion;
  for (std::size_t end = 0; end <= 130; ++end) {
    for (std::size_t start = 0; start <= end; ++start) {
      const std::size_t size = end - start;
      std::size_t width = 1;
      while (width < size) width *= 2;
      if (size > 0 && start % width != 0) continue;
      Frontier tree;
      for (std::size_t i = start; i < end; ++i) tree.append(leaves[i]);
      all_roots += range(start, end) + " " + hex(bytes_of(tree.root())) + "\n";
      const SubtreeRoots roots = [&](int level, std::uint64_t number) {
        Frontier part;
        const std::uint64_t count = std::uint64_t{1} << level;
        for (std::uint64_t i = 0; i < count; ++i) {
          part.append(leaves[start + number * count + i]);
        }
        return Result<Digest>(part.root());
      };
      for (std::size_t index = start; index < end; ++index) {
        all_inclusion += std::to_string(index) + " " + range(start, end) +
                         in_hex(*inclusion_proof(index - start, size, roots)) +
                         "\n";
      }
    }
  }
  CHECK(hash_of(all_roots) == text_at(published, "subtree_hashes"));
  CHECK(hash_of(all_inclusion) == text_at(published, "subtree_inclusion"));
}

TEST_CASE("large trees have the roots that were computed elsewhere") {
  const auto document = public_vectors("accumulated.json");
  if (!document) return;
  std::map<std::uint64_t, Digest> wanted;
  for (const json::Member& member :
       at(at(document->root(), "large_roots_computed_here"), "sizes").members) {
    wanted[*parse_count(member.key)] = digest_in(member.value.text);
  }
  REQUIRE(wanted.size() == 12);
  Frontier tree;
  for (std::uint64_t i = 0; i < wanted.rbegin()->first; ++i) {
    std::string entry(8, '\0');
    for (std::size_t byte = 0; byte < 8; ++byte) {
      entry[7 - byte] = static_cast<char>(i >> 8 * byte & 0xFF);
    }
    tree.append(leaf_hash(entry));
    if (const auto found = wanted.find(tree.size()); found != wanted.end()) {
      INFO("size " << tree.size());
      CHECK(tree.root() == found->second);
    }
  }
}
