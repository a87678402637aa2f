#include "audit/checkpoint.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "crypto/encoding.hpp"
#include "support/small_log.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

const std::string root_of_none = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

struct Refusal {
  std::string fault;
  std::string text;
  int line = 0;
};

std::string id_of(const Result<void>& result) {
  return result ? "well" : result.error().id;
}

}  // namespace

TEST_CASE("a checkpoint is three lines and is read back") {
  const Checkpoint empty{"example.org/log", 0, empty_root()};
  CHECK(empty.text() == "example.org/log\n0\n" + root_of_none + "\n");
  const SmallLog log;
  for (std::size_t size = 0; size <= 20; ++size) {
    const auto back = Checkpoint::parse(log.at(size).text());
    REQUIRE(back);
    CHECK(*back == log.at(size));
  }
  const Checkpoint most{"a log, with a space", ~std::uint64_t{0}, Digest{}};
  const auto back = Checkpoint::parse(most.text());
  REQUIRE(back);
  CHECK(*back == most);
}

TEST_CASE("a checkpoint that is not of the form is refused with the line") {
  const std::string r = root_of_none + "\n";
  const std::vector<Refusal> refusals = {
      {"nothing", "", 1},
      {"an empty name", "\n9\n" + r, 1},
      {"a name without a newline", "log", 1},
      {"a name with a carriage return", "log\r\n9\n" + r, 1},
      {"a name with a tab", "a\tlog\n9\n" + r, 1},
      {"a name that is not UTF-8", "\xFF\n9\n" + r, 1},
      {"a name alone", "log\n", 2},
      {"no size", "log\n\n" + r, 2},
      {"a size in words", "log\nnine\n" + r, 2},
      {"a size below nought", "log\n-9\n" + r, 2},
      {"a size with a plus", "log\n+9\n" + r, 2},
      {"a leading nought", "log\n09\n" + r, 2},
      {"two noughts", "log\n00\n" + r, 2},
      {"a space before the size", "log\n 9\n" + r, 2},
      {"a space after the size", "log\n9 \n" + r, 2},
      {"a carriage return after the size", "log\n9\r\n" + r, 2},
      {"a size with a point", "log\n9.0\n" + r, 2},
      {"a size in hexadecimal", "log\n0x9\n" + r, 2},
      {"a size past 2^64", "log\n18446744073709551616\n" + r, 2},
      {"a very large size", "log\n3438945738945739845734895735\n" + r, 2},
      {"a size without a newline", "log\n9", 2},
      {"the lines in another order", "9\nlog\n" + r, 2},
      {"no root", "log\n9\n", 3},
      {"an empty root", "log\n9\n\n", 3},
      {"a root without a newline", "log\n9\n" + root_of_none, 3},
      {"a root of 31 bytes", "log\n9\n" + base64(std::string(31, 'x')) + "\n",
       3},
      {"a root of 33 bytes", "log\n9\n" + base64(std::string(33, 'x')) + "\n",
       3},
      {"a root in hexadecimal", "log\n9\n" + std::string(64, 'e') + "\n", 3},
      {"a root without its padding",
       "log\n9\n" + root_of_none.substr(0, 43) + "\n", 3},
      {"stray low bits in the root",
       "log\n9\n" + root_of_none.substr(0, 42) + "V=\n", 3},
      {"a space after the root", "log\n9\n" + root_of_none + " \n", 3},
      {"a carriage return after the root", "log\n9\n" + root_of_none + "\r\n",
       3},
      {"an empty line more", "log\n9\n" + r + "\n", 4},
      {"a line that nobody checks", "log\n9\n" + r + "more\n", 4},
      {"a word after the last line", "log\n9\n" + r + "x", 4}};
  for (const Refusal& refusal : refusals) {
    INFO(refusal.fault);
    const auto parsed = Checkpoint::parse(refusal.text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().id == "checkpoint.malformed");
    CHECK(parsed.error().place.line == refusal.line);
  }
}

TEST_CASE("a signed checkpoint opens under the key of its log") {
  const SmallLog log;
  const auto opened = open_checkpoint(log.signed_at(12), log.keys());
  REQUIRE(opened);
  CHECK(opened->checkpoint == log.at(12));
  CHECK(opened->note.text == log.at(12).text());
  REQUIRE(opened->note.signatures.size() == 1);
}

TEST_CASE("a checkpoint needs its own log among the signers") {
  const SmallLog log;
  const std::string other = "example.org/authority";
  const NoteKey witness = note_key(other, NoteKey::Kind::cosignature);
  // As another log's: with the witness alone known, or another name's key.
  const std::string cosigned =
      cosigned_note(log.signed_at(12), other, key_named(other), 7);
  REQUIRE(open_checkpoint(cosigned, {log.keys()[0], witness}));

  const std::string by_other =
      signed_note(log.at(12).text(), other, key_named(other));
  const std::string own_cosignature =
      cosigned_note(by_other, log.name, key_named(log.name), 7);
  struct Case {
    std::string fault, bytes;
    std::vector<NoteKey> known;
  };
  const std::vector<Case> cases = {
      {"only the witness is known", cosigned, {witness}},
      {"only another has signed", by_other, {note_key(other)}},
      {"both known and only another has signed",
       by_other,
       {note_key(other), log.keys()[0]}},
      {"the log has but cosigned",
       own_cosignature,
       {note_key(other), note_key(log.name, NoteKey::Kind::cosignature)}}};
  for (const Case& c : cases) {
    INFO(c.fault);
    const auto opened = open_checkpoint(c.bytes, c.known);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().id == "checkpoint.not_the_log");
  }
}

