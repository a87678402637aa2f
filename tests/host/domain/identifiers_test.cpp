#include "domain/identifiers.hpp"

#include <catch2/catch.hpp>
#include <random>

namespace sendcheck {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

const std::vector<std::string> permanent = {
    "Y886999926001", "P887999925017", "K330999924128", "R383999923250",
    "K941999922009", "B801200005001", "P207000016049"};
const std::vector<std::string> temporary = {"X88699992601A", "U33099992507X",
                                            "M38399992412Z"};
const std::vector<std::string> valid_ulns = {"9276308686", "1000000019",
                                             "1234567899", "5555555503",
                                             "9000000024", "2468135791"};

bool passes(const std::string& upn) {
  const UpnCheck check = check_upn(upn).check;
  return check == UpnCheck::valid || check == UpnCheck::valid_temporary;
}

}  // namespace

TEST_CASE("a UPN with its check letter is valid") {
  for (const std::string& upn : permanent) {
    CAPTURE(upn);
    CHECK(check_upn(upn).check == UpnCheck::valid);
    CHECK(check_upn(upn).expected_letter == 0);
  }
}

TEST_CASE("a UPN that ends in a letter is temporary") {
  for (const std::string& upn : temporary) {
    CAPTURE(upn);
    CHECK(check_upn(upn).check == UpnCheck::valid_temporary);
  }
}

TEST_CASE("a wrong check letter is told with the right one") {
  for (const auto& [upn, letter] : {std::pair("A886999926001", 'Y'),
                                    {"B207000016049", 'P'},
                                    {"Q207000016049", 'P'},
                                    {"A88699992601A", 'X'}}) {
    CAPTURE(upn);
    const UpnResult result = check_upn(upn);
    CHECK(result.check == UpnCheck::wrong_check_letter);
    CHECK(result.expected_letter == letter);
  }
}

TEST_CASE("a UPN has thirteen characters") {
  for (const char* upn : {"", "Y", "Y88699992600", "Y8869999260011",
                          "Y886999926001 ", " Y886999926001"}) {
    CAPTURE(upn);
    CHECK(check_upn(upn).check == UpnCheck::wrong_length);
  }
}

TEST_CASE(
    "a letter where a digit belongs, or one that is never used, is "
    "refused") {
  for (const char* upn :
       {"I886999926001", "O886999926001", "S886999926001", "1886999926001",
        "y886999926001", "X88699992601S", "X88699992601I", "X88699992601O",
        "X88699992601a", "Y88699B926001", "YA86999926001", "Y8869999260A1",
        "Y88699992600-", "Y 86999926001",
        "\xC3\x89"
        "88699992601"}) {
    CAPTURE(upn);
    CHECK(check_upn(upn).check == UpnCheck::wrong_character);
    CHECK(check_upn(upn).expected_letter == 0);
  }
}

TEST_CASE("every single wrong character of a UPN is caught") {
  for (const auto* examples : {&permanent, &temporary}) {
    for (const std::string& upn : *examples) {
      for (std::size_t at = 0; at < upn.size(); ++at) {
        for (const char other : alphabet) {
          if (other == upn[at]) continue;
          std::string wrong = upn;
          wrong[at] = other;
          // A digit and the letter of its value weigh the same in the last
          // place: the scheme itself cannot tell them apart.
          const std::string_view values = "ABCDEFGHJK";
          const auto same = [&](char digit, char letter) {
            return digit >= '0' && digit <= '9' &&
                   values[static_cast<std::size_t>(digit - '0')] == letter;
          };
          const bool same_weight =
              at == 12 && (same(other, upn[at]) || same(upn[at], other));
          if (passes(wrong) != same_weight) FAIL(wrong);
        }
      }
    }
  }
  SUCCEED();
}

TEST_CASE("every swap of neighbours in a UPN is caught") {
  int swaps = 0;
  for (const auto* examples : {&permanent, &temporary}) {
    for (const std::string& upn : *examples) {
      for (std::size_t at = 0; at + 1 < upn.size(); ++at) {
        if (upn[at] == upn[at + 1]) continue;
        std::string wrong = upn;
        std::swap(wrong[at], wrong[at + 1]);
        ++swaps;
        if (passes(wrong)) FAIL(wrong);
      }
    }
  }
  CHECK(swaps > 50);
}

TEST_CASE("exactly one letter is right for any twelve digits") {
  std::mt19937 random(7);
  for (int i = 0; i < 2000; ++i) {
    std::string upn(13, '0');
    for (char& c : upn) c = static_cast<char>('0' + random() % 10);
    int right = 0;
    char letter = 0;
    for (const char c : alphabet) {
      upn[0] = c;
      if (passes(upn)) ++right, letter = c;
    }
    if (right != 1) FAIL(upn);
    upn[0] = letter == 'A' ? 'B' : 'A';
    if (check_upn(upn).expected_letter != letter) FAIL(upn);
  }
  SUCCEED();
}

TEST_CASE("a UPN as typed is brought into its normal form") {
  CHECK(normal_upn(" y886 9999 26001\t") == "Y886999926001");
  CHECK(normal_upn("Y886999926001") == "Y886999926001");
  CHECK(normal_upn("x88699992601a") == "X88699992601A");
  CHECK(normal_upn("").empty());
  CHECK(check_upn(normal_upn("y886 9999 26001")).check == UpnCheck::valid);
}

TEST_CASE("a ULN with its check digit is valid") {
  for (const std::string& uln : valid_ulns) {
    CAPTURE(uln);
    CHECK(check_uln(uln) == UlnCheck::valid);
  }
}

TEST_CASE("a ULN of nines says that it is not known") {
  CHECK(check_uln("9999999999") == UlnCheck::not_known);
}

TEST_CASE("a ULN that is none is refused for what is wrong with it") {
  CHECK(check_uln("9276308685") == UlnCheck::wrong_check_digit);
  CHECK(check_uln("9876543210") == UlnCheck::wrong_check_digit);
  CHECK(check_uln("0123456789") == UlnCheck::wrong_character);
  CHECK(check_uln("12345A7890") == UlnCheck::wrong_character);
  CHECK(check_uln("123456789O") == UlnCheck::wrong_character);
  CHECK(check_uln("123456789") == UlnCheck::wrong_length);
  CHECK(check_uln("12345678990") == UlnCheck::wrong_length);
  CHECK(check_uln("") == UlnCheck::wrong_length);
  CHECK(check_uln("99999999999") == UlnCheck::wrong_length);
}

TEST_CASE("a stem whose check digit would be ten has no ULN") {
  for (char last = '0'; last <= '9'; ++last) {
    CHECK(check_uln(std::string("987654321") + last) ==
          UlnCheck::wrong_check_digit);
  }
}

TEST_CASE(
    "every single wrong digit and swap of neighbours in a ULN is "
    "caught") {
  for (const std::string& uln : valid_ulns) {
    for (std::size_t at = 0; at < uln.size(); ++at) {
      for (char other = '0'; other <= '9'; ++other) {
        std::string wrong = uln;
        wrong[at] = other;
        if ((check_uln(wrong) == UlnCheck::valid) != (wrong == uln)) {
          FAIL(wrong);
        }
      }
      if (at + 1 == uln.size()) continue;
      std::string swapped = uln;
      std::swap(swapped[at], swapped[at + 1]);
      if ((check_uln(swapped) == UlnCheck::valid) != (swapped == uln)) {
        FAIL(swapped);
      }
    }
  }
  SUCCEED();
}

}  // namespace sendcheck
