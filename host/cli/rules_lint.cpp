#include "cli/rules_lint.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <ostream>

#include "base/text.hpp"
#include "json/writer.hpp"

namespace sendcheck::cli {
namespace {

using Kind = LintFinding::Kind;

constexpr const char* help_footer = R"(Examples:
  sendcheck rules lint
      everything that does not load, and everything that is doubtful
  sendcheck rules lint jcq-extra-time-25 884-herefordshire
      one rule, and the editions of one body
  sendcheck rules lint --register school.json
      also what a register shows: rules that nobody meets, and what stops most
  sendcheck rules lint --strict --format json
      for a build: exit status 1 where there are doubts

Every id in brackets is explained in host/ERRORS.md.

Exit status: 0 no errors; 1 doubts, with --strict; 2 wrong usage; 3 a register
that cannot be read; 4 something does not load.)";

std::string place_in_words(const Place& place) {
  std::string words = place.file;
  if (place.line > 0) words += ":" + std::to_string(place.line);
  if (!place.pointer.empty()) {
    words += (words.empty() ? "" : " ") + place.pointer;
  }
  return words;
}

std::vector<const LintFinding*> of_kind(
    const std::vector<LintFinding>& findings, Kind kind) {
  std::vector<const LintFinding*> result;
  for (const LintFinding& finding : findings) {
    if (finding.kind == kind) result.push_back(&finding);
  }
  return result;
}

void write_findings(json::Writer& json, const char* name,
                    const std::vector<const LintFinding*>& findings) {
  json.key(name).begin_array();
  for (const LintFinding* finding : findings) {
    const Place& place = finding->error.place;
    json.begin_object()
        .member("id", finding->error.id)
        .member("message", finding->error.message)
        .member_or_null("file", place.file);
    json.key("line");
    place.line > 0 ? json.number(place.line) : json.null();
    json.key("column");
    place.column > 0 ? json.number(place.column) : json.null();
    json.member_or_null("pointer", place.pointer)
        .member_or_null("rule", finding->rule)
        .member_or_null("edition", finding->edition)
        .end_object();
  }
  json.end_array();
}

std::string lint_as_json(const std::vector<LintFinding>& findings, Date as_of) {
  std::string out;
  json::Writer json(out, 2);
  json.begin_object()
      .member("format", "sendcheck-lint/1")
      .member("as_of", as_of.to_string());
  write_findings(json, "errors", of_kind(findings, Kind::error));
  write_findings(json, "doubts", of_kind(findings, Kind::doubt));
  write_findings(json, "notes", of_kind(findings, Kind::note));
  json.end_object();
  return out + "\n";
}

void add_section(std::string& out,
                 const std::vector<const LintFinding*>& findings,
                 const std::string& heading, const Style& style,
                 std::size_t columns) {
  if (findings.empty()) return;
  out += style.bold(heading) + "\n";
  const Place* before = nullptr;
  for (const LintFinding* finding : findings) {
    const Place& place = finding->error.place;
    if (before == nullptr || before->file != place.file ||
        before->pointer != place.pointer || before->line != place.line) {
      out += "\n" + place_in_words(place) + "\n";
    }
    before = &place;
    out += "  " +
           wrapped(finding->error.message + " (" + finding->error.id + ")",
                   columns - 2, 2) +
           "\n";
  }
  out += "\n";
}

// What is there by design, or can no longer be helped.
bool is_quiet(const LintFinding* finding) {
  return finding->error.id == "lint.unconfirmed" ||
         finding->error.id == "lint.gap";
}

}  // namespace

std::string lint_in_words(const std::vector<LintFinding>& findings, bool all,
                          const Style& style, std::size_t columns) {
  const auto errors = of_kind(findings, Kind::error);
  const auto doubts = of_kind(findings, Kind::doubt);
  auto notes = of_kind(findings, Kind::note);
  const auto quiet = std::ranges::count_if(notes, is_quiet);
  if (!all) std::erase_if(notes, is_quiet);
  std::string out;
  add_section(out, errors, "Errors: what does not load decides nothing.", style,
              columns);
  add_section(out, doubts, "Doubts: they load, and somebody should look.",
              style, columns);
  add_section(out, notes, "Notes", style, columns);
  out += counted(static_cast<std::int64_t>(errors.size()), "error", "errors") +
         ", " +
         counted(static_cast<std::int64_t>(doubts.size()), "doubt", "doubts");
  if (quiet > 0 && !all) {
    out += "; " + counted(quiet, "note", "notes") +
           " on what is unconfirmed or long past (--all lists them)";
  }
  return out + ".\n";
}

void RulesLint::add(CLI::App& rules) {
  CLI::App* command = rules.add_subcommand(
      "lint",
      "Every error and every doubt in editions, tables and plugins, with its "
      "place and what to do");
  command->footer(help_footer);
  command->add_option("names", names_, "these rules, editions or bodies only");
  command
      ->add_option("--register", registers_,
                   "also what this register shows of the rules")
      ->check(stated());
  command->add_flag("--strict", strict_, "doubts give exit status 1");
  command->add_flag("--all", all_,
                    "also list what is marked unconfirmed, and gaps long past");
  command->add_option("--format", format_, "table or json")
      ->check(CLI::IsMember({"table", "json"}));
  desk_.add_rules_options(*command);
  command->callback([this] {
    desk_.status =
        desk_.with_rules([this](const Workspace& workspace, Date as_of) {
          return lint_rules(workspace, as_of);
        });
  });
}

int RulesLint::lint_rules(const Workspace& workspace, Date as_of) {
  const auto findings = lint(workspace, {names_, registers_, as_of});
  if (!findings) return desk_.fail(findings.error());
  *desk_.at.out << (format_ == "json"
                        ? lint_as_json(*findings, as_of)
                        : lint_in_words(*findings, all_, desk_.style,
                                        desk_.at.columns));
  if (!of_kind(*findings, Kind::error).empty()) return not_loaded;
  return strict_ && !of_kind(*findings, Kind::doubt).empty() ? not_right : done;
}

}  // namespace sendcheck::cli
