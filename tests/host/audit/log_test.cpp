// The log: what is appended is whole, durable and provable.
#include "audit/log.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "audit/proof_file.hpp"
#include "support/decision_log.hpp"
#include "support/reference_tree.hpp"

namespace sendcheck::test {
namespace {

std::vector<std::string> entries_of(Log& log) {
  std::vector<std::string> entries;
  REQUIRE(log.reader()
              .walk(0,
                    [&](const StoredEntry& stored) {
                      entries.emplace_back(stored.bytes);
                      return Result<bool>(true);
                    })
              .has_value());
  return entries;
}

Checkpoint checkpoint_of(Log& log) {
  auto note = log.checkpoint();
  REQUIRE(note.has_value());
  auto opened = open_checkpoint(*note, {log.keys().public_key()});
  REQUIRE(opened.has_value());
  return opened->checkpoint;
}

// `count` entries in one batch.
void append_many(Log& log, int count) {
  auto batch = log.begin();
  REQUIRE(batch.has_value());
  for (int i = 0; i < count; ++i) {
    REQUIRE(batch->append({.kind = EntryKind::view}).has_value());
  }
  REQUIRE(batch->commit().has_value());
}

}  // namespace

TEST_CASE("a log begins with its name and key under a signed checkpoint") {
  Scratch scratch;
  LogSetting setting(scratch.folder());
  auto log = setting.open();
  REQUIRE(log.has_value());
  auto first = (*log)->reader().entry(0);
  REQUIRE(first.has_value());
  CHECK(first->kind == EntryKind::log_started);
  CHECK(about_text(*first, "origin") == (*log)->origin());
  CHECK(about_text(*first, "key") == (*log)->keys().public_key().text());
  CHECK(checkpoint_of(**log).size == 1);
}

TEST_CASE("what only its owner may read is for its owner only") {
  Scratch scratch;
  LogSetting setting(scratch.folder());
  log_with(setting, 3);
  const auto others =
      std::filesystem::perms::group_all | std::filesystem::perms::others_all;
  for (const auto& file :
       std::filesystem::recursive_directory_iterator(scratch.folder())) {
    INFO(file.path().string());
    CHECK((file.status().permissions() & others) ==
          std::filesystem::perms::none);
  }
}

TEST_CASE("the tree is that of RFC 6962 at every size across full tiles") {
  Scratch scratch;
  LogSetting setting(scratch.folder());
  auto log = setting.open();
  REQUIRE(log.has_value());
  // Batches of odd sizes, and the log opened anew now and then.
  for (const int count : {1, 2, 61, 190, 1, 1, 255, 257, 3, 300}) {
    append_many(**log, count);
    if (count % 3 == 0) {
      log->reset();
      log = setting.open();
      REQUIRE(log.has_value());
    }
    const auto entries = entries_of(**log);
    const Checkpoint checkpoint = checkpoint_of(**log);
    CHECK(checkpoint.size == entries.size());
    CHECK(checkpoint.root == reference_root(Entries(entries)));
    for (std::size_t index = 0; index < entries.size();
         index += 1 + entries.size() / 7) {
      const auto proof =
          inclusion_proof(index, checkpoint.size, (*log)->reader().roots());
      REQUIRE(proof.has_value());
      CHECK(check_inclusion(index, checkpoint.size, leaf_hash(entries[index]),
                            checkpoint.root, *proof)
                .has_value());
    }
  }
  CHECK(verdict_of(setting).kind == VerdictKind::not_anchored);
}

TEST_CASE("two programs that write in turn make one log") {
  Scratch scratch;
  LogSetting one(scratch.folder());
  auto first = one.open();
  REQUIRE(first.has_value());
  LogSetting other(scratch.folder(), nullptr, "other");
  other.clock.seconds = one.clock.seconds + 1000;
  auto second = other.open(false);
  REQUIRE(second.has_value());
  for (int i = 0; i < 300; ++i) {
    // The clocks agree well enough: each is set where the other stands.
    one.clock.seconds = other.clock.seconds;
    REQUIRE(log_decision(**first, upn_number(i), i).has_value());
    other.clock.seconds = one.clock.seconds;
    REQUIRE(log_decision(**second, upn_number(i), i).has_value());
  }
  const Verdict verdict = verdict_of(one);
  CHECK(verdict.kind == VerdictKind::not_anchored);
  CHECK(verdict.entries == 601);
  // One pupil is one pupil to both.
  CHECK((*first)->keys().pseudonyms()->size() == 300);
}

TEST_CASE("a batch that is not committed leaves nothing and the log goes on") {
  Scratch scratch;
  LogSetting setting(scratch.folder());
  auto log = log_with(setting, 2);
  const Checkpoint before = checkpoint_of(*log);
  {
    auto batch = log->begin();
    REQUIRE(batch.has_value());
    auto pupil = log->keys().pupil("NEW");
    REQUIRE(pupil.has_value());
    REQUIRE(batch->append({.kind = EntryKind::view, .pupil = pupil->get()})
                .has_value());
  }
  CHECK(checkpoint_of(*log) == before);
  auto gone = log->keys().by_upn("NEW");
  REQUIRE(gone.has_value());
  CHECK(*gone == nullptr);
  REQUIRE(log_decision(*log, "NEW", 1).has_value());
  CHECK(verdict_of(setting).entries == 4);
}

TEST_CASE("no UPN and no outcome stands in any file in clear") {
  Scratch scratch;
  LogSetting setting(scratch.folder());
  log_with(setting, 30);
  int files = 0;
  for (const auto& file :
       std::filesystem::recursive_directory_iterator(scratch.folder())) {
    if (!file.is_regular_file()) continue;
    ++files;
    const std::string content = content_of(file.path().string());
    INFO(file.path().string());
    CHECK(content.find("TEST10000") == std::string::npos);
    CHECK(content.find("\"met\"") == std::string::npos);
  }
  CHECK(files >= 5);
}

TEST_CASE("a clock that was set back is entered") {
  Scratch scratch;
  LogSetting setting(scratch.folder());
  auto log = log_with(setting, 1);
  setting.clock.seconds -= 5000;
  REQUIRE(log_decision(*log, "A", 1).has_value());
  auto entry = log->reader().entry(2);
  REQUIRE(entry.has_value());
  CHECK(entry->kind == EntryKind::clock_set_back);
  CHECK(Moment::parse(about_text(*entry, "before")).has_value());
  // Once: from then on the new time is the time.
  REQUIRE(log_decision(*log, "A", 2).has_value());
  CHECK(log->reader().entry(4)->kind == EntryKind::decision);
}

TEST_CASE("contents open with the pupil's key for their own entry only") {
  Scratch scratch;
  LogSetting setting(scratch.folder());
  auto log = log_with(setting, 4);  // pupils 0, 1, 2, 0
  auto zero = log->keys().by_upn(upn_number(0));
  auto one = log->keys().by_upn(upn_number(1));
  REQUIRE((zero.has_value() && one.has_value()));
  auto sealed = log->reader().sealed(1);
  REQUIRE((sealed.has_value() && sealed->has_value()));
  const auto open_as = [&](const PupilKey& key, std::uint64_t entry,
                           EntryKind kind) {
    return opened_payload(key.key, entry, kind, **sealed);
  };
  auto text = open_as(**zero, 1, EntryKind::decision);
  REQUIRE(text.has_value());
  CHECK(*text == contents_of_decision(upn_number(0), 0));
  for (const auto& refused :
       {open_as(**one, 1, EntryKind::decision),    // another pupil's key
        open_as(**zero, 4, EntryKind::decision),   // another entry of theirs
        open_as(**zero, 1, EntryKind::record)}) {  // another kind
    REQUIRE(!refused.has_value());
    CHECK(refused.error().id == "crypto.not_opened");
  }
  // The key of one entry opens this entry, and no other of the pupil's.
  const SecretKey key = entry_key((*zero)->key, 1);
  CHECK(
      opened_with_entry_key(key, 1, EntryKind::decision, **sealed).has_value());
  auto fourth = log->reader().sealed(4);
  CHECK(!opened_with_entry_key(key, 4, EntryKind::decision, **fourth));
}

TEST_CASE("the old key signs the entry that names the new one") {
  Scratch scratch;
  LogSetting setting(scratch.folder());
  auto log = log_with(setting, 3);
  const NoteKey old = log->keys().public_key();
  const std::string before = *log->checkpoint();
  auto next = log->rotate_key();
  REQUIRE(next.has_value());
  CHECK(open_checkpoint(*log->checkpoint(), {old}).has_value());
  REQUIRE(log_decision(*log, "A", 1).has_value());
  CHECK(!open_checkpoint(*log->checkpoint(), {old}).has_value());
  CHECK(open_checkpoint(*log->checkpoint(), {*next}).has_value());

  auto database = database_of(setting);
  for (const NoteKey& known : {old, *next}) {
    // Who knows either of the two can verify the whole.
    Evidence evidence;
    evidence.log_keys = {known};
    evidence.checkpoints = {{"before", before}};
    auto verdict = verify_log(database, evidence);
    REQUIRE(verdict.has_value());
    CHECK(verdict->kind == VerdictKind::not_anchored);
    CHECK(verdict->anchored_to == 4);
    CHECK(verdict->keys.size() == 2);
  }
  Evidence strange;
  SteadyRandom random("strange");
  strange.log_keys = {{log->origin(), NoteKey::Kind::ed25519,
                       SigningKey::made(random).public_key()}};
  CHECK(verify_log(database, strange)->kind == VerdictKind::wrong_key);
}

TEST_CASE("a rotation that was broken off is settled when the log is opened") {
  Scratch scratch;
  LogSetting setting(scratch.folder());
  auto log = log_with(setting, 1);
  const NoteKey old = log->keys().public_key();
  SECTION("before the entry: the old key stays") {
    REQUIRE(log->keys().make_next().has_value());
    log.reset();
    log = std::move(*setting.open(false));
    CHECK(log->keys().public_key() == old);
  }
  SECTION("after the entry: the new key is taken") {
    auto next = log->keys().make_next();
    REQUIRE(next.has_value());
    REQUIRE(log->append({.kind = EntryKind::key_rotated,
                         .about = R"({"key":")" + next->text() + R"("})"})
                .has_value());
    log.reset();
    log = std::move(*setting.open(false));
    CHECK(log->keys().public_key() == *next);
  }
  REQUIRE(log_decision(*log, "A", 1).has_value());
  CHECK(verdict_of(setting).kind == VerdictKind::not_anchored);
}

TEST_CASE("keys that are not the log's own are refused") {
  Scratch scratch;
  std::filesystem::create_directories(scratch.path("a"));
  std::filesystem::create_directories(scratch.path("b"));
  LogSetting a(scratch.path("a")), b(scratch.path("b"), nullptr, "b");
  log_with(a, 2);
  log_with(b, 2);
  const auto open_with = [&](const std::string& file, const std::string& keys,
                             bool create = false) {
    auto log = Log::open({file, keys}, a.author(), create);
    return log ? std::string("opened") : log.error().id;
  };
  const std::string file = a.place().file;
  const std::string keys = a.place().keys_folder();
  CHECK(open_with(file, keys) == "opened");
  CHECK(open_with(file, b.place().keys_folder()) == "log.other_keys");
  CHECK(open_with(file, scratch.path("nowhere")) == "keys.missing");
  CHECK(open_with(scratch.path("none.db"), keys) == "store.missing");
  // A second log under the same keys would look like the first, written again.
  CHECK(open_with(scratch.path("none.db"), keys, true) ==
        "log.keys_without_log");
  CHECK(!std::filesystem::exists(scratch.path("none.db")));

  const auto with = [&](const std::string& name, const std::string& content) {
    const std::string path = keys + "/" + name;
    const std::string before = content_of(path);
    std::ofstream(path, std::ios::binary) << content;
    const std::string id = open_with(file, keys);
    std::ofstream(path, std::ios::binary) << before;
    return id;
  };
  CHECK(with("master.key", "") == "keys.damaged");
  CHECK(with("master.key", "AAAA\n") == "keys.damaged");
  CHECK(with("signing.key", "") == "keys.damaged");
  CHECK(with("signing.key", "PRIVATE+KEY+x+00000000+AAAA\n") == "keys.damaged");
  CHECK(with("pupils.db", "no database") == "store.not_a_store");
  std::filesystem::remove(keys + "/master.key");
  CHECK(open_with(file, keys) == "keys.missing");
}

TEST_CASE("another master key opens no pupil's key") {
  Scratch scratch;
  LogSetting setting(scratch.folder());
  log_with(setting, 3);
  std::ofstream(setting.place().keys_folder() + "/master.key", std::ios::binary)
      << std::string(43, 'A') + "=\n";
  auto log = setting.open(false);
  REQUIRE(log.has_value());
  auto pseudonyms = (*log)->keys().pseudonyms();
  REQUIRE(pseudonyms.has_value());
  auto key = (*log)->keys().by_pseudonym(pseudonyms->front());
  REQUIRE(!key.has_value());
  CHECK(key.error().id == "keys.wrong_master");
}

TEST_CASE("bytes are kept once by their content hash") {
  Scratch scratch;
  LogSetting setting(scratch.folder());
  auto log = log_with(setting, 0);
  for (int i = 0; i < 2; ++i) {
    auto batch = log->begin();
    REQUIRE(batch.has_value());
    auto hash = batch->keep("rule");
    REQUIRE(hash.has_value());
    CHECK(*hash == sha256("rule"));
    REQUIRE(batch->append({.kind = EntryKind::view}).has_value());
    REQUIRE(batch->commit().has_value());
  }
  CHECK(log->reader().kept_hashes()->size() == 1);
  CHECK(*log->reader().kept(sha256("rule")) == "rule");
  auto none = log->reader().kept(sha256("other"));
  REQUIRE(!none.has_value());
  CHECK(none.error().id == "log.not_kept");
}

}  // namespace sendcheck::test
