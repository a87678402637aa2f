// A check for a tired person: what is due, what there is to gain, what is missing, in that order; everything that needs nothing is counted and no more.
#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "cli/check_digest.hpp"
#include "cli/check_output.hpp"
#include "cli/findings_text.hpp"
#include "cli/published_text.hpp"
#include "cli/shared_gaps.hpp"

namespace sendcheck::cli {
namespace {

// Pupils who lack the same thing are one line from this many on.
constexpr std::size_t fold_from = 4;
// As many names as a reader takes in.
constexpr std::size_t most_named = 12;

class TableOutput final : public CheckOutput {
 public:
  TableOutput(std::ostream& out, OutputSetting setting)
      : out_(out), setting_(std::move(setting)) {}

  bool wants_pupils() const override { return true; }
  using CheckConsumer::take;
  void take(CheckedPupil pupil) override {
    if (pupil.rejected()) return;
    digest_.add(pupil);
    const std::string name = who(pupil);
    for (Decision& decision : pupil.decisions) {
      // Reasons are for explain; without them a school's check is small.
      decision.reasons.reset();
      decision.routes.clear();
      gaps_.add(pupil.upn, name, decision);
      lines_[decision.rule][decision.outcome].push_back(
          {name, std::move(decision)});
    }
  }

  void finish(const CheckReport& report,
              const std::vector<Error>& load_errors) override {
    head(report);
    not_as_published(report);
    deadlines();
    shared_gaps();
    for (const DigestRule* rule : digest_.rules()) write_rule(*rule);
    foot(report, load_errors);
  }

 private:
  struct Row {
    std::string who;
    Decision decision;
  };

  void line(std::string_view text, std::size_t indent) {
    out_ << std::string(indent, ' ')
         << wrapped(text, setting_.columns, indent + 2) << '\n';
  }

  void head(const CheckReport& report) {
    out_ << setting_.style.bold(report.school.empty()
                                    ? setting_.register_name
                                    : report.school + " (" +
                                          setting_.register_name + ")")
         << ": " << counted(report.counts.checked, "pupil", "pupils")
         << " checked for " << report.as_of.in_words();
    if (report.counts.rejected > 0) {
      out_ << ", " << report.counts.rejected << " rejected";
    }
    if (report.counts.warnings > 0) {
      out_ << ", " << counted(report.counts.warnings, "warning", "warnings");
    }
    out_ << ".\n"
         << "These are recommendations; a named person decides.\n\n";
    // The overview: one row a rule.
    std::size_t title_width = 4;
    for (const DigestRule* rule : digest_.rules()) {
      title_width = std::max(title_width, width(rule->title));
    }
    out_ << padded("Rule", title_width)
         << "    met  needs evidence  a person decides  not met  not about\n";
    const auto cell = [](std::size_t n, std::size_t columns) {
      const std::string text = n == 0 ? "." : std::to_string(n);
      return std::string(columns - text.size(), ' ') + text;
    };
    for (const DigestRule* rule : digest_.rules()) {
      out_ << padded(rule->title, title_width)
           << cell(rule->count(Outcome::met), 7)
           << cell(rule->count(Outcome::needs_evidence), 16)
           << cell(rule->count(Outcome::refer), 18)
           << cell(rule->count(Outcome::not_met), 9)
           << cell(rule->count(Outcome::not_applicable) +
                       rule->count(Outcome::not_in_force),
                   11);
      if (rule->count(Outcome::error) > 0) {
        out_ << "  " << rule->count(Outcome::error) << " not answered";
      }
      out_ << '\n';
    }
    out_ << '\n';
  }

  void not_as_published(const CheckReport& report) {
    const std::vector<Error> faults = wrong_publications(report);
    if (faults.empty()) return;
    out_ << setting_.style.bold(std::string(not_as_published_heading)) << '\n';
    for (const Error& error : faults) line(error.message, 2);
    out_ << '\n';
  }

