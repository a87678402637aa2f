// The log as it stands in its file, for reading: entries, sealed payloads, checkpoints, what was kept, and the roots of subtrees that proofs are made of.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/checkpoint.hpp"
#include "audit/entry.hpp"
#include "audit/merkle.hpp"
#include "store/database.hpp"

namespace sendcheck {

// The file's schema: "log of decisions", for those that open it.
const Schema& log_schema();

struct StoredEntry {
  std::uint64_t number = 0;
  std::string_view bytes;   // valid until the next is read
  std::string_view sealed;  // empty: none, or erased
  bool has_sealed = false;
  std::string_view leaf;  // its leaf hash, as it was when it was written
};

// Belongs to one thread. The database must outlive it.
class LogReader {
 public:
  explicit LogReader(Database& database) : database_(&database) {}

  // How many entries there are.
  Result<std::uint64_t> size();
  // Entry n as it is stored. Error log.no_entry.
  Result<std::string> bytes(std::uint64_t number);
  Result<Entry> entry(std::uint64_t number);
  // The sealed payload of an entry; nothing: it has none, or it was erased.
  Result<std::optional<std::string>> sealed(std::uint64_t number);
  // Every entry from a number on, in order, until `each` gives an error or false.
  Result<void> walk(
      std::uint64_t from,
      const std::function<Result<bool>(const StoredEntry&)>& each);

  // The newest signed checkpoint, as its note. Error log.no_checkpoint.
  Result<std::string> checkpoint();
  // All, by size.
  Result<void> walk_checkpoints(
      const std::function<Result<void>(std::uint64_t size,
                                       std::string_view note)>& each);
  // The public keys that have signed, with the entry that named each.
  struct SigningKeyFrom {
    std::uint64_t entry = 0;
    NoteKey key;
  };
  Result<std::vector<SigningKeyFrom>> signing_keys();
  // Checkpoints of this log that another party cosigned, as notes.
  Result<std::vector<std::string>> cosigned();

  // The pupils whose keys were destroyed, and the entry that says so.
  struct ErasedPupil {
    std::string pseudonym;
    std::uint64_t entry = 0;
  };
  Result<std::vector<ErasedPupil>> erased();

  // Bytes that were kept by content hash. Errors: log.not_kept, payload.damaged.
  Result<std::string> kept(std::string_view hash);
  Result<std::vector<std::string>> kept_hashes();

  // The stored roots of complete tiles: of 2^(8 * level) leaves each.
  struct Subtree {
    int level = 0;
    std::uint64_t number = 0;
    Digest root{};
  };
  Result<std::vector<Subtree>> subtrees();

  // For proofs.
  Result<Digest> subtree_root(int level, std::uint64_t number);
  SubtreeRoots roots();

 private:
  Result<Statement*> statement(std::optional<Statement>& slot,
                               std::string_view sql);

  Database* database_;
  std::optional<Statement> one_, sealed_, subtree_, leaves_;
};

}  // namespace sendcheck
