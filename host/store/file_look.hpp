// What a file says of itself, found out without SQLite's opening it: SQLite would roll back a journal that it finds beside the file, whosever file it
// is. For the sources of this layer.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace sendcheck::store {

struct FileLook {
  enum class Kind {
    missing,
    empty,  // no bytes: a writer was cut off before its first commit, or has not got to it yet
    stamped,  // begins as SQLite's files do; application, version and write_ahead say the rest
    torn,  // does not, but there is a journal of SQLite beside it that will tell what belongs there
    other,
  };
  Kind kind = Kind::missing;
  std::string full_path;         // links followed
  std::string what;              // of `other`: "it is a folder"
  std::int32_t application = 0;  // application_id
  std::int32_t version = 0;      // user_version
  bool write_ahead = false;      // it is in WAL mode
};

// Reads by way of the VFS (null: the system's), since closing a file by oneself would drop the locks that other connections of this process hold on it.
// Changes nothing, waits for nobody. Errors: store.damaged (cut off within its header), store.unreadable, store.failed (no such VFS).
Result<FileLook> look_at(const std::string& path, const char* vfs);

}  // namespace sendcheck::store
