#include <catch2/catch.hpp>
#include <filesystem>

#include "base/files.hpp"
#include "support/scratch.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

std::size_t things_in(const std::string& folder) {
  std::size_t count = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(folder)) {
    (void)entry;
    ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("A new folder comes with all its files and the folders above it") {
  const Scratch scratch;
  const std::string folder = scratch.path("a/b/c");
  REQUIRE(write_new_folder(folder, {{"one.txt", "1"}, {"in/two.txt", "2"}}));
  CHECK(content_of(folder + "/one.txt") == "1");
  CHECK(content_of(folder + "/in/two.txt") == "2");
  CHECK(things_in(scratch.folder()) == 6);
}

TEST_CASE("A folder that is there already is left as it is") {
  const Scratch scratch;
  scratch.write("a/one.txt", "old");
  const auto written =
      write_new_folder(scratch.path("a"), {{"one.txt", "new"}});
  REQUIRE_FALSE(written);
  CHECK(written.error().id == "files.unwritable");
  CHECK(content_of(scratch.path("a/one.txt")) == "old");
  CHECK(things_in(scratch.folder()) == 2);
}

TEST_CASE("A folder of which one file cannot be written is not there at all") {
  const Scratch scratch;
  const std::string too_long(300, 'x');
  const auto written = write_new_folder(scratch.path("a/b"),
                                        {{"one.txt", "1"}, {too_long, "2"}});
  REQUIRE_FALSE(written);
  CHECK(written.error().id == "files.unwritable");
  CHECK(things_in(scratch.folder()) == 0);
}

TEST_CASE("A folder cannot be made below a file") {
  const Scratch scratch;
  scratch.write("a", "a file");
  const auto written =
      write_new_folder(scratch.path("a/b"), {{"one.txt", "1"}});
  REQUIRE_FALSE(written);
  CHECK(written.error().id == "files.unwritable");
  CHECK(things_in(scratch.folder()) == 1);
}
