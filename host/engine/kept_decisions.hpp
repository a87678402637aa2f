// Decisions as they were written, for pupils who are alike in everything that a rule reads. Most are: of twenty thousand pupils some hundreds differ to the
// eyes of a rule. Belongs to one thread, and to one form of output.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/large_pages.hpp"
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

std::string_view copied(std::string_view text,
                        std::pmr::memory_resource& memory);

// What was made for a key, in about so much memory. Keys and what they are kept with lie close together, in stretches that are let go of as a whole.
template <class What>
class KeptByKey {
 public:
  // 0: nothing is kept.
  explicit KeptByKey(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  bool keeps() const { return most_bytes_ > 0; }

  // Null: nothing is kept under that key. What is found or kept stays where it is until make_room().
  const What* find(std::string_view key) {
    const auto recent = recent_->map.find(key);
    if (recent != recent_->map.end()) return &recent->second;
    if (!former_) return nullptr;
    const auto former = former_->map.find(key);
    return former == former_->map.end() ? nullptr : &keep(key, former->second);
  }
  // Of a key that is not known yet.
  const What& keep(std::string_view key, const What& what) {
    recent_bytes_ += bytes_of(key, what);
    const std::string_view kept = copied(key, recent_->words);
    return recent_->map.try_emplace(kept, what.kept_in(recent_->words))
        .first->second;
  }
  void make_room() {
    if (recent_bytes_ < most_bytes_ / 2) return;
    former_ = std::exchange(recent_, std::make_unique<Stretch>());
    recent_bytes_ = 0;
  }

 private:
  struct Stretch {
    // Apart, so that whoever looks for a key passes through little memory.
    std::pmr::monotonic_buffer_resource words{large_pages()};
    std::pmr::monotonic_buffer_resource nodes{large_pages()};
    std::pmr::unordered_map<std::string_view, What> map{&nodes};
  };

  static std::size_t bytes_of(std::string_view key, const What& what) {
    // Of a map's node and its place, about.
    constexpr std::size_t overhead = 96;
    return key.size() + what.bytes() + overhead;
  }

  std::size_t most_bytes_;
  std::unique_ptr<Stretch> recent_ = std::make_unique<Stretch>();
  // What was not asked for while `recent_` was filled is let go of with it.
  std::unique_ptr<Stretch> former_;
  std::size_t recent_bytes_ = 0;
};

struct KeptDecision {
  Outcome outcome = Outcome::error;
  const RuleText* text = nullptr;
  std::string_view written;

  std::size_t bytes() const { return written.size(); }
  KeptDecision kept_in(std::pmr::memory_resource& memory) const {
    return {outcome, text, copied(written, memory)};
  }
};

struct KeptWays {
  std::shared_ptr<Ways> ways;

  // About, before they were written.
  std::size_t bytes() const;
  KeptWays kept_in(std::pmr::memory_resource&) const { return *this; }
};

}  // namespace sendcheck
