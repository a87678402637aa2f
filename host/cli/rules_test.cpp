#include "cli/rules_test.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <ostream>
#include <thread>

#include "base/files.hpp"

namespace sendcheck::cli {
namespace {

constexpr const char* examples = R"(Examples:
  sendcheck rules test
      every worked case of every rule: quick
  sendcheck rules test element-3-top-up --thorough
      and what its cases leave open: criteria that none of them shows, figures
      beside which none stands, changes of the rule that none would notice
  sendcheck rules test element-3-top-up --propose proposed.json
      writes a case for each figure beside which none stands. It expects what
      the rule gives today, and is marked as confirmed by nobody: read it, put
      it right, take the mark out, and move it into the rule's cases.json

Exit status: 0 done; 1 a case is not as expected, or there is none (with --strict,
also where anything is left open); 2 wrong usage; 3 cases that cannot be read; 4
rules or plugins that do not load; 5 the proposals cannot be written.)";

constexpr std::size_t rule_column = 36;

// "12 of 14"
std::string of_all(int some, int all) {
  return std::to_string(some) + " of " + std::to_string(all);
}

class TestText {
 public:
  TestText(const Style& style, std::size_t columns)
      : style_(style), columns_(columns) {}

  void add(const RuleTest& test) {
    for (const CaseResult& one : test.cases) {
      if (!one.faults.empty()) add_fault(one);
    }
    out_ += padded(test.rule, rule_column) +
            std::to_string(test.as_expected()) + " as expected";
    if (test.not_as_expected() > 0) {
      out_ += ", " + std::to_string(test.not_as_expected()) + " not";
    }
    if (test.unconfirmed() > 0) {
      out_ += ", " + std::to_string(test.unconfirmed()) + " not confirmed";
    }
    const bool looked_further =
        test.coverage || test.boundaries || test.mutation;
    if (looked_further && test.is_thorough()) {
      out_ += ", nothing left open\n";
      return;
    }
    out_ += '\n';
    if (test.coverage) add_coverage(*test.coverage);
    if (test.boundaries) add_boundaries(*test.boundaries);
    if (test.mutation) add_mutation(*test.mutation);
  }

  std::string text() { return std::move(out_); }

 private:
  void line(std::string_view text, std::size_t indent) {
    out_ +=
        std::string(indent, ' ') + wrapped(text, columns_, indent + 2) + "\n";
  }
  void faint(std::string_view text, std::size_t indent) {
    out_ += style_.faint(std::string(indent, ' ') +
                         wrapped(text, columns_, indent + 2)) +
            "\n";
  }

  void add_fault(const CaseResult& one) {
    out_ += one.rule + ": " + one.sentence +
            (one.source.empty() ? "" : " [" + one.source + "]") + '\n';
    for (const std::string& fault : one.faults) {
      out_ += "    " + wrapped(fault, columns_, 6) + '\n';
    }
  }

  static std::string with_source(const std::string& words,
                                 const std::string& source) {
    return source.empty() ? words : words + " [" + source + "]";
  }

  void add_coverage(const RuleCoverage& coverage) {
    const int lacking = static_cast<int>(coverage.lacking.size());
    line("criteria shown met, not met and unknown, wherever they can be: " +
             of_all(coverage.criteria - lacking, coverage.criteria),
         2);
    for (const CriterionCoverage& one : coverage.lacking) {
      for (const UnseenTruth& unseen : one.unseen) {
        const std::string result = unseen.truth == Truth::met       ? "met"
                                   : unseen.truth == Truth::not_met ? "not met"
                                                                    : "unknown";
        line(with_source("\"" + one.label + "\"", one.source) + " is never " +
                 result,
             4);
        if (!one.asks.empty()) faint("it asks: " + one.asks, 8);
        faint("shown by: " + unseen.shown_by, 8);
      }
    }
  }

  void add_boundaries(const Boundaries& boundaries) {
    if (boundaries.thresholds.empty()) {
      line("no figure decides", 2);
      return;
    }
    line("figures with a case just below, at and just above: " +
             of_all(boundaries.pinned(),
                    static_cast<int>(boundaries.thresholds.size())),
         2);
    for (const Threshold& one : boundaries.thresholds) {
      if (one.is_pinned()) continue;
      line(with_source(one.figure, one.source), 4);
      if (one.criterion != one.figure) faint("in: " + one.criterion, 8);
      for (const BoundarySide& side : one.sides) {
        if (!side.is_lacking()) continue;
        std::string words =
            "no case stands " + std::string(in_words(side.where));
        words += side.proposed
                     ? "; proposed, and now " +
                           std::string(in_words(side.proposed->outcome)) +
                           ": " + side.proposed->sentence
                     : "; write one: none of those there are comes near enough "
                       "to be changed into it";
        line(words, 6);
      }
    }
  }

