// Lays a rule out for QuickRule. For the sources of this layer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "engine/quick_rule.hpp"

namespace sendcheck {

// What of a record a criterion or value can depend on.
struct Reads {
  std::vector<int> scalars;
  std::vector<int> lists;
  int item_list = -1;  // of the entry in hand
  std::vector<int> fields;
  bool only_general = false;  // something that is left to Evaluation

  bool nothing() const {
    return scalars.empty() && lists.empty() && fields.empty() && !only_general;
  }
};

class QuickRuleBuilder {
 public:
  QuickRuleBuilder(const Rule& rule, const Binding& binding,
                   const Catalogue& catalogue, const BankHolidays& holidays,
                   Date as_of, QuickRule& quick)
      : rule_(rule),
        binding_(binding),
        catalogue_(catalogue),
        holidays_(holidays),
        as_of_(as_of),
        quick_(quick),
        blank_(Record::empty(catalogue)) {}

  void build();

 private:
  using Kind = QuickCriterion::Kind;
  // All that a cell is compared with, in order: by its slot.
  using Ends = std::map<int, std::vector<Value>>;

  static std::size_t at(int index) { return static_cast<std::size_t>(index); }
  const CriterionNode& node(CriterionId id) const {
    return rule_.tree.criteria[at(id)];
  }
  const ValueNode& value_node(ValueId id) const {
    return rule_.tree.values[at(id)];
  }
  const FactSpec& spec_of(int list, int slot) const {
    return list < 0 ? catalogue_.scalars()[at(slot)]
                    : catalogue_.lists()[at(list)].fields[at(slot)];
  }

  // --- What is read ----------------------------------------------------------

  void read(CriterionId id, Reads& reads) const;
  void read_value(ValueId id, Reads& reads) const;
  // The fields of a list that is gone through are its own.
  static void read_inside(int list, const Reads& inner, Reads& reads);

  // --- Asking Evaluation -----------------------------------------------------

  Evaluation asking(const Record& record) const;
  // Nothing when the answer went wrong.
  std::optional<Truths> ask(CriterionId id, const Record& record, int list = -1,
                            int entry = -1) const;
  // A value that rests on no fact.
  std::optional<Value> fixed(ValueId id) const;
  Record with_empty_list(int list) const;
  // Nothing where what it reads is not enough to say that it is blank.
  bool can_be_blank(const Reads& reads) const;
  int add_blank(const Reads& reads);
  int guard(CriterionId id, const Reads& reads);
  int guard_value(ValueId id, const Reads& reads);

  Stretch add_parts(const std::vector<int>& parts) {
    return added(quick_.parts_, parts);
  }
  template <class T>
  static Stretch added(std::vector<T>& to, const std::vector<T>& more) {
    const Stretch stretch = {static_cast<std::uint32_t>(to.size()),
                             static_cast<std::uint32_t>(more.size())};
    to.insert(to.end(), more.begin(), more.end());
    return stretch;
  }

  // --- Criteria --------------------------------------------------------------

  // Gives whether nothing under it is general.
  bool make(CriterionId id);
  // A comparison of one fact with what is known.
  bool make_leaf(CriterionId id, QuickCriterion& quick);
  static bool make_known(QuickCriterion& leaf);
  bool make_text(const CriterionNode& here, QuickCriterion& leaf);
  bool make_order(const CriterionNode& here, QuickCriterion& leaf);
  // An age is reached by all who were born on a day or before it.
  bool make_age(const CriterionNode& here, QuickCriterion& leaf);
  void make_any_item(const CriterionNode& here, QuickCriterion& quick);
  void make_computed(const CriterionNode& here, QuickCriterion& quick);

  // --- Classes ---------------------------------------------------------------

  // Collects them from a criterion that is made. False where something else is asked of a cell than its class.
  bool gather(CriterionId id, int list, Ends& ends) const;
  static void insert(std::vector<Value>& ends, const Value& end);
  // Nothing where its values cannot be put into classes.
  std::optional<QuickRule::Cell> cell_of(int list, int slot, const Ends& ends);
  // A value of a class; of one that no value has (between two days that follow one another), any.
  Value value_in(const QuickRule::Cell& cell, std::uint32_t of,
                 FactType type) const;
  bool make_table(CriterionId id, const Reads& reads, const Ends& ends,
                  QuickCriterion& quick);
  void make_classes();
  // Of scalars, wherever they are compared.
  Ends all_ends() const;

  // --- Values ----------------------------------------------------------------

  // Gives whether it can be worked out at all.
  bool make_value(ValueId id);
  bool make_known_value(const ValueNode& here, QuickValue& quick);

  const Rule& rule_;
  const Binding& binding_;
  const Catalogue& catalogue_;
  const BankHolidays& holidays_;
  Date as_of_;
  QuickRule& quick_;
  Record blank_;
  std::vector<char> is_made_, is_value_made_;
};

}  // namespace sendcheck
