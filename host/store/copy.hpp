// A copy of a database as it stands at one moment, whoever writes to it meanwhile.
#pragma once

#include <string>

#include "store/database.hpp"

namespace sendcheck {

// Writes it to a new file that only its owner can read, without what was deleted, and makes sure that it is on the disk. Needs no transaction open on `from`.
// Errors: files.unwritable (also where the file is there already), those of Statement::step.
Result<void> copy_database(Database& from, const std::string& to);

}  // namespace sendcheck
