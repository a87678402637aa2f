// The readers of the three formats. open_register chooses between them.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "domain/catalogue.hpp"
#include "registers/register.hpp"

namespace sendcheck {

inline constexpr std::string_view register_format = "sendcheck-register/1";

// {"format": "sendcheck-register/1", "school": {...}, "pupils": [...]}: read
// whole.
Result<std::unique_ptr<RegisterReader>> open_json_register(
    const std::string& path, const Catalogue& catalogue);

// One pupil a line: read twice, first for UPNs that stand twice and for faults
// of form, then pupil by pupil.
Result<std::unique_ptr<RegisterReader>> open_json_lines_register(
    const std::string& path, const Catalogue& catalogue);

// pupils.csv, a file a list, and perhaps school.csv.
Result<std::unique_ptr<RegisterReader>> open_csv_register(
    const std::string& folder, const Catalogue& catalogue);

}  // namespace sendcheck
