// Lua's own `and`, `or` and `not`, where they would not do what they say.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sendcheck {

struct LogicWord {
  std::string word;
  int line = 0;
};

// To Lua every criterion is true, whatever it will come to for a pupil: `a and b` is b, `a or b` is a, and the other is lost without a trace. No
// function of ours is asked, so the text of rule.lua is read. The words may stand where nothing is lost: within the parentheses of test(...) and
// compute(...), and in the conditions of if and while.
// The first that stands elsewhere. Reads on to the end whatever the text is.
std::optional<LogicWord> misplaced_logic_word(std::string_view source);

}  // namespace sendcheck
