#include "base/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/filesystem.hpp>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "base/text.hpp"

namespace sendcheck {
namespace {

namespace fs = boost::filesystem;

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using Handle = std::unique_ptr<std::FILE, Close>;

// What the system says, in the "C" locale: "No such file or directory".
std::string reason(int code) { return std::strerror(code); }

// 0, or the system's error number.
int write_all(std::FILE* file, std::string_view content) {
  if (std::fwrite(content.data(), 1, content.size(), file) != content.size()) {
    return errno;
  }
  return std::fflush(file) == 0 ? 0 : errno;
}

// Writes what will take another file's place. `mode` is for open(2), so that
// nobody reads in passing what only the owner may.
int write_beside(const std::string& path, mode_t mode,
                 std::string_view content) {
  const int descriptor =
      open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (descriptor < 0) return errno;
  Handle file(fdopen(descriptor, "wb"));
  if (!file) {
    const int code = errno;
    close(descriptor);
    return code;
  }
  if (const int code = write_all(file.get(), content)) return code;
  if (fsync(descriptor) != 0) return errno;
  return std::fclose(file.release()) == 0 ? 0 : errno;
}

void remove_leftover(const std::string& path) {
  boost::system::error_code ignored;
  fs::remove(fs::path(path), ignored);
}

// A name that was added or moved is on the disk once its folder is.
Result<void> synced_folder_of(const std::string& path) {
  const std::string above = fs::path(path).parent_path().string();
  const int folder =
      open(above.empty() ? "." : above.c_str(), O_RDONLY | O_CLOEXEC);
  if (folder < 0) return unwritable(path, reason(errno));
  const int code = fsync(folder) == 0 ? 0 : errno;
  close(folder);
  // Some file systems have folders that cannot be synced.
  if (code != 0 && code != EINVAL) return unwritable(path, reason(code));
  return {};
}

Result<void> write_in_place(const std::string& path, std::string_view content) {
  Handle file(std::fopen(path.c_str(), "wb"));
  if (!file) return unwritable(path, reason(errno));
  if (const int code = write_all(file.get(), content)) {
    return unwritable(path, reason(code));
  }
  return {};
}

}  // namespace

Unexpected unreadable(const std::string& path, const std::string& why) {
  return unexpected({"files.unreadable",
                     "\"" + quoted(path, 200) + "\" cannot be read (" + why +
                         "). Check what it is and who may read it.",
                     {.file = path}});
}

Unexpected unwritable(const std::string& path, const std::string& why) {
  return unexpected({"files.unwritable",
                     "\"" + quoted(path, 200) + "\" cannot be written (" + why +
                         "). Check the folder, the free space and who may "
                         "write there.",
                     {.file = path}});
}

bool is_file(const std::string& path) {
  boost::system::error_code code;
  return fs::is_regular_file(fs::path(path), code);
}

bool is_folder(const std::string& path) {
  boost::system::error_code code;
  return fs::is_directory(fs::path(path), code);
}

bool same_file(const std::string& a, const std::string& b) {
  boost::system::error_code code;
  return fs::equivalent(fs::path(a), fs::path(b), code);
}

std::string join_path(std::string_view folder, std::string_view name) {
  if (folder.empty()) folder = ".";
  std::string path(folder);
  if (path.back() != '/') path += '/';
  while (name.starts_with('/')) name.remove_prefix(1);
  path += name;
  return path;
}

std::string file_name(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  const std::size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? path
                                                     : path.substr(slash + 1));
}

std::string extension(std::string_view path) {
  const std::string name = file_name(path);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos || dot == 0 || name == "..") return {};
  return to_lower(std::string_view(name).substr(dot));
}

