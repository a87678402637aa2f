#include "cli/rules_text.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "criteria/describe.hpp"
#include "domain/decision_table.hpp"

namespace sendcheck::cli {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

std::string kind_in_words(const std::string& kind) {
  return kind == "access_arrangement" ? "access arrangement" : kind;
}

std::string status_in_words(const RuleInForce& in_force) {
  using Status = RuleInForce::Status;
  switch (in_force.status) {
    case Status::in_force:
      return in_force.edition()->id +
             (in_force.unconfirmed ? " (dates not confirmed)" : "");
    case Status::closed:
      return "closed: " + in_force.closed->refer_to;
    case Status::elsewhere:
      return "another authority's";
    case Status::no_edition:
      return "not in force" + (in_force.nearest_in_words.empty()
                                   ? std::string()
                                   : ": " + in_force.nearest_in_words);
    case Status::removed:
      return "taken away: " + in_force.removed->reason;
    case Status::broken:
      return "does not load: " + in_force.error->message;
  }
  return {};
}

class RulePage {
 public:
  RulePage(const Workspace& workspace, const SelectedRule& rule,
           const BoundRule& bound, const Style& style, std::size_t columns)
      : workspace_(workspace),
        rule_(*rule.rule),
        manifest_(rule.plugin->manifest),
        bound_(bound),
        describer_(rule_, workspace.catalogue(),
                   bound.in_force.status == RuleInForce::Status::in_force
                       ? &bound.binding
                       : nullptr),
        style_(style),
        columns_(columns) {}

  std::string text() {
    out_ += style_.bold(rule_.title) + "  " + style_.faint(rule_.id) + "\n";
    if (!manifest_.summary.empty()) line(manifest_.summary, 0);
    line(capitalised(kind_in_words(manifest_.kind)) + ". " +
             (manifest_.authority == Authority::national
                  ? std::string("National.")
                  : "The edition of the " +
                        std::string(manifest_.authority == Authority::home
                                        ? "authority where the pupil lives"
                                        : "authority where the school is") +
                        " applies.") +
             (rule_.source.empty() ? "" : " Source: " + rule_.source + "."),
         0);
    std::string status = status_in_words(bound_.in_force);
    status = bound_.in_force.status == RuleInForce::Status::in_force
                 ? "In force: " + status
                 : capitalised(status);
    line(status + (status.ends_with('.') ? "" : "."), 0);
    if (const Edition* edition = bound_.in_force.edition()) {
      std::string span = "From " + edition->from.in_words();
      if (edition->last_day) {
        span += " to " + edition->last_day->in_words();
      } else {
        span += ", running on: " + edition->runs_on_because;
      }
      line(span + (span.ends_with('.') ? "" : "."), 0);
    }
    if (bound_.in_force.unconfirmed) {
      line("Not confirmed: " + bound_.in_force.unconfirmed_because, 0);
    }
    section("The rule is about", rule_.applies_when, "every pupil");
    section("It is met when", rule_.met_when, "");
    if (rule_.refer_when >= 0) {
      section("Otherwise a person decides when", rule_.refer_when, "");
    }
    if (!rule_.on_met_refer_to.empty()) {
      heading("Who decides");
      line("Where the criteria are met, " + rule_.on_met_refer_to + " decides.",
           2);
    }
    payments();
    if (rule_.has_deadline) {
      heading("The date");
      line(capitalised(describer_.value(rule_.deadline.date)) + " (" +
               rule_.deadline.basis + ").",
           2);
    }
    values();
    return std::move(out_);
  }

 private:
  void heading(std::string_view text) {
    out_ += "\n" + style_.bold(text) + "\n";
  }
  void line(std::string_view text, std::size_t indent) {
    out_ +=
        std::string(indent, ' ') + wrapped(text, columns_, indent + 2) + "\n";
  }

  void section(std::string_view title, CriterionId criterion,
               std::string_view otherwise) {
    heading(title);
    if (criterion < 0) {
      line(otherwise, 2);
      return;
    }
    write(criterion, 2);
  }

