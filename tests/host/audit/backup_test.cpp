#include "audit/backup.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "audit/verify.hpp"
#include "support/small_store.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

namespace fs = std::filesystem;

template <class T>
std::string id_of(const Result<T>& result) {
  return result ? std::string() : result.error().id;
}

struct BackedUp : SmallStore {
  std::uint64_t pupil_entry = 0;
  std::string pseudonym;

  BackedUp() : SmallStore("backed up") {
    pupil_entry = check("A886910000001", R"({"upn":"A886910000001"})");
    check("A886910000002", R"({"upn":"A886910000002"})");
    pseudonym = well(log->keys().by_upn("A886910000001"))->pseudonym;
  }

  LogPlace place() const { return {scratch.path("log.db"), ""}; }
  LogAuthor author() { return {"B. Example", "0.1.0", &clock, &random}; }
  void back_up_to(const std::string& name) {
    well(back_up(*log, scratch.path(name), scratch.path(name + "-keys")));
  }
  Result<RestoreDone> restored(const std::string& name, bool with_keys = true) {
    return restore(place(), author(), scratch.path(name),
                   with_keys ? scratch.path(name + "-keys") : std::string());
  }
  void lose(const std::string& name) {
    log.reset();
    fs::rename(scratch.path(name), scratch.path("lost-" + name));
  }
  void reopen() { log = well(Log::open(place(), author(), false)); }
  Verdict verdict() {
    Database database = well(Database::open(
        scratch.path("log.db"), log_schema(), Database::Open::read_only));
    return well(verify_log(database, {}));
  }
  bool left_nothing() const {
    return !fs::exists(scratch.path("log.db.restoring"));
  }
};

}  // namespace

TEST_CASE("A backup is the log as it stood with an entry that says so") {
  BackedUp store;
  store.back_up_to("one");
  const std::string file = store.scratch.path("one/sendcheck.db");
  Database copy =
      well(Database::open(file, log_schema(), Database::Open::read_only));
  LogReader reader(copy);
  const std::uint64_t size = well(reader.size());
  CHECK(well(reader.entry(size - 1)).kind == EntryKind::backed_up);
  CHECK(content_of(store.scratch.path("one/checkpoint")) ==
        well(reader.checkpoint()));
  CHECK(!well(verify_log(copy, {})).fault);
  CHECK(fs::exists(store.scratch.path("one-keys/signing.key")));
  CHECK(fs::exists(store.scratch.path("one-keys/pupils.db")));
}

TEST_CASE("The list of the erased is in no backup") {
  BackedUp store;
  well(store.log->erase(store.pseudonym, "retention_ended"));
  REQUIRE(fs::exists(store.keys() + "/erased.txt"));
  store.back_up_to("one");
  for (const auto& entry :
       fs::recursive_directory_iterator(store.scratch.path("one-keys"))) {
    CHECK(entry.path().filename() != "erased.txt");
  }
}

TEST_CASE("A lost log and its keys come back from a backup") {
  BackedUp store;
  store.back_up_to("one");
  store.lose("log.db");
  fs::rename(store.keys(), store.scratch.path("lost-keys"));
  const RestoreDone done = well(store.restored("one"));
  CHECK(done.keys_restored);
  CHECK(done.erased_list_missing);
  CHECK(done.had == 0);
  store.reopen();
  const Entry entry = well(store.log->reader().entry(done.entry));
  CHECK(entry.kind == EntryKind::restored);
  CHECK(entry.actor == "B. Example");
  CHECK(entry.number == done.restored);
  CHECK(well(store.log->keys().by_upn("A886910000001")) != nullptr);
  CHECK(!store.verdict().fault);
  CHECK(store.left_nothing());
}

TEST_CASE("A pupil who was erased after the backup does not come back") {
  BackedUp store;
  store.back_up_to("one");
  const std::string key(
      well(store.log->keys().by_upn("A886910000001"))->key.bytes());
  well(store.log->erase(store.pseudonym, "asked_by_person"));
  store.lose("log.db");
  // The pupils' keys are lost too; the list of the erased is not.
  fs::rename(store.keys() + "/pupils.db", store.scratch.path("lost-pupils.db"));
  const RestoreDone done = well(store.restored("one"));
  CHECK(done.erased_again == 1);
  CHECK(done.keys_restored);
  CHECK(!done.erased_list_missing);
  store.reopen();
  CHECK(well(store.log->keys().by_upn("A886910000001")) == nullptr);
  CHECK(well(store.log->keys().by_pseudonym(store.pseudonym)) == nullptr);
  CHECK(!well(store.log->reader().sealed(store.pupil_entry)));
  CHECK(well(store.log->keys().by_upn("A886910000002")) != nullptr);
  const Verdict verdict = store.verdict();
  CHECK(!verdict.fault);
  CHECK(verdict.erased_pupils == 1);
  CHECK(verdict.erased == 1);
  // The erasure comes before the entry that lets the log be used again.
  CHECK(well(store.log->reader().entry(done.entry)).kind ==
        EntryKind::restored);
  CHECK(well(store.log->reader().entry(done.entry - 1)).kind ==
        EntryKind::erased);
}