Result<std::vector<std::string>> list_folder(const std::string& folder) {
  try {
    std::vector<std::string> names;
    for (const fs::directory_entry& entry :
         fs::directory_iterator(fs::path(folder))) {
      names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  } catch (const fs::filesystem_error& failure) {
    return unreadable(folder, failure.code().message());
  }
}

Result<std::string> read_file(const std::string& path, std::size_t limit) {
  Handle file(std::fopen(path.c_str(), "rb"));
  if (!file) {
    if (errno != ENOENT && errno != ENOTDIR) {
      return unreadable(path, reason(errno));
    }
    return unexpected({"files.missing",
                       "There is no file \"" + quoted(path, 200) +
                           "\". Check the name and the folder.",
                       {.file = path}});
  }
  const auto too_large = [&] {
    return unexpected({"files.too_large",
                       "\"" + quoted(path, 200) + "\" is larger than " +
                           std::to_string(limit) +
                           " bytes, the most that is read. Split it into "
                           "smaller files.",
                       {.file = path}});
  };

  std::string content;
  boost::system::error_code no_size;  // a pipe has none
  const auto size = fs::file_size(fs::path(path), no_size);
  if (!no_size) {
    if (size > limit) return too_large();
    content.reserve(static_cast<std::size_t>(size) + 1);
  }
  constexpr std::size_t least_step = std::size_t{1} << 16;
  for (;;) {
    const std::size_t before = content.size();
    const std::size_t step =
        std::max(least_step, content.capacity() - content.size());
    content.resize(before + step);
    const std::size_t count =
        std::fread(content.data() + before, 1, step, file.get());
    content.resize(before + count);
    if (content.size() > limit) return too_large();
    if (count < step) break;
  }
  if (std::ferror(file.get()) != 0) return unreadable(path, reason(errno));
  return content;
}

Result<void> write_file(const std::string& path, std::string_view content) {
  boost::system::error_code absent;
  const fs::file_status before = fs::status(fs::path(path), absent);
  const bool exists = fs::exists(before);
  if (fs::is_directory(before)) return unwritable(path, "it is a folder");
  if (exists && !fs::is_regular_file(before)) {
    return write_in_place(path, content);
  }
  try {
    const fs::path target =
        exists ? fs::canonical(fs::path(path)) : fs::path(path);
    const std::string beside =
        target.string() + fs::unique_path(".%%%%%%%%.part").string();
    const mode_t mode = exists ? S_IRUSR | S_IWUSR : 0666;
    if (const int code = write_beside(beside, mode, content)) {
      if (code != EEXIST) remove_leftover(beside);
      return unwritable(path, reason(code));
    }
    boost::system::error_code code;
    if (exists) fs::permissions(fs::path(beside), before.permissions(), code);
    if (!code) fs::rename(fs::path(beside), target, code);
    if (code) {
      remove_leftover(beside);
      return unwritable(path, code.message());
    }
  } catch (const fs::filesystem_error& failure) {
    return unwritable(path, failure.code().message());
  }
  return {};
}

Result<void> write_new_folder(const std::string& folder,
                              const std::map<std::string, std::string>& files) {
  fs::path target(folder);
  while (target.filename() == ".") target = target.parent_path();
  boost::system::error_code code;
  if (fs::exists(fs::symlink_status(target, code))) {
    return unwritable(folder, "it is there already");
  }
  // What is moved into its place: the first folder that is not there.
  fs::path top = target;
  while (!top.parent_path().empty() && !fs::exists(top.parent_path(), code)) {
    top = top.parent_path();
  }
  const fs::path beside =
      top.parent_path() /
      ("." + top.filename().string() + fs::unique_path(".%%%%%%%%").string());
  const fs::path inside = beside / target.lexically_relative(top);
  Result<void> written;
  for (const auto& [name, content] : files) {
    const fs::path file = inside / name;
    fs::create_directories(file.parent_path(), code);
    if (!code) {
      if (const int fault = write_beside(file.string(), 0666, content)) {
        written = unwritable(join_path(folder, name), reason(fault));
      }
    } else {
      written = unwritable(join_path(folder, name), code.message());
    }
    if (!written) break;
  }
  // A folder that came to be there meanwhile is not replaced: rename(2) does so
  // only where it is empty.
  if (written) {
    fs::rename(beside, top, code);
    if (code) written = unwritable(folder, code.message());
  }
  if (!written) {
    fs::remove_all(beside, code);
    return written;
  }
  return synced_folder_of(top.string());
}

Result<void> make_private_folder(const std::string& folder) {
  if (is_folder(folder)) return {};
  boost::system::error_code code;
  const fs::path above = fs::path(folder).parent_path();
  if (!above.empty() && !fs::is_directory(above)) {
    fs::create_directories(above, code);
  }
  if (!code && mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
    return unwritable(folder, reason(errno));
  }
  if (code) return unwritable(folder, code.message());
  return {};
}

Result<void> make_folder(const std::string& folder) {
  boost::system::error_code code;
  fs::create_directories(fs::path(folder), code);
  if (code) return unwritable(folder, code.message());
  return {};
}

Result<void> write_private_file(const std::string& path,
                                std::string_view content) {
  if (const int code = write_beside(path, S_IRUSR | S_IWUSR, content)) {
    if (code != EEXIST) remove_leftover(path);
    return unwritable(path, reason(code));
  }
  return synced_folder_of(path);
}

Result<void> append_private_file(const std::string& path,
                                 std::string_view content) {
  const int descriptor =
      open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
           S_IRUSR | S_IWUSR);
  if (descriptor < 0) return unwritable(path, reason(errno));
  Handle file(fdopen(descriptor, "ab"));
  if (!file) {
    const int code = errno;
    close(descriptor);
    return unwritable(path, reason(code));
  }
  if (const int code = write_all(file.get(), content)) {
    return unwritable(path, reason(code));
  }
  if (fsync(descriptor) != 0) return unwritable(path, reason(errno));
  return synced_folder_of(path);
}

Result<void> make_executable(const std::string& path) {
  boost::system::error_code code;
  fs::permissions(
      fs::path(path),
      fs::add_perms | fs::owner_exe | fs::group_exe | fs::others_exe, code);
  if (code) return unwritable(path, code.message());
  return {};
}

Result<void> rename_file(const std::string& from, const std::string& to) {
  boost::system::error_code code;
  fs::rename(fs::path(from), fs::path(to), code);
  if (code) return unwritable(to, code.message());
  return synced_folder_of(to);
}

Result<void> remove_all(const std::string& path) {
  boost::system::error_code code;
  fs::remove_all(fs::path(path), code);
  if (code) return unwritable(path, code.message());
  return {};
}

Result<TemporaryFolder> TemporaryFolder::make() {
  boost::system::error_code code;
  fs::path base = fs::temp_directory_path(code);
  if (code) base = "/tmp";
  std::string pattern = (base / "sendcheck-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) {
    return unwritable(pattern, reason(errno));
  }
  return TemporaryFolder(pattern);
}

Result<void> TemporaryFolder::write(const std::string& name,
                                    std::string_view content) const {
  const std::string path = join_path(path_, name);
  boost::system::error_code code;
  fs::create_directories(fs::path(path).parent_path(), code);
  if (code) return unwritable(path, code.message());
  return write_in_place(path, content);
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

TemporaryFolder::~TemporaryFolder() {
  boost::system::error_code ignored;
  if (!path_.empty()) fs::remove_all(fs::path(path_), ignored);
}

std::string program_folder() {
  boost::system::error_code code;
  const fs::path program = fs::read_symlink("/proc/self/exe", code);
  return code ? std::string() : program.parent_path().string();
}

}  // namespace sendcheck
