// After an erasure nothing of the pupil is anywhere; everything else stands.
#include <catch2/catch.hpp>
#include <filesystem>

#include "audit/backup.hpp"
#include "audit/proof_file.hpp"
#include "audit/verify.hpp"
#include "casework/erase_pupil.hpp"
#include "casework/human_decision.hpp"
#include "casework/replay.hpp"
#include "casework/sealed_contents.hpp"
#include "checked_store.hpp"
#include "crypto/encoding.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

constexpr const char* planted_upn = "A886910000001";

// Twenty facts of one pupil, each of which would give them away.
const std::vector<std::string> planted = {planted_upn,
                                          "Plantedgiven",
                                          "Plantedfamily",
                                          "Planted scheme",
                                          "2013-02-17",
                                          "2026-01-13",
                                          "Planted Sample Hall",
                                          "999743",
                                          "2024-10-19",
                                          "2025-03-23",
                                          "2025-06-27",
                                          "Planted, panel chair",
                                          "plantedreason alpha",
                                          "plantedreason beta",
                                          "planted letter of May",
                                          "planted form eight",
                                          "plantedbecause gamma",
                                          "2026-02-07",
                                          "2025-11-03",
                                          "plantedreason delta"};

const std::string pupil =
    R"({"upn":"A886910000001","name":{"given":"Plantedgiven","family":"Plantedfamily"},"date_of_birth":"2013-02-17","nc_year":"8","home_la":"886","sen":{"status":"plan_final","status_from":"2026-01-13","levels":[{"scheme":"Planted scheme","level":"2"}]},"school":{"urn":"999743","name":"Planted Sample Hall"},"evidence":[{"type":"dla_award","on":"2024-10-19"},{"type":"parental_declaration","on":"2025-03-23"},{"type":"dla_award","on":"2025-06-27"},{"type":"dla_award","on":"2026-02-07"},{"type":"dla_award","on":"2025-11-03"}]})"
    "\n";

// The schema of the pupils' keys, to look into the file from outside.
constexpr const char* steps[] = {""};
constexpr Schema keys_schema{.application = 0x534b4559,
                             .version = 1,
                             .steps = steps,
                             .what = "file of pupils' keys"};

struct Drill : CheckedStore {
  std::string pseudonym;
  std::string raw_key;
  std::vector<std::uint64_t> theirs;  // entries with sealed contents
  std::vector<std::string> remains;   // bytes that are to go

  Drill() : CheckedStore("drill") {
    check_register_of(pupil + many_pupils(6).substr(many_pupils(1).size()));
    HumanDecision decision;
    decision.decided_by = "A. Planted, panel chair";
    decision.reasons =
        "plantedreason alpha, plantedreason beta, plantedreason delta";
    decision.evidence = {{"planted letter of May", true, ""},
                         {"planted form eight", false, "plantedbecause gamma"}};
    well(enter_decision(*log, planted_upn, "pupil-premium", decision));

    const auto key = well(log->keys().by_upn(planted_upn));
    pseudonym = key->pseudonym;
    raw_key = key->key.bytes();
    const std::uint64_t size = well(log->reader().size());
    for (std::uint64_t i = 0; i < size; ++i) {
      const Entry entry = well(log->reader().entry(i));
      if (entry.subject != pseudonym || !entry.payload) continue;
      theirs.push_back(i);
      remains.push_back(well(log->reader().sealed(i))->substr(0, 64));
    }
    Database keys_file = well(Database::open(keys() + "/pupils.db", keys_schema,
                                             Database::Open::read_only));
    auto select = well(keys_file.prepare(
        "SELECT finder, wrapped FROM pupils WHERE pseudonym = ?1"));
    REQUIRE(well(select.bind_blob(1, *from_hex(pseudonym)).step()));
    remains.emplace_back(select.bytes(0));
    remains.emplace_back(select.bytes(1));
  }

  std::string everything() const { return all_bytes_below(scratch.folder()); }

  std::string opened_text() {
    std::string all;
    for (const std::uint64_t number : theirs) {
      const auto text =
          well(contents_of(*log, well(log->reader().entry(number))));
      if (text) all += *text;
    }
    return all;
  }
};

int found_in(const std::string& bytes, const std::vector<std::string>& words) {
  int found = 0;
  for (const std::string& word : words) found += bytes.find(word) != bytes.npos;
  return found;
}

}  // namespace

