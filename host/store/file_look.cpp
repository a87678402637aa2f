#include "store/file_look.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <memory>
#include <optional>
#include <string_view>

#include "store/faults.hpp"

namespace sendcheck::store {
namespace {

// sqlite.org/fileformat2.html, 1.3: the header of a file, and 3: of a journal.
constexpr std::string_view file_magic("SQLite format 3\0", 16);
constexpr std::string_view journal_magic("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", 8);
constexpr std::size_t header_size = 100;
constexpr std::size_t read_version_at = 19;
constexpr unsigned char read_version_write_ahead = 2;
constexpr std::size_t user_version_at = 60;
constexpr std::size_t application_id_at = 68;

using Header = std::array<unsigned char, header_size>;

bool begins_with(const Header& header, std::string_view magic) {
  return std::memcmp(header.data(), magic.data(), magic.size()) == 0;
}

std::int32_t number_at(const Header& header, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | header[at + i];
  return static_cast<std::int32_t>(number);
}

struct FreeName {
  void operator()(const char* name) const { sqlite3_free_filename(name); }
};
// SQLite wants the names of a file, its journal and its write-ahead log in one
// piece of memory, made by itself.
using Name = std::unique_ptr<const char, FreeName>;

struct Beginning {
  int code = SQLITE_OK;
  sqlite3_int64 size = 0;
  Header bytes{};  // zeros where the file ends before
};

Beginning read_beginning(sqlite3_vfs* vfs, const char* name, int type) {
  // What is aligned for any type is aligned for a file object.
  const auto count =
      static_cast<std::size_t>(vfs->szOsFile) / sizeof(std::max_align_t) + 1;
  const auto memory = std::make_unique<std::max_align_t[]>(count);
  auto* file = reinterpret_cast<sqlite3_file*>(memory.get());
  file->pMethods = nullptr;

  Beginning beginning;
  int opened_as = 0;
  beginning.code =
      vfs->xOpen(vfs, name, file, SQLITE_OPEN_READONLY | type, &opened_as);
  if (beginning.code == SQLITE_OK) {
    beginning.code = file->pMethods->xFileSize(file, &beginning.size);
  }
  if (beginning.code == SQLITE_OK) {
    // SQLite counts a file of one byte as empty, and would write over it.
    const bool byte = beginning.size == 0;
    beginning.code =
        file->pMethods->xRead(file, beginning.bytes.data(),
                              byte ? 1 : static_cast<int>(header_size), 0);
    if (byte && beginning.code == SQLITE_OK) beginning.size = 1;
    if (beginning.code == SQLITE_IOERR_SHORT_READ) beginning.code = SQLITE_OK;
  }
  if (file->pMethods != nullptr) file->pMethods->xClose(file);
  return beginning;
}

// Whether a journal of SQLite's, with something in it, lies beside the file.
bool has_journal(sqlite3_vfs* vfs, const Name& name) {
  const char* journal = sqlite3_filename_journal(name.get());
  int exists = 0;
  if (vfs->xAccess(vfs, journal, SQLITE_ACCESS_EXISTS, &exists) != SQLITE_OK ||
      exists == 0) {
    return false;
  }
  const Beginning beginning =
      read_beginning(vfs, journal, SQLITE_OPEN_MAIN_JOURNAL);
  return beginning.code == SQLITE_OK &&
         begins_with(beginning.bytes, journal_magic);
}

Result<FileLook> not_opened(FileLook look, const std::string& path, int code) {
  // SQLite says no more than that it cannot open the file; the system says why.
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return look;
    return unreadable(path, std::strerror(errno),
                      "Check the path and who may read it.");
  }
  const char* why = sqlite3_errstr(code);
  if (faccessat(AT_FDCWD, path.c_str(), R_OK, AT_EACCESS) != 0) {
    why = std::strerror(errno);
  }
  return unreadable(path, why, "Check what it is and who may read it.");
}

}  // namespace

Result<FileLook> look_at(const std::string& path, const char* vfs_name) {
  FileLook look;
  // An empty path would be SQLite's name for a file without a name; and no path
  // of the system has a zero in it.
  if (path.empty() || path.find('\0') != std::string::npos) return look;

  sqlite3_vfs* vfs = sqlite3_vfs_find(vfs_name);
  if (vfs == nullptr) return failed(path, "there is no such VFS");

  // Opening a pipe would wait for whoever writes to it.
  struct stat status {};
  if (stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    look.kind = FileLook::Kind::other;
    look.what = S_ISDIR(status.st_mode) ? "it is a folder" : "it is no file";
    return look;
  }

  std::string full(static_cast<std::size_t>(vfs->mxPathname) + 1, '\0');
  const int resolved =
      vfs->xFullPathname(vfs, path.c_str(), vfs->mxPathname + 1, full.data());
  if (resolved != SQLITE_OK && resolved != SQLITE_OK_SYMLINK) {
    return unreadable(path,
                      "its path cannot be followed, or is longer than " +
                          std::to_string(vfs->mxPathname) + " bytes",
                      "Give it a shorter one.");
  }
  full.resize(std::strlen(full.c_str()));
  look.full_path = full;

  const std::string journal = full + "-journal";
  const Name name(
      sqlite3_create_filename(full.c_str(), journal.c_str(), "", 0, nullptr));
  if (!name) return failed(path, "there was not enough memory");

  Beginning beginning = read_beginning(vfs, name.get(), SQLITE_OPEN_MAIN_DB);
  struct stat made {};
  if ((beginning.code & 0xff) == SQLITE_CANTOPEN) {
    if (stat(path.c_str(), &made) != 0 && errno == ENOENT) return look;
    // There it is: another process may have made it since.
    beginning = read_beginning(vfs, name.get(), SQLITE_OPEN_MAIN_DB);
  }
  if ((beginning.code & 0xff) == SQLITE_CANTOPEN) {
    return not_opened(std::move(look), path, beginning.code);
  }
  if (beginning.code != SQLITE_OK) {
    return unexpected(error_of({.code = beginning.code,
                                .path = path,
                                .sqlite = sqlite3_errstr(beginning.code)}));
  }
  if (beginning.size == 0) {
    look.kind = FileLook::Kind::empty;
    return look;
  }
  const bool stamped = begins_with(beginning.bytes, file_magic);
  const bool whole = beginning.size >= static_cast<sqlite3_int64>(header_size);
  if (stamped && whole) {
    look.kind = FileLook::Kind::stamped;
    look.version = number_at(beginning.bytes, user_version_at);
    look.application = number_at(beginning.bytes, application_id_at);
    look.write_ahead =
        beginning.bytes[read_version_at] == read_version_write_ahead;
    return look;
  }
  if (has_journal(vfs, name)) {
    look.kind = FileLook::Kind::torn;
    return look;
  }
  if (stamped) {
    return damaged(path, "it ends after " + std::to_string(beginning.size) +
                             " bytes, within its header");
  }
  look.kind = FileLook::Kind::other;
  look.what = "it does not begin as a file of SQLite does";
  return look;
}

}  // namespace sendcheck::store
