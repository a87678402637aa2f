// Evaluates a rule's tree for one record, by three-valued logic.
//
// The evaluation is the plain path that runs a million times; explanations, missing facts and routes are made from the same tree by the same
// functions afterwards, and only when asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/working_days.hpp"
#include "criteria/estimate.hpp"
#include "criteria/tree.hpp"
#include "domain/decision_table.hpp"
#include "domain/record.hpp"

namespace sendcheck {

// A rule's parameters as one set of editions gives them. Built once for each, then shared by all pupils and threads.
struct Binding {
  std::vector<const EffectiveParameter*>
      parameters;  // by index; null: not given
  struct Bound {
    Value scalar;
    std::vector<Value> list;  // is_list
  };
  // What the evaluation of a criterion reads, close together: a rule that runs a million times is as quick as its memory. A comparison of one fact,
  // or of one field of an entry, with what the edition gives (nearly all that a rule asks) is settled from here, without estimates, where the
  // fact is stated.
  struct Quick {
    enum class Of : unsigned char { nothing, fact, item };
    CriterionOp op = CriterionOp::all;
    Of of = Of::nothing;
    bool unconfirmed =
        false;  // its own source, or a parameter that it compares with
    // What is not stated is unknown, without bounds: a boolean, a code, a text.
    bool unknown_without_bounds = false;
    // An order of codes of which some stand outside it.
    bool order_has_outside = false;
    int codes = -1;
    int slot = -1;
    int list = -1;
    // all, any, none: in `children`. A comparison: in `operands`; is_known has none.
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  std::vector<Quick> quick;  // by CriterionId
  std::vector<CriterionId> children;
  std::vector<Value> operands;
  // A table as a look_up reads it: which column is asked of which key, and the cells as the keys are held.
  struct LookUp {
    struct Ask {
      std::size_t key;
      std::size_t column;
      CriterionOp op;
    };
    std::vector<Ask> asks;
    std::vector<std::vector<Value>> rows;  // a cell an ask; unknown: anything
  };
  std::vector<LookUp> look_ups;  // by ValueId
  // A decision table as a value reads it.
  struct Decide {
    const DecisionTable* table = nullptr;  // null: not given
    std::vector<ValueId> arguments;        // as the table's inputs
    // As its inputs: of a coded argument, the class of each code.
    std::vector<std::vector<std::size_t>> classes_of_codes;
    // As its inputs: of an argument that comes in whole numbers, days or pence.
    std::vector<std::optional<Number>> steps;
    std::size_t output = 0;
    ValueId sought = -1;  // list_includes
  };
  std::vector<Decide> decides;  // by ValueId
  std::vector<Bound> values;    // by ValueId, for parameter nodes
  std::vector<int>
      unconfirmed_by;  // by CriterionId: that parameter; -1 when there is none
  // By CriterionId, so many words each: the facts that it and all below it read, a bit a scalar and then a bit a list.
  std::vector<std::uint64_t> reads;
  std::size_t words_read = 0;
  std::size_t scalars_read = 0;
};
Binding bind_parameters(
    const Rule& rule, const Catalogue& catalogue,
    const std::vector<const EffectiveParameter*>& parameters);

// One stated or unstated cell of the record.
struct FactKey {
  int list = -1;  // -1: a scalar
  // Of a list; -1: an entry that is not on file (or the list itself).
  int entry = -1;
  // Scalar, or field; -1 with entry -1: the list itself, or one more entry of it.
  int slot = -1;
  bool operator==(const FactKey&) const = default;
};

class Evaluation;

// Runs the Lua functions of `test` and `compute` leaves; implemented in plugins.
class FunctionRunner {
 public:
  struct Answer {
    Estimate estimate;             // of a boolean for test
    std::vector<FactKey> missing;  // absent facts that it asked for
    std::optional<Error> fault;    // it raised, or spent its budget
    // It read a parameter whose source is not confirmed.
    bool unconfirmed = false;
  };
  virtual Answer run(int function, const Evaluation& evaluation) = 0;

 protected:
  ~FunctionRunner() = default;
};

class Evaluation {
 public:
  // All arguments must outlive the evaluation. `runner` may be null for a rule without functions.
  Evaluation(const Rule& rule, const Binding& binding, const Record& record,
             const Catalogue& catalogue, const BankHolidays& holidays,
             Date as_of, FunctionRunner* runner);

  // The same rule on the same day, of another record.
  Evaluation of_another(const Record& record) const {
    return {rule_, binding_, record, catalogue_, holidays_, as_of_, runner_};
  }

  Truth truth(CriterionId criterion);
  Estimate estimate(ValueId value);

  // From now on, what a criterion comes to outside entries of lists is worked out once. For whoever asks for the same again and again.
  void remember_truths() {
    remembered_.assign(rule_.tree.criteria.size(), not_asked);
    supposed_facts_.assign(binding_.words_read, 0);
  }

  // With false, a criterion whose source is not confirmed counts as unknown: what then stays decided does not hang on it.
  void trust_unconfirmed(bool trust) { trust_ = trust; }
  // The same of one criterion alone.
  void distrust_only(CriterionId criterion) { distrusted_ = criterion; }

  // The first thing that went wrong: then no truth of this evaluation may be used. Errors: rules.number_too_large (a result that is no exact number
  // or date), rules.not_whole (half a day), rules.hit_policy (rows of a decision table match that may not match together), rules.no_such_day (of the year), calendar.not_covered, and those of the runner (a function that raised,
  // or spent its budget).
  const std::optional<Error>& fault() const { return fault_; }

