#include "audit/log_reader.hpp"

#include <algorithm>

#include "audit/payload.hpp"
#include "audit/tiles.hpp"
#include "crypto/encoding.hpp"

namespace sendcheck {
namespace {

// An entry's row is never changed but to take its sealed payload away, and
// never removed. The triggers stop accidents; the tree shows the rest.
constexpr const char* schema_steps[] = {
    R"(CREATE TABLE entries (
         number INTEGER PRIMARY KEY,
         bytes BLOB NOT NULL,
         leaf BLOB NOT NULL,
         sealed BLOB
       ) STRICT;
       CREATE TRIGGER entries_stay BEFORE DELETE ON entries
         BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END;
       CREATE TRIGGER entries_stand BEFORE UPDATE ON entries
         WHEN NEW.number IS NOT OLD.number OR NEW.bytes IS NOT OLD.bytes
              OR NEW.leaf IS NOT OLD.leaf
              OR NEW.sealed IS NOT NULL
         BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
       CREATE TABLE subtrees (
         level INTEGER NOT NULL,
         number INTEGER NOT NULL,
         root BLOB NOT NULL,
         PRIMARY KEY (level, number)
       ) STRICT, WITHOUT ROWID;
       CREATE TABLE checkpoints (
         size INTEGER PRIMARY KEY,
         note TEXT NOT NULL
       ) STRICT;
       CREATE TABLE signing_keys (
         entry INTEGER PRIMARY KEY,
         key TEXT NOT NULL
       ) STRICT;
       CREATE TABLE erasures (
         pseudonym TEXT PRIMARY KEY,
         entry INTEGER NOT NULL
       ) STRICT;
       CREATE TABLE cosigned (note TEXT PRIMARY KEY) STRICT;
       CREATE TABLE witnessed (
         origin TEXT PRIMARY KEY,
         note TEXT NOT NULL
       ) STRICT;
       CREATE TABLE kept (
         hash TEXT PRIMARY KEY,
         packed BLOB NOT NULL
       ) STRICT;)"};

constexpr Schema schema{.application = 0x53454e44,  // "SEND"
                        .version = 1,
                        .steps = schema_steps,
                        .what = "log of decisions"};

Unexpected no_entry(std::uint64_t number) {
  return unexpected({"log.no_entry",
                     "The log has no entry " + std::to_string(number) +
                         ". \"sendcheck audit log\" lists those that it has.",
                     {}});
}

Digest digest_in(std::string_view bytes) {
  Digest digest{};
  std::copy_n(bytes.begin(), std::min(bytes.size(), digest.size()),
              digest.begin());
  return digest;
}

}  // namespace

const Schema& log_schema() { return schema; }

// What was read is copied before the statement is reset: a statement that
// stands on a row would keep other programs from writing.
Result<Statement*> LogReader::statement(std::optional<Statement>& slot,
                                        std::string_view sql) {
  if (!slot) {
    auto prepared = database_->prepare(sql);
    if (!prepared) return unexpected(prepared.error());
    slot.emplace(std::move(*prepared));
  }
  slot->reset();
  return &*slot;
}

Result<std::uint64_t> LogReader::size() {
  auto count =
      database_->prepare("SELECT coalesce(max(number) + 1, 0) FROM entries");
  if (!count) return unexpected(count.error());
  auto row = count->step();
  if (!row) return unexpected(row.error());
  return static_cast<std::uint64_t>(count->number(0));
}

Result<std::string> LogReader::bytes(std::uint64_t number) {
  auto select = statement(one_, "SELECT bytes FROM entries WHERE number = ?1");
  if (!select) return unexpected(select.error());
  auto row = (*select)->bind(1, static_cast<std::int64_t>(number)).step();
  if (!row) return unexpected(row.error());
  if (!*row) return no_entry(number);
  std::string bytes((*select)->bytes(0));
  (*select)->reset();
  return bytes;
}

Result<Entry> LogReader::entry(std::uint64_t number) {
  auto stored = bytes(number);
  if (!stored) return unexpected(stored.error());
  return read_entry(*stored);
}

Result<std::optional<std::string>> LogReader::sealed(std::uint64_t number) {
  auto select =
      statement(sealed_, "SELECT sealed FROM entries WHERE number = ?1");
  if (!select) return unexpected(select.error());
  auto row = (*select)->bind(1, static_cast<std::int64_t>(number)).step();
  if (!row) return unexpected(row.error());
  if (!*row) return no_entry(number);
  std::optional<std::string> sealed;
  if (!(*select)->is_null(0)) sealed.emplace((*select)->bytes(0));
  (*select)->reset();
  return sealed;
}

Result<void> LogReader::walk(
    std::uint64_t from,
    const std::function<Result<bool>(const StoredEntry&)>& each) {
  auto select = database_->prepare(
      "SELECT number, bytes, sealed, leaf FROM entries WHERE number >= ?1 "
      "ORDER BY number");
  if (!select) return unexpected(select.error());
  select->bind(1, static_cast<std::int64_t>(from));
  for (;;) {
    auto row = select->step();
    if (!row) return unexpected(row.error());
    if (!*row) return {};
    StoredEntry entry;
    entry.number = static_cast<std::uint64_t>(select->number(0));
    entry.bytes = select->bytes(1);
    entry.has_sealed = !select->is_null(2);
    if (entry.has_sealed) entry.sealed = select->bytes(2);
    entry.leaf = select->bytes(3);
    auto more = each(entry);
    if (!more) return unexpected(more.error());
    if (!*more) return {};
  }
}

Result<std::string> LogReader::checkpoint() {
  auto select = database_->prepare(
      "SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1");
  if (!select) return unexpected(select.error());
  auto row = select->step();
  if (!row) return unexpected(row.error());
  if (!*row) {
    return unexpected({"log.no_checkpoint",
                       "The log holds no signed checkpoint. It was cut or "
                       "changed: compare it with a backup.",
                       {}});
  }
  return std::string(select->bytes(0));
}

