#include "cli/command_line.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "base/csv.hpp"
#include "cli/check_output.hpp"
#include "support/decisions.hpp"
#include "support/scratch.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

struct Ran {
  int status = -1;
  std::string out, err;
};

// What is printed is looked at here, not what is logged.
std::vector<std::string> without_store(std::vector<std::string> words) {
  if (!words.empty() && (words[0] == "check" || words[0] == "explain")) {
    words.push_back("--no-store");
  }
  return words;
}

Ran run(const std::vector<std::string>& words,
        const std::string& today = "2026-11-22", bool terminal = false,
        bool colour_refused = false) {
  std::ostringstream out, err;
  cli::Surroundings at;
  at.version = "0.1.0";
  at.today = *Date::parse(today);
  at.rules_folder = source_folder() + "/rules";
  at.plugins_folder = source_folder() + "/plugins";
  at.out = &out;
  at.err = &err;
  at.out_is_terminal = terminal;
  at.colour_refused = colour_refused;
  const int status = cli::run(without_store(words), at);
  return {status, out.str(), err.str()};
}

const std::string nursery = fixture("registers/nursery.jsonl");

}  // namespace

TEST_CASE("without --as-of, the day is the one that the program is told") {
  const auto as_of = [](const Ran& ran) {
    const std::size_t at = ran.out.find("\"as_of\": \"");
    REQUIRE(at != std::string::npos);
    return ran.out.substr(at + 10, 10);
  };
  CHECK(as_of(run({"check", nursery, "--format", "json"}, "2026-12-01")) ==
        "2026-12-01");
  CHECK(
      as_of(run({"check", nursery, "--format", "json", "--as-of", "2025-01-31"},
                "2026-12-01")) == "2025-01-31");
  CHECK(run({"check", nursery, "--format", "json", "--as-of", "2026-12-01"})
            .out ==
        run({"check", nursery, "--format", "json"}, "2026-12-01").out);
}

TEST_CASE("a date that is none is quoted once, and nothing is checked") {
  const Ran ran = run({"check", nursery, "--as-of", "22/11/2026"});
  CHECK(ran.status == cli::wrong_usage);
  CHECK(ran.out.empty());
  CHECK(ran.err ==
        "sendcheck: --as-of \"22/11/2026\" is no date; expected one such as "
        "2026-11-22\n");
  const Ran nasty = run({"check", nursery, "--as-of", "\x1b[31m"});
  CHECK(nasty.status == cli::wrong_usage);
  CHECK(nasty.err.find('\x1b') == std::string::npos);
}

TEST_CASE("colour is for a terminal that does not refuse it") {
  const std::vector<std::string> words = {"check", nursery};
  CHECK(run(words, "2026-11-22", false).out.find('\x1b') == std::string::npos);
  CHECK(run(words, "2026-11-22", true).out.find('\x1b') != std::string::npos);
  CHECK(run(words, "2026-11-22", true, true).out ==
        run(words, "2026-11-22", false).out);
}

TEST_CASE("a command that there is not is told with the nearest") {
  const Ran near = run({"explian"});
  CHECK(near.status == cli::wrong_usage);
  CHECK(near.err.starts_with("sendcheck: there is no command \"explian\""));
  const Ran below = run({"rules", "tests"});
  CHECK(below.status == cli::wrong_usage);
  CHECK(below.err ==
        "sendcheck: there is no command \"tests\"; did you mean \"test\"?\n");
  // A register may have the name of a command.
  CHECK(run({"check", "check"}).status == cli::unreadable);
}

TEST_CASE("an option that is given says something") {
  for (const char* option : {"--as-of", "--rules", "--plugins", "--rule",
                             "--kind", "--pupil", "--rejects"}) {
    INFO(option);
    for (const char* nothing : {"", " "}) {
      const Ran ran = run({"check", nursery, option, nothing});
      CHECK(ran.status == cli::wrong_usage);
      CHECK(ran.out.empty());
      CHECK_THAT(ran.err, Catch::Contains(option));
    }
  }
}

TEST_CASE("an output that fails is exit 5, whatever came of the check") {
  std::ostringstream out, err;
  out.setstate(std::ios::badbit);
  cli::Surroundings at;
  at.today = *Date::parse("2026-11-22");
  at.rules_folder = source_folder() + "/rules";
  at.plugins_folder = source_folder() + "/plugins";
  at.out = &out;
  at.err = &err;
  CHECK(cli::run({"check", nursery, "--no-store"}, at) == cli::unwritable);
  CHECK_THAT(err.str(), Catch::Contains("the output cannot be written"));
}

TEST_CASE("a cell of the CSV that would be a formula is guarded") {
  std::ostringstream out;
  cli::OutputSetting setting;
  const auto output = cli::make_csv_output(out, setting);
  CHECK(out.str().empty());
  CheckedPupil pupil = full_pupil();
  pupil.name = "=1+1";
  pupil.decisions[0].summary = "@x, \"y\"\nz";
  std::string text;
  output->render(pupil, text);
  output->take(text);
  output->finish({}, {});
  const auto table = parse_csv(out.str(), "out.csv");
  REQUIRE(table.has_value());
  REQUIRE(table->rows.size() == 1);
  CHECK(table->rows[0].cells ==
        std::vector<std::string>{"K886999919002", "=1+1", "top-up", "Top-up",
                                 "refer", "@x, \"y\"\nz", "3450.00",
                                 "indicative", "year", "2026-11-21", "overdue",
                                 "-1", "Is it so?", "the panel",
                                 "Apply: the panel; Wait", "dfe/2026-04-01"});
  CHECK_THAT(out.str(), Catch::Contains(",'=1+1,") &&
                            Catch::Contains(",\"'@x, ") &&
                            Catch::Contains(",-1,"));
}

TEST_CASE("a CSV of no pupils has its headings, once") {
  std::ostringstream out;
  const auto output = cli::make_csv_output(out, cli::OutputSetting());
  output->finish({}, {});
  CHECK_THAT(out.str(), Catch::StartsWith("upn,name,rule,") &&
                            Catch::EndsWith(",edition\r\n"));
}
