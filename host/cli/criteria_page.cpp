#include "cli/criteria_page.hpp"

#include "base/text.hpp"

namespace sendcheck::cli {
namespace {

std::string in_brackets(const std::string& source) {
  return source.empty() ? "" : " [" + source + "]";
}

void write(const CriterionInWords& words, std::size_t indent,
           PageLines& lines) {
  const std::string source = in_brackets(words.source);
  const std::string named = words.text.empty() ? words.group
                            : words.group.empty()
                                ? words.text
                                : words.text + ": " + words.group;
  const std::string together = named + " (" + words.exactly + ")" + source;
  if (words.exactly.empty()) {
    lines.point(named + source + (words.parts.empty() ? "" : ":"), indent);
  } else if (indent + PageLines::step + width(together) <= lines.columns()) {
    lines.point(together, indent);
  } else {
    lines.point(named + source, indent);
    lines.line("(" + words.exactly + ")", indent + PageLines::step);
  }
  if (!words.unconfirmed.empty()) {
    lines.line("Not confirmed: " + as_point(words.unconfirmed),
               indent + PageLines::step);
  }
  for (const CriterionInWords& part : words.parts) {
    write(part, indent + PageLines::step, lines);
  }
}

}  // namespace

void write_criteria(std::string_view title, const CriterionInWords& whole,
                    PageLines& lines) {
  lines.heading(std::string(title) + (whole.group.empty() ? " this is so"
                                      : whole.group == "all of these"
                                          ? " all of this is so"
                                          : " any of this is so"));
  for (const CriterionInWords& part : whole.parts) {
    write(part, PageLines::step, lines);
  }
}

}  // namespace sendcheck::cli
