// A folder of its own for a test, empty at first and taken away at the end.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

namespace sendcheck::test {

inline std::string source_folder() { return SENDCHECK_SOURCE; }

inline std::string fixture(std::string_view name) {
  return source_folder() + "/fixtures/" + std::string(name);
}

inline std::string content_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

class Scratch {
 public:
  Scratch() {
    // Tests run side by side, each in a program of its own.
    static int made = 0;
    folder_ = std::filesystem::path(SENDCHECK_SCRATCH) /
              (std::to_string(getpid()) + "-" + std::to_string(++made));
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  std::string folder() const { return folder_.string(); }
  std::string path(std::string_view name) const {
    return (folder_ / name).string();
  }
  // Writes a file; gives its path.
  std::string write(std::string_view name, std::string_view content) const {
    const std::filesystem::path file = folder_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
    return file.string();
  }
  // A copy of a file or folder of the source tree ("rules"); gives its path.
  std::string copy(std::string_view of_source) const {
    const std::filesystem::path from =
        std::filesystem::path(source_folder()) / of_source;
    const std::filesystem::path to = folder_ / from.filename();
    std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
    return to.string();
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace sendcheck::test
