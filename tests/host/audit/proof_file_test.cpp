#include "audit/proof_file.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <vector>

#include "crypto/encoding.hpp"
#include "support/small_log.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

ProofFile proof_of(const SmallLog& log, std::size_t index, std::size_t size) {
  return {.extra = "",
          .index = index,
          .hashes = reference_path(index, Entries(log.entries).first(size)),
          .checkpoint = log.signed_at(size)};
}

std::string id_of(const Result<SignedCheckpoint>& result) {
  return result ? "well" : result.error().id;
}

struct Refusal {
  std::string fault;
  std::string text;
  int line = 0;
};

}  // namespace

TEST_CASE("a proof file is written and read back and holds") {
  const SmallLog log;
  for (std::size_t size = 1; size <= 20; ++size) {
    for (std::size_t index = 0; index < size; ++index) {
      ProofFile proof = proof_of(log, index, size);
      if (index % 3 == 0) proof.extra = log.entries[index];
      const auto back = ProofFile::parse(proof.text());
      REQUIRE(back);
      CHECK(back->text() == proof.text());
      CHECK(back->extra == proof.extra);
      CHECK(back->index == index);
      CHECK(back->hashes == proof.hashes);
      CHECK(back->checkpoint == proof.checkpoint);
      const auto checked =
          check_proof_file(*back, log.entries[index], log.keys());
      REQUIRE(checked);
      CHECK(checked->checkpoint == log.at(size));
    }
  }
}

TEST_CASE("a proof file is lines that a person can read") {
  SmallLog log;
  log.entries = {"one", "two"};
  ProofFile proof = proof_of(log, 1, 2);
  proof.extra = "x";
  CHECK(proof.text() == "c2sp.org/tlog-proof@v1\nextra eA==\nindex 1\n" +
                            base64(bytes_of(leaf_hash("one"))) + "\n\n" +
                            log.signed_at(2));
}

TEST_CASE("a proof file that is not of the form is refused with the line") {
  const SmallLog log;
  const std::string c = log.signed_at(4);
  const std::string head = "c2sp.org/tlog-proof@v1\n";
  const std::string h = base64(bytes_of(leaf_hash("x"))) + "\n";
  const std::string good = head + "index 2\n" + h + h + "\n" + c;
  REQUIRE(ProofFile::parse(good));
  std::string crlf;
  for (const char letter : good) {
    crlf += letter == '\n' ? "\r\n" : std::string(1, letter);
  }
  const std::string hash = h.substr(0, h.size() - 1);
  const std::vector<Refusal> refusals = {
      {"nothing", "", 1},
      {"the first line alone", head, 2},
      {"the first line without its newline", "c2sp.org/tlog-proof@v1", 1},
      {"another version", "c2sp.org/tlog-proof@v2\n" + good.substr(head.size()),
       1},
      {"no version", "c2sp.org/tlog-proof\n" + good.substr(head.size()), 1},
      {"a space after the first line",
       "c2sp.org/tlog-proof@v1 \n" + good.substr(head.size()), 1},
      {"an empty line before it", "\n" + good, 1},
      {"a byte-order mark", "\xEF\xBB\xBF" + good, 1},
      {"line ends of Windows", crlf, 1},
      {"a checkpoint alone", c, 1},
      {"no index", head + h + h + "\n" + c, 2},
      {"an index without a number", head + "index\n" + h + "\n" + c, 2},
      {"an index and a space", head + "index \n" + h + "\n" + c, 2},
      {"two spaces", head + "index  2\n" + h + "\n" + c, 2},
      {"a tab", head + "index\t2\n" + h + "\n" + c, 2},
      {"a capital", head + "Index 2\n" + h + "\n" + c, 2},
      {"an index below nought", head + "index -2\n" + h + "\n" + c, 2},
      {"an index with a plus", head + "index +2\n" + h + "\n" + c, 2},
      {"a leading nought", head + "index 02\n" + h + "\n" + c, 2},
      {"an index past 2^64",
       head + "index 18446744073709551616\n" + h + "\n" + c, 2},
      {"a space after the index", head + "index 2 \n" + h + "\n" + c, 2},
      {"two indices", head + "index 2\nindex 2\n" + h + "\n" + c, 3},
      {"an extra line after the index",
       head + "index 2\nextra eA==\n" + h + "\n" + c, 3},
      {"two extra lines",
       head + "extra eA==\nextra eA==\nindex 2\n" + h + "\n" + c, 3},
      {"an extra line that is not base64",
       head + "extra !!\nindex 2\n" + h + "\n" + c, 2},
      {"an extra line with stray low bits",
       head + "extra eB==\nindex 2\n" + h + "\n" + c, 2},
      {"an empty extra line", head + "extra \nindex 2\n" + h + "\n" + c, 2},
      {"extra without a space", head + "extra\nindex 2\n" + h + "\n" + c, 2},
      {"a hash that is not base64", head + "index 2\n" + h + "!!\n\n" + c, 4},
      {"a hash of 31 bytes",
       head + "index 2\n" + base64(std::string(31, 'x')) + "\n\n" + c, 3},
      {"a hash of 64 bytes",
       head + "index 2\n" + base64(std::string(64, 'x')) + "\n\n" + c, 3},
      {"a hash without its padding",
       head + "index 2\n" + h + hash.substr(0, 43) + "\n\n" + c, 4},
      {"a space after a hash", head + "index 2\n" + hash + " \n\n" + c, 3},
      {"two hashes in a line", head + "index 2\n" + hash + hash + "\n\n" + c,
       3},
      {"no empty line before the checkpoint", head + "index 2\n" + h + h + c,
       5},
      {"hashes to the end", head + "index 2\n" + h + h, 5},
      {"no checkpoint", head + "index 2\n" + h + h + "\n", 5},
      {"a hash that is cut off", head + "index 2\n" + h + hash, 4}};
  for (const Refusal& refusal : refusals) {
    INFO(refusal.fault);
    const auto parsed = ProofFile::parse(refusal.text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().id == "proof_file.malformed");
    CHECK(parsed.error().place.line == refusal.line);
  }
}

