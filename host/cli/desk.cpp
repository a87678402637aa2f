#include "cli/desk.hpp"

#include <CLI/CLI.hpp>
#include <ostream>

#include "base/files.hpp"
#include "base/text.hpp"

namespace sendcheck::cli {

int exit_of(const Error& error) {
  static constexpr std::string_view usage[] = {"check.no_rule",
                                               "check.no_such_pupil",
                                               "check.rejects_over_register",
                                               "cases.unknown_rule",
                                               "log.no_such_pupil",
                                               "log.no_such_decision",
                                               "log.no_entry",
                                               "replay.not_a_decision",
                                               "erase.unknown",
                                               "log.reason",
                                               "lint.unknown",
                                               "pack.folder_in_use"};
  if (error.id.starts_with("proposal.")) return not_loaded;
  if (error.id.starts_with("engine.unknown") || error.id.starts_with("diff.") ||
      error.id.starts_with("decide.") || error.id.starts_with("doc.") ||
      error.id.starts_with("new.") || error.id.starts_with("sample.") ||
      error.id == "export.format" || error.id.starts_with("backup.") ||
      error.id.starts_with("erase.") ||
      std::find(std::begin(usage), std::end(usage), error.id) !=
          std::end(usage)) {
    return wrong_usage;
  }
  if (error.id == "publish.not_loaded") return not_loaded;
  if (error.id == "publish.cases" || error.id == "publish.unfinished" ||
      error.id == "publish.no_cases" || error.id == "publish.changed" ||
      error.id == "publish.proposer_key" ||
      error.id.starts_with("editions.published_")) {
    return not_right;
  }
  if (error.id == "publish.note") return unreadable;
  if (error.id.starts_with("publish.")) return wrong_usage;
  // A log that is not as it was seen elsewhere; what was asked for is not done.
  if (error.id.starts_with("witness.") && error.id != "witness.request") {
    return not_right;
  }
  if (error.id == "files.unwritable" || error.id.starts_with("store.") ||
      error.id.starts_with("keys.") || error.id.starts_with("log.") ||
      error.id.starts_with("payload.") || error.id.starts_with("restore.") ||
      error.id.starts_with("crypto.")) {
    return unwritable;
  }
  return unreadable;
}

const CLI::Validator& stated() {
  static const CLI::Validator validator(
      [](std::string& given) {
        return trim(given).empty() ? std::string("nothing is given")
                                   : std::string();
      },
      "", "stated");
  return validator;
}

Desk::Desk(const Surroundings& surroundings)
    : at(surroundings),
      style(surroundings.out_is_terminal && !surroundings.colour_refused) {}

void Desk::add_rules_options(CLI::App& command) {
  command
      .add_option("--as-of", as_of_,
                  "the date to check for, YYYY-MM-DD (today)")
      ->check(stated());
  add_folder_options(command);
}

void Desk::add_folder_options(CLI::App& command) {
  command.add_option("--rules", rules_, "the folder of rule sets")
      ->check(stated());
  command.add_option("--plugins", plugins_, "the folder of rule plugins")
      ->check(stated());
  command
      .add_option("--publishers", publishers_,
                  "the keys of the bodies that publish editions "
                  "(publishers.pub in the folder of rule sets)")
      ->check(stated());
}

void Desk::add_store_options(CLI::App& command, bool can_do_without) {
  auto* store =
      command
          .add_option("--store", store_, "the log of decisions (sendcheck.db)")
          ->check(stated());
  command
      .add_option("--keys", keys_,
                  "the folder of its keys (the store's name with .keys)")
      ->check(stated());
  command
      .add_option("--actor", actor_,
                  "who does this, as the log is to name them (the user)")
      ->check(stated());
  if (can_do_without) {
    command
        .add_flag("--no-store", no_store_,
                  "log nothing: for trying out, not for decisions")
        ->excludes(store);
  }
}

void Desk::say(const Error& error) const {
  *at.err << "sendcheck: " << error.to_string() << '\n';
}

int Desk::fail(const Error& error) const {
  say(error);
  return exit_of(error);
}

int Desk::give(const std::string& file, const std::string& text,
               const std::string& what) const {
  if (file.empty()) {
    *at.out << text;
    return done;
  }
  if (auto written = write_file(file, text); !written) {
    return fail(written.error());
  }
  *at.err << what << " written to " << file << '\n';
  return done;
}

std::optional<Date> Desk::as_of() const {
  if (as_of_.empty()) return at.today;
  auto date = Date::parse(as_of_);
  if (!date) {
    *at.err << "sendcheck: --as-of \"" << sendcheck::quoted(as_of_)
            << "\" is no date; expected one such as 2026-11-22\n";
  }
  return date;
}

std::unique_ptr<Workspace> Desk::open_workspace() const {
  auto workspace = Workspace::open(
      rules_.empty() ? at.rules_folder : rules_,
      plugins_.empty() ? at.plugins_folder : plugins_, publishers_);
  if (!workspace) {
    *at.err << "sendcheck: the rules cannot be read: "
            << workspace.error().to_string() << '\n';
    return nullptr;
  }
  return std::move(*workspace);
}

int Desk::with_rules(const std::function<int(const Workspace&, Date)>& work) {
  const auto date = as_of();
  if (!date) return wrong_usage;
  const auto workspace = open_workspace();
  return workspace ? work(*workspace, *date) : not_loaded;
}

bool Desk::report_load_errors(const Workspace& workspace) const {
  const std::vector<Error> errors = workspace.load_errors();
  for (const Error& error : errors) say(error);
  return !errors.empty();
}

LogPlace Desk::log_place() const {
  return {store_.empty() ? at.store_file : store_, keys_};
}

LogAuthor Desk::author() const {
  return {actor_.empty() ? at.actor : actor_, at.version, at.clock, at.random};
}

Result<std::unique_ptr<Log>> Desk::open_log(bool create) const {
  const LogPlace place = log_place();
  const bool there = is_file(place.file);
  auto log = Log::open(place, author(), create);
  if (log && !there) {
    *at.err << "A log of decisions was begun: " << place.file
            << "\n  its keys, to be backed up apart from it: "
            << place.keys_folder() << "\n  its key's fingerprint, to be "
            << "printed and kept elsewhere: "
            << fingerprint((*log)->keys().public_key()) << " ("
            << (*log)->origin() << ")\n";
  }
  return log;
}

int Desk::with_log(const std::function<int(Log&)>& work) {
  auto log = open_log(false);
  if (!log) return fail(log.error());
  return work(**log);
}

}  // namespace sendcheck::cli
