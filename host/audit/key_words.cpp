#include "audit/key_words.hpp"

#include "base/files.hpp"

namespace sendcheck {

Result<std::vector<NoteKey>> keys_in(const std::vector<std::string>& words) {
  std::vector<NoteKey> keys;
  for (const std::string& word : words) {
    std::string text = word;
    if (is_file(word)) {
      auto content = read_file(word, 1 << 20);
      if (!content) return unexpected(content.error());
      text = std::move(*content);
    }
    auto found = parse_keys(text);
    if (!found) return found;
    keys.insert(keys.end(), found->begin(), found->end());
  }
  return keys;
}

}  // namespace sendcheck
