// An audit pack: a folder that an auditor takes away and checks without us.
//
//   README.txt            what each thing is, and how to check it
//   manifest.txt          each other file: its SHA-256, size and path; a signed note by the log's key
//   log/                  the log as tlog-tiles: "checkpoint", "tile/..." (audit/tiles.hpp)
//   keys/log.pub          the keys that have signed, oldest first, a verifier key a line
//   keys/witnesses.pub    other parties' verifier keys, as this log knows them
//   cosigned/N.checkpoint checkpoints of the log that other parties cosigned
//   rules/sha256/HASH     the rules that checks went by: each file by its hash; rules/index.txt names them
//   replay.txt            whether the decisions, made again, came out the same
//   verify.html           checks the folder in a browser, offline
//   sendcheck-verify      the program that does, where it was at hand
//   decisions.jsonl       decisions that were opened, put together with what the rules' texts say; only where that was asked for
//   contents.jsonl        what is sealed beside the entries, opened; only where that was asked for
//
// A line of contents.jsonl is {"entry":N,"key":"...","sealed":"...","contents":...}: the sealed bytes, whose hash the entry states, and the key of that one
// entry, so that anyone can open it again and see that the contents are those that were logged. Knows no rules.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "audit/checkpoint.hpp"
#include "audit/entry.hpp"
#include "crypto/sealing.hpp"

namespace sendcheck {

struct PackHead {
  Checkpoint checkpoint;  // of the log as it was packed
  std::string at;         // "2026-11-24T09:02:03Z"
  std::string actor;
  std::string contents;  // why they were opened; empty: they are not in it

  bool operator==(const PackHead&) const = default;
};

struct PackedFile {
  std::string path;  // below the folder
  std::uint64_t bytes = 0;
  Digest hash{};
  bool operator==(const PackedFile&) const = default;
};

struct PackManifest {
  PackHead head;
  std::vector<PackedFile> files;  // by path

  std::string text() const;
  // Error pack.manifest, with the line: not what text() gives for some manifest.
  static Result<PackManifest> parse(std::string_view text);
};

// Writes the files of a pack, and last the manifest over them.
class PackWriter {
 public:
  // Errors: pack.folder_in_use (it is there, and not empty), files.unwritable.
  static Result<PackWriter> begin(const std::string& folder);

  const std::string& folder() const { return folder_; }
  Result<void> add(const std::string& path, std::string_view content);
  // The same, and that it can be started.
  Result<void> add_program(const std::string& path, std::string_view content);
  // What others wrote below a folder of the pack.
  Result<void> add_folder(const std::string& path);
  Result<void> finish(PackHead head, const std::string& name,
                      const SigningKey& key);

 private:
  explicit PackWriter(std::string folder) : folder_(std::move(folder)) {}
  std::string folder_;
  std::vector<PackedFile> files_;
};

// An entry's contents as a line of contents.jsonl, with the newline.
std::string contents_line(std::uint64_t entry, const SecretKey& entry_key,
                          std::string_view sealed, std::string_view contents);

struct PackedContents {
  std::uint64_t entry = 0;
  std::string text;  // JSON
};

struct CosignedFile {
  std::string path;
  std::string note;
};

// A pack all of whose files are as they were written.
struct PackRead {
  PackManifest manifest;
  std::vector<NoteKey> keys;       // that signed, oldest first
  std::vector<NoteKey> witnesses;  // as the log knew them
  std::vector<std::string> entries;
  std::vector<CosignedFile> cosigned;
  std::vector<PackedContents> contents;  // each is what its entry sealed
};

// Whether a folder is meant as one.
bool is_pack(const std::string& folder);

// Reads a pack whole and checks every file against the manifest, the manifest against the newest key of keys/log.pub, tiles and entries against the checkpoint,
// the list of keys against the entries, contents against the hashes that the entries state, and that the rules of every check are there. That the keys are the
// log's own, only somebody who learnt them elsewhere can say (verify_pack). The error names the file, and the place in it (a line, an entry, a hash)
// wherever the file's own form can tell.
// Errors: pack.not_a_pack (no manifest), pack.manifest, pack.changed, pack.missing, pack.stray, pack.entry, pack.keys, pack.contents, pack.rules, those of read_tiles, of open_note
// and NoteKey::parse, files.unreadable.
Result<PackRead> read_pack(const std::string& folder);

}  // namespace sendcheck
