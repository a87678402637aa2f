#include "rulesets/layers.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "rulesets/object_reader.hpp"
#include "rulesets/overlaps.hpp"
#include "rulesets/parameter_values.hpp"

namespace sendcheck {
namespace {

// Where an edition speaks of a rule's parameter: the rule itself when it does
// not.
std::string parameter_pointer(const RuleEntry& rule, const std::string& name) {
  if (!rule.parameters.contains(name) && !rule.may_override.contains(name)) {
    return rule.pointer;
  }
  return pointer_to(pointer_to(rule.pointer, "parameters"), name);
}

bool is_sound(const EditionDraft& draft) { return draft.errors.empty(); }

void check_extends(EditionDraft& draft, const std::set<std::string>& bodies) {
  const std::vector<std::string> names(bodies.begin(), bodies.end());
  const auto& extends = draft.edition.extends;
  for (std::size_t i = 0; i < extends.size(); ++i) {
    if (bodies.contains(extends[i])) continue;
    draft.errors.push_back(
        error_at("editions.unknown_body",
                 "\"extends\" names \"" + quoted(extends[i]) +
                     "\", and there is no folder of such a body." +
                     suggestion(extends[i], names),
                 draft.edition, "/extends/" + std::to_string(i)));
  }
}

// Who names each rule.
struct Namers {
  std::map<std::string, std::vector<const EditionDraft*>> national;
  std::map<std::string, std::vector<const EditionDraft*>> authorities;
};

Namers namers_of(const std::vector<EditionDraft>& drafts) {
  Namers namers;
  for (const EditionDraft& draft : drafts) {
    if (draft.edition.layer == Layer::school) continue;
    auto& by_rule = draft.edition.layer == Layer::national ? namers.national
                                                           : namers.authorities;
    for (const std::string& rule : draft.names) {
      by_rule[rule].push_back(&draft);
    }
  }
  return namers;
}

// The layers above change only on a day on which one of their editions begins
// or ends.
std::vector<Date> days_of_change(const Edition& lower,
                                 const std::vector<const Edition*>& above) {
  std::vector<Date> days{lower.from};
  for (const Edition* edition : above) {
    days.push_back(edition->from);
    if (edition->last_day) days.push_back(*edition->last_day + 1);
  }
  std::ranges::sort(days);
  days.erase(std::unique(days.begin(), days.end()), days.end());
  std::erase_if(days, [&](Date day) { return !covers(lower, day); });
  return days;
}

class LowerEdition {
 public:
  LowerEdition(EditionDraft& draft, const KnownRules& rules,
               const Namers& namers)
      : draft_(draft), rules_(rules), namers_(namers) {}

  void check(const std::string& rule) {
    const RuleEntry& entry = draft_.edition.rules.at(rule);
    const bool is_top = !is_named_above(rule);
    if (is_top && entry.removed) {
      draft_.errors.push_back(
          error_at("editions.removed",
                   "The edition takes away " + rule +
                       ", which no layer above puts in force. Leave it out.",
                   draft_.edition, pointer_to(entry.pointer, "removed")));
    } else if (is_top) {
      check_complete(rule, entry);
    } else if (draft_.from) {
      check_against_those_above(rule);
    }
  }

 private:
  bool is_named_above(const std::string& rule) const {
    switch (draft_.edition.layer) {
      case Layer::national:
        return false;
      case Layer::authority:
        return namers_.national.contains(rule);
      case Layer::school:
        break;
    }
    return namers_.national.contains(rule) ||
           namers_.authorities.contains(rule);
  }

  // Nobody above gives what this edition leaves out.
  void check_complete(const std::string& rule, const RuleEntry& entry) {
    const std::vector<ParameterSpec>* specs = rules_.parameters(rule);
    if (specs == nullptr || entry.closed) return;
    const auto written = draft_.written.find(rule);
    for (const ParameterSpec& spec : *specs) {
      const bool is_written = written != draft_.written.end() &&
                              written->second.contains(spec.name);
      if (spec.required && !is_written) {
        draft_.errors.push_back(
            missing_parameter(rule, spec.name, draft_.edition));
      }
    }
  }

  void check_against_those_above(const std::string& rule) {
    const std::vector<const Edition*> above = sound_editions_above(rule);
    std::vector<Error> found;
    for (const Date day : days_of_change(draft_.edition, above)) {
      std::vector<const Edition*> chain;
      for (const Edition* edition : above) {
        if (covers(*edition, day)) chain.push_back(edition);
      }
      for (Error& error : breaches(chain, draft_.edition, rule)) {
        if (std::ranges::find(found, error) == found.end()) {
          found.push_back(std::move(error));
        }
      }
    }
    draft_.errors.insert(draft_.errors.end(), found.begin(), found.end());
  }

  // National ones first. Of a school that does not say where it is, the
  // authority's are checked when a pupil's own is known.
  std::vector<const Edition*> sound_editions_above(
      const std::string& rule) const {
    std::vector<const Edition*> result;
    const auto add = [&](const auto& by_rule, const std::string& la) {
      const auto found = by_rule.find(rule);
      if (found == by_rule.end()) return;
      for (const EditionDraft* draft : found->second) {
        if (is_sound(*draft) && draft->edition.la == la) {
          result.push_back(&draft->edition);
        }
      }
    };
    add(namers_.national, "");
    if (draft_.edition.layer == Layer::school && !draft_.edition.la.empty()) {
      add(namers_.authorities, draft_.edition.la);
    }
    return result;
  }

  EditionDraft& draft_;
  const KnownRules& rules_;
  const Namers& namers_;
};

// One rule of a lower edition beside the same rule of those above it.
class Breaches {
 public:
  Breaches(const std::vector<const Edition*>& above, const Edition& lower,
           const std::string& rule)
      : above_(above),
        lower_(lower),
        rule_(rule),
        entry_(lower.rules.at(rule)) {}

