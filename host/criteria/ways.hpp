// What both the search for ways to a yes and the look whether there can be one ask of a record. For the sources of this layer.
#pragma once

#include "criteria/evaluation.hpp"

namespace sendcheck {

// The fewest entries that "at least" or "more than" a number asks for.
int fewest(Number bound, bool above);

// Can an entry be added to a list that would satisfy `where` (-1: any).
bool can_add_entry(Evaluation& evaluation, int list, CriterionId where);

// Is it something that an adult can change.
bool is_actionable(const Catalogue& catalogue, FactKey cell);

// True: no steps make the criterion `wanted`, and none need be looked for. False says nothing.
bool is_hopeless(Evaluation& evaluation, CriterionId criterion, Truth wanted);

}  // namespace sendcheck
