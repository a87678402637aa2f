// How two versions of a plugin differ: what it asks for, and its criteria in words.
#include <algorithm>

#include "base/text.hpp"
#include "casework/rules_difference.hpp"
#include "criteria/describe.hpp"

namespace sendcheck {
namespace {

using What = Difference::What;

// One line of what a rule says: where in it, by which name, and what exactly.
struct Line {
  std::string part;
  std::string label;
  std::string exact;
  std::string source;
  bool operator==(const Line&) const = default;

  std::string in_words() const {
    if (label.empty() || label == exact) return exact;
    return exact.empty() ? label : label + " (" + exact + ")";
  }
};

// A rule as lines, in the order of its page.
class RuleLines {
 public:
  RuleLines(const Rule& rule, const Catalogue& catalogue)
      : rule_(rule), describer_(rule, catalogue, nullptr) {
    add("it is about", rule.applies_when);
    add("it is met when", rule.met_when);
    add("a person decides when", rule.refer_when);
    add_text("who decides where it is met", rule.on_met_refer_to);
    add_text("to whom it is referred", rule.refer_to);
    for (const Payment& payment : rule.payments) {
      std::string exact = payment.published ? describer_.value(payment.value) +
                                                  ", period: " + payment.period
                                            : "not published";
      if (!payment.because.empty()) exact += " (" + payment.because + ")";
      lines_.push_back(
          {"the amount",
           payment.when < 0 ? "" : "if " + describer_.label(payment.when),
           std::move(exact), ""});
    }
    if (rule.has_deadline) {
      lines_.push_back({"the date", "",
                        describer_.value(rule.deadline.date) + " (" +
                            rule.deadline.basis + ")",
                        ""});
    }
    for (const auto& [outcome, actions] : rule.actions) {
      for (const Action& action : actions) {
        add_text("what to do next when " + std::string(in_words(outcome)),
                 action.text);
      }
    }
  }

  std::vector<Line> lines() && { return std::move(lines_); }

 private:
  void add_text(const std::string& part, const std::string& text) {
    if (!text.empty()) lines_.push_back({part, "", text, ""});
  }

  void add(const std::string& part, CriterionId id) {
    if (id < 0) return;
    const CriterionNode& node =
        rule_.tree.criteria[static_cast<std::size_t>(id)];
    Line line{part, !node.because.empty() ? node.because : node.label, "",
              node.source};
    switch (node.op) {
      case CriterionOp::all:
        line.exact = "all of these";
        break;
      case CriterionOp::any:
        line.exact = "any of these";
        break;
      case CriterionOp::none:
        line.exact = "none of these";
        break;
      case CriterionOp::at_least_of:
        line.exact = "at least " + std::to_string(node.n) + " of these";
        break;
      case CriterionOp::judgement:
      case CriterionOp::test:
        line.exact = line.label;
        break;
      default:
        line.exact = describer_.criterion(id);
    }
    const bool is_group =
        !node.children.empty() &&
        (node.op == CriterionOp::all || node.op == CriterionOp::any ||
         node.op == CriterionOp::none || node.op == CriterionOp::at_least_of);
    // A group that nobody named says nothing by itself.
    if (!is_group || !line.label.empty()) lines_.push_back(std::move(line));
    if (!is_group) return;
    for (const CriterionId child : node.children) add(part, child);
  }

  const Rule& rule_;
  Describer describer_;
  std::vector<Line> lines_;
};

std::vector<Line> lines_of(const Rule& rule, const Catalogue& catalogue) {
  return RuleLines(rule, catalogue).lines();
}

// Takes out of both what both have.
void drop_common(std::vector<Line>& before, std::vector<Line>& after) {
  std::erase_if(before, [&](const Line& line) {
    const auto found = std::ranges::find(after, line);
    if (found == after.end()) return false;
    after.erase(found);
    return true;
  });
}

std::string spec_in_words(const ParameterSpec& spec) {
  std::string words(name_of(spec.type));
  if (spec.is_list) words = "a list of " + words;
  if (!spec.unit.empty()) words += ", " + spec.unit;
  if (!spec.codes.empty()) words += ", one of " + join(spec.codes, ", ");
  if (spec.minimum) words += ", at least " + spec.minimum->to_string();
  if (spec.maximum) words += ", at most " + spec.maximum->to_string();
  if (!spec.required) words += ", may be left out";
  std::vector<std::string> columns;
  for (const ColumnSpec& column : spec.columns) columns.push_back(column.name);
  if (!columns.empty()) words += ", with the columns " + join(columns, ", ");
  return words;
}

class PluginDifference {
 public:
  PluginDifference(const Plugin& before, const Plugin& after,
                   std::vector<Difference>& differences)
      : before_(before), after_(after), differences_(differences) {}

