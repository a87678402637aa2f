#include <algorithm>
#include <map>
#include <optional>

#include "audit/pack.hpp"
#include "audit/payload.hpp"
#include "audit/tiles.hpp"
#include "base/files.hpp"
#include "base/text.hpp"
#include "crypto/encoding.hpp"
#include "json/value.hpp"

namespace sendcheck {
namespace {

constexpr std::string_view manifest_name = "manifest.txt";
constexpr std::string_view keys_name = "keys/log.pub";
constexpr std::string_view witnesses_name = "keys/witnesses.pub";
constexpr std::string_view contents_name = "contents.jsonl";
constexpr std::string_view log_folder = "log";
constexpr std::string_view cosigned_folder = "cosigned/";
constexpr std::string_view rules_folder = "rules/sha256/";

// One reading of a folder, step by step; each step needs those before it.
class PackReader {
 public:
  explicit PackReader(const std::string& folder) : folder_(folder) {}

  Result<PackRead> read() {
    for (const auto step :
         {&PackReader::read_keys, &PackReader::read_manifest,
          &PackReader::check_files, &PackReader::check_strays,
          &PackReader::read_log, &PackReader::check_keys,
          &PackReader::check_rules, &PackReader::read_cosigned,
          &PackReader::check_contents}) {
      if (auto done = (this->*step)(); !done) return unexpected(done.error());
    }
    return std::move(pack_);
  }

 private:
  std::string at(std::string_view path) const {
    return join_path(folder_, path);
  }
  Unexpected wrong(const std::string& id, std::string_view path,
                   const std::string& message, Place place = {}) const {
    place.file = at(path);
    return unexpected({id, message, std::move(place)});
  }
  // An error of a part, at the file that it stands in.
  Unexpected in_file(std::string_view path, Error error) const {
    error.place.file = at(path);
    return unexpected(std::move(error));
  }
  Unexpected missing(std::string_view path) const {
    return wrong("pack.missing", path,
                 "The file \"" + quoted(path, 120) +
                     "\" is missing from the pack. Take the whole folder, "
                     "from another copy.");
  }

  Result<std::vector<NoteKey>> keys_in(std::string_view path) const {
    if (!is_file(at(path))) return missing(path);
    auto text = read_file(at(path), 1 << 20);
    if (!text) return unexpected(text.error());
    std::vector<NoteKey> keys;
    int number = 0;
    for (const std::string_view line : split(*text, '\n')) {
      ++number;
      if (line.empty()) continue;
      auto key = NoteKey::parse(line);
      if (!key) {
        Error error = key.error();
        error.place.line = number;
        return in_file(path, std::move(error));
      }
      keys.push_back(std::move(*key));
    }
    return keys;
  }

  Result<void> read_keys() {
    if (!is_pack(folder_)) {
      return unexpected({"pack.not_a_pack",
                         "\"" + quoted(folder_, 200) +
                             "\" is no audit pack: it has no manifest.txt. "
                             "Name the folder that \"sendcheck audit pack\" "
                             "wrote.",
                         {.file = folder_}});
    }
    auto keys = keys_in(keys_name);
    if (!keys) return unexpected(keys.error());
    if (keys->empty()) {
      return wrong("pack.keys", keys_name, "The list of keys is empty.");
    }
    pack_.keys = std::move(*keys);
    return {};
  }

  Result<void> read_manifest() {
    auto bytes = read_file(at(manifest_name));
    if (!bytes) return unexpected(bytes.error());
    auto note = open_note(*bytes, {pack_.keys.back()});
    if (!note) return in_file(manifest_name, note.error());
    auto manifest = PackManifest::parse(note->text);
    if (!manifest) return in_file(manifest_name, manifest.error());
    pack_.manifest = std::move(*manifest);
    // Nothing may stand in it that its signature does not cover.
    if (note->unknown != 0 || note->signatures.size() != 1) {
      return wrong("pack.manifest", manifest_name,
                   "The manifest has more signatures than the log's own.");
    }
    return {};
  }

  Result<void> check_files() {
    for (const PackedFile& file : pack_.manifest.files) {
      if (!is_file(at(file.path))) return missing(file.path);
      auto bytes = read_file(at(file.path));
      if (!bytes) return unexpected(bytes.error());
      if (bytes->size() == file.bytes && sha256_digest({*bytes}) == file.hash) {
        continue;
      }
      return changed(file, bytes->size());
    }
    return {};
  }

