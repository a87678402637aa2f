// The lines of a page of plain text, as its parts write them one after another.
#pragma once

#include <string>
#include <string_view>

#include "cli/layout.hpp"

namespace sendcheck::cli {

class PageLines {
 public:
  // How far what belongs to a line stands to the right of it.
  static constexpr std::size_t step = 2;

  // `style` must outlive it.
  PageLines(const Style& style, std::size_t columns)
      : style_(style), columns_(columns) {}

  const Style& style() const { return style_; }
  std::size_t columns() const { return columns_; }

  // After an empty line.
  void heading(std::string_view text) {
    text_ += "\n" + style_.bold(text) + "\n";
  }
  void line(std::string_view text, std::size_t indent) {
    text_ += std::string(indent, ' ') + wrapped(text, columns_, indent) + "\n";
  }
  void point(std::string_view text, std::size_t indent) {
    text_ += std::string(indent, ' ') + "- " +
             wrapped(text, columns_, indent + step) + "\n";
  }
  // As it stands.
  void add(std::string_view text) { text_ += text; }

  std::string take() { return std::move(text_); }

 private:
  const Style& style_;
  std::size_t columns_;
  std::string text_;
};

// With a full stop at its end and none doubled.
inline std::string as_point(std::string words) {
  if (!words.ends_with('.')) words += '.';
  return words;
}

}  // namespace sendcheck::cli
