#include "cli/rule_page.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "casework/rule_notes.hpp"
#include "cli/value_page.hpp"
#include "criteria/describe.hpp"
#include "criteria/evidence_asked.hpp"
#include "criteria/settled.hpp"

namespace sendcheck::cli {
namespace {

using Status = RuleInForce::Status;

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// The mark of a point, and where what belongs to it stands.
constexpr std::size_t step = 2;

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
        style_(style),
        columns_(columns) {
    if (is_in_force_) {
      settled_ =
          settled_by_edition(rule_, bound.binding, workspace.catalogue(),
                             workspace.rulesets().bank_holidays(), where.as_of);
    }
  }

  std::string text() {
    out_ += style_.bold(rule_.title) + "  " + style_.faint(rule_.id) + "\n";
    if (!manifest_.summary.empty()) line(manifest_.summary, 0);
    out_ += '\n';
    if (!is_in_force_) {
      not_in_force();
      return std::move(out_);
    }
    line(kind_of(manifest_.kind) + " " + whose(manifest_.authority), 0);
    edition();
    if (rule_.applies_when >= 0) {
      section("It is about pupils of whom", rule_.applies_when);
    }
    section("It is met when", rule_.met_when);
    if (rule_.refer_when >= 0 && !is_never(rule_.refer_when)) {
      section("Otherwise a person decides when", rule_.refer_when);
    }
    who_decides();
    evidence();
    payments();
    if (rule_.has_deadline) {
      heading("The date");
      line(capitalised(how_worked_out(rule_.deadline.date)) + " (" +
               (rule_.deadline.basis == "law"        ? "set by law"
                : rule_.deadline.basis == "guidance" ? "by guidance"
                                                     : "set locally") +
               ").",
           step);
    }
    steps();
    looked_at();
    not_looked_at();
    out_ += values_page(rule_, bound_.in_force, workspace_.catalogue(), style_,
                        columns_);
    clauses();
    return std::move(out_);
  }

 private:
  void heading(std::string_view text) {
    out_ += "\n" + style_.bold(text) + "\n";
  }
  void line(std::string_view text, std::size_t indent) {
    out_ += std::string(indent, ' ') + wrapped(text, columns_, indent) + "\n";
  }
  void point(std::string_view text, std::size_t indent) {
    out_ += std::string(indent, ' ') + "- " +
            wrapped(text, columns_, indent + step) + "\n";
  }

  std::string asked_for(Date day) const {
    return "sendcheck rules show " + rule_.id + " --as-of " + day.to_string() +
           (where_.la.empty() ? "" : " --la " + where_.la) +
           (where_.urn.empty() ? "" : " --school " + where_.urn);
  }

  RuleInForce in_force_on(Date day) const {
    return workspace_.rulesets().in_force(rule_.id, where_.la, where_.urn, day);
  }

  void not_in_force() {
    const RuleInForce& in_force = bound_.in_force;
    const std::string day = where_.as_of.in_words();
    switch (in_force.status) {
      case Status::closed:
        closed();
        return;
      case Status::removed:
        line("It does not apply here: " + in_force.removed->reason, 0);
        source(in_force.removed->source, in_force.removed->source_title,
               in_force.removed->source_url);
        return;
      case Status::broken:
        line("It does not load: " + in_force.error->message, 0);
        return;
      case Status::elsewhere:
        elsewhere();
        return;
      case Status::no_edition: {
        const bool is_told = !in_force.nearest_in_words.empty();
        line("Not in force on " + day +
                 (is_told ? ": " + in_force.nearest_in_words : "") + ".",
             0);
        another_day();
        return;
      }
      case Status::in_force:
        return;
    }
  }

  void source(const std::string& key, const std::string& title,
              const std::string& url) {
    if (key.empty()) return;
    line("Source: " + as_point(title.empty() ? key : title), 0);
    if (!url.empty()) line(url, 0);
  }

