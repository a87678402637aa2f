// A record of the small world, and everything that its missing facts could be.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "domain/record.hpp"
#include "oracle.hpp"
#include "random_rule.hpp"

namespace sendcheck {

// A fact that can still be one thing or another: it is missing, or stated and an adult can change it.
struct Open {
  enum class Kind { fact, cell, more_entries, judgement };
  Kind kind = Kind::fact;
  int fact = -1;
  int list = -1;
  int entry = -1;
  int field = -1;
  std::string path;  // as the code under test names it
  bool stated = false;
  bool is_step = false;  // not yet taken: no gap in the record
  std::vector<Plain> values;
  std::vector<std::vector<PlainEntry>> entries;  // more_entries
  int now = 0;                                   // stated: which value

  int size() const {
    return static_cast<int>(kind == Kind::more_entries ? entries.size()
                                                       : values.size());
  }
};

struct RandomRecord {
  Record record;
  Completion base;         // with what is stated
  std::vector<Open> open;  // the missing first
  int missing = 0;         // how many of them
};

// What a rule reads, stated or not.
RandomRecord random_record(std::mt19937& random, const SmallWorld& world,
                           const RandomRule& rule);

// All that a rule comes to: for each way in which everything open can be.
class Outcomes {
 public:
  Outcomes(const SmallWorld& world, const RandomRule& rule,
           const RandomRecord& record);

  static std::size_t combinations(const RandomRecord& record);

  // With these (by bit) of the open facts free to be chosen or supplied, the other missing ones unknown and the other stated ones as they are.
  struct Seen {
    bool met = false, not_met = false;
  };
  Seen seen();
  bool turns_on(std::size_t index);
  // Ends decide a comparison: where it is one way in every completion, is it so because all values lie on one side? (Twice a whole number is never 3, but
  // that takes more than ends.)
  bool ends_decide(CriterionId comparison);
  // Some choice of those makes it met whatever the other missing facts are.
  bool forced_by(unsigned chosen);
  // Some choice of those, and some others, make it met.
  bool met_by(unsigned chosen);

 private:
  const std::vector<char>& table(unsigned supplied);
  template <class Visit>
  void each(unsigned chosen, Visit visit);
  void set(Completion& all, std::size_t index, int choice) const;

  const SmallWorld& world_;
  const RandomRule& rule_;
  const RandomRecord& record_;
  Oracle oracle_;
  bool asks_whether_known_ = false;
  std::map<unsigned, std::vector<char>> tables_;
};

}  // namespace sendcheck
