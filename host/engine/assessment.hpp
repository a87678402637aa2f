// What judging asks of one record under one rule: truths and estimates, by the quick way where there is one and by Evaluation where there is not.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "criteria/evaluation.hpp"
#include "engine/quick_rule.hpp"

namespace sendcheck {

// The outcome by what the rule's criteria say alone. `asked` is an Evaluation or an Assessment.
template <class Asked>
Outcome by_criteria(const Rule& rule, bool closed, Asked& asked) {
  const Truth applies =
      rule.applies_when < 0 ? Truth::met : asked.truth(rule.applies_when);
  if (applies == Truth::not_met) return Outcome::not_applicable;
  if (applies == Truth::unknown) return Outcome::needs_evidence;
  if (closed) return Outcome::refer;
  const Truth met = asked.truth(rule.met_when);
  if (met == Truth::met) return Outcome::met;
  if (rule.refer_when >= 0 && asked.truth(rule.refer_when) == Truth::met) {
    return Outcome::refer;
  }
  return met == Truth::not_met ? Outcome::not_met : Outcome::needs_evidence;
}

class Assessment {
 public:
  struct Subject {
    const Rule& rule;
    const Binding& binding;
    const Record& record;
    const Catalogue& catalogue;
    const BankHolidays& holidays;
    Date as_of;
    FunctionRunner* runner;  // may be null for a rule without functions
  };
  // What `subject` names must outlive the assessment, and so must `quick`, which may be null.
  Assessment(const Subject& subject, QuickRule* quick)
      : subject_(subject), quick_(quick) {}

  // The same answers as Evaluation's.
  Truth truth(CriterionId criterion);
  Estimate estimate(ValueId value);
  void trust_unconfirmed(bool trust) {
    trust_ = trust;
    if (evaluation_) evaluation_->trust_unconfirmed(trust);
  }
  // How far was looked for the answers so far.
  Reach reach() const { return reach_; }
  // The likeness with what the criteria over entries of lists come to.
  std::uint64_t likeness_with_entries(std::uint64_t likeness);
  // As Evaluation::met_outside(): tables are always left to it.
  bool met_outside() const { return evaluation_ && evaluation_->met_outside(); }
  // Whether something not confirmed may have been met on the way; Evaluation knows it exactly, the quick way of the whole rule.
  bool may_hang_on_unconfirmed() const {
    return (quick_ && quick_->has_unconfirmed()) ||
           (evaluation_ && evaluation_->met_unconfirmed());
  }
  bool has_fault() const { return evaluation_ && evaluation_->fault(); }

  // Made when it is first asked for.
  Evaluation& evaluation();

 private:
  Truth quick_truth(CriterionId id);
  // With and without what is not confirmed, in one go. Needs a criterion under which nothing is general.
  Truths pure_truths(CriterionId id);
  Truths pure_truths(const QuickCriterion& quick);
  Truths pure_any_item(const QuickCriterion& quick);
  bool may_hold_more(const QuickCriterion& quick) const;
  Truth general_truth(CriterionId id);
  Truth any_item(const QuickCriterion& quick, CriterionId id);
  // Exactly, or unknown where it is not known exactly in the quick way.
  Value exact(ValueId id);
  Value exact_sum(const QuickValue& quick);
  // The same of whole numbers alone, the most usual; false where it is none, or not known in this way.
  bool whole(ValueId id, std::int64_t& number) const;
  const Value& cell(int list, int slot) const;

  const Subject& subject_;
  QuickRule* quick_;
  bool trust_ = true;
  int list_ = -1, entry_ = -1;  // the entry in hand
  Reach reach_ = Reach::classes;
  // Of whole criteria that were asked for, since each is asked for twice.
  struct Asked {
    CriterionId id;
    Truths truths;
  };
  std::array<Asked, 3> asked_;
  std::size_t number_asked_ = 0;
  std::optional<Evaluation> evaluation_;
};

}  // namespace sendcheck
