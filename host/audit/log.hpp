// The append-only log of a store: the one place that writes entries.
//
// What is appended in a batch is on the disk, in the tree and under a signed checkpoint once commit() returned, or not there at all. Nothing
// that a batch holds may be shown before.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/keys.hpp"
#include "audit/log_reader.hpp"
#include "audit/tiled_tree.hpp"

namespace sendcheck {

struct LogPlace {
  std::string file;  // "sendcheck.db"
  std::string
      keys;  // the folder of its keys; empty: beside it, "sendcheck.db.keys"
  const char* vfs = nullptr;  // of SQLite; null: the system's

  std::string keys_folder() const {
    return keys.empty() ? file + ".keys" : keys;
  }
};

// Who writes, and by what clock and chance. All must outlive the log.
struct LogAuthor {
  std::string actor;
  std::string program;  // the version
  const Clock* clock = nullptr;
  RandomSource* random = nullptr;
};

// What is to be entered.
struct EntryDraft {
  EntryKind kind = EntryKind::view;
  std::string about = "{}";  // canonical JSON
  // Not null: about this pupil; with `packed`, what is to be sealed.
  const PupilKey* pupil = nullptr;
  std::string_view packed = {};
};

struct ErasureDone {
  std::uint64_t entry = 0;
  std::uint64_t destroyed = 0;  // sealed payloads
};

// Belongs to one thread. Several programs may write one log: each batch begins where the log ends.
class Log {
 public:
  class Batch;

  // Opens a log to write; with `create`, makes one (file, keys, entry 0) if there is none. Completes erasures that were broken off, or that a restored backup undid.
  // Errors: store.*, keys.*, log.keys_without_log (its keys are there and the log is not: it was moved or lost), log.other_keys (they are another log's).
  static Result<std::unique_ptr<Log>> open(const LogPlace& place,
                                           const LogAuthor& author,
                                           bool create);

  const std::string& origin() const { return origin_; }
  const std::string& actor() const { return author_.actor; }
  const LogPlace& place() const { return place_; }
  Database& database() { return *database_; }
  LogReader& reader() { return reader_; }
  Keys& keys() { return keys_; }

  // Waits for other writers. Errors: store.*.
  Result<Batch> begin();
  // A batch of one. The number of its entry.
  Result<std::uint64_t> append(const EntryDraft& draft);
  // The newest checkpoint, as its signed note.
  Result<std::string> checkpoint() { return reader_.checkpoint(); }

  // Destroys the pupil's key and everything that is sealed under it, and enters that it was done. Errors: erase.unknown (no such pupil, or erased
  // before), store.*, files.unwritable.
  Result<ErasureDone> erase(const std::string& pseudonym,
                            const std::string& reason);

  // Another signing key from here on; the old key signs the entry that names it.
  Result<NoteKey> rotate_key();

  // A checkpoint of this log with another party's cosignature, to be kept. What it says must have been verified.
  Result<void> keep_cosigned(std::string_view note);
  // What this party last saw of another log, as a note; nothing: it never saw it.
  Result<std::optional<std::string>> witnessed(std::string_view origin);
  Result<void> witness(std::string_view origin, std::string_view note);

 private:
  Log(LogPlace place, LogAuthor author, std::unique_ptr<Database> database,
      Keys keys, std::string origin);
  Result<void> load(std::uint64_t size);
  Result<void> recover();
  Result<void> settle_rotation();
  Result<ErasureDone> complete(const Erasure& erasure);
  Result<bool> is_entered_as_erased(std::string_view pseudonym);

  LogPlace place_;
  LogAuthor author_;
  std::unique_ptr<Database> database_;
  Keys keys_;
  LogReader reader_;
  std::string origin_;

  // The right edge of the tree, as of `loaded_`.
  bool loaded_ = false;
  TiledTree tree_;
  Moment last_at_;
  std::optional<Statement> insert_;
};

// A transaction of the log. Rolled back when it is destroyed without commit().
class Log::Batch {
 public:
  Batch(Batch&& other) noexcept;
  Batch& operator=(Batch&&) = delete;
  ~Batch();

  // The number that the next entry will have.
  std::uint64_t next() const { return log_->tree_.size(); }
  Result<std::uint64_t> append(const EntryDraft& draft);
  // Keeps bytes by their content hash, if they are not kept yet; gives the hash ("sha256:...").
  Result<std::string> keep(std::string_view bytes);
  Result<bool> is_kept(std::string_view hash);
  // The checkpoint that covers it. Errors: store.*, keys.*; then nothing of the batch is there.
  Result<std::string> commit();

 private:
  friend class Log;
  Batch(Log& log, Transaction transaction)
      : log_(&log), transaction_(std::move(transaction)) {}
  Result<void> insert(const std::string& bytes, const Digest& leaf,
                      std::string_view sealed, bool has_sealed);
  Result<void> grow(const Digest& leaf);

  Log* log_;
  std::optional<Transaction> transaction_;
};

}  // namespace sendcheck
