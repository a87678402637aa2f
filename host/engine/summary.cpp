#include "engine/summary.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace sendcheck {
namespace {

std::string days_in_words(int days) {
  return std::to_string(days) + (days == 1 ? " day" : " days");
}

// Cut between two words; the whole stands among the missing facts.
std::string shortened(const std::string& words, std::size_t limit) {
  if (width(words) <= limit) return words;
  const std::size_t at = words.rfind(' ', limit);
  return std::string(trim(words.substr(0, at))) + " …";
}

std::string asked_for(const MissingItem& item) {
  if (item.kind == MissingItem::Kind::judgement) {
    return "a named person's answer to “" + item.label + "”";
  }
  constexpr std::size_t longest = 80;
  return shortened(item.label, longest);
}

std::string last_day(const Due& due) {
  return "the last day was " + due.date.in_words();
}

}  // namespace

std::string as_sentence(std::string words) {
  if (words.empty()) return words;
  const char last = words.back();
  if (last != '.' && last != '!' && last != '?' && !words.ends_with("…")) {
    words += '.';
  }
  return words;
}

std::string summary_of_missing(const std::vector<MissingItem>& missing) {
  if (missing.empty()) {
    return "Needs evidence: what is on record does not settle it yet.";
  }
  std::vector<std::string> parts;
  for (const MissingItem& item : missing) {
    std::string words = asked_for(item);
    if (std::find(parts.begin(), parts.end(), words) == parts.end()) {
      parts.push_back(std::move(words));
    }
  }
  constexpr std::size_t most = 3;
  if (parts.size() > most) {
    const std::size_t more = parts.size() - (most - 1);
    parts.resize(most - 1);
    parts.push_back(std::to_string(more) + " more");
  }
  const bool are_long =
      std::any_of(parts.begin(), parts.end(), [](const std::string& part) {
        return part.find_first_of(",:") != std::string::npos ||
               part.find(" and ") != std::string::npos;
      });
  std::string listed;
  if (are_long && parts.size() > 1) {
    const std::string last = std::move(parts.back());
    parts.pop_back();
    listed = join(parts, "; ") + "; and " + last;
  } else {
    listed = join_in_words(parts);
  }
  return as_sentence("Needs evidence: " + listed);
}

std::string period_in_words(const std::string& period) {
  if (period == "one_off") return "once";
  if (period == "financial_year") return "for the financial year";
  if (period == "period") return "for the period claimed";
  return (period == "hour" ? "an " : "a ") + period;
}

std::string amount_in_words(Money amount, const std::string& period) {
  return amount.in_words() + (period == "one_off" ? ", " : " ") +
         period_in_words(period);
}

std::string summary_of_met(const Decision& decision) {
  const bool is_duty = decision.kind == "statutory";
  const auto& due = decision.due;
  const bool is_done = due && (due->state == Due::State::done ||
                               due->state == Due::State::done_late);
  std::string words =
      is_duty ? (is_done ? "The duty was kept" : "The duty is kept so far")
      : decision.kind == "monitoring" ? "The threshold is reached"
                                      : "The criteria look met";
  if (decision.amount) {
    words += decision.amount->value
                 ? ": " + amount_in_words(*decision.amount->value,
                                          decision.amount->period)
                 : "; the amount is not published";
  }
  if (due) {
    switch (due->state) {
      case Due::State::upcoming:
        words += due->days == 0 ? "; due today, " + due->date.in_words()
                                : "; due by " + due->date.in_words() + " (" +
                                      days_in_words(due->days) + " left)";
        break;
      case Due::State::overdue:
        words +=
            "; " + last_day(*due) + ", " + days_in_words(-due->days) + " ago";
        break;
      case Due::State::done:
        words += "; done in time: " + last_day(*due);
        break;
      case Due::State::done_late:
        words += "; done late: " + last_day(*due);
        break;
    }
  }
  return as_sentence(std::move(words));
}

std::string summary_of_not_met(const Decision& decision,
                               const std::string& against) {
  const auto& due = decision.due;
  if (decision.kind == "statutory" && due) {
    // Guidance is never reported as a breach of law.
    const std::string limit =
        due->basis == "guidance" ? "The time that guidance gives" : "The limit";
    if (due->state == Due::State::overdue) {
      return as_sentence(limit + " has been passed: " + last_day(*due) + ", " +
                         days_in_words(-due->days) + " ago");
    }
    if (due->state == Due::State::done_late) {
      return as_sentence(limit + " was passed: it was done late, and " +
                         last_day(*due));
    }
  }
  const std::string start =
      decision.kind == "statutory"    ? "The duty is not kept"
      : decision.kind == "monitoring" ? "The threshold is not reached"
                                      : "Not met";
  return as_sentence(against.empty() ? start : start + ": " + against);
}

}  // namespace sendcheck
