// A code list of rules/facts.json.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "domain/catalogue.hpp"
#include "json/value.hpp"

namespace sendcheck {

// Reads one member of `code_lists`. What is wrong is added to `errors`:
// facts.format, facts.duplicate (a code or alias twice), facts.unknown_codes (a
// code that an alias stands for).
CodeList read_code_list(const json::Member& member, const std::string& file,
                        std::vector<Error>& errors);

// ` Did you mean "x"?`, or nothing when no code is near.
std::string near_code(std::string_view code, const CodeList& list);

}  // namespace sendcheck
