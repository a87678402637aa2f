#include "plugins/logic_words.hpp"

#include <cctype>

namespace sendcheck {
namespace {

bool is_letter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Lua's words and parentheses, one after another, without texts and comments.
class Tokens {
 public:
  explicit Tokens(std::string_view source) : source_(source) {}

  // Empty at the end.
  std::string_view next() {
    while (at_ < source_.size()) {
      const char c = source_[at_];
      if (c == '\n') ++line_;
      if (source_.substr(at_, 2) == "--") {
        at_ += 2;
        if (!skip_long()) skip_line();
      } else if (c == '[' && skip_long()) {
        continue;
      } else if (c == '"' || c == '\'') {
        skip_text(c);
      } else if (is_letter(c)) {
        const std::size_t start = at_;
        while (at_ < source_.size() && is_letter(source_[at_])) ++at_;
        return source_.substr(start, at_ - start);
      } else {
        ++at_;
        if (c == '(' || c == ')') return source_.substr(at_ - 1, 1);
      }
    }
    return {};
  }

  int line() const { return line_; }

 private:
  void skip_line() {
    while (at_ < source_.size() && source_[at_] != '\n') ++at_;
  }

  // [[ ... ]], [==[ ... ]==]
  bool skip_long() {
    std::size_t level = at_ + 1;
    if (source_.substr(at_, 1) != "[") return false;
    while (source_.substr(level, 1) == "=") ++level;
    if (source_.substr(level, 1) != "[") return false;
    const std::string close = "]" + std::string(level - at_ - 1, '=') + "]";
    const std::size_t end = source_.find(close, level);
    const std::size_t after =
        end == std::string_view::npos ? source_.size() : end + close.size();
    for (; at_ < after; ++at_) line_ += source_[at_] == '\n';
    return true;
  }

  void skip_text(char quote) {
    for (++at_; at_ < source_.size() && source_[at_] != quote; ++at_) {
      if (source_[at_] == '\\') ++at_;
      if (at_ < source_.size() && source_[at_] == '\n') ++line_;
    }
    ++at_;
  }

  std::string_view source_;
  std::size_t at_ = 0;
  int line_ = 1;
};

}  // namespace

std::optional<LogicWord> misplaced_logic_word(std::string_view source) {
  Tokens tokens(source);
  int depth = 0;            // of parentheses
  int function_depth = -1;  // at which the test or compute began
  bool in_condition = false;
  std::string_view before;
  for (std::string_view token = tokens.next(); !token.empty();
       before = token, token = tokens.next()) {
    if (token == "(") {
      if (function_depth < 0 && (before == "test" || before == "compute")) {
        function_depth = depth;
      }
      ++depth;
    } else if (token == ")") {
      --depth;
      if (depth == function_depth) function_depth = -1;
    } else if (token == "if" || token == "elseif" || token == "while") {
      in_condition = true;
    } else if (token == "then" || token == "do") {
      in_condition = false;
    } else if (function_depth < 0 && !in_condition &&
               (token == "and" || token == "or" || token == "not")) {
      return LogicWord{std::string(token), tokens.line()};
    }
  }
  return std::nullopt;
}

}  // namespace sendcheck
