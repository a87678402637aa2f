#include "audit/log.hpp"

#include <algorithm>

#include "audit/payload.hpp"
#include "audit/tiles.hpp"
#include "base/files.hpp"
#include "base/text.hpp"
#include "crypto/encoding.hpp"
#include "json/writer.hpp"

namespace sendcheck {
namespace {

std::string about_key(const NoteKey& key) {
  std::string about;
  json::Writer(about).begin_object().member("key", key.text()).end_object();
  return about;
}

std::string about_origin(const std::string& origin, const NoteKey& key) {
  std::string about;
  json::Writer(about)
      .begin_object()
      .member("key", key.text())
      .member("origin", origin)
      .end_object();
  return about;
}

}  // namespace

Log::Log(LogPlace place, LogAuthor author, std::unique_ptr<Database> database,
         Keys keys, std::string origin)
    : place_(std::move(place)),
      author_(std::move(author)),
      database_(std::move(database)),
      keys_(std::move(keys)),
      reader_(*database_),
      origin_(std::move(origin)) {}

Result<std::unique_ptr<Log>> Log::open(const LogPlace& place,
                                       const LogAuthor& author, bool create) {
  const std::string folder = place.keys_folder();
  const bool there = is_file(place.file) || place.vfs != nullptr;
  if (create && !there && is_file(join_path(folder, "signing.key"))) {
    return unexpected(
        {"log.keys_without_log",
         "There is no log \"" + quoted(place.file, 200) +
             "\", but its keys are in \"" + quoted(folder, 200) +
             "\": the log was moved or lost. Put it back; or, to begin another "
             "log, name another file with --store.",
         {.file = place.file}});
  }
  auto opened = Database::open(
      place.file, log_schema(),
      create ? Database::Open::create : Database::Open::existing, place.vfs);
  if (!opened) return unexpected(opened.error());
  auto database = std::make_unique<Database>(std::move(*opened));

  LogReader reader(*database);
  auto size = reader.size();
  if (!size) return unexpected(size.error());
  std::unique_ptr<Log> log;
  if (*size == 0) {
    if (!create) {
      return unexpected({"log.no_entry",
                         "The log \"" + quoted(place.file, 200) +
                             "\" is empty: its making was broken off. Check a "
                             "register with it, or put a backup back.",
                         {.file = place.file}});
    }
    // Two programs may have found no log: the second finds the first's.
    auto transaction = Transaction::begin(*database);
    if (!transaction) return unexpected(transaction.error());
    size = reader.size();
    if (!size) return unexpected(size.error());
    if (*size == 0) {
      // A making that was broken off left keys that have signed nothing.
      auto keys =
          is_file(join_path(folder, "signing.key"))
              ? Keys::open(folder, *author.random, place.vfs, true)
              : Keys::create(folder,
                             "sendcheck-log/" + hex(author.random->bytes(8)),
                             *author.random, place.vfs);
      if (!keys) return unexpected(keys.error());
      std::string origin = keys->name();
      log.reset(new Log(place, author, std::move(database), std::move(*keys),
                        std::move(origin)));
      log->loaded_ = true;
      Batch batch(*log, std::move(*transaction));
      const NoteKey key = log->keys_.public_key();
      auto first = batch.append({.kind = EntryKind::log_started,
                                 .about = about_origin(log->origin_, key)});
      if (!first) return unexpected(first.error());
      if (auto done = batch.commit(); !done) return unexpected(done.error());
      return log;
    }
  }
  auto first = reader.entry(0);
  if (!first) return unexpected(first.error());
  auto keys = Keys::open(folder, *author.random, place.vfs);
  if (!keys) return unexpected(keys.error());
  std::string origin = about_text(*first, "origin");
  if (keys->name() != origin) {
    return unexpected({"log.other_keys",
                       "The keys in \"" + quoted(folder, 200) +
                           "\" are those of \"" + quoted(keys->name()) +
                           "\", and the log \"" + quoted(place.file, 200) +
                           "\" is \"" + quoted(origin) +
                           "\". Say with --keys where its keys are.",
                       {.file = folder}});
  }
  log.reset(new Log(place, author, std::move(database), std::move(*keys),
                    std::move(origin)));
  if (auto recovered = log->recover(); !recovered) {
    return unexpected(recovered.error());
  }
  return log;
}

// What a broken-off run or a restored backup left half done.
Result<void> Log::recover() {
  if (auto settled = settle_rotation(); !settled) return settled;
  auto erasures = keys_.erasures();
  if (!erasures) return unexpected(erasures.error());
  for (const Erasure& erasure : *erasures) {
    auto entered = is_entered_as_erased(erasure.pseudonym);
    if (!entered) return unexpected(entered.error());
    if (!*entered) {
      if (auto done = complete(erasure); !done) return unexpected(done.error());
    }
  }
  // Keys that came back with a backup of their folder.
  auto erased = reader_.erased();
  if (!erased) return unexpected(erased.error());
  for (const LogReader::ErasedPupil& pupil : *erased) {
    auto key = keys_.by_pseudonym(pupil.pseudonym);
    if (!key) return unexpected(key.error());
    if (!*key) continue;
    if (auto gone = keys_.destroy(pupil.pseudonym); !gone) return gone;
  }
  return {};
}

Result<void> Log::settle_rotation() {
  auto next = keys_.next();
  if (!next) return unexpected(next.error());
  if (!*next) return {};
  auto entered = reader_.signing_keys();
  if (!entered) return unexpected(entered.error());
  const bool named = std::any_of(entered->begin(), entered->end(),
                                 [&](const LogReader::SigningKeyFrom& from) {
                                   return from.key == **next;
                                 });
  return named ? keys_.take_next() : keys_.drop_next();
}

Result<void> Log::load(std::uint64_t size) {
  loaded_ = false;
  tree_ = TiledTree();
  // Complete tiles by their stored roots, from the highest level down; then
  // the entries that are in none yet.
  int highest = 0;
  while ((size >> (tile_height * (highest + 1))) != 0) ++highest;
  std::uint64_t done = 0;  // leaves in the tree so far
  for (int level = highest; level >= 1; --level) {
    const int bits = tile_height * level;
    const std::uint64_t end = size >> bits;
    for (std::uint64_t number = done >> bits; number < end; ++number) {
      auto root = reader_.subtree_root(bits, number);
      if (!root) return unexpected(root.error());
      tree_.append_tile(level, *root);
    }
    done = end << bits;
  }
  auto walked = reader_.walk(done, [&](const StoredEntry& stored) {
    tree_.append(leaf_hash(stored.bytes));
    return Result<bool>(true);
  });
  if (!walked) return walked;
  auto last = reader_.entry(size - 1);
  if (!last) return unexpected(last.error());
  last_at_ = last->at;
  loaded_ = true;
  return {};
}

Result<Log::Batch> Log::begin() {
  auto transaction = Transaction::begin(*database_);
  if (!transaction) return unexpected(transaction.error());
  auto size = reader_.size();
  if (!size) return unexpected(size.error());
  if (!loaded_ || tree_.size() != *size) {
    if (auto done = load(*size); !done) return unexpected(done.error());
  }
  return Batch(*this, std::move(*transaction));
}

Result<std::uint64_t> Log::append(const EntryDraft& draft) {
  auto batch = begin();
  if (!batch) return unexpected(batch.error());
  auto number = batch->append(draft);
  if (!number) return number;
  if (auto done = batch->commit(); !done) return unexpected(done.error());
  return number;
}

Log::Batch::Batch(Batch&& other) noexcept
    : log_(other.log_), transaction_(std::move(other.transaction_)) {
  other.transaction_.reset();
}

Log::Batch::~Batch() {
  if (!transaction_) return;
  log_->loaded_ = false;
  log_->keys_.forget_unsaved();
}

Result<void> Log::Batch::insert(const std::string& bytes, const Digest& leaf,
                                std::string_view sealed, bool has_sealed) {
  if (!log_->insert_) {
    auto prepared = log_->database_->prepare(
        "INSERT INTO entries (number, bytes, sealed, leaf) "
        "VALUES (?1, ?2, ?3, ?4)");
    if (!prepared) return unexpected(prepared.error());
    log_->insert_.emplace(std::move(*prepared));
  }
  log_->insert_->bind(1, static_cast<std::int64_t>(next()))
      .bind_blob(2, bytes)
      .bind_blob(4, bytes_of(leaf));
  if (has_sealed) {
    log_->insert_->bind_blob(3, sealed);
  } else {
    log_->insert_->bind_null(3);
  }
  return log_->insert_->run();
}

// The tree with one more leaf; the roots of tiles that it completes are stored.
Result<void> Log::Batch::grow(const Digest& leaf) {
  for (const TiledTree::Tile& tile : log_->tree_.append(leaf)) {
    auto store = log_->database_->prepare(
        "INSERT INTO subtrees (level, number, root) VALUES (?1, ?2, ?3)");
    if (!store) return unexpected(store.error());
    if (auto done = store->bind(1, static_cast<std::int64_t>(tile.level))
                        .bind(2, static_cast<std::int64_t>(tile.number))
                        .bind_blob(3, bytes_of(tile.root))
                        .run();
        !done) {
      return done;
    }
  }
  return {};
}

Result<std::uint64_t> Log::Batch::append(const EntryDraft& draft) {
  const Moment now = log_->author_.clock->now();
  if (now < log_->last_at_) {
    std::string about;
    json::Writer(about)
        .begin_object()
        .member("before", log_->last_at_.text())
        .end_object();
    log_->last_at_ = now;
    auto noted =
        append({.kind = EntryKind::clock_set_back, .about = std::move(about)});
    if (!noted) return noted;
  }
  log_->last_at_ = now;

  Entry entry;
  entry.number = next();
  entry.at = now;
  entry.kind = draft.kind;
  entry.actor = log_->author_.actor;
  entry.program = log_->author_.program;
  entry.about = draft.about;
  std::string sealed;
  const bool has_sealed = draft.pupil != nullptr && !draft.packed.empty();
  if (draft.pupil != nullptr) entry.subject = draft.pupil->pseudonym;
  if (has_sealed) {
    sealed = sealed_payload(draft.pupil->key, entry.number, draft.kind,
                            draft.packed, *log_->author_.random);
    entry.payload = {sealed.size(), sha256_digest({sealed})};
  }
  const std::string bytes = canonical_bytes(entry);
  const Digest leaf = leaf_hash(bytes);
  if (auto done = insert(bytes, leaf, sealed, has_sealed); !done) {
    return unexpected(done.error());
  }
  if (auto done = grow(leaf); !done) {
    return unexpected(done.error());
  }
  if (draft.kind == EntryKind::log_started ||
      draft.kind == EntryKind::key_rotated) {
    auto store = log_->database_->prepare(
        "INSERT INTO signing_keys (entry, key) VALUES (?1, ?2)");
    if (!store) return unexpected(store.error());
    if (auto done = store->bind(1, static_cast<std::int64_t>(entry.number))
                        .bind_text(2, about_text(entry, "key"))
                        .run();
        !done) {
      return unexpected(done.error());
    }
  }
  return entry.number;
}

Result<bool> Log::Batch::is_kept(std::string_view hash) {
  auto select = log_->database_->prepare("SELECT 1 FROM kept WHERE hash = ?1");
  if (!select) return unexpected(select.error());
  return select->bind_text(1, hash).step();
}

Result<std::string> Log::Batch::keep(std::string_view bytes) {
  std::string hash = sha256(bytes);
  auto kept = is_kept(hash);
  if (!kept) return unexpected(kept.error());
  if (*kept) return hash;
  auto store = log_->database_->prepare(
      "INSERT INTO kept (hash, packed) VALUES (?1, ?2)");
  if (!store) return unexpected(store.error());
  Packer packer;
  if (auto done =
          store->bind_text(1, hash).bind_blob(2, packer.packed(bytes)).run();
      !done) {
    return unexpected(done.error());
  }
  return hash;
}

Result<std::string> Log::Batch::commit() {
  const Checkpoint checkpoint{log_->origin_, log_->tree_.size(),
                              log_->tree_.root()};
  std::string note =
      signed_note(checkpoint.text(), log_->origin_, log_->keys_.signing_key());
  {
    auto store = log_->database_->prepare(
        "INSERT INTO checkpoints (size, note) VALUES (?1, ?2)");
    if (!store) return unexpected(store.error());
    if (auto done = store->bind(1, static_cast<std::int64_t>(checkpoint.size))
                        .bind_text(2, note)
                        .run();
        !done) {
      return unexpected(done.error());
    }
  }
  // A payload without its key could not be read; a key without a payload does
  // no harm: the keys come first.
  if (auto saved = log_->keys_.save(); !saved) {
    return unexpected(saved.error());
  }
  if (auto done = transaction_->commit(); !done) {
    return unexpected(done.error());
  }
  transaction_.reset();
  return note;
}

Result<NoteKey> Log::rotate_key() {
  auto next = keys_.make_next();
  if (!next) return next;
  if (auto entered =
          append({.kind = EntryKind::key_rotated, .about = about_key(*next)});
      !entered) {
    return unexpected(entered.error());
  }
  if (auto taken = keys_.take_next(); !taken) return unexpected(taken.error());
  return next;
}

Result<bool> Log::is_entered_as_erased(std::string_view pseudonym) {
  auto select =
      database_->prepare("SELECT 1 FROM erasures WHERE pseudonym = ?1");
  if (!select) return unexpected(select.error());
  return select->bind_text(1, pseudonym).step();
}

Result<ErasureDone> Log::erase(const std::string& pseudonym,
                               const std::string& reason) {
  auto pupil = keys_.by_pseudonym(pseudonym);
  if (!pupil) return unexpected(pupil.error());
  if (!*pupil) {
    return unexpected({"erase.unknown",
                       "The log knows no pupil " + quoted(pseudonym) +
                           ", or has erased them before.",
                       {}});
  }
  const Erasure erasure{pseudonym, author_.actor, reason};
  if (auto noted = keys_.note_erasure(erasure); !noted) {
    return unexpected(noted.error());
  }
  return complete(erasure);
}

Result<ErasureDone> Log::complete(const Erasure& erasure) {
  if (auto gone = keys_.destroy(erasure.pseudonym); !gone) {
    return unexpected(gone.error());
  }
  auto batch = begin();
  if (!batch) return unexpected(batch.error());
  ErasureDone done;
  // By a whole walk: an index of pseudonyms would make every decision dearer
  // for the sake of what happens to a pupil once.
  std::vector<std::uint64_t> theirs;
  const std::string mark = "\"subject\":\"" + erasure.pseudonym + "\"";
  auto walked = reader_.walk(0, [&](const StoredEntry& stored) {
    if (stored.has_sealed && stored.bytes.find(mark) != stored.bytes.npos) {
      theirs.push_back(stored.number);
    }
    return Result<bool>(true);
  });
  if (!walked) return unexpected(walked.error());
  auto clear =
      database_->prepare("UPDATE entries SET sealed = NULL WHERE number = ?1");
  if (!clear) return unexpected(clear.error());
  for (const std::uint64_t number : theirs) {
    if (auto cleared = clear->bind(1, static_cast<std::int64_t>(number)).run();
        !cleared) {
      return unexpected(cleared.error());
    }
  }
  done.destroyed = theirs.size();
  std::string about;
  json::Writer(about)
      .begin_object()
      .member("asked_by", erasure.actor)
      .key("payloads")
      .number(static_cast<std::int64_t>(done.destroyed))
      .member("pseudonym", erasure.pseudonym)
      .member("reason", erasure.reason)
      .end_object();
  auto entered =
      batch->append({.kind = EntryKind::erased, .about = std::move(about)});
  if (!entered) return unexpected(entered.error());
  done.entry = *entered;
  {
    auto store = database_->prepare(
        "INSERT INTO erasures (pseudonym, entry) VALUES (?1, ?2)");
    if (!store) return unexpected(store.error());
    if (auto stored = store->bind_text(1, erasure.pseudonym)
                          .bind(2, static_cast<std::int64_t>(done.entry))
                          .run();
        !stored) {
      return unexpected(stored.error());
    }
  }
  if (auto committed = batch->commit(); !committed) {
    return unexpected(committed.error());
  }
  return done;
}

Result<void> Log::keep_cosigned(std::string_view note) {
  auto store = database_->prepare(
      "INSERT INTO cosigned (note) VALUES (?1) ON CONFLICT DO NOTHING");
  if (!store) return unexpected(store.error());
  return store->bind_text(1, note).run();
}

Result<std::optional<std::string>> Log::witnessed(std::string_view origin) {
  auto select =
      database_->prepare("SELECT note FROM witnessed WHERE origin = ?1");
  if (!select) return unexpected(select.error());
  auto row = select->bind_text(1, origin).step();
  if (!row) return unexpected(row.error());
  if (!*row) return std::optional<std::string>();
  return std::optional<std::string>(select->bytes(0));
}

Result<void> Log::witness(std::string_view origin, std::string_view note) {
  auto store = database_->prepare(
      "INSERT INTO witnessed (origin, note) VALUES (?1, ?2) "
      "ON CONFLICT (origin) DO UPDATE SET note = excluded.note");
  if (!store) return unexpected(store.error());
  return store->bind_text(1, origin).bind_text(2, note).run();
}

}  // namespace sendcheck
