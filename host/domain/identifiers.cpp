#include "domain/identifiers.hpp"

#include <cstddef>

#include "base/text.hpp"

namespace sendcheck {
namespace {

// A letter's value is its place: the alphabet without I, O and S, which are
// taken for digits.
constexpr std::string_view upn_letters = "ABCDEFGHJKLMNPQRTUVWXYZ";
static_assert(upn_letters.size() == 23);

constexpr std::size_t upn_length = 13;
constexpr std::size_t uln_length = 10;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

UpnResult check_upn(std::string_view upn) {
  if (upn.size() != upn_length) return {UpnCheck::wrong_length};
  if (upn_letters.find(upn[0]) == std::string_view::npos) {
    return {UpnCheck::wrong_character};
  }
  bool temporary = false;
  std::size_t sum = 0;
  for (std::size_t i = 1; i < upn_length; ++i) {
    const std::size_t position = i + 1;
    if (is_digit(upn[i])) {
      sum += position * static_cast<std::size_t>(upn[i] - '0');
      continue;
    }
    const std::size_t value = upn_letters.find(upn[i]);
    if (position != upn_length || value == std::string_view::npos) {
      return {UpnCheck::wrong_character};
    }
    temporary = true;
    sum += position * value;
  }
  const char expected = upn_letters[sum % upn_letters.size()];
  if (upn[0] != expected) return {UpnCheck::wrong_check_letter, expected};
  return {temporary ? UpnCheck::valid_temporary : UpnCheck::valid};
}

std::string normal_upn(std::string_view upn) {
  std::string normal;
  for (const char c : upn) {
    if (trim({&c, 1}).empty()) continue;
    normal += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return normal;
}

UlnCheck check_uln(std::string_view uln) {
  if (uln.size() != uln_length) return UlnCheck::wrong_length;
  std::size_t sum = 0;
  for (std::size_t i = 0; i < uln_length; ++i) {
    if (!is_digit(uln[i])) return UlnCheck::wrong_character;
    sum += (uln_length - i) * static_cast<std::size_t>(uln[i] - '0');
  }
  if (uln[0] == '0') return UlnCheck::wrong_character;
  if (uln == "9999999999") return UlnCheck::not_known;
  return sum % 11 == 10 ? UlnCheck::valid : UlnCheck::wrong_check_digit;
}

}  // namespace sendcheck
