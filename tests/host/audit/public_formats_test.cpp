// The published vectors for signed notes, checkpoints, tiles and proof files:
// C2SP, Go's checksum database, Tessera's test log.
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "audit/proof_file.hpp"
#include "audit/tiles.hpp"
#include "support/public_vectors.hpp"
#include "support/small_log.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

template <class T>
std::string id_of(const Result<T>& result) {
  return result ? "well" : result.error().id;
}

NoteKey parsed_key(std::string_view text) {
  const auto key = NoteKey::parse(text);
  if (!key) FAIL(key.error().to_string());
  return *key;
}

// The log of Tessera's tests: 15 entries, a checkpoint for each size.
struct TestLog {
  explicit TestLog(const json::Value& root)
      : key(parsed_key(at(root, "vkey").text)) {
    for (const json::Value& entry : at(root, "entries_utf8").items) {
      entries.emplace_back(entry.text);
    }
    const json::Value& signed_texts = at(root, "checkpoints_by_size");
    for (std::size_t size = 0; size <= entries.size(); ++size) {
      signed_at.push_back(text_at(signed_texts, std::to_string(size)));
    }
  }
  NoteKey key;
  std::vector<std::string> entries;
  std::vector<std::string> signed_at;
};

}  // namespace

TEST_CASE("the public notes open or are refused as they say") {
  const auto document = public_vectors("notes.json");
  if (!document) return;
  const json::Value& root = document->root();
  std::map<std::string, NoteKey> keys;
  for (const json::Member& member : at(root, "vkeys").members) {
    const NoteKey key = parsed_key(member.value.text);
    CHECK(key.text() == member.value.text);
    keys.emplace(std::string(member.key), key);
  }
  const std::map<std::string, std::string> ids = {
      {"no-known-key", "note.unsigned"},
      {"known-key-bad-signature", "note.bad_signature"},
      {"text-only", "note.malformed"},
      {"text-and-blank", "note.malformed"},
      {"no-final-newline", "note.malformed"},
      {"control-character", "note.malformed"},
      {"name-with-space", "note.malformed"},
      {"junk-line-after-signature", "note.malformed"},
      {"101-signatures", "note.too_many"},
      {"sig-from-other-name-same-bytes", "note.unsigned"}};
  std::size_t refused = 0, accepted = 0;
  for (const json::Value& vector : at(root, "open").items) {
    const std::string id = text_at(vector, "id");
    INFO(id);
    std::string bytes;
    if (const json::Value* repeated = vector.find("note_repeat")) {
      bytes = text_at(*repeated, "text") + "\n";
      for (std::uint64_t i = 0; i < count_at(*repeated, "times"); ++i) {
        bytes += text_at(*repeated, "line");
      }
    } else {
      bytes = text_at(vector, "note");
    }
    std::vector<NoteKey> known;
    for (const json::Value& name : at(vector, "known").items) {
      known.push_back(keys.at(std::string(name.text)));
    }
    const auto note = open_note(bytes, known);
    if (!at(vector, "ok").truth) {
      REQUIRE(ids.count(id) == 1);
      CHECK(id_of(note) == ids.at(id));
      ++refused;
      continue;
    }
    REQUIRE(note);
    std::vector<NoteKey> signers, wanted;
    for (const NoteSignature& s : note->signatures) signers.push_back(s.key);
    for (const json::Value& name : at(vector, "verified").items) {
      wanted.push_back(keys.at(std::string(name.text)));
    }
    CHECK(signers == wanted);
    CHECK(bytes.starts_with(note->text + "\n"));
    ++accepted;
  }
  CHECK(accepted == 4);
  CHECK(refused == ids.size());
  for (const json::Value& key : at(root, "bad_vkeys").items) {
    INFO(key.text);
    CHECK(id_of(NoteKey::parse(key.text)) == "note.key");
  }
}

TEST_CASE("the public signing case gives the very line") {
  const auto document = public_vectors("notes.json");
  if (!document) return;
  const json::Value& signing = at(document->root(), "signing");
  const auto key =
      SigningKey::from_seed(*from_hex(text_at(signing, "seed_hex")));
  REQUIRE(key);
  const std::string text = text_at(signing, "text");
  CHECK(signed_note(text, text_at(signing, "name"), *key) ==
        text + "\n" + text_at(signing, "line"));
  const json::Value& record = at(document->root(), "record_hash");
  CHECK(base64(bytes_of(leaf_hash(text_at(record, "data")))) ==
        text_at(record, "leaf_hash_base64"));
}

