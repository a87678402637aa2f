#include "plugins/lua_text.hpp"

#include <algorithm>
#include <cctype>

namespace sendcheck {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool in_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

class Scanner {
 public:
  explicit Scanner(const std::string& source)
      : source_(source), code_(source) {}

  void scan() {
    while (at_ < source_.size()) {
      const char c = source_[at_];
      if (source_.compare(at_, 2, "--") == 0) {
        const std::size_t from = at_;
        at_ += 2;
        if (!skip_long_bracket()) skip_to('\n');
        blank(from, at_);
      } else if (c == '"' || c == '\'') {
        quoted(c);
      } else if (c == '[' && skip_long_bracket()) {
      } else if (is_digit(c)) {
        number();
      } else if (in_name(c)) {
        while (at_ < source_.size() && in_name(source_[at_])) ++at_;
      } else {
        step();
      }
    }
  }
  std::vector<TextLiteral> take_literals() { return std::move(found_); }
  std::string take_code() { return std::move(code_); }

 private:
  void blank(std::size_t from, std::size_t to) {
    for (std::size_t at = from; at < std::min(to, code_.size()); ++at) {
      if (code_[at] != '\n') code_[at] = ' ';
    }
  }
  void step() {
    if (source_[at_] == '\n') ++line_;
    ++at_;
  }
  void skip_to(char end) {
    while (at_ < source_.size() && source_[at_] != end) step();
  }
  // [[ ... ]] without levels, which no rule uses.
  bool skip_long_bracket() {
    if (source_.compare(at_, 2, "[[") != 0) return false;
    const std::size_t from = at_ + 2;
    while (at_ < source_.size() && source_.compare(at_, 2, "]]") != 0) step();
    blank(from, at_);
    at_ = std::min(at_ + 2, source_.size());
    return true;
  }
  void quoted(char mark) {
    const std::size_t from = ++at_;
    const int line = line_;
    while (at_ < source_.size() && source_[at_] != mark) {
      if (source_[at_] == '\\') ++at_;
      step();
    }
    found_.push_back({line, false, source_.substr(from, at_ - from)});
    blank(from, at_);
    ++at_;
  }
  void number() {
    const std::size_t from = at_;
    while (at_ < source_.size() &&
           (in_name(source_[at_]) ||
            (source_[at_] == '.' && source_.compare(at_, 2, "..") != 0))) {
      ++at_;
    }
    found_.push_back({line_, true, source_.substr(from, at_ - from)});
  }

  const std::string& source_;
  std::string code_;
  std::size_t at_ = 0;
  int line_ = 1;
  std::vector<TextLiteral> found_;
};

}  // namespace

std::vector<TextLiteral> literals(const std::string& source) {
  Scanner scanner(source);
  scanner.scan();
  return scanner.take_literals();
}

std::string code_alone(const std::string& source) {
  Scanner scanner(source);
  scanner.scan();
  return scanner.take_code();
}

std::set<std::string> names_after(const std::string& source,
                                  const std::string& word) {
  std::set<std::string> names;
  for (std::size_t at = source.find(word); at != std::string::npos;
       at = source.find(word, at + 1)) {
    std::size_t from = source.find_first_not_of(" (", at + word.size());
    if (from == std::string::npos || source[from] != '"') continue;
    const std::size_t to = source.find('"', ++from);
    names.insert(source.substr(from, to - from));
  }
  return names;
}

bool is_day_of_the_year(const std::string& text) {
  return text.size() == 5 && text[2] == '-' && is_digit(text[0]) &&
         is_digit(text[1]) && is_digit(text[3]) && is_digit(text[4]);
}

bool is_amount(const std::string& text) {
  bool digits = false;
  for (const char c : text) {
    if (c != '.' && !is_digit(c)) return false;
    digits = digits || is_digit(c);
  }
  return digits;
}

}  // namespace sendcheck
