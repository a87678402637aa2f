#include "flips.hpp"

namespace shipped {

const std::vector<Survivor>& survivors() {
  static const std::vector<Survivor> table = {
      {"penalty-notice-threshold/rule.lua",
       "return a.week_beginning < b.week_beginning", "<",
       "entries for one and the same week have no order of their own"},
      {"penalty-notice-threshold/rule.lua", "if running > most then", ">",
       "the most stays the most when an equal number takes its place"},
      {"shared/applications.lua", "sent < entry.on)", "<",
       "of two forms of one day either gives that day"},
  };
  return table;
}

}  // namespace shipped
