// Why sealed contents are opened. A code, not a sentence: it stands in the log in clear, for good, and must name nobody.
#pragma once

#include <span>
#include <string_view>

#include "base/result.hpp"

namespace sendcheck {

// access_request, audit, complaint, panel, review, tribunal
std::span<const std::string_view> opening_reasons();

// Error log.reason: none of them; lists them.
Result<void> check_opening_reason(std::string_view code);

}  // namespace sendcheck