TEST_CASE("After an erasure no byte of any file holds the pupil or the key") {
  Drill drill;
  // All of it is there before, and can be opened.
  REQUIRE(planted.size() == 20);
  CHECK(found_in(drill.opened_text(), planted) == 20);
  const int remains = static_cast<int>(drill.remains.size());
  CHECK(remains > 10);
  CHECK(found_in(drill.everything(), drill.remains) == remains);

  well(erase_pupil(*drill.log, planted_upn, "retention_ended"));

  const std::string everything = drill.everything();
  CHECK(everything.size() > 100'000);
  CHECK(found_in(everything, planted) == 0);
  CHECK(found_in(everything, drill.remains) == 0);
  CHECK(found_in(everything, {drill.raw_key, hex(drill.raw_key),
                              base64(drill.raw_key)}) == 0);
  CHECK(drill.opened_text().empty());
  // Another look, at files that a closed log leaves.
  drill.log.reset();
  CHECK(found_in(drill.everything(), planted) == 0);
  CHECK(found_in(drill.everything(), drill.remains) == 0);
}

TEST_CASE(
    "After an erasure every proof of others is unchanged and still holds") {
  Drill drill;
  const std::string note = well(drill.log->checkpoint());
  const std::uint64_t size =
      well(open_checkpoint(note, {drill.log->keys().public_key()}))
          .checkpoint.size;
  const auto proofs = [&] {
    std::vector<std::string> all;
    for (std::uint64_t i = 0; i < size; ++i) {
      const ProofFile proof{
          "", i, well(inclusion_proof(i, size, drill.log->reader().roots())),
          note};
      well(check_proof_file(proof, well(drill.log->reader().bytes(i)),
                            {drill.log->keys().public_key()}));
      all.push_back(proof.text());
    }
    return all;
  };
  const auto before = proofs();
  well(erase_pupil(*drill.log, planted_upn, "retention_ended"));
  CHECK(proofs() == before);
  // Other pupils' contents are still what they were.
  const ReplayReport report = well(replay(*drill.log, {}));
  CHECK(report.others.empty());
  CHECK(report.same > 0);
  CHECK(report.erased + 2 == drill.theirs.size());
}

TEST_CASE(
    "After an erasure verify says what was erased and that all else is whole") {
  Drill drill;
  const DisposalCertificate certificate =
      well(erase_pupil(*drill.log, planted_upn, "retention_ended"));
  CHECK(certificate.destroyed == drill.theirs.size());
  CHECK(certificate.text().find(planted_upn) == std::string::npos);
  Database database = well(Database::open(
      drill.scratch.path("log.db"), log_schema(), Database::Open::read_only));
  const Verdict verdict = well(verify_log(database, {}));
  CHECK(!verdict.fault);
  CHECK(verdict.erased_pupils == 1);
  CHECK(verdict.erased == drill.theirs.size());
  CHECK(verdict.payloads > 0);
}

TEST_CASE("A restored backup does not bring an erased pupil back") {
  Drill drill;
  const std::string log = drill.scratch.path("log.db");
  well(back_up(*drill.log, drill.scratch.path("backup"),
               drill.scratch.path("backup-keys")));
  well(erase_pupil(*drill.log, planted_upn, "asked_by_person"));
  drill.log.reset();
  std::filesystem::remove(log);
  std::filesystem::remove(drill.keys() + "/pupils.db");
  const LogAuthor author{"B. Example", "0.1.0", &drill.clock, &drill.random};
  const RestoreDone done =
      well(restore({log, ""}, author, drill.scratch.path("backup"),
                   drill.scratch.path("backup-keys")));
  CHECK(done.erased_again == 1);
  drill.log = drill.opened();
  const auto pseudonym = pseudonym_of(*drill.log, planted_upn);
  REQUIRE(!pseudonym.has_value());
  CHECK(pseudonym.error().id == "log.no_such_pupil");
  CHECK(drill.opened_text().empty());
  // When the copies have gone their way, nothing is left.
  std::filesystem::remove_all(drill.scratch.path("backup"));
  std::filesystem::remove_all(drill.scratch.path("backup-keys"));
  CHECK(found_in(drill.everything(), planted) == 0);
  CHECK(found_in(drill.everything(), drill.remains) == 0);
  CHECK(found_in(drill.everything(), {drill.raw_key}) == 0);
  // The others are there.
  const ReplayReport report = well(replay(*drill.log, {}));
  CHECK(report.others.empty());
  CHECK(report.same > 0);
}

TEST_CASE("Who was erased and is checked again is another pupil to the log") {
  Drill drill;
  well(erase_pupil(*drill.log, planted_upn, "retention_ended"));
  drill.check_register_of(pupil, {"pupil-premium"});
  const std::string again = well(pseudonym_of(*drill.log, planted_upn));
  CHECK(again != drill.pseudonym);
  CHECK(drill.opened_text().empty());
}
