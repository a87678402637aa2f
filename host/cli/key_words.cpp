#include "cli/key_words.hpp"

#include "base/files.hpp"
#include "base/text.hpp"

namespace sendcheck::cli {

Result<std::vector<NoteKey>> keys_in(const std::vector<std::string>& words) {
  std::vector<NoteKey> keys;
  for (const std::string& word : words) {
    std::string text = word;
    if (is_file(word)) {
      auto content = read_file(word, 1 << 20);
      if (!content) return unexpected(content.error());
      text = std::move(*content);
    }
    for (const std::string_view line : split(text, '\n')) {
      if (trim(line).empty()) continue;
      auto key = NoteKey::parse(trim(line));
      if (!key) return unexpected(key.error());
      keys.push_back(std::move(*key));
    }
  }
  return keys;
}

}  // namespace sendcheck::cli
