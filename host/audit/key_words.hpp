// Public keys as people give them: in files, and on a command line.
#pragma once

#include <string>
#include <vector>

#include "audit/note.hpp"

namespace sendcheck {

// A file of verifier keys, one a line; empty lines, and those that begin with "# ", count for nothing. Errors: files.*, note.key (with the line).
Result<std::vector<NoteKey>> keys_in_file(const std::string& path);

// Each word is a verifier key, or a file of them. Errors: files.*, note.key.
Result<std::vector<NoteKey>> keys_in(const std::vector<std::string>& words);

}  // namespace sendcheck
