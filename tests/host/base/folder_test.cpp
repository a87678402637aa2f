// Folders that are replaced as a whole.
#include "base/folder.hpp"

#include <catch2/catch.hpp>

#include "support/scratch.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

namespace fs = std::filesystem;

const std::vector<FolderFile> files = {{"a.txt", "one"}, {"in/b.txt", "two"}};

std::vector<std::string> names_in(const std::string& folder) {
  const auto names = files_below(folder);
  REQUIRE(names);
  return *names;
}

}  // namespace

TEST_CASE("a new folder holds its files and those below") {
  const Scratch scratch;
  const std::string folder = scratch.path("new");
  REQUIRE(replace_folder(folder, files));
  CHECK(names_in(folder) == std::vector<std::string>{"a.txt", "in/b.txt"});
  CHECK(content_of(folder + "/in/b.txt") == "two");
  CHECK(names_in(scratch.folder()).size() == 2);
}

TEST_CASE("a folder in place of another leaves nothing of it") {
  const Scratch scratch;
  scratch.write("old/a.txt", "before");
  scratch.write("old/deep/er/c.txt", "before");
  REQUIRE(replace_folder(scratch.path("old") + "/", files));
  CHECK(names_in(scratch.folder()) ==
        std::vector<std::string>{"old/a.txt", "old/in/b.txt"});
  CHECK(content_of(scratch.path("old/a.txt")) == "one");
}

TEST_CASE("a link to a folder is followed and stays a link") {
  const Scratch scratch;
  scratch.write("real/a.txt", "before");
  fs::create_directory_symlink(scratch.path("real"), scratch.path("link"));
  REQUIRE(replace_folder(scratch.path("link"), files));
  CHECK(fs::is_symlink(scratch.path("link")));
  CHECK(content_of(scratch.path("real/a.txt")) == "one");
}

TEST_CASE("where a file cannot be written the old folder is as it was") {
  const Scratch scratch;
  scratch.write("old/a.txt", "before");
  // A file cannot stand below another.
  const auto replaced = replace_folder(
      scratch.path("old"), {{"a.txt", "one"}, {"a.txt/b.txt", "two"}});
  REQUIRE_FALSE(replaced);
  CHECK(replaced.error().id == "files.unwritable");
  CHECK(names_in(scratch.folder()) == std::vector<std::string>{"old/a.txt"});
  CHECK(content_of(scratch.path("old/a.txt")) == "before");
}

TEST_CASE(
    "a folder is made neither in a file nor in no folder nor over a file") {
  const Scratch scratch;
  scratch.write("file", "text");
  for (const char* name : {"file/new", "no/new", "file"}) {
    INFO(name);
    const auto made = replace_folder(scratch.path(name), files);
    REQUIRE_FALSE(made);
    CHECK(made.error().id == "files.unwritable");
  }
  CHECK(names_in(scratch.folder()) == std::vector<std::string>{"file"});
}

TEST_CASE("an empty folder below counts as something that is there") {
  const Scratch scratch;
  fs::create_directories(scratch.path("top/empty"));
  CHECK(names_in(scratch.path("top")) == std::vector<std::string>{"empty"});
  CHECK(files_below(scratch.path("nowhere")).error().id == "files.unreadable");
}
