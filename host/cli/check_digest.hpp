// What a reader wants to see first of a whole check: how each rule came out, and which dates are near.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "casework/check_register.hpp"

namespace sendcheck::cli {

// Days within which a deadline is worth a line of its own.
inline constexpr int soon_days = 60;

struct DigestRule {
  std::string id;
  std::string title;
  std::string kind;
  std::string edition;
  std::map<Outcome, std::size_t> outcomes;

  std::size_t count(Outcome outcome) const {
    const auto found = outcomes.find(outcome);
    return found == outcomes.end() ? 0 : found->second;
  }
};

struct DigestDate {
  Due due;
  std::string upn;
  std::string who;
  std::string title;

  bool overdue() const { return due.state == Due::State::overdue; }
  std::string when() const;  // "21 November 2026, 1 day overdue"
};

class CheckDigest {
 public:
  void add(const CheckedPupil& pupil);

  // Statutory rules first, then funding, access arrangements, monitoring; within a kind by id.
  std::vector<const DigestRule*> rules() const;
  // Duties that are overdue or due within soon_days, earliest first.
  std::vector<DigestDate> dates() const;

 private:
  std::map<std::string, DigestRule> rules_;
  std::vector<DigestDate> dates_;
};

// "Robin Testwell (year 10)", or the UPN.
std::string who(const CheckedPupil& pupil);

}  // namespace sendcheck::cli
