#include "casework/rules_difference.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/text.hpp"
#include "casework/parameter_difference.hpp"

namespace sendcheck {
namespace {

using What = Difference::What;

const RuleEntry no_entry;

// What a plugin declares of a rule's parameter; where no plugin does, its name stands for the label.
ParameterSpec spec_of(const Workspace& workspace, const std::string& rule,
                      const std::string& name) {
  if (const Rule* known = workspace.plugins().rule(rule)) {
    for (const ParameterSpec& spec : known->parameters) {
      if (spec.name == name) return spec;
    }
  }
  ParameterSpec spec;
  spec.name = name;
  spec.label = name;
  return spec;
}

std::string title_of(const Workspace& workspace, const std::string& rule) {
  const Rule* known = workspace.plugins().rule(rule);
  return known == nullptr ? rule : known->title;
}

std::string last_day_in_words(const Edition& edition) {
  if (edition.to) return edition.to->in_words();
  return "runs on (" + edition.runs_on_because + ")";
}

std::string approval_of(const Edition& edition) {
  for (const auto& [id, rule] : edition.rules) {
    for (const auto& [name, parameter] : rule.parameters) {
      const Origin& origin = parameter.origin;
      if (!origin.approved_by.empty()) {
        return origin.approved_by + " on " + origin.approved_on;
      }
    }
  }
  return {};
}

std::string closed_in_words(const RuleEntry& entry) {
  return entry.closed ? "closed, refer to " + entry.closed->refer_to : "";
}
std::string removed_in_words(const RuleEntry& entry) {
  return entry.removed ? "taken away: " + entry.removed->reason : "";
}

class EditionDifference {
 public:
  EditionDifference(const Workspace& before, const Edition* a,
                    const Workspace& after, const Edition* b,
                    std::vector<Difference>& differences)
      : before_(before),
        a_(a),
        after_(after),
        b_(b),
        differences_(differences) {}

  void compare() {
    heads();
    std::set<std::string> ids;
    for (const Edition* edition : {a_, b_}) {
      if (edition == nullptr) continue;
      for (const auto& [id, entry] : edition->rules) ids.insert(id);
    }
    for (const std::string& id : ids) rule(id);
  }

 private:
  static const RuleEntry* entry_of(const Edition* edition,
                                   const std::string& id) {
    if (edition == nullptr) return nullptr;
    const auto found = edition->rules.find(id);
    return found == edition->rules.end() ? nullptr : &found->second;
  }
  static Place place_of(const Edition* edition, const std::string& pointer) {
    if (edition == nullptr) return {};
    return {edition->file, 0, 0, pointer};
  }
  static Place place_of(const Edition* edition, const RuleEntry* entry) {
    return entry == nullptr ? Place{} : place_of(edition, entry->pointer);
  }

  void head(What what, const std::string& name, const std::string& from,
            const std::string& to, const std::string& pointer) {
    if (from == to) return;
    const auto said = [](const std::string& text) {
      return text.empty() ? std::string("none") : text;
    };
    differences_.push_back({what, "", "",
                            name + ": " + said(from) + " → " + said(to), from,
                            to, place_of(a_, pointer), place_of(b_, pointer)});
  }

  void heads() {
    if (a_ == nullptr || b_ == nullptr) return;
    head(What::text, "title", a_->title, b_->title, "/title");
    head(What::dates, "first day", a_->from.in_words(), b_->from.in_words(),
         "/in_force/from");
    head(What::dates, "last day", last_day_in_words(*a_),
         last_day_in_words(*b_), "/in_force/to");
    const auto dates = [](const Edition& edition) {
      return edition.unconfirmed
                 ? "not confirmed: " + edition.unconfirmed_because
                 : std::string("confirmed");
    };
    head(What::status, "dates", dates(*a_), dates(*b_), "/in_force/status");
    head(What::text, "builds on", join(a_->extends, ", "),
         join(b_->extends, ", "), "/extends");
    head(What::text, "approved by", approval_of(*a_), approval_of(*b_),
         "/approved");
  }

