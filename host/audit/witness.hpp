// Two logs that watch each other (C2SP tlog-witness, by file instead of HTTP): one hands in its checkpoint with a proof that it grew from what the other saw last; the
// other cosigns it, or refuses a log that became smaller or has two histories.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "audit/log.hpp"

namespace sendcheck {

// What is handed in: "old N", a base64 hash a line, an empty line, the checkpoint (the body of add-checkpoint).
struct WitnessRequest {
  std::uint64_t old = 0;  // entries that the witness saw last; 0: none
  std::vector<Digest> proof;
  std::string checkpoint;  // the signed note

  std::string text() const;
  // A checkpoint alone stands for "old 0". Error witness.request, with the line.
  static Result<WitnessRequest> parse(std::string_view text);
};

// For a witness that saw the first `old` entries. Errors: witness.old (more than there are), store.*.
Result<WitnessRequest> witness_request(Log& log, std::uint64_t old);

struct Cosigned {
  std::uint64_t entry = 0;  // of our log, that says so
  Checkpoint checkpoint;
  std::string note;  // the other log's checkpoint, with our cosignature
};

// As a witness: checks and cosigns the checkpoint of another log under this log's name, remembers it, and enters that it was done, all in one transaction, so that
// two runs at once cannot cosign two histories. `log_keys` are keys of the other log that were given now; with those that the keys folder knows, one must have
// signed. A key that was given and has signed is kept in the keys folder.
// Errors: witness.unknown_log (no key of it is known), witness.own_log, witness.old (the request starts from another size than the one that was seen: the message
// names it), those of may_cosign, open_checkpoint and check_consistency, store.*, files.*.
Result<Cosigned> cosign(Log& log, const WitnessRequest& request,
                        const std::vector<NoteKey>& log_keys, Moment now);

struct CosignatureKept {
  std::uint64_t entry = 0;
  Checkpoint checkpoint;
  std::vector<NoteKey> witnesses;  // who cosigned, of those known
};

// As the log that is watched: a checkpoint of ours came back. It is held against our own tree, kept, and entered. `witnesses` are keys that were given now; those
// that have cosigned are kept in the keys folder.
// Errors: witness.other_log (not ours), witness.larger (it has entries that we do not: our end is gone), witness.not_ours (our key has signed it, and it is not our
// tree), witness.no_cosignature (by nobody known), those of open_note, store.*, files.*.
Result<CosignatureKept> keep_cosignature(Log& log, std::string_view note,
                                         const std::vector<NoteKey>& witnesses);

}  // namespace sendcheck
