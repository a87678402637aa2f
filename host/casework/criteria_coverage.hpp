// Which criteria of a rule its worked cases show met, not met and unknown, and what kind of case would show the rest.
//
// What a criterion can come to is worked out here. From its kind: an open list is never refuted, a criterion over parameters alone hangs on the edition.
// Unknown: by taking facts away from the records of the cases and looking whether it becomes so; but not the fact that says what an entry of a list is
// about, without which it would be about nothing. A combination that is met (or not) by a single change of a coded fact of some case counts as one that
// can be; one that is not has parts that exclude each other, or leave nothing out.
#pragma once

#include <string>
#include <vector>

#include "casework/case_bench.hpp"

namespace sendcheck {

struct UnseenTruth {
  Truth truth = Truth::unknown;
  std::string
      shown_by;  // "a case like "..." in which the SEN status is not stated"
};

struct CriterionCoverage {
  std::string label;  // as the rule's page has it
  std::string
      asks;  // what it says, where the label is the author's; else empty
  std::string source;               // the clause; may be empty
  std::vector<UnseenTruth> unseen;  // what it can come to and does in no case
};

struct RuleCoverage {
  int criteria = 0;
  std::vector<CriterionCoverage> lacking;  // in the order of the tree
};

RuleCoverage coverage_of(CaseBench& bench);

}  // namespace sendcheck
