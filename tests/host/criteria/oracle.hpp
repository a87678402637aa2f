// What a rule means, told a second time and as plainly as can be: a rule as drafted, two-valued, in a world where every fact is known.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "criteria/draft.hpp"
#include "small_world.hpp"

namespace sendcheck {

using PlainEntry = std::array<Plain, 3>;

// One way in which everything could be.
struct Completion {
  std::vector<Plain> facts;
  std::vector<char> stated;  // of facts: the record says it (for is_known)
  std::vector<std::vector<PlainEntry>> lists;
  std::map<std::string, bool> judgements;
};

class Oracle {
 public:
  using Given = std::map<std::string, std::vector<Plain>>;  // of parameters
  Oracle(const DraftRule& rule, const SmallWorld& world, const Given& given);

  bool holds(CriterionId id, const Completion& all);
  // Nothing when there is no value.
  std::optional<Plain> value(ValueId id, const Completion& all);

  // The list entry that `item` reads, for as long as somebody sets it.
  const PlainEntry* item = nullptr;

 private:
  bool compare(CriterionOp op, std::optional<Plain> left,
               std::optional<Plain> right) const;
  bool is_rank(ValueId id) const;
  std::vector<const PlainEntry*> counted(ValueId id, const Completion& all);

  const DraftRule& rule_;
  const SmallWorld& world_;
  const Given& given_;
  std::vector<int> value_slot_;      // fact, list or field by value
  std::vector<int> criterion_slot_;  // list by criterion
  std::vector<int> field_slot_;
};

}  // namespace sendcheck
