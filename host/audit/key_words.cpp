#include "audit/key_words.hpp"

#include "base/files.hpp"
#include "base/text.hpp"

namespace sendcheck {

Result<std::vector<NoteKey>> keys_in_file(const std::string& path) {
  auto text = read_file(path, 1 << 20);
  if (!text) return unexpected(text.error());
  std::vector<NoteKey> keys;
  int number = 0;
  for (const std::string_view line : split(*text, '\n')) {
    ++number;
    // No key has a space in it.
    if (trim(line).empty() || line.starts_with("# ")) continue;
    auto key = NoteKey::parse(trim(line));
    if (!key) {
      Error error = key.error();
      error.place = {.file = path, .line = number};
      return unexpected(std::move(error));
    }
    keys.push_back(std::move(*key));
  }
  return keys;
}

Result<std::vector<NoteKey>> keys_in(const std::vector<std::string>& words) {
  std::vector<NoteKey> keys;
  for (const std::string& word : words) {
    auto found = is_file(word) ? keys_in_file(word) : parse_keys(word);
    if (!found) return found;
    keys.insert(keys.end(), found->begin(), found->end());
  }
  return keys;
}

}  // namespace sendcheck
