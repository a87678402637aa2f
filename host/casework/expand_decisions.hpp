// From the JSON Lines of a check back to decisions in full. Reads nothing but those lines: what a reader of the file alone can know, whatever rules and
// editions there are by then.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "json/value.hpp"

namespace sendcheck {

// Takes the lines of `check --format jsonl` one after another; keeps the texts of rules that it has met.
class DecisionExpander {
 public:
  // `file` is for messages.
  explicit DecisionExpander(std::string file) : file_(std::move(file)) {}

  // Adds to `out` what the line comes to: of a pupil the line with each decision as in --format json, byte for byte; a rejected pupil and the summary as they are; of a rule's text nothing.
  // Errors: those of json::Document::parse; decisions.not_lines (no line of a check), decisions.unknown_text (a rule's text that no line before gave),
  // decisions.does_not_fit (what a decision says does not fit the text).
  Result<void> add(std::string_view line, int number, std::string& out);

  // Has the summary, which stands last, been met.
  bool is_whole() const { return is_whole_; }

 private:
  std::string file_;
  // By number, as written.
  std::map<std::string, std::unique_ptr<json::Document>, std::less<>> texts_;
  bool is_whole_ = false;
};

// Hands over the lines of a file, expanded. Errors: those above, files.*, register.line_too_long, decisions.cut_short (the summary is missing: lines were
// lost, and what was handed over is a part).
Result<void> expand_decisions(
    const std::string& path, const std::function<void(std::string_view)>& take);

}  // namespace sendcheck
