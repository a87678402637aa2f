// Small work on text: UTF-8 bytes in, UTF-8 bytes out, no locale.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sendcheck {

bool is_valid_utf8(std::string_view text);
// How many bytes from the start are valid UTF-8: all of them, or those before the first that cannot stand where it stands.
std::size_t valid_utf8_length(std::string_view text);

std::string_view trim(std::string_view text);  // ASCII white space
// ASCII white space and the spaces that do not break a line, which people paste without seeing them.
std::string_view trim_all(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts,
                 std::string_view separator);
// "a, b and c"
std::string join_in_words(const std::vector<std::string>& parts,
                          std::string_view last = " and ");
std::string to_lower(std::string_view text);  // ASCII letters only
std::string capitalised(std::string_view sentence);

// The candidate nearest to `word` by edits of one character, if it is near enough to be a slip (at most a third of the letters); else empty. Ties go to
// the first.
std::string nearest(std::string_view word,
                    const std::vector<std::string>& candidates);

// Number of code points, as a measure of width on a terminal.
std::size_t width(std::string_view text);

// Fit to be quoted in a message: control characters, marks that turn the direction of writing and bytes that are not UTF-8 are replaced by U+FFFD;
// what is longer than `limit` bytes is cut at a code point and ends in an ellipsis. The quotation marks are the caller's.
std::string quoted(std::string_view text, std::size_t limit = 60);

// One CSV field by RFC 4180; a text that needs a formula guard gets a leading apostrophe, which parse_csv takes off again.
std::string csv_field(std::string_view text);

// Whether a spreadsheet would take the text for a formula (= + - @ tab CR at its start), or would once leading apostrophes are taken off: those
// need a guard too, so that what was written is what is read.
bool needs_formula_guard(std::string_view text);

}  // namespace sendcheck
