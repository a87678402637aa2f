// What the lines of checkpoints, signed notes and proof files are made of. Strict, as their standards ask: each value has one spelling.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "crypto/hash.hpp"

namespace sendcheck {

// A number in decimal, without sign, without leading noughts, below 2^64.
std::optional<std::uint64_t> parse_count(std::string_view text);

// 32 bytes in base64.
std::optional<Digest> parse_digest(std::string_view text);

// Takes the first line off `text`, without its newline. Nothing where no newline is left.
std::optional<std::string_view> take_line(std::string_view& text);

// Whether it can be the name of a key: not empty, UTF-8, no space of Unicode, no plus, no control character.
bool is_key_name(std::string_view text);

}  // namespace sendcheck
