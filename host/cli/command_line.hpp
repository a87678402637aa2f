// The command line: words to tasks, results to words, and the exit status.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/date.hpp"
#include "crypto/random.hpp"

namespace sendcheck::cli {

// Exit statuses.
inline constexpr int done = 0;
inline constexpr int not_right = 1;  // a failed case, --strict with rejects
inline constexpr int wrong_usage = 2;
inline constexpr int unreadable = 3;  // the register, or another input
inline constexpr int not_loaded = 4;  // rules or plugins
inline constexpr int unwritable = 5;  // the store, or what was asked for

// What the program finds around it; the only place from which the clock and the terminal come in.
struct Surroundings {
  std::string version;
  Date today;
  const Clock* clock = nullptr;
  RandomSource* random = nullptr;
  std::string actor;            // who works here, by the system's name for them
  std::string store_file;       // where --store is not given
  std::string rules_folder;     // where --rules is not given
  std::string plugins_folder;   // where --plugins is not given
  std::ostream* out = nullptr;  // what was asked for
  std::ostream* err = nullptr;  // messages, progress
  std::istream* in = nullptr;   // answers to questions
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool colour_refused = false;  // NO_COLOR
  std::size_t columns = 100;
};

// `arguments` without the program's name.
int run(const std::vector<std::string>& arguments,
        const Surroundings& surroundings);

}  // namespace sendcheck::cli
