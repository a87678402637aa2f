// A log's size and root, as text that is signed (C2SP tlog-checkpoint): origin, size, base64 root.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "audit/note.hpp"
#include "crypto/hash.hpp"

namespace sendcheck {

struct Checkpoint {
  std::string origin;  // also the name of the log's key
  std::uint64_t size = 0;
  Digest root{};

  std::string text() const;  // the three lines
  // Error checkpoint.malformed. Extension lines are refused: nobody would look at them.
  static Result<Checkpoint> parse(std::string_view text);
  bool operator==(const Checkpoint&) const = default;
};

struct SignedCheckpoint {
  Checkpoint checkpoint;
  Note note;
};

// Opens a signed checkpoint: the note, its text, and that the log itself (an Ed25519 key named as the origin; a cosignature will not do) is among the signers.
// Errors: those of open_note and Checkpoint::parse; checkpoint.not_the_log.
Result<SignedCheckpoint> open_checkpoint(std::string_view bytes,
                                         const std::vector<NoteKey>& known);

// What a witness asks before it cosigns `offered` (C2SP tlog-witness): it is not smaller than what it saw last, and grew from it. `seen`: null when it
// never saw the log; the proof is then empty.
// Errors: witness.other_log, witness.smaller (names the size that is known), witness.forked (same size, another root; or the proof does not lead from the
// one to the other), proof.length.
Result<void> may_cosign(const Checkpoint* seen, const Checkpoint& offered,
                        const std::vector<Digest>& consistency);

}  // namespace sendcheck
