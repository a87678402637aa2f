#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <functional>
#include <ostream>
#include <thread>

#include "base/files.hpp"
#include "base/text.hpp"
#include "casework/check_register.hpp"
#include "casework/expand_decisions.hpp"
#include "casework/explain_decision.hpp"
#include "casework/fact_documents.hpp"
#include "casework/run_cases.hpp"
#include "cli/check_output.hpp"
#include "cli/explain_text.hpp"
#include "cli/findings_text.hpp"
#include "cli/rules_text.hpp"

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
  sendcheck rules test
      the worked cases of every rule

Exit status: 0 done; 1 the thing checked is not right; 2 wrong usage; 3 input that
cannot be read; 4 rules or plugins that do not load; 5 the output cannot be
written.)";

int exit_of(const Error& error) {
  if (error.id.starts_with("engine.unknown") || error.id == "check.no_rule" ||
      error.id == "check.no_such_pupil" ||
      error.id == "check.rejects_over_register" ||
      error.id == "cases.unknown_rule") {
    return wrong_usage;
  }
  if (error.id == "files.unwritable") return unwritable;
  return unreadable;
}

// An option that is given says something: nothing is what a script's empty
// variable comes to, and would quietly mean every pupil, or today.
const CLI::Validator& stated() {
  static const CLI::Validator validator(
      [](std::string& given) {
        return trim(given).empty() ? std::string("nothing is given")
                                   : std::string();
      },
      "", "stated");
  return validator;
}

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

// Options that several commands share.
struct Shared {
  std::string as_of, rules, plugins;
};

class Commands {
 public:
  explicit Commands(const Surroundings& surroundings)
      : at_(surroundings),
        style_(surroundings.out_is_terminal && !surroundings.colour_refused) {}

  int run(const std::vector<std::string>& arguments) {
    CLI::App app{
        "Checks pupils' records against the rules in force, and "
        "explains every recommendation."};
    app.name("sendcheck");
    app.footer(examples);
    app.require_subcommand(1);
    app.set_version_flag("--version", "sendcheck " + at_.version);
    add_check(app);
    add_expand(app);
    add_explain(app);
    CLI::App* rules =
        app.add_subcommand("rules", "Lists, shows and tests rules");
    rules->require_subcommand(1);
    add_rules_list(*rules);
    add_rules_show(*rules);
    add_rules_test(*rules);
    add_facts(app);

    if (const std::string fault = unknown_command(app, arguments);
        !fault.empty()) {
      *at_.err << "sendcheck: " << fault << '\n';
      return wrong_usage;
    }
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    try {
      app.parse(reversed);
    } catch (const CLI::ParseError& problem) {
      const int code = app.exit(problem, *at_.out, *at_.err);
      return code == 0 ? done : wrong_usage;
    }
    if (!at_.out->flush()) {
      *at_.err << "sendcheck: the output cannot be written: check the space "
                  "on the disk, and that whatever reads it still runs\n";
      return unwritable;
    }
    return status_;
  }

 private:
  void add_shared(CLI::App& command) {
    command
        .add_option("--as-of", shared_.as_of,
                    "the date to check for, YYYY-MM-DD (today)")
        ->check(stated());
    command.add_option("--rules", shared_.rules, "the folder of rule sets")
        ->check(stated());
    command
        .add_option("--plugins", shared_.plugins, "the folder of rule plugins")
        ->check(stated());
  }

  int fail(const Error& error) {
    *at_.err << "sendcheck: " << error.to_string() << '\n';
    return exit_of(error);
  }

  // The as-of date, or nothing when it is no date (and the user has been told).
  std::optional<Date> as_of() {
    if (shared_.as_of.empty()) return at_.today;
    auto date = Date::parse(shared_.as_of);
    if (!date) {
      *at_.err << "sendcheck: --as-of \"" << sendcheck::quoted(shared_.as_of)
               << "\" is no date; expected one such as 2026-11-22\n";
    }
    return date;
  }

  std::unique_ptr<Workspace> open_workspace() {
    auto workspace = Workspace::open(
        shared_.rules.empty() ? at_.rules_folder : shared_.rules,
        shared_.plugins.empty() ? at_.plugins_folder : shared_.plugins);
    if (!workspace) {
      *at_.err << "sendcheck: the rules cannot be read: "
               << workspace.error().to_string() << '\n';
      return nullptr;
    }
    return std::move(*workspace);
  }

  // Tells what did not load. True when something did not.
  bool report_load_errors(const Workspace& workspace) {
    const std::vector<Error> errors = workspace.load_errors();
    for (const Error& error : errors) {
      *at_.err << "sendcheck: " << error.to_string() << '\n';
    }
    return !errors.empty();
  }

