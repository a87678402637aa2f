// What the search for missing facts and for ways to a yes can tell two pupils apart by. It is less than an explanation shows: whether a score is 82 or 83 is told to the reader, but
// where the rule only compares it with 84, the same is missing and the same ways are open.
#pragma once

#include <string>
#include <vector>

#include "engine/kept_decisions.hpp"

namespace sendcheck {

class CellsSearched {
 public:
  // Of the cells that a rule reads. A cell is told by what its comparisons come to instead of by its value where nothing else is made of it, it is no number that
  // can be changed (that is shown with its gap), no text, and it says not what its entry is about. An entry about something else than the rule looks for (evidence of another type, an arrangement that is not asked for) is passed over.
  CellsSearched(const Rule& rule, const Binding& binding,
                const Catalogue& catalogue, const CellsRead& read);

  // Two records with the same key miss the same and have the same ways. `evaluation` is of this record.
  void append_to(std::string& key, const Record& record,
                 Evaluation& evaluation) const;

 private:
  struct Cell {
    int slot = -1;
    bool is_compared = false;
    std::vector<CriterionId> comparisons;  // of a cell that is compared
  };
  struct Age {
    ValueId value = -1;
    bool is_compared = false;
    std::vector<CriterionId> comparisons;
  };
  struct Entries {
    int slot = -1;
    std::vector<Cell> fields;
    // Where entries that the rule does not look for may be passed over: the field that says what an entry is about, and for each criterion that looks through the list the comparisons of that
    // field which stand in its way where they are not met.
    int subject = -1;
    std::vector<std::vector<CriterionId>> looked_for;
  };
  static bool is_looked_for(const Entries& entries, Evaluation& evaluation);

  std::vector<Cell> scalars_;
  std::vector<Age> ages_;
  std::vector<Entries> lists_;
};

}  // namespace sendcheck
