// Which planted changes of a rule its worked cases notice: each figure moved one step up and down, each comparison made into its neighbour, each combination
// into another. A change that no case notices is one that somebody could make by mistake tomorrow.
#pragma once

#include <string>
#include <vector>

#include "casework/case_bench.hpp"

namespace sendcheck {

struct PlantedChange {
  enum class Of { parameter, criterion, value };
  Of of = Of::parameter;
  // What was changed, the same whatever the editions say, and unlike every other of the rule: "\"a below-average score\" went up by 1". Follows "if".
  std::string words;
  std::string
      detail;  // parameter: "84 became 85"; criterion: what it asks; may be empty
  std::string source;      // criterion: its clause; may be empty
  std::string noticed_by;  // the sentence of a case; empty: no case notices it
  std::string excused;     // why none can, as the author says; else empty

  bool is_noticed() const { return !noticed_by.empty(); }
};
std::string_view name_of(PlantedChange::Of of);

struct PlantedChanges {
  std::vector<PlantedChange> changes;
  // Excuses that name no change, or one that a case notices: in words, with their place.
  std::vector<std::string> wrong_excuses;

  int planted() const { return static_cast<int>(changes.size()); }
  int noticed() const;
  // Neither noticed nor excused.
  std::vector<const PlantedChange*> survivors() const;
};

// Needs cases that somebody stands for; those that are not as expected now notice nothing. `excused` are of this rule.
PlantedChanges plant_changes(CaseBench& bench,
                             const std::vector<const ExcusedChange*>& excused);

// A figure of a parameter one step up (1) or down (-1): a penny, a day, one, or one in the last place of a decimal. Nothing where it has no step (a text) or
// that would leave the parameter's bounds.
std::optional<Value> one_step(const Value& value, ParameterType type,
                              const std::optional<Number>& minimum,
                              const std::optional<Number>& maximum,
                              int direction);
// The size of such a step, in the unit of number_of().
Number step_of(const Value& value, ParameterType type);

}  // namespace sendcheck