  void write(CriterionId id, std::size_t indent) {
    const CriterionNode& node = rule_.tree.criteria[at(id)];
    std::string words;
    switch (node.op) {
      case CriterionOp::all:
        words = "all of these:";
        break;
      case CriterionOp::any:
        words = "any of these:";
        break;
      case CriterionOp::none:
        words = "none of these:";
        break;
      case CriterionOp::at_least_of:
        words = "at least " + std::to_string(node.n) + " of these:";
        break;
      default:
        break;
    }
    const std::string named = !node.because.empty() ? node.because
                              : node.op == CriterionOp::judgement
                                  ? "a named person answers yes: " + node.label
                                  : node.label;
    if (!words.empty()) {
      line("- " + (named.empty() ? words : named + ": " + words) +
               source_of(node),
           indent);
      for (CriterionId child : node.children) write(child, indent + 2);
      return;
    }
    const std::string exact = describer_.criterion(id);
    std::string text = named.empty() ? exact : named;
    if (!named.empty() && node.op != CriterionOp::judgement &&
        node.op != CriterionOp::test && exact != named) {
      text += " (" + exact + ")";
    }
    if (!node.unconfirmed.empty()) {
      text += " (not confirmed: " + node.unconfirmed + ")";
    }
    line("- " + text + source_of(node), indent);
  }

  static std::string source_of(const CriterionNode& node) {
    return node.source.empty() ? "" : " [" + node.source + "]";
  }

  void payments() {
    if (rule_.payments.empty()) return;
    heading("The amount");
    for (const Payment& payment : rule_.payments) {
      std::string text;
      if (payment.when >= 0) {
        text = "if " + describer_.label(payment.when) + ": ";
      }
      if (payment.published) {
        Amount amount;
        text += describer_.value(payment.value) + ", period: " + payment.period;
      } else {
        text += "not published";
      }
      if (!payment.because.empty()) text += " (" + payment.because + ")";
      line("- " + text, 2);
    }
  }

  void values() {
    if (rule_.parameters.empty()) return;
    heading("Values and where they come from");
    for (const ParameterSpec& spec : rule_.parameters) {
      const auto found = bound_.in_force.parameters.find(spec.name);
      if (found == bound_.in_force.parameters.end()) {
        line("- " + spec.label + ": not given", 2);
        continue;
      }
      value(spec, found->second);
    }
  }

  void value(const ParameterSpec& spec, const EffectiveParameter& given) {
    line("- " + spec.label + ": " + in_words(given.value, spec), 2);
    std::string from = given.origin.edition;
    if (!given.origin.source_title.empty()) {
      from += ", " + given.origin.source_title;
    } else if (!given.origin.source.empty()) {
      from += ", " + given.origin.source;
    }
    if (!given.origin.approved_by.empty()) {
      from += "; approved by " + given.origin.approved_by + " on " +
              given.origin.approved_on;
    }
    line(from, 6);
    if (!given.origin.source_url.empty()) line(given.origin.source_url, 6);
    if (given.unconfirmed) {
      line("Not confirmed: " + given.unconfirmed_because, 6);
    }
    for (const EffectiveParameter::Reading& reading : given.readings) {
      line("Another reading: " + reading.value + " (" + reading.source + ")",
           6);
    }
    if (!given.note.empty()) line(given.note, 6);
    if (given.replaced) {
      line("It replaces " + in_words(given.replaced->value, spec) + " of " +
               given.replaced->origin.edition + ".",
           6);
    }
    if (given.value.decision) policy(given.value.decision->spec());
    if (given.value.table && spec.type != ParameterType::calendar) {
      table(*given.value.table);
    }
  }

  void policy(const DecisionSpec& spec) {
    line(policy_in_words(spec), 6);
    std::vector<std::string> inputs, outputs;
    for (const DecisionInput& input : spec.inputs) {
      inputs.push_back(input.name);
    }
    for (const DecisionOutput& output : spec.outputs) {
      outputs.push_back(output.name);
    }
    line("It takes " + join_in_words(inputs) + ", and gives " +
             join_in_words(outputs) + ".",
         6);
  }

