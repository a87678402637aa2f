// Ten attacks by somebody who can write the log's file, and drops the triggers first: which are caught with what is in the file alone, and which with
// a checkpoint that was kept elsewhere.
#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>
#include <map>
#include <random>

#include "support/decision_log.hpp"

namespace sendcheck::test {
namespace {

constexpr int entries = 60;
constexpr int trials = 200;

// The log's file in the attacker's hands: its entries in order, to be written back as they please.
class Forgery {
 public:
  struct Row {
    std::string bytes;
    std::string sealed;
    bool has_sealed = false;
  };

  explicit Forgery(const LogSetting& setting)
      : database_(database_of(setting)) {
    run("PRAGMA synchronous = OFF");  // 2,000 forgeries, none to be kept
    run("DROP TRIGGER entries_stay");
    run("DROP TRIGGER entries_stand");
    LogReader reader(database_);
    const auto read = reader.walk(0, [&](const StoredEntry& stored) {
      rows.push_back({std::string(stored.bytes), std::string(stored.sealed),
                      stored.has_sealed});
      return Result<bool>(true);
    });
    REQUIRE(read.has_value());
  }

  std::vector<Row> rows;

  void run(const std::string& sql) {
    const auto done = database_.run(sql.c_str());
    INFO(sql);
    REQUIRE(done.has_value());
  }

  // Another actor in an entry: the least that an edit can be.
  void edit(std::size_t row) {
    auto entry = read_entry(rows[row].bytes);
    REQUIRE(entry.has_value());
    entry->actor = "somebody";
    rows[row].bytes = canonical_bytes(*entry);
  }
  // Numbers as their places have them.
  void renumber() {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      auto entry = read_entry(rows[i].bytes);
      REQUIRE(entry.has_value());
      entry->number = i;
      rows[i].bytes = canonical_bytes(*entry);
    }
  }

  // Leaves the signed checkpoints as they are.
  void write_entries() {
    run("DELETE FROM entries");
    auto insert = database_.prepare(
        "INSERT INTO entries (number, bytes, sealed, leaf) "
        "VALUES (?1, ?2, ?3, ?4)");
    REQUIRE(insert.has_value());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      // The hash beside it too: it is no secret.
      const Digest leaf = leaf_hash(rows[i].bytes);
      insert->bind(1, static_cast<std::int64_t>(i))
          .bind_blob(2, rows[i].bytes)
          .bind_blob(4, bytes_of(leaf));
      if (rows[i].has_sealed) {
        insert->bind_blob(3, rows[i].sealed);
      } else {
        insert->bind_null(3);
      }
      REQUIRE(insert->run().has_value());
    }
  }

  // Every checkpoint again, for what the entries are now. Null: their roots are put in under the old signatures.
  void write_checkpoints(const std::string& origin, const SigningKey* key) {
    std::map<std::uint64_t, std::string> old;
    LogReader reader(database_);
    const auto read = reader.walk_checkpoints(
        [&](std::uint64_t size, std::string_view note) -> Result<void> {
          old[size] = std::string(note);
          return {};
        });
    REQUIRE(read.has_value());
    run("DELETE FROM checkpoints");
    auto insert = database_.prepare(
        "INSERT INTO checkpoints (size, note) VALUES (?1, ?2)");
    REQUIRE(insert.has_value());
    Frontier tree;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      tree.append(leaf_hash(rows[i].bytes));
      const Checkpoint checkpoint{origin, i + 1, tree.root()};
      std::string note;
      if (key != nullptr) {
        note = signed_note(checkpoint.text(), origin, *key);
      } else {
        const std::string& before = old[i + 1];
        note = checkpoint.text() + before.substr(before.find("\n\n") + 1);
      }
      REQUIRE(insert->bind(1, static_cast<std::int64_t>(i) + 1)
                  .bind_text(2, note)
                  .run()
                  .has_value());
    }
  }

 private:
  Database database_;
};