  void closed() {
    const RuleInForce& in_force = bound_.in_force;
    Date since = where_.as_of;
    std::optional<Date> last;
    // Editions after the one that closed it say so again.
    for (RuleInForce before = in_force;
         before.status == Status::closed && before.edition();) {
      since = before.edition()->from;
      before = in_force_on(since + -1);
      if (before.status == Status::in_force) last = since + -1;
    }
    out_ += style_.bold("Closed since " + since.in_words() + ".") + "\n";
    line("Go to: " + as_point(in_force.closed->refer_to), 0);
    source(in_force.closed->source, in_force.closed->source_title,
           in_force.closed->source_url);
    if (in_force.unconfirmed) {
      line("Not confirmed: " + in_force.unconfirmed_because, 0);
    }
    if (last) {
      out_ += '\n';
      line("As it last was, on " + last->in_words() + ":", 0);
      line(asked_for(*last), step);
    }
  }

  void elsewhere() {
    std::vector<std::string> names;
    const auto las = workspace_.rulesets().authorities_of(rule_.id);
    for (const std::string& la : las) {
      names.push_back(authority_in_words(la, workspace_.catalogue()));
    }
    line(where_.la.empty()
             ? "It is a rule of single authorities: name one with --la."
             : authority_in_words(where_.la, workspace_.catalogue()) +
                   " has no such rule.",
         0);
    if (!names.empty()) line("It is one of " + join_in_words(names) + ".", 0);
  }

  // Which date to ask for, to read the rule as it was or will be.
  void another_day() {
    for (const std::string& id : bound_.in_force.nearest) {
      for (const Edition& edition : workspace_.rulesets().editions()) {
        if (edition.id != id) continue;
        const bool is_past =
            edition.last_day && *edition.last_day < where_.as_of;
        line(is_past ? "To read it as it was:" : "To read it as it will be:",
             0);
        line(asked_for(is_past ? *edition.last_day : edition.from), step);
      }
    }
  }

  static std::string as_point(std::string words) {
    if (!words.ends_with('.')) words += '.';
    return words;
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
      line(as_point(words), 0);
      if (edition->unconfirmed) {
        line("Its dates are not confirmed: " +
                 as_point(edition->unconfirmed_because),
             0);
      }
    }
  }

  bool has_own_words(const CriterionNode& node) const {
    return !node.because.empty() || !node.label.empty();
  }

  // A group whose author has said in a sentence what its parts come to.
  bool is_said_whole(const CriterionNode& node) const {
    if (node.because.empty()) return false;
    return std::all_of(
        node.children.begin(), node.children.end(), [&](CriterionId child) {
          const CriterionNode& part = rule_.tree.criteria[at(child)];
          return !has_own_words(part) && part.source.empty();
        });
  }

  // What is left to ask of a pupil, of the parts of a group.
  std::vector<CriterionId> open_parts(const CriterionNode& node) const {
    std::vector<CriterionId> open;
    for (const CriterionId child : node.children) {
      if (settled_.empty() || !settled_[at(child)] || is_worth_a_line(child)) {
        open.push_back(child);
      }
    }
    return open;
  }

  // Settled, and yet its author gave it a name that a reader will look for.
  bool is_worth_a_line(CriterionId id) const {
    const CriterionNode& node = rule_.tree.criteria[at(id)];
    return !node.children.empty() && node.list < 0 && has_own_words(node);
  }

  void section(std::string_view title, CriterionId criterion) {
    const CriterionNode& node = rule_.tree.criteria[at(criterion)];
    const bool is_group =
        node.op == CriterionOp::all || node.op == CriterionOp::any;
    if (!is_group || has_own_words(node) || !node.source.empty()) {
      heading(std::string(title) + " this is so");
      write(criterion, step);
      return;
    }
    const auto parts = open_parts(node);
    heading(parts.size() < 2 ? std::string(title) + " this is so"
            : node.op == CriterionOp::all
                ? std::string(title) + " all of this is so"
                : std::string(title) + " any of this is so");
    for (const CriterionId part : parts) write(part, step, node.op);
    if (parts.empty()) line("it stands so for every pupil", step);
  }

  static std::string words_of(const CriterionNode& node, std::size_t parts) {
    switch (node.op) {
      case CriterionOp::any:
        return parts == 1 ? "" : "any of these";
      case CriterionOp::none:
        return parts == 1 ? "this is not so" : "none of these";
      case CriterionOp::at_least_of:
        return "at least " + std::to_string(node.n) + " of these";
      default:
        return parts == 1 ? "" : "all of these";
    }
  }

