// What every command works at: the surroundings, the options that several commands share, and what is said when something goes wrong.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "audit/log.hpp"
#include "casework/workspace.hpp"
#include "cli/command_line.hpp"
#include "cli/layout.hpp"

namespace CLI {
class App;
class Validator;
}  // namespace CLI

namespace sendcheck::cli {

// The exit status that an error stands for.
int exit_of(const Error& error);

// An option that is given says something: nothing is what a script's empty variable comes to, and would quietly mean every pupil, or today.
const CLI::Validator& stated();

class Desk {
 public:
  explicit Desk(const Surroundings& surroundings);

  const Surroundings& at;
  Style style;
  int status = done;  // what the command came to

  // --rules, --plugins, --publishers
  void add_folder_options(CLI::App& command);
  // The same, and --as-of
  void add_rules_options(CLI::App& command);
  // --store, --no-store (where a command can do without), --keys, --actor
  void add_store_options(CLI::App& command, bool can_do_without);

  // Says the error on standard error.
  void say(const Error& error) const;
  // The same; gives its exit status.
  int fail(const Error& error) const;
  // Writes to a file, and says so on standard error ("The proof was written to ..."); or, without one, to standard output. Gives the exit status.
  int give(const std::string& file, const std::string& text,
           const std::string& what) const;
  // What every command over rules begins with: the date and the rules. The work gives the exit status.
  int with_rules(const std::function<int(const Workspace&, Date)>& work);
  // Tells what did not load. True when something did not.
  bool report_load_errors(const Workspace& workspace) const;

  bool wants_store() const { return !no_store_; }
  LogPlace log_place() const;
  LogAuthor author() const;
  // The log, made if `create` and there is none: then what was made, and the key's fingerprint, is said on standard error.
  Result<std::unique_ptr<Log>> open_log(bool create) const;
  // The same for a command whose work is with the log. The work gives the exit status.
  int with_log(const std::function<int(Log&)>& work);

 private:
  std::optional<Date> as_of() const;
  std::unique_ptr<Workspace> open_workspace() const;

  std::string as_of_, rules_, plugins_, publishers_;
  std::string store_, keys_, actor_;
  bool no_store_ = false;
};

}  // namespace sendcheck::cli
