#include <algorithm>
#include <optional>
#include <utility>

#include "audit/tiles.hpp"
#include "base/files.hpp"
#include "base/text.hpp"

namespace sendcheck {
namespace {

constexpr std::string_view checkpoint_name = "checkpoint";
constexpr std::size_t hash_size = 32;
constexpr std::size_t largest_bundle = tile_width * (longest_entry + 2);
constexpr std::size_t largest_checkpoint = std::size_t{1} << 20;

std::string path_of(const TileName& name) {
  return name.level < 0 ? bundle_path(name.index, name.width)
                        : tile_path(name.level, name.index, name.width);
}

std::uint64_t first_in(const TileName& name) { return name.index * tile_width; }

// How wide the tile or bundle of that level and index is in a log of that size;
// 0 when there is none.
int width_in(std::uint64_t size, int level, std::uint64_t index) {
  const int shift = std::max(level, 0) * tile_height;
  const std::uint64_t hashes = shift < 64 ? size >> shift : 0;
  if (index < hashes / tile_width) return tile_width;
  return index == hashes / tile_width ? static_cast<int>(hashes % tile_width)
                                      : 0;
}

Result<std::string> tile_bytes(const TileName& name,
                               const SubtreeRoots& roots) {
  std::string bytes;
  for (int i = 0; i < name.width; ++i) {
    const Result<Digest> root = roots(
        name.level * tile_height, first_in(name) + static_cast<unsigned>(i));
    if (!root) return unexpected(root.error());
    bytes += bytes_of(*root);
  }
  return bytes;
}

Result<std::string> bundle_bytes(const TileName& name,
                                 const EntryReader& entries) {
  std::vector<std::string> bundle;
  for (int i = 0; i < name.width; ++i) {
    Result<std::string> entry =
        entries(first_in(name) + static_cast<unsigned>(i));
    if (!entry) return entry;
    bundle.push_back(std::move(*entry));
  }
  return entry_bundle(bundle, first_in(name));
}

Result<void> write_below(const std::string& folder, const std::string& path,
                         std::string_view content) {
  const std::string whole = join_path(folder, path);
  const Result<void> made =
      make_private_folder(whole.substr(0, whole.rfind('/')));
  return made ? write_file(whole, content) : made;
}

Digest root_over(const std::vector<Digest>& leaves) {
  Frontier tree;
  for (const Digest& leaf : leaves) tree.append(leaf);
  return tree.root();
}

// The hashes of the next level of tiles: the roots of each full 256 of these.
std::vector<Digest> next_level(const std::vector<Digest>& hashes) {
  std::vector<Digest> roots;
  Frontier tree;
  for (const Digest& hash : hashes) {
    tree.append(hash);
    if (tree.size() == tile_width) {
      roots.push_back(tree.root());
      tree = Frontier();
    }
  }
  return roots;
}

// One reading of a folder, step by step; each step needs those before it.
class Reader {
 public:
  Reader(const std::string& folder, const std::vector<NoteKey>& known)
      : folder_(folder), known_(known) {}

  Result<TilesRead> read();

 private:
  Result<void> read_checkpoint();
  Result<void> read_leaves();
  Result<void> check_leaves() const;
  Result<void> check_levels() const;
  Result<void> check_others(const std::string& below, int depth) const;
  Result<void> check_other(const std::string& path) const;

  Result<std::string> file(const std::string& path, std::size_t limit,
                           const std::string& id_when_larger) const;
  Result<std::vector<Digest>> tile(const TileName& name) const;
  Result<std::vector<std::string>> bundle(const TileName& name) const;
  std::uint64_t size() const { return found_.checkpoint.size; }

  // An error at a file of the folder.
  Unexpected wrong(const std::string& id, const std::string& path,
                   const std::string& pointer,
                   const std::string& message) const {
    return unexpected(
        {id, message, {.file = join_path(folder_, path), .pointer = pointer}});
  }
  Unexpected wrong_hash(const TileName& name, std::size_t hash) const;

