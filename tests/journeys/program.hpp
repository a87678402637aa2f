// The built program, started as a person or another program starts it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "json/value.hpp"
#include "support/scratch.hpp"

namespace sendcheck::test {

using Words = std::vector<std::string>;

// The day that the fixtures are meant for.
inline constexpr const char* fixture_day = "2026-11-22";

struct Ran {
  int status = -1;  // of the exit; 256 + signal where one ended it
  std::string out;
  std::string err;
};

struct Around {
  std::string folder;  // to work in; empty: that of the test
  std::map<std::string, std::string> environment;  // beside an almost empty one
  std::string out_file;  // standard output goes to this file
  std::string in;        // what standard input holds
  std::string
      program;  // beside sendcheck: "sendcheck-verify"; empty: sendcheck
  std::size_t kill_after = 0;  // bytes of output, and it is killed (SIGKILL)
};

// Runs the program with its output in pipes.
Ran run(const Words& words, const Around& around = {});

// Runs it with a terminal of 100 columns; `out` holds what a person sees.
struct Terminal {
  // Else standard output is a pipe, and the terminal is for standard error alone, whose text is `err`.
  bool for_output = true;
};
Ran run_on_terminal(const Words& words, Terminal terminal,
                    const Around& around = {});

// Words with the rules and plugins of the source tree and the fixtures' day after them.
Words on_fixture_day(Words words);
// check REGISTER ... --format FORMAT, of a fixture by its name.
Words check_words(const std::string& register_path, const std::string& format,
                  const Words& more = {});

// What expand makes of the lines of check --format jsonl: a line a pupil, in full, and the summary.
std::vector<std::string> expanded_lines(const std::string& register_path,
                                        const Words& more = {});

const std::vector<std::string>& fixture_registers();  // paths

// A JSON text that must parse; the values live as long as this.
class Json {
 public:
  explicit Json(const std::string& text);
  const json::Value& root() const { return document_.root(); }

 private:
  std::string text_;
  json::Document document_;
};

// The text of a member, or empty.
std::string text(const json::Value& object, std::string_view key);
// A pupil's decision under a rule in the whole of --format json; null when there is none.
const json::Value* decision(const json::Value& root, std::string_view upn,
                            std::string_view rule);
const json::Value* pupil(const json::Value& root, std::string_view upn);

std::size_t times(std::string_view text, std::string_view part);
std::vector<std::string> lines_of(const std::string& text);
std::string replaced(std::string text, std::string_view from,
                     std::string_view to);

}  // namespace sendcheck::test