// Two of them are of good form for a log with other hashes, or with lines that
// nobody checks; here they are refused for that.
TEST_CASE("the public checkpoint texts are refused each at its line") {
  const auto document = public_vectors("notes.json");
  if (!document) return;
  const std::vector<int> lines = {3, 3, 3, 1, 3, 2, 2, 2, 3, 2};
  std::size_t number = 0;
  for (const json::Value& one :
       at(document->root(), "checkpoint_bodies").items) {
    INFO(text_at(one, "body"));
    const auto parsed = Checkpoint::parse(text_at(one, "body"));
    REQUIRE(id_of(parsed) == "checkpoint.malformed");
    REQUIRE(number < lines.size());
    CHECK(parsed.error().place.line == lines[number++]);
  }
  CHECK(number == lines.size());
}

TEST_CASE("the public tile paths are written and read as they say") {
  const auto document = public_vectors("tiles.json");
  if (!document) return;
  const json::Value& root = document->root();
  int count = 0;
  for (const json::Value& one : at(root, "paths").items) {
    const auto level = static_cast<int>(count_at(one, "level"));
    const auto partial = static_cast<int>(count_at(one, "partial"));
    const int width = partial == 0 ? tile_width : partial;
    const std::string path = text_at(one, "path");
    INFO(path);
    CHECK(tile_path(level, count_at(one, "index"), width) == path);
    const auto name = parse_tile_path(path);
    REQUIRE(name);
    CHECK(name->level == level);
    CHECK(name->index == count_at(one, "index"));
    CHECK(name->width == width);
    ++count;
  }
  for (const json::Value& one : at(root, "entry_paths").items) {
    const std::uint64_t index = count_at(one, "index") / tile_width;
    const std::uint64_t after = count_at(one, "size") - index * tile_width;
    const std::string path = text_at(one, "path");
    INFO(path);
    CHECK(bundle_path(index, after < tile_width ? static_cast<int>(after)
                                                : tile_width) == path);
    CHECK(id_of(parse_tile_path(path)) == "well");
    ++count;
  }
  for (const json::Value& one : at(root, "bad_index_paths").items) {
    for (const std::string before : {"tile/0/", "tile/entries/", ""}) {
      INFO(before << one.text);
      CHECK(id_of(parse_tile_path(before + std::string(one.text))) ==
            "tiles.path");
    }
    ++count;
  }
  for (const json::Member& member : at(root, "tiles_for_size").members) {
    std::map<int, std::uint64_t> full, partial;
    for (const TileName& name : tiles_of(*parse_count(member.key))) {
      if (name.width == tile_width) {
        ++full[name.level];
      } else {
        partial[name.level] = static_cast<std::uint64_t>(name.width);
      }
    }
    INFO("size " << member.key);
    std::size_t levels = 0;
    for (const json::Value& one : member.value.items) {
      const auto level = static_cast<int>(count_at(one, "level"));
      CHECK(full[level] == count_at(one, "full_tiles"));
      CHECK(partial[level] == count_at(one, "partial_width"));
      ++levels;
    }
    // No level more; the bundles are as the tiles of level 0.
    CHECK(full[static_cast<int>(levels)] == 0);
    CHECK(partial[static_cast<int>(levels)] == 0);
    CHECK(full[-1] == full[0]);
    CHECK(partial[-1] == partial[0]);
    ++count;
  }
  CHECK(count == 28);
}

TEST_CASE("the public log opens at every size and grew from each to each") {
  const auto document = public_vectors("signed-log-15.json");
  if (!document) return;
  const TestLog log(document->root());
  REQUIRE(log.entries.size() == 15);
  const SubtreeRoots roots = roots_of(log.entries);
  std::vector<Checkpoint> checkpoints;
  for (std::size_t size = 0; size <= 15; ++size) {
    INFO("size " << size);
    const auto opened = open_checkpoint(log.signed_at[size], {log.key});
    REQUIRE(opened);
    CHECK(opened->checkpoint.size == size);
    CHECK(opened->checkpoint.root == *root_of(size, roots));
    CHECK(log.signed_at[size].starts_with(opened->checkpoint.text() + "\n"));
    checkpoints.push_back(opened->checkpoint);
  }
  for (std::size_t to = 1; to <= 15; ++to) {
    for (std::size_t from = 1; from <= to; ++from) {
      INFO("from " << from << " to " << to);
      CHECK(id_of(may_cosign(&checkpoints[from], checkpoints[to],
                             *consistency_proof(from, to, roots))) == "well");
    }
  }
}

