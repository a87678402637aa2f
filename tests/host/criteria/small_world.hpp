// A world small enough to be looked at from end to end: a few facts with a few values each.
#pragma once

#include <string>
#include <vector>

#include "domain/catalogue.hpp"

namespace sendcheck {

// One of a fact's values: a truth (0, 1), a number, pounds, days since 1970, the index of a code, or of `small_texts`.
using Plain = long;

inline const std::vector<std::string> small_texts = {"p", "q", "zz"};

struct SmallFact {
  std::string path;
  FactType type = FactType::boolean;
  std::vector<Plain> values;  // all that it can be
  bool actionable = false;
  bool is_step = false;  // not_yet, after "started_on"
  bool implied = false;  // ... unless "phase" is done
  bool open = false;
  bool is_wide = false;  // too many values for all of them to be tried together
};

struct SmallList {
  std::string path;
  std::vector<SmallFact> fields;
  bool open = false;
  bool actionable = false;
  bool absent_is_none = false;
};

struct SmallWorld {
  Catalogue catalogue;
  std::vector<SmallFact> facts;
  std::vector<SmallList> lists;
  Date as_of;

  // -1 when there is none.
  int fact(const std::string& path) const;
  int list(const std::string& path) const;
};
SmallWorld make_small_world();

// A plain value as the record holds it.
Value record_value(FactType type, Plain plain);

}  // namespace sendcheck
