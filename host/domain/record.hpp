// The pupil record: what one pupil's file states, in the slots of the catalogue.
#pragma once

#include <string>
#include <vector>

#include "domain/catalogue.hpp"
#include "domain/value.hpp"

namespace sendcheck {

// A list fact. Absent is not empty: an empty list states that there are none.
struct List {
  bool stated = false;
  int width = 0;             // fields of an entry
  std::vector<Value> cells;  // entry after entry, each `width` wide

  int size() const {
    return width == 0 ? 0 : static_cast<int>(cells.size()) / width;
  }
  const Value* entry(int index) const {
    return cells.data() + static_cast<std::ptrdiff_t>(index) * width;
  }
};

struct Record {
  std::vector<Value> scalars;  // by slot; as long as catalogue.scalars()
  std::vector<List> lists;     // by slot; as long as catalogue.lists()
  TextArena texts;             // what the values' texts point into

  // All unknown, in the shape of the catalogue.
  static Record empty(const Catalogue& catalogue);
  // The same, in place, keeping what was allocated.
  void reset();
};

// The text of a text fact; empty when it is not stated, or for slot -1.
std::string_view text_of(const Record& record, int slot);
// "Robin Testwell", or what of it is stated.
std::string name_of(const Record& record, const Catalogue& catalogue);

}  // namespace sendcheck
