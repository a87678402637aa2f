// What a rule reads, and what Evaluation says of it before any pupil is met.
#include "engine/quick_builder.hpp"

#include <algorithm>

namespace sendcheck {
namespace {

void add(std::vector<int>& slots, int slot) {
  if (slot >= 0 && std::find(slots.begin(), slots.end(), slot) == slots.end()) {
    slots.push_back(slot);
  }
}

}  // namespace

void QuickRuleBuilder::build() {
  quick_.criteria_.resize(rule_.tree.criteria.size());
  quick_.values_.resize(rule_.tree.values.size());
  is_made_.resize(rule_.tree.criteria.size());
  is_value_made_.resize(rule_.tree.values.size());
  for (CriterionId root :
       {rule_.applies_when, rule_.met_when, rule_.refer_when}) {
    if (root >= 0) make(root);
  }
  for (const Payment& payment : rule_.payments) {
    if (payment.when >= 0) make(payment.when);
    if (payment.value >= 0) make_value(payment.value);
  }
  if (rule_.has_deadline) make_value(rule_.deadline.date);
  quick_.has_unconfirmed_ = std::ranges::any_of(
      binding_.quick, [](const auto& quick) { return quick.unconfirmed; });
  make_classes();
}

void QuickRuleBuilder::read(CriterionId id, Reads& reads) const {
  if (id < 0) return;
  const CriterionNode& here = node(id);
  if (here.op == CriterionOp::test) reads.only_general = true;
  if (here.op == CriterionOp::judgement) add(reads.lists, here.list);
  if (here.op == CriterionOp::any_item || here.op == CriterionOp::every_item) {
    Reads inner;
    read(here.children.front(), inner);
    read_inside(here.list, inner, reads);
    return;
  }
  for (CriterionId child : here.children) read(child, reads);
  for (ValueId value : here.values) read_value(value, reads);
}

void QuickRuleBuilder::read_value(ValueId id, Reads& reads) const {
  if (id < 0) return;
  const ValueNode& here = value_node(id);
  Reads inner;
  switch (here.op) {
    case ValueOp::compute:
    case ValueOp::look_up:
    case ValueOp::next_date:
    case ValueOp::decide:
    case ValueOp::list_count:
    case ValueOp::list_sum:
    case ValueOp::list_includes:
      // That something lies outside a table is for Evaluation to find.
      reads.only_general = true;
      break;
    case ValueOp::fact:
      add(reads.scalars, here.slot);
      // A step that has begun may be known not to be over.
      add(reads.scalars, catalogue_.scalars()[at(here.slot)].after);
      return;
    case ValueOp::item:
      reads.item_list = here.list;
      add(reads.fields, here.slot);
      return;
    case ValueOp::count:
    case ValueOp::sum:
    case ValueOp::max_of:
    case ValueOp::min_of:
      read(here.where, inner);
      for (ValueId argument : here.arguments) read_value(argument, inner);
      read_inside(here.slot, inner, reads);
      return;
    default:
      break;
  }
  for (ValueId argument : here.arguments) read_value(argument, reads);
  for (CriterionId condition : here.conditions) read(condition, reads);
  read(here.where, reads);
}

void QuickRuleBuilder::read_inside(int list, const Reads& inner, Reads& reads) {
  for (int slot : inner.scalars) add(reads.scalars, slot);
  for (int other : inner.lists) add(reads.lists, other);
  add(reads.lists, list);
  reads.only_general = reads.only_general || inner.only_general;
}

Evaluation QuickRuleBuilder::asking(const Record& record) const {
  return Evaluation(rule_, binding_, record, catalogue_, holidays_, as_of_,
                    nullptr);
}

std::optional<Truths> QuickRuleBuilder::ask(CriterionId id,
                                            const Record& record, int list,
                                            int entry) const {
  Evaluation evaluation = asking(record);
  const Evaluation::InEntry in(evaluation, list, entry);
  Truths truths;
  truths.trusted = evaluation.truth(id);
  evaluation.trust_unconfirmed(false);
  truths.untrusted = evaluation.truth(id);
  if (evaluation.fault()) return std::nullopt;
  return truths;
}

std::optional<Value> QuickRuleBuilder::fixed(ValueId id) const {
  Reads reads;
  read_value(id, reads);
  if (!reads.nothing()) return std::nullopt;
  Evaluation evaluation = asking(blank_);
  const Estimate estimate = evaluation.estimate(id);
  evaluation.trust_unconfirmed(false);
  const Estimate untrusted = evaluation.estimate(id);
  if (evaluation.fault() || !estimate.is_exact() || !untrusted.is_exact() ||
      estimate.value != untrusted.value) {
    return std::nullopt;
  }
  return estimate.value;
}

Record QuickRuleBuilder::with_empty_list(int list) const {
  Record record = Record::empty(catalogue_);
  record.lists[at(list)].stated = true;
  return record;
}

bool QuickRuleBuilder::can_be_blank(const Reads& reads) const {
  return !reads.only_general && reads.fields.empty() &&
         reads.lists.size() <= 1 && !reads.nothing();
}

int QuickRuleBuilder::add_blank(const Reads& reads) {
  Blank blank;
  blank.scalars = add_parts(reads.scalars);
  if (!reads.lists.empty()) blank.list = reads.lists.front();
  quick_.blanks_.push_back(blank);
  // Both lists stand by the number of the blank; one of them is not used.
  quick_.blank_truths_.resize(2 * quick_.blanks_.size());
  quick_.blank_estimates_.resize(2 * quick_.blanks_.size());
  return static_cast<int>(quick_.blanks_.size()) - 1;
}

int QuickRuleBuilder::guard(CriterionId id, const Reads& reads) {
  if (!can_be_blank(reads)) return -1;
  const auto absent = ask(id, blank_);
  auto empty = absent;
  if (!reads.lists.empty()) {
    empty = ask(id, with_empty_list(reads.lists.front()));
  }
  if (!absent || !empty) return -1;
  const int index = add_blank(reads);
  quick_.blank_truths_[at(2 * index)] = *absent;
  quick_.blank_truths_[at(2 * index + 1)] = *empty;
  return index;
}

int QuickRuleBuilder::guard_value(ValueId id, const Reads& reads) {
  if (!can_be_blank(reads)) return -1;
  const auto estimate = [&](const Record& record) {
    Evaluation evaluation = asking(record);
    const Estimate found = evaluation.estimate(id);
    return evaluation.fault() ? std::nullopt : std::optional(found);
  };
  const auto absent = estimate(blank_);
  auto empty = absent;
  if (!reads.lists.empty()) {
    empty = estimate(with_empty_list(reads.lists.front()));
  }
  if (!absent || !empty) return -1;
  const int index = add_blank(reads);
  quick_.blank_estimates_[at(2 * index)] = *absent;
  quick_.blank_estimates_[at(2 * index + 1)] = *empty;
  return index;
}

bool QuickRuleBuilder::make(CriterionId id) {
  QuickCriterion& quick = quick_.criteria_[at(id)];
  if (is_made_[at(id)]) return quick.is_pure;
  is_made_[at(id)] = true;
  quick.op = node(id).op;
  quick.is_unconfirmed = binding_.quick[at(id)].unconfirmed;
  Reads reads;
  read(id, reads);
  if (make_table(id, reads, {}, quick) || make_leaf(id, quick)) return true;
  quick.blank = guard(id, reads);
  const CriterionNode& here = node(id);
  switch (here.op) {
    case CriterionOp::all:
      quick.kind = Kind::all;
      break;
    case CriterionOp::any:
      quick.kind = Kind::any;
      break;
    case CriterionOp::none:
      quick.kind = Kind::none;
      break;
    case CriterionOp::any_item:
      make_any_item(here, quick);
      return quick.is_pure;
    default:
      make_computed(here, quick);
      quick.is_pure = false;
      return false;
  }
  quick.parts = add_parts(here.children);
  for (CriterionId child : here.children) {
    if (!make(child)) quick.is_pure = false;
  }
  Ends ends;
  const int list = reads.fields.empty() ? -1 : reads.item_list;
  if (quick.is_pure && gather(id, list, ends)) {
    make_table(id, reads, ends, quick);
  }
  return quick.is_pure;
}

}  // namespace sendcheck
