#include "audit/tiles.hpp"

#include <charconv>
#include <optional>

#include "audit/lines.hpp"
#include "base/text.hpp"

namespace sendcheck {
namespace {

constexpr std::string_view tile_folder = "tile/";
constexpr std::string_view entries_folder = "entries/";
constexpr std::string_view partial_mark = ".p/";
constexpr std::size_t length_size = 2;
constexpr std::uint64_t highest_level = 63;

// "x001/x234/067", and ".p/5" behind it.
std::string path_of_index(std::uint64_t index, int width) {
  std::string digits = std::to_string(index);
  digits.insert(0, (3 - digits.size() % 3) % 3, '0');
  std::string path;
  for (std::size_t i = 0; i < digits.size(); i += 3) {
    if (i + 3 < digits.size()) path += 'x';
    path += digits.substr(i, 3);
    if (i + 3 < digits.size()) path += '/';
  }
  if (width < tile_width) {
    path += partial_mark;
    path += std::to_string(width);
  }
  return path;
}

std::string path_of(const TileName& name) {
  return name.level < 0 ? bundle_path(name.index, name.width)
                        : tile_path(name.level, name.index, name.width);
}

// What the path says if it is one; whether it is, its spelling decides.
std::optional<TileName> read_path(std::string_view path) {
  if (!path.starts_with(tile_folder)) return std::nullopt;
  path.remove_prefix(tile_folder.size());
  TileName name;
  if (path.starts_with(entries_folder)) {
    name.level = -1;
    path.remove_prefix(entries_folder.size());
  } else {
    const std::size_t slash = path.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const auto level = parse_count(path.substr(0, slash));
    if (!level || *level > highest_level) return std::nullopt;
    name.level = static_cast<int>(*level);
    path.remove_prefix(slash + 1);
  }
  if (const std::size_t mark = path.find(partial_mark);
      mark != std::string_view::npos) {
    const auto width = parse_count(path.substr(mark + partial_mark.size()));
    if (!width || *width == 0 || *width >= tile_width) return std::nullopt;
    name.width = static_cast<int>(*width);
    path = path.substr(0, mark);
  }
  std::string digits;
  for (const char letter : path) {
    if (letter != 'x' && letter != '/') digits += letter;
  }
  const char* const end = digits.data() + digits.size();
  const auto [stop, failure] = std::from_chars(digits.data(), end, name.index);
  if (failure != std::errc{} || stop != end) return std::nullopt;
  return name;
}

Unexpected broken_bundle(const std::string& message, std::uint64_t entry) {
  return unexpected(
      {"tiles.bundle", message, {.pointer = "entry " + std::to_string(entry)}});
}

}  // namespace

std::string tile_path(int level, std::uint64_t index, int width) {
  std::string path(tile_folder);
  path += std::to_string(level) + "/";
  return path + path_of_index(index, width);
}

std::string bundle_path(std::uint64_t index, int width) {
  std::string path(tile_folder);
  path += entries_folder;
  return path + path_of_index(index, width);
}

Result<TileName> parse_tile_path(std::string_view path) {
  const std::optional<TileName> name = read_path(path);
  if (!name || path_of(*name) != path) {
    return unexpected(
        {"tiles.path",
         "\"" + quoted(path, 120) +
             "\" is not the name of a tile or a bundle of entries, such as "
             "\"tile/0/x001/067\" or \"tile/entries/000.p/5\". Take the file "
             "away, or give it the name that it had."});
  }
  return *name;
}

std::vector<TileName> tiles_of(std::uint64_t size) {
  std::vector<TileName> names;
  const auto add = [&](int level, std::uint64_t hashes) {
    for (std::uint64_t i = 0; i < hashes / tile_width; ++i) {
      names.push_back({level, i, tile_width});
    }
    if (const auto rest = static_cast<int>(hashes % tile_width); rest != 0) {
      names.push_back({level, hashes / tile_width, rest});
    }
  };
  add(-1, size);
  int level = 0;
  for (std::uint64_t hashes = size; hashes != 0; hashes >>= tile_height) {
    add(level++, hashes);
  }
  return names;
}

Result<std::string> entry_bundle(const std::vector<std::string>& entries,
                                 std::uint64_t first) {
  std::string bundle;
  std::uint64_t number = first;
  for (const std::string& entry : entries) {
    if (entry.size() > longest_entry) {
      return unexpected(
          {"tiles.entry_too_long",
           "An entry of " + std::to_string(entry.size()) +
               " bytes cannot be exported, the most is " +
               std::to_string(longest_entry) +
               ". An entry names what it is about by a hash and does not hold "
               "it.",
           {.pointer = "entry " + std::to_string(number)}});
    }
    ++number;
    bundle += static_cast<char>(entry.size() >> 8);
    bundle += static_cast<char>(entry.size() & 0xFF);
    bundle += entry;
  }
  return bundle;
}

Result<std::vector<std::string>> entries_of_bundle(std::string_view bundle,
                                                   std::uint64_t first) {
  std::vector<std::string> entries;
  while (!bundle.empty()) {
    if (bundle.size() < length_size) {
      return broken_bundle(
          "A single byte is left over after the last entry. Take the file "
          "from another copy.",
          first + entries.size());
    }
    const auto high = static_cast<unsigned char>(bundle[0]);
    const auto low = static_cast<unsigned char>(bundle[1]);
    const auto length = static_cast<std::size_t>(high << 8 | low);
    bundle.remove_prefix(length_size);
    if (bundle.size() < length) {
      return broken_bundle("An entry of " + std::to_string(length) +
                               " bytes is announced and " +
                               std::to_string(bundle.size()) +
                               " are left: the file is cut off, or a length "
                               "was changed. Take it from another copy.",
                           first + entries.size());
    }
    entries.emplace_back(bundle.substr(0, length));
    bundle.remove_prefix(length);
  }
  return entries;
}

}  // namespace sendcheck
