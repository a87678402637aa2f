#include "cli/layout.hpp"

#include "base/text.hpp"
#include "engine/summary.hpp"

namespace sendcheck::cli {

std::string Style::paint(const char* code, std::string_view text) const {
  if (!colour_) return std::string(text);
  return std::string("\x1b[") + code + "m" + std::string(text) + "\x1b[0m";
}

std::string Style::bold(std::string_view text) const {
  return paint("1", text);
}

std::string Style::faint(std::string_view text) const {
  return paint("2", text);
}

std::string Style::outcome(Outcome outcome, std::string_view text) const {
  switch (outcome) {
    case Outcome::met:
      return paint("32", text);
    case Outcome::not_met:
      return paint("1", text);
    case Outcome::needs_evidence:
      return paint("33", text);
    case Outcome::refer:
      return paint("36", text);
    case Outcome::error:
      return paint("31", text);
    case Outcome::not_applicable:
    case Outcome::not_in_force:
      return paint("2", text);
  }
  return std::string(text);
}

std::string wrapped(std::string_view text, std::size_t columns,
                    std::size_t indent) {
  std::string out;
  std::size_t used = indent;
  for (std::string_view word : split(text, ' ')) {
    const std::size_t needed = width(word);
    if (!out.empty()) {
      if (used + 1 + needed > columns) {
        out += "\n" + std::string(indent, ' ');
        used = indent;
      } else {
        out += ' ';
        ++used;
      }
    }
    out += word;
    used += needed;
  }
  return out;
}

std::string padded(std::string_view text, std::size_t columns) {
  std::string out(text);
  for (std::size_t used = width(text); used < columns; ++used) out += ' ';
  return out;
}

std::string counted(std::int64_t number, std::string_view one,
                    std::string_view many) {
  return std::to_string(number) + " " + std::string(number == 1 ? one : many);
}

std::string amount_in_words(const Amount& amount) {
  if (!amount.value) return "amount not published";
  return sendcheck::amount_in_words(*amount.value, amount.period) +
         (amount.status == Amount::Status::indicative ? " (indicative)" : "");
}

std::string action_in_words(const ActionItem& action) {
  const bool sentence = action.text.ends_with('.');
  std::string words = action.text;
  if (!action.to.empty()) words += (sentence ? " Who: " : ": ") + action.to;
  if (action.by) {
    words += (sentence && action.to.empty() ? " By " : ", by ") +
             action.by->in_words();
  }
  if (!words.ends_with('.')) words += ".";
  return words;
}

}  // namespace sendcheck::cli