  // Of a group that the edition settles: by which of its parts.
  std::string settled_because(const CriterionNode& node, Truth truth) const {
    for (const CriterionId child : node.children) {
      const auto part = settled_[at(child)];
      if (!part) continue;
      const bool decides =
          node.op == CriterionOp::none ? *part != truth : *part == truth;
      if (!decides) continue;
      const CriterionNode& deciding = rule_.tree.criteria[at(child)];
      const std::string words = describer_.label(child);
      if (truth == Truth::met) return words;
      return "not under this edition" +
             (deciding.because.empty() ? ""
                                       : " (it is not so that " + words + ")");
    }
    return truth == Truth::met ? "so for every pupil"
                               : "not under this edition";
  }

  // `among`: the group that it stands in, whose way of taking its parts together need not be said again.
  void write(CriterionId id, std::size_t indent,
             std::optional<CriterionOp> among = {}) {
    const CriterionNode& node = rule_.tree.criteria[at(id)];
    const std::string named = !node.because.empty() ? node.because
                              : node.op == CriterionOp::judgement
                                  ? "a named person answers yes: " + node.label
                                  : node.label;
    if (!settled_.empty() && settled_[at(id)] && is_worth_a_line(id)) {
      point(named + ": " + settled_because(node, *settled_[at(id)]) +
                source_of(node),
            indent);
      return;
    }
    const bool is_group = !node.children.empty() && node.list < 0;
    if (!is_group || is_said_whole(node) || is_denial(node)) {
      leaf(id, named, indent);
      return;
    }
    const auto parts = open_parts(node);
    const std::string words = words_of(node, parts.size());
    const bool is_among_its_own =
        among == node.op &&
        (node.op == CriterionOp::all || node.op == CriterionOp::any);
    if (named.empty() && (words.empty() || is_among_its_own) &&
        node.source.empty() && node.unconfirmed.empty()) {
      for (const CriterionId part : parts) write(part, indent, node.op);
      return;
    }
    const std::string text = named.empty()   ? words
                             : words.empty() ? named
                                             : named + ": " + words;
    point(text + source_of(node) + (parts.empty() ? "" : ":"), indent);
    unconfirmed(node, indent + step);
    for (const CriterionId part : parts) write(part, indent + step, node.op);
  }

  // Said exactly once: after that its label will do.
  bool was_said(CriterionId id) {
    const CriterionId first = rule_.tree.alike[at(id)];
    const bool said =
        std::find(said_.begin(), said_.end(), first) != said_.end();
    if (!said) said_.push_back(first);
    return said;
  }

  // "rest breaks alone are not enough", in what is against it.
  bool is_denial(const CriterionNode& node) const {
    return node.op == CriterionOp::none && !node.because.empty() &&
           std::all_of(node.children.begin(), node.children.end(),
                       [&](CriterionId child) {
                         const CriterionNode& part =
                             rule_.tree.criteria[at(child)];
                         return part.children.empty() || part.list >= 0;
                       });
  }

  std::string denied(const CriterionNode& node) {
    std::vector<std::string> parts;
    for (const CriterionId child : node.children) {
      parts.push_back(was_said(child) ? "“" + describer_.label(child) + "”"
                                      : describer_.criterion(child));
    }
    return (parts.size() == 1 ? "not so: " : "none of these is so: ") +
           join(parts, "; ");
  }

  void leaf(CriterionId id, const std::string& named, std::size_t indent) {
    const CriterionNode& node = rule_.tree.criteria[at(id)];
    const bool denial = is_denial(node);
    const bool again = !denial && !named.empty() && was_said(id);
    const std::string exact = denial ? denied(node) : describer_.criterion(id);
    if (named.empty() || named == exact || again ||
        node.op == CriterionOp::judgement || node.op == CriterionOp::test) {
      point((named.empty() ? exact : named) + source_of(node), indent);
    } else {
      const std::string together = named + " (" + exact + ")" + source_of(node);
      if (indent + step + width(together) <= columns_) {
        point(together, indent);
      } else {
        point(named + source_of(node), indent);
        line("(" + exact + ")", indent + step);
      }
    }
    unconfirmed(node, indent + step);
  }

