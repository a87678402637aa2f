#include "cli/findings_text.hpp"

namespace sendcheck::cli {

std::string finding_line(const Finding& finding, std::string_view name) {
  std::string line = finding.place.file;
  if (finding.place.line > 0) {
    line += ":" + std::to_string(finding.place.line);
  }
  if (!finding.place.pointer.empty()) line += " " + finding.place.pointer;
  line += ": ";
  if (!name.empty()) line += std::string(name) + " ";
  if (!finding.upn.empty()) line += "(" + finding.upn + "): ";
  return line + finding.message();
}

}  // namespace sendcheck::cli
