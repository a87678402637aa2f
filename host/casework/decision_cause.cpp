#include "casework/decision_cause.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace sendcheck {
namespace {

std::string result_in_words(const Reason* reason) {
  if (reason == nullptr) return {};
  return reason->result == Truth::met       ? "met"
         : reason->result == Truth::not_met ? "not met"
                                            : "not known";
}

using Pair = std::pair<const Reason*, const Reason*>;

// Criteria of one place on the two sides: the same one where kind and label say so, in order; what is left over stands by itself.
std::vector<Pair> paired(const std::vector<Reason>& before,
                         const std::vector<Reason>& after) {
  std::vector<Pair> pairs;
  std::vector<bool> used(after.size(), false);
  for (const Reason& one : before) {
    const Reason* match = nullptr;
    for (std::size_t i = 0; i < after.size() && match == nullptr; ++i) {
      if (used[i] || after[i].kind != one.kind || after[i].label != one.label) {
        continue;
      }
      used[i] = true;
      match = &after[i];
    }
    pairs.emplace_back(&one, match);
  }
  for (std::size_t i = 0; i < after.size(); ++i) {
    if (!used[i]) pairs.emplace_back(nullptr, &after[i]);
  }
  // A criterion whose own words name what is needed has other words where that is other: the only ones left over at one place are one.
  std::vector<std::size_t> before_only, after_only;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (pairs[i].second == nullptr) before_only.push_back(i);
    if (pairs[i].first == nullptr) after_only.push_back(i);
  }
  if (before_only.size() == after_only.size()) {
    for (std::size_t i = 0; i < before_only.size(); ++i) {
      Pair& first = pairs[before_only[i]];
      Pair& second = pairs[after_only[i]];
      if (first.first->kind != second.second->kind) continue;
      first.second = second.second;
      second = {nullptr, nullptr};
    }
    std::erase(pairs, Pair{nullptr, nullptr});
  }
  return pairs;
}

Cause criterion_cause(const Reason* before, const Reason* after,
                      const std::string& label, const std::string& source) {
  Cause cause;
  cause.kind = Cause::Kind::criterion;
  cause.label = label;
  cause.source = source;
  cause.result_before = result_in_words(before);
  cause.result_after = result_in_words(after);
  if (before != nullptr) {
    cause.found_before = before->have;
    cause.need_before = before->need;
  }
  if (after != nullptr) {
    cause.found_after = after->have;
    cause.need_after = after->need;
  }
  return cause;
}

bool is_other(const Pair& pair) {
  if (pair.first == nullptr || pair.second == nullptr) return true;
  return pair.first->result != pair.second->result;
}

// Whether a criterion under a parent went the way that the parent went: what moved the other way did not move it.
bool went_with(const Pair& child, const Pair& parent) {
  if (parent.first == nullptr || parent.second == nullptr) return true;
  const bool turned = parent.second->kind == Reason::Kind::none;
  const auto truth = [&](const Reason* reason) {
    const int value = static_cast<int>(reason->result);
    return turned ? 2 - value : value;
  };
  const int way = static_cast<int>(parent.second->result) -
                  static_cast<int>(parent.first->result);
  if (child.first == nullptr) {
    return truth(child.second) == static_cast<int>(parent.second->result);
  }
  if (child.second == nullptr) {
    return truth(child.first) == static_cast<int>(parent.first->result);
  }
  return (truth(child.second) - truth(child.first)) * way > 0;
}

// `above` is what the criteria above it are called, and `source` where they come from: an entry of a list is called by what a record says, and is no criterion.
void look(const Pair& pair, const std::string& above,
          const std::string& above_source, std::vector<Cause>& causes) {
  const Reason& said = pair.second != nullptr ? *pair.second : *pair.first;
  const std::string& source = said.source.empty() ? above_source : said.source;
  const std::string& label =
      said.kind == Reason::Kind::entry || said.label.empty() ? above
                                                             : said.label;
  if (pair.first != nullptr && pair.second != nullptr) {
    const auto children = paired(pair.first->children, pair.second->children);
    const std::size_t before = causes.size();
    for (const Pair& child : children) {
      if (is_other(child) && went_with(child, pair)) {
        look(child, label, source, causes);
      }
    }
    if (causes.size() > before) return;
  }
  causes.push_back(criterion_cause(pair.first, pair.second, label, source));
}

std::vector<Cause> criteria_causes(const Reason& before, const Reason& after) {
  std::vector<Cause> causes;
  // The parts of a rule (whom it is about, when it is met, when a person decides) do not all pull one way: each is looked at by itself.
  for (const Pair& part : paired(before.children, after.children)) {
    if (is_other(part)) look(part, after.label, after.source, causes);
  }
  return causes;
}

