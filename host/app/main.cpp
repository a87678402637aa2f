// The real clock, paths and terminal.
#include <pwd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <ctime>
#include <iostream>

#include "base/files.hpp"
#include "cli/command_line.hpp"

namespace {

// The local calendar day.
sendcheck::Date today() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return sendcheck::Date::from_civil(local.tm_year + 1900, local.tm_mon + 1,
                                     local.tm_mday)
      .value_or(sendcheck::Date());
}

class SystemClock final : public sendcheck::Clock {
 public:
  sendcheck::Moment now() const override { return {std::time(nullptr)}; }
};

// The name that one is logged in by.
std::string user_name() {
  const passwd* user = getpwuid(getuid());
  return user != nullptr && user->pw_name != nullptr ? user->pw_name
                                                     : std::to_string(getuid());
}

// "rules" of the folder that one works in, else of the source tree that the program was built in, else where it is installed.
std::string found_folder(const std::string& name) {
  const std::string program = sendcheck::program_folder();
  for (const std::string& folder : {name, program + "/../" + name,
                                    program + "/../share/sendcheck/" + name}) {
    if (sendcheck::is_folder(folder)) return folder;
  }
  return name;
}

std::size_t terminal_columns() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) {
    return std::min<std::size_t>(size.ws_col, 120);
  }
  return 100;
}

}  // namespace

int main(int argc, char** argv) {
  // Text is compared by its bytes, on every machine alike.
  std::setlocale(LC_ALL, "C");
  std::ios::sync_with_stdio(false);

  sendcheck::cli::Surroundings surroundings;
  surroundings.version = SENDCHECK_VERSION;
  surroundings.today = today();
  const SystemClock clock;
  surroundings.clock = &clock;
  surroundings.random = &sendcheck::system_random();
  surroundings.actor = user_name();
  surroundings.store_file = "sendcheck.db";
  surroundings.rules_folder = found_folder("rules");
  surroundings.plugins_folder = found_folder("plugins");
  surroundings.out = &std::cout;
  surroundings.err = &std::cerr;
  surroundings.in = &std::cin;
  surroundings.out_is_terminal = isatty(STDOUT_FILENO) != 0;
  surroundings.err_is_terminal = isatty(STDERR_FILENO) != 0;
  const char* no_colour = std::getenv("NO_COLOR");
  surroundings.colour_refused = no_colour != nullptr && *no_colour != '\0';
  surroundings.columns = terminal_columns();

  const int status = sendcheck::cli::run({argv + 1, argv + argc}, surroundings);
  std::cout.flush();
  return status;
}
