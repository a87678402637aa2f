#include "engine/cells_searched.hpp"

#include <algorithm>
#include <utility>

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

using Quick = Binding::Quick;

// Which comparisons read a cell or an age, and whether anything else does.
class Uses {
 public:
  Uses(const Rule& rule, const Binding& binding)
      : rule_(rule), binding_(binding), other_(rule.tree.values.size(), 0) {
    for (const ValueNode& value : rule.tree.values) {
      for (ValueId argument : value.arguments) other_[at(argument)] = 1;
    }
    for (std::size_t i = 0; i < rule.tree.criteria.size(); ++i) {
      const std::vector<ValueId>& values = rule.tree.criteria[i].values;
      if (values.empty()) continue;
      for (std::size_t k = 1; k < values.size(); ++k) other_[at(values[k])] = 1;
      if (!compares_with_fixed(static_cast<CriterionId>(i))) {
        other_[at(values[0])] = 1;
      }
    }
  }

  // The comparisons with what the edition gives; false: something else is made of it too, or nothing.
  template <class Reads>
  bool only_compared(Reads reads, std::vector<CriterionId>& comparisons) const {
    const Tree& tree = rule_.tree;
    for (std::size_t id = 0; id < tree.values.size(); ++id) {
      if (other_[id] != 0 && reads(tree.values[id])) return false;
    }
    for (std::size_t i = 0; i < tree.criteria.size(); ++i) {
      const std::vector<ValueId>& values = tree.criteria[i].values;
      if (!values.empty() && reads(tree.values[at(values[0])])) {
        comparisons.push_back(static_cast<CriterionId>(i));
      }
    }
    return !comparisons.empty();
  }

  bool scalar(int slot, std::vector<CriterionId>& comparisons) const {
    return only_compared(
        [&](const ValueNode& value) {
          return value.op == ValueOp::fact && value.slot == slot;
        },
        comparisons);
  }

  bool field(int list, int slot, std::vector<CriterionId>& comparisons) const {
    const Tree& tree = rule_.tree;
    for (const ValueNode& value : tree.values) {
      const bool is_of_list = value.op == ValueOp::count ||
                              value.op == ValueOp::max_of ||
                              value.op == ValueOp::min_of;
      if (is_of_list && value.slot == list && value.field == slot) return false;
    }
    for (const CriterionNode& node : tree.criteria) {
      if (node.op == CriterionOp::judgement && node.list == list) return false;
    }
    return only_compared(
        [&](const ValueNode& value) {
          return value.op == ValueOp::item && value.list == list &&
                 value.slot == slot;
        },
        comparisons);
  }

  // An age today, of which CellsRead knows that nothing but comparisons is made.
  bool age(ValueOp op, std::vector<CriterionId>& comparisons) const {
    return only_compared(
        [&](const ValueNode& value) {
          return value.op == op &&
                 rule_.tree.values[at(value.arguments[1])].op == ValueOp::as_of;
        },
        comparisons);
  }

 private:
  bool compares_with_fixed(CriterionId id) const {
    if (binding_.quick[at(id)].of != Quick::Of::nothing) return true;
    const CriterionNode& node = rule_.tree.criteria[at(id)];
    const ValueOp left = rule_.tree.values[at(node.values[0])].op;
    return (left == ValueOp::age_on || left == ValueOp::months_old_on) &&
           std::all_of(
               node.values.begin() + 1, node.values.end(), [&](ValueId value) {
                 const ValueOp op = rule_.tree.values[at(value)].op;
                 return op == ValueOp::constant || op == ValueOp::parameter;
               });
  }

  const Rule& rule_;
  const Binding& binding_;
  std::vector<char> other_;  // by ValueId: read by more than such comparisons
};

// The criteria that look through the entries of a list one by one, and nothing else of the rule does: an entry that none of them can come to count is the same to the search as none.
class Looks {
 public:
  Looks(const Rule& rule, const Binding& binding, int list)
      : rule_(rule), binding_(binding), list_(list) {}

  // Nothing: the list is read in other ways too.
  std::vector<CriterionId> wheres() const {
    std::vector<CriterionId> found;
    const Tree& tree = rule_.tree;
    for (const CriterionNode& node : tree.criteria) {
      if (node.list != list_) continue;
      if (node.op != CriterionOp::any_item) return {};
      found.push_back(node.children.front());
    }
    for (std::size_t id = 0; id < tree.values.size(); ++id) {
      const ValueNode& value = tree.values[id];
      for (CriterionId condition : value.conditions) {
        if (condition >= 0 && reads(condition, bit(list_))) return {};
      }
      const bool is_of_list =
          value.op == ValueOp::count || value.op == ValueOp::sum ||
          value.op == ValueOp::max_of || value.op == ValueOp::min_of;
      if (!is_of_list || value.slot != list_) continue;
      if (value.op != ValueOp::count || value.where < 0 ||
          !is_only_counted_up_to(static_cast<ValueId>(id))) {
        return {};
      }
      found.push_back(value.where);
    }
    for (CriterionId where : found) {
      for (std::size_t i = 0; i < 64 * binding_.words_read; ++i) {
        if (i != bit(list_) && reads(where, i)) return {};
      }
    }
    return found;
  }

