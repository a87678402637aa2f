#include <algorithm>

#include "audit/lines.hpp"
#include "audit/pack.hpp"
#include "base/files.hpp"
#include "base/text.hpp"
#include "crypto/encoding.hpp"

namespace sendcheck {
namespace {

constexpr std::string_view first_line = "sendcheck audit pack 1";
constexpr std::string_view no_contents = "none";

Unexpected malformed(int line, const std::string& wanted) {
  return unexpected(
      {"pack.manifest",
       "The manifest is not in the form that sendcheck writes: expected " +
           wanted + ". Keep the pack as evidence, and ask for another copy.",
       {.line = line}});
}

// The rest of the next line, after its first word.
std::optional<std::string> after(std::string_view& text,
                                 std::string_view word) {
  const auto line = take_line(text);
  if (!line || !line->starts_with(word) || line->size() <= word.size() ||
      (*line)[word.size()] != ' ') {
    return std::nullopt;
  }
  return std::string(line->substr(word.size() + 1));
}

// A path that stays below the folder.
bool is_below(std::string_view path) {
  if (path.empty() || path.starts_with('/')) return false;
  for (const std::string_view part : split(path, '/')) {
    if (part.empty() || part == "." || part == "..") return false;
  }
  return true;
}

std::optional<PackedFile> parse_file(std::string_view line) {
  const auto parts = split(line, ' ');
  if (parts.size() < 3) return std::nullopt;
  const auto hash = from_hex(parts[0]);
  const auto bytes = parse_count(parts[1]);
  PackedFile file;
  file.path = line.substr(parts[0].size() + parts[1].size() + 2);
  if (!hash || hash->size() != file.hash.size() || !bytes ||
      !is_below(file.path)) {
    return std::nullopt;
  }
  file.bytes = *bytes;
  std::copy(hash->begin(), hash->end(), file.hash.begin());
  return file;
}

bool by_path(const PackedFile& a, const PackedFile& b) {
  return a.path < b.path;
}

}  // namespace

std::string PackManifest::text() const {
  std::string out(first_line);
  out += "\nlog " + head.checkpoint.origin + "\nentries " +
         std::to_string(head.checkpoint.size) + "\nroot " +
         base64(bytes_of(head.checkpoint.root)) + "\npacked " + head.at +
         "\nby " + head.actor + "\ncontents ";
  out += head.contents.empty() ? no_contents : head.contents;
  out += '\n';
  for (const PackedFile& file : files) {
    out += "file " + hex(bytes_of(file.hash)) + " " +
           std::to_string(file.bytes) + " " + file.path + "\n";
  }
  return out;
}

Result<PackManifest> PackManifest::parse(std::string_view text) {
  std::string_view rest = text;
  PackManifest manifest;
  if (take_line(rest) != first_line) {
    return malformed(1, "\"" + std::string(first_line) + "\"");
  }
  const auto origin = after(rest, "log");
  if (!origin) return malformed(2, "\"log\" and its name");
  const auto size = after(rest, "entries");
  const auto count = size ? parse_count(*size) : std::nullopt;
  if (!count) return malformed(3, "\"entries\" and their number");
  const auto root = after(rest, "root");
  const auto digest = root ? parse_digest(*root) : std::nullopt;
  if (!digest) return malformed(4, "\"root\" and a hash in base64");
  const auto at = after(rest, "packed");
  if (!at) return malformed(5, "\"packed\" and a time");
  const auto actor = after(rest, "by");
  if (!actor) return malformed(6, "\"by\" and a name");
  const auto contents = after(rest, "contents");
  if (!contents) return malformed(7, "\"contents\" and why they were opened");
  manifest.head = {{*origin, *count, *digest},
                   *at,
                   *actor,
                   *contents == no_contents ? std::string() : *contents};
  for (int line = 8; !rest.empty(); ++line) {
    const auto said = after(rest, "file");
    auto file = said ? parse_file(*said) : std::nullopt;
    if (!file) {
      return malformed(line, "\"file\", a hash, a size and a path");
    }
    if (!manifest.files.empty() && !by_path(manifest.files.back(), *file)) {
      return malformed(line, "each path once, in order");
    }
    manifest.files.push_back(std::move(*file));
  }
  // One spelling only, so that what was signed is what is read.
  if (manifest.text() != text) return malformed(1, "the one form there is");
  return manifest;
}

Result<PackWriter> PackWriter::begin(const std::string& folder) {
  const auto in_use = [&] {
    return unexpected({"pack.folder_in_use",
                       "\"" + quoted(folder, 200) +
                           "\" is there already and is no empty folder. Name "
                           "a new one: nothing is ever written over.",
                       {.file = folder}});
  };
  if (is_file(folder)) return in_use();
  if (is_folder(folder)) {
    auto names = list_folder(folder);
    if (!names) return unexpected(names.error());
    if (!names->empty()) return in_use();
  }
  if (auto made = make_private_folder(folder); !made) {
    return unexpected(made.error());
  }
  return PackWriter(folder);
}

Result<void> PackWriter::add(const std::string& path,
                             std::string_view content) {
  const std::string whole = join_path(folder_, path);
  if (auto made = make_private_folder(whole.substr(0, whole.rfind('/')));
      !made) {
    return made;
  }
  if (auto written = write_file(whole, content); !written) return written;
  files_.push_back({path, content.size(), sha256_digest({content})});
  return {};
}

Result<void> PackWriter::add_program(const std::string& path,
                                     std::string_view content) {
  if (auto added = add(path, content); !added) return added;
  return make_executable(join_path(folder_, path));
}

Result<void> PackWriter::add_folder(const std::string& path) {
  auto names = list_folder(join_path(folder_, path));
  if (!names) return unexpected(names.error());
  for (const std::string& name : *names) {
    const std::string below = path + "/" + name;
    const std::string whole = join_path(folder_, below);
    if (is_folder(whole)) {
      if (auto added = add_folder(below); !added) return added;
      continue;
    }
    auto content = read_file(whole);
    if (!content) return unexpected(content.error());
    files_.push_back({below, content->size(), sha256_digest({*content})});
  }
  return {};
}

Result<void> PackWriter::finish(PackHead head, const std::string& name,
                                const SigningKey& key) {
  std::sort(files_.begin(), files_.end(), by_path);
  // A name from elsewhere is held to one line.
  head.actor = head.actor.empty() ? "?" : quoted(head.actor, 200);
  const PackManifest manifest{std::move(head), files_};
  return write_file(join_path(folder_, "manifest.txt"),
                    signed_note(manifest.text(), name, key));
}

std::string contents_line(std::uint64_t entry, const SecretKey& entry_key,
                          std::string_view sealed, std::string_view contents) {
  return "{\"entry\":" + std::to_string(entry) + ",\"key\":\"" +
         base64(entry_key.bytes()) + "\",\"sealed\":\"" + base64(sealed) +
         "\",\"contents\":" + std::string(contents) + "}\n";
}

}  // namespace sendcheck
