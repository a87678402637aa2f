// A record as JSON, in the shape of a register's pupil: read again, it is the same record.
#pragma once

#include <string>

#include "domain/record.hpp"

namespace sendcheck {

// One object on one line: what is stated, in the order of the names; what is not stated is left out.
void append_record_json(const Record& record, const Catalogue& catalogue,
                        std::string& out);

}  // namespace sendcheck
