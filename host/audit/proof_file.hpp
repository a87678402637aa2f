// A proof that a third party can check offline (C2SP tlog-proof@v1, ".tlog-proof"): index, inclusion proof, checkpoint.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "audit/checkpoint.hpp"

namespace sendcheck {

struct ProofFile {
  std::string
      extra;  // bytes of the optional extra line; empty when there is none
  std::uint64_t index = 0;
  std::vector<Digest> hashes;
  std::string checkpoint;  // the signed note

  std::string text() const;
  // Error proof_file.malformed, with the line.
  static Result<ProofFile> parse(std::string_view text);
};

// That `entry` is in the log of the checkpoint. Errors: those of open_checkpoint and check_inclusion.
Result<SignedCheckpoint> check_proof_file(const ProofFile& proof,
                                          std::string_view entry,
                                          const std::vector<NoteKey>& known);

}  // namespace sendcheck