  // Parts of `where`, all of which must hold, that ask what the entry is about.
  void add_subjects(CriterionId where, int subject,
                    std::vector<CriterionId>& found) const {
    const CriterionNode& node = rule_.tree.criteria[at(where)];
    if (node.op == CriterionOp::all) {
      for (CriterionId child : node.children) {
        add_subjects(child, subject, found);
      }
      return;
    }
    const Quick& quick = binding_.quick[at(where)];
    if (quick.of == Quick::Of::item && quick.list == list_ &&
        quick.slot == subject) {
      found.push_back(where);
    }
  }

 private:
  std::size_t bit(int list) const { return binding_.scalars_read + at(list); }
  bool reads(CriterionId criterion, std::size_t bit) const {
    const std::uint64_t word =
        binding_.reads[at(criterion) * binding_.words_read + bit / 64];
    return (word >> bit % 64 & 1) != 0;
  }

  // At least, or more than, so many as the edition gives; of one subject each, where they must differ.
  bool is_only_counted_up_to(ValueId count) const {
    const Tree& tree = rule_.tree;
    for (const ValueNode& value : tree.values) {
      if (std::find(value.arguments.begin(), value.arguments.end(), count) !=
          value.arguments.end()) {
        return false;
      }
    }
    for (const CriterionNode& node : tree.criteria) {
      const auto use = std::find(node.values.begin(), node.values.end(), count);
      if (use == node.values.end()) continue;
      if (node.values.size() != 2 || use != node.values.begin() ||
          (node.op != CriterionOp::at_least && node.op != CriterionOp::above)) {
        return false;
      }
      const ValueNode& bound = tree.values[at(node.values[1])];
      if (bound.op != ValueOp::constant &&
          (bound.op != ValueOp::parameter ||
           !binding_.parameters[at(bound.slot)])) {
        return false;
      }
    }
    return true;
  }

  const Rule& rule_;
  const Binding& binding_;
  int list_;
};

// A stated text is tried out where others are looked for; of a number that can be changed, the gap is told.
bool may_be_told_by_comparisons(const FactSpec& spec) {
  const bool is_choice =
      spec.type == FactType::boolean || spec.type == FactType::code;
  return !spec.identifies && spec.type != FactType::text &&
         (is_choice || !spec.actionable);
}

}  // namespace

// By fact, scalars before lists: whether the criteria of which something can be missing, or to which a way is looked for, read it.
std::vector<char> asked_by_criteria(const Rule& rule, const Binding& binding,
                                    const Catalogue& catalogue) {
  std::vector<char> asked(64 * binding.words_read, 0);
  for (CriterionId root : {rule.applies_when, rule.met_when, rule.refer_when}) {
    if (root < 0) continue;
    for (std::size_t bit = 0; bit < asked.size(); ++bit) {
      const std::uint64_t word =
          binding.reads[at(root) * binding.words_read + bit / 64];
      if ((word >> bit % 64 & 1) != 0) asked[bit] = 1;
    }
  }
  const std::vector<char> themselves = asked;
  for (std::size_t slot = 0; slot < binding.scalars_read; ++slot) {
    // Whether a step has begun, or must have been taken, stands in other facts.
    const FactSpec& spec = catalogue.scalars()[slot];
    if (themselves[slot] == 0 || spec.absence != Absence::not_yet) continue;
    if (spec.after >= 0) asked[at(spec.after)] = 1;
    if (spec.implied_by >= 0) asked[at(spec.implied_by)] = 1;
  }
  return asked;
}

