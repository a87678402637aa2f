// A tree that grows at its right end, as a Frontier, and tells of each tile that it completes: the log stores the roots of complete tiles, the
// verifier holds the stored ones to them.
#pragma once

#include <cstdint>
#include <vector>

#include "audit/merkle.hpp"

namespace sendcheck {

class TiledTree {
 public:
  // The complete subtree of tile_width^level leaves that is number `number` of its level, from 0.
  struct Tile {
    int level = 0;  // 1 or more
    std::uint64_t number = 0;
    Digest root;
  };

  // Gives the tiles that this leaf completed, the lowest first; they live until the next call.
  const std::vector<Tile>& append(const Digest& leaf);
  // Appends a whole tile by its root, as when a stored log is opened. Needs size() to be a multiple of tile_width^level, and tiles to be appended from
  // the highest level down.
  void append_tile(int level, const Digest& root);

  std::uint64_t size() const { return tree_.size(); }
  Digest root() const { return tree_.root(); }

 private:
  Frontier tree_;
  // By level, what the tile that still grows holds.
  std::vector<Frontier> growing_;
  std::vector<Tile> completed_;
};

}  // namespace sendcheck
