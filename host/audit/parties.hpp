// The other parties that a log knows: the keys of logs that it witnesses, and of witnesses of its own. They stand in "witnesses.pub" of the log's keys
// folder, a verifier key a line, so that they need be given once.
#pragma once

#include <string>
#include <vector>

#include "audit/note.hpp"

namespace sendcheck {

// None where there is no such file. Errors: files.*, note.key (with the line).
Result<std::vector<NoteKey>> known_parties(const std::string& keys_folder);

// Well if it is known already. Errors: files.*, note.key.
Result<void> add_party(const std::string& keys_folder, const NoteKey& key);

}  // namespace sendcheck
