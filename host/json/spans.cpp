#include "json/spans.hpp"

#include <algorithm>

#include "json/value.hpp"

namespace sendcheck::json {
namespace {

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  }

  char look() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' ||
                                  text_[at_] == '\n' || text_[at_] == '\r')) {
      ++at_;
    }
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  std::size_t at() const { return at_; }
  void step() { at_ = std::min(at_ + 1, text_.size()); }

  // Passes over the value that begins here.
  Span value() {
    Span span{at_, at_};
    const char first = look();
    span.begin = at_;
    if (first == '"') {
      string();
    } else if (first == '{' || first == '[') {
      int depth = 0;
      do {
        const char c = look();
        if (c == '"') {
          string();
          continue;
        }
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') --depth;
        step();
      } while (depth > 0 && at_ < text_.size());
    } else {
      while (at_ < text_.size() &&
             std::string_view(",]} \t\r\n").find(text_[at_]) ==
                 std::string_view::npos) {
        ++at_;
      }
    }
    span.end = at_;
    return span;
  }

  // A key, as it is meant.
  std::string key() {
    const Span span = value();
    const std::string_view written =
        text_.substr(span.begin, span.end - span.begin);
    if (written.find('\\') == std::string_view::npos) {
      return std::string(
          written.size() < 2 ? written : written.substr(1, written.size() - 2));
    }
    Document document;
    return document.parse(written, "") ? std::string(document.root().text)
                                       : std::string();
  }

 private:
  void string() {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\') ++at_;
    }
    step();
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

struct Found {
  Span value;
  Span member;
};

std::optional<Found> find(std::string_view text,
                          const std::vector<std::string>& keys) {
  Scanner scanner(text);
  Found found;
  for (std::size_t depth = 0; depth < keys.size(); ++depth) {
    if (scanner.look() != '{') return std::nullopt;
    scanner.step();
    bool here = false;
    std::size_t after_last = scanner.at();
    bool is_first = true;
    while (!here) {
      if (scanner.look() != '"') return std::nullopt;
      const std::size_t begin = scanner.at();
      here = scanner.key() == keys[depth];
      if (scanner.look() != ':') return std::nullopt;
      scanner.step();
      if (here && depth + 1 < keys.size()) break;
      const Span value = scanner.value();
      if (here) {
        found.value = value;
        // The comma before it goes with it; of the first member, that after.
        found.member = {is_first ? begin : after_last, value.end};
        if (is_first && scanner.look() == ',') {
          scanner.step();
          scanner.look();
          found.member.end = scanner.at();
        }
        return found;
      }
      after_last = value.end;
      is_first = false;
      if (scanner.look() != ',') return std::nullopt;
      scanner.step();
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Span> span_of(std::string_view text,
                            const std::vector<std::string>& keys) {
  const auto found = find(text, keys);
  if (!found) return std::nullopt;
  return found->value;
}

std::optional<Span> span_of_member(std::string_view text,
                                   const std::vector<std::string>& keys) {
  const auto found = find(text, keys);
  if (!found) return std::nullopt;
  return found->member;
}

void Edits::replace(std::optional<Span> span, std::string with) {
  if (span) edits_.push_back({*span, std::move(with)});
}

std::string Edits::text() const {
  std::vector<Edit> in_order = edits_;
  std::ranges::sort(in_order, {},
                    [](const Edit& edit) { return edit.span.begin; });
  std::string result;
  std::size_t at = 0;
  for (const Edit& edit : in_order) {
    result += text_.substr(at, edit.span.begin - at);
    result += edit.with;
    at = edit.span.end;
  }
  result += text_.substr(at);
  return result;
}

}  // namespace sendcheck::json
