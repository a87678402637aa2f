// Copies of a log to go back to, and going back to them.
//
// The log and its keys are backed up apart: whoever finds the one can read nothing without the other, and the copies of the keys are to be thrown away soon (each still has the key
// of a pupil who is erased afterwards). The list of the erased is never backed up: it only grows, and what stands in it rules over every copy.
#pragma once

#include <cstdint>
#include <string>

#include "audit/log.hpp"

namespace sendcheck {

struct BackupDone {
  std::uint64_t entry = 0;  // that says so; the last of the copy
  bool with_keys = false;
};

// Enters that it is made; then writes "sendcheck.db" and "checkpoint" into `folder`, and, where `keys_to` is not empty, the keys into that. Both must be new or
// empty, and neither may be inside the other.
// Errors: backup.folder_in_use, backup.keys_together, store.*, files.*.
Result<BackupDone> back_up(Log& log, const std::string& folder,
                           const std::string& keys_to);

struct RestoreDone {
  std::uint64_t entry = 0;     // that says so
  std::uint64_t restored = 0;  // entries that the copy has
  std::uint64_t had = 0;       // entries of the log that it went over
  std::uint64_t erased_again =
      0;  // pupils whose contents were in the copy and are not to come back
  bool keys_restored = false;
  bool erased_list_missing =
      false;  // keys were put back, and there is no erased.txt: nobody here knows whom to keep erased but the copy itself
};

// Puts a backup in the log's place: where there is none, or one whose entries are all in the backup, so that nothing is lost that is there. The backup is verified first, by the
// keys that are there and its own checkpoint. With `keys_from` (what back_up wrote to keys_to), files that the keys folder lacks are put back; those that are there stay. Erasures are made
// again, and `restored` is entered, before the log is in its place.
//
// A backup that is older than what was lost ends earlier than the log once did: checkpoints from after it will contradict it for good, rightly.
// Errors: restore.no_backup, restore.broken (it does not verify), restore.older (the log that is there has more entries), restore.other_history, restore.in_the_way (a file
// stands there that is no readable log), restore.key_rotated (the key that signs now is not the one that the backup ends with), log.other_keys, keys.missing, store.*, files.*.
Result<RestoreDone> restore(const LogPlace& place, const LogAuthor& author,
                            const std::string& folder,
                            const std::string& keys_from);

}  // namespace sendcheck
