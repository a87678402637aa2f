// Check characters of pupil identifiers.
//
// UPN: Unique Pupil Number v2.0 of the UK Government Data Standards Catalogue. ULN: ten digits, weights 10 to 1, remainder 10 modulo 11.
#pragma once

#include <string>
#include <string_view>

namespace sendcheck {

enum class UpnCheck {
  valid,
  valid_temporary,  // ends in a letter: to be replaced by a permanent one
  wrong_length,
  wrong_character,  // a letter where a digit belongs, or one of I, O, S
  wrong_check_letter
};
struct UpnResult {
  UpnCheck check = UpnCheck::valid;
  // Wrong_check_letter: what the first letter would be.
  char expected_letter = 0;
};
// Needs upper case without spaces (see normal_upn).
UpnResult check_upn(std::string_view upn);
// Upper case, white space taken out.
std::string normal_upn(std::string_view upn);

enum class UlnCheck {
  valid,
  not_known,  // 9999999999, used in further education for "not known"
  wrong_length,
  wrong_character,  // no digit, or 0 as the first
  wrong_check_digit
};
UlnCheck check_uln(std::string_view uln);

}  // namespace sendcheck
