// Checks as JSON: the shape of contract section 5.
#pragma once

#include <string>
#include <string_view>

#include "casework/check_register.hpp"

namespace sendcheck {

// { "upn": ..., "name": ..., "decisions": [...] }, on one line.
void append_pupil_json(const CheckedPupil& pupil, std::string& out);

// The whole of --format json; `pupils` holds the checked pupils' objects, comma separated.
std::string check_json(const CheckReport& report, std::string_view version,
                       std::string_view pupils,
                       const std::vector<Error>& load_errors);

// The last line of --format jsonl: what belongs to no one pupil.
std::string summary_line(const CheckReport& report, std::string_view version,
                         const std::vector<Error>& load_errors);

}  // namespace sendcheck
