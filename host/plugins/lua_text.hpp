// What stands in the text of a Lua script, without running it: enough to look for figures and names. Comments are passed over.
#pragma once

#include <set>
#include <string>
#include <vector>

namespace sendcheck {

struct TextLiteral {
  int line = 0;
  bool is_number = false;
  std::string
      text;  // a number as written; a string without its quotation marks
};
std::vector<TextLiteral> literals(const std::string& source);

// The script with everything blanked that is not run: comments, and what stands between quotation marks. What is left stands where it stood.
std::string code_alone(const std::string& source);

// The strings that follow a word: names_after("param", ...) of `param "a" + param("b")` are a and b.
std::set<std::string> names_after(const std::string& source,
                                  const std::string& word);

// "02-15"
bool is_day_of_the_year(const std::string& text);
// "6000.00", "12": digits, with a point or without.
bool is_amount(const std::string& text);

}  // namespace sendcheck
