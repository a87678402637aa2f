// Words on a terminal or a page of plain text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/decision.hpp"

namespace sendcheck::cli {

// Colour only where it is wanted; the words never depend on it.
class Style {
 public:
  explicit Style(bool colour = false) : colour_(colour) {}
  std::string bold(std::string_view text) const;
  std::string faint(std::string_view text) const;
  // An outcome's word in its colour.
  std::string outcome(Outcome outcome, std::string_view text) const;

 private:
  std::string paint(const char* code, std::string_view text) const;
  bool colour_;
};

// Breaks a text at spaces into lines of at most `columns`; the lines after the first begin with `indent` spaces.
std::string wrapped(std::string_view text, std::size_t columns,
                    std::size_t indent);
std::string padded(std::string_view text, std::size_t columns);
std::string counted(std::int64_t number, std::string_view one,
                    std::string_view many);

// "£3,450 a year", "amount not published".
std::string amount_in_words(const Amount& amount);

// "Apply: the panel, by 15 December 2026."
std::string action_in_words(const ActionItem& action);

}  // namespace sendcheck::cli