CellsSearched::CellsSearched(const Rule& rule, const Binding& binding,
                             const Catalogue& catalogue,
                             const CellsRead& read) {
  const Uses uses(rule, binding);
  // What only an amount, a deadline or an action reads is nothing to the search.
  const std::vector<char> asked = asked_by_criteria(rule, binding, catalogue);
  for (int slot : read.scalars()) {
    if (asked[at(slot)] == 0) continue;
    Cell cell{slot, false, {}};
    cell.is_compared =
        may_be_told_by_comparisons(catalogue.scalars()[at(slot)]) &&
        uses.scalar(slot, cell.comparisons);
    scalars_.push_back(std::move(cell));
  }
  for (ValueId id : read.ages()) {
    const ValueNode& value = rule.tree.values[at(id)];
    const int slot = rule.tree.values[at(value.arguments[0])].slot;
    Age age{id, false, {}};
    age.is_compared =
        may_be_told_by_comparisons(catalogue.scalars()[at(slot)]) &&
        uses.age(value.op, age.comparisons);
    ages_.push_back(std::move(age));
  }
  for (const CellsRead::ListRead& list : read.lists()) {
    if (asked[binding.scalars_read + at(list.slot)] == 0) continue;
    Entries entries{list.slot, {}, -1, {}};
    const FactSpec& spec = catalogue.lists()[at(list.slot)];
    for (int field : list.fields) {
      Cell cell{field, false, {}};
      cell.is_compared = may_be_told_by_comparisons(spec.fields[at(field)]) &&
                         uses.field(list.slot, field, cell.comparisons);
      entries.fields.push_back(std::move(cell));
    }
    const auto subject =
        std::find_if(spec.fields.begin(), spec.fields.end(),
                     [](const FactSpec& field) { return field.identifies; });
    const bool has_one = subject != spec.fields.end() && !subject->actionable &&
                         std::count_if(spec.fields.begin(), spec.fields.end(),
                                       [](const FactSpec& field) {
                                         return field.identifies;
                                       }) == 1;
    const Looks looks(rule, binding, list.slot);
    const std::vector<CriterionId> wheres =
        has_one ? looks.wheres() : std::vector<CriterionId>();
    const auto number = static_cast<int>(subject - spec.fields.begin());
    const bool others_must_differ = std::any_of(
        rule.tree.values.begin(), rule.tree.values.end(),
        [&](const ValueNode& value) {
          return value.op == ValueOp::count && value.slot == list.slot &&
                 value.field >= 0 && value.field != number;
        });
    if (!wheres.empty() && !others_must_differ) {
      entries.subject = number;
      for (CriterionId where : wheres) {
        looks.add_subjects(where, number, entries.looked_for.emplace_back());
      }
    }
    lists_.push_back(std::move(entries));
  }
}

// Of an entry that says what it is about.
bool CellsSearched::is_looked_for(const Entries& entries,
                                  Evaluation& evaluation) {
  return std::any_of(entries.looked_for.begin(), entries.looked_for.end(),
                     [&](const std::vector<CriterionId>& subjects) {
                       return std::none_of(subjects.begin(), subjects.end(),
                                           [&](CriterionId subject) {
                                             return evaluation.truth(subject) ==
                                                    Truth::not_met;
                                           });
                     });
}

void CellsSearched::append_to(std::string& key, const Record& record,
                              Evaluation& evaluation) const {
  const auto append_truths = [&](const std::vector<CriterionId>& comparisons) {
    for (CriterionId comparison : comparisons) {
      key.push_back(static_cast<char>(evaluation.truth(comparison)));
    }
  };
  // Stated or not tells how long the rest is.
  const auto append_cell = [&](const Cell& cell, const Value& value) {
    if (!cell.is_compared || !value.is_known()) {
      append_value(key, value);
      return;
    }
    append_value(key, Value::of(true));
    append_truths(cell.comparisons);
  };
  for (const Cell& cell : scalars_) {
    append_cell(cell, record.scalars[at(cell.slot)]);
  }
  for (const Age& age : ages_) {
    const Estimate estimate = evaluation.estimate(age.value);
    if (!age.is_compared || !estimate.is_exact()) {
      append_value(key, estimate.is_exact() ? estimate.value : Value());
      continue;
    }
    append_value(key, Value::of(true));
    append_truths(age.comparisons);
  }
  for (const Entries& entries : lists_) {
    const List& list = record.lists[at(entries.slot)];
    if (entries.subject < 0) {
      append_size(key, list);
    } else {
      // Whether there are others beside an entry is asked; how many are looked for shows at the end.
      key.push_back(static_cast<char>(std::min(list.size(), 2)));
      key.push_back(list.stated ? 1 : 0);
    }
    for (int entry = 0; entry < list.size(); ++entry) {
      const Evaluation::InEntry in(evaluation, entries.slot, entry);
      if (entries.subject >= 0) {
        if (!list.entry(entry)[entries.subject].is_known()) {
          // It is named by its number.
          key.push_back(2);
          append_value(key, Value::code(entry));
        } else if (is_looked_for(entries, evaluation)) {
          key.push_back(1);
        } else {
          continue;
        }
      }
      for (const Cell& cell : entries.fields) {
        append_cell(cell, list.entry(entry)[cell.slot]);
      }
    }
    key.push_back(0);
  }
}

}  // namespace sendcheck
