// Whether the worked cases of a rule stand just below, at and just above each figure that decides: thresholds that a fact, an amount or a date is compared
// with, and the edges of bands in tables. Where none stands, a case is proposed: one that is near, with one fact changed, and what the rule gives for it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "casework/case_bench.hpp"

namespace sendcheck {

// What is proposed is what the rule does today, not what it should do: a person has to say that it is right.
struct ProposedCase {
  std::string sentence;
  std::string json;  // an entry of "cases", on one line
  Outcome outcome = Outcome::error;
};

struct BoundarySide {
  enum class Where { below, at, above };
  Where where = Where::at;
  std::string shown_by;  // the sentence of a case that stands here; else empty
  std::optional<ProposedCase> proposed;
  // Nothing can stand here: the fact has no such values (fewer than no sessions).
  bool out_of_reach = false;

  bool is_lacking() const { return shown_by.empty() && !out_of_reach; }
};
std::string_view in_words(BoundarySide::Where where);  // "just below"

struct Threshold {
  std::string
      figure;  // the parameters' labels, with what stands there: "a below-average score (84)"
  std::string
      criterion;  // the label of what compares; of a band, what is looked up
  std::string asks;
  std::string source;
  std::vector<BoundarySide> sides;

  bool is_pinned() const;  // nothing is lacking
};

struct Boundaries {
  std::vector<Threshold> thresholds;
  int pinned() const;
};

// "Just below" is where one step of one fact (one, a penny, a day) reaches the figure, "just above" where one leaves it.
Boundaries boundaries_of(CaseBench& bench);

// The proposed cases as a file of cases (sendcheck-cases/1).
std::string cases_file(const std::vector<const ProposedCase*>& proposed);

}  // namespace sendcheck