TEST_CASE("the public log is written to the very bytes and read back") {
  const auto document = public_vectors("signed-log-15.json");
  if (!document) return;
  const TestLog log(document->root());
  const Scratch scratch;
  const std::string folder = scratch.path("log");
  REQUIRE(write_tiles(
      folder, 15, roots_of(log.entries),
      [&](std::uint64_t number) -> Result<std::string> {
        return log.entries[number];
      },
      log.signed_at[15]));
  const auto published = [&](std::string_view key) {
    return *from_base64(text_at(document->root(), key));
  };
  const std::map<std::string, std::string> files = {
      {"checkpoint", log.signed_at[15]},
      {"tile/0/000.p/15", published("tile_0_000_p_15_base64")},
      {"tile/entries/000.p/15", published("entry_bundle_base64")}};
  for (const auto& [name, bytes] : files) {
    INFO(name);
    CHECK(content_of(folder + "/" + name) == bytes);
  }
  const auto read = read_tiles(folder, {log.key});
  REQUIRE(read);
  CHECK(read->entries == log.entries);

  for (const auto& [name, bytes] : files) {
    for (std::size_t byte = 0; byte < bytes.size(); ++byte) {
      scratch.write("log/" + name,
                    flipped(bytes, byte, static_cast<int>(byte % 8)));
      INFO(name << ", byte " << byte);
      const auto changed = read_tiles(folder, {log.key});
      REQUIRE_FALSE(changed);
      CHECK(changed.error().place.file == folder + "/" + name);
      CHECK((changed.error().place.line > 0 ||
             !changed.error().place.pointer.empty()));
    }
    scratch.write("log/" + name, bytes);
  }
}

TEST_CASE("the public proof files hold or are refused as they say") {
  const auto document = public_vectors("tlog-proofs.json");
  if (!document) return;
  const json::Value& root = document->root();
  const std::vector<NoteKey> known = {parsed_key(at(root, "vkey").text)};
  const auto checked = [&](const json::Value& one, const std::string& entry) {
    const auto proof = ProofFile::parse(at(one, "proof_file").text);
    return proof ? id_of(check_proof_file(*proof, entry, known)) : id_of(proof);
  };
  int good = 0;
  for (const json::Value& one : at(root, "good").items) {
    const std::string entry = text_at(one, "leaf_utf8");
    INFO(entry << " of " << at(one, "size").text);
    CHECK(checked(one, entry) == "well");
    CHECK(checked(one, entry + ".") == "proof.root");
    const auto proof = ProofFile::parse(at(one, "proof_file").text);
    REQUIRE(proof);
    CHECK(proof->text() == text_at(one, "proof_file"));
    CHECK(proof->index == count_at(one, "index"));
    ++good;
  }
  CHECK(good == 5);
  const std::map<std::string, std::string> ids = {
      {"wrong-header", "proof_file.malformed"},
      {"index-missing", "proof_file.malformed"},
      {"index-negative", "proof_file.malformed"},
      {"index-leading-zero", "proof_file.malformed"},
      {"index-other", "proof.root"},
      {"index-past-size", "proof.index"},
      {"hash-not-base64", "proof_file.malformed"},
      {"hash-64-bytes", "proof_file.malformed"},
      {"proof-too-long", "proof.length"},
      {"checkpoint-of-other-size", "proof.root"},
      {"checkpoint-root-edited", "note.bad_signature"},
      {"checkpoint-size-edited", "note.bad_signature"},
      {"extra-not-base64", "proof_file.malformed"}};
  const json::Value& bad = at(root, "bad_for_leaf_seven");
  std::size_t refused = 0;
  for (const json::Value& one : at(bad, "cases").items) {
    const std::string id = text_at(one, "id");
    INFO(id);
    REQUIRE(ids.count(id) == 1);
    CHECK(checked(one, text_at(bad, "leaf_utf8")) == ids.at(id));
    ++refused;
  }
  CHECK(refused == ids.size());
}
