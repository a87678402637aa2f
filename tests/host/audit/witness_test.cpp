#include "audit/witness.hpp"

#include <catch2/catch.hpp>

#include "audit/parties.hpp"
#include "audit/verify.hpp"
#include "support/small_store.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

constexpr Moment now{1'763'900'100};

NoteKey witness_key(SmallStore& store) {
  return {store.log->origin(), NoteKey::Kind::cosignature,
          store.log->keys().public_key().key};
}

// A school whose log an authority witnesses.
struct TwoParties {
  SmallStore school{"school"};
  SmallStore county{"county"};

  std::vector<NoteKey> school_key() {
    return {school.log->keys().public_key()};
  }
  void grow(int entries) {
    for (int i = 0; i < entries; ++i) {
      well(school.log->append({.kind = EntryKind::view}));
    }
  }
  std::uint64_t county_entries() { return well(county.log->reader().size()); }

  Cosigned cosigned(std::uint64_t since) {
    return well(cosign(*county.log, well(witness_request(*school.log, since)),
                       school_key(), now));
  }
};

template <class T>
std::string id_of(const Result<T>& result) {
  return result ? std::string() : result.error().id;
}

}  // namespace

TEST_CASE("A witness cosigns a log from its beginning and each time it grew") {
  TwoParties parties;
  std::uint64_t seen = 0;
  for (int i = 0; i < 12; ++i) {
    parties.grow(i % 5);
    const Cosigned done = parties.cosigned(seen);
    seen = done.checkpoint.size;
    CHECK(seen == well(parties.school.log->reader().size()));
    const Entry entry = well(parties.county.log->reader().entry(done.entry));
    CHECK(entry.kind == EntryKind::cosigned);
    CHECK(about_text(entry, "origin") == parties.school.log->origin());
    CHECK(about_text(entry, "checkpoint") == printed(done.checkpoint));
    const Note note = well(open_note(done.note, {witness_key(parties.county)}));
    REQUIRE(note.signatures.size() == 1);
    CHECK(note.signatures[0].timestamp == 1'763'900'100);
    // It came back, and is held against our own tree.
    const CosignatureKept kept = well(keep_cosignature(
        *parties.school.log, done.note, {witness_key(parties.county)}));
    CHECK(kept.checkpoint == done.checkpoint);
    ++seen;  // the entry that says so
    seen = done.checkpoint.size;
  }
}

TEST_CASE("The other party's keys are given once") {
  TwoParties parties;
  const Cosigned first = parties.cosigned(0);
  parties.grow(3);
  const auto request =
      well(witness_request(*parties.school.log, first.checkpoint.size));
  const Cosigned second = well(cosign(*parties.county.log, request, {}, now));
  well(keep_cosignature(*parties.school.log, first.note,
                        {witness_key(parties.county)}));
  well(keep_cosignature(*parties.school.log, second.note, {}));
  CHECK(well(known_parties(parties.county.keys())) == parties.school_key());
  CHECK(well(known_parties(parties.school.keys())) ==
        std::vector<NoteKey>{witness_key(parties.county)});
}

TEST_CASE("A log that nobody knows is not cosigned") {
  TwoParties parties;
  const auto request = well(witness_request(*parties.school.log, 0));
  const std::uint64_t before = parties.county_entries();
  CHECK(id_of(cosign(*parties.county.log, request, {}, now)) ==
        "witness.unknown_log");
  SmallStore other("other");
  CHECK(id_of(cosign(*parties.county.log, request,
                     {other.log->keys().public_key()}, now)) ==
        "witness.unknown_log");
  CHECK(parties.county_entries() == before);
  CHECK(well(known_parties(parties.county.keys())).empty());
}

TEST_CASE("A log with a new key is refused with a word on where that is") {
  TwoParties parties;
  const Cosigned first = parties.cosigned(0);
  well(parties.school.log->rotate_key());
  parties.grow(1);  // the entry that names the new key is signed by the old one
  const auto refused =
      cosign(*parties.county.log,
             well(witness_request(*parties.school.log, first.checkpoint.size)),
             {}, now);
  REQUIRE_FALSE(refused.has_value());
  CHECK_THAT(refused.error().message, Catch::Contains("keys --rotate"));
  CHECK_THAT(refused.error().message, Catch::Contains("--key"));
}

TEST_CASE("A key that signs a log is told from a witness's own") {
  TwoParties parties;
  const Cosigned done = parties.cosigned(0);
  const auto refused =
      keep_cosignature(*parties.school.log, done.note,
                       {parties.county.log->keys().public_key()});
  REQUIRE(id_of(refused) == "witness.no_cosignature");
  CHECK_THAT(refused.error().message, Catch::Contains("signing.pub"));
  CHECK_THAT(refused.error().message, Catch::Contains("as a witness"));
}

TEST_CASE("A log does not cosign itself") {
  TwoParties parties;
  CHECK(id_of(cosign(*parties.school.log,
                     well(witness_request(*parties.school.log, 0)),
                     parties.school_key(), now)) == "witness.own_log");
}

TEST_CASE("A smaller log is refused and the size that is known is named") {
  TwoParties parties;
  const auto small = well(witness_request(*parties.school.log, 0));
  parties.grow(4);
  parties.cosigned(0);
  const std::uint64_t before = parties.county_entries();
  const auto refused = cosign(*parties.county.log, small, {}, now);
  REQUIRE(id_of(refused) == "witness.smaller");
  CHECK(refused.error().message.find("one of 5") != std::string::npos);
  CHECK(parties.county_entries() == before);
}

TEST_CASE(
    "A request that starts from another size is refused with the size that is "
    "known") {
  TwoParties parties;
  parties.grow(4);
  parties.cosigned(0);
  parties.grow(2);
  for (const std::uint64_t since : {0, 3, 6, 7}) {
    const auto refused =
        cosign(*parties.county.log,
               well(witness_request(*parties.school.log, since)), {}, now);
    REQUIRE(id_of(refused) == "witness.old");
    CHECK(refused.error().message.find("5 entries") != std::string::npos);
  }
}

TEST_CASE("Two histories are refused and neither is cosigned") {
  TwoParties parties;
  parties.grow(4);
  const Cosigned seen = parties.cosigned(0);
  // Whoever holds the key signs another history of the same size, and one that
  // is longer.
  const auto signed_as_school = [&](std::uint64_t size, unsigned char first) {
    Digest root{};
    root[0] = first;
    return signed_note(
        Checkpoint{parties.school.log->origin(), size, root}.text(),
        parties.school.log->origin(), parties.school.log->keys().signing_key());
  };
  const std::uint64_t before = parties.county_entries();
  WitnessRequest same{5, {}, signed_as_school(5, 1)};
  CHECK(id_of(cosign(*parties.county.log, same, {}, now)) == "witness.forked");
  parties.grow(3);
  WitnessRequest longer = well(witness_request(*parties.school.log, 5));
  longer.checkpoint = signed_as_school(8, 2);
  CHECK(id_of(cosign(*parties.county.log, longer, {}, now)) ==
        "witness.forked");
  CHECK(parties.county_entries() == before);
  // The honest one still is.
  parties.cosigned(seen.checkpoint.size);
}

TEST_CASE("A proof with a hash more or less or another is refused") {
  TwoParties parties;
  parties.grow(4);
  parties.cosigned(0);
  parties.grow(6);
  const WitnessRequest good = well(witness_request(*parties.school.log, 5));
  REQUIRE(good.proof.size() > 2);
  WitnessRequest bad = good;
  bad.proof.pop_back();
  CHECK(id_of(cosign(*parties.county.log, bad, {}, now)) == "proof.length");
  bad = good;
  bad.proof.push_back(good.proof[0]);
  CHECK(id_of(cosign(*parties.county.log, bad, {}, now)) == "proof.length");
  bad = good;
  bad.proof[1][7] ^= 4;
  CHECK(id_of(cosign(*parties.county.log, bad, {}, now)) == "witness.forked");
  CHECK(cosign(*parties.county.log, good, {}, now).has_value());
}

TEST_CASE("A changed checkpoint is refused before anything is remembered") {
  TwoParties parties;
  WitnessRequest request = well(witness_request(*parties.school.log, 0));
  request.checkpoint.replace(request.checkpoint.find("\n1\n"), 3, "\n2\n");
  CHECK(id_of(cosign(*parties.county.log, request, parties.school_key(),
                     now)) == "note.bad_signature");
  CHECK(!well(parties.county.log->witnessed(parties.school.log->origin())));
}

TEST_CASE("A request is read as it was written") {
  TwoParties parties;
  parties.grow(9);
  const WitnessRequest request = well(witness_request(*parties.school.log, 3));
  CHECK(well(WitnessRequest::parse(request.text())).text() == request.text());
  const WitnessRequest alone = well(WitnessRequest::parse(request.checkpoint));
  CHECK(alone.old == 0);
  CHECK(alone.proof.empty());
  CHECK(alone.checkpoint == request.checkpoint);
}

TEST_CASE("A request in another form is refused with its line") {
  TwoParties parties;
  parties.grow(9);
  const std::string good = well(witness_request(*parties.school.log, 3)).text();
  const auto line_of_fault = [](const std::string& text) {
    const auto request = WitnessRequest::parse(text);
    REQUIRE(!request.has_value());
    CHECK(request.error().id == "witness.request");
    return request.error().place.line;
  };
  CHECK(line_of_fault("old x" + good.substr(5)) == 1);
  CHECK(line_of_fault("old 03" + good.substr(5)) == 1);
  CHECK(line_of_fault("old -1" + good.substr(5)) == 1);
  CHECK(line_of_fault("old 3") == 1);
  CHECK(line_of_fault("old 3\n") == 2);
  CHECK(line_of_fault("old 3\n\n") == 1);
  CHECK(line_of_fault("old 3\nAAAA\n\n" + good) == 2);
  CHECK(line_of_fault("old 3\n " + good.substr(6)) == 2);
  std::string many = "old 3\n";
  for (int i = 0; i < 64; ++i) many += good.substr(6, 45);
  CHECK(line_of_fault(many + "\n") == 65);
}

TEST_CASE("A request for more than there is says that the end may be gone") {
  TwoParties parties;
  CHECK(id_of(witness_request(*parties.school.log, 2)) == "witness.old");
}

TEST_CASE("A cosignature of another log or tree or witness is not kept") {
  TwoParties parties;
  parties.grow(4);
  const std::string origin = parties.school.log->origin();
  const Cosigned done = parties.cosigned(0);
  const std::vector<NoteKey> county = {witness_key(parties.county)};
  const std::uint64_t before = well(parties.school.log->reader().size());
  CHECK(id_of(keep_cosignature(*parties.county.log, done.note, {})) ==
        "witness.other_log");
  CHECK(id_of(keep_cosignature(*parties.school.log, done.note, {})) ==
        "witness.no_cosignature");
  SmallStore other("other");
  CHECK(id_of(keep_cosignature(*parties.school.log, done.note,
                               {witness_key(other)})) ==
        "witness.no_cosignature");
  const auto cosigned = [&](std::uint64_t size, const Digest& root) {
    return cosigned_note(
        signed_note(Checkpoint{origin, size, root}.text(), origin,
                    parties.school.log->keys().signing_key()),
        parties.county.log->origin(), parties.county.log->keys().signing_key(),
        7);
  };
  CHECK(id_of(keep_cosignature(*parties.school.log,
                               cosigned(99, done.checkpoint.root), county)) ==
        "witness.larger");
  CHECK(id_of(keep_cosignature(*parties.school.log,
                               cosigned(4, done.checkpoint.root), county)) ==
        "witness.not_ours");
  std::string changed = done.note;
  changed.replace(changed.find("\n5\n"), 3, "\n4\n");
  CHECK(id_of(keep_cosignature(*parties.school.log, changed, county)) ==
        "note.bad_signature");
  CHECK(well(parties.school.log->reader().size()) == before);
  CHECK(well(parties.school.log->reader().cosigned()).empty());
}

TEST_CASE("A kept cosignature anchors the log when it is verified") {
  TwoParties parties;
  parties.grow(4);
  well(keep_cosignature(*parties.school.log, parties.cosigned(0).note,
                        {witness_key(parties.county)}));
  Database database =
      well(Database::open(parties.school.scratch.path("log.db"), log_schema(),
                          Database::Open::read_only));
  Evidence evidence;
  evidence.witnesses = well(known_parties(parties.school.keys()));
  const Verdict verdict = well(verify_log(database, evidence));
  CHECK(!verdict.fault);
  CHECK(verdict.anchored_to == 5);
  CHECK(verdict.anchored_by == parties.county.log->origin());
}

TEST_CASE("A damaged file of the other parties' keys is named with its line") {
  Scratch scratch;
  scratch.write("witnesses.pub", "\nexample.org+00000000+AAAA\n");
  const auto keys = known_parties(scratch.folder());
  REQUIRE(id_of(keys) == "note.key");
  CHECK(keys.error().place.line == 2);
  CHECK(well(known_parties(scratch.path("none"))).empty());
}
