// Random small rules over the small world.
#pragma once

#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "draft_builder.hpp"
#include "oracle.hpp"

namespace sendcheck {

struct RandomRule {
  DraftBuilder draft;
  Oracle::Given given;
  std::vector<ParameterSpec> parameters;
  std::vector<EffectiveParameter> effective;
  std::vector<CriterionId> leaves;  // comparisons and criteria of entries
  std::set<std::string> facts;      // that it reads, and lists
  std::set<std::string> questions;
};

// With `once`, no fact stands in two places; else few facts stand in many. Nothing when the world has run out of facts.
std::optional<RandomRule> random_rule(std::mt19937& random,
                                      const SmallWorld& world, bool once);

}  // namespace sendcheck