  void add_check(CLI::App& app) {
    CLI::App* command = app.add_subcommand(
        "check",
        "Checks every pupil of a register: a JSON file, a JSON Lines "
        "file or a folder of CSV files");
    command->add_option("register", register_, "the register")->required();
    add_shared(*command);
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
                     "table, json, csv, html, or jsonl: each rule's text "
                     "once, then what was found of each pupil (expand puts "
                     "them together)")
        ->check(CLI::IsMember({"table", "json", "jsonl", "csv", "html"}));
    command
        ->add_option("--rejects", rejects_,
                     "write the records that were rejected to this file")
        ->check(stated());
    command->add_flag("--strict", strict_,
                      "exit with 1 when a record was rejected");
    command
        ->add_option("--jobs", jobs_, "threads to use (as many as processors)")
        ->check(CLI::Range(1, 256));
    command->callback([this] {
      status_ = with_rules([this](const Workspace& workspace, Date date) {
        return check(workspace, date);
      });
    });
  }

  int check(const Workspace& workspace, Date date) {
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
            : std::max(1,
                       static_cast<int>(std::thread::hardware_concurrency()));
    options.keep_warnings = format_ != "jsonl" && format_ != "csv";

    OutputSetting setting;
    setting.version = at_.version;
    setting.register_name = file_name(register_);
    setting.style = style_;
    setting.columns = at_.columns;
    auto output = format_ == "json"    ? make_json_output(*at_.out, setting)
                  : format_ == "jsonl" ? make_jsonl_output(*at_.out, setting)
                  : format_ == "csv"   ? make_csv_output(*at_.out, setting)
                  : format_ == "html"  ? make_html_output(*at_.out, setting)
                                       : make_table_output(*at_.out, setting);
    bool progress_shown = false;
    if (at_.err_is_terminal) {
      output->on_progress = [&](int per_mille, std::int64_t pupils) {
        // A school's register is done before anyone could read a line.
        if (pupils < 2000) return;
        progress_shown = true;
        *at_.err << "\r" << pupils << " pupils, " << per_mille / 10 << "% "
                 << std::flush;
      };
    }
    auto report = check_register(workspace, options, *output);
    if (progress_shown) *at_.err << "\r\x1b[K" << std::flush;
    if (!report) return fail(report.error());
    output->finish(*report, load_errors);
    at_.out->flush();
    if (format_ == "csv" || format_ == "jsonl") {
      say_what_the_rows_do_not(*report);
    }
    if (report_load_errors(workspace)) return not_loaded;
    if (strict_ && report->counts.rejected > 0) return not_right;
    return done;
  }

  void say_what_the_rows_do_not(const CheckReport& report) {
    for (const RejectedPupil& pupil : report.rejected) {
      for (const Finding& finding : pupil.findings) {
        *at_.err << "rejected: " << finding_line(finding, pupil.name) << '\n';
      }
    }
    *at_.err << counted(report.counts.checked, "pupil", "pupils")
             << " checked, " << report.counts.rejected << " rejected, "
             << counted(report.counts.warnings, "warning", "warnings") << '\n';
  }

  void add_expand(CLI::App& app) {
    CLI::App* command = app.add_subcommand(
        "expand",
        "Writes the decisions of a file that check --format jsonl made in "
        "full, one pupil a line");
    command->add_option("file", register_, "the file")->required();
    command->callback([this] {
      const auto done_all = expand_decisions(
          register_, [this](std::string_view lines) { *at_.out << lines; });
      status_ = done_all ? done : fail(done_all.error());
    });
  }

  void add_explain(CLI::App& app) {
    CLI::App* command = app.add_subcommand(
        "explain",
        "Explains one decision in full: for the SENCO, for a "
        "parent, for an auditor");
    command->add_option("register", register_, "the register")->required();
    command->add_option("--pupil", upn_, "the pupil's UPN")
        ->required()
        ->check(stated());
    command->add_option("--rule", rule_id_, "the rule")->required();
    command->add_option("--for", reader_, "senco, parent or auditor")
        ->check(CLI::IsMember({"senco", "parent", "auditor"}));
    add_shared(*command);
    command->callback([this] {
      status_ = with_rules([this](const Workspace& workspace, Date date) {
        return explain_one(workspace, date);
      });
    });
  }

  int explain_one(const Workspace& workspace, Date date) {
    auto explained =
        explain_decision(workspace, register_, upn_, rule_id_, date);
    if (!explained) return fail(explained.error());
    if (!explained->rejections.empty()) {
      for (const Finding& finding : explained->rejections) {
        *at_.err << "rejected: " << finding_line(finding, explained->name)
                 << '\n';
      }
      return unreadable;
    }
    ExplainSetting setting;
    setting.reader = reader_ == "parent"    ? Reader::parent
                     : reader_ == "auditor" ? Reader::auditor
                                            : Reader::senco;
    setting.style = style_;
    setting.columns = at_.columns;
    setting.version = at_.version;
    *at_.out << explanation(workspace, explained->name, explained->upn, date,
                            explained->decision, setting);
    if (explained->decision.error) {
      *at_.err << "sendcheck: " << explained->decision.error->to_string()
               << '\n';
      return not_loaded;
    }
    return done;
  }

  // What every command begins with: the date and the rules. The work gives the exit status.
  int with_rules(const std::function<int(const Workspace&, Date)>& work) {
    const auto date = as_of();
    if (!date) return wrong_usage;
    const auto workspace = open_workspace();
    return workspace ? work(*workspace, *date) : not_loaded;
  }

  void add_place(CLI::App& command) {
    command.add_option("--la", la_, "as it is for this authority (its code)")
        ->check(stated());
    command.add_option("--school", urn_, "as it is for this school (its URN)")
        ->check(stated());
  }

  void add_rules_list(CLI::App& rules) {
    CLI::App* command =
        rules.add_subcommand("list", "What is in force on a date");
    add_shared(*command);
    add_place(*command);
    command->add_option("--kind", kind_, "of this kind only")->check(stated());
    command->callback([this] {
      status_ = with_rules([this](const Workspace& workspace, Date date) {
        const auto list =
            rules_list(workspace, {date, la_, urn_}, kind_, style_);
        if (!list) return fail(list.error());
        *at_.out << *list;
        return report_load_errors(workspace) ? not_loaded : done;
      });
    });
  }

  void add_rules_show(CLI::App& rules) {
    CLI::App* command = rules.add_subcommand(
        "show",
        "A rule in plain English, with the values in force and where "
        "they come from");
    command->add_option("rule", rule_id_, "the rule")->required();
    add_shared(*command);
    add_place(*command);
    command->callback([this] {
      status_ = with_rules([this](const Workspace& workspace, Date date) {
        auto page = rule_shown(workspace, rule_id_, {date, la_, urn_}, style_,
                               at_.columns);
        if (!page) {
          const int status = fail(page.error());
          return status == wrong_usage ? wrong_usage : not_loaded;
        }
        *at_.out << *page;
        return done;
      });
    });
  }

  void add_rules_test(CLI::App& rules) {
    CLI::App* command =
        rules.add_subcommand("test", "Runs the worked cases of the rules");
    command->add_option("rule", rule_ids_, "these rules only");
    command->add_option("--cases", cases_, "the cases of this file instead")
        ->check(stated());
    add_shared(*command);
    command->callback([this] {
      status_ = with_rules([this](const Workspace& workspace, Date) {
        return test_rules(workspace);
      });
    });
  }

  void add_facts(CLI::App& app) {
    CLI::App* command = app.add_subcommand(
        "facts", "The facts that a record can state, or one of them");
    auto* fact = command->add_option("fact", fact_, "one fact, by its path");
    auto* schema = command
                       ->add_flag("--schema", schema_,
                                  "all of them as a JSON Schema for an editor")
                       ->excludes(fact);
    command
        ->add_flag("--markdown", markdown_, "all of them as a page of Markdown")
        ->excludes(schema)
        ->excludes(fact);
    add_shared(*command);
    command->callback([this] {
      status_ = with_rules([this](const Workspace& workspace, Date) {
        return facts(workspace);
      });
    });
  }

  int facts(const Workspace& workspace) {
    const Catalogue& catalogue = workspace.catalogue();
    if (!fact_.empty()) {
      auto shown = fact_shown(catalogue, fact_);
      if (!shown) {
        fail(shown.error());
        return wrong_usage;
      }
      *at_.out << *shown;
    } else if (schema_) {
      *at_.out << register_schema(catalogue);
    } else if (markdown_) {
      *at_.out << facts_page(catalogue);
    } else {
      for (const std::string& path : catalogue.paths()) {
        *at_.out << padded(path, 42) << " "
                 << catalogue.spec(*catalogue.find(path)).label << '\n';
      }
    }
    return done;
  }

  int test_rules(const Workspace& workspace) {
    auto results = run_cases(workspace, cases_, rule_ids_);
    if (!results) return fail(results.error());
    std::map<std::string, std::pair<int, int>> by_rule;  // passed, failed
    for (const CaseResult& result : *results) {
      auto& [passed, failed] = by_rule[result.rule];
      if (result.faults.empty()) {
        ++passed;
        continue;
      }
      ++failed;
      *at_.out << result.rule << ": " << result.sentence
               << (result.source.empty() ? "" : " [" + result.source + "]")
               << '\n';
      for (const std::string& fault : result.faults) {
        *at_.out << "    " << wrapped(fault, at_.columns, 6) << '\n';
      }
    }
    int passed = 0, failed = 0;
    for (const auto& [rule, counts] : by_rule) {
      *at_.out << padded(rule, 36) << counts.first << " as expected";
      if (counts.second > 0) *at_.out << ", " << counts.second << " not";
      *at_.out << '\n';
      passed += counts.first;
      failed += counts.second;
    }
    *at_.out << passed << " passed, " << failed << " failed\n";
    if (report_load_errors(workspace)) return not_loaded;
    return failed > 0 || results->empty() ? not_right : done;
  }

  const Surroundings& at_;
  Style style_;
  int status_ = done;
  Shared shared_;
  std::string register_, kind_, upn_, format_ = "table", rejects_, rule_id_;
  std::string reader_ = "senco", la_, urn_, cases_, fact_;
  std::vector<std::string> rule_ids_;
  bool strict_ = false, schema_ = false, markdown_ = false;
  int jobs_ = 0;
};

}  // namespace

int run(const std::vector<std::string>& arguments,
        const Surroundings& surroundings) {
  return Commands(surroundings).run(arguments);
}

}  // namespace sendcheck::cli
