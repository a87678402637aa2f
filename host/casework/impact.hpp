// What becomes of the pupils of registers when proposed rules take the place of those that stand: who gains, who loses, what it costs, and by which criterion.
//
// Both sides are asked what every rule that differs comes to for every pupil, and only where the answers differ are they asked why. A rule is left out where
// its plugin and all that is in force of it on the day are the same on both sides: nobody's decision can differ.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "casework/decision_cause.hpp"
#include "casework/impact_groups.hpp"
#include "casework/impact_tally.hpp"
#include "casework/standing.hpp"
#include "casework/workspace.hpp"
#include "registers/register.hpp"

namespace sendcheck {

class ImpactLog;

struct ImpactChange {
  std::string upn;
  std::string name;
  std::string nc_year;  // in words; may be empty
  std::string school;
  std::string register_path;
  std::string rule;
  std::string title;
  Effect effect = Effect::otherwise;
  Standing before, after;
  Cause cause;
};

// Takes changes as they are found: in the order of the registers, of a pupil by rule. What is handed over is not kept.
class ImpactConsumer {
 public:
  virtual ~ImpactConsumer() = default;
  virtual void take(const ImpactChange& change) = 0;
  // How far the reading of the register is, 0 to 1000, with the pupils so far.
  virtual void progress(int /*per_mille*/, std::int64_t /*pupils*/) {}
};

struct ImpactOptions {
  std::vector<std::string> registers;
  Date as_of;
  std::vector<std::string> rules;  // empty: all
  ImpactLog* log = nullptr;        // null: not logged
};

struct ImpactCounts {
  std::int64_t pupils = 0;
  std::int64_t checked = 0;
  std::int64_t rejected = 0;  // on one side at least
  std::int64_t warnings = 0;
  // Whose UPN stood in another of the registers before: counted in each.
  std::int64_t repeated = 0;
};

// One rule that differs.
struct RuleImpact {
  std::string id;
  std::string title;
  std::string kind;
  // How many decisions went from one outcome to another, changed or not; no outcome: not asked.
  std::map<std::pair<std::optional<Outcome>, std::optional<Outcome>>,
           std::int64_t>
      moves;
  Tally tally;
  // What decided, and for how many, by the criterion's name; the most frequent first. Of very many different causes, those that were met first.
  struct Decided {
    Cause cause;          // without what was found of one pupil
    bool varies = false;  // what was needed is not the same for all of them
    std::map<Effect, std::int64_t> pupils;

    // "points: needed at least 10, now at least 12"; its name alone where what was needed varies.
    std::string in_words() const {
      return varies ? cause.label : cause.in_words_of_all();
    }
  };
  std::vector<Decided> causes;
};

struct ImpactReport {
  Date as_of;
  ImpactCounts counts;
  std::vector<RuleImpact> rules;       // that differ, by id
  std::vector<std::string> unchanged;  // rules that do not, by id
  Tally total;  // a pupil once, whatever the number of rules
  std::vector<GroupTable> groups;
  std::vector<Finding> rejections;
  std::vector<Finding> register_warnings;
  std::string logged;  // where it stands in the log; empty: nowhere
};

// Rules of which something differs between the two sides on the day, and those that do not differ.
struct DifferingRules {
  std::vector<std::string> differ, same;  // by id
};
DifferingRules differing_rules(const Workspace& before, const Workspace& after,
                               const std::vector<std::string>& wanted,
                               Date as_of);

// Editions of `after` that are not the same in `before` and begin after the day: they say nothing yet.
std::vector<const Edition*> editions_that_begin_later(const Workspace& before,
                                                      const Workspace& after,
                                                      Date as_of);

// Memory does not grow with the registers but by their schools, by what ImpactReport says of rejected records, where there are several by sixteen bytes a pupil or so, and by what reading them holds (registers/register.hpp).
// Neither workspace may have rules that do not load. Errors: those of open_register and of reading; engine.unknown_rule (a rule that neither side has);
// with a log store.* and keys.*.
Result<ImpactReport> impact_of(const Workspace& before, const Workspace& after,
                               const ImpactOptions& options,
                               ImpactConsumer& consumer);

}  // namespace sendcheck