  // A file that is not as it was written; where in it, if its form can tell.
  Unexpected changed(const PackedFile& file, std::size_t bytes) {
    if (file.path.starts_with("log/")) {
      if (auto log = read_tiles(at(log_folder), {pack_.keys.back()}); !log) {
        return unexpected(log.error());
      }
    } else if (file.path == contents_name && read_log()) {
      if (auto well = check_contents(); !well) return unexpected(well.error());
    }
    return wrong(
        "pack.changed", file.path,
        "\"" + quoted(file.path, 120) + "\" is not as it was written: " +
            (bytes == file.bytes
                 ? std::string("its SHA-256 is not the one in the manifest")
                 : "it has " + std::to_string(bytes) + " bytes, and had " +
                       std::to_string(file.bytes)) +
            ". Keep it as evidence, and take it from another copy.");
  }

  Result<void> check_strays() { return check_strays_below(""); }

  Result<void> check_strays_below(const std::string& below) const {
    auto names = list_folder(below.empty() ? folder_ : at(below));
    if (!names) return unexpected(names.error());
    for (const std::string& name : *names) {
      const std::string path = below + name;
      if (path == manifest_name) continue;
      const auto& files = pack_.manifest.files;
      // Only folders of files that are listed are gone into, so that a link to
      // a folder above is not followed without end.
      const auto found = std::lower_bound(
          files.begin(), files.end(), path,
          [](const PackedFile& file, const std::string& wanted) {
            return file.path < wanted;
          });
      if (is_folder(at(path))) {
        const bool holds_files = std::any_of(
            files.begin(), files.end(), [&](const PackedFile& file) {
              return file.path.starts_with(path + "/");
            });
        if (holds_files) {
          if (auto well = check_strays_below(path + "/"); !well) return well;
          continue;
        }
      } else if (found != files.end() && found->path == path) {
        continue;
      }
      return wrong("pack.stray", path,
                   "\"" + quoted(path, 120) +
                       "\" does not belong to the pack: its manifest does not "
                       "name it. Somebody put it there.");
    }
    return {};
  }

  Result<void> read_log() {
    auto log = read_tiles(at(log_folder), {pack_.keys.back()});
    if (!log) return unexpected(log.error());
    if (log->checkpoint != pack_.manifest.head.checkpoint) {
      return wrong("pack.manifest", manifest_name,
                   "The manifest is of the log \"" +
                       quoted(pack_.manifest.head.checkpoint.origin) +
                       "\" with " +
                       std::to_string(pack_.manifest.head.checkpoint.size) +
                       " entries, and the checkpoint in the pack is another.");
    }
    pack_.entries = std::move(log->entries);
    return {};
  }

  // Entries are those of the form there is, in order; the keys are those that
  // they name.
  Result<void> check_keys() {
    std::vector<std::string> named;
    for (std::uint64_t i = 0; i < pack_.entries.size(); ++i) {
      auto entry = read_entry(pack_.entries[i]);
      if (!entry || entry->number != i) {
        return wrong("pack.entry", log_folder,
                     "Entry " + std::to_string(i) +
                         " is not in the form that sendcheck writes.",
                     {.pointer = "entry " + std::to_string(i)});
      }
      if (entry->kind == EntryKind::log_started ||
          entry->kind == EntryKind::key_rotated) {
        named.push_back(about_text(*entry, "key"));
      } else if (entry->kind == EntryKind::check_started) {
        packs_.emplace(about_text(*entry, "rules"), i);
      }
    }
    std::vector<std::string> listed;
    for (const NoteKey& key : pack_.keys) listed.push_back(key.text());
    if (named != listed) {
      return wrong("pack.keys", keys_name,
                   "The list of keys is not that which the entries of the log "
                   "name.");
    }
    return {};
  }

  bool has_rule_file(std::string_view hash) const {
    constexpr std::string_view prefix = "sha256:";
    if (!hash.starts_with(prefix)) return false;
    return is_listed(std::string(rules_folder) +
                     std::string(hash.substr(prefix.size())));
  }
  bool is_listed(const std::string& path) const {
    return std::binary_search(
        pack_.manifest.files.begin(), pack_.manifest.files.end(),
        PackedFile{path, 0, {}}, [](const PackedFile& a, const PackedFile& b) {
          return a.path < b.path;
        });
  }

