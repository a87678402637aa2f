// Files and folders. The only place that touches Boost.Filesystem; paths are UTF-8 text.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace sendcheck {

bool is_file(const std::string& path);
bool is_folder(const std::string& path);

// Always below `folder`, even when `name` begins with a slash; an empty folder is the current one.
std::string join_path(std::string_view folder, std::string_view name);
std::string file_name(std::string_view path);
// With the dot, in lower case: ".json"; empty when there is none (".profile" has none).
std::string extension(std::string_view path);

// Whether two paths lead to one file or folder, through links or not; false when either does not exist.
bool same_file(const std::string& a, const std::string& b);

// Names (not paths) of what stands in a folder, in byte order. Error files.unreadable.
Result<std::vector<std::string>> list_folder(const std::string& folder);

// Errors: files.missing, files.unreadable (no permission, a folder), files.too_large (over `limit` bytes).
Result<std::string> read_file(const std::string& path,
                              std::size_t limit = std::size_t{1} << 31);

// Writes a whole file by way of a temporary one beside it, so that a reader sees the old bytes or the new. An existing file keeps its permissions; a
// link is followed; a device or pipe is written to as it is. Error files.unwritable.
Result<void> write_file(const std::string& path, std::string_view content);

// Makes a new folder with these files in it, by their names below it ("tables/bands.csv"): whole, or not at all. Everything is written under a name
// that begins with a point, and then moved into its place together with the folders above it that were not there. Error files.unwritable; also where
// something stands there already.
Result<void> write_new_folder(const std::string& folder,
                              const std::map<std::string, std::string>& files);

// Makes a folder, and those above it, if need be; only its owner may look into it. Error files.unwritable.
Result<void> make_private_folder(const std::string& folder);

// Makes a folder, and those above it, if need be, for everybody who may look into what stands around it. Error files.unwritable.
Result<void> make_folder(const std::string& folder);

// Writes a new file that only its owner can read, and makes sure that it is on the disk. Error files.unwritable; also where it is there already.
Result<void> write_private_file(const std::string& path,
                                std::string_view content);
// Adds to the end of such a file, making it if need be, and makes sure that it is on the disk. Error files.unwritable.
Result<void> append_private_file(const std::string& path,
                                 std::string_view content);

// Lets those start a file as a program who may read it. Error files.unwritable.
Result<void> make_executable(const std::string& path);

// Puts a file in the place of another, or moves it. Error files.unwritable.
Result<void> rename_file(const std::string& from, const std::string& to);
// Removes a file, or a folder with all that is in it; well if there is none. Error files.unwritable.
Result<void> remove_all(const std::string& path);

// A new folder for work that is thrown away, which only its owner may look into; removed with everything in it when this is destroyed.
class TemporaryFolder {
 public:
  // Error files.unwritable.
  static Result<TemporaryFolder> make();
  TemporaryFolder(TemporaryFolder&& other) noexcept;
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  ~TemporaryFolder();
  const std::string& path() const { return path_; }
  // Writes a file below the folder, making folders on the way. It need not survive a power cut. Error files.unwritable.
  Result<void> write(const std::string& name, std::string_view content) const;

 private:
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

// The errors files.unreadable and files.unwritable, with what the system says.
Unexpected unreadable(const std::string& path, const std::string& why);
Unexpected unwritable(const std::string& path, const std::string& why);

// The folder of the running program; empty when it cannot be told.
std::string program_folder();

}  // namespace sendcheck
