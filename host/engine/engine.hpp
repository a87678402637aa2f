// Which rules are in force for a pupil on a day, and what each comes to. Writes nothing, reads no file, knows no clock.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/decision.hpp"
#include "domain/record.hpp"
#include "plugins/plugin.hpp"
#include "rulesets/rulesets.hpp"

namespace sendcheck {

// Which rules are wanted. With ids, a rule of another authority is answered not_applicable; without, it is left out.
struct RuleSelection {
  std::vector<std::string> ids;  // empty: all
  std::string kind;              // empty: all
};

// A rule to be checked: of a plugin, or of one that did not load.
struct SelectedRule {
  std::string id;
  const Plugin* plugin = nullptr;
  const Rule* rule = nullptr;
  const BrokenPlugin* broken = nullptr;
};

// The facts, rules and editions that decisions are made from. All must outlive the engine, which is safe to share between threads.
class Engine {
 public:
  Engine(const Catalogue& catalogue, const Plugins& plugins,
         const RuleSets& rulesets);

  const Catalogue& catalogue() const { return catalogue_; }
  const Plugins& plugins() const { return plugins_; }
  const RuleSets& rulesets() const { return rulesets_; }

  // By id. Error engine.unknown_rule names the nearest; engine.unknown_kind.
  Result<std::vector<SelectedRule>> select(const RuleSelection& wanted) const;

  // Facts that say where a pupil lives and learns.
  int home_la() const { return home_la_; }
  int school_la() const { return school_la_; }
  int school_urn() const { return school_urn_; }
  bool has_school_editions() const { return has_school_editions_; }

 private:
  const Catalogue& catalogue_;
  const Plugins& plugins_;
  const RuleSets& rulesets_;
  int home_la_, school_la_, school_urn_;
  bool has_school_editions_ = false;
};

// What a rule comes to, without why.
struct Brief {
  int rule = 0;  // index among the selected rules
  Outcome outcome = Outcome::error;
  std::optional<Money> amount;
  std::optional<Date> due;
};

// A rule under the editions in force for one place on one day.
struct BoundRule;

// Checks records, one after another. Holds what it has worked out of editions and the Lua states; belongs to one thread.
class Checker {
 public:
  // `engine` and `rules` must outlive the checker. `overrides` stand in for an edition's parameters (worked cases); null: none.
  Checker(const Engine& engine, const std::vector<SelectedRule>& rules,
          Date as_of, bool rules_named,
          const std::map<std::string, EffectiveParameter>* overrides = nullptr);
  ~Checker();
  Checker(Checker&&) noexcept;

  // The outcomes of every rule that is listed for the pupil.
  void brief(const Record& record, std::vector<Brief>& decisions);
  // The same, with reasons, missing facts, routes and actions.
  std::vector<Decision> decide(const Record& record);

  // Editions that decided something so far, by id.
  const std::set<const Edition*>& editions_used() const {
    return editions_used_;
  }

  // The rule under the editions in force for an authority and school, as decide() would use it.
  const BoundRule& bound(std::size_t rule, const std::string& la,
                         const std::string& urn);

 private:
  struct Verdict;
  bool place_of(std::size_t rule, const Record& record, bool& la_unknown,
                int& la, std::string_view& urn) const;
  const BoundRule& bound_for(std::size_t rule, int la, std::string_view urn);
  Verdict judge(std::size_t rule, const BoundRule& bound,
                Evaluation& evaluation) const;
  Decision explained(std::size_t rule, const Record& record,
                     const BoundRule& bound, bool la_unknown);
  Decision unloaded(const SelectedRule& rule) const;
  FunctionRunner* runner(std::size_t rule);

  const Engine& engine_;
  const std::vector<SelectedRule>& rules_;
  Date as_of_;
  bool rules_named_;
  const std::map<std::string, EffectiveParameter>* overrides_;
  struct Cached;
  std::vector<Cached> cache_;
  std::vector<std::unique_ptr<PluginRunner>> runners_;  // by rule
  std::set<const Edition*> editions_used_;
};

struct BoundRule {
  RuleInForce in_force;
  Binding binding;
  bool has_unconfirmed = false;            // some criterion is
  std::vector<char> payment_unconfirmed;   // by payment: rests on a parameter that is not confirmed
};

// One plain sentence.
std::string summary_of(const Decision& decision, const Plugin* plugin,
                       Date as_of);

}  // namespace sendcheck
