// A worked case moved to where a figure decides: one fact of it, the number of entries of one of its lists, or its day. For the sources of this layer.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "casework/case_boundaries.hpp"

namespace sendcheck {

// Two values that are compared; or one, and the edge of a band.
struct Compared {
  int list = -1;  // whose entry is in hand
  ValueId left = -1;
  ValueId right = -1;  // -1: `edge`
  Number edge;
  const Table* table = nullptr;  // an edge: only where this one is in force
  ValueId looked_up = -1;        // an edge: the look_up
};

// What of a case is moved.
struct Handle {
  enum class Of { cell, entries, day };
  Of of = Of::cell;
  FactKey cell;  // entries: the entry of which there are more or fewer
};

// What became of a case. The texts of its record are those of the case's.
struct Made {
  Record record;
  Date as_of;
};

int sign_of(Number number);  // -1, 0, 1

class MovedCase {
 public:
  // All must outlive it. `entry` is that of the list in hand; the case must be judged by an edition.
  MovedCase(CaseBench& bench, const CaseBench::Case& one, int entry,
            const Compared& compared)
      : bench_(bench), case_(one), entry_(entry), compared_(compared) {}

  // How far the left stands above the right; nothing where one of them is not known.
  std::optional<Number> distance(const Made& made) const;
  Made unmoved() const;
  // Whatever could change the distance; the day comes last.
  std::vector<Handle> handles() const;
  // By so many steps; nothing where the fact can be no such thing.
  std::optional<Made> moved(const Handle& handle, std::int64_t steps) const;
  // "where the score is 84"
  std::string words_of(const Handle& handle, const Made& made) const;

 private:
  const FactSpec& spec_of(const FactKey& cell) const;
  static std::optional<Made> with_entries(const FactKey& which,
                                          std::int64_t more, Made made);
  void add_counted(ValueId id, std::set<std::pair<int, int>>& entries) const;

  CaseBench& bench_;
  const CaseBench::Case& case_;
  int entry_;
  const Compared& compared_;
};

// Along one handle: how many steps make the left stand just below, at and just above the right. It takes the left to go one way as the fact does; what
// it finds was tried.
class Crossing {
 public:
  Crossing(const MovedCase& moved, const Handle& handle)
      : handling_(moved), handle_(handle) {}

  std::optional<std::int64_t> steps_to(BoundarySide::Where where);
  // What was looked for last lies beyond what the fact can be.
  bool is_out_of_reach() const { return hit_bound_ && !crossed_; }

 private:
  std::optional<int> sign_at(std::int64_t steps);
  std::optional<std::int64_t> first_not_below(int least);
  std::int64_t last_known(std::int64_t known, std::int64_t unknown);
  std::optional<std::int64_t> last_below();

  const MovedCase& handling_;
  const Handle& handle_;
  bool hit_bound_ = false;
  bool crossed_ = false;  // though perhaps from one side to the other
  int up_ = 1;
  std::map<std::int64_t, std::optional<int>> signs_;  // by steps
};

}  // namespace sendcheck
