#include "audit/parties.hpp"

#include <algorithm>

#include "base/files.hpp"
#include "base/text.hpp"

namespace sendcheck {
namespace {

std::string file_of(const std::string& keys_folder) {
  return join_path(keys_folder, "witnesses.pub");
}

}  // namespace

Result<std::vector<NoteKey>> known_parties(const std::string& keys_folder) {
  std::vector<NoteKey> keys;
  const std::string path = file_of(keys_folder);
  if (!is_file(path)) return keys;
  auto text = read_file(path, 1 << 20);
  if (!text) return unexpected(text.error());
  int number = 0;
  for (const std::string_view line : split(*text, '\n')) {
    ++number;
    if (trim(line).empty()) continue;
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

Result<void> add_party(const std::string& keys_folder, const NoteKey& key) {
  auto known = known_parties(keys_folder);
  if (!known) return unexpected(known.error());
  if (std::find(known->begin(), known->end(), key) != known->end()) return {};
  return append_private_file(file_of(keys_folder), key.text() + "\n");
}

}  // namespace sendcheck
