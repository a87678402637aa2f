#include "audit/pack.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "audit/verifier_page.hpp"
#include "audit/verify_pack.hpp"
#include "small_pack.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

namespace fs = std::filesystem;

void put(const std::string& path, std::string_view content) {
  std::ofstream(path, std::ios::binary) << content;
}

// Paths below a folder.
std::vector<std::string> files_of(const std::string& folder) {
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      found.push_back(fs::relative(entry.path(), folder).string());
    }
  }
  return found;
}

// A store with a rotated key, a cosigned checkpoint, two checks and its pack.
struct Packed {
  SmallStore store;
  SigningKey witness = SigningKey::made(store.random);
  std::string folder;

  Packed() {
    store.check("A886910000001", R"({"upn":"A886910000001"})");
    well(store.log->keep_cosigned(cosigned_note(well(store.log->checkpoint()),
                                                "example.org/county", witness,
                                                1'763'900'100)));
    well(store.log->rotate_key());
    store.check("A886910000002", R"({"upn":"A886910000002","nc_year":"7"})");
    folder = small_pack(store);
  }

  NoteKey witness_key() const {
    return {"example.org/county", NoteKey::Kind::cosignature,
            witness.public_key()};
  }
  std::string id_of_fault() const {
    auto pack = read_pack(folder);
    return pack ? std::string() : pack.error().id;
  }
};

}  // namespace

TEST_CASE("A pack that is as it was written is read whole") {
  Packed packed;
  const PackRead pack = well(read_pack(packed.folder));
  CHECK(pack.entries.size() == 6);
  CHECK(pack.keys.size() == 2);
  CHECK(pack.cosigned.size() == 1);
  REQUIRE(pack.contents.size() == 2);
  CHECK(pack.contents[1].text == R"({"upn":"A886910000002","nc_year":"7"})");
  CHECK(pack.manifest.head.contents == "audit");
  CHECK(PackManifest::parse(pack.manifest.text())->files ==
        pack.manifest.files);
}

TEST_CASE(
    "One flipped bit in each byte of a pack is refused and the file named") {
  Packed packed;
  int bytes = 0;
  for (const std::string& name : files_of(packed.folder)) {
    const std::string path = packed.folder + "/" + name;
    const std::string content = content_of(path);
    for (std::size_t i = 0; i < content.size(); ++i, ++bytes) {
      put(path, flipped(content, i, static_cast<int>(i % 8)));
      const auto read = read_pack(packed.folder);
      INFO(name << " byte " << i);
      REQUIRE(!read.has_value());
      INFO(read.error().to_string());
      // The manifest's signer stands in the list of keys; a change to either
      // shows at the other where the change leaves it in form.
      const bool of_keys = name == "keys/log.pub" || name == "manifest.txt";
      const std::string& file = read.error().place.file;
      if (of_keys) {
        REQUIRE((file == packed.folder + "/keys/log.pub" ||
                 file == packed.folder + "/manifest.txt"));
      } else {
        REQUIRE(file == path);
      }
      if (name == "contents.jsonl") REQUIRE(read.error().place.line > 0);
      if (name.starts_with("log/tile/")) {
        REQUIRE(!read.error().place.pointer.empty());
      }
      const Verdict verdict = well(verify_pack(packed.folder, {}));
      REQUIRE(exit_status(verdict.kind) == 10);
    }
    put(path, content);
  }
  CHECK(bytes > 3000);
  CHECK(read_pack(packed.folder).has_value());
}

TEST_CASE("A file that is missing from a pack is named") {
  Packed packed;
  for (const std::string& name : files_of(packed.folder)) {
    const std::string path = packed.folder + "/" + name;
    const std::string content = content_of(path);
    fs::remove(path);
    const auto read = read_pack(packed.folder);
    INFO(name);
    REQUIRE(!read.has_value());
    if (name == "manifest.txt") {
      CHECK(read.error().id == "pack.not_a_pack");
    } else {
      CHECK(read.error().id == "pack.missing");
      CHECK(read.error().place.file == path);
    }
    put(path, content);
  }
}

TEST_CASE("A file or folder that was put into a pack is named") {
  Packed packed;
  for (const std::string name : {"note.txt", "log/tile/0/001", "keys/more.pub",
                                 "rules/sha256/00", "cosigned/.hidden"}) {
    put(packed.folder + "/" + name, "x");
    const auto read = read_pack(packed.folder);
    INFO(name);
    REQUIRE(!read.has_value());
    CHECK(read.error().id == "pack.stray");
    CHECK(read.error().place.file == packed.folder + "/" + name);
    fs::remove(packed.folder + "/" + name);
  }
  fs::create_directory(packed.folder + "/more");
  CHECK(packed.id_of_fault() == "pack.stray");
  fs::remove(packed.folder + "/more");
  fs::create_directory_symlink(packed.folder, packed.folder + "/keys/round");
  CHECK(packed.id_of_fault() == "pack.stray");
}

TEST_CASE("Half a file or an empty one is refused") {
  Packed packed;
  for (const std::string& name : files_of(packed.folder)) {
    const std::string path = packed.folder + "/" + name;
    const std::string content = content_of(path);
    for (const std::size_t length : {content.size() / 2, std::size_t{0}}) {
      put(path, content.substr(0, length));
      INFO(name << " cut to " << length);
      CHECK(!read_pack(packed.folder).has_value());
    }
    put(path, content);
  }
}

TEST_CASE("A pack is never written over what is there") {
  Scratch scratch;
  scratch.write("used/letter.txt", "Dear");
  const auto writer = PackWriter::begin(scratch.path("used"));
  REQUIRE(!writer.has_value());
  CHECK(writer.error().id == "pack.folder_in_use");
  const auto on_file = PackWriter::begin(scratch.path("used/letter.txt"));
  REQUIRE(!on_file.has_value());
  CHECK(on_file.error().id == "pack.folder_in_use");
  fs::create_directory(scratch.path("empty"));
  CHECK(PackWriter::begin(scratch.path("empty")).has_value());
}

TEST_CASE("A folder without a manifest is no pack") {
  Scratch scratch;
  const auto read = read_pack(scratch.folder());
  REQUIRE(!read.has_value());
  CHECK(read.error().id == "pack.not_a_pack");
  const auto verdict = verify_pack(scratch.folder(), {});
  REQUIRE(!verdict.has_value());
  CHECK(verdict.error().id == "pack.not_a_pack");
}

TEST_CASE("A manifest in another form is refused with its line") {
  Packed packed;
  const std::string good = well(read_pack(packed.folder)).manifest.text();
  const auto line_of_fault = [](const std::string& text) {
    const auto manifest = PackManifest::parse(text);
    REQUIRE(!manifest.has_value());
    CHECK(manifest.error().id == "pack.manifest");
    return manifest.error().place.line;
  };
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  CHECK(line_of_fault("") == 1);
  CHECK(line_of_fault(with("pack 1", "pack 2")) == 1);
  CHECK(line_of_fault(with("\nlog ", "\nLog ")) == 2);
  CHECK(line_of_fault(with("entries 6", "entries 06")) == 3);
  CHECK(line_of_fault(with("root ", "root x")) == 4);
  CHECK(line_of_fault(with("packed", "made")) == 5);
  CHECK(line_of_fault(with("\nby ", "\nby:")) == 6);
  CHECK(line_of_fault(with("contents ", "content ")) == 7);
  CHECK(line_of_fault(with("README.txt", "../README.txt")) == 8);
  CHECK(line_of_fault(with("README.txt", "/README.txt")) == 8);
  CHECK(line_of_fault(with("README.txt", "zz.txt")) == 9);
  CHECK(line_of_fault(good + "\n") > 8);
  CHECK(line_of_fault(good.substr(0, good.size() - 1)) > 8);
}

TEST_CASE("A pack without evidence is verified and not anchored") {
  Packed packed;
  const Verdict verdict = well(verify_pack(packed.folder, {}));
  CHECK(verdict.kind == VerdictKind::not_anchored);
  CHECK(exit_status(verdict.kind) == 3);
  CHECK(verdict.entries == 6);
  CHECK(verdict.payloads == 2);
  CHECK(verdict.unfinished_checks == 2);
  CHECK(!verdict.keys_from_outside);
}

TEST_CASE("A witness anchors a pack as far as it has cosigned") {
  Packed packed;
  Evidence evidence;
  evidence.witnesses = {packed.witness_key()};
  const Verdict part = well(verify_pack(packed.folder, evidence));
  CHECK(part.kind == VerdictKind::not_anchored);
  CHECK(part.anchored_to == 3);
  CHECK(part.anchored_by == "example.org/county");
  evidence.checkpoints = {{"kept.txt", well(packed.store.log->checkpoint())}};
  const Verdict whole = well(verify_pack(packed.folder, evidence));
  CHECK(whole.kind == VerdictKind::anchored);
  CHECK(exit_status(whole.kind) == 0);
}

TEST_CASE("Evidence of another log contradicts a pack") {
  Packed packed;
  SmallStore other("another");
  other.check("A886910000001", "{}");
  Evidence evidence;
  evidence.checkpoints = {{"other.txt", well(other.log->checkpoint())}};
  CHECK(exit_status(well(verify_pack(packed.folder, evidence)).kind) == 12);
  evidence.log_keys = {other.log->keys().public_key()};
  const Verdict wrong = well(verify_pack(packed.folder, evidence));
  CHECK(wrong.kind == VerdictKind::wrong_key);
  CHECK(wrong.fault->id == "verify.key");
}

TEST_CASE("A printed checkpoint holds or contradicts a pack") {
  Packed packed;
  Evidence evidence;
  const auto& head = well(read_pack(packed.folder)).manifest.head.checkpoint;
  evidence.printed = {well(PrintedCheckpoint::parse(printed(head)))};
  CHECK(well(verify_pack(packed.folder, evidence)).kind ==
        VerdictKind::anchored);
  evidence.printed = {well(PrintedCheckpoint::parse("4:0123456789abcdef"))};
  const Verdict other = well(verify_pack(packed.folder, evidence));
  CHECK(other.kind == VerdictKind::contradicts);
  CHECK(other.fault->id == "verify.outside_root");
  evidence.printed = {well(PrintedCheckpoint::parse("7:0123456789abcdef"))};
  CHECK(well(verify_pack(packed.folder, evidence)).fault->id ==
        "verify.outside_size");
}

TEST_CASE(
    "A pack that was written again with another key is caught by the log's "
    "own") {
  Packed packed;
  SmallStore forger("forger");
  forger.check("A886910000001", R"({"upn":"A886910000001"})");
  const std::string folder = small_pack(forger);
  CHECK(well(verify_pack(folder, {})).kind == VerdictKind::not_anchored);
  Evidence evidence;
  evidence.log_keys = {packed.store.log->keys().public_key()};
  CHECK(well(verify_pack(folder, evidence)).kind == VerdictKind::wrong_key);
  CHECK(well(verify_pack(packed.folder, evidence)).kind ==
        VerdictKind::not_anchored);
}

TEST_CASE("The page that verifies packs needs no network") {
  const std::string page(verifier_page());
  CHECK(page.starts_with("<!DOCTYPE html>"));
  CHECK(page.find("default-src 'none'") != page.npos);
  for (const char* word :
       {"http:", "https:", "fetch(", "XMLHttpRequest", "import(",
        "src=", "href=", "WebSocket", "sendBeacon"}) {
    INFO(word);
    CHECK(page.find(word) == page.npos);
  }
}
