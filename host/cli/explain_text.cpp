#include "cli/explain_text.hpp"

#include "base/text.hpp"

namespace sendcheck::cli {
namespace {

class Page {
 public:
  Page(const ExplainSetting& setting) : setting_(setting) {}

  void heading(std::string_view text) {
    if (!out_.empty()) out_ += '\n';
    out_ += setting_.style.bold(text) + "\n";
  }
  void line(std::string_view text, std::size_t indent = 2) {
    out_ += std::string(indent, ' ') +
            wrapped(text, setting_.columns, indent + 2) + "\n";
  }
  std::string text() { return std::move(out_); }

 private:
  const ExplainSetting& setting_;
  std::string out_;
};

const char* mark(Truth truth) {
  return truth == Truth::met       ? "[met]    "
         : truth == Truth::not_met ? "[not met]"
                                   : "[unknown]";
}

// `whole`: also by how much what is met is met.
std::string reason_in_words(const Reason& reason, bool whole = false) {
  std::string text = std::string(mark(reason.result)) + " " + reason.label;
  std::vector<std::string> parts;
  if (!reason.have.empty()) parts.push_back("found " + reason.have);
  if (!reason.need.empty()) parts.push_back("needed " + reason.need);
  if (!reason.gap.empty() && (whole || reason.result != Truth::met)) {
    parts.push_back(reason.gap);
  }
  if (!parts.empty()) text += ": " + join(parts, "; ");
  if (!reason.source.empty()) text += " [" + reason.source + "]";
  if (!reason.unconfirmed.empty()) {
    text += " (not confirmed: " + reason.unconfirmed + ")";
  }
  return text;
}

// Every criterion, whatever came of it.
void every_reason(Page& page, const Reason& reason, std::size_t indent) {
  page.line(reason_in_words(reason, true), indent);
  for (const Reason& child : reason.children) {
    every_reason(page, child, indent + 2);
  }
}

// The first thing that an entry of a list falls short of.
const Reason* first_not_met(const Reason& reason) {
  for (const Reason& child : reason.children) {
    if (child.result == Truth::not_met) return &child;
  }
  return nullptr;
}

// Entries that count, or may; those that do not are named in one line.
void entries(Page& page, const std::vector<Reason>& found, Truth of_list,
             std::size_t indent) {
  std::vector<std::string> passed_over;
  for (const Reason& entry : found) {
    if (entry.kind != Reason::Kind::entry) continue;
    if (entry.result != Truth::not_met) {
      page.line(std::string(mark(entry.result)) + " " + entry.label +
                    (entry.have.empty() ? "" : ": " + entry.have),
                indent);
      if (entry.result == Truth::unknown) {
        for (const Reason& asked : entry.children) {
          if (asked.result == Truth::unknown) {
            page.line(reason_in_words(asked), indent + 2);
          }
        }
      }
      continue;
    }
    const Reason* why = first_not_met(entry);
    passed_over.push_back(entry.label +
                          (why ? " (not so: " + why->label + ")" : ""));
  }
  if (!passed_over.empty() && of_list != Truth::met) {
    page.line("not counted: " + join(passed_over, "; "), indent);
  }
}

// What a SENCO needs: of alternatives, the one that holds, or all that do not; of a list, what counts.
void telling_reasons(Page& page, const Reason& reason, std::size_t indent) {
  page.line(reason_in_words(reason), indent);
  switch (reason.kind) {
    case Reason::Kind::list:
    case Reason::Kind::comparison:
      entries(page, reason.children, reason.result, indent + 2);
      return;
    case Reason::Kind::any:
      for (const Reason& child : reason.children) {
        if (reason.result == Truth::met && child.result != Truth::met) continue;
        telling_reasons(page, child, indent + 2);
      }
      return;
    case Reason::Kind::none:
      if (reason.result == Truth::met) return;
      break;
    case Reason::Kind::all:
      // One thing that is not so settles it; the rest is for the auditor.
      if (reason.result == Truth::not_met) {
        for (const Reason& child : reason.children) {
          if (child.result == Truth::not_met) {
            telling_reasons(page, child, indent + 2);
          }
        }
        return;
      }
      break;
    default:
      break;
  }
  for (const Reason& child : reason.children) {
    telling_reasons(page, child, indent + 2);
  }
}

void routes(Page& page, const Decision& decision) {
  if (decision.routes.empty()) return;
  page.heading("What would change this, the nearest way first");
  std::size_t number = 0;
  for (const Route& route : decision.routes) {
    ++number;
    std::vector<std::string> steps;
    for (const Step& step : route.steps) {
      std::string words =
          (step.kind == Step::Kind::supply ? "supply " : "change ") +
          step.label;
      if (!step.gap.empty()) words += " (" + step.gap + ")";
      steps.push_back(words);
    }
    page.line(std::to_string(number) + ". " + join_in_words(steps));
  }
}

void missing(Page& page, const Decision& decision) {
  if (decision.missing.empty()) return;
  page.heading("Still missing");
  for (const MissingItem& item : decision.missing) {
    std::string text = "- " + item.label;
    if (item.kind == MissingItem::Kind::judgement) {
      text += " (a named person answers)";
    }
    page.line(text);
  }
}

// "£860" where the rule's line of working is money; else as it is.
std::string working_in_words(const Rule* rule, const WorkingLine& line) {
  if (line.value.empty()) return "not known";
  if (!rule) return line.value;
  for (const Payment& payment : rule->payments) {
    for (const auto& [label, value] : payment.working) {
      const ValueNode& node =
          rule->tree.values[static_cast<std::size_t>(value)];
      if (label != line.label || node.type.kind != Value::Kind::money) continue;
      if (const auto money = Money::parse(line.value)) {
        return money->in_words();
      }
    }
  }
  return line.value;
}

void amount(Page& page, const Workspace& workspace, const Decision& decision) {
  if (!decision.amount) return;
  const Rule* rule = workspace.plugins().rule(decision.rule);
  page.heading("Amount");
  page.line(capitalised(amount_in_words(*decision.amount)));
  for (const WorkingLine& line : decision.amount->working) {
    page.line(line.label + ": " + working_in_words(rule, line), 4);
  }
  if (!decision.amount->note.empty()) page.line(decision.amount->note);
}

void date(Page& page, const Decision& decision) {
  if (!decision.due) return;
  page.heading("Date");
  const std::string& basis = decision.due->basis;
  page.line(decision.due->date.in_words() + " (" +
            std::string(name_of(decision.due->state)) + "; " +
            (basis == "law"        ? "set by law"
             : basis == "guidance" ? "by guidance"
                                   : "set locally") +
            "): " + decision.due->working);
}

void for_senco(Page& page, const Workspace& workspace,
               const Decision& decision) {
  page.line(decision.summary, 0);
  amount(page, workspace, decision);
  date(page, decision);
  if (!decision.actions.empty()) {
    page.heading("Next");
    for (const ActionItem& action : decision.actions) {
      page.line("- " + action_in_words(action));
    }
  }
  missing(page, decision);
  routes(page, decision);
  // A scheme that is closed asks nothing.
  if (decision.reasons && !decision.reasons->children.empty()) {
    page.heading("Why");
    for (const Reason& reason : decision.reasons->children) {
      telling_reasons(page, reason, 2);
    }
    page.line("For every criterion, whatever came of it: --for auditor.");
  }
}

std::size_t met_below(const Reason& reason) {
  std::size_t met = reason.result == Truth::met;
  for (const Reason& child : reason.children) met += met_below(child);
  return met;
}

// The criteria in a parent's words: what was asked, and what the record says. Of several ways, the one that is nearest.
void parent_reasons(Page& page, const Reason& reason) {
  switch (reason.kind) {
    case Reason::Kind::all:
    case Reason::Kind::at_least_of:
      for (const Reason& child : reason.children) parent_reasons(page, child);
      return;
    case Reason::Kind::any: {
      const Reason* nearest = nullptr;
      for (const Reason& child : reason.children) {
        if (!nearest || nearest->result < child.result ||
            (nearest->result == child.result &&
             met_below(*nearest) < met_below(child))) {
          nearest = &child;
        }
      }
      if (nearest) parent_reasons(page, *nearest);
      return;
    }
    default:
      break;
  }
  const char* word = reason.result == Truth::met       ? "Yes."
                     : reason.result == Truth::not_met ? "No."
                                                       : "We do not know yet.";
  std::string label = capitalised(reason.label);
  if (!label.ends_with('?')) label += ":";
  page.line("- " + label + " " + word);
}

void for_parent(Page& page, const Workspace& workspace, const std::string& who,
                const Decision& decision) {
  const Plugin* plugin = workspace.plugins().plugin_of(decision.rule);
  page.line("About " + who + ": " + decision.title, 0);
  page.heading("What the check says");
  page.line(decision.summary);
  page.line(
      "This is a recommendation made by a computer from the school's "
      "record. A person at the school or the local authority decides, "
      "and can decide otherwise.");
  if (plugin && !plugin->manifest.summary.empty()) {
    page.heading("What this is about");
    page.line(plugin->manifest.summary);
  }
  if (decision.reasons && !decision.reasons->children.empty() &&
      decision.outcome != Outcome::not_applicable) {
    page.heading("What was looked at");
    for (const Reason& reason : decision.reasons->children) {
      // Whom the rule is about, and when a person decides instead, are no questions about the child.
      if (!reason.label.starts_with("The rule is about this pupil") &&
          !reason.label.starts_with("A person decides:")) {
        parent_reasons(page, reason);
      }
    }
  }
  missing(page, decision);
  date(page, decision);
  amount(page, workspace, decision);
  page.heading("If you think this is wrong");
  page.line(
      "Ask the SENCO to show you the record and the rule, to put right "
      "what is not right, and to look again. You can add what you know. "
      "A person must look at what you say.");
  page.heading("What was not used");
  std::vector<std::string> not_used = {"sex", "ethnicity"};
  if (plugin) {
    for (const auto& [fact, why] : plugin->manifest.reads_protected) {
      std::erase(not_used, fact);
      page.line(capitalised(fact) + " was used: " + why);
    }
  }
  if (!not_used.empty()) {
    page.line("The rule cannot read " + join_in_words(not_used, " or ") +
              ", and it sees no other child's record.");
  }
}

void for_auditor(Page& page, const Workspace& workspace, const std::string& upn,
                 Date as_of, const Decision& decision,
                 const std::string& version) {
  page.line("Rule " + decision.rule + " (" + decision.title + "), pupil " +
                upn + ", as of " + as_of.to_string(),
            0);
  page.line("Outcome: " + std::string(name_of(decision.outcome)) + ". " +
                decision.summary,
            0);
  if (decision.reasons) {
    page.heading("Every criterion");
    for (const Reason& reason : decision.reasons->children) {
      every_reason(page, reason, 2);
    }
  }
  missing(page, decision);
  amount(page, workspace, decision);
  date(page, decision);
  page.heading("Values in force and their origin");
  for (const Decision::Parameter& parameter : decision.parameters) {
    page.line("- " + parameter.name + " = " + parameter.value + "; " +
              parameter.origin +
              (parameter.source.empty() ? "" : ", source " + parameter.source) +
              (parameter.unconfirmed ? "; not confirmed" : ""));
  }
  page.heading("What this rests on");
  page.line("Program: sendcheck " + version);
  if (const Plugin* plugin = workspace.plugins().plugin_of(decision.rule)) {
    page.line("Plugin: " + plugin->manifest.id + " " +
              plugin->manifest.version + ", " + plugin->hash);
    for (const auto& [fact, why] : plugin->manifest.reads_protected) {
      page.line("Reads a protected characteristic, " + fact + ": " + why);
    }
  }
  for (const Edition& edition : workspace.rulesets().editions()) {
    if (edition.id == decision.edition) {
      page.line("Edition: " + edition.id + ", " + edition.hash);
    }
  }
}

}  // namespace

std::string explanation(const Workspace& workspace, const std::string& who,
                        const std::string& upn, Date as_of,
                        const Decision& decision,
                        const ExplainSetting& setting) {
  Page page(setting);
  switch (setting.reader) {
    case Reader::senco:
      page.heading(who + ": " + decision.title + ", as of " + as_of.in_words());
      page.line(setting.style.outcome(decision.outcome,
                                      capitalised(in_words(decision.outcome))),
                0);
      for_senco(page, workspace, decision);
      break;
    case Reader::parent:
      for_parent(page, workspace, who, decision);
      break;
    case Reader::auditor:
      for_auditor(page, workspace, upn, as_of, decision, setting.version);
      break;
  }
  page.line("", 0);
  page.line(setting.logged.empty()
                ? "Not logged (--no-store): no record of a decision."
                : "Logged: " + setting.logged + ".",
            0);
  return page.text();
}

}  // namespace sendcheck::cli