  // Did any value so far lie outside its table.
  bool met_outside() const { return met_outside_; }
  // Did any criterion so far rest on what is not confirmed. Where none did, nothing hangs on it.
  bool met_unconfirmed() const { return met_unconfirmed_; }

  const Rule& rule() const { return rule_; }
  const Binding& binding() const { return binding_; }
  const Record& record() const { return record_; }
  const Catalogue& catalogue() const { return catalogue_; }
  Date as_of() const { return as_of_; }

  // What is known of one fact, with the catalogue's bounds and the meaning of its absence.
  Estimate estimate_of_scalar(int slot) const;
  // A step that has begun and, by what the record states, had not happened by the as-of date.
  bool is_not_yet(int slot) const;
  Estimate estimate_of_field(int list, int entry, int field) const;

  // For as long as it lives, the list entry that `item` reads; entry -1 is one that is not on file: all its fields are unknown.
  class InEntry {
   public:
    InEntry(Evaluation& evaluation, int list, int entry)
        : evaluation_(evaluation),
          list_(evaluation.item_list_),
          entry_(evaluation.item_entry_) {
      evaluation.item_list_ = list;
      evaluation.item_entry_ = entry;
    }
    ~InEntry() {
      evaluation_.item_list_ = list_;
      evaluation_.item_entry_ = entry_;
    }
    InEntry(const InEntry&) = delete;
    InEntry& operator=(const InEntry&) = delete;

   private:
    Evaluation& evaluation_;
    int list_, entry_;
  };
  int item_entry() const { return item_entry_; }

  // For as long as it lives, facts are what is supposed here instead of what the record states. What goes wrong with a supposition (a number that is
  // tried out may be too large) is no fault of the evaluation. One at a time.
  class Supposing {
   public:
    explicit Supposing(Evaluation& evaluation)
        : evaluation_(evaluation), fault_(evaluation.fault_) {}
    ~Supposing() {
      clear();
      evaluation_.fault_ = std::move(fault_);
    }
    void suppose(FactKey fact, Estimate estimate) {
      evaluation_.supposed_.emplace_back(fact, estimate);
      evaluation_.mark_supposed(fact);
    }
    // A list has one more entry than is on file, or several, that are looked for.
    void suppose_another_entry(int list) {
      suppose({list, -1, -1}, Estimate::of(Estimate::State::unknown));
    }
    void clear() {
      evaluation_.supposed_.clear();
      for (std::uint64_t& facts : evaluation_.supposed_facts_) facts = 0;
    }
    Supposing(const Supposing&) = delete;
    Supposing& operator=(const Supposing&) = delete;

   private:
    Evaluation& evaluation_;
    std::optional<Error> fault_;
  };

  // How many entries of a list satisfy `where` (-1: all): surely, and at most beyond that; `more` when entries that are not on file could.
  struct Tally {
    int certain = 0;
    int possible = 0;
    bool more = false;
  };
  // `open`: entries that are not on file count as outstanding, whatever the catalogue says of the list.
  Tally tally(int list, CriterionId where, bool open = false);
  Tally tally_distinct(int list, CriterionId where, int field);
  // Can entries be there that are not on file: the list is absent, or open.
  bool may_hold_more(int list) const;
  bool another_entry_supposed(int list) const;

  // The answer of a test or compute, run once for each record.
  const FunctionRunner::Answer& answer(int function);

 private:
  static constexpr signed char not_asked = -1;

  void mark_supposed(FactKey fact);
  bool rests_on_supposed(CriterionId criterion) const;
  Truth worked_out(CriterionId criterion);
  Truth compare(const CriterionNode& node);
  Truth truth_of(const CriterionNode& node);
  bool quick_truth(const Binding::Quick& quick, Truth& result) const;
  Estimate arithmetic(const ValueNode& node);
  Estimate sum(const ValueNode& node);
  Estimate extreme(const ValueNode& node);
  Estimate choose(const ValueNode& node);
  Estimate look_up(ValueId id);
  Estimate decide(ValueId id);
  Estimate next_date(const ValueNode& node);
  Estimate date_arithmetic(const ValueNode& node);
  std::optional<Number> work_out_date(const ValueNode& node, Number first,
                                      Number second, bool exact);
  bool is_outside_order(const Estimate& estimate, int codes) const;
  Truth judgement(const CriterionNode& node) const;
  void fail(std::string id, std::string message);

  const Rule& rule_;
  const Binding& binding_;
  const Record& record_;
  const Catalogue& catalogue_;
  const BankHolidays& holidays_;
  Date as_of_;
  FunctionRunner* runner_;
  bool trust_ = true;
  CriterionId distrusted_ = -1;
  bool met_outside_ = false;
  bool met_unconfirmed_ = false;
  int item_list_ = -1;
  int item_entry_ = -1;
  std::vector<std::pair<FactKey, Estimate>> supposed_;
  std::vector<std::uint64_t> supposed_facts_;  // bits as Binding::reads
  std::vector<signed char> remembered_;  // by criterion; empty: nothing is
  std::vector<std::pair<int, FunctionRunner::Answer>> answers_;
  std::optional<Error> fault_;
};

// Met, not met or unknown, of two estimates under a comparison.
Truth compare(CriterionOp op, const Estimate& left, const Estimate& right);

Truth negate(Truth truth);

}  // namespace sendcheck
