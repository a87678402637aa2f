#include <catch2/catch.hpp>
#include <filesystem>

#include "base/files.hpp"
#include "support/scratch.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

std::filesystem::perms rights(const std::string& path) {
  return std::filesystem::status(path).permissions();
}

}  // namespace

TEST_CASE("A file that is made a program keeps its other rights") {
  using std::filesystem::perms;
  Scratch scratch;
  const std::string path = scratch.write("program", "#!/bin/sh\n");
  std::filesystem::permissions(path, perms::owner_read | perms::owner_write);
  REQUIRE(make_executable(path).has_value());
  CHECK((rights(path) & perms::owner_exec) != perms::none);
  CHECK((rights(path) & perms::owner_read) != perms::none);
  CHECK((rights(path) & perms::others_write) == perms::none);
}

TEST_CASE("What is not there cannot be made a program") {
  Scratch scratch;
  const auto made = make_executable(scratch.path("none"));
  REQUIRE(!made.has_value());
  CHECK(made.error().id == "files.unwritable");
}
