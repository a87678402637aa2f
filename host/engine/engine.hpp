// Which rules are in force for a pupil on a day, and what each comes to. Writes nothing, reads no file, knows no clock.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "criteria/reasons.hpp"
#include "domain/decision.hpp"
#include "domain/record.hpp"
#include "domain/rule_text.hpp"
#include "engine/cells_searched.hpp"
#include "engine/kept_decisions.hpp"
#include "engine/quick_rule.hpp"
#include "plugins/plugin.hpp"
#include "rulesets/rulesets.hpp"

namespace sendcheck {

class Describer;

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

 private:
  const Catalogue& catalogue_;
  const Plugins& plugins_;
  const RuleSets& rulesets_;
  int home_la_, school_la_, school_urn_;
};

// What a rule comes to, without why.
struct Brief : Judged {
  int rule = 0;  // index among the selected rules
};

// Writes a decision in some form of output: one with a text, without what the text says; one without, whole. Called from several threads at once.
class DecisionWriter {
 public:
  virtual void write(const FoundDecision& decision, std::string& out) const = 0;
  // What of a decision says what is missing and the ways to a yes: put where `ways` are kept, for write() to use.
  virtual void write_ways(Ways& ways, const RuleText& text) const = 0;

 protected:
  ~DecisionWriter() = default;
};

struct WrittenDecision {
  int rule = 0;  // index among the selected rules
  Outcome outcome = Outcome::error;
  const RuleText* text = nullptr;  // null: written whole
  std::string_view written;
};

// A rule under the editions in force for one place on one day.
struct BoundRule;
struct FixedText;
class Assessment;

// Checks records, one after another. Holds what it has worked out of editions and the Lua states; belongs to one thread.
class Checker {
 public:
  // `engine` and `rules` must outlive the checker. `overrides` stand in for an edition's parameters (worked cases); null: none.
  Checker(const Engine& engine, const std::vector<SelectedRule>& rules,
          Date as_of, bool rules_named,
          const std::map<std::string, EffectiveParameter>* overrides = nullptr,
          std::size_t kept_bytes = 0);
  ~Checker();
  Checker(Checker&&) noexcept;

  // The outcomes of every rule that is listed for the pupil.
  void brief(const Record& record, std::vector<Brief>& decisions);
  // The same, with reasons, missing facts, routes and actions.
  std::vector<Decision> decide(const Record& record);
  // The same, written, each apart from what its rule's text says. What `decisions` points to lives until the next call, texts as long as the checker. One writer for the checker's life: what it wrote of one pupil is kept for those who are alike, in about `kept_bytes` of memory.
  void write(const Record& record, const DecisionWriter& writer,
             std::vector<WrittenDecision>& decisions);

  // Editions that decided something so far, by id.
  const std::set<const Edition*>& editions_used() const {
    return editions_used_;
  }

  // The rule under the editions in force for an authority and school, as decide() would use it.
  const BoundRule& bound(std::size_t rule, const std::string& la,
                         const std::string& urn);
  // The same for the place that a record states; null where the rule is not judged by any edition (another authority's, an authority not stated, a
  // rule that did not load).
  const BoundRule* bound(std::size_t rule, const Record& record);

 private:
  struct Verdict;
  struct Place {
    int la = -1;  // a position in the code list of the LA fact; -1: none
    // The rule asks for one and the record states none.
    bool la_unknown = false;
    std::string_view
        urn;  // of a school with an edition that names the rule; else empty
  };
  bool find_place(std::size_t rule, const Record& record, Place& place) const;
  bool needs_authority(std::size_t rule, const Place& place);
  bool other_values_possible(std::size_t rule, const Place& place) const;
  BoundRule& bound_for(std::size_t rule, int la, std::string_view urn);
  BoundRule& use(std::size_t rule, const Place& place);
  BoundRule* used_before(std::size_t rule, const Value& home,
                         const Value& school, Place& place) const;
  QuickRule* laid_out(std::size_t rule, BoundRule& bound) const;
  Verdict judge(std::size_t rule, const BoundRule& bound,
                bool other_values_possible, Assessment& assessment) const;
  void judge_amount(const Rule& rule, Assessment& assessment,
                    Verdict& verdict) const;
  Decision started(std::size_t rule) const;
  Decision unloaded(std::size_t rule) const;
  MissingItem authority_asked(std::size_t rule) const;
  Decision of_unknown_authority(std::size_t rule) const;
  FoundDecision found(std::size_t rule, const Record& record,
                      const Place& place);
  std::string_view kept_key(std::size_t rule, const BoundRule& bound,
                            const Record& record, const Place& place);
  FoundDecision explained(std::size_t rule, const Record& record,
                          const Place& place);
  std::shared_ptr<Ways> ways_of(const BoundRule& bound, Evaluation& evaluation,
                                const Describer& describer);
  std::unique_ptr<FixedText> fixed_of(std::size_t rule,
                                      const BoundRule& bound) const;
  Amount amount_of(Evaluation& evaluation, const Verdict& verdict) const;
  void refer(std::size_t rule, const BoundRule& bound, Evaluation& evaluation,
             const Describer& describer, const Verdict& verdict,
             Decision& decision);
  std::string why_refer(std::size_t rule, const BoundRule& bound,
                        Evaluation& evaluation, const Describer& describer,
                        const Verdict& verdict);
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
  KeptByKey<KeptDecision> kept_;
  KeptByKey<KeptWays> kept_ways_;
  std::string key_, ways_key_;
  Found spare_;                       // only so as not to allocate
  std::vector<std::string> written_;  // by rule
};

// What is the same in all decisions of a bound rule.
struct FixedText {
  std::shared_ptr<const RuleText> text;
  Reasons reasons;
  std::vector<std::string> labels;  // by CriterionId
};

struct BoundRule {
  RuleInForce in_force;
  Binding binding;
  std::vector<std::string>
      payment_unconfirmed;  // by payment: why what it rests on is not confirmed; empty when it is
  bool used = false;  // its editions are among editions_used()
  int records = 0;    // that it has judged, until it was worth laying out
  std::unique_ptr<QuickRule> quick;
  std::unique_ptr<FixedText> fixed;  // once it was explained
  std::unique_ptr<CellsRead> reads;  // once it was written; null: anything
  std::unique_ptr<CellsSearched> searched;  // where `reads` is
};

}  // namespace sendcheck