  void table(const Table& table) {
    std::vector<std::size_t> widths;
    std::vector<std::vector<std::string>> rows;
    rows.emplace_back();
    for (const ColumnSpec& column : table.columns) {
      rows[0].push_back(column.name);
    }
    for (const auto& row : table.rows) {
      rows.emplace_back();
      for (std::size_t c = 0; c < row.size(); ++c) {
        ParameterSpec spec;
        spec.type = table.columns[c].type;
        ParameterValue value;
        value.scalar = row[c];
        rows.back().push_back(row[c].is_known() ? to_text(value, spec) : "");
      }
    }
    for (const auto& row : rows) {
      for (std::size_t c = 0; c < row.size(); ++c) {
        if (c == widths.size()) widths.push_back(0);
        widths[c] = std::max(widths[c], width(row[c]));
      }
    }
    for (const auto& row : rows) {
      out_ += "      ";
      for (std::size_t c = 0; c < row.size(); ++c) {
        out_ += padded(row[c], widths[c] + 2);
      }
      while (out_.back() == ' ') out_.pop_back();
      out_ += '\n';
    }
  }

  const Workspace& workspace_;
  const Rule& rule_;
  const Manifest& manifest_;
  const BoundRule& bound_;
  Describer describer_;
  const Style& style_;
  std::size_t columns_;
  std::string out_;
};

}  // namespace

Result<std::string> rules_list(const Workspace& workspace,
                               const PlaceAndDate& where,
                               const std::string& kind, const Style& style) {
  auto rules = workspace.engine().select({{}, kind});
  if (!rules) return unexpected(rules.error());
  std::size_t id_width = 4, title_width = 5;
  for (const SelectedRule& rule : *rules) {
    id_width = std::max(id_width, width(rule.id));
    if (rule.rule) title_width = std::max(title_width, width(rule.rule->title));
  }
  std::string out =
      style.bold(padded("Rule", id_width) + "  " +
                 padded("Title", title_width) + "  " + padded("Kind", 18) +
                 "  In force on " + where.as_of.in_words()) +
      "\n";
  for (const SelectedRule& rule : *rules) {
    out += padded(rule.id, id_width) + "  ";
    if (rule.broken) {
      out += "does not load: " + rule.broken->errors.front().message + "\n";
      continue;
    }
    const Authority authority = rule.plugin->manifest.authority;
    const RuleInForce in_force = workspace.rulesets().in_force(
        rule.id, authority == Authority::national ? "" : where.la, where.urn,
        where.as_of);
    std::string status = status_in_words(in_force);
    if (where.la.empty() && !workspace.rulesets().is_national(rule.id)) {
      const auto las = workspace.rulesets().authorities_of(rule.id);
      status = "by authority: " + join({las.begin(), las.end()}, ", ") +
               " (name one with --la)";
    }
    out += padded(rule.rule->title, title_width) + "  " +
           padded(kind_in_words(rule.plugin->manifest.kind), 18) + "  " +
           status + "\n";
  }
  return out;
}

Result<std::string> rule_shown(const Workspace& workspace,
                               const std::string& rule,
                               const PlaceAndDate& where, const Style& style,
                               std::size_t columns) {
  auto rules = workspace.engine().select({{rule}, ""});
  if (!rules) return unexpected(rules.error());
  if (rules->front().broken) {
    return unexpected(rules->front().broken->errors.front());
  }
  std::string la = where.la;
  if (la.empty() && !workspace.rulesets().is_national(rule)) {
    // A rule of one authority alone is shown as that authority has it.
    const auto las = workspace.rulesets().authorities_of(rule);
    if (las.size() == 1) la = *las.begin();
  }
  Checker checker(workspace.engine(), *rules, where.as_of, true);
  const BoundRule& bound = checker.bound(0, la, where.urn);
  return RulePage(workspace, rules->front(), bound, style, columns).text();
}

}  // namespace sendcheck::cli
