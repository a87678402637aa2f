// The reasons of a rule under one binding, in two parts: the text that is the same for every pupil, made once, and what is found of one.
#pragma once

#include <string>
#include <vector>

#include "criteria/describe.hpp"
#include "criteria/evaluation.hpp"
#include "domain/rule_text.hpp"

namespace sendcheck {

class Reasons {
 public:
  // `blank` evaluates a record that states nothing: what is found of it stands in the text. Nothing of the arguments is kept.
  //
  // Of one criterion and all below it: for each its label, source, what is needed.
  static Reasons of_criterion(Evaluation& blank, const Describer& describer,
                              CriterionId criterion);
  // Of the whole rule: whether it is about the pupil, what makes it met, when a person decides. Of a closed scheme only the first.
  static Reasons of_rule(Evaluation& blank, const Describer& describer,
                         bool closed);

  const std::vector<ReasonLine>& lines() const { return lines_; }

  // What the evaluation of a record comes to, line by line: for each the result, and what was found and by how much it is missed, where that is not
  // what the text says. Needs an evaluation under the same rule and binding.
  // `found` is emptied first.
  void find(Evaluation& evaluation, const Describer& describer,
            Found& found) const;

 private:
  friend class ReasonsBuilder;
  friend class ReasonsFinder;

  // What a line is found from.
  struct Source {
    CriterionId criterion = -1;  // -1: the whole rule
    // Entries that are found: of which list, and the fields that are told of.
    int list = -1;
    std::vector<int> fields;
    // The whole rule: so many parts decide it; none, nothing does.
    std::size_t deciding = 0;
    // The first line of a block: so many lines it has.
    std::size_t size = 0;
    // And the first lines of entries of lists that stand among them.
    std::vector<int> entries;
    // Of entries: the first line of earlier ones, of the same list, of which the same is asked in the same words. Of any other line, an earlier one of its block that asks the same in
    // the same words: what is found of that is found of this. -1: none.
    int same_as = -1;
  };

  std::vector<ReasonLine> lines_;
  std::vector<Source> sources_;  // by line
};

// What is found of a criterion that is no combination, and what it needs.
struct FoundAt {
  std::string have;
  std::string need;
};
FoundAt found_at(Evaluation& evaluation, const Describer& describer,
                 CriterionId criterion);

}  // namespace sendcheck
