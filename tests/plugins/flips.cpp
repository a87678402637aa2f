#include "flips.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "plugins/lua_text.hpp"

namespace shipped {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::array<Pair, 3> operators = {
    {{"<", "<="}, {">", ">="}, {"==", "~="}}};

std::string_view other_of(std::string_view word) {
  for (const auto& [one, other] : operators) {
    if (word == one) return other;
    if (word == other) return one;
  }
  return {};
}

bool in_operator(char c) {
  return c == '<' || c == '>' || c == '=' || c == '~';
}
bool is_space(char c) { return c == ' ' || c == '\n'; }

// The text with each run of spaces and line ends as one space, and where each of its bytes stood.
struct Plain {
  std::string text;
  std::vector<std::size_t> places;
};
Plain plain(const std::string& source) {
  Plain made;
  for (std::size_t at = 0; at < source.size(); ++at) {
    const bool space = is_space(source[at]);
    if (space && !made.text.empty() && made.text.back() == ' ') continue;
    made.text += space ? ' ' : source[at];
    made.places.push_back(at);
  }
  return made;
}

}  // namespace

std::vector<Flip> flips_of(const std::string& source) {
  const std::string code = sendcheck::code_alone(source);
  std::vector<Flip> flips;
  int line = 1;
  for (std::size_t at = 0; at < code.size();) {
    const std::size_t from = at;
    const char c = code[at];
    if (in_operator(c)) {
      while (at < code.size() && in_operator(code[at])) ++at;
    } else {
      if (c == '\n') ++line;
      ++at;
      continue;
    }
    const std::string_view other =
        other_of(std::string_view(code).substr(from, at - from));
    if (other.empty()) continue;
    flips.push_back(
        {from, line, code.substr(from, at - from), std::string(other)});
  }
  return flips;
}

std::string flipped(const std::string& source, const Flip& flip) {
  std::string text = source;
  return text.replace(flip.at, flip.from.size(), flip.to);
}

std::size_t place_of(const Survivor& survivor, const std::string& source) {
  const Plain script = plain(source);
  const std::string words = survivor.words;
  const std::size_t found = script.text.find(words);
  if (found == std::string::npos ||
      script.text.find(words, found + 1) != std::string::npos) {
    return std::string::npos;
  }
  std::size_t place = std::string::npos;
  for (const Flip& flip : flips_of(source)) {
    if (flip.from != survivor.from || flip.at < script.places[found] ||
        flip.at > script.places[found + words.size() - 1]) {
      continue;
    }
    if (place != std::string::npos) return std::string::npos;
    place = flip.at;
  }
  return place;
}

}  // namespace shipped
