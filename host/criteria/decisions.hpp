// Decision tables in an evaluation: what a table gives for inputs of which some are not known. For the sources of this layer.
//
// Each input is in one class of values (domain/decision_table.hpp) or, where it is not known, in one of several. A table gives an answer when it gives the
// same for every combination of them. Inputs count as independent of one another, although one fact may stand in two: that can leave an answer open, and
// never gives a wrong one.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "criteria/describe.hpp"
#include "criteria/evaluation.hpp"

namespace sendcheck {

void bind_decisions(const Tree& tree, const Catalogue& catalogue,
                    const std::vector<ParameterSpec>& specs, Binding& binding);

bool is_decision(ValueOp op);

// What a table gives for inputs in one class each.
struct TableAnswer {
  enum class Kind {
    value,
    none,      // no row, no default
    conflict,  // rows match that may not match together
    too_large,
    open  // what is looked for in a list is not known itself
  };
  Kind kind = Kind::none;
  Value value;
  bool operator==(const TableAnswer&) const = default;
};

class TableAsked {
 public:
  // `value` is a decision of the evaluation's rule, and its table is given.
  TableAsked(Evaluation& evaluation, ValueId value);

  // An input that is itself outside a table settles the matter.
  bool is_outside() const { return is_outside_; }
  // Every answer that is possible, each once; empty when there are too many combinations to go through.
  std::vector<TableAnswer> answers();
  // Can the answer still turn on this input? True when there are too many combinations to say.
  bool turns_on(std::size_t input);
  // Of inputs in one class each: the rows that match.
  RowSet matching() const;
  bool is_certain() const;

 private:
  // The different sets of rows that one input may match.
  std::vector<RowSet> alternatives(std::size_t input);
  TableAnswer answer(const RowSet& rows);
  template <class Leaf>
  bool each(std::size_t input, std::size_t without, const RowSet& rows,
            Leaf&& leaf);

  Evaluation& evaluation_;
  const Binding::Decide& decide_;
  const ValueNode& node_;
  Estimate sought_;
  bool is_outside_ = false;
  std::vector<std::vector<RowSet>> inputs_;
  std::size_t visits_ = 0;
};

// Which rows of a decision table counted, with what was found of its inputs: "line 4, for the type of need K and the hours 12". Empty where that is
// not certain.
std::string rows_that_counted(Evaluation& evaluation,
                              const Describer& describer, ValueId value);

// The same of every decision table under a value, once each, with the table's name.
std::vector<std::pair<std::string, std::string>> rows_that_counted_under(
    Evaluation& evaluation, const Describer& describer, ValueId value);

}  // namespace sendcheck
