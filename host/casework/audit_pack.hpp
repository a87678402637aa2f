// What an auditor takes away: the log as a folder that can be checked without us (audit/pack.hpp), with the rules that were kept and a report of making every decision again.
#pragma once

#include <cstdint>
#include <string>

#include "audit/log.hpp"
#include "casework/replay.hpp"

namespace sendcheck {

struct PackOptions {
  std::string folder;  // a new one
  std::string
      contents;  // why they are opened (opening_reasons()); empty: they stay sealed
  std::string
      verifier;  // the program sendcheck-verify; empty: it is not at hand
};

struct PackMade {
  std::uint64_t entry =
      0;  // that says that it was made; the last that is in it
  std::uint64_t opened = 0;
  std::string checkpoint;
  ReplayReport replay;
};

// Enters that it is made before anything is written. Without `contents` nothing personal and no outcome is in it, and it says of a decision that came out otherwise
// only where. Errors: pack.folder_in_use, log.reason, tiles.entry_too_long, store.*, files.*, crypto.*.
Result<PackMade> make_pack(Log& log, const PackOptions& options);

}  // namespace sendcheck
