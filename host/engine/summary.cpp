// One plain sentence for each decision.
#include "base/text.hpp"
#include "engine/engine.hpp"

namespace sendcheck {
namespace {

std::string days_in_words(int days) {
  return std::to_string(days) + (days == 1 ? " day" : " days");
}

std::string period_in_words(const std::string& period) {
  if (period == "one_off") return ", once";
  if (period == "financial_year") return " for the financial year";
  if (period == "period") return " for the period claimed";
  return " a " + period;
}

std::string due_in_words(const Due& due) {
  switch (due.state) {
    case Due::State::upcoming:
      return due.days == 0 ? "due today, " + due.date.in_words()
                           : "due by " + due.date.in_words() + " (" +
                                 days_in_words(due.days) + " left)";
    case Due::State::overdue:
      return "overdue since " + due.date.in_words() + " (" +
             days_in_words(-due.days) + ")";
    case Due::State::done:
      return "done in time; the last day was " + due.date.in_words();
    case Due::State::done_late:
      return "done late; the last day was " + due.date.in_words();
  }
  return {};
}

// The first criterion on the way down that is not met, and is no mere combination.
const Reason* first_not_met(const Reason& reason) {
  for (const Reason& child : reason.children) {
    if (child.result != Truth::not_met) continue;
    if (child.have.empty() && child.need.empty()) {
      if (const Reason* found = first_not_met(child)) return found;
    }
    return &child;
  }
  return nullptr;
}

std::string not_met_because(const Decision& decision) {
  if (!decision.reasons) return {};
  const Reason* reason = nullptr;
  for (const Reason& child : decision.reasons->children) {
    // The criteria proper; what would let a person decide is no reason for a no.
    if (child.result == Truth::not_met &&
        !child.label.starts_with("A person decides: ")) {
      reason = child.have.empty() ? first_not_met(child) : &child;
      if (!reason) reason = &child;
      break;
    }
  }
  if (!reason) return {};
  std::string words = reason->label;
  if (!reason->have.empty()) words += "; found " + reason->have;
  return words;
}

}  // namespace

std::string summary_of(const Decision& decision, const Plugin* plugin,
                       Date as_of) {
  const bool statutory = plugin && plugin->manifest.kind == "statutory";
  const bool monitoring = plugin && plugin->manifest.kind == "monitoring";
  switch (decision.outcome) {
    case Outcome::met: {
      std::string words = statutory    ? "The duty is kept so far"
                          : monitoring ? "The threshold is reached"
                                       : "The criteria look met";
      if (statutory && decision.due &&
          decision.due->state == Due::State::done) {
        words = "The duty was kept";
      }
      if (decision.amount) {
        words += decision.amount->value
                     ? ": " + decision.amount->value->in_words() +
                           period_in_words(decision.amount->period)
                     : "; the amount is not published";
      }
      if (decision.due) words += "; " + due_in_words(*decision.due);
      return words + ".";
    }
    case Outcome::not_met: {
      std::string words = statutory    ? "The limit has been passed"
                          : monitoring ? "The threshold is not reached"
                                       : "Not met";
      if (decision.due && statutory) {
        words += ": " + due_in_words(*decision.due);
      } else if (const std::string why = not_met_because(decision);
                 !why.empty()) {
        words += ": " + why;
      }
      return words + ".";
    }
    case Outcome::needs_evidence: {
      std::vector<std::string> labels;
      for (const MissingItem& item : decision.missing) {
        if (labels.size() == 2 && decision.missing.size() > 3) {
          labels.push_back(std::to_string(decision.missing.size() - 2) +
                           " more");
          break;
        }
        labels.push_back(item.label);
      }
      return "Needs evidence: " + join_in_words(labels) + ".";
    }
    case Outcome::refer:
      return "A person must decide.";
    case Outcome::not_applicable: {
      if (decision.reasons && !decision.reasons->children.empty()) {
        const Reason& about = decision.reasons->children.front();
        return "Not about this pupil: " +
               (about.have.empty() ? std::string("the rule is for others")
                                   : "found " + about.have) +
               ".";
      }
      return "Not about this pupil.";
    }
    case Outcome::not_in_force:
      return "No edition is in force on " + as_of.in_words() + ".";
    case Outcome::error:
      return "Not answered: " +
             (decision.error ? decision.error->message
                             : std::string("the rule did not work")) +
             ".";
  }
  return {};
}

}  // namespace sendcheck
