#include <algorithm>
#include <string>

#include "base/files.hpp"
#include "base/text.hpp"
#include "json/value.hpp"
#include "registers/formats.hpp"
#include "registers/line_reader.hpp"

namespace sendcheck {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view white_space = " \t\r\n";

std::string_view without_mark(std::string_view text) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(3);
  return text;
}

Unexpected not_a_register(const std::string& path, const std::string& found) {
  return unexpected(
      {"register.format",
       found + ", expected a register: a JSON file, a JSON Lines file with one "
               "pupil a line, or a folder with pupils.csv.",
       {.file = path, .line = 1, .column = 1}});
}

// What a file that begins with anything but a brace is likely to be.
Unexpected wrong_start(const std::string& path, std::string_view text) {
  if (text.starts_with("PK\x03\x04")) {
    return not_a_register(path,
                          "The file is a spreadsheet or an archive; save each "
                          "sheet as \"CSV UTF-8\" in a folder");
  }
  switch (text.front()) {
    case '<':
      return not_a_register(path, "The file is XML");
    case '[':
      return not_a_register(path, "The file is a JSON list");
    default:
      break;
  }
  if (extension(path) == ".csv") {
    return not_a_register(path,
                          "The file is one CSV file; name the folder it is "
                          "in");
  }
  return not_a_register(path, "The file does not begin with {");
}

// The first bytes of a file: enough to tell its format by.
Result<std::string> start_of(const std::string& path) {
  constexpr std::size_t enough = std::size_t{1} << 16;
  std::string start;
  auto lines = LineReader::open(path);
  if (!lines) return unexpected(lines.error());
  if (auto more = lines->peek(enough, start); !more) {
    return unexpected(more.error());
  }
  return start;
}

// Whether the object on the first line is a whole register, which may begin
// with its school as a pupil may.
bool first_line_is_register(const std::string& path) {
  auto lines = LineReader::open(path);
  std::string_view line;
  do {
    if (!lines) return true;
    const auto more = lines->next(line);
    if (!more || !*more) return true;  // too long for one pupil
  } while (without_mark(line).find('{') == std::string_view::npos);
  json::Document document;
  if (!document.parse(line, path)) return true;
  return document.root().find("pupils") != nullptr ||
         document.root().find("format") != nullptr;
}

// Needs a text that begins with a brace.
bool is_json_register(const std::string& path, std::string_view text) {
  const std::size_t inside =
      std::min(text.find_first_not_of(white_space, 1), text.size());
  // A pupil stands on one line.
  const std::string_view between = text.substr(0, inside);
  if (between.find('\n') != std::string_view::npos) return true;
  const std::string_view name = text.substr(inside);
  if (name.starts_with("\"format\"") || name.starts_with("\"pupils\"")) {
    return true;
  }
  return name.starts_with("\"school\"") && first_line_is_register(path);
}

}  // namespace

Result<std::unique_ptr<RegisterReader>> open_register(
    const std::string& path, const Catalogue& catalogue) {
  if (is_folder(path)) return open_csv_register(path, catalogue);
  const auto start = start_of(path);
  if (!start) return unexpected(start.error());
  std::string_view text = without_mark(*start);
  text.remove_prefix(
      std::min(text.find_first_not_of(white_space), text.size()));
  if (text.empty()) {
    return unexpected({"register.empty",
                       "The file is empty, expected a register.",
                       {.file = path}});
  }
  if (text.front() != '{') return wrong_start(path, text);
  return is_json_register(path, text)
             ? open_json_register(path, catalogue)
             : open_json_lines_register(path, catalogue);
}

}  // namespace sendcheck
