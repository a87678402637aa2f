// A log as a folder of static files (C2SP tlog-tiles): tiles of 256 hashes, bundles of 256 entries.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/checkpoint.hpp"
#include "audit/merkle.hpp"

namespace sendcheck {

inline constexpr int tile_height = 8;
inline constexpr int tile_width = 256;
inline constexpr std::size_t longest_entry = 65'535;  // bytes

// "tile/0/x001/x234/067", with ".p/5" where the tile has but 5 hashes. Width 256: a full one.
std::string tile_path(int level, std::uint64_t index, int width);
std::string bundle_path(std::uint64_t index, int width);

struct TileName {
  int level = 0;  // -1: a bundle of entries
  std::uint64_t index = 0;
  int width = tile_width;
};
// Error tiles.path: not exactly what tile_path or bundle_path gives for a level up to 63.
Result<TileName> parse_tile_path(std::string_view path);

// Every tile and bundle of a log of that size, partial ones included.
std::vector<TileName> tiles_of(std::uint64_t size);

// Entries one after another, each after its length in two bytes, high byte first. `first` is the number of the first of them in the log, for the place of an
// error. Error tiles.entry_too_long (over 65,535 bytes).
Result<std::string> entry_bundle(const std::vector<std::string>& entries,
                                 std::uint64_t first = 0);
// Error tiles.bundle: cut off, or bytes left over.
Result<std::vector<std::string>> entries_of_bundle(std::string_view bundle,
                                                   std::uint64_t first = 0);

// Entry n of a log.
using EntryReader = std::function<Result<std::string>(std::uint64_t number)>;

// Writes tiles, bundles and, when they are all there, "checkpoint" into `folder`, making it. A folder that holds an earlier state of the same log may
// be given again: what was partial then may stay. Errors: files.unwritable, tiles.entry_too_long, those of the readers.
Result<void> write_tiles(const std::string& folder, std::uint64_t size,
                         const SubtreeRoots& roots, const EntryReader& entries,
                         std::string_view checkpoint);

struct TilesRead {
  Checkpoint checkpoint;
  std::vector<std::string> entries;
};

// Reads such a folder whole and checks every hash in it against the entries and the root: a change anywhere is named by file and place (a line, an
// entry by its number in the log, a hash by its number in the file, both from 0). Where entries and tiles contradict each other, the root says which of them
// was changed. Partial tiles of an earlier state (C2SP lets them stay) must begin as the later ones do.
// Errors: tiles.missing, tiles.hash, tiles.bundle, tiles.root, tiles.stray (a file that does not belong), checkpoint.*, note.*, files.unreadable.
Result<TilesRead> read_tiles(const std::string& folder,
                             const std::vector<NoteKey>& known);

}  // namespace sendcheck
