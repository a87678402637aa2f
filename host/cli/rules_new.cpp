#include "cli/rules_new.hpp"

#include <CLI/CLI.hpp>
#include <ostream>

#include "base/text.hpp"
#include "casework/lint.hpp"
#include "casework/new_edition.hpp"
#include "casework/new_rule.hpp"
#include "cli/rules_lint.hpp"

namespace sendcheck::cli {
namespace {

constexpr const char* new_footer = R"(Examples:
  sendcheck rules new low-attendance-on-support
      a rule that works, to be changed: plugins/low-attendance-on-support/, and
      an edition in rules/national/ that puts it in force
  sendcheck rules new herefordshire-outreach --authority 884 --kind funding
      a rule of one authority, with an amount

Its figure is not confirmed: pupils are referred until somebody says who sets it.
Exit status: 0 written; 2 wrong usage; 4 what was written, or the rules, do not
load; 5 the folder cannot be written.)";

constexpr const char* edition_footer = R"(Examples:
  sendcheck rules new-edition 884-herefordshire 2027-04-01
      copies the newest edition of the body; every value is marked as carried
      over, and pupils are referred until it is confirmed
  sendcheck rules new-edition jcq 2027-09-01 --from 2025-09-01
      copies an older one
  sendcheck rules new-edition 302 2027-04-01 --new
      the first edition of an authority, empty

The edition before it is left alone: it ends by itself the day before.
Exit status: 0 written; 2 wrong usage; 4 what was written, or the rules, do not
load; 5 the folder cannot be written.)";

}  // namespace

void RulesNew::add(CLI::App& rules) {
  add_new(rules);
  add_new_edition(rules);
}

void RulesNew::add_new(CLI::App& rules) {
  CLI::App* command = rules.add_subcommand(
      "new", "Begins a rule: a plugin that loads, with cases that come out");
  command->footer(new_footer);
  command->add_option("rule", id_, "its id: lower case, joined by hyphens")
      ->required()
      ->check(stated());
  command->add_option("--title", title_, "its title (made of the id)")
      ->check(stated());
  command
      ->add_option("--kind", kind_,
                   "access_arrangement, funding, monitoring (if none is "
                   "given) or statutory")
      ->check(stated());
  command
      ->add_option("--authority", authority_,
                   "the code of the authority whose rule it is, or national")
      ->check(stated());
  command
      ->add_option("--from", first_day_,
                   "the first day in force, YYYY-MM-DD (today)")
      ->check(stated());
  command->add_flag("--no-edition", no_edition_,
                    "write no edition that puts it in force");
  desk_.add_folder_options(*command);
  command->callback([this] {
    desk_.status = desk_.with_rules([this](const Workspace& workspace, Date) {
      return begin_rule(workspace);
    });
  });
}

void RulesNew::add_new_edition(CLI::App& rules) {
  CLI::App* command = rules.add_subcommand(
      "new-edition",
      "Begins the next edition of a body, with what must be looked at again");
  command->footer(edition_footer);
  command
      ->add_option("body", body_,
                   "the body (884-herefordshire), or an authority's code")
      ->required()
      ->check(stated());
  command->add_option("date", date_, "its first day, YYYY-MM-DD")
      ->required()
      ->check(stated());
  command
      ->add_option("--from", from_, "copy this edition instead of the newest")
      ->check(stated());
  command->add_flag("--new", new_body_, "begin a body that has no edition yet");
  desk_.add_folder_options(*command);
  command->callback([this] {
    desk_.status = desk_.with_rules([this](const Workspace& workspace, Date) {
      return begin_edition(workspace);
    });
  });
}

int RulesNew::begin_rule(const Workspace& workspace) {
  NewRuleRequest request;
  request.id = id_;
  request.title = title_;
  request.kind = kind_;
  request.authority = authority_;
  request.with_edition = !no_edition_;
  request.from = request.today = desk_.at.today;
  if (!first_day_.empty()) {
    const auto from = Date::parse(first_day_);
    if (!from) {
      *desk_.at.err << "sendcheck: --from \"" << sendcheck::quoted(first_day_)
                    << "\" is no date; expected one such as 2026-11-22\n";
      return wrong_usage;
    }
    request.from = *from;
  }
  const auto made = new_rule(workspace, request);
  if (!made) return desk_.fail(made.error());
  std::ostream& out = *desk_.at.out;
  out << "Written:\n";
  for (const std::string& file : made->written) out << "  " << file << '\n';
  out << "\nIt works as it stands:\n"
      << "  sendcheck rules test " << id_ << '\n';
  if (!made->edition.empty()) {
    const std::string day = request.from > request.today
                                ? " --as-of " + request.from.to_string()
                                : "";
    out << "  sendcheck rules show " << id_
        << (authority_ == "national" ? "" : " --la " + authority_) << day
        << '\n'
        << "  sendcheck check REGISTER --rule " << id_ << day
        << " --no-store\n";
  } else {
    out << "It is not in force until an edition names it (see "
           "rules/README.md).\n";
  }
  std::vector<std::string> names = {id_};
  if (!made->edition.empty()) names.push_back(made->edition);
  return tell_what_is_left(names);
}

int RulesNew::begin_edition(const Workspace& workspace) {
  NewEditionRequest request{body_, date_, from_, new_body_, desk_.at.today};
  const auto made = new_edition(workspace, request);
  if (!made) return desk_.fail(made.error());
  std::ostream& out = *desk_.at.out;
  out << made->id << " was written"
      << (made->from.empty() ? "" : ", a copy of " + made->from) << ":\n  "
      << made->file << '\n';
  for (const std::string& table : made->tables) {
    out << "  " << made->file.substr(0, made->file.rfind('/') + 1) << table
        << '\n';
  }
  if (!made->from.empty()) {
    out << wrapped(made->from + " is left as it is" +
                       (made->ended_by_itself
                            ? ": it ends by itself the day before."
                            : "."),
                   desk_.at.columns, 0)
        << '\n';
  }
  return tell_what_is_left({made->id});
}

int RulesNew::tell_what_is_left(const std::vector<std::string>& names) {
  return desk_.with_rules([&](const Workspace& workspace, Date as_of) {
    const auto findings = lint(workspace, {names, {}, as_of});
    if (!findings) return desk_.fail(findings.error());
    bool broken = false;
    for (const LintFinding& finding : *findings) {
      broken = broken || finding.kind == LintFinding::Kind::error;
    }
    *desk_.at.out << "\nWhat is left to do; to see it again:\n  sendcheck "
                     "rules lint "
                  << join(names, " ") << "\n\n"
                  << lint_in_words(*findings, false, desk_.style,
                                   desk_.at.columns);
    return broken ? not_loaded : done;
  });
}

}  // namespace sendcheck::cli