  void add_mutation(const PlantedChanges& mutation) {
    const auto survivors = mutation.survivors();
    const int excused = mutation.planted() - mutation.noticed() -
                        static_cast<int>(survivors.size());
    line("planted changes that a case notices: " +
             of_all(mutation.noticed(), mutation.planted()) +
             (excused > 0 ? ", " + std::to_string(excused) + " excused" : ""),
         2);
    if (!survivors.empty()) line("no case notices if", 4);
    for (const PlantedChange* one : survivors) {
      const bool of_figure = one->of == PlantedChange::Of::parameter;
      line(with_source(one->words, one->source) +
               (of_figure && !one->detail.empty() ? " (" + one->detail + ")"
                                                  : std::string()),
           6);
      if (!of_figure && !one->detail.empty()) {
        faint("it asks: " + one->detail, 8);
      }
    }
    for (const std::string& wrong : mutation.wrong_excuses) {
      line("an excuse that is wrong: " + wrong, 4);
    }
  }

  const Style& style_;
  std::size_t columns_;
  std::string out_;
};

}  // namespace

std::string rules_test_text(const RulesTest& test, const Style& style,
                            std::size_t columns) {
  TestText text(style, columns);
  for (const RuleTest& rule : test.rules) text.add(rule);
  const RulesTestSummary sum = summary_of(test);
  std::string out = text.text();
  const auto total = [&](const std::string& what, int some, int all) {
    if (all > 0) {
      out += what + ": " + of_all(some, all) + " (" +
             std::to_string(some * std::int64_t{100} / all) + "%)\n";
    }
  };
  if (test.rules.size() > 1) {
    total("Criteria shown", sum.criteria_shown, sum.criteria);
    total("Figures pinned", sum.figures_pinned, sum.figures);
    total("Changes noticed", sum.changes_noticed, sum.changes_planted);
    if (sum.changes_excused > 0) {
      out += "Changes excused: " + std::to_string(sum.changes_excused) + "\n";
    }
  }
  return out + std::to_string(sum.cases - sum.not_as_expected) + " passed, " +
         std::to_string(sum.not_as_expected) + " failed" +
         (sum.unconfirmed > 0
              ? ", " + std::to_string(sum.unconfirmed) + " not confirmed"
              : "") +
         "\n";
}

void RulesTestCommand::add(CLI::App& rules) {
  CLI::App* command = rules.add_subcommand(
      "test",
      "Runs the worked cases of the rules, and says what they leave open");
  command->footer(examples);
  command->add_option("rule", rules_, "these rules only");
  command->add_option("--cases", cases_, "the cases of this file instead")
      ->check(stated());
  command->add_flag("--coverage", coverage_,
                    "which criteria no case shows met, not met or unknown");
  command->add_flag("--boundaries", boundaries_,
                    "beside which figures no case stands, and one that would");
  command->add_flag(
      "--mutation", mutation_,
      "which planted changes no case notices: each figure moved one step, each "
      "comparison made into its neighbour");
  command->add_flag("--thorough", thorough_, "all three");
  command
      ->add_option("--propose", proposals_,
                   "write the cases that --boundaries proposes to this file")
      ->check(stated());
  command->add_flag("--strict", strict_,
                    "exit 1 where anything is left open of what was asked");
  command->add_option("--format", format_, "text, json")
      ->check(CLI::IsMember({"text", "json"}));
  desk_.add_rules_options(*command);
  command->callback([this] {
    desk_.status = desk_.with_rules(
        [this](const Workspace& workspace, Date) { return run(workspace); });
  });
}

Result<RulesTest> RulesTestCommand::tested(const Workspace& workspace) const {
  RulesTestOptions options;
  options.cases_file = cases_;
  options.rules = rules_;
  options.coverage = coverage_ || thorough_;
  options.boundaries = boundaries_ || thorough_ || !proposals_.empty();
  options.mutation = mutation_ || thorough_;
  options.jobs =
      std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  bool shown = false;
  const bool takes_time =
      options.coverage || options.boundaries || options.mutation;
  if (desk_.at.err_is_terminal && takes_time) {
    options.progress = [&](int ready, int of) {
      shown = true;
      *desk_.at.err << "\r" << of_all(ready, of) << " rules tested "
                    << std::flush;
    };
  }
  auto test = test_rules(workspace, options);
  if (shown) *desk_.at.err << "\r\x1b[K" << std::flush;
  return test;
}

int RulesTestCommand::propose(const RulesTest& test) const {
  std::vector<const ProposedCase*> proposed;
  for (const RuleTest& rule : test.rules) {
    for (const Threshold& one : rule.boundaries->thresholds) {
      for (const BoundarySide& side : one.sides) {
        if (side.proposed) proposed.push_back(&*side.proposed);
      }
    }
  }
  return desk_.give(proposals_, cases_file(proposed),
                    counted(static_cast<std::int64_t>(proposed.size()),
                            "proposed case", "proposed cases"));
}

int RulesTestCommand::run(const Workspace& workspace) {
  const auto test = tested(workspace);
  if (!test) return desk_.fail(test.error());
  *desk_.at.out << (format_ == "json" ? rules_test_json(*test)
                                      : rules_test_text(*test, desk_.style,
                                                        desk_.at.columns));
  if (!proposals_.empty()) {
    if (const int status = propose(*test); status != done) return status;
  }
  if (desk_.report_load_errors(workspace)) return not_loaded;
  const RulesTestSummary sum = summary_of(*test);
  const bool is_right = strict_ ? sum.is_thorough() : sum.is_right();
  return is_right && sum.cases > 0 ? done : not_right;
}

}  // namespace sendcheck::cli