std::string amount_in_words(const std::string& value) {
  if (value.empty()) return "not known";
  const auto money = Money::parse(value);
  return money ? money->in_words() : value;
}

bool find_working(const Amount& before, const Amount& after, Cause& cause) {
  for (const WorkingLine& line : after.working) {
    const auto earlier =
        std::ranges::find(before.working, line.label, &WorkingLine::label);
    if (earlier == before.working.end() || earlier->value == line.value) {
      continue;
    }
    cause.kind = Cause::Kind::working;
    cause.label = line.label;
    cause.found_before = amount_in_words(earlier->value);
    cause.found_after = amount_in_words(line.value);
    return true;
  }
  return false;
}

bool speaks_of_criteria(const Decision* decision) {
  return decision != nullptr && decision->reasons.has_value();
}

}  // namespace

std::string_view name_of(Cause::Kind kind) {
  switch (kind) {
    case Cause::Kind::criterion:
      return "criterion";
    case Cause::Kind::working:
      return "working";
    case Cause::Kind::date:
      return "date";
    case Cause::Kind::in_force:
      return "in_force";
    case Cause::Kind::words:
      return "words";
  }
  return {};
}

std::string Cause::in_words_of_all() const {
  switch (kind) {
    case Kind::criterion: {
      std::string words = label;
      if (result_before.empty()) {
        words += " (new)";
        if (!need_after.empty()) words += ": needed " + need_after;
      } else if (result_after.empty()) {
        words += " (no longer asked)";
        if (!need_before.empty()) words += ": needed " + need_before;
      } else if (need_before != need_after) {
        words += ": needed " + need_before + ", now " + need_after;
      } else if (!need_after.empty()) {
        words += ": needed " + need_after;
      } else {
        words += ": " + result_before + ", now " + result_after;
      }
      return words;
    }
    case Kind::working:
      return "in the amount, " + label;
    case Kind::date:
      return "the date";
    case Kind::in_force:
      return label;
    case Kind::words:
      // What a decision says of itself may say what was found of the pupil.
      return "other reasons, which differ from pupil to pupil";
  }
  return label;
}

std::string Cause::in_words() const {
  if (kind == Kind::words) return label;
  std::string words = in_words_of_all();
  switch (kind) {
    case Kind::criterion:
      if (found_before == found_after || result_before.empty() ||
          result_after.empty()) {
        const std::string& found =
            result_after.empty() ? found_before : found_after;
        if (!found.empty()) words += "; found " + found;
      } else {
        words += "; found " +
                 (found_before.empty() ? "nothing" : found_before) + ", now " +
                 (found_after.empty() ? "nothing" : found_after);
      }
      break;
    case Kind::working:
    case Kind::date:
      words += ": " + (found_before.empty() ? "none" : found_before) +
               ", now " + (found_after.empty() ? "none" : found_after);
      break;
    case Kind::in_force:
    case Kind::words:
      break;
  }
  return words;
}

Cause cause_of(const Decision* before, const Decision* after) {
  Cause cause;
  if (speaks_of_criteria(before) && speaks_of_criteria(after)) {
    std::vector<Cause> causes;
    if (before->outcome != after->outcome) {
      causes = criteria_causes(*before->reasons, *after->reasons);
    }
    if (!causes.empty()) {
      // One of which something else is needed says more than one that was found otherwise.
      const auto telling = std::ranges::find_if(causes, [](const Cause& one) {
        return one.need_before != one.need_after;
      });
      cause = telling == causes.end() ? causes.front() : *telling;
      cause.others = static_cast<int>(causes.size()) - 1;
      return cause;
    }
    if (before->amount && after->amount &&
        find_working(*before->amount, *after->amount, cause)) {
      return cause;
    }
    const auto due_of = [](const Decision& decision) {
      return decision.due ? decision.due->date.in_words() : std::string();
    };
    if (before->outcome == after->outcome &&
        due_of(*before) != due_of(*after)) {
      cause.kind = Cause::Kind::date;
      cause.found_before = due_of(*before);
      cause.found_after = due_of(*after);
      return cause;
    }
    cause.label = after->summary;
    return cause;
  }
  if (after == nullptr) {
    cause.kind = Cause::Kind::in_force;
    cause.label = "The rule is no longer asked about this pupil.";
    return cause;
  }
  // One side has no criteria to speak of: the rule is not in force there, is another's, or could not be worked out.
  cause.kind = after->outcome == Outcome::error ? Cause::Kind::words
                                                : Cause::Kind::in_force;
  if (speaks_of_criteria(after)) {
    cause.label = before == nullptr
                      ? "The rule was not asked about this pupil before."
                      : "Before: " + before->summary;
  } else {
    cause.label = after->summary;
  }
  return cause;
}

}  // namespace sendcheck
