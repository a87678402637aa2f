#include "base/folder.hpp"

#include <fcntl.h>

#include <algorithm>
#include <boost/filesystem.hpp>
#include <cerrno>
#include <cstdio>

#include "base/files.hpp"

namespace sendcheck {
namespace {

namespace fs = boost::filesystem;

// Goes with everything in it, unless it was moved away.
class Leftover {
 public:
  explicit Leftover(fs::path path) : path_(std::move(path)) {}
  Leftover(const Leftover&) = delete;
  Leftover& operator=(const Leftover&) = delete;
  ~Leftover() {
    boost::system::error_code ignored;
    fs::remove_all(path_, ignored);
  }

 private:
  fs::path path_;
};

bool exchanged(const fs::path& a, const fs::path& b) {
  return renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE) ==
         0;
}

}  // namespace

Result<void> replace_folder(const std::string& folder,
                            const std::vector<FolderFile>& files) {
  fs::path target(folder);
  while (target.filename() == "." || target.filename().empty()) {
    if (!target.has_parent_path()) break;
    target = target.parent_path();
  }
  boost::system::error_code code, absent;
  const bool exists = fs::exists(target, absent);
  if (exists) {
    target = fs::canonical(target, code);
    if (code) return unwritable(folder, code.message());
    if (!fs::is_directory(target)) return unwritable(folder, "it is a file");
  }
  const fs::path beside(target.string() +
                        fs::unique_path(".%%%%%%%%.part", code).string());
  if (code || !fs::create_directory(beside, code) || code) {
    return unwritable(folder, code.message());
  }
  const Leftover leftover(beside);
  for (const FolderFile& file : files) {
    const fs::path path = beside / file.name;
    fs::create_directories(path.parent_path(), code);
    if (code) return unwritable(folder, code.message());
    if (auto written = write_file(path.string(), file.content); !written) {
      return written;
    }
  }
  // What stood there is now beside, and goes with the leftover.
  if (exists && exchanged(beside, target)) return {};
  // Some file systems cannot exchange two folders in one step.
  const fs::path old(target.string() +
                     fs::unique_path(".%%%%%%%%.old", code).string());
  if (exists) fs::rename(target, old, code);
  if (code) return unwritable(folder, code.message());
  fs::rename(beside, target, code);
  if (code) {
    boost::system::error_code ignored;
    if (exists) fs::rename(old, target, ignored);
    return unwritable(folder, code.message());
  }
  fs::remove_all(old, code);
  return {};
}

Result<std::vector<std::string>> files_below(const std::string& folder) {
  try {
    std::vector<std::string> names;
    const fs::path root(folder);
    for (fs::recursive_directory_iterator at(root), end; at != end; ++at) {
      const fs::path& path = at->path();
      const bool is_inner = fs::is_directory(at->symlink_status());
      if (is_inner && !fs::is_empty(path)) continue;
      names.push_back(path.lexically_relative(root).string());
    }
    std::sort(names.begin(), names.end());
    return names;
  } catch (const fs::filesystem_error& failure) {
    return unreadable(folder, failure.code().message());
  }
}

}  // namespace sendcheck
