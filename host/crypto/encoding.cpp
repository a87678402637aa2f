#include "crypto/encoding.hpp"

#include <sodium.h>

#include "crypto/sodium.hpp"

namespace sendcheck {
namespace {

constexpr int standard = sodium_base64_VARIANT_ORIGINAL;

// Of a lower-case digit; -1 where it is none.
int value_of_digit(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

}  // namespace

std::string base64(std::string_view bytes) {
  // The library writes a nought after the text, and counts it.
  std::string text(sodium_base64_encoded_len(bytes.size(), standard), '\0');
  sodium_bin2base64(text.data(), text.size(), octets(bytes), bytes.size(),
                    standard);
  text.pop_back();
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string bytes(text.size() / 4 * 3, '\0');
  std::size_t count = 0;
  if (sodium_base642bin(octets(bytes), bytes.size(), text.data(), text.size(),
                        nullptr, &count, nullptr, standard) != 0) {
    return std::nullopt;
  }
  bytes.resize(count);
  // Two texts for the same bytes would let a signed line be changed unnoticed.
  if (base64(bytes) != text) return std::nullopt;
  return bytes;
}

// By hand: the library's takes as long for every digit, whatever it is, which is
// for secrets; these are hashes and pseudonyms, some for each entry of a log.
std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    text.push_back(digits[value >> 4]);
    text.push_back(digits[value & 15]);
  }
  return text;
}

std::optional<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string bytes(text.size() / 2, '\0');
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int value = value_of_digit(text[i]);
    if (value < 0) return std::nullopt;
    bytes[i / 2] = static_cast<char>((bytes[i / 2] << 4) | value);
  }
  return bytes;
}

}  // namespace sendcheck
