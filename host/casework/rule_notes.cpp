#include "casework/rule_notes.hpp"

#include <algorithm>

#include "base/files.hpp"
#include "base/text.hpp"

namespace sendcheck {
namespace {

// What stands between backticks: a fact by its label, any other name as words.
std::string name_in_words(std::string name, const Catalogue& catalogue) {
  if (name.ends_with("[]")) name.resize(name.size() - 2);
  if (const auto fact = catalogue.find(name)) {
    return "the " + catalogue.spec(*fact).label;
  }
  for (const CodeList& list : catalogue.code_lists()) {
    const int code = list.find(name);
    if (code >= 0) {
      return "“" + list.codes[static_cast<std::size_t>(code)].label + "”";
    }
  }
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string plain(std::string_view text, const Catalogue& catalogue) {
  std::string out;
  bool in_name = false;
  std::string name;
  for (const char c : text) {
    if (c == '`') {
      std::string words = in_name ? name_in_words(name, catalogue) : "";
      // "its `phase`" has its article already.
      const bool has_article = out.ends_with("the ") || out.ends_with("its ") ||
                               out.ends_with(" a ") || out.ends_with("own ");
      if (has_article && words.starts_with("the ")) words.erase(0, 4);
      out += words;
      name.clear();
      in_name = !in_name;
    } else if (in_name) {
      name += c;
    } else if (c != '*') {
      out += c;
    }
  }
  return out + name;
}

}  // namespace

std::vector<std::string> points_of(std::string_view page,
                                   std::string_view section,
                                   const Catalogue& catalogue) {
  std::vector<std::string> points;
  bool inside = false;
  bool goes_on = false;  // the next line belongs to the same point
  for (std::string_view line : split(page, '\n')) {
    if (line.starts_with("## ")) {
      inside = trim(line.substr(3)) == section;
      goes_on = false;
      continue;
    }
    if (!inside) continue;
    std::string_view words = trim(line);
    if (words.empty() || words.front() == '|') {
      goes_on = false;
      continue;
    }
    if (words.starts_with("- ")) {
      goes_on = false;
      words = trim(words.substr(2));
    }
    if (!goes_on) points.emplace_back();
    points.back() += (goes_on ? " " : "") + std::string(words);
    goes_on = true;
  }
  for (std::string& point : points) point = plain(point, catalogue);
  return points;
}

std::vector<std::string> points_of(const Plugin& plugin,
                                   std::string_view section,
                                   const Catalogue& catalogue) {
  const auto page = read_file(join_path(plugin.folder, "README.md"));
  return page ? points_of(*page, section, catalogue)
              : std::vector<std::string>();
}

}  // namespace sendcheck
