// Whether a log is whole and untouched, and how far outside evidence reaches. Needs no secret: the public keys are enough.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "audit/log_reader.hpp"

namespace sendcheck {

// A checkpoint that was held elsewhere: a file, a page, the other party's cosignature.
struct OutsideCheckpoint {
  std::string from;  // the file's name, for messages
  std::string note;
};

// What a page's foot says of a checkpoint: "633:09ff405396c0d1a5", its size and the first 16 hexadecimal digits of its root.
struct PrintedCheckpoint {
  std::uint64_t size = 0;
  std::string root_start;

  // Error verify.printed: not of that form.
  static Result<PrintedCheckpoint> parse(std::string_view text);
};
std::string printed(const Checkpoint& checkpoint);

struct Evidence {
  // Keys of the log that were learnt elsewhere than from its own file; the first is the one it began with. Empty: the log's word is taken for
  // them, and the verdict says so.
  std::vector<NoteKey> log_keys;
  std::vector<NoteKey> witnesses;  // other parties whose cosignatures count
  std::vector<OutsideCheckpoint> checkpoints;
  std::vector<PrintedCheckpoint> printed;  // read off pages
};

enum class VerdictKind {
  anchored,      // whole, and vouched for outside up to `anchored_to`
  not_anchored,  // whole, as far as the file itself can tell, after that
  broken,        // an entry, hash, signature or payload is wrong
  contradicts,   // an outside checkpoint saw another log
  wrong_key      // signed by a key that is not the log's
};
// The exit status that stands for it: 0, 3, 10, 11, 12 (contract section 6).
int exit_status(VerdictKind kind);

struct Verdict {
  VerdictKind kind = VerdictKind::not_anchored;
  std::string origin;
  std::uint64_t entries = 0;
  Digest root{};
  std::uint64_t anchored_to = 0;  // entries that outside evidence covers
  std::string anchored_by;        // whose it is; empty: none
  std::uint64_t payloads = 0;     // sealed payloads that are there and right
  std::uint64_t erased =
      0;  // payloads that are gone because their pupil was erased
  std::uint64_t erased_pupils = 0;
  std::uint64_t unfinished_checks = 0;
  std::vector<NoteKey> keys;  // that signed, oldest first
  bool keys_from_outside = false;
  bool of_pack = false;  // of an audit pack, not of the log itself
  // What is wrong: the first entry, in the order of the log, and what of it. Ids: verify.*.
  std::optional<Error> fault;
  std::optional<std::uint64_t> at_entry;
};

// Called now and then with the number of entries looked at.
using Progress = std::function<void(std::uint64_t done, std::uint64_t all)>;

// Looks at every entry, hash, signature and payload. An error means that the log could not be read (store.*): no verdict.
// Faults: verify.entry (not canonical, or not its number), verify.gap, verify.tree (a stored root is not that of its entries), verify.checkpoint (it does not fit the entries),
// verify.signature, verify.unsigned_tail (entries after the last checkpoint), verify.payload (missing without an erasure, changed, or one that no entry names),
// verify.kept (kept bytes that do not have their hash, or are missing), verify.erasure, verify.key (no such key of the log's), verify.outside_root, verify.outside_size (an outside checkpoint saw more entries than there are),
// verify.outside_origin (of another log).
Result<Verdict> verify_log(Database& database, const Evidence& evidence,
                           const Progress& progress = {});

}  // namespace sendcheck
