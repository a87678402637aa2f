#include "rulesets/sheet_file.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"

namespace sendcheck {
namespace {

// What a byte is in Windows-1252, of those few that stand in tables and cannot well be anything else; empty for all others. A letter with an accent
// may be another one in another code page.
std::string_view windows_1252(unsigned char byte) {
  switch (byte) {
    case 0x85:
      return "\u2026";
    case 0x91:
      return "\u2018";
    case 0x92:
      return "\u2019";
    case 0x93:
      return "\u201C";
    case 0x94:
      return "\u201D";
    case 0x96:
      return "\u2013";
    case 0x97:
      return "\u2014";
    case 0xA0:
      return "\u00A0";
    case 0xA3:
      return "£";
    default:
      return {};
  }
}

std::optional<std::string> from_windows_1252(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text += c;
      continue;
    }
    const std::string_view known = windows_1252(byte);
    if (known.empty()) return std::nullopt;
    text += known;
  }
  return text;
}

std::string_view first_line(std::string_view text) {
  return text.substr(0, std::min(text.find_first_of("\r\n"), text.size()));
}

// Of the heading row; a quotation mark in it holds none.
std::size_t columns_found(std::string_view text, char separator,
                          const std::vector<std::string>& columns,
                          const std::string& file) {
  const auto headings =
      parse_csv(first_line(text), file, {separator, /*from_spreadsheet=*/true});
  if (!headings) return 0;
  return static_cast<std::size_t>(
      std::ranges::count_if(headings->headings, [&](const auto& heading) {
        return std::ranges::find(columns, column_name(heading)) !=
               columns.end();
      }));
}

}  // namespace

std::string column_name(std::string_view heading) {
  std::string name;
  std::string spaced = to_lower(trim_all(heading));
  for (std::size_t at; (at = spaced.find("\u00A0")) != std::string::npos;) {
    spaced.replace(at, 2, " ");
  }
  for (const char c : spaced) {
    if (c != ' ') {
      name += c;
    } else if (!name.ends_with('_')) {
      name += '_';
    }
  }
  return name;
}

Result<SheetFile> read_sheet_file(std::string_view bytes,
                                  const std::string& file,
                                  const std::vector<std::string>& columns) {
  std::string text(bytes);
  if (!is_valid_utf8(bytes)) {
    if (auto converted = from_windows_1252(bytes)) text = std::move(*converted);
  }
  SheetFile sheet;
  // The mark stays where it is for parse_csv, unless a line is blanked out.
  std::string_view visible = text;
  if (visible.starts_with("\uFEFF")) visible.remove_prefix(3);
  const std::string_view first = first_line(visible);
  const bool names_it =
      first.size() == 5 && to_lower(first).starts_with("sep=");
  if (names_it) {
    sheet.separator = first[4];
    // A blank line, so that the lines keep their numbers.
    text = std::string(visible.substr(first.size()));
  } else {
    std::size_t most = 0;
    // Blank lines may come first.
    std::string_view heading = visible;
    while (!heading.empty() && trim(first_line(heading)).empty()) {
      heading.remove_prefix(
          std::min(heading.size(), first_line(heading).size() + 1));
    }
    for (const char separator : {',', ';', '\t'}) {
      const std::size_t found =
          columns_found(heading, separator, columns, file);
      if (found <= most) continue;
      most = found;
      sheet.separator = separator;
    }
  }
  auto table = parse_csv(text, file, {sheet.separator, true});
  if (!table) return unexpected(table.error());
  sheet.table = std::move(*table);
  return sheet;
}

}  // namespace sendcheck
