// Public keys as they are given on a command line.
#pragma once

#include <string>
#include <vector>

#include "audit/note.hpp"

namespace sendcheck {

// Each word is a verifier key, or a file with one a line. Errors: files.*, note.key.
Result<std::vector<NoteKey>> keys_in(const std::vector<std::string>& words);

}  // namespace sendcheck
