// Bytes as text and back. Strict: what is read back is exactly what would have been written.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sendcheck {

// The standard alphabet (RFC 4648 section 4), padded.
std::string base64(std::string_view bytes);
// Nothing where the text is not what base64() gives for some bytes: another alphabet, white space, missing or needless padding, stray low bits.
std::optional<std::string> from_base64(std::string_view text);

// Lower case, two digits a byte.
std::string hex(std::string_view bytes);
// Nothing where the text is not what hex() gives for some bytes: capitals, an odd digit, anything else.
std::optional<std::string> from_hex(std::string_view text);

}  // namespace sendcheck
