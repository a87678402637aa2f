// An impact as one page that stands alone, for a committee: numbers and criteria, and pupils only where they were asked for.
#include <map>

#include "base/files.hpp"
#include "base/text.hpp"
#include "cli/findings_text.hpp"
#include "cli/html.hpp"
#include "cli/impact_output.hpp"
#include "cli/impact_words.hpp"
#include "cli/page_style.hpp"
#include "engine/summary.hpp"

namespace sendcheck::cli {
namespace {

// A page that a browser opens without trouble.
constexpr std::size_t most_pupils = 2000;

class HtmlImpact final : public ImpactOutput {
 public:
  HtmlImpact(std::ostream& out, ImpactSetting setting)
      : out_(out), setting_(std::move(setting)) {}

  void take(const ImpactChange& change) override {
    if (!setting_.with_pupils) return;
    if (pupils_ == most_pupils) {
      ++left_out_;
      return;
    }
    ++pupils_;
    Html html(rows_[change.rule][change.effect]);
    html.open("tr").element("td", pupil_in_words(change));
    html.element("td", move_in_words(change.before, change.after));
    html.element("td", change.cause.in_words()).close("tr");
  }

  void finish(const ImpactReport& report) override {
    Html html(page_);
    page_ +=
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n"
        "<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
        "content=\"width=device-width, initial-scale=1\">\n";
    // A page that is handed on has no business with where things lay.
    const std::string name = file_name(setting_.proposed);
    const std::string title =
        "Impact of " + (name.empty() || name == "."
                            ? std::string("the proposed rules")
                            : name);
    html.element("title", title);
    page_ += "<style>" + std::string(page_style()) + "</style>\n</head>\n";
    html.open("body").open("main").element("h1", title);
    html.element("p", "On " + setting_.registers + ", for " +
                          report.as_of.in_words() + ".");
    html.element("p",
                 "What the proposed rules would recommend, held against those "
                 "that stand. Nothing is decided by this page.",
                 "class=\"note\"");
    total(html, report);
    for (const RuleImpact& rule : report.rules) write_rule(html, rule);
    if (report.total.unchanged() != report.total.pupils) {
      html.element("h2", "By group");
      html.element("p",
                   "Pupils are counted once, whatever the number of rules. "
                   "Amounts of different periods are not added up.");
      for (const GroupTable& table : report.groups) {
        write_groups(html, table, report.total);
      }
    }
    faults(html, report);
    html.close("main").open("footer");
    html.element("p", "sendcheck " + setting_.version + ".");
    html.element("p", report.logged.empty()
                          ? std::string("Not logged: this page was made with "
                                        "--no-store.")
                          : "Logged: " + report.logged + ".");
    html.close("footer").close("body").close("html");
    out_ << page_;
  }

 private:
  static void list(Html& html, const std::vector<std::string>& lines) {
    if (lines.empty()) return;
    html.open("ul");
    for (const std::string& line : lines) html.element("li", line);
    html.close("ul");
  }

  static void total(Html& html, const ImpactReport& report) {
    html.element("p", counts_in_words(report.counts) + " " +
                          capitalised(tally_in_words(report.total)) + ".");
    list(html, costs_in_words(report.total));
    html.element("p", rules_in_words(report));
  }

  static void head(Html& html, const std::vector<std::string>& texts,
                   const std::vector<std::string>& numbers) {
    html.open("thead").open("tr");
    for (const std::string& text : texts) {
      html.element("th", text, "scope=\"col\"");
    }
    for (const std::string& number : numbers) {
      html.element("th", number, "scope=\"col\" class=\"number\"");
    }
    html.close("tr").close("thead").open("tbody");
  }
  static void number(Html& html, std::int64_t n) {
    html.element("td", n == 0 ? "" : std::to_string(n), "class=\"number\"");
  }

  void write_rule(Html& html, const RuleImpact& rule) {
    html.element("h2", rule.title);
    const auto [before, after] = met_of(rule);
    html.element("p", "Met: " + std::to_string(before) + " before, " +
                          std::to_string(after) + " after. " +
                          capitalised(tally_in_words(rule.tally)) + ".");
    list(html, costs_in_words(rule.tally));
    if (!rule.causes.empty()) {
      html.open("table").element("caption", "What decided");
      head(html, {"Criterion"}, {"Gain", "Lose", "Otherwise"});
      for (const RuleImpact::Decided& decided : rule.causes) {
        html.open("tr").element("td", decided.in_words());
        for (const Effect effect :
             {Effect::gains, Effect::loses, Effect::otherwise}) {
          const auto found = decided.pupils.find(effect);
          number(html, found == decided.pupils.end() ? 0 : found->second);
        }
        html.close("tr");
      }
      html.close("tbody").close("table");
    }
    for (const auto& [effect, rows] : rows_[rule.id]) {
      html.open("table").element("caption",
                                 capitalised(effect_in_words(effect, 2)));
      head(html, {"Pupil", "From and to", "What decided"}, {});
      page_ += rows;
      html.close("tbody").close("table");
    }
  }

  static void write_groups(Html& html, const GroupTable& table,
                           const Tally& total) {
    if (table.rows.empty()) return;
    const std::vector<std::string> periods = periods_of(total);
    html.open("table").element("caption", "By " + to_lower(table.label));
    std::vector<std::string> numbers = {"Pupils", "Gain", "Lose",
                                        "Gain and lose", "Otherwise"};
    for (const std::string& period : periods) {
      numbers.push_back("Before, " + period_in_words(period));
      numbers.push_back("After");
      numbers.push_back("Difference");
    }
    head(html, {table.label}, numbers);
    for (const GroupRow& row : table.rows) {
      html.open("tr").element("th", row.label, "scope=\"row\"");
      if (row.held_back) {
        html.element("td",
                     "held back: fewer than " + std::to_string(fewest_shown) +
                         ", or to protect such a group",
                     "colspan=\"" + std::to_string(numbers.size()) + "\"");
        html.close("tr");
        continue;
      }
      const Tally& tally = row.tally;
      for (const std::int64_t n : {tally.pupils, tally.gains, tally.loses,
                                   tally.both, tally.otherwise}) {
        number(html, n);
      }
      for (const std::string& period : periods) {
        const auto found = tally.met.find(period);
        const CostTally cost =
            found == tally.met.end() ? CostTally() : found->second;
        for (const std::string& words :
             {cost.before.in_words(), cost.after.in_words(),
              difference_in_words(cost.difference())}) {
          html.element("td", words, "class=\"number\"");
        }
      }
      html.close("tr");
    }
    html.close("tbody").close("table");
  }

  void faults(Html& html, const ImpactReport& report) const {
    if (left_out_ > 0) {
      html.element("p", "Further pupils who are touched, not on this page: " +
                            std::to_string(left_out_) +
                            ". As CSV they are all there.");
    }
    if (report.rejections.empty() || !setting_.with_pupils) return;
    std::vector<std::string> lines;
    for (const Finding& finding : report.rejections) {
      lines.push_back(finding_line(finding, ""));
    }
    html.element("h2", "Rejected: in no number until they are put right");
    list(html, lines);
  }

  std::ostream& out_;
  ImpactSetting setting_;
  std::map<std::string, std::map<Effect, std::string>> rows_;  // by rule
  std::size_t pupils_ = 0, left_out_ = 0;
  std::string page_;
};

}  // namespace

std::unique_ptr<ImpactOutput> make_impact_html(std::ostream& out,
                                               const ImpactSetting& setting) {
  return std::make_unique<HtmlImpact>(out, setting);
}

}  // namespace sendcheck::cli