TEST_CASE(
    "A pupil who was erased before the backup stays erased with older keys") {
  BackedUp store;
  store.back_up_to("one");
  well(store.log->erase(store.pseudonym, "asked_by_person"));
  well(back_up(*store.log, store.scratch.path("two"), ""));
  // Everything of the keys is lost, and only old ones are left.
  store.lose("log.db");
  fs::rename(store.keys(), store.scratch.path("lost-keys"));
  const RestoreDone done =
      well(restore(store.place(), store.author(), store.scratch.path("two"),
                   store.scratch.path("one-keys")));
  CHECK(done.erased_again == 0);
  store.reopen();
  CHECK(well(store.log->keys().by_upn("A886910000001")) == nullptr);
}

TEST_CASE("A backup goes over a log that is its beginning") {
  BackedUp store;
  const std::string early = store.scratch.path("early.db");
  fs::copy_file(store.scratch.path("log.db"), early);
  store.back_up_to("one");
  store.log.reset();
  fs::rename(early, store.scratch.path("log.db"));
  const RestoreDone done = well(store.restored("one"));
  CHECK(done.had + 1 == done.restored);
  CHECK(!done.keys_restored);
  CHECK(!store.verdict().fault);
}

TEST_CASE("A program that has the replaced file open can write nothing more") {
  BackedUp store;
  const std::string early = store.scratch.path("early.db");
  fs::copy_file(store.scratch.path("log.db"), early);
  store.back_up_to("one");
  store.log.reset();
  fs::rename(early, store.scratch.path("log.db"));
  store.reopen();
  well(store.restored("one"));
  const auto written = store.log->append({.kind = EntryKind::view});
  REQUIRE(!written.has_value());
  CHECK(written.error().id.starts_with("store."));
}

TEST_CASE("A backup does not go over a log that has more or another history") {
  BackedUp store;
  store.back_up_to("one");
  well(store.log->append({.kind = EntryKind::view}));
  const std::string before = content_of(store.scratch.path("log.db"));
  const auto older = store.restored("one");
  REQUIRE(id_of(older) == "restore.older");
  CHECK(content_of(store.scratch.path("log.db")) == before);

  // Restored elsewhere, it goes on in its own way.
  store.lose("log.db");
  well(store.restored("one"));
  store.reopen();
  store.back_up_to("two");
  store.log.reset();
  fs::remove(store.scratch.path("log.db"));
  fs::rename(store.scratch.path("lost-log.db"), store.scratch.path("log.db"));
  CHECK(id_of(store.restored("two")) == "restore.other_history");
  CHECK(store.left_nothing());
}

TEST_CASE("What stands in the way and is no log is left alone") {
  BackedUp store;
  store.back_up_to("one");
  store.lose("log.db");
  store.scratch.write("log.db", "Dear");
  CHECK(id_of(store.restored("one")) == "restore.in_the_way");
  CHECK(content_of(store.scratch.path("log.db")) == "Dear");
  fs::remove(store.scratch.path("log.db"));
  fs::create_directory(store.scratch.path("log.db"));
  CHECK(id_of(store.restored("one")) == "restore.in_the_way");
}

TEST_CASE("A backup that was changed is not restored") {
  BackedUp store;
  store.back_up_to("one");
  store.lose("log.db");
  {
    // By someone who can write the file, past its triggers.
    Database copy =
        well(Database::open(store.scratch.path("one/sendcheck.db"),
                            log_schema(), Database::Open::existing));
    well(copy.run(
        "DROP TRIGGER entries_stand; UPDATE entries SET bytes = CAST("
        "replace(bytes, 'A. Example', 'C. Example') AS BLOB) WHERE number = "
        "2"));
  }
  const auto broken = store.restored("one");
  REQUIRE(id_of(broken) == "restore.broken");
  CHECK(!fs::exists(store.scratch.path("log.db")));
  CHECK(store.left_nothing());
}