struct Attack {
  std::string name;
  bool caught_in_the_file;
  std::function<void(const LogSetting&, std::mt19937_64&)> strike;
};

std::size_t some_row(std::mt19937_64& chance, std::size_t rows) {
  // Not entry 0: there it would be another log from the start.
  return 1 + chance() % (rows - 1);
}

// The key that signs, as a thief has it.
SigningKey stolen_key(const LogSetting& setting) {
  SteadyRandom nothing;
  auto keys = Keys::open(setting.place().keys_folder(), nothing);
  REQUIRE(keys.has_value());
  auto key = SigningKey::from_seed(keys->signing_key().seed());
  REQUIRE(key.has_value());
  return std::move(*key);
}

std::string origin_of(const LogSetting& setting) {
  return verdict_of(setting).origin;
}

std::vector<Attack> attacks(const std::string& older_copy) {
  return {
      {"edit one decision", true,
       [](const LogSetting& log, std::mt19937_64& chance) {
         Forgery forgery(log);
         forgery.edit(some_row(chance, forgery.rows.size()));
         forgery.write_entries();
       }},
      {"delete one row", true,
       [](const LogSetting& log, std::mt19937_64& chance) {
         Forgery forgery(log);
         forgery.run("DELETE FROM entries WHERE number = " +
                     std::to_string(some_row(chance, forgery.rows.size())));
       }},
      {"insert a row", true,
       [](const LogSetting& log, std::mt19937_64& chance) {
         Forgery forgery(log);
         const std::size_t at = some_row(chance, forgery.rows.size());
         forgery.rows.insert(
             forgery.rows.begin() + static_cast<std::ptrdiff_t>(at),
             forgery.rows[at]);
         forgery.renumber();
         forgery.write_entries();
       }},
      {"swap two rows", true,
       [](const LogSetting& log, std::mt19937_64& chance) {
         Forgery forgery(log);
         const std::size_t at = some_row(chance, forgery.rows.size() - 1);
         std::swap(forgery.rows[at], forgery.rows[at + 1]);
         forgery.renumber();
         forgery.write_entries();
       }},
      {"edit and put the new roots under the old signatures", true,
       [](const LogSetting& log, std::mt19937_64& chance) {
         const std::string origin = origin_of(log);
         Forgery forgery(log);
         forgery.edit(some_row(chance, forgery.rows.size()));
         forgery.write_entries();
         forgery.write_checkpoints(origin, nullptr);
       }},
      {"edit and sign again with another key", true,
       [](const LogSetting& log, std::mt19937_64& chance) {
         const std::string origin = origin_of(log);
         SteadyRandom random("another");
         const SigningKey other = SigningKey::made(random);
         const NoteKey known{origin, NoteKey::Kind::ed25519,
                             other.public_key()};
         Forgery forgery(log);
         forgery.edit(some_row(chance, forgery.rows.size()));
         // The log's word for its key is forged with it.
         auto first = read_entry(forgery.rows[0].bytes);
         REQUIRE(first.has_value());
         first->about = R"({"key":")" + known.text() + R"(","origin":")" +
                        origin + R"("})";
         forgery.rows[0].bytes = canonical_bytes(*first);
         forgery.run("UPDATE signing_keys SET key = '" + known.text() + "'");
         forgery.write_entries();
         forgery.write_checkpoints(origin, &other);
       }},
      {"cut the tail with its checkpoints", false,
       [](const LogSetting& log, std::mt19937_64& chance) {
         Forgery forgery(log);
         const std::string last =
             std::to_string(some_row(chance, forgery.rows.size() - 1));
         forgery.run("DELETE FROM entries WHERE number >= " + last);
         forgery.run("DELETE FROM checkpoints WHERE size > " + last);
       }},
      {"put back an older copy of the file", false,
       [older_copy](const LogSetting& log, std::mt19937_64&) {
         std::filesystem::copy_file(
             older_copy, log.place().file,
             std::filesystem::copy_options::overwrite_existing);
       }},
      {"edit and sign again with the stolen key", false,
       [](const LogSetting& log, std::mt19937_64& chance) {
         const std::string origin = origin_of(log);
         const SigningKey key = stolen_key(log);
         Forgery forgery(log);
         forgery.edit(some_row(chance, forgery.rows.size()));
         forgery.write_entries();
         forgery.write_checkpoints(origin, &key);
       }},
      {"rewrite the whole log with the stolen key", false,
       [](const LogSetting& log, std::mt19937_64&) {
         const std::string origin = origin_of(log);
         const SigningKey key = stolen_key(log);
         Forgery forgery(log);
         for (std::size_t i = 1; i < forgery.rows.size(); ++i) forgery.edit(i);
         forgery.write_entries();
         forgery.write_checkpoints(origin, &key);
       }},
  };
}

