#include "base/result.hpp"

namespace sendcheck {

std::string Error::to_string() const {
  std::string text = place.file;
  if (place.line > 0) {
    if (text.empty()) text = "line ";
    if (!place.file.empty()) text += ':';
    text += std::to_string(place.line);
    if (place.column > 0) text += ':' + std::to_string(place.column);
  }
  if (!text.empty()) text += ": ";
  if (!place.pointer.empty()) text += place.pointer + ": ";
  text += message;
  if (!id.empty()) text += " (" + id + ")";
  return text;
}

}  // namespace sendcheck
