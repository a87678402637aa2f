// Why two decisions about one pupil under one rule differ: the criterion that came out otherwise.
#pragma once

#include <string>

#include "domain/decision.hpp"

namespace sendcheck {

struct Cause {
  enum class Kind {
    criterion,  // one came out otherwise: what was found, and what was needed
    working,    // a line of the amount's working is another
    date,       // the date moved
    in_force,   // the rule came into force, ended, or is another's
    words       // none of these: what the later decision says of itself
  };
  Kind kind = Kind::words;
  std::string label;
  std::string source;  // the criterion's, as its rule gives it
  // Of the criterion: its results; empty where that side does not ask it.
  std::string result_before, result_after;
  std::string found_before, found_after;
  std::string need_before, need_after;
  int others = 0;  // further criteria that came out otherwise by themselves

  // "what the school meets itself: needed more than £6,000 a year, now more than £6,500 a year; found £6,200"
  std::string in_words() const;
  // The same without what was found of the pupil.
  std::string in_words_of_all() const;
};
std::string_view name_of(Cause::Kind kind);

// Null: the rule is not asked on that side. At least one is not null.
Cause cause_of(const Decision* before, const Decision* after);

}  // namespace sendcheck