bool is_caught(const Verdict& verdict) {
  return verdict.kind == VerdictKind::broken ||
         verdict.kind == VerdictKind::contradicts ||
         verdict.kind == VerdictKind::wrong_key;
}

}  // namespace

TEST_CASE("each of ten attacks is caught with a checkpoint from outside") {
  Scratch scratch;
  std::filesystem::create_directories(scratch.path("log"));
  LogSetting setting(scratch.path("log"));
  std::string older_copy = scratch.path("older.db");
  std::string outside;
  {
    auto log = log_with(setting, entries / 2);
    log.reset();
    std::filesystem::copy_file(setting.place().file, older_copy);
    log = log_with(setting, entries - 1 - entries / 2);
    auto note = log->checkpoint();
    REQUIRE(note.has_value());
    outside = *note;
  }
  const std::string whole = scratch.path("whole.db");
  std::filesystem::copy_file(setting.place().file, whole);
  REQUIRE(verdict_of(setting).kind == VerdictKind::not_anchored);
  REQUIRE(verdict_of(setting, {{"page", outside}}).kind ==
          VerdictKind::anchored);

  for (const Attack& attack : attacks(older_copy)) {
    int in_the_file = 0;
    int with_outside = 0;
    std::mt19937_64 chance(1);
    for (int trial = 0; trial < trials; ++trial) {
      std::filesystem::copy_file(
          whole, setting.place().file,
          std::filesystem::copy_options::overwrite_existing);
      attack.strike(setting, chance);
      in_the_file += is_caught(verdict_of(setting));
      with_outside += is_caught(verdict_of(setting, {{"page", outside}}));
    }
    INFO(attack.name);
    CHECK(with_outside == trials);
    // What the file alone cannot tell is said here, so that nobody believes it could.
    CHECK(in_the_file == (attack.caught_in_the_file ? trials : 0));
  }
}

TEST_CASE("an entry that was edited is named, and no other") {
  Scratch scratch;
  LogSetting setting(scratch.folder());
  log_with(setting, 400);
  const std::string whole = setting.place().file + ".whole";
  std::filesystem::copy_file(setting.place().file, whole);
  for (const int row : {1, 17, 254, 255, 256, 257, 399, 400}) {
    std::filesystem::copy_file(
        whole, setting.place().file,
        std::filesystem::copy_options::overwrite_existing);
    {
      Forgery forgery(setting);
      forgery.edit(static_cast<std::size_t>(row));
      const std::string& bytes =
          forgery.rows[static_cast<std::size_t>(row)].bytes;
      forgery.run("UPDATE entries SET bytes = CAST('" + bytes +
                  "' AS BLOB) WHERE number = " + std::to_string(row));
    }
    const Verdict verdict = verdict_of(setting);
    INFO(row);
    CHECK(verdict.kind == VerdictKind::broken);
    REQUIRE(verdict.at_entry.has_value());
    CHECK(*verdict.at_entry == static_cast<std::uint64_t>(row));
    CHECK(verdict.fault->id == "verify.entry");
  }
}

}  // namespace sendcheck::test