Result<void> LogReader::walk_checkpoints(
    const std::function<Result<void>(std::uint64_t, std::string_view)>& each) {
  auto select =
      database_->prepare("SELECT size, note FROM checkpoints ORDER BY size");
  if (!select) return unexpected(select.error());
  for (;;) {
    auto row = select->step();
    if (!row) return unexpected(row.error());
    if (!*row) return {};
    if (auto done = each(static_cast<std::uint64_t>(select->number(0)),
                         select->bytes(1));
        !done) {
      return done;
    }
  }
}

Result<std::vector<LogReader::SigningKeyFrom>> LogReader::signing_keys() {
  auto select =
      database_->prepare("SELECT entry, key FROM signing_keys ORDER BY entry");
  if (!select) return unexpected(select.error());
  std::vector<SigningKeyFrom> keys;
  for (;;) {
    auto row = select->step();
    if (!row) return unexpected(row.error());
    if (!*row) return keys;
    auto key = NoteKey::parse(select->bytes(1));
    if (!key) return unexpected(key.error());
    keys.push_back({static_cast<std::uint64_t>(select->number(0)), *key});
  }
}

Result<std::vector<std::string>> LogReader::cosigned() {
  auto select = database_->prepare("SELECT note FROM cosigned ORDER BY note");
  if (!select) return unexpected(select.error());
  std::vector<std::string> notes;
  for (;;) {
    auto row = select->step();
    if (!row) return unexpected(row.error());
    if (!*row) return notes;
    notes.emplace_back(select->bytes(0));
  }
}

Result<std::vector<LogReader::ErasedPupil>> LogReader::erased() {
  auto select = database_->prepare(
      "SELECT pseudonym, entry FROM erasures ORDER BY entry");
  if (!select) return unexpected(select.error());
  std::vector<ErasedPupil> pupils;
  for (;;) {
    auto row = select->step();
    if (!row) return unexpected(row.error());
    if (!*row) return pupils;
    pupils.push_back({std::string(select->bytes(0)),
                      static_cast<std::uint64_t>(select->number(1))});
  }
}

Result<std::string> LogReader::kept(std::string_view hash) {
  auto select = database_->prepare("SELECT packed FROM kept WHERE hash = ?1");
  if (!select) return unexpected(select.error());
  auto row = select->bind_text(1, hash).step();
  if (!row) return unexpected(row.error());
  if (!*row) {
    return unexpected({"log.not_kept",
                       "The log does not hold the bytes with the hash " +
                           std::string(hash) +
                           ", which an entry names. It was changed: compare "
                           "it with a backup.",
                       {}});
  }
  return unpacked(select->bytes(0));
}

Result<std::vector<std::string>> LogReader::kept_hashes() {
  auto select = database_->prepare("SELECT hash FROM kept ORDER BY hash");
  if (!select) return unexpected(select.error());
  std::vector<std::string> hashes;
  for (;;) {
    auto row = select->step();
    if (!row) return unexpected(row.error());
    if (!*row) return hashes;
    hashes.emplace_back(select->bytes(0));
  }
}

Result<std::vector<LogReader::Subtree>> LogReader::subtrees() {
  auto select = database_->prepare(
      "SELECT level, number, root FROM subtrees ORDER BY level, number");
  if (!select) return unexpected(select.error());
  std::vector<Subtree> found;
  for (;;) {
    auto row = select->step();
    if (!row) return unexpected(row.error());
    if (!*row) return found;
    found.push_back({static_cast<int>(select->number(0)),
                     static_cast<std::uint64_t>(select->number(1)),
                     digest_in(select->bytes(2))});
  }
}

Result<Digest> LogReader::subtree_root(int level, std::uint64_t number) {
  if (level == 0) {
    auto stored = bytes(number);
    if (!stored) return unexpected(stored.error());
    return leaf_hash(*stored);
  }
  if (level % tile_height == 0) {
    auto select = statement(
        subtree_, "SELECT root FROM subtrees WHERE level = ?1 AND number = ?2");
    if (!select) return unexpected(select.error());
    auto row = (*select)
                   ->bind(1, level / tile_height)
                   .bind(2, static_cast<std::int64_t>(number))
                   .step();
    if (!row) return unexpected(row.error());
    if (*row) {
      const Digest root = digest_in((*select)->bytes(0));
      (*select)->reset();
      return root;
    }
  }
  if (level <= tile_height) {
    // A part of a tile that is still growing: from its entries.
    auto select = statement(leaves_,
                            "SELECT bytes FROM entries WHERE number >= ?1 "
                            "AND number < ?2 ORDER BY number");
    if (!select) return unexpected(select.error());
    const std::uint64_t first = number << level;
    const std::uint64_t end = first + (std::uint64_t{1} << level);
    (*select)
        ->bind(1, static_cast<std::int64_t>(first))
        .bind(2, static_cast<std::int64_t>(end));
    Frontier frontier;
    for (;;) {
      auto row = (*select)->step();
      if (!row) return unexpected(row.error());
      if (!*row) break;
      frontier.append(leaf_hash((*select)->bytes(0)));
    }
    if (frontier.size() != end - first)
      return no_entry(first + frontier.size());
    return frontier.root();
  }
  auto left = subtree_root(level - 1, number * 2);
  if (!left) return left;
  auto right = subtree_root(level - 1, number * 2 + 1);
  if (!right) return right;
  return node_hash(*left, *right);
}

SubtreeRoots LogReader::roots() {
  return [this](int level, std::uint64_t number) {
    return subtree_root(level, number);
  };
}

}  // namespace sendcheck
