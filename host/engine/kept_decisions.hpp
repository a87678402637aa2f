// Decisions as they were written, for pupils who are alike in everything that a rule reads. Most are: of twenty thousand pupils some hundreds differ to the
// eyes of a rule. Belongs to one thread, and to one form of output.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
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

  struct ListRead {
    int slot;
    std::vector<int> fields;
  };
  const std::vector<int>& scalars() const { return scalars_; }
  const std::vector<ValueId>& ages() const { return ages_; }
  const std::vector<ListRead>& lists() const { return lists_; }

 private:
  void find_ages(const Rule& rule);

  std::vector<int> scalars_;
  std::vector<ValueId> ages_;  // instead of the date that they are counted from
  std::vector<ListRead> lists_;
};

// Adds to a key. No two values look alike, nor two rows of values.
void append_value(std::string& key, const Value& value);
void append_size(std::string& key, const List& list);

// What was made for a key, in about so much memory.
template <class What>
class KeptByKey {
 public:
  // 0: nothing is kept.
  explicit KeptByKey(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  bool keeps() const { return most_bytes_ > 0; }

  // Null: nothing is kept under that key. What is found or kept stays where it is until make_room().
  const What* find(std::string_view key) {
    const auto recent = recent_.find(key);
    if (recent != recent_.end()) return &recent->second;
    const auto former = former_.find(key);
    if (former == former_.end()) return nullptr;
    recent_bytes_ += bytes_of(key, former->second);
    return &recent_.insert(former_.extract(former)).position->second;
  }
  const What& keep(std::string_view key, What what) {
    recent_bytes_ += bytes_of(key, what);
    return recent_.insert_or_assign(std::string(key), std::move(what))
        .first->second;
  }
  void make_room() {
    if (recent_bytes_ < most_bytes_ / 2) return;
    former_ = std::exchange(recent_, {});
    recent_bytes_ = 0;
  }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view key) const {
      return std::hash<std::string_view>()(key);
    }
  };
  using Map = std::unordered_map<std::string, What, Hash, std::equal_to<>>;

  static std::size_t bytes_of(std::string_view key, const What& what) {
    // Of a map's node, about.
    constexpr std::size_t overhead = 160;
    return key.size() + what.bytes() + overhead;
  }

  std::size_t most_bytes_;
  // What was not asked for while `recent_` was filled is let go of.
  Map recent_, former_;
  std::size_t recent_bytes_ = 0;
};

struct KeptDecision {
  Outcome outcome = Outcome::error;
  const RuleText* text = nullptr;
  std::string written;

  std::size_t bytes() const { return written.size(); }
};

struct KeptWays {
  std::shared_ptr<Ways> ways;

  // About, before they were written.
  std::size_t bytes() const;
};

}  // namespace sendcheck