  void deadlines() {
    const std::vector<DigestDate> dates = digest_.dates();
    if (dates.empty()) return;
    out_ << setting_.style.bold("Dates: overdue, and within " +
                                std::to_string(soon_days) + " days")
         << '\n';
    for (const DigestDate& date : dates) {
      out_ << "  "
           << setting_.style.outcome(
                  date.overdue() ? Outcome::error : Outcome::met,
                  padded(date.when(), 34))
           << " " << padded(date.who, 28) << " " << date.title << '\n';
    }
    out_ << '\n';
  }

  // What several rules wait for is said here, and not under each of them.
  void shared_gaps() {
    const std::vector<SharedGap> gaps = gaps_.gaps();
    if (gaps.empty()) return;
    out_ << setting_.style.bold("One fact, several rules: record these first")
         << '\n';
    for (const SharedGap& gap : gaps) {
      line(capitalised(gap.label) + ", not recorded for " +
               counted(static_cast<std::int64_t>(gap.who.size()), "pupil",
                       "pupils"),
           2);
      line(named(gap.who), 6);
      line("Asked for first by " + join_in_words(gap.titles) + ".", 4);
    }
    out_ << '\n';
    for (auto& [rule, by_outcome] : lines_) {
      const auto found = by_outcome.find(Outcome::needs_evidence);
      if (found == by_outcome.end()) continue;
      std::erase_if(found->second,
                    [&](const Row& row) { return gaps_.covers(row.decision); });
      if (found->second.empty()) by_outcome.erase(found);
    }
  }

  // All of a few, the first of many.
  static std::string named(const std::vector<std::string>& who) {
    if (who.size() <= most_named) return join(who, ", ");
    return join({who.begin(), who.begin() + 3}, ", ") + " ...";
  }

  static std::string actions_of(const Row& row) {
    std::string words;
    for (const ActionItem& action : row.decision.actions) {
      words += action_in_words(action) + "\n";
    }
    return words;
  }

  // A line a pupil; pupils of whom just the same is to be said share one. Next steps that all have in common are said once, at the end.
  void write_rows(const std::vector<Row>& rows) {
    std::vector<std::vector<const Row*>> groups;
    for (const Row& row : rows) {
      auto found = std::find_if(groups.begin(), groups.end(), [&](auto& group) {
        return group.front()->decision.summary == row.decision.summary &&
               actions_of(*group.front()) == actions_of(row);
      });
      if (found == groups.end()) {
        groups.push_back({&row});
      } else {
        found->push_back(&row);
      }
    }
    const std::string common = actions_of(rows.front());
    const bool all_alike =
        std::all_of(rows.begin(), rows.end(),
                    [&](const Row& row) { return actions_of(row) == common; });
    for (const auto& group : groups) {
      const std::string& summary = group.front()->decision.summary;
      if (group.size() >= fold_from) {
        // Who stands to gain is named, everyone; of a long list of gaps, or of
        // duties that are kept, the first.
        const Decision& decision = group.front()->decision;
        const bool gain = decision.outcome == Outcome::met &&
                          decision.kind != "statutory" &&
                          decision.kind != "monitoring";
        std::vector<std::string> names;
        for (const Row* row : group) names.push_back(row->who);
        line(counted(static_cast<std::int64_t>(group.size()), "pupil",
                     "pupils") +
                 ": " + summary,
             4);
        line(gain ? join(names, ", ") : named(names), 6);
        if (!all_alike) write_actions(group.front()->decision, 6);
        continue;
      }
      for (const Row* row : group) {
        line(row->who + ": " + summary, 4);
        if (!all_alike) write_actions(row->decision, 6);
      }
    }
    if (all_alike) write_actions(rows.front().decision, 4);
  }

  void write_actions(const Decision& decision, std::size_t indent) {
    for (const ActionItem& action : decision.actions) {
      line("-> " + action_in_words(action), indent);
    }
  }