TEST_CASE("a proof that does not fit its entry or checkpoint is refused") {
  const SmallLog log;
  const auto spoilt = [&](const std::function<void(ProofFile&)>& spoil,
                          const std::string& entry = "entry 7") {
    ProofFile proof = proof_of(log, 7, 15);
    spoil(proof);
    return id_of(check_proof_file(proof, entry, log.keys()));
  };
  const auto nothing = [](ProofFile&) {};
  REQUIRE(spoilt(nothing) == "well");

  CHECK(spoilt(nothing, "entry 8") == "proof.root");
  CHECK(spoilt(nothing, "entry 7 ") == "proof.root");
  CHECK(spoilt(nothing, "") == "proof.root");
  CHECK(spoilt([](ProofFile& p) { p.index = 6; }) == "proof.root");
  CHECK(spoilt([](ProofFile& p) { p.index = 14; }) == "proof.length");
  CHECK(spoilt([](ProofFile& p) { p.index = 15; }) == "proof.index");
  CHECK(spoilt([](ProofFile& p) { p.index = ~std::uint64_t{0}; }) ==
        "proof.index");
  CHECK(spoilt([](ProofFile& p) { p.hashes.clear(); }) == "proof.length");
  CHECK(spoilt([](ProofFile& p) { p.hashes.pop_back(); }) == "proof.length");
  CHECK(spoilt([](ProofFile& p) { p.hashes.push_back(Digest{}); }) ==
        "proof.length");
  CHECK(spoilt([](ProofFile& p) {
          p.hashes.insert(p.hashes.begin(), Digest{});
        }) == "proof.length");
  CHECK(spoilt([](ProofFile& p) { std::swap(p.hashes[0], p.hashes[1]); }) ==
        "proof.root");
  CHECK(spoilt([](ProofFile& p) { p.hashes[2][31] ^= 0x80; }) == "proof.root");
  CHECK(spoilt([&](ProofFile& p) { p.checkpoint = log.signed_at(14); }) ==
        "proof.root");
  CHECK(spoilt([&](ProofFile& p) { p.checkpoint = log.signed_at(7); }) ==
        "proof.index");
  CHECK(spoilt([&](ProofFile& p) { p.checkpoint = log.signed_at(17); }) ==
        "proof.length");
  CHECK(spoilt([&](ProofFile& p) { p.checkpoint = log.at(15).text(); }) ==
        "note.malformed");
  CHECK(spoilt([](ProofFile& p) { p.checkpoint[30] ^= 1; }) ==
        "note.bad_signature");
  // What is extra is nobody's word, and changes nothing.
  CHECK(spoilt([](ProofFile& p) { p.extra = "entry 8"; }) == "well");

  const ProofFile good = proof_of(log, 7, 15);
  CHECK(id_of(check_proof_file(good, "entry 7", {})) == "note.unsigned");
  CHECK(id_of(check_proof_file(good, "entry 7", {note_key("example.org/x")})) ==
        "note.unsigned");
}

TEST_CASE("a fault in the checkpoint is placed by its line in the proof file") {
  const SmallLog log;
  for (const bool with_extra : {false, true}) {
    ProofFile proof = proof_of(log, 7, 15);  // four hashes
    if (with_extra) proof.extra = "x";
    const std::size_t dash = proof.checkpoint.find("\xE2\x80\x94");
    proof.checkpoint[dash] = '-';
    const std::string text = proof.text();
    const std::size_t at = text.size() - (proof.checkpoint.size() - dash);
    const auto line =
        1 + std::count(text.begin(),
                       text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    const auto checked = check_proof_file(proof, "entry 7", log.keys());
    REQUIRE(id_of(checked) == "note.malformed");
    CHECK(checked.error().place.line == line);
  }
}

TEST_CASE("one bit turned over anywhere in a proof file is noticed") {
  const SmallLog log;
  const std::string good = proof_of(log, 7, 15).text();
  for (std::size_t byte = 0; byte < good.size(); ++byte) {
    INFO("byte " << byte);
    const auto parsed =
        ProofFile::parse(flipped(good, byte, static_cast<int>(byte % 8)));
    if (!parsed) {
      CHECK(parsed.error().id == "proof_file.malformed");
      continue;
    }
    CHECK_FALSE(check_proof_file(*parsed, "entry 7", log.keys()));
  }
}