TEST_CASE("what is wrong with the note or its text is said as it is") {
  const SmallLog log;
  const std::string good = log.signed_at(12);
  const auto id = [&](const std::string& bytes) {
    const auto opened = open_checkpoint(bytes, log.keys());
    return opened ? "well" : opened.error().id;
  };
  CHECK(id("") == "note.malformed");
  CHECK(id(good + "\n") == "note.malformed");
  CHECK(id(signed_note("no checkpoint\n", log.name, key_named(log.name))) ==
        "checkpoint.malformed");
  CHECK(id(signed_note(log.at(12).text() + "more\n", log.name,
                       key_named(log.name))) == "checkpoint.malformed");
  CHECK(open_checkpoint(good, {}).error().id == "note.unsigned");
  std::string edited = good;
  edited.replace(edited.find("12\n"), 2, "13");
  CHECK(id(edited) == "note.bad_signature");
  for (std::size_t byte = 0; byte < good.size(); ++byte) {
    INFO("byte " << byte);
    CHECK(id(flipped(good, byte, static_cast<int>(byte % 8))) != "well");
  }
}

TEST_CASE("a witness cosigns what grew from what it saw") {
  const SmallLog log;
  for (std::size_t from = 1; from <= 20; ++from) {
    for (std::size_t to = from; to <= 20; ++to) {
      const Checkpoint seen = log.at(from);
      CHECK(id_of(may_cosign(
                &seen, log.at(to),
                reference_proof(from, Entries(log.entries).first(to)))) ==
            "well");
    }
  }
}

TEST_CASE("a witness that saw nothing yet cosigns without a proof") {
  const SmallLog log;
  const Checkpoint empty = log.at(0);
  for (std::size_t size = 0; size <= 20; ++size) {
    CHECK(id_of(may_cosign(nullptr, log.at(size), {})) == "well");
    CHECK(id_of(may_cosign(&empty, log.at(size), {})) == "well");
    CHECK(id_of(may_cosign(nullptr, log.at(size), {Digest{}})) ==
          "proof.length");
    CHECK(id_of(may_cosign(&empty, log.at(size), {Digest{}})) ==
          "proof.length");
  }
  // An empty log has but one root.
  Checkpoint odd = empty;
  odd.root = leaf_hash("x");
  CHECK(id_of(may_cosign(nullptr, odd, {})) == "witness.forked");
  CHECK(id_of(may_cosign(&empty, odd, {})) == "witness.forked");
}

TEST_CASE("a witness refuses a log that became smaller and says how large") {
  const SmallLog log;
  const Checkpoint seen = log.at(15);
  for (std::size_t size = 0; size < 15; ++size) {
    const auto refused = may_cosign(&seen, log.at(size), {});
    REQUIRE(id_of(refused) == "witness.smaller");
    CHECK_THAT(refused.error().message, Catch::Contains("one of 15"));
  }
}

TEST_CASE("a witness refuses two histories") {
  const SmallLog log;
  SmallLog other;
  other.entries[3] = "another entry 3";
  const Checkpoint seen = log.at(15);
  const Entries theirs(other.entries);
  // Of the same size, and grown, with the proof of the one or the other.
  CHECK(id_of(may_cosign(&seen, other.at(15), {})) == "witness.forked");
  CHECK(id_of(may_cosign(&seen, other.at(20), reference_proof(15, theirs))) ==
        "witness.forked");
  CHECK(id_of(may_cosign(&seen, other.at(20),
                         reference_proof(15, log.entries))) ==
        "witness.forked");
  auto proof = reference_proof(15, log.entries);
  proof[0][0] ^= 1;
  CHECK(id_of(may_cosign(&seen, log.at(20), proof)) == "witness.forked");
}

TEST_CASE("a witness refuses a proof of the wrong length") {
  const SmallLog log;
  const Checkpoint seen = log.at(15);
  auto proof = reference_proof(15, log.entries);
  CHECK(id_of(may_cosign(&seen, log.at(20), {})) == "proof.length");
  proof.push_back(Digest{});
  CHECK(id_of(may_cosign(&seen, log.at(20), proof)) == "proof.length");
  proof.resize(proof.size() - 2);
  CHECK(id_of(may_cosign(&seen, log.at(20), proof)) == "proof.length");
  CHECK(id_of(may_cosign(&seen, log.at(15), {Digest{}})) == "proof.length");
}

TEST_CASE("a witness refuses the checkpoint of another log") {
  const SmallLog log;
  SmallLog other;
  other.name = "example.org/school/100002";
  const Checkpoint seen = log.at(15);
  for (const std::size_t size : {10u, 15u, 20u}) {
    CHECK(id_of(may_cosign(&seen, other.at(size), {})) == "witness.other_log");
  }
}