  void rule(const std::string& id) {
    const RuleEntry* from = entry_of(a_, id);
    const RuleEntry* to = entry_of(b_, id);
    const auto tell = [&](What what, std::string words, std::string was,
                          std::string is) {
      differences_.push_back({what, id, "", std::move(words), std::move(was),
                              std::move(is), place_of(a_, from),
                              place_of(b_, to)});
    };
    if (from == nullptr || to == nullptr) {
      tell(What::rule,
           title_of(to != nullptr ? after_ : before_, id) +
               (to != nullptr ? ": the rule is added" : ": the rule is gone"),
           from == nullptr ? "" : id, to == nullptr ? "" : id);
    }
    const RuleEntry& was = from == nullptr ? no_entry : *from;
    const RuleEntry& is = to == nullptr ? no_entry : *to;
    for (const auto& [what, before, after] :
         {std::tuple(What::closed, closed_in_words(was), closed_in_words(is)),
          std::tuple(What::removed, removed_in_words(was),
                     removed_in_words(is))}) {
      if (before == after) continue;
      tell(what,
           (before.empty() ? "in force" : before) + " → " +
               (after.empty() ? "in force" : after),
           before, after);
    }
    if (to == nullptr) return;
    std::set<std::string> names;
    for (const RuleEntry* entry : {&was, &is}) {
      for (const auto& [name, parameter] : entry->parameters) {
        names.insert(name);
      }
      names.insert(entry->may_override.begin(), entry->may_override.end());
    }
    for (const std::string& name : names) {
      const ParameterSpec spec = spec_of(after_, id, name);
      const auto find = [&](const RuleEntry& entry) {
        const auto found = entry.parameters.find(name);
        return found == entry.parameters.end() ? nullptr : &found->second;
      };
      const EffectiveParameter* one = find(was);
      const EffectiveParameter* other = find(is);
      if (one != nullptr || other != nullptr) {
        compare_parameter(id, spec, one, other, differences_);
      }
      compare_bounds(id, spec, was, is, place_of(a_, from), place_of(b_, to),
                     differences_);
    }
  }

