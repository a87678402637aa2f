// What both hosts write of a pupil without explanation, byte for byte alike:
// {"upn":"...","decisions":[{"rule":"...","outcome":"met","amount":"975.00","due":null}]}
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace sendcheck::bench {

// Identifiers of made-up pupils and of rules need no escapes.
class OutcomeLine {
 public:
  OutcomeLine(std::string& out, std::string_view upn) : out_(out) {
    out_.append("{\"upn\":\"").append(upn).append("\",\"decisions\":[");
  }
  void decision(std::string_view rule, std::string_view outcome) {
    out_.append(first_ ? "{\"rule\":\"" : ",{\"rule\":\"").append(rule);
    out_.append("\",\"outcome\":\"").append(outcome).append("\",\"amount\":");
    first_ = false;
  }
  void no_amount() { out_.append("null,\"due\":"); }
  void amount(std::int64_t pence) {
    out_ += '"';
    number(pence / 100);
    out_ += '.';
    two_digits(static_cast<int>(pence % 100));
    out_.append("\",\"due\":");
  }
  void no_due() { out_.append("null}"); }
  void due(int year, int month, int day) {
    out_ += '"';
    number(year);
    out_ += '-';
    two_digits(month);
    out_ += '-';
    two_digits(day);
    out_.append("\"}");
  }
  void end() { out_.append("]}\n"); }

 private:
  void number(std::int64_t value) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out_.append(digits, end);
  }
  void two_digits(int value) {
    out_ += static_cast<char>('0' + value / 10);
    out_ += static_cast<char>('0' + value % 10);
  }

  std::string& out_;
  bool first_ = true;
};

}  // namespace sendcheck::bench