  std::vector<Error> find() {
    for (const Edition* upper : above_) check_against(*upper);
    std::set<std::string> names = entry_.may_override;
    for (const auto& [name, value] : entry_.parameters) names.insert(name);
    for (const std::string& name : names) check_lock(name);
    for (const auto& [name, value] : entry_.parameters) {
      for (const Edition* upper : above_) {
        check_bounds(name, value, *upper);
      }
    }
    return std::move(errors_);
  }

 private:
  void check_against(const Edition& upper) {
    const RuleEntry& theirs = upper.rules.at(rule_);
    if (upper.layer == Layer::national &&
        std::ranges::find(lower_.extends, upper.body) == lower_.extends.end()) {
      errors_.push_back(
          error_at("editions.not_extended",
                   entry(lower_, entry_.pointer) + " changes " + rule_ +
                       ", which " + upper.body + " puts in force at " +
                       entry(upper, theirs.pointer) + ". Add \"" + upper.body +
                       "\" to \"extends\", or take the rule out.",
                   lower_, entry_.pointer));
    }
    if (theirs.closed || theirs.removed) {
      errors_.push_back(error_at(
          "editions.locked",
          entry(lower_, entry_.pointer) + " speaks of " + rule_ + ", which " +
              entry(upper, theirs.pointer) +
              (theirs.closed ? " closed" : " took away") +
              ". A lower layer cannot bring it back: take the rule out.",
          lower_, entry_.pointer));
    }
  }

  // The nearest of those above that speaks of a parameter says whether it is
  // open.
  void check_lock(const std::string& name) {
    const Edition* says = nullptr;
    for (const Edition* upper : above_) {
      const RuleEntry& theirs = upper->rules.at(rule_);
      if (theirs.parameters.contains(name) ||
          theirs.may_override.contains(name)) {
        says = upper;
      }
    }
    if (above_.empty()) return;
    if (says == nullptr) says = above_.front();
    const RuleEntry& theirs = says->rules.at(rule_);
    if (theirs.may_override.contains(name)) return;
    const std::string pointer = parameter_pointer(entry_, name);
    errors_.push_back(error_at(
        "editions.locked",
        entry(lower_, pointer) + " sets \"" + name + "\" of " + rule_ +
            ", but " + entry(*says, parameter_pointer(theirs, name)) +
            " does not say \"may_override\": true for it. Take it out here, "
            "or have it opened there.",
        lower_, pointer));
  }

  void check_bounds(const std::string& name, const EffectiveParameter& ours,
                    const Edition& upper) {
    const RuleEntry& theirs = upper.rules.at(rule_);
    const auto found = theirs.bounds.find(name);
    if (found == theirs.bounds.end()) return;
    if (!ours.value.is_list) {
      check_value(name, ours.value.scalar, upper, found->second);
      return;
    }
    for (const Value& item : ours.value.list) {
      check_value(name, item, upper, found->second);
    }
  }

  void check_value(const std::string& name, const Value& value,
                   const Edition& upper, const RuleEntry::Bounds& bounds) {
    const auto number = as_number(value);
    if (!number) return;
    if (bounds.floor && *number < *bounds.floor) {
      note_bound("editions.floor", "floor", name, *number, *bounds.floor,
                 bounds.type, upper);
    }
    if (bounds.ceiling && *number > *bounds.ceiling) {
      note_bound("editions.ceiling", "ceiling", name, *number, *bounds.ceiling,
                 bounds.type, upper);
    }
  }

  void note_bound(const char* id, const char* what, const std::string& name,
                  Number found, Number bound, ParameterType type,
                  const Edition& upper) {
    const std::string pointer = parameter_pointer(entry_, name);
    errors_.push_back(error_at(
        id,
        entry(lower_, pointer) + " sets \"" + name + "\" of " + rule_ + " to " +
            bound_as_text(found, type) + ", but " +
            entry(upper, parameter_pointer(upper.rules.at(rule_), name)) +
            " gives the " + what + " " + bound_as_text(bound, type) +
            ". Give a value within it.",
        lower_, pointer));
  }

  const std::vector<const Edition*>& above_;
  const Edition& lower_;
  const std::string& rule_;
  const RuleEntry& entry_;
  std::vector<Error> errors_;
};

}  // namespace

void check_layers(std::vector<EditionDraft>& drafts, const KnownRules& rules,
                  const std::set<std::string>& bodies) {
  for (EditionDraft& draft : drafts) check_extends(draft, bodies);
  const Namers namers = namers_of(drafts);
  // From above: an edition that is found broken is no measure for those below.
  for (const Layer layer : {Layer::national, Layer::authority, Layer::school}) {
    for (EditionDraft& draft : drafts) {
      if (draft.edition.layer != layer) continue;
      LowerEdition lower(draft, rules, namers);
      for (const auto& [rule, entry] : draft.edition.rules) lower.check(rule);
    }
  }
}

std::vector<Error> breaches(const std::vector<const Edition*>& above,
                            const Edition& lower, const std::string& rule) {
  return Breaches(above, lower, rule).find();
}

Error missing_parameter(const std::string& rule, const std::string& parameter,
                        const Edition& edition) {
  const RuleEntry& entry = edition.rules.at(rule);
  return error_at(
      "editions.missing_parameter",
      rule + " needs the parameter \"" + parameter + "\", and " + edition.id +
          " does not give it, nor does an edition "
          "above it. Add it to " +
          edition.file + "#" + pointer_to(entry.pointer, "parameters") + ".",
      edition, entry.pointer);
}

}  // namespace sendcheck
