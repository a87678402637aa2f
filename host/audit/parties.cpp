#include "audit/parties.hpp"

#include <algorithm>

#include "audit/key_words.hpp"
#include "base/files.hpp"

namespace sendcheck {
namespace {

std::string file_of(const std::string& keys_folder) {
  return join_path(keys_folder, "witnesses.pub");
}

}  // namespace

Result<std::vector<NoteKey>> known_parties(const std::string& keys_folder) {
  const std::string path = file_of(keys_folder);
  if (!is_file(path)) return std::vector<NoteKey>();
  return keys_in_file(path);
}

Result<void> add_party(const std::string& keys_folder, const NoteKey& key) {
  auto known = known_parties(keys_folder);
  if (!known) return unexpected(known.error());
  if (std::find(known->begin(), known->end(), key) != known->end()) return {};
  return append_private_file(file_of(keys_folder), key.text() + "\n");
}

}  // namespace sendcheck
