#include "casework/rule_limits.hpp"

#include "base/files.hpp"
#include "base/text.hpp"

namespace sendcheck {
namespace {

// A page of notes; what is longer is none.
constexpr std::size_t longest_readme = 256 * 1024;

std::string quoted_words(std::string_view code, const Catalogue& catalogue) {
  std::string path(code);
  if (path.ends_with("[]")) path.resize(path.size() - 2);
  if (const auto fact = catalogue.find(path)) {
    return catalogue.spec(*fact).label;
  }
  return "\"" + std::string(code) + "\"";
}

// "[the guide](https://...)" is "the guide"; `code`, *so* and **so** lose their marks.
std::string without_marks(std::string_view text, const Catalogue& catalogue) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '`') {
      const std::size_t end = text.find('`', i + 1);
      if (end != std::string_view::npos) {
        out += quoted_words(text.substr(i + 1, end - i - 1), catalogue);
        i = end;
        continue;
      }
    }
    if (c == '*') continue;
    if (c == '[') {
      const std::size_t middle = text.find("](", i);
      const std::size_t end =
          middle == std::string_view::npos ? middle : text.find(')', middle);
      if (end != std::string_view::npos) {
        out += without_marks(text.substr(i + 1, middle - i - 1), catalogue);
        i = end;
        continue;
      }
    }
    out += c;
  }
  return out;
}

}  // namespace

std::vector<std::string> limits_in(std::string_view readme,
                                   const Catalogue& catalogue) {
  std::vector<std::string> paragraphs;
  bool is_inside = false, begins = true;
  for (std::string_view line : split(readme, '\n')) {
    if (line.starts_with("## ")) {
      is_inside = trim(line.substr(3)) == "Limits";
      begins = true;
      continue;
    }
    if (!is_inside) continue;
    std::string_view words = trim(line);
    if (words.empty()) {
      begins = true;
      continue;
    }
    if (line.starts_with("- ")) {
      words = trim(line.substr(2));
      begins = true;
    }
    if (begins) {
      paragraphs.emplace_back(words);
    } else {
      paragraphs.back() += " " + std::string(words);
    }
    begins = false;
  }
  for (std::string& paragraph : paragraphs) {
    paragraph = capitalised(without_marks(paragraph, catalogue));
  }
  return paragraphs;
}

std::vector<std::string> rule_limits(const Plugin& plugin,
                                     const Catalogue& catalogue) {
  const auto readme =
      read_file(join_path(plugin.folder, "README.md"), longest_readme);
  if (!readme || !is_valid_utf8(*readme)) return {};
  return limits_in(*readme, catalogue);
}

}  // namespace sendcheck
