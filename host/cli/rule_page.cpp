#include "cli/rule_page.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "casework/rule_limits.hpp"
#include "cli/criteria_page.hpp"
#include "cli/not_in_force_page.hpp"
#include "cli/value_page.hpp"
#include "criteria/describe.hpp"
#include "criteria/evidence_asked.hpp"
#include "criteria/settled.hpp"

namespace sendcheck::cli {
namespace {

using Status = RuleInForce::Status;

std::size_t at(int index) { return static_cast<std::size_t>(index); }

std::string whose(Authority authority) {
  switch (authority) {
    case Authority::national:
      return "It is the same everywhere in England.";
    case Authority::home:
      return "The authority where the pupil lives decides.";
    case Authority::school:
      return "The authority where the school or setting is decides.";
  }
  return {};
}

std::string kind_of(const std::string& kind) {
  if (kind == "access_arrangement") return "An access arrangement.";
  if (kind == "funding") return "Funding.";
  if (kind == "statutory") return "A duty with a limit in law or guidance.";
  return "Something to watch.";
}

// "each term: the sum ..."
std::string period_in_words(const std::string& period) {
  if (period == "one_off") return "once: ";
  if (period == "financial_year") return "for the financial year: ";
  if (period == "period") return "for the period claimed: ";
  return "each " + period + ": ";
}

class Page {
 public:
  Page(const Workspace& workspace, const SelectedRule& rule,
       const BoundRule& bound, const PlaceAndDate& where, const Style& style,
       std::size_t columns)
      : workspace_(workspace),
        rule_(*rule.rule),
        plugin_(*rule.plugin),
        manifest_(rule.plugin->manifest),
        bound_(bound),
        where_(where),
        is_in_force_(bound.in_force.status == Status::in_force),
        describer_(rule_, workspace.catalogue(),
                   is_in_force_ ? &bound.binding : nullptr),
        settled_(is_in_force_
                     ? settled_by_edition(
                           rule_, bound.binding, workspace.catalogue(),
                           workspace.rulesets().bank_holidays(), where.as_of)
                     : std::vector<std::optional<Truth>>()),
        lines_(style, columns),
        criteria_(rule_, describer_, settled_) {}

  std::string text() {
    lines_.add(lines_.style().bold(rule_.title) + "  " +
               lines_.style().faint(rule_.id) + "\n");
    if (!manifest_.summary.empty()) lines_.line(manifest_.summary, 0);
    lines_.add("\n");
    if (!is_in_force_) {
      write_not_in_force(workspace_, rule_.id, bound_.in_force, where_, lines_);
      return lines_.take();
    }
    lines_.line(kind_of(manifest_.kind) + " " + whose(manifest_.authority), 0);
    edition();
    if (rule_.applies_when >= 0) {
      section("It is about pupils of whom", rule_.applies_when);
    }
    section("It is met when", rule_.met_when);
    if (rule_.refer_when >= 0 && !criteria_.is_never(rule_.refer_when)) {
      section("Otherwise a person decides when", rule_.refer_when);
    }
    who_decides();
    evidence();
    payments();
    if (rule_.has_deadline) {
      lines_.heading("The date");
      lines_.line(capitalised(how_worked_out(rule_.deadline.date)) + " (" +
                      (rule_.deadline.basis == "law"        ? "set by law"
                       : rule_.deadline.basis == "guidance" ? "by guidance"
                                                            : "set locally") +
                      ").",
                  PageLines::step);
    }
    steps();
    looked_at();
    not_looked_at();
    lines_.add(values_page(rule_, bound_.in_force, workspace_.catalogue(),
                           lines_.style(), lines_.columns()));
    clauses();
    return lines_.take();
  }

 private:
  void section(std::string_view title, CriterionId criterion) {
    write_criteria(title, criteria_.whole(criterion), lines_);
  }

  void edition() {
    for (const Edition* edition : bound_.in_force.editions) {
      std::string words = edition == bound_.in_force.editions.front()
                              ? "In force on " + where_.as_of.in_words() + ": "
                              : "And on top of it: ";
      words += edition->title + " (" + edition->id + "), from " +
               edition->from.in_words();
      if (edition->last_day) {
        words += " to " + edition->last_day->in_words();
      } else {
        words += ", with no end. " + edition->runs_on_because;
      }
      lines_.line(as_point(words), 0);
      if (edition->unconfirmed) {
        lines_.line("Its dates are not confirmed: " +
                        as_point(edition->unconfirmed_because),
                    0);
      }
    }
  }

  void who_decides() {
    if (rule_.on_met_refer_to.empty() && rule_.refer_to.empty()) return;
    lines_.heading("Who decides");
    if (!rule_.on_met_refer_to.empty()) {
      lines_.line(
          "Where the criteria are met, " + rule_.on_met_refer_to + " decides.",
          PageLines::step);
    }
    if (!rule_.refer_to.empty() && rule_.refer_to != rule_.on_met_refer_to) {
      lines_.line("Where the rule cannot say, ask " + as_point(rule_.refer_to),
                  PageLines::step);
    }
  }

  void evidence() {
    const auto documents =
        evidence_asked(rule_, workspace_.catalogue(), describer_, settled_);
    if (documents.empty()) return;
    lines_.heading("The documents that it looks for");
    lines_.line(capitalised(join(documents, "; ")) + ".", PageLines::step);
  }

  // "the last day to decide: the last day within 6 weeks of the request"
  std::string how_worked_out(ValueId id) const {
    const std::string named = describer_.value(id);
    const std::string exact = describer_.worked_out(id);
    return exact == named || exact.empty() ? named : named + ": " + exact;
  }

