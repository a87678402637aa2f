// The parts of a rule's tree that it can come to evaluate, and the tree with one of them made into its neighbour: for whoever asks whether worked cases
// would notice.
#pragma once

#include <compare>
#include <vector>

#include "criteria/tree.hpp"

namespace sendcheck {

// A criterion, and the list whose entry its items read; -1 when it stands outside any.
struct CriterionSpot {
  CriterionId criterion = -1;
  int list = -1;
  auto operator<=>(const CriterionSpot&) const = default;
};
struct ValueSpot {
  ValueId value = -1;
  int list = -1;
  auto operator<=>(const ValueSpot&) const = default;
};

// Each once, ascending by id.
struct TreeParts {
  std::vector<CriterionSpot> criteria;
  std::vector<ValueSpot> values;
};
TreeParts parts_of(const Rule& rule);

// The operator of a criterion or of a value, or the number of an at_least_of, made into another, wherever the very same is asked: what is said in several
// places of a rule is one thing to whoever reads it.
struct TreeChange {
  CriterionId criterion = -1;  // -1: of a value
  CriterionOp criterion_to = CriterionOp::all;
  int n = 0;  // at_least_of: how many
  ValueId value = -1;
  ValueOp value_to = ValueOp::constant;
};

// Every comparison made into its neighbour (at least into more than, before into on or before, is into is not), every combination (all into any; none into the
// opposite, which is any; one more and one fewer of at_least_of), every choice of the largest or smallest. In the order of the tree.
std::vector<TreeChange> changes_of(const Rule& rule);

// The rule with the change. It reads the texts of `rule`, which must outlive it.
Rule with_change(const Rule& rule, const TreeChange& change);

// The parameters that a value rests on, by index, ascending; of tables too.
std::vector<int> parameters_under(const Rule& rule, ValueId value);

}  // namespace sendcheck
