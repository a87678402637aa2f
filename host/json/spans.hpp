// Where the values of a JSON text stand in it, so that one of them can be exchanged while every other byte stays as somebody wrote it.
//
// For texts that Document::parse has accepted; of any other, nothing is promised but that the reading ends.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sendcheck::json {

// Bytes from `begin` to before `end`.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The value that the keys lead to, one object after another; nothing when none stands there. Lists are not entered.
std::optional<Span> span_of(std::string_view text,
                            const std::vector<std::string>& keys);
// The same with its key, and with the comma that has no meaning without it.
std::optional<Span> span_of_member(std::string_view text,
                                   const std::vector<std::string>& keys);

// Exchanges of stretches of one text that do not overlap, done at once.
class Edits {
 public:
  // `text` must outlive the edits.
  explicit Edits(std::string_view text) : text_(text) {}
  // Nothing happens where there is no span.
  void replace(std::optional<Span> span, std::string with);
  std::string text() const;

 private:
  struct Edit {
    Span span;
    std::string with;
  };
  std::string_view text_;
  std::vector<Edit> edits_;
};

}  // namespace sendcheck::json
