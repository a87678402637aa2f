#include "cli/check_commands.hpp"

#include <CLI/CLI.hpp>
#include <ostream>
#include <thread>

#include "base/files.hpp"
#include "base/text.hpp"
#include "casework/expand_decisions.hpp"
#include "casework/explain_decision.hpp"
#include "cli/check_output.hpp"
#include "cli/explain_text.hpp"
#include "cli/findings_text.hpp"
#include "cli/published_text.hpp"

namespace sendcheck::cli {

void CheckCommands::add(CLI::App& app) {
  add_check(app);
  add_expand(app);
  add_explain(app);
}

Result<CheckCommands::OpenedLog> CheckCommands::open_check_log(
    CheckPurpose purpose) const {
  OpenedLog opened;
  if (!desk_.wants_store()) return opened;
  auto store = desk_.open_log(true);
  if (!store) return unexpected(store.error());
  opened.store = std::move(*store);
  opened.log = std::make_unique<CheckLog>(*opened.store, std::move(purpose));
  return opened;
}

void CheckCommands::add_check(CLI::App& app) {
  CLI::App* command = app.add_subcommand(
      "check",
      "Checks every pupil of a register: a JSON file, a JSON Lines "
      "file or a folder of CSV files");
  command->add_option("register", register_, "the register")->required();
  desk_.add_rules_options(*command);
  desk_.add_store_options(*command, true);
  command->add_option("--rule", rule_ids_, "check this rule (repeatable)")
      ->allow_extra_args(false)
      ->check(stated());
  command
      ->add_option("--kind", kind_,
                   "access_arrangement, funding, statutory or monitoring")
      ->check(stated());
  command->add_option("--pupil", upn_, "check this pupil, by UPN")
      ->check(stated());
  command
      ->add_option("--format", format_,
                   "table, json, csv, html, or jsonl: each rule's text once, "
                   "then what was found of each pupil (expand puts them "
                   "together)")
      ->check(CLI::IsMember({"table", "json", "jsonl", "csv", "html"}));
  command
      ->add_option("--rejects", rejects_,
                   "write the records that were rejected to this file")
      ->check(stated());
  command->add_flag("--strict", strict_,
                    "exit with 1 when a record was rejected");
  command->add_option("--jobs", jobs_, "threads to use (as many as processors)")
      ->check(CLI::Range(1, 256));
  command->callback([this] {
    desk_.status =
        desk_.with_rules([this](const Workspace& workspace, Date date) {
          return check(workspace, date);
        });
  });
}

int CheckCommands::check(const Workspace& workspace, Date date) {
  const std::vector<Error> load_errors = workspace.load_errors();

  CheckOptions options;
  options.register_path = register_;
  options.as_of = date;
  options.rules = {rule_ids_, kind_};
  options.upn = upn_;
  options.rejects_path = rejects_;
  options.jobs =
      jobs_ > 0
          ? jobs_
          : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  options.keep_warnings = format_ != "jsonl" && format_ != "csv";

  OutputSetting setting;
  setting.version = desk_.at.version;
  setting.register_name = file_name(register_);
  setting.style = desk_.style;
  setting.columns = desk_.at.columns;
  auto output = format_ == "json"    ? make_json_output(*desk_.at.out, setting)
                : format_ == "jsonl" ? make_jsonl_output(*desk_.at.out, setting)
                : format_ == "csv"   ? make_csv_output(*desk_.at.out, setting)
                : format_ == "html"  ? make_html_output(*desk_.at.out, setting)
                                    : make_table_output(*desk_.at.out, setting);
  bool progress_shown = false;
  if (desk_.at.err_is_terminal) {
    output->on_progress = [&](int per_mille, std::int64_t pupils) {
      // A school's register is done before anyone could read a line.
      if (pupils < 2000) return;
      progress_shown = true;
      *desk_.at.err << "\r" << pupils << " pupils, " << per_mille / 10 << "% "
                    << std::flush;
    };
  }
  const auto opened = open_check_log({"check", format_});
  if (!opened) return desk_.fail(opened.error());
  options.log = opened->log.get();
  auto report = check_register(workspace, options, *output);
  if (progress_shown) *desk_.at.err << "\r\x1b[K" << std::flush;
  if (!report) return desk_.fail(report.error());
  output->finish(*report, load_errors);
  desk_.at.out->flush();
  if (format_ == "csv" || format_ == "jsonl") {
    say_what_the_rows_do_not(*report);
  }
  for (const Error& error : wrong_publications(*report)) desk_.say(error);
  if (desk_.report_load_errors(workspace)) return not_loaded;
  if (strict_ && report->counts.rejected > 0) return not_right;
  return done;
}

void CheckCommands::say_what_the_rows_do_not(const CheckReport& report) {
  for (const RejectedPupil& pupil : report.rejected) {
    for (const Finding& finding : pupil.findings) {
      *desk_.at.err << "rejected: " << finding_line(finding, pupil.name)
                    << '\n';
    }
  }
  *desk_.at.err << counted(report.counts.checked, "pupil", "pupils")
                << " checked, " << report.counts.rejected << " rejected, "
                << counted(report.counts.warnings, "warning", "warnings")
                << '\n';
}

void CheckCommands::add_expand(CLI::App& app) {
  CLI::App* command = app.add_subcommand(
      "expand",
      "Writes the decisions of a file that check --format jsonl made in "
      "full, one pupil a line");
  command->add_option("file", register_, "the file")->required();
  command->callback([this] {
    const auto all = expand_decisions(
        register_, [this](std::string_view lines) { *desk_.at.out << lines; });
    desk_.status = all ? done : desk_.fail(all.error());
  });
}

void CheckCommands::add_explain(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("explain",
                         "Explains one decision in full: for the SENCO, for a "
                         "parent, for an auditor");
  command->add_option("register", register_, "the register")->required();
  command->add_option("--pupil", upn_, "the pupil's UPN")
      ->required()
      ->check(stated());
  command->add_option("--rule", rule_id_, "the rule")->required();
  command->add_option("--for", reader_, "senco, parent or auditor")
      ->check(CLI::IsMember({"senco", "parent", "auditor"}));
  desk_.add_rules_options(*command);
  desk_.add_store_options(*command, true);
  command->callback([this] {
    desk_.status =
        desk_.with_rules([this](const Workspace& workspace, Date date) {
          return explain_one(workspace, date);
        });
  });
}

int CheckCommands::explain_one(const Workspace& workspace, Date date) {
  const auto opened = open_check_log({"explain", "text"});
  if (!opened) return desk_.fail(opened.error());
  auto explained = explain_decision(workspace, register_, upn_, rule_id_, date,
                                    opened->log.get());
  if (!explained) return desk_.fail(explained.error());
  if (!explained->rejections.empty()) {
    for (const Finding& finding : explained->rejections) {
      *desk_.at.err << "rejected: " << finding_line(finding, explained->name)
                    << '\n';
    }
    return unreadable;
  }
  ExplainSetting setting;
  setting.reader = reader_ == "parent"    ? Reader::parent
                   : reader_ == "auditor" ? Reader::auditor
                                          : Reader::senco;
  setting.style = desk_.style;
  setting.columns = desk_.at.columns;
  setting.version = desk_.at.version;
  if (explained->run) setting.logged = explained->run->in_words();
  *desk_.at.out << explanation(workspace, explained->name, explained->upn, date,
                               explained->decision, setting);
  for (const Error& error :
       wrong_publications(workspace, explained->decision)) {
    desk_.say(error);
  }
  if (explained->decision.error) {
    *desk_.at.err << "sendcheck: " << explained->decision.error->to_string()
                  << '\n';
    return not_loaded;
  }
  return done;
}

}  // namespace sendcheck::cli