  const std::string& folder_;
  const std::vector<NoteKey>& known_;
  TilesRead found_;
  std::vector<Digest> hashed_;  // the entries' own hashes
  std::vector<Digest> listed_;  // those that the tiles of level 0 state
};

Unexpected Reader::wrong_hash(const TileName& name, std::size_t hash) const {
  return wrong("tiles.hash", path_of(name), "hash " + std::to_string(hash),
               "The hash is not the one that the entries lead to: the tile has "
               "been changed. Keep it as evidence, and take it from another "
               "copy.");
}

Result<std::string> Reader::file(const std::string& path, std::size_t limit,
                                 const std::string& id_when_larger) const {
  Result<std::string> bytes = read_file(join_path(folder_, path), limit);
  if (bytes) return bytes;
  if (bytes.error().id == "files.missing") {
    return wrong("tiles.missing", path, "",
                 "The file \"" + quoted(path, 120) +
                     "\" is missing, and a log of this size has it. Take the "
                     "whole folder, from another copy.");
  }
  if (bytes.error().id == "files.too_large") {
    return wrong(id_when_larger, path, "",
                 "The file is larger than " + std::to_string(limit) +
                     " bytes, the most that it can have. Take it from another "
                     "copy.");
  }
  return bytes;
}

Result<std::vector<Digest>> Reader::tile(const TileName& name) const {
  const std::size_t wanted = static_cast<std::size_t>(name.width) * hash_size;
  const Result<std::string> bytes = file(path_of(name), wanted, "tiles.hash");
  if (!bytes) return unexpected(bytes.error());
  if (bytes->size() != wanted) {
    return wrong("tiles.hash", path_of(name), "",
                 "The tile has " + std::to_string(bytes->size()) +
                     " bytes, expected " + std::to_string(wanted) +
                     ". Take it from another copy.");
  }
  std::vector<Digest> hashes(static_cast<std::size_t>(name.width));
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    std::copy_n(bytes->begin() + static_cast<std::ptrdiff_t>(i * hash_size),
                hash_size, hashes[i].begin());
  }
  return hashes;
}

Result<std::vector<std::string>> Reader::bundle(const TileName& name) const {
  const std::string path = path_of(name);
  const Result<std::string> bytes = file(path, largest_bundle, "tiles.bundle");
  if (!bytes) return unexpected(bytes.error());
  Result<std::vector<std::string>> entries =
      entries_of_bundle(*bytes, first_in(name));
  if (!entries) {
    Error error = entries.error();
    error.place.file = join_path(folder_, path);
    return unexpected(std::move(error));
  }
  const auto wanted = static_cast<std::size_t>(name.width);
  if (entries->size() != wanted) {
    const std::uint64_t at = first_in(name) + std::min(entries->size(), wanted);
    return wrong("tiles.bundle", path, "entry " + std::to_string(at),
                 "The bundle has " + std::to_string(entries->size()) +
                     " entries, expected " + std::to_string(wanted) +
                     ". Take it from another copy.");
  }
  return entries;
}

Result<void> Reader::read_checkpoint() {
  const std::string name(checkpoint_name);
  const Result<std::string> bytes =
      file(name, largest_checkpoint, "note.malformed");
  if (!bytes) return unexpected(bytes.error());
  Result<SignedCheckpoint> opened = open_checkpoint(*bytes, known_);
  if (!opened) {
    Error error = opened.error();
    error.place.file = join_path(folder_, name);
    return unexpected(std::move(error));
  }
  found_.checkpoint = std::move(opened->checkpoint);
  return {};
}

// File after file, so that a size without the entries to it ends at the first
// that is missing, and takes no memory.
Result<void> Reader::read_leaves() {
  for (std::uint64_t index = 0;; ++index) {
    const int width = width_in(size(), 0, index);
    if (width == 0) return {};
    Result<std::vector<std::string>> entries = bundle({-1, index, width});
    if (!entries) return unexpected(entries.error());
    const Result<std::vector<Digest>> hashes = tile({0, index, width});
    if (!hashes) return unexpected(hashes.error());
    listed_.insert(listed_.end(), hashes->begin(), hashes->end());
    for (std::string& entry : *entries) {
      hashed_.push_back(leaf_hash(entry));
      found_.entries.push_back(std::move(entry));
    }
  }
}

Result<void> Reader::check_leaves() const {
  const auto [by_entry, by_tile] =
      std::mismatch(hashed_.begin(), hashed_.end(), listed_.begin());
  const bool entries_lead = root_over(hashed_) == found_.checkpoint.root;
  if (by_entry == hashed_.end()) {
    if (entries_lead) return {};
    return unexpected(
        {"tiles.root",
         "The root is not that of the " + std::to_string(size()) +
             " entries in this folder: they are not those of the log that "
             "signed it, or the log has signed two histories. Keep the folder "
             "as evidence.",
         {.file = join_path(folder_, checkpoint_name), .line = 3}});
  }
  const auto number = static_cast<std::uint64_t>(by_entry - hashed_.begin());
  const std::uint64_t index = number / tile_width;
  const int width = width_in(size(), 0, index);
  if (entries_lead) return wrong_hash({0, index, width}, number % tile_width);
  const bool tiles_lead = root_over(listed_) == found_.checkpoint.root;
  return wrong("tiles.hash", bundle_path(index, width),
               "entry " + std::to_string(number),
               tiles_lead
                   ? "The entry is not the one that was logged: it has been "
                     "changed. Keep it as evidence, and take the file from "
                     "another copy."
                   : "The entry and its hash in the tile contradict each "
                     "other, and neither leads to the root. Keep the folder "
                     "as evidence, and take it from another copy.");
}

Result<void> Reader::check_levels() const {
  std::vector<Digest> hashes = next_level(hashed_);
  for (int level = 1; !hashes.empty(); ++level, hashes = next_level(hashes)) {
    auto wanted = hashes.begin();
    for (std::uint64_t index = 0; wanted != hashes.end(); ++index) {
      const TileName name{level, index, width_in(size(), level, index)};
      const Result<std::vector<Digest>> found = tile(name);
      if (!found) return unexpected(found.error());
      for (std::size_t i = 0; i < found->size(); ++i, ++wanted) {
        if ((*found)[i] != *wanted) return wrong_hash(name, i);
      }
    }
  }
  return {};
}

// Every file was looked at above, or is looked at here.
Result<void> Reader::check_others(const std::string& below, int depth) const {
  const Result<std::vector<std::string>> names =
      list_folder(join_path(folder_, below));
  if (!names) return unexpected(names.error());
  for (const std::string& name : *names) {
    const std::string path = below + name;
    const bool descend = depth > 0 && is_folder(join_path(folder_, path)) &&
                         (!below.empty() || name == "tile");
    const Result<void> well =
        descend ? check_others(path + "/", depth - 1) : check_other(path);
    if (!well) return well;
  }
  return {};
}

Result<void> Reader::check_other(const std::string& path) const {
  if (path == checkpoint_name) return {};
  const auto stray = [&] {
    return wrong("tiles.stray", path, "",
                 "\"" + quoted(path, 120) + "\" does not belong to a log of " +
                     std::to_string(size()) +
                     " entries. Keep the log's folder for the log alone.");
  };
  const Result<TileName> name = parse_tile_path(path);
  if (!name) return stray();
  const int width = width_in(size(), name->level, name->index);
  if (name->width == width) return {};
  if (name->width > width) return stray();

  // A partial one of an earlier state.
  const TileName later{name->level, name->index, width};
  if (name->level < 0) {
    const Result<std::vector<std::string>> before = bundle(*name);
    if (!before) return unexpected(before.error());
    for (std::size_t i = 0; i < before->size(); ++i) {
      const std::uint64_t number = first_in(*name) + i;
      if ((*before)[i] == found_.entries[number]) continue;
      return wrong("tiles.hash", path, "entry " + std::to_string(number),
                   "The entry is not the one that was logged: this earlier "
                   "bundle has been changed. Keep it as evidence, and take it "
                   "from another copy.");
    }
    return {};
  }
  const Result<std::vector<Digest>> before = tile(*name);
  if (!before) return unexpected(before.error());
  const Result<std::vector<Digest>> now = tile(later);
  if (!now) return unexpected(now.error());
  const auto differs =
      std::mismatch(before->begin(), before->end(), now->begin()).first;
  if (differs == before->end()) return {};
  return wrong_hash(*name, static_cast<std::size_t>(differs - before->begin()));
}

Result<TilesRead> Reader::read() {
  if (const auto well = read_checkpoint(); !well) {
    return unexpected(well.error());
  }
  if (const auto well = read_leaves(); !well) return unexpected(well.error());
  if (const auto well = check_leaves(); !well) return unexpected(well.error());
  if (const auto well = check_levels(); !well) return unexpected(well.error());
  // No deeper than the tile furthest to the right, or a link to a folder above
  // would be followed without end.
  const std::string deepest = bundle_path(size() / tile_width, 1);
  const auto depth = std::count(deepest.begin(), deepest.end(), '/');
  if (const auto well = check_others("", static_cast<int>(depth)); !well) {
    return unexpected(well.error());
  }
  return std::move(found_);
}

}  // namespace

Result<void> write_tiles(const std::string& folder, std::uint64_t size,
                         const SubtreeRoots& roots, const EntryReader& entries,
                         std::string_view checkpoint) {
  for (const TileName& name : tiles_of(size)) {
    const Result<std::string> bytes =
        name.level < 0 ? bundle_bytes(name, entries) : tile_bytes(name, roots);
    if (!bytes) return unexpected(bytes.error());
    const Result<void> written = write_below(folder, path_of(name), *bytes);
    if (!written) return written;
  }
  // Last, so that a checkpoint never stands over tiles that are not there yet.
  return write_below(folder, std::string(checkpoint_name), checkpoint);
}

Result<TilesRead> read_tiles(const std::string& folder,
                             const std::vector<NoteKey>& known) {
  return Reader(folder, known).read();
}

}  // namespace sendcheck