  void write_rule(const DigestRule& rule) {
    const auto& lines = lines_[rule.id];
    const auto rows = [&](Outcome outcome) -> const std::vector<Row>* {
      const auto found = lines.find(outcome);
      return found == lines.end() ? nullptr : &found->second;
    };
    const bool breached = rule.kind == "statutory" && rows(Outcome::not_met);
    if (!rows(Outcome::met) && !rows(Outcome::refer) &&
        !rows(Outcome::needs_evidence) && !rows(Outcome::error) && !breached) {
      return;
    }
    out_ << setting_.style.bold(rule.title) << "  "
         << setting_.style.faint(
                rule.id + (rule.edition.empty() ? "" : ", " + rule.edition))
         << '\n';
    const auto section = [&](Outcome outcome, const char* words) {
      if (!rows(outcome)) return false;
      out_ << "  " << setting_.style.outcome(outcome, words) << '\n';
      return true;
    };
    if (breached && section(Outcome::not_met, "Limit passed")) {
      write_rows(*rows(Outcome::not_met));
    }
    if (section(Outcome::met, rule.kind == "statutory" ? "Kept so far"
                              : rule.kind == "monitoring"
                                  ? "Threshold reached"
                                  : "Criteria look met")) {
      write_rows(*rows(Outcome::met));
      total(*rows(Outcome::met));
    }
    if (section(Outcome::refer, "A person must decide")) {
      write_rows(*rows(Outcome::refer));
    }
    if (section(Outcome::needs_evidence, "Needs evidence")) {
      write_rows(*rows(Outcome::needs_evidence));
    }
    if (section(Outcome::error, "Not answered")) {
      write_rows(*rows(Outcome::error));
    }
    out_ << '\n';
  }

  // What the amounts of a rule come to together, where they are of one period.
  void total(const std::vector<Row>& rows) {
    std::int64_t pence = 0;
    std::size_t paid = 0;
    std::string period;
    for (const Row& row : rows) {
      const auto& amount = row.decision.amount;
      if (!amount || !amount->value) continue;
      if (paid > 0 && amount->period != period) return;
      period = amount->period;
      pence += amount->value->pence();
      ++paid;
    }
    if (paid < 2) return;
    Amount sum;
    sum.value = Money::from_pence(pence);
    sum.period = period;
    line(counted(static_cast<std::int64_t>(paid), "pupil", "pupils") +
             " together: " + amount_in_words(sum),
         4);
  }

  void foot(const CheckReport& report, const std::vector<Error>& load_errors) {
    if (!report.rejected.empty()) {
      out_ << setting_.style.bold(
                  "Rejected: not checked until they are put "
                  "right")
           << '\n';
      for (const RejectedPupil& pupil : report.rejected) {
        for (const Finding& finding : pupil.findings) {
          line(finding_line(finding, pupil.name), 2);
        }
      }
      out_ << '\n';
    }
    if (!report.warnings.empty() || !report.register_warnings.empty()) {
      out_ << setting_.style.bold("Warnings: checked, but worth a look")
           << '\n';
      for (const Finding& finding : report.register_warnings) {
        line(finding_line(finding, ""), 2);
      }
      for (const Finding& finding : report.warnings) {
        line(finding_line(finding, ""), 2);
      }
      out_ << '\n';
    }
    if (!load_errors.empty()) {
      out_ << setting_.style.bold(
                  "Did not load: nothing that hangs on these "
                  "is answered")
           << '\n';
      for (const Error& error : load_errors) line(error.to_string(), 2);
      out_ << '\n';
    }
    if (const std::string words = publication_sentence(report);
        !words.empty()) {
      line(words, 0);
    }
    if (report.run) {
      line("Logged: " + report.run->in_words() + ".", 0);
    } else {
      line("Not logged (--no-store).", 0);
    }
    out_ << "For one decision in full: sendcheck explain REGISTER --pupil UPN "
            "--rule ID. For all of them: --format html.\n";
  }

  std::ostream& out_;
  OutputSetting setting_;
  CheckDigest digest_;
  SharedGaps gaps_;
  std::map<std::string, std::map<Outcome, std::vector<Row>>> lines_;
};

}  // namespace

std::unique_ptr<CheckOutput> make_table_output(std::ostream& out,
                                               const OutputSetting& setting) {
  return std::make_unique<TableOutput>(out, setting);
}

}  // namespace sendcheck::cli
