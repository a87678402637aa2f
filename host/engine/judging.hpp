// What a rule comes to for a pupil, before it is put into words. For the sources of this layer.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "criteria/explain.hpp"
#include "engine/assessment.hpp"
#include "engine/engine.hpp"

namespace sendcheck {

struct Checker::Cached {
  // Most places have the same editions: they share what is bound by them.
  std::vector<std::unique_ptr<BoundRule>> bounds;
  // Without a school, from none (-1) on; null: not asked for so far.
  std::vector<BoundRule*> by_la;
  std::map<std::pair<int, std::string>, BoundRule*> by_school;
  // A national rule that no school changes is listed for every pupil. By whose authority are its editions found?
  enum class Whose { ask, nobody, home, school };
  Whose whose = Whose::ask;
  bool has_functions = false;
  bool is_national = false;
  std::set<int>
      authorities;  // that issue or change the rule: positions in the code list of the LA fact
  std::vector<char> is_of_authority;  // the same, by position
  std::set<std::string> schools;      // the same; URNs
};

struct Checker::Verdict {
  // Why a person decides. In the order in which it is settled.
  enum class Refer {
    no,
    closed,
    criterion_unconfirmed,  // the outcome hangs on one
    outside_table,
    dates_unconfirmed,
    amount_unconfirmed,
    another_body,  // the rule says that one always decides
    refer_when
  };
  Outcome outcome = Outcome::error;
  Refer refer = Refer::no;
  // Criterion_unconfirmed: the outcome without that doubt.
  Outcome would_be = Outcome::refer;
  const Payment* payment = nullptr;
  int payment_index = -1;
  std::optional<Money> amount;
  // Met, but for an amount that cannot be worked out yet.
  bool amount_unknown = false;
  bool nothing_payable = false;
  std::optional<Date> due;
  Missing missing;  // filled in where the outcome turned on it

  // The payment that the decision states the amount of; -1: none.
  std::int16_t stated_payment() const {
    const bool is_stated =
        payment != nullptr &&
        (outcome == Outcome::met || outcome == Outcome::refer) &&
        (amount || !payment->published);
    return is_stated ? static_cast<std::int16_t>(payment_index)
                     : std::int16_t{-1};
  }
  bool is_indicative() const {
    return refer == Refer::criterion_unconfirmed ||
           refer == Refer::dates_unconfirmed ||
           refer == Refer::amount_unconfirmed || refer == Refer::another_body;
  }
};

// Why what a value (a criterion) rests on is not confirmed: the reason of the first such parameter or criterion under it, whatever branch a pupil
// takes; empty when all is confirmed. -1 rests on nothing.
std::string unconfirmed_under(const Rule& rule, const Binding& binding,
                              ValueId value);
std::string unconfirmed_under_criterion(const Rule& rule,
                                        const Binding& binding,
                                        CriterionId criterion);

// What a pupil's record would have to state for the rule to be decided.
Missing missing_of(const Rule& rule, bool closed, const Payment* awaited,
                   Evaluation& evaluation, const Describer& describer);

}  // namespace sendcheck
