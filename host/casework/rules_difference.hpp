// What is not the same between two sets of rules, two editions, or an edition and what it stands on: in words first, with where each stands.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "casework/workspace.hpp"

namespace sendcheck {

// One thing that is not the same. What a side does not have is empty there.
struct Difference {
  enum class What {
    value,    // of a parameter: a scalar, a list
    row,      // of a table or calendar
    status,   // confirmed or not
    source,   // who says so
    note,     // a note or another reading
    bounds,   // whether a lower layer may set it, and between which bounds
    closed,   // a scheme that ended, or runs again
    removed,  // taken away by a layer, or no longer
    rule,     // a rule that the edition, or the library, comes to have or loses
    dates,    // first and last day
    text,     // title, approval and what else is only words
    version,  // of a plugin
    declaration,  // a parameter that a plugin asks for
    criterion     // of a rule
  };
  What what = What::value;
  std::string rule;       // its id; empty: the edition's own
  std::string parameter;  // its name, where it is one's
  std::string words;  // "what the school meets itself: £6,000 → £6,500 a year"
  std::string before, after;
  Place place_before, place_after;
};
std::string_view name_of(Difference::What what);

// What is compared with what, and how they differ.
struct DifferenceSection {
  std::string
      title;  // "884-herefordshire/2025-04-01 → 884-herefordshire/2027-04-01"
  std::string before,
      after;  // an edition's id, a plugin's id; empty: there is none
  bool is_plugin = false;
  std::vector<Difference> differences;  // empty: the same
};

// Each workspace must outlive nothing of the answer.
DifferenceSection compare_editions(const Workspace& before, const Edition& a,
                                   const Workspace& after, const Edition& b);
// What an edition sets, and what it replaces of the layers above it on its first day.
DifferenceSection compare_with_layers_above(const Workspace& workspace,
                                            const Edition& edition);
// Null: it is not there on that side.
DifferenceSection compare_plugins(const Workspace& before, const Plugin* a,
                                  const Workspace& after, const Plugin* b);
// Every edition and plugin that is not the same, editions first, by id. A new edition is held against the one of its body that it follows; one that follows none, against the
// layers above it.
std::vector<DifferenceSection> compare_rules(const Workspace& before,
                                             const Workspace& after);

// Error diff.unknown_edition, with the nearest.
Result<const Edition*> find_edition(const Workspace& workspace,
                                    const std::string& id);

}  // namespace sendcheck
