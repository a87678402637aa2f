// An impact for a person at a terminal: the numbers first, then rule by rule who is touched and by what, then the groups.
#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "cli/findings_text.hpp"
#include "cli/impact_output.hpp"
#include "cli/impact_words.hpp"
#include "engine/summary.hpp"

namespace sendcheck::cli {
namespace {

// Of one rule and effect; a register of a school fits, of a county the first are an example.
constexpr std::size_t most_pupils = 40;
constexpr std::size_t most_causes = 8;
constexpr std::size_t most_rows = 20;

class TableImpact final : public ImpactOutput {
 public:
  TableImpact(std::ostream& out, ImpactSetting setting)
      : out_(out), setting_(std::move(setting)) {}

  void take(const ImpactChange& change) override {
    Lines& lines = lines_[change.rule][change.effect];
    ++lines.all;
    if (!setting_.with_pupils || lines.kept.size() == most_pupils) return;
    std::string text = pupil_in_words(change) + ": " +
                       move_in_words(change.before, change.after);
    lines.kept.push_back({std::move(text), change.cause.in_words()});
  }

  void finish(const ImpactReport& report) override {
    head(report);
    for (const RuleImpact& rule : report.rules) write_rule(rule);
    for (const GroupTable& table : report.groups) {
      write_groups(table, report.total);
    }
    foot(report);
  }

 private:
  struct Kept {
    std::string what, why;
  };
  struct Lines {
    std::size_t all = 0;
    std::vector<Kept> kept;
  };

  void line(std::string_view text, std::size_t indent) {
    out_ << std::string(indent, ' ')
         << wrapped(text, setting_.columns, indent + 2) << '\n';
  }

  void head(const ImpactReport& report) {
    line(setting_.style.bold("Impact of " + setting_.proposed) + " on " +
             setting_.registers + ", for " + report.as_of.in_words(),
         0);
    line("Nothing is decided by this; it says what the rules would recommend.",
         0);
    out_ << '\n';
    line(counts_in_words(report.counts) +
             (report.counts.checked > 0
                  ? " " + capitalised(tally_in_words(report.total)) + "."
                  : ""),
         0);
    for (const std::string& cost : costs_in_words(report.total)) line(cost, 2);
    line(rules_in_words(report), 0);
    out_ << '\n';
  }

  void write_rule(const RuleImpact& rule) {
    out_ << setting_.style.bold(rule.title) << "  "
         << setting_.style.faint(rule.id) << '\n';
    const auto [before, after] = met_of(rule);
    line("Met: " + std::to_string(before) + " before, " +
             std::to_string(after) + " after. " +
             capitalised(tally_in_words(rule.tally)) + ".",
         2);
    for (const std::string& cost : costs_in_words(rule.tally)) line(cost, 2);
    causes(rule);
    if (setting_.with_pupils) {
      for (auto& [effect, lines] : lines_[rule.id]) pupils(effect, lines);
    }
    out_ << '\n';
  }

  void causes(const RuleImpact& rule) {
    if (rule.causes.empty()) return;
    line("What decided:", 2);
    std::size_t shown = 0;
    for (const RuleImpact::Decided& decided : rule.causes) {
      if (shown++ == most_causes) break;
      line(decided_in_words(decided), 4);
    }
    if (rule.causes.size() > most_causes) {
      line("and " + std::to_string(rule.causes.size() - most_causes) +
               " other reasons",
           4);
    }
  }

  void pupils(Effect effect, const Lines& lines) {
    line(capitalised(effect_in_words(effect, 2)) + ": " +
             std::to_string(lines.all),
         2);
    for (const Kept& kept : lines.kept) {
      line(kept.what, 4);
      line(kept.why, 6);
    }
    if (lines.all > lines.kept.size()) {
      line("and " + std::to_string(lines.all - lines.kept.size()) +
               " more; --format csv has them all",
           4);
    }
  }