  void unconfirmed(const CriterionNode& node, std::size_t indent) {
    if (node.unconfirmed.empty()) return;
    line("Not confirmed: " + as_point(node.unconfirmed), indent);
  }

  static std::string source_of(const CriterionNode& node) {
    return node.source.empty() ? "" : " [" + node.source + "]";
  }

  void who_decides() {
    if (rule_.on_met_refer_to.empty() && rule_.refer_to.empty()) return;
    heading("Who decides");
    if (!rule_.on_met_refer_to.empty()) {
      line("Where the criteria are met, " + rule_.on_met_refer_to + " decides.",
           step);
    }
    if (!rule_.refer_to.empty() && rule_.refer_to != rule_.on_met_refer_to) {
      line("Where the rule cannot say, ask " + as_point(rule_.refer_to), step);
    }
  }

  void evidence() {
    const auto documents =
        evidence_asked(rule_, workspace_.catalogue(), describer_, settled_);
    if (documents.empty()) return;
    heading("The documents that it looks for");
    line(capitalised(join(documents, "; ")) + ".", step);
  }

  bool is_never(CriterionId id) const {
    return id >= 0 && !settled_.empty() && settled_[at(id)] == Truth::not_met;
  }
  bool is_always(CriterionId id) const {
    return id < 0 || (!settled_.empty() && settled_[at(id)] == Truth::met);
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

  void payments() {
    std::vector<const Payment*> open;
    for (const Payment& payment : rule_.payments) {
      if (is_never(payment.when)) continue;
      open.push_back(&payment);
      if (is_always(payment.when)) break;
    }
    if (open.empty()) return;
    heading(open.size() == 1 ? "The amount"
                             : "The amount: the first of these that fits");
    for (const Payment* one : open) {
      const Payment& payment = *one;
      const bool always = is_always(payment.when);
      std::string text;
      if (!always) text = "if " + describer_.label(payment.when) + ": ";
      text += payment.published ? paid(payment) : "not published";
      if (!payment.because.empty()) text += ". " + payment.because;
      point(capitalised(text), step);
    }
  }

  void steps_of(Outcome outcome, std::string_view title) {
    const auto found = rule_.actions.find(outcome);
    if (found == rule_.actions.end()) return;
    bool has_title = false;
    for (const Action& action : found->second) {
      if (is_never(action.when)) continue;
      if (!has_title) heading(title);
      has_title = true;
      std::string words;
      if (!is_always(action.when)) {
        words = "If " + describer_.label(action.when) + ": ";
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
      point(as_point(words), step);
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
    heading("What it reads of a pupil's record");
    line(capitalised(join(names, "; ")) + ". Nothing else.", step);
    for (const auto& [path, why] : manifest_.reads_protected) {
      const auto fact = workspace_.catalogue().find(path);
      const std::string name =
          fact ? "the " + workspace_.catalogue().spec(*fact).label : path;
      line(capitalised(name) +
               " is a protected characteristic: " + as_point(why),
           step);
    }
  }

  void not_looked_at() {
    const auto limits = points_of(plugin_, "Limits", workspace_.catalogue());
    if (limits.empty()) return;
    heading("What it does not look at, and where it may be wrong");
    for (const std::string& limit : limits) point(limit, step);
  }

  void clauses() {
    heading("Sources");
    if (!rule_.source.empty()) line(as_point(rule_.source), step);
    line(
        "The marks in square brackets are the clauses of the source; "
        "plugins/" +
            manifest_.id + "/README.md says what each is.",
        step);
  }

  const Workspace& workspace_;
  const Rule& rule_;
  const Plugin& plugin_;
  const Manifest& manifest_;
  const BoundRule& bound_;
  const PlaceAndDate& where_;
  bool is_in_force_;
  Describer describer_;
  std::vector<std::optional<Truth>> settled_;  // empty: not in force
  std::vector<CriterionId> said_;              // the first of those alike
  const Style& style_;
  std::size_t columns_;
  std::string out_;
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
