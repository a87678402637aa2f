#include "audit/tiled_tree.hpp"

#include <cstddef>

#include "audit/tiles.hpp"

namespace sendcheck {

const std::vector<TiledTree::Tile>& TiledTree::append(const Digest& leaf) {
  completed_.clear();
  tree_.append(leaf);
  Digest root = leaf;
  for (std::size_t level = 0;; ++level) {
    if (growing_.size() == level) growing_.emplace_back();
    growing_[level].append(root);
    if (growing_[level].size() < tile_width) return completed_;
    root = growing_[level].root();
    growing_[level] = Frontier();
    completed_.push_back({static_cast<int>(level) + 1,
                          (tree_.size() >> (tile_height * (level + 1))) - 1,
                          root});
  }
}

void TiledTree::append_tile(int level, const Digest& root) {
  tree_.append_subtree(tile_height * level, root);
  const auto at = static_cast<std::size_t>(level);
  if (growing_.size() <= at) growing_.resize(at + 1);
  growing_[at].append(root);
}

}  // namespace sendcheck