  // Each kept file has the hash that it is named by, and every check's rules
  // are there.
  Result<void> check_rules() {
    for (const PackedFile& file : pack_.manifest.files) {
      if (!file.path.starts_with(rules_folder)) continue;
      if (file.path.substr(rules_folder.size()) == hex(bytes_of(file.hash))) {
        continue;
      }
      return wrong("pack.rules", file.path,
                   "The file of rules has not the hash that it is named by.");
    }
    for (const auto& [pack, entry] : packs_) {
      bool whole = has_rule_file(pack);
      json::Document document;
      if (whole) {
        auto bytes = read_file(at(std::string(rules_folder) + pack.substr(7)));
        if (!bytes) return unexpected(bytes.error());
        whole = document.parse(*bytes, "").has_value();
      }
      const json::Value* files =
          whole ? document.root().find("files") : nullptr;
      whole = files != nullptr &&
              std::all_of(files->items.begin(), files->items.end(),
                          [&](const json::Value& file) {
                            const json::Value* hash = file.find("hash");
                            return hash != nullptr && has_rule_file(hash->text);
                          });
      if (!whole) {
        return wrong("pack.rules", rules_folder,
                     "The rules that the check of entry " +
                         std::to_string(entry) +
                         " went by are not all in the pack.",
                     {.pointer = "entry " + std::to_string(entry)});
      }
    }
    return {};
  }

  Result<void> read_cosigned() {
    if (is_listed(std::string(witnesses_name))) {
      auto keys = keys_in(witnesses_name);
      if (!keys) return unexpected(keys.error());
      pack_.witnesses = std::move(*keys);
    }
    for (const PackedFile& file : pack_.manifest.files) {
      if (!file.path.starts_with(cosigned_folder)) continue;
      auto note = read_file(at(file.path), 1 << 20);
      if (!note) return unexpected(note.error());
      pack_.cosigned.push_back({file.path, std::move(*note)});
    }
    return {};
  }

  Result<void> check_contents() {
    pack_.contents.clear();
    if (!is_listed(std::string(contents_name))) return {};
    auto text = read_file(at(contents_name));
    if (!text) return unexpected(text.error());
    int line = 0;
    for (const std::string_view one : split(*text, '\n')) {
      ++line;
      if (one.empty()) continue;
      auto opened = opened_line(one);
      if (!opened) {
        return wrong("pack.contents", contents_name,
                     "The contents are not what the entry sealed.",
                     {.line = line});
      }
      pack_.contents.push_back(std::move(*opened));
    }
    return {};
  }

  std::optional<PackedContents> opened_line(std::string_view line) const {
    json::Document document;
    if (!document.parse(line, "")) return std::nullopt;
    const json::Value* number = document.root().find("entry");
    const json::Value* key = document.root().find("key");
    const json::Value* sealed = document.root().find("sealed");
    if (number == nullptr || key == nullptr || sealed == nullptr) {
      return std::nullopt;
    }
    std::uint64_t index = 0;
    for (const char digit : number->text) {
      if (digit < '0' || digit > '9' || index > pack_.entries.size()) {
        return std::nullopt;
      }
      index = index * 10 + static_cast<std::uint64_t>(digit - '0');
    }
    if (index >= pack_.entries.size()) return std::nullopt;
    auto entry = read_entry(pack_.entries[index]);
    const auto key_bytes = from_base64(key->text);
    const auto sealed_bytes = from_base64(sealed->text);
    if (!entry || !entry->payload || !key_bytes || !sealed_bytes ||
        sealed_bytes->size() != entry->payload->bytes ||
        sha256_digest({*sealed_bytes}) != entry->payload->hash) {
      return std::nullopt;
    }
    auto secret = SecretKey::from_bytes(*key_bytes);
    if (!secret) return std::nullopt;
    auto text =
        opened_with_entry_key(*secret, index, entry->kind, *sealed_bytes);
    if (!text || contents_line(index, *secret, *sealed_bytes, *text) !=
                     std::string(line) + "\n") {
      return std::nullopt;
    }
    return PackedContents{index, std::move(*text)};
  }

  const std::string& folder_;
  PackRead pack_;
  std::map<std::string, std::uint64_t> packs_;  // and the first entry of each
};

}  // namespace

bool is_pack(const std::string& folder) {
  return is_file(join_path(folder, manifest_name));
}

Result<PackRead> read_pack(const std::string& folder) {
  return PackReader(folder).read();
}

}  // namespace sendcheck
