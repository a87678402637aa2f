// SHA-256, as text: "sha256:" and 64 hexadecimal digits.
#pragma once

#include <string>
#include <string_view>

namespace sendcheck {

std::string sha256(std::string_view bytes);

}  // namespace sendcheck
