#include "cli/rules_doc.hpp"

#include <CLI/CLI.hpp>
#include <ostream>

#include "base/files.hpp"
#include "pages/atrs.hpp"
#include "pages/site.hpp"

namespace sendcheck::cli {
namespace {

constexpr const char* words_below =
    R"(Examples:
  sendcheck rules doc --la 884 --to herefordshire-rules
      every rule in force in Herefordshire today, a page a rule, ready for the
      Local Offer; open herefordshire-rules/index.html
  sendcheck rules doc --la 884 --as-of 2027-04-01 --to next-april
      as the rules will stand on another day
  sendcheck rules doc --la 884 --atrs record.md --atrs record.html
      the record for the Algorithmic Transparency Recording Standard, with
      blanks for what only the authority knows

The folder is replaced as a whole if it holds an earlier site, and left alone if
it holds anything else. Nothing is written if a rule or edition does not load.)";

}  // namespace

void RulesDoc::add(CLI::App& rules) {
  CLI::App* command = rules.add_subcommand(
      "doc",
      "The rules of an authority as pages for its Local Offer, in plain "
      "English");
  command->add_option("--la", la_, "the authority (its code)")
      ->required()
      ->check(stated());
  auto* to =
      command->add_option("--to", folder_, "the folder to put the pages into")
          ->check(stated());
  auto* records =
      command
          ->add_option("--atrs", records_,
                       "write the transparency record to this file, .md or "
                       ".html; may be given twice")
          ->check(stated());
  desk_.add_rules_options(*command);
  command->footer(words_below);
  command->callback([this, to, records] {
    if (to->empty() && records->empty()) {
      *desk_.at.err << "sendcheck: rules doc needs --to FOLDER for the pages, "
                       "or --atrs FILE for the record\n";
      desk_.status = wrong_usage;
      return;
    }
    desk_.status =
        desk_.with_rules([this](const Workspace& workspace, Date date) {
          return write(workspace, date);
        });
  });
}

int RulesDoc::write(const Workspace& workspace, Date as_of) {
  if (desk_.report_load_errors(workspace)) {
    *desk_.at.err << "sendcheck: nothing was written: put right what does not "
                     "load first\n";
    return not_loaded;
  }
  const auto published =
      pages::rules_to_publish(workspace, la_, as_of, desk_.at.version);
  if (!published) {
    const int status = desk_.fail(published.error());
    return status == wrong_usage ? wrong_usage : not_loaded;
  }
  // All is made before anything is written.
  std::vector<std::pair<std::string, std::string>> records;
  for (const std::string& file : records_) {
    auto record = pages::atrs_record(workspace, *published, extension(file));
    if (!record) return desk_.fail(record.error());
    records.emplace_back(file, std::move(*record));
  }
  if (!folder_.empty()) {
    auto written = pages::write_site(folder_, pages::make_site(*published));
    if (!written) return desk_.fail(written.error());
    *desk_.at.err << "The pages of "
                  << counted(static_cast<std::int64_t>(published->rules.size()),
                             "rule", "rules")
                  << " for " << published->place << " on " << as_of.in_words()
                  << " were written to " << folder_ << ": open "
                  << join_path(folder_, "index.html") << '\n';
  }
  for (const auto& [file, record] : records) {
    const int status = desk_.give(file, record, "The transparency record was");
    if (status != done) return status;
  }
  return done;
}

}  // namespace sendcheck::cli
