// The text with which an edition begins: as the one before it, or empty. For the sources of casework/new_edition.
#pragma once

#include <string>
#include <vector>

#include "rulesets/rulesets.hpp"

namespace sendcheck {

struct EditionCopy {
  std::string text;
  std::vector<std::string> tables;  // files that it names, each once
  std::size_t carried_over = 0;     // values
};

// `text` is that of `from`, which has loaded. Byte for byte the same, but for: the first day, and no last one; title, approval and the reason for having no
// last day, which are to be written where they cannot be the same; sources without the day of reading; and values, all of them unconfirmed.
// Errors: json.*, where the file has changed since.
Result<EditionCopy> copy_of_edition(const Edition& from,
                                    const std::string& text, Date first,
                                    Date today);

// Of a body without one.
std::string empty_edition(const std::string& body, Layer layer, Date first,
                          Date today);

}  // namespace sendcheck
