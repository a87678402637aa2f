// Reads canonical JSON of the plain kind, such as entries are made of, from left to right without making values of it: texts without escapes, whole numbers, members in order. What is
// anything else is left to the reader of JSON, so a refusal here says nothing. For the sources of this layer.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sendcheck {

class CanonicalScan {
 public:
  // `text` must be valid UTF-8.
  explicit CanonicalScan(std::string_view text)
      : at_(text.data()), end_(text.data() + text.size()) {}

  bool is_done() const { return at_ == end_; }

  bool literal(std::string_view expected) {
    if (!next_is(expected)) return false;
    at_ += expected.size();
    return true;
  }
  bool next_is(std::string_view expected) const {
    return std::string_view(at_, static_cast<std::size_t>(end_ - at_))
        .starts_with(expected);
  }

  // A text between quotation marks.
  std::optional<std::string_view> text() {
    if (!literal("\"")) return std::nullopt;
    const char* const from = at_;
    while (at_ != end_ && *at_ != '"') {
      if (static_cast<unsigned char>(*at_) < 0x20 || *at_ == '\\') {
        return std::nullopt;
      }
      ++at_;
    }
    if (at_ == end_) return std::nullopt;
    return std::string_view(from, static_cast<std::size_t>(at_++ - from));
  }

  std::optional<std::uint64_t> natural() {
    std::uint64_t number = 0;
    const char* const from = at_;
    const auto [stop, fault] = std::from_chars(from, end_, number);
    // What JSON's numbers hold exactly everywhere, written in the one way.
    if (fault != std::errc() || number > std::uint64_t{INT64_MAX} ||
        (*from == '0' && stop != from + 1)) {
      return std::nullopt;
    }
    at_ = stop;
    return number;
  }

  // A whole value, as it stands.
  std::optional<std::string_view> value(int depth = 0) {
    const char* const from = at_;
    if (!skip_value(depth)) return std::nullopt;
    return std::string_view(from, static_cast<std::size_t>(at_ - from));
  }

 private:
  static constexpr int deepest = 16;

  bool skip_value(int depth) {
    if (at_ == end_ || depth > deepest) return false;
    switch (*at_) {
      case '{':
        return skip_object(depth);
      case '[':
        return skip_array(depth);
      case '"':
        return text().has_value();
      case 't':
        return literal("true");
      case 'f':
        return literal("false");
      case 'n':
        return literal("null");
      case '-':
        ++at_;
        return !next_is("0") && natural().has_value();
      default:
        return natural().has_value();
    }
  }

  bool skip_object(int depth) {
    ++at_;
    if (literal("}")) return true;
    std::string_view before;
    for (bool first = true;; first = false) {
      const auto key = text();
      if (!key || (!first && *key <= before) || !literal(":") ||
          !skip_value(depth + 1)) {
        return false;
      }
      before = *key;
      if (literal("}")) return true;
      if (!literal(",")) return false;
    }
  }

  bool skip_array(int depth) {
    ++at_;
    if (literal("]")) return true;
    for (;;) {
      if (!skip_value(depth + 1)) return false;
      if (literal("]")) return true;
      if (!literal(",")) return false;
    }
  }

  const char* at_;
  const char* end_;
};

}  // namespace sendcheck