  void write_groups(const GroupTable& table, const Tally& total) {
    if (total.unchanged() == total.pupils || table.rows.empty()) return;
    std::vector<const GroupRow*> rows;
    std::vector<std::string> held_back;
    std::size_t without = 0;
    for (const GroupRow& row : table.rows) {
      if (row.held_back) {
        held_back.push_back(row.label);
      } else if (table.is_protected || has_changes(row)) {
        rows.push_back(&row);
      } else {
        ++without;
      }
    }
    // Where all stand in one row, the total has said it.
    if (rows.size() + held_back.size() + without < 2) return;
    // Years have an order of their own; of the others, those most touched first.
    if (!table.is_protected && table.fact != "nc_year") {
      std::ranges::stable_sort(
          rows, std::ranges::greater(), [](const GroupRow* row) {
            return row->tally.pupils - row->tally.unchanged();
          });
    }
    const std::size_t more = rows.size() > most_rows && !table.is_protected
                                 ? rows.size() - most_rows
                                 : 0;
    rows.resize(rows.size() - more);
    const std::vector<std::string> periods = periods_of(total);
    std::size_t label_width = width("By " + table.label) + 2;
    for (const GroupRow* row : rows) {
      label_width = std::max(label_width, width(row->label));
    }
    const std::size_t numbers = 34 + 16 * periods.size();
    label_width = std::min(label_width, setting_.columns > numbers + 16
                                            ? setting_.columns - numbers - 2
                                            : 16);
    std::string heading = padded("By " + lowered(table.label), label_width) +
                          right("pupils", 9) + right("gain", 6) +
                          right("lose", 6) + right("both", 6) +
                          right("other", 7);
    for (const std::string& period : periods) {
      heading += right("£ " + period_in_words(period), 16);
    }
    out_ << setting_.style.bold(heading) << '\n';
    for (const GroupRow* row : rows) {
      out_ << padded(cut(row->label, label_width), label_width);
      const Tally& tally = row->tally;
      out_ << right(std::to_string(tally.pupils), 9) << number(tally.gains, 6)
           << number(tally.loses, 6) << number(tally.both, 6)
           << number(tally.otherwise, 7);
      for (const std::string& period : periods) {
        const auto found = tally.met.find(period);
        const Money difference =
            found == tally.met.end() ? Money() : found->second.difference();
        out_ << right(signed_amount(difference), 16);
      }
      out_ << '\n';
    }
    if (!held_back.empty()) {
      line(
          "held back, because so few pupils are touched that a number could "
          "tell who, or to protect such a group: " +
              join(held_back, "; "),
          0);
    }
    if (more > 0) {
      line("and " + std::to_string(more) + " more; --format json has them all",
           0);
    }
    if (without > 0) {
      line(std::to_string(without) +
               (more > 0 || !rows.empty() ? " other" : "") +
               (without == 1 ? " group" : " groups") + " without a change",
           0);
    }
    out_ << '\n';
  }

  static std::string lowered(const std::string& label) {
    std::string text = label;
    text[0] = to_lower(text.substr(0, 1))[0];
    return text;
  }
  static std::string cut(const std::string& text, std::size_t columns) {
    if (width(text) <= columns) return text;
    std::string short_text = text;
    while (width(short_text) > columns - 1 || !is_valid_utf8(short_text)) {
      short_text.pop_back();
    }
    return short_text + "…";
  }
  static std::string right(const std::string& text, std::size_t columns) {
    const std::size_t used = width(text);
    return std::string(used < columns ? columns - used : 1, ' ') + text;
  }
  static std::string number(std::int64_t n, std::size_t columns) {
    return right(n == 0 ? "." : std::to_string(n), columns);
  }
  static std::string signed_amount(Money amount) {
    if (amount == Money()) return ".";
    return (amount < Money() ? "-" : "+") +
           Money::from_pence(amount < Money() ? -amount.pence()
                                              : amount.pence())
               .in_words();
  }

  void foot(const ImpactReport& report) {
    for (const Finding& finding : report.rejections) {
      line("Rejected: " + finding_line(finding, ""), 0);
    }
    for (const Finding& finding : report.register_warnings) {
      line("Warning: " + finding_line(finding, ""), 0);
    }
    line(report.logged.empty() ? "Not logged (--no-store)."
                               : "Logged: " + report.logged + ".",
         0);
  }

  std::ostream& out_;
  ImpactSetting setting_;
  std::map<std::string, std::map<Effect, Lines>> lines_;  // by rule
};

}  // namespace

std::unique_ptr<ImpactOutput> make_impact_table(std::ostream& out,
                                                const ImpactSetting& setting) {
  return std::make_unique<TableImpact>(out, setting);
}

}  // namespace sendcheck::cli