  const Workspace& before_;
  const Edition* a_;
  const Workspace& after_;
  const Edition* b_;
  std::vector<Difference>& differences_;
};

// The edition of the same body that ends where this one begins.
const Edition* followed_by(const Workspace& workspace, const Edition& edition) {
  const Edition* latest = nullptr;
  for (const Edition& other : workspace.rulesets().editions()) {
    if (other.body != edition.body || other.layer != edition.layer ||
        !(other.from < edition.from)) {
      continue;
    }
    if (latest == nullptr || latest->from < other.from) latest = &other;
  }
  return latest;
}

const Edition* edition_of(const Workspace& workspace, const Edition& like) {
  for (const Edition& edition : workspace.rulesets().editions()) {
    if (edition.id == like.id && edition.layer == like.layer) return &edition;
  }
  return nullptr;
}

}  // namespace

std::string_view name_of(Difference::What what) {
  static constexpr std::array<std::string_view, 14> names = {
      "value",  "row",     "status",      "source",   "note",
      "bounds", "closed",  "removed",     "rule",     "dates",
      "text",   "version", "declaration", "criterion"};
  return names[static_cast<std::size_t>(what)];
}

DifferenceSection compare_editions(const Workspace& before, const Edition& a,
                                   const Workspace& after, const Edition& b) {
  DifferenceSection section;
  section.title = a.id == b.id ? a.id : a.id + " → " + b.id;
  section.before = a.id;
  section.after = b.id;
  EditionDifference(before, &a, after, &b, section.differences).compare();
  return section;
}

DifferenceSection compare_with_layers_above(const Workspace& workspace,
                                            const Edition& edition) {
  DifferenceSection section;
  section.title = edition.id + ", and what it stands on";
  section.after = edition.id;
  for (const auto& [id, entry] : edition.rules) {
    const Place place{edition.file, 0, 0, entry.pointer};
    const RuleInForce in_force = workspace.rulesets().in_force(
        id, edition.la, edition.urn, edition.from);
    const bool is_own = in_force.editions.empty() ||
                        in_force.editions.front()->id == edition.id;
    const auto tell = [&](What what, std::string words, std::string is) {
      section.differences.push_back(
          {what, id, "", std::move(words), "", std::move(is), {}, place});
    };
    if (entry.closed) tell(What::closed, closed_in_words(entry), "closed");
    if (entry.removed) tell(What::removed, removed_in_words(entry), "removed");
    if (is_own && !entry.closed && !entry.removed) {
      tell(What::rule,
           title_of(workspace, id) + ": a rule of this edition's own", id);
    }
    for (const auto& [name, given] : entry.parameters) {
      const auto found = in_force.parameters.find(name);
      const EffectiveParameter* above =
          found != in_force.parameters.end() &&
                  found->second.origin.edition == edition.id
              ? found->second.replaced.get()
              : nullptr;
      compare_parameter(id, spec_of(workspace, id, name), above, &given,
                        section.differences);
    }
    for (const std::string& name : entry.may_override) {
      compare_bounds(id, spec_of(workspace, id, name), no_entry, entry, {},
                     place, section.differences);
    }
  }
  return section;
}

std::vector<DifferenceSection> compare_rules(const Workspace& before,
                                             const Workspace& after) {
  std::vector<DifferenceSection> sections;
  const auto add = [&](DifferenceSection section) {
    if (!section.differences.empty()) sections.push_back(std::move(section));
  };
  for (const Edition& edition : after.rulesets().editions()) {
    const Edition* same = edition_of(before, edition);
    if (same != nullptr) {
      if (same->hash != edition.hash) {
        add(compare_editions(before, *same, after, edition));
      }
      continue;
    }
    DifferenceSection section;
    if (const Edition* earlier = followed_by(after, edition)) {
      section = compare_editions(after, *earlier, after, edition);
      section.title = edition.id + ", new; it follows " + earlier->id;
    } else {
      section = compare_with_layers_above(after, edition);
      section.title = edition.id + ", new";
      section.before = "";
    }
    sections.push_back(std::move(section));
  }
  for (const Edition& edition : before.rulesets().editions()) {
    if (edition_of(after, edition) != nullptr) continue;
    DifferenceSection section;
    section.title = edition.id + ", taken out";
    section.before = edition.id;
    EditionDifference(before, &edition, after, nullptr, section.differences)
        .compare();
    sections.push_back(std::move(section));
  }
  std::ranges::stable_sort(sections, {}, &DifferenceSection::title);
  std::map<std::string, std::pair<const Plugin*, const Plugin*>> plugins;
  for (const Plugin& plugin : before.plugins().plugins) {
    plugins[plugin.manifest.id].first = &plugin;
  }
  for (const Plugin& plugin : after.plugins().plugins) {
    plugins[plugin.manifest.id].second = &plugin;
  }
  for (const auto& [id, sides] : plugins) {
    add(compare_plugins(before, sides.first, after, sides.second));
  }
  return sections;
}

Result<const Edition*> find_edition(const Workspace& workspace,
                                    const std::string& id) {
  std::vector<std::string> ids;
  for (const Edition& edition : workspace.rulesets().editions()) {
    if (edition.id == id) return &edition;
    ids.push_back(edition.id);
  }
  // A day that the body has no edition from is as near as a slip of the pen.
  std::string near = nearest(id, ids);
  if (near.empty()) {
    const std::string body = id.substr(0, id.find('/')) + "/";
    std::vector<std::string> of_body;
    for (const std::string& known : ids) {
      if (known.starts_with(body)) of_body.push_back(known);
    }
    near = join_in_words(of_body, " or ");
  }
  return unexpected(
      {"diff.unknown_edition",
       "There is no edition \"" + quoted(id) +
           "\", and no folder of that name" +
           (near.empty()
                ? ". Expected one such as 884-herefordshire/2025-04-01."
                : "; did you mean " + near + "?"),
       {}});
}

}  // namespace sendcheck