  void compare(const Catalogue& of_before, const Catalogue& of_after) {
    manifest();
    for (const Rule& rule : before_.rules) {
      const auto other = std::ranges::find(after_.rules, rule.id, &Rule::id);
      if (other == after_.rules.end()) {
        tell(What::rule, rule.id, "", "the rule is no longer there", rule.title,
             "", "rule.lua");
        continue;
      }
      criteria(rule, of_before, *other, of_after);
    }
    for (const Rule& rule : after_.rules) {
      if (std::ranges::find(before_.rules, rule.id, &Rule::id) ==
          before_.rules.end()) {
        tell(What::rule, rule.id, "", "the rule is new", "", rule.title,
             "rule.lua");
      }
    }
    if (differences_.empty()) {
      tell(What::text, before_.manifest.id, "",
           "its text changed, and none of what it says", "", "", "rule.lua");
    }
  }

 private:
  void tell(What what, const std::string& rule, const std::string& parameter,
            std::string words, std::string from, std::string to,
            const std::string& file) {
    differences_.push_back({what,
                            rule,
                            parameter,
                            std::move(words),
                            std::move(from),
                            std::move(to),
                            {before_.folder + "/" + file, 0, 0, ""},
                            {after_.folder + "/" + file, 0, 0, ""}});
  }

  void manifest() {
    const Manifest& a = before_.manifest;
    const Manifest& b = after_.manifest;
    const auto words = [&](What what, const std::string& name,
                           const std::string& from, const std::string& to) {
      if (from == to) return;
      tell(what, b.id, "", name + ": " + from + " → " + to, from, to,
           "plugin.json");
    };
    words(What::version, "version", a.version, b.version);
    words(What::text, "title", a.title, b.title);
    words(What::text, "kind", a.kind, b.kind);
    words(What::text, "whose edition applies",
          std::string(name_of(a.authority)), std::string(name_of(b.authority)));
    words(What::text, "summary", a.summary, b.summary);
    for (const ParameterSpec& spec : a.parameters) {
      const auto other =
          std::ranges::find(b.parameters, spec.name, &ParameterSpec::name);
      if (other == b.parameters.end()) {
        tell(What::declaration, b.id, spec.name,
             spec.label + ": no longer asked of editions", spec_in_words(spec),
             "", "plugin.json");
        continue;
      }
      words(What::text, "label of " + spec.name, spec.label, other->label);
      const std::string from = spec_in_words(spec), to = spec_in_words(*other);
      if (from != to) {
        tell(What::declaration, b.id, spec.name,
             other->label + ": " + from + " → " + to, from, to, "plugin.json");
      }
    }
    for (const ParameterSpec& spec : b.parameters) {
      if (std::ranges::find(a.parameters, spec.name, &ParameterSpec::name) ==
          a.parameters.end()) {
        tell(What::declaration, b.id, spec.name,
             spec.label + ": now asked of editions (" + spec_in_words(spec) +
                 ")",
             "", spec_in_words(spec), "plugin.json");
      }
    }
  }

  void criteria(const Rule& rule, const Catalogue& of_before, const Rule& other,
                const Catalogue& of_after) {
    auto before = lines_of(rule, of_before);
    auto after = lines_of(other, of_after);
    drop_common(before, after);
    // What has a name of its own, and says something else under it.
    std::erase_if(before, [&](const Line& line) {
      const auto same_name = std::ranges::find_if(after, [&](const Line& now) {
        return !line.label.empty() && now.part == line.part &&
               now.label == line.label;
      });
      if (same_name == after.end()) return false;
      std::string words = line.part + ", changed: " + line.label + ": ";
      words += line.exact != same_name->exact
                   ? line.exact + " → " + same_name->exact
                   : "source " + line.source + " → " + same_name->source;
      tell(What::criterion, rule.id, "", std::move(words), line.in_words(),
           same_name->in_words(), "rule.lua");
      after.erase(same_name);
      return true;
    });
    for (const Line& line : before) {
      tell(What::criterion, rule.id, "",
           line.part + ", dropped: " + line.in_words(), line.in_words(), "",
           "rule.lua");
    }
    for (const Line& line : after) {
      tell(What::criterion, rule.id, "",
           line.part + ", added: " + line.in_words(), "", line.in_words(),
           "rule.lua");
    }
  }

  const Plugin& before_;
  const Plugin& after_;
  std::vector<Difference>& differences_;
};

}  // namespace

DifferenceSection compare_plugins(const Workspace& before, const Plugin* a,
                                  const Workspace& after, const Plugin* b) {
  DifferenceSection section;
  section.is_plugin = true;
  const Plugin& said = b != nullptr ? *b : *a;
  section.title = "Plugin " + said.manifest.id;
  if (a != nullptr) section.before = a->manifest.id + " " + a->manifest.version;
  if (b != nullptr) section.after = b->manifest.id + " " + b->manifest.version;
  if (a != nullptr && b != nullptr) {
    if (a->hash != b->hash) {
      PluginDifference(*a, *b, section.differences)
          .compare(before.catalogue(), after.catalogue());
    }
    return section;
  }
  section.differences.push_back(
      {What::rule, said.manifest.id, "",
       said.manifest.title + (b != nullptr ? ": new" : ": taken out"),
       section.before, section.after,
       a == nullptr ? Place{} : Place{a->folder, 0, 0, ""},
       b == nullptr ? Place{} : Place{b->folder, 0, 0, ""}});
  return section;
}

}  // namespace sendcheck
