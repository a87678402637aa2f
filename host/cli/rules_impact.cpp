#include "cli/rules_impact.hpp"

#include <CLI/CLI.hpp>
#include <ostream>

#include "base/files.hpp"
#include "base/text.hpp"
#include "casework/impact.hpp"
#include "casework/impact_log.hpp"
#include "casework/proposed_rules.hpp"
#include "cli/findings_text.hpp"
#include "cli/impact_output.hpp"
#include "cli/impact_words.hpp"

namespace sendcheck::cli {
namespace {

constexpr const char* footer =
    R"(Example: from April 2027 the points shall be 12, not 10. The changed edition lies in
build/proposal/authorities/884-herefordshire/2027-04-01/, and nothing else:

  sendcheck rules impact --proposed build/proposal --as-of 2027-04-01 \
      fixtures/registers/herefordshire-primary

The folder is laid over the current rules: an edition takes the place of the one of the
same body and first day, or stands beside it. One that has a facts.json of its own is
taken as the whole of the rules. Plugins go in plugins/.

Gains: a rule that gives something (funding, an access arrangement) comes to be met, or
its amount rises. Loses: the other way round. All else that changes is "otherwise".
Amounts of different periods are not added up, and none is made into a yearly one.
Groups by sex and by ethnic group hold back what is about fewer than five pupils.

Pupils are named as check names them, but on an HTML page only with --names. The run is
logged (numbers only, no pupil and no outcome) before anything is shown.
Exit status: 0 whether or not anything changes; 2 wrong usage; 3 a register that cannot
be read; 4 rules of either side that do not load; 5 the log cannot be written.)";

// Says every fault of both sides. False: there is none.
bool tell_faults(const Workspace& current, const ProposedRules& proposal,
                 std::ostream& err) {
  for (const Error& error : current.load_errors()) {
    err << "sendcheck: the current rules: " << error.to_string() << '\n';
  }
  for (const Error& error : proposal.workspace().load_errors()) {
    err << "sendcheck: the proposed rules: "
        << proposal.in_its_place(error).to_string() << '\n';
  }
  return !current.load_errors().empty() ||
         !proposal.workspace().load_errors().empty();
}

std::unique_ptr<ImpactOutput> output_of(const std::string& format,
                                        std::ostream& out,
                                        const ImpactSetting& setting) {
  return format == "json"    ? make_impact_json(out, setting)
         : format == "jsonl" ? make_impact_jsonl(out, setting)
         : format == "csv"   ? make_impact_csv(out, setting)
         : format == "html"  ? make_impact_html(out, setting)
                             : make_impact_table(out, setting);
}

}  // namespace

void RulesImpact::add(CLI::App& rules) {
  CLI::App* command = rules.add_subcommand(
      "impact",
      "What proposed rules would change: who gains, who loses, what it costs, "
      "and which criterion decides");
  command->footer(footer);
  command
      ->add_option("--proposed", proposed_,
                   "the folder of proposed rules: whole, or what changes of "
                   "them")
      ->required()
      ->check(stated());
  command->add_option("register", registers_, "one register or several")
      ->required();
  desk_.add_rules_options(*command);
  desk_.add_store_options(*command, true);
  command->add_option("--rule", rule_ids_, "this rule only (repeatable)")
      ->allow_extra_args(false)
      ->check(stated());
  command->add_option("--format", format_, "table, json, jsonl, csv or html")
      ->check(CLI::IsMember({"table", "json", "jsonl", "csv", "html"}));
  auto* names =
      command->add_flag("--names", names_, "name pupils on an HTML page too");
  command
      ->add_flag("--no-names", no_names_,
                 "numbers only: no pupil, in whatever form")
      ->excludes(names);
  command->callback([this] {
    desk_.status =
        desk_.with_rules([this](const Workspace& current, Date as_of) {
          return impact(current, as_of);
        });
  });
}

int RulesImpact::impact(const Workspace& current, Date as_of) {
  auto proposal = ProposedRules::open(proposed_, current.rules_folder(),
                                      current.plugins_folder());
  if (!proposal) {
    *desk_.at.err << "sendcheck: the proposed rules: "
                  << proposal.error().to_string() << '\n';
    return not_loaded;
  }
  // What is said of rules that are not all there would be wrong of those that are.
  if (tell_faults(current, *proposal, *desk_.at.err)) return not_loaded;

  ImpactSetting setting;
  setting.version = desk_.at.version;
  std::vector<std::string> names;
  for (const std::string& path : registers_) names.push_back(file_name(path));
  setting.registers = join_in_words(names);
  setting.proposed = proposed_;
  setting.style = desk_.style;
  setting.columns = desk_.at.columns;
  setting.with_pupils = !no_names_ && (names_ || format_ != "html");
  const auto output = output_of(format_, *desk_.at.out, setting);
  bool progress_shown = false;
  if (desk_.at.err_is_terminal) {
    output->on_progress = [&](int per_mille, std::int64_t pupils) {
      if (pupils < 2000) return;
      progress_shown = true;
      *desk_.at.err << "\r" << pupils << " pupils, " << per_mille / 10 << "% "
                    << std::flush;
    };
  }

  std::unique_ptr<Log> store;
  std::optional<ImpactLog> log;
  if (desk_.wants_store()) {
    auto opened = desk_.open_log(true);
    if (!opened) return desk_.fail(opened.error());
    store = std::move(*opened);
    log.emplace(*store, format_);
  }
  ImpactOptions options;
  options.registers = registers_;
  options.as_of = as_of;
  options.rules = rule_ids_;
  options.log = log ? &*log : nullptr;
  const auto report =
      impact_of(current, proposal->workspace(), options, *output);
  if (progress_shown) *desk_.at.err << "\r\x1b[K" << std::flush;
  if (!report) return desk_.fail(report.error());
  output->finish(*report);
  desk_.at.out->flush();
  if (format_ == "csv" || format_ == "jsonl") {
    for (const Finding& finding : report->rejections) {
      *desk_.at.err << "rejected: " << finding_line(finding, "") << '\n';
    }
    *desk_.at.err << counted(report->counts.checked, "pupil", "pupils")
                  << " checked, " << report->counts.rejected << " rejected; "
                  << tally_in_words(report->total) << '\n';
  }
  for (const Edition* edition :
       editions_that_begin_later(current, proposal->workspace(), as_of)) {
    *desk_.at.err << "sendcheck: " << edition->id << " begins on "
                  << edition->from.in_words() << ", after " << as_of.in_words()
                  << ": --as-of " << edition->from.to_string()
                  << " shows what it changes\n";
  }
  return done;
}

}  // namespace sendcheck::cli
