#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <ostream>

#include "base/text.hpp"
#include "cli/check_commands.hpp"
#include "cli/desk.hpp"
#include "cli/log_commands.hpp"
#include "cli/rules_commands.hpp"

namespace sendcheck::cli {
namespace {

constexpr const char* examples = R"(Examples:
  sendcheck check register.json
      every pupil, every rule that concerns them, as of today
  sendcheck check register.json --rule ehc-annual-review --as-of 2026-12-01
      one rule, on another day
  sendcheck check nursery.jsonl --format html > nursery.html
      a page to read and print
  sendcheck check county.jsonl --format jsonl > decisions.jsonl
      for other programs: a line a pupil, each rule's text once
  sendcheck expand decisions.jsonl
      the same decisions in full, from that file alone
  sendcheck explain register.json --pupil K330999924128 --rule jcq-extra-time-25
      one decision in full; --for parent or --for auditor puts it their way
  sendcheck rules show element-3-top-up --la 884
      a rule in plain English, with today's values and where they come from
  sendcheck rules doc --la 884 --to herefordshire-rules
      every rule of an authority as pages to publish
  sendcheck rules test
      the worked cases of every rule; --thorough tells what they leave open
  sendcheck audit verify
      whether the log of decisions is whole and untouched

A check is logged in sendcheck.db before anything of it is shown; --no-store is for
trying out.

)";

constexpr const char* exit_statuses =
    R"(Exit status: 0 done; 1 the thing checked is not right; 2 wrong usage; 3 input that
cannot be read; 4 rules or plugins that do not load; 5 the store or the
output cannot be opened or written.)";

// What is wrong with the words before the first option; empty when they are
// commands.
std::string unknown_command(const CLI::App& app,
                            const std::vector<std::string>& arguments) {
  const CLI::App* at = &app;
  for (const std::string& word : arguments) {
    std::vector<std::string> names;
    const CLI::App* next = nullptr;
    for (const CLI::App* command :
         at->get_subcommands([](const CLI::App*) { return true; })) {
      names.push_back(command->get_name());
      if (command->get_name() == word) next = command;
    }
    if (names.empty() || word.starts_with('-')) return {};
    if (next == nullptr) {
      const std::string near = nearest(word, names);
      return "there is no command \"" + sendcheck::quoted(word) + "\"; " +
             (near.empty() ? "expected " + join_in_words(names, " or ")
                           : "did you mean \"" + near + "\"?");
    }
    at = next;
  }
  return {};
}

}  // namespace

int run(const std::vector<std::string>& arguments,
        const Surroundings& surroundings) {
  CLI::App app{
      "Checks pupils' records against the rules in force, and "
      "explains every recommendation."};
  app.name("sendcheck");
  // Commands take over the footer that stands when they are added; those with more to say have one of their own.
  app.footer(exit_statuses);
  app.require_subcommand(1);
  app.set_version_flag("--version", "sendcheck " + surroundings.version);
  Desk desk(surroundings);
  CheckCommands check(desk);
  RulesCommands rules(desk);
  LogCommands log(desk);
  check.add(app);
  rules.add(app);
  log.add(app);
  app.footer(std::string(examples) + exit_statuses);

  if (const std::string fault = unknown_command(app, arguments);
      !fault.empty()) {
    *surroundings.err << "sendcheck: " << fault << '\n';
    return wrong_usage;
  }
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::ParseError& problem) {
    const int code = app.exit(problem, *surroundings.out, *surroundings.err);
    return code == 0 ? done : wrong_usage;
  }
  if (!surroundings.out->flush()) {
    *surroundings.err
        << "sendcheck: the output cannot be written: check the space "
           "on the disk, and that whatever reads it still runs\n";
    return unwritable;
  }
  return desk.status;
}

}  // namespace sendcheck::cli
