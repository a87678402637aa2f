#include "cli/audit_lists.hpp"

#include <CLI/CLI.hpp>
#include <ostream>

#include "base/files.hpp"
#include "base/text.hpp"
#include "casework/due_for_disposal.hpp"
#include "casework/opening_reasons.hpp"

namespace sendcheck::cli {

void AuditLists::add(CLI::App& audit) {
  add_sample(audit);
  add_export(audit);
  add_due(audit);
}

void AuditLists::add_sample(CLI::App& audit) {
  CLI::App* command = audit.add_subcommand(
      "sample", "A sample for an auditor, which nobody can pick");
  command->add_option("--size", request_.size, "how many entries to look at")
      ->required();
  command
      ->add_option("--seed", request_.words,
                   "the auditor's own words; they stand in the log")
      ->required();
  command
      ->add_option("--method", method_,
                   "random; every (at even distances); stratified; departures "
                   "(human decisions that departed); near (failed by one "
                   "comparison alone)")
      ->check(CLI::IsMember(
          {"random", "every", "stratified", "departures", "near"}));
  command
      ->add_option("--by", request_.by,
                   "stratified: the groups, by rule, outcome, actor or edition")
      ->check(CLI::IsMember({"outcome", "rule", "actor", "edition"}));
  command->add_option("--root-size", request_.root_size,
                      "draw from the first so many entries: to draw a sample "
                      "again (all that there are)");
  command
      ->add_option("--format", sample_format_,
                   "table, or csv: a work paper with columns to fill in")
      ->check(CLI::IsMember({"table", "csv"}));
  command->add_option("--out", out_, "write it to this file")->check(stated());
  desk_.add_store_options(*command, false);
  command->footer(
      "The seed is SHA-256 of the log's root and the words, so neither party "
      "can pick what is\ndrawn; each sample is an entry, so that drawing until "
      "it pleases shows.\nHow many? To be 95% sure that fewer than 5% are "
      "wrong, when none is found wrong: 59;\nfewer than 10%: 29.\n\n"
      "Examples:\n"
      "  sendcheck audit sample --size 59 --seed \"spring audit, B. Example\"\n"
      "  sendcheck audit sample --size 20 --seed \"heron\" --method stratified "
      "--by outcome\n"
      "  sendcheck audit sample --size 59 --seed \"heron\" --format csv --out "
      "paper.csv\n"
      "  sendcheck audit sample --size 59 --seed \"heron\" --root-size 1200\n"
      "      the same list as when the log had 1,200 entries");
  command->callback([this] {
    desk_.status = desk_.with_log([this](Log& log) { return sample(log); });
  });
}

int AuditLists::sample(Log& log) {
  request_.method = sample_method(method_).value_or(SampleMethod::random);
  auto drawn = draw_sample(log, request_);
  if (!drawn) return desk_.fail(drawn.error());
  return desk_.give(out_,
                    sample_format_ == "csv"
                        ? sample_work_paper(*drawn, request_, log.origin())
                        : sample_in_words(*drawn, request_, log.origin()),
                    "The sample was");
}

void AuditLists::add_export(CLI::App& audit) {
  const std::vector<std::string> reasons(opening_reasons().begin(),
                                         opening_reasons().end());
  CLI::App* command =
      audit.add_subcommand("export", "Every entry, for another program");
  command->add_option("--format", export_.format, "jsonl or csv")
      ->check(CLI::IsMember({"jsonl", "csv"}));
  command->add_flag("--with-contents", export_.with_contents,
                    "records and decisions too, opened: personal data");
  command
      ->add_option("--reason", export_.reason,
                   "why: " + join(reasons, ", ") + "; needed with contents")
      ->check(CLI::IsMember(reasons));
  command->add_option("--out", out_, "write it to this file")->check(stated());
  desk_.add_store_options(*command, false);
  command->footer(
      "What comes first says who exported it, when, why, and by which entry of "
      "the log.\n\n"
      "Examples:\n"
      "  sendcheck audit export --format jsonl --out log.jsonl\n"
      "  sendcheck audit export --format csv --with-contents --reason "
      "complaint --out case.csv");
  command->callback([this] {
    desk_.status =
        desk_.with_log([this](Log& log) { return export_entries(log); });
  });
}

int AuditLists::export_entries(Log& log) {
  if (export_.with_contents && export_.reason.empty()) {
    *desk_.at.err << "sendcheck: opening records needs a reason: --reason "
                     "audit, complaint, tribunal ...\n";
    return wrong_usage;
  }
  std::string text;
  auto entry = export_log(log, export_, [&](std::string_view more) {
    if (out_.empty()) {
      *desk_.at.out << more;
    } else {
      text += more;
    }
  });
  if (!entry) return desk_.fail(entry.error());
  *desk_.at.err << "Entered as entry " << *entry << ".\n";
  return out_.empty() ? done : desk_.give(out_, text, "The export was");
}

void AuditLists::add_due(CLI::App& audit) {
  CLI::App* command = audit.add_subcommand(
      "due", "Pupils whose data has been kept as long as it is to be kept");
  desk_.add_rules_options(*command);
  desk_.add_store_options(*command, false);
  command->footer(
      "By retention.json in the folder of rules: event and years, the longest "
      "of several, and\nholds (\"sendcheck erase PUPIL --refuse --reason "
      "legal_hold\"). The newest record of each\npupil is opened for it, which "
      "is entered. Nothing is erased: a person decides.\n\n"
      "Examples:\n"
      "  sendcheck audit due\n"
      "  sendcheck audit due --as-of 2027-09-01\n"
      "      who will be due at the start of the next school year");
  command->callback([this] {
    desk_.status =
        desk_.with_rules([this](const Workspace& workspace, Date date) {
          return due(workspace.rules_folder(), date);
        });
  });
}

int AuditLists::due(const std::string& rules_folder, Date as_of) {
  auto retention = read_retention(join_path(rules_folder, "retention.json"));
  if (!retention) {
    desk_.fail(retention.error());
    return not_loaded;
  }
  return desk_.with_log([&](Log& log) {
    auto list = due_for_disposal(log, *retention, as_of);
    if (!list) return desk_.fail(list.error());
    *desk_.at.out << in_words(*list, as_of);
    return done;
  });
}

}  // namespace sendcheck::cli
