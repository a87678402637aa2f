// A log in memory, with its key: what the tests of checkpoints, proofs and folders of tiles are made of.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "audit/checkpoint.hpp"
#include "audit/merkle.hpp"
#include "audit/tiles.hpp"
#include "support/reference_tree.hpp"
#include "support/steady_random.hpp"

namespace sendcheck::test {

// "entry 0", "entry 1" and so on.
inline std::vector<std::string> numbered_entries(std::size_t count) {
  std::vector<std::string> entries;
  for (std::size_t i = 0; i < count; ++i) {
    entries.push_back("entry " + std::to_string(i));
  }
  return entries;
}

// Refuses what is not whole, as a store of subtrees would.
inline SubtreeRoots roots_of(std::vector<std::string> entries) {
  return [entries = std::move(entries)](
             int level, std::uint64_t number) -> Result<Digest> {
    const std::uint64_t width = std::uint64_t{1} << level;
    if ((number + 1) * width > entries.size()) {
      return unexpected({"test.not_whole", "asked for a part of a subtree"});
    }
    return reference_root(Entries(entries).subspan(number * width, width));
  };
}

inline SigningKey key_named(const std::string& name) {
  SteadyRandom random(name);
  return SigningKey::made(random);
}

inline NoteKey note_key(const std::string& name,
                        NoteKey::Kind kind = NoteKey::Kind::ed25519) {
  return {name, kind, key_named(name).public_key()};
}

// Its key is key_named(name).
struct SmallLog {
  std::string name = "example.org/school/100001";
  std::vector<std::string> entries = numbered_entries(20);

  std::vector<NoteKey> keys() const { return {note_key(name)}; }

  Checkpoint at(std::size_t size) const {
    return {name, size, reference_root(Entries(entries).first(size))};
  }
  std::string signed_at(std::size_t size) const {
    return signed_note(at(size).text(), name, key_named(name));
  }

  // As a folder, in its state when it had `size` entries.
  Result<void> write(const std::string& folder, std::size_t size) const {
    return write_tiles(
        folder, size, roots_of(entries),
        [this](std::uint64_t number) -> Result<std::string> {
          return entries[number];
        },
        signed_at(size));
  }
};

}  // namespace sendcheck::test
