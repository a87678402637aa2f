// The same register, rule sets, as-of date and program give the same bytes, wherever and however it is run.
#include <catch2/catch.hpp>

#include "program.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

const std::vector<std::string> formats = {"table", "json", "jsonl", "csv",
                                          "html"};

}  // namespace

TEST_CASE("a check gives the same bytes twice, in every format") {
  for (const std::string& path : fixture_registers()) {
    for (const std::string& format : formats) {
      INFO(path << " as " << format);
      const Ran first = run(check_words(path, format));
      REQUIRE(first.status == 0);
      CHECK(!first.out.empty());
      CHECK(run(check_words(path, format)).out == first.out);
    }
  }
}

TEST_CASE("the number of threads changes no byte") {
  for (const std::string& path : fixture_registers()) {
    for (const std::string& format : formats) {
      INFO(path << " as " << format);
      const Ran one = run(check_words(path, format, {"--jobs", "1"}));
      for (const char* jobs : {"2", "3", "8"}) {
        const Ran more = run(check_words(path, format, {"--jobs", jobs}));
        CHECK(more.status == one.status);
        CHECK(more.out == one.out);
        CHECK(more.err == one.err);
      }
    }
  }
}

TEST_CASE("the number of threads changes no rejected record") {
  const Scratch scratch;
  const std::string& path = fixture_registers()[1];
  std::string first;
  for (const char* jobs : {"1", "2", "8"}) {
    const std::string rejects = scratch.path(jobs);
    run(check_words(path, "json", {"--jobs", jobs, "--rejects", rejects}));
    if (first.empty()) first = content_of(rejects);
    CHECK(content_of(rejects) == first);
  }
  CHECK(lines_of(first).size() == 3);
}

TEST_CASE(
    "where it is run, and in what language and time zone, changes nothing") {
  const Scratch scratch;
  Around elsewhere;
  elsewhere.folder = scratch.folder();
  elsewhere.environment = {{"TZ", "Pacific/Kiritimati"},
                           {"LANG", "tr_TR.UTF-8"},
                           {"LC_ALL", "de_DE.UTF-8"},
                           {"COLUMNS", "40"},
                           {"HOME", "/nowhere"}};
  for (const std::string& path : fixture_registers()) {
    for (const std::string& format : formats) {
      INFO(path << " as " << format);
      CHECK(run(check_words(path, format), elsewhere).out ==
            run(check_words(path, format)).out);
    }
  }
  const Words words =
      on_fixture_day({"explain", fixture_registers()[0], "--pupil",
                      "K886999919002", "--rule", "element-3-top-up"});
  CHECK(run(words, elsewhere).out == run(words).out);
}

TEST_CASE("a page or a file is the same as what a pipe gets") {
  const Scratch scratch;
  Around to_file;
  to_file.out_file = scratch.path("out");
  run(check_words(fixture_registers()[2], "json"), to_file);
  CHECK(content_of(to_file.out_file) ==
        run(check_words(fixture_registers()[2], "json")).out);
}

TEST_CASE("another day is another answer") {
  const std::string& path = fixture_registers()[2];
  Words words = check_words(path, "json");
  const Ran first = run(words);
  for (std::string& word : words) {
    if (word == fixture_day) word = "2026-11-23";
  }
  CHECK(run(words).out != first.out);
}
