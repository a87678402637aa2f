// What a Lua script itself compares, inside `test` and `compute`, and each comparison turned round: < into <=, > into >=, == into ~=. What the vocabulary
// compares is turned round by the program (casework/planted_changes.hpp).
#pragma once

#include <string>
#include <vector>

namespace shipped {

struct Flip {
  std::size_t at = 0;  // where in the script, in bytes
  int line = 0;
  std::string from;
  std::string to;
};

// In the order of the script.
std::vector<Flip> flips_of(const std::string& source);
std::string flipped(const std::string& source, const Flip& flip);

// A comparison that no case can pin, and why.
struct Survivor {
  const char* script;  // "pupil-premium/rule.lua", "shared/jcq.lua"
  // The words round it, as they stand in the script but for spaces and line ends, which count as one space. They occur once, with `from` once in them.
  const char* words;
  const char* from;
  const char* because;
};
const std::vector<Survivor>& survivors();

// Where the comparison of a survivor stands in its script; npos where its words do not name exactly one.
std::size_t place_of(const Survivor& survivor, const std::string& source);

}  // namespace shipped
