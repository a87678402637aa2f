// The criteria of a rule as lines of its page.
#pragma once

#include <string_view>

#include "casework/criteria_in_words.hpp"
#include "cli/page_lines.hpp"

namespace sendcheck::cli {

// Under a heading that ends in "this is so", "all of this is so" or "any of this is so".
void write_criteria(std::string_view title, const CriterionInWords& whole,
                    PageLines& lines);

}  // namespace sendcheck::cli
