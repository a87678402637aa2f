// An impact by group: primary need, phase, year, school, authority; and by protected characteristics, of which nothing small is said.
//
// In a table of a protected characteristic no number from 1 to 4 is said, and no amount that so few pupils have: the whole row of such a group is held back. So that
// it cannot be worked out from the total and the other rows either, further rows are held back, the smallest first, until what is held back is of
// at least two groups and all of it together has no such number, but for one that is the total's own; where that cannot be, every row is.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "casework/impact_tally.hpp"
#include "domain/catalogue.hpp"
#include "domain/record.hpp"

namespace sendcheck {

inline constexpr std::int64_t fewest_shown = 5;

struct GroupRow {
  std::string code;        // as the record states it; empty: not stated
  std::string label;       // in words
  bool held_back = false;  // then the tally is empty
  Tally tally;
};

struct GroupTable {
  std::string fact;   // "sex"
  std::string label;  // "Sex"
  bool is_protected = false;
  std::vector<GroupRow> rows;  // in the order of the codes; of a text by label
};

// Holds back what is small, and what would give it away. In place.
void hold_back(GroupTable& table, const Tally& total);
// Whether a tally can be shown: no number from 1 to 4 in it.
bool can_be_shown(const Tally& tally);

class ImpactGroups {
 public:
  explicit ImpactGroups(const Catalogue& catalogue);

  // The tallies that a pupil counts in, one for each table. They live until the next call.
  const std::vector<Tally*>& of(const Record& record);
  // With the protected tables held back.
  std::vector<GroupTable> tables(const Tally& total) const;

 private:
  struct Dimension {
    std::string fact;
    std::string label;
    bool is_protected = false;
    int slot = -1;       // of the scalar; -1: the primary need
    int name_slot = -1;  // of a text that names what `slot` numbers
    struct Cell {
      std::string label;
      Tally tally;
    };
    std::map<int, Tally> by_code = {};  // -1: not stated
    std::map<std::string, Cell> by_text = {};
  };
  Tally& tally_of(Dimension& dimension, const Record& record);

  const Catalogue& catalogue_;
  int needs_ = -1, need_type_ = -1, need_rank_ = -1;
  std::vector<Dimension> dimensions_;
  std::vector<Tally*> found_;
};

}  // namespace sendcheck