  std::string paid(const Payment& payment) const {
    std::string text = how_worked_out(payment.value);
    const ValueNode& node = rule_.tree.values[at(payment.value)];
    const bool says_period =
        node.op == ValueOp::parameter &&
        rule_.parameters[at(node.slot)].unit.starts_with('a');
    return says_period ? text : period_in_words(payment.period) + text;
  }

  // A name that begins a line of the page stands in quotation marks within one.
  std::string condition(CriterionId id) const {
    const std::string words = describer_.label(id);
    return words.size() > 1 && 'A' <= words[0] && words[0] <= 'Z' &&
                   !rule_.tree.criteria[at(id)].children.empty()
               ? "“" + words + "”"
               : words;
  }

  void payments() {
    std::vector<const Payment*> open;
    for (const Payment& payment : rule_.payments) {
      if (criteria_.is_never(payment.when)) continue;
      open.push_back(&payment);
      if (criteria_.is_always(payment.when)) break;
    }
    if (open.empty()) return;
    lines_.heading(open.size() == 1
                       ? "The amount"
                       : "The amount: the first of these that fits");
    for (const Payment* one : open) {
      const Payment& payment = *one;
      const bool always = criteria_.is_always(payment.when);
      std::string text;
      if (!always) text = "if " + condition(payment.when) + ": ";
      text += payment.published ? paid(payment) : "not published";
      if (!payment.because.empty()) text += ". " + payment.because;
      lines_.point(capitalised(text), PageLines::step);
    }
  }

  void steps_of(Outcome outcome, std::string_view title) {
    const auto found = rule_.actions.find(outcome);
    if (found == rule_.actions.end()) return;
    bool has_title = false;
    for (const Action& action : found->second) {
      if (criteria_.is_never(action.when)) continue;
      if (!has_title) lines_.heading(title);
      has_title = true;
      std::string words;
      if (!criteria_.is_always(action.when)) {
        words = "If " + condition(action.when) + ": ";
      }
      words += action.text;
      const std::string to =
          action.to_value >= 0 ? describer_.value(action.to_value) : action.to;
      const bool is_sentence = words.ends_with('.');
      if (!to.empty()) words += (is_sentence ? " Who: " : ": ") + to;
      if (action.by >= 0) {
        words += (is_sentence && to.empty() ? " By " : ", by ") +
                 describer_.value(action.by);
      }
      lines_.point(as_point(words), PageLines::step);
    }
  }

  void steps() {
    const bool is_duty = manifest_.kind == "statutory";
    steps_of(Outcome::met, is_duty ? "While it is kept" : "When it is met");
    steps_of(Outcome::needs_evidence, "When evidence is missing");
    steps_of(Outcome::refer, "When a person decides");
    steps_of(Outcome::not_met, "When it is not met");
  }

  void looked_at() {
    std::vector<std::string> names;
    for (const FactRef fact : rule_.facts) {
      names.push_back("the " + workspace_.catalogue().spec(fact).label);
    }
    if (names.empty()) return;
    lines_.heading("What it reads of a pupil's record");
    lines_.line(capitalised(join(names, "; ")) + ". Nothing else.",
                PageLines::step);
    for (const auto& [path, why] : manifest_.reads_protected) {
      const auto fact = workspace_.catalogue().find(path);
      const std::string name =
          fact ? "the " + workspace_.catalogue().spec(*fact).label : path;
      lines_.line(capitalised(name) +
                      " is a protected characteristic: " + as_point(why),
                  PageLines::step);
    }
  }

  void not_looked_at() {
    const auto limits = rule_limits(plugin_, workspace_.catalogue());
    if (limits.empty()) return;
    lines_.heading("What it does not look at, and where it may be wrong");
    for (const std::string& limit : limits)
      lines_.point(limit, PageLines::step);
  }

  void clauses() {
    lines_.heading("Sources");
    // "HEREF" alone names a family of clauses, and tells a reader nothing.
    const bool is_told =
        std::any_of(rule_.source.begin(), rule_.source.end(),
                    [](char c) { return c == ' ' || ('a' <= c && c <= 'z'); });
    if (is_told) {
      lines_.line(as_point(capitalised(rule_.source)), PageLines::step);
    }
    lines_.line(
        "The marks in square brackets are clauses of the sources; "
        "plugins/" +
            manifest_.id + "/README.md says what each is.",
        PageLines::step);
  }

  const Workspace& workspace_;
  const Rule& rule_;
  const Plugin& plugin_;
  const Manifest& manifest_;
  const BoundRule& bound_;
  const PlaceAndDate& where_;
  bool is_in_force_;
  Describer describer_;
  std::vector<std::optional<Truth>> settled_;
  PageLines lines_;
  CriteriaInWords criteria_;
};

}  // namespace

std::string authority_in_words(const std::string& la,
                               const Catalogue& catalogue) {
  const int list = catalogue.code_list("authority");
  if (list < 0) return la;
  const CodeList& codes = catalogue.code_lists()[at(list)];
  const int code = codes.find(la);
  return code < 0 ? la : codes.codes[at(code)].label + " (" + la + ")";
}

std::string rule_page(const Workspace& workspace, const SelectedRule& rule,
                      const BoundRule& bound, const PlaceAndDate& where,
                      const Style& style, std::size_t columns) {
  return Page(workspace, rule, bound, where, style, columns).text();
}

}  // namespace sendcheck::cli
