// SHA-256.
#pragma once

#include <array>
#include <initializer_list>
#include <string>
#include <string_view>

namespace sendcheck {

// 32 bytes.
using Digest = std::array<unsigned char, 32>;

// Of the parts one after another.
Digest sha256_digest(std::initializer_list<std::string_view> parts);

// As text: "sha256:" and 64 hexadecimal digits.
std::string sha256(std::string_view bytes);
std::string in_text(const Digest& digest);

// The bytes of a digest, as a view into it.
std::string_view bytes_of(const Digest& digest);

}  // namespace sendcheck
