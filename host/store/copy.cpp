#include "store/copy.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/files.hpp"

namespace sendcheck {
namespace {

// SQLite does not sync what it vacuums into.
Result<void> synced(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const int code = file < 0 || fsync(file) != 0 ? errno : 0;
  if (file >= 0) close(file);
  if (code == 0) return {};
  return unexpected({"files.unwritable",
                     "\"" + path + "\" cannot be written (" +
                         std::strerror(code) +
                         "). Check the folder, the free space and who may "
                         "write there.",
                     {.file = path}});
}

}  // namespace

Result<void> copy_database(Database& from, const std::string& to) {
  // An empty file is vacuumed into as a new one is, and has our permissions.
  if (auto made = write_private_file(to, ""); !made) return made;
  const auto copied = [&]() -> Result<void> {
    auto statement = from.prepare("VACUUM INTO ?1");
    if (!statement) return unexpected(statement.error());
    return statement->bind_text(1, to).run();
  }();
  if (!copied) {
    if (auto gone = remove_all(to); !gone) return gone;
    return copied;
  }
  return synced(to);
}

}  // namespace sendcheck
