// The careful reader: slow, and asked only where the quick one found fault. It
// finds the first fault of a text and says it in one sentence.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace sendcheck::json {

// How deep lists and objects may be nested.
inline constexpr int depth_limit = 64;

// Needs a text that the quick reader refused, without byte-order mark.
// Gives json.encoding, json.syntax, json.duplicate_key or json.depth, with line
// and column.
Error explain_fault(std::string_view text, const std::string& file,
                    int first_line);

}  // namespace sendcheck::json
