#include "base/files.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

namespace sendcheck {
namespace {

namespace fs = std::filesystem;

// An empty folder of this test's own, gone when the test ends.
class Scratch {
 public:
  Scratch() : folder_(SENDCHECK_SCRATCH "/files") {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~Scratch() { fs::remove_all(folder_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  std::string path(const std::string& name) const {
    return folder_ + "/" + name;
  }
  std::string folder() const { return folder_; }

 private:
  std::string folder_;
};

std::vector<std::string> names(const std::string& folder) {
  const auto list = list_folder(folder);
  REQUIRE(list.has_value());
  return *list;
}

}  // namespace

TEST_CASE("what is written is read back byte for byte") {
  const Scratch scratch;
  for (const std::size_t size : {0, 1, 65'535, 65'536, 65'537, 200'000}) {
    std::string content;
    for (std::size_t i = 0; i < size; ++i) {
      content += static_cast<char>(i * 7 + i / 256);
    }
    const std::string path = scratch.path("röbin.bin");
    REQUIRE(write_file(path, content).has_value());
    const auto read = read_file(path);
    REQUIRE(read.has_value());
    CHECK((*read == content));
  }
  CHECK(names(scratch.folder()) == std::vector<std::string>{"röbin.bin"});
}

TEST_CASE(
    "a file is replaced whole, keeps its permissions and leaves no "
    "other beside it") {
  const Scratch scratch;
  const std::string path = scratch.path("a.txt");
  REQUIRE(write_file(path, "a long first version").has_value());
  constexpr auto kept = fs::perms::owner_read | fs::perms::owner_write |
                        fs::perms::group_read | fs::perms::group_write;
  fs::permissions(path, kept);
  REQUIRE(write_file(path, "short").has_value());
  CHECK(*read_file(path) == "short");
  CHECK(fs::status(path).permissions() == kept);
  CHECK(names(scratch.folder()) == std::vector<std::string>{"a.txt"});
}

TEST_CASE("a link is written through and stays a link") {
  const Scratch scratch;
  REQUIRE(write_file(scratch.path("real.txt"), "old").has_value());
  fs::create_symlink("real.txt", scratch.path("link.txt"));
  REQUIRE(write_file(scratch.path("link.txt"), "new").has_value());
  CHECK(*read_file(scratch.path("real.txt")) == "new");
  CHECK(fs::is_symlink(scratch.path("link.txt")));
}

TEST_CASE("a file that is not there is missing") {
  const Scratch scratch;
  for (const std::string& path : {scratch.path("none.json"),
                                  scratch.path("none/a.json"), std::string()}) {
    CAPTURE(path);
    const auto read = read_file(path);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().id == "files.missing");
    CHECK(read.error().place.file == path);
  }
}

TEST_CASE("a folder cannot be read as a file") {
  const Scratch scratch;
  const auto read = read_file(scratch.folder());
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().id == "files.unreadable");
}

TEST_CASE("a file over the limit is refused, one at the limit is read") {
  const Scratch scratch;
  const std::string path = scratch.path("a.txt");
  REQUIRE(write_file(path, "12345").has_value());
  CHECK(read_file(path, 5).has_value());
  const auto read = read_file(path, 4);
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().id == "files.too_large");
  // Its size is told only by reading it.
  const auto endless = read_file("/dev/zero", 100'000);
  REQUIRE_FALSE(endless.has_value());
  CHECK(endless.error().id == "files.too_large");
}

TEST_CASE("a file cannot be written where there is no folder, or over one") {
  const Scratch scratch;
  fs::create_directories(scratch.path("folder"));
  REQUIRE(write_file(scratch.path("file"), "x").has_value());
  for (const char* name : {"none/a.txt", "folder", "file/a.txt"}) {
    CAPTURE(name);
    const auto written = write_file(scratch.path(name), "content");
    REQUIRE_FALSE(written.has_value());
    CHECK(written.error().id == "files.unwritable");
    CHECK(written.error().place.file == scratch.path(name));
  }
  CHECK(names(scratch.folder()) == std::vector<std::string>{"file", "folder"});
  CHECK_FALSE(write_file("", "content").has_value());
}

TEST_CASE("a full disk is reported") {
  const auto written = write_file("/dev/full", "content");
  REQUIRE_FALSE(written.has_value());
  CHECK(written.error().id == "files.unwritable");
}

TEST_CASE("a folder is listed in the order of bytes") {
  const Scratch scratch;
  for (const char* name : {"b", "B", "a.json", "é", ".hidden", "a"}) {
    REQUIRE(write_file(scratch.path(name), "").has_value());
  }
  CHECK(names(scratch.folder()) ==
        std::vector<std::string>{".hidden", "B", "a", "a.json", "b", "é"});
}

TEST_CASE("what is no folder cannot be listed") {
  const Scratch scratch;
  REQUIRE(write_file(scratch.path("file"), "x").has_value());
  for (const char* name : {"none", "file"}) {
    const auto list = list_folder(scratch.path(name));
    REQUIRE_FALSE(list.has_value());
    CHECK(list.error().id == "files.unreadable");
  }
}

TEST_CASE("files and folders are told apart") {
  const Scratch scratch;
  REQUIRE(write_file(scratch.path("file"), "x").has_value());
  CHECK(is_file(scratch.path("file")));
  CHECK_FALSE(is_folder(scratch.path("file")));
  CHECK(is_folder(scratch.folder()));
  CHECK_FALSE(is_file(scratch.folder()));
  CHECK_FALSE(is_file(scratch.path("none")));
  CHECK_FALSE(is_folder(scratch.path("none")));
  CHECK_FALSE(is_file(std::string(100'000, 'x')));
}

TEST_CASE("a joined path stays below its folder") {
  CHECK(join_path("rules", "facts.json") == "rules/facts.json");
  CHECK(join_path("rules/", "facts.json") == "rules/facts.json");
  CHECK(join_path("rules", "/etc/passwd") == "rules/etc/passwd");
  CHECK(join_path("/", "rules") == "/rules");
  CHECK(join_path("", "facts.json") == "./facts.json");
}

TEST_CASE("names and extensions are taken off a path") {
  CHECK(file_name("rules/national/jcq.json") == "jcq.json");
  CHECK(file_name("jcq.json") == "jcq.json");
  CHECK(file_name("rules/national/") == "national");
  CHECK(file_name("/") == "");
  CHECK(file_name("") == "");
  CHECK(extension("rules/Register.JSON") == ".json");
  CHECK(extension("a.tar.gz") == ".gz");
  CHECK(extension("rules.d/register") == "");
  CHECK(extension("rules/.profile") == "");
  CHECK(extension("..") == "");
  CHECK(extension("a.") == ".");
}

TEST_CASE("two paths to one file are the same file, two files are not") {
  const Scratch scratch;
  REQUIRE(write_file(scratch.path("a"), "x").has_value());
  REQUIRE(write_file(scratch.path("b"), "x").has_value());
  fs::create_symlink("a", scratch.path("link"));
  CHECK(same_file(scratch.path("a"), scratch.path("a")));
  CHECK(same_file(scratch.path("a"), scratch.path("../files/a")));
  CHECK(same_file(scratch.path("a"), scratch.path("link")));
  CHECK(same_file(scratch.folder(), scratch.folder() + "/"));
  CHECK_FALSE(same_file(scratch.path("a"), scratch.path("b")));
  CHECK_FALSE(same_file(scratch.path("a"), scratch.path("nowhere")));
  CHECK_FALSE(same_file(scratch.path("nowhere"), scratch.path("nowhere")));
}

TEST_CASE("the program knows the folder it stands in") {
  const std::string folder = program_folder();
  CHECK(is_file(join_path(folder, "test_base")));
}

}  // namespace sendcheck