TEST_CASE("A backup that is cut short of its own checkpoint is not restored") {
  BackedUp store;
  store.back_up_to("one");
  well(store.log->append({.kind = EntryKind::view}));
  store.back_up_to("two");
  store.lose("log.db");
  fs::copy_file(store.scratch.path("two/checkpoint"),
                store.scratch.path("one/checkpoint"),
                fs::copy_options::overwrite_existing);
  CHECK(id_of(store.restored("one")) == "restore.broken");
}

TEST_CASE("A backup needs its own keys") {
  BackedUp store;
  store.back_up_to("one");
  store.lose("log.db");
  SmallStore other("other");
  well(back_up(*other.log, store.scratch.path("other"),
               store.scratch.path("other-keys")));
  CHECK(id_of(store.restored("other")) == "log.other_keys");
  fs::rename(store.keys(), store.scratch.path("lost-keys"));
  CHECK(id_of(store.restored("one", false)) == "keys.missing");
  CHECK(id_of(restore(store.place(), store.author(), store.scratch.path("one"),
                      store.scratch.path("other-keys"))) == "log.other_keys");
  CHECK(!fs::exists(store.keys()));
  CHECK(!fs::exists(store.scratch.path("log.db")));
}

TEST_CASE(
    "A backup from before the key was rotated asks for the keys of its time") {
  BackedUp store;
  store.back_up_to("one");
  well(store.log->rotate_key());
  store.lose("log.db");
  CHECK(id_of(store.restored("one")) == "restore.key_rotated");
  // As the message says.
  fs::rename(store.keys() + "/signing.key", store.scratch.path("moved.key"));
  fs::rename(store.keys() + "/signing.pub", store.scratch.path("moved.pub"));
  well(store.restored("one"));
  CHECK(!store.verdict().fault);
}

TEST_CASE("There has to be a backup") {
  BackedUp store;
  CHECK(id_of(store.restored("none")) == "restore.no_backup");
  store.scratch.write("bad/sendcheck.db", "Dear");
  CHECK(id_of(store.restored("bad")) == "store.not_a_store");
}

TEST_CASE("A backup goes into folders that are free and apart") {
  BackedUp store;
  const std::uint64_t size = well(store.log->reader().size());
  const auto refused = [&](const std::string& folder, const std::string& keys) {
    return id_of(back_up(*store.log, store.scratch.path(folder),
                         keys.empty() ? "" : store.scratch.path(keys)));
  };
  store.scratch.write("used/letter.txt", "Dear");
  CHECK(refused("used", "") == "backup.folder_in_use");
  CHECK(refused("one", "used") == "backup.folder_in_use");
  CHECK(refused("used/letter.txt", "") == "backup.folder_in_use");
  CHECK(refused("two", "two") == "backup.keys_together");
  CHECK(refused("three", "three/keys") == "backup.keys_together");
  CHECK(refused("four/log", "four") == "backup.folder_in_use");
  CHECK(!fs::exists(store.scratch.path("two")));
  CHECK(!fs::exists(store.scratch.path("three")));
  CHECK(well(store.log->reader().size()) == size);
}

TEST_CASE(
    "With its keys in place a restored log makes the erasures again by "
    "itself") {
  BackedUp store;
  store.back_up_to("one");
  well(store.log->erase(store.pseudonym, "asked_by_person"));
  store.lose("log.db");
  const RestoreDone done = well(store.restored("one", false));
  CHECK(done.erased_again == 1);
  CHECK(!done.keys_restored);
  store.reopen();
  CHECK(!well(store.log->reader().sealed(store.pupil_entry)));
  CHECK(!store.verdict().fault);
}

TEST_CASE(
    "A restored older log contradicts a checkpoint from after the backup") {
  BackedUp store;
  store.back_up_to("one");
  well(store.log->append({.kind = EntryKind::view}));
  well(store.log->append({.kind = EntryKind::view}));
  Evidence evidence;
  evidence.checkpoints = {{"later.txt", well(store.log->checkpoint())}};
  store.lose("log.db");
  well(store.restored("one"));
  Database database = well(Database::open(
      store.scratch.path("log.db"), log_schema(), Database::Open::read_only));
  const Verdict verdict = well(verify_log(database, evidence));
  CHECK(verdict.kind == VerdictKind::contradicts);
  // By itself it looks well: only what is kept elsewhere tells.
  CHECK(!well(verify_log(database, {})).fault);
}

TEST_CASE("What a broken off run left is no hindrance to the next") {
  BackedUp store;
  store.back_up_to("one");
  store.lose("log.db");
  store.scratch.write("log.db.restoring", "half a file");
  store.scratch.write("log.db.restoring-journal", "half a journal");
  well(store.restored("one"));
  CHECK(!store.verdict().fault);
  CHECK(store.left_nothing());
}
