// Decisions as they were written, for pupils who are alike in everything that a rule reads. Most are: of twenty thousand pupils some hundreds differ to the
// eyes of a rule. Belongs to one thread, and to one form of output.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "criteria/evaluation.hpp"
#include "domain/record.hpp"
#include "domain/rule_text.hpp"

namespace sendcheck {

// The cells of a record that a rule can read, in whatever way: to judge, to explain, to look for a way to a yes.
class CellsRead {
 public:
  // Of a rule without functions: what those read shows only when they run.
  CellsRead(const Rule& rule, const Catalogue& catalogue);

  // Adds what these cells state to `key`. Two records with the same key are alike in all of them.
  void append_to(std::string& key, const Record& record) const;
  // A date of birth of which the rule asks the age today, and nothing else, is not among the cells: the ages have to be added then.
  bool has_ages() const { return !ages_.empty(); }
  void append_ages(std::string& key, Evaluation& evaluation) const;

 private:
  void find_ages(const Rule& rule);

  std::vector<int> scalars_;
  std::vector<ValueId> ages_;  // instead of the date that they are counted from
  struct ListRead {
    int slot;
    std::vector<int> fields;
  };
  std::vector<ListRead> lists_;
};

class KeptDecisions {
 public:
  // In about so much memory; 0: nothing is kept.
  explicit KeptDecisions(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  bool keeps() const { return most_bytes_ > 0; }

  struct Kept {
    Outcome outcome = Outcome::error;
    const RuleText* text = nullptr;
    std::string written;
  };
  // Null: nothing is kept under that key. What is found or kept stays where it is until make_room().
  const Kept* find(std::string_view key);
  const Kept& keep(std::string_view key, Kept decision);
  void make_room();

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view key) const {
      return std::hash<std::string_view>()(key);
    }
  };
  using Map = std::unordered_map<std::string, Kept, Hash, std::equal_to<>>;

  static std::size_t bytes_of(std::string_view key, const Kept& kept);

  std::size_t most_bytes_;
  // What was not asked for while `recent_` was filled is let go of.
  Map recent_, former_;
  std::size_t recent_bytes_ = 0;
};

}  // namespace sendcheck
