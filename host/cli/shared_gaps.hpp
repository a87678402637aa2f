// One fact that stands in the way of several rules: said once for all of them, not under each.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "domain/decision.hpp"

namespace sendcheck::cli {

// So many rules that ask for the same fact first make a gap of them together.
inline constexpr std::size_t rules_that_share = 3;

struct SharedGap {
  std::string label;                // of the fact
  std::vector<std::string> titles;  // of the rules, in the order of their ids
  std::vector<std::string> who;  // of the pupils, in the order of the register
  std::size_t decisions = 0;
};

class SharedGaps {
 public:
  // Pupil by pupil, in the order of the register.
  void add(const std::string& upn, const std::string& who,
           const Decision& decision);

  // Whether a decision asks for such a fact first. Needs all to have been added.
  bool covers(const Decision& decision) const;
  // Those that hold up most decisions first.
  std::vector<SharedGap> gaps() const;

 private:
  struct Waiting {
    std::string label;
    std::map<std::string, std::string> titles;  // by rule id
    std::set<std::string> upns;
    std::vector<std::string> who;
    std::size_t decisions = 0;
  };
  std::map<std::string, Waiting> by_fact_;
};

}  // namespace sendcheck::cli
