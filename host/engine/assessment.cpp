#include "engine/assessment.hpp"

#include <algorithm>

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

Truth met_if(bool holds) { return holds ? Truth::met : Truth::not_met; }

Truth by_order(CriterionOp op, int order) {
  switch (op) {
    case CriterionOp::is:
      return met_if(order == 0);
    case CriterionOp::is_not:
      return met_if(order != 0);
    case CriterionOp::at_least:
      return met_if(order >= 0);
    case CriterionOp::at_most:
      return met_if(order <= 0);
    case CriterionOp::above:
      return met_if(order > 0);
    default:
      return met_if(order < 0);
  }
}

}  // namespace

Evaluation& Assessment::evaluation() {
  reach_ = Reach::beyond;
  if (!evaluation_) {
    evaluation_.emplace(subject_.rule, subject_.binding, subject_.record,
                        subject_.catalogue, subject_.holidays, subject_.as_of,
                        subject_.runner);
    evaluation_->trust_unconfirmed(trust_);
  }
  return *evaluation_;
}

const Value& Assessment::cell(int list, int slot) const {
  return list < 0 ? subject_.record.scalars[at(slot)]
                  : subject_.record.lists[at(list)].entry(entry_)[slot];
}

Truth Assessment::general_truth(CriterionId id) {
  Evaluation& general = evaluation();
  if (list_ < 0) return general.truth(id);
  const Evaluation::InEntry in(general, list_, entry_);
  return general.truth(id);
}

Truth Assessment::truth(CriterionId id) {
  if (!quick_) return evaluation().truth(id);
  if (!quick_->criterion(id).is_pure) return quick_truth(id);
  for (std::size_t i = 0; i < number_asked_; ++i) {
    if (asked_[i].id == id) return asked_[i].truths.of(trust_);
  }
  const Truths truths = pure_truths(id);
  if (number_asked_ < asked_.size()) asked_[number_asked_++] = {id, truths};
  return truths.of(trust_);
}

Truths Assessment::pure_truths(CriterionId id) {
  const QuickCriterion& quick = quick_->criterion(id);
  Truths truths = pure_truths(quick);
  if (quick.is_unconfirmed) truths.untrusted = Truth::unknown;
  return truths;
}

Truths Assessment::pure_truths(const QuickCriterion& quick) {
  using Kind = QuickCriterion::Kind;
  const auto both = [](Truth truth) { return Truths{truth, truth}; };
  switch (quick.kind) {
    case Kind::constant:
      return quick.unstated;
    case Kind::table: {
      std::uint32_t row = quick.table;
      for (const QuickRule::Cell& part : quick_->cells(quick.parts)) {
        row +=
            quick_->class_of(part, cell(quick.list, part.slot)) * part.stride;
      }
      return quick_->row(row);
    }
    case Kind::order: {
      const Value& stated = cell(quick.list, quick.slot);
      if (!stated.is_known()) return quick.unstated;
      const auto ends = quick_->ends(quick.parts);
      if (quick.op == CriterionOp::between) {
        return both(met_if(order_of(stated, ends[0]) >= 0 &&
                           order_of(stated, ends[1]) <= 0));
      }
      return both(by_order(quick.op, order_of(stated, ends[0])));
    }
    case Kind::text: {
      const Value& stated = cell(quick.list, quick.slot);
      if (!stated.is_known()) return quick.unstated;
      reach_ = Reach::beyond;
      const auto texts = quick_->texts(quick.parts);
      const bool is_there =
          std::find(texts.begin(), texts.end(), stated.text()) != texts.end();
      return both(met_if(is_there != (quick.op == CriterionOp::is_not)));
    }
    case Kind::known:
      return cell(quick.list, quick.slot).is_known() ? both(Truth::met)
                                                     : quick.unstated;
    case Kind::listed:
      return subject_.record.lists[at(quick.list)].stated ? both(Truth::met)
                                                          : quick.unstated;
    case Kind::all: {
      Truths result = both(Truth::met);
      const auto children = quick_->parts(quick.parts);
      for (std::size_t i = 0; i < children.size(); ++i) {
        const Truths next = pure_truths(children[i]);
        result.trusted = std::min(result.trusted, next.trusted);
        result.untrusted = std::min(result.untrusted, next.untrusted);
        if (result == both(Truth::not_met)) {
          quick_->asked_too_late(quick.parts, i);
          break;
        }
      }
      return result;
    }
    case Kind::any:
    case Kind::none: {
      Truths result = both(Truth::not_met);
      const auto children = quick_->parts(quick.parts);
      for (std::size_t i = 0; i < children.size(); ++i) {
        const Truths next = pure_truths(children[i]);
        result.trusted = std::max(result.trusted, next.trusted);
        result.untrusted = std::max(result.untrusted, next.untrusted);
        if (result == both(Truth::met)) {
          quick_->asked_too_late(quick.parts, i);
          break;
        }
      }
      if (quick.kind == Kind::none) {
        result = {negate(result.trusted), negate(result.untrusted)};
      }
      return result;
    }
    case Kind::any_item:
      return pure_any_item(quick);
    case Kind::computed:
    case Kind::general:
      break;
  }
  return {};
}

Truths Assessment::pure_any_item(const QuickCriterion& quick) {
  const CriterionId where = quick_->parts(quick.parts).front();
  const List& entries = subject_.record.lists[at(quick.list)];
  Truths result = {Truth::not_met, Truth::not_met};
  if (may_hold_more(quick)) {
    result = {std::min(quick.unstated.trusted, Truth::unknown),
              std::min(quick.unstated.untrusted, Truth::unknown)};
  }
  if (entries.cells.empty()) return result;
  reach_ = std::max(reach_, Reach::entries);
  list_ = quick.list;
  for (entry_ = 0; entry_ < entries.size(); ++entry_) {
    const Truths next = pure_truths(where);
    result.trusted = std::max(result.trusted, next.trusted);
    result.untrusted = std::max(result.untrusted, next.untrusted);
    if (result.trusted == Truth::met && result.untrusted == Truth::met) break;
  }
  list_ = entry_ = -1;
  return result;
}

bool Assessment::may_hold_more(const QuickCriterion& quick) const {
  return quick.may_hold_more ||
         (!subject_.record.lists[at(quick.list)].stated &&
          subject_.catalogue.lists()[at(quick.list)].absence != Absence::none);
}

Truth Assessment::quick_truth(CriterionId id) {
  using Kind = QuickCriterion::Kind;
  const QuickCriterion& quick = quick_->criterion(id);
  if (!trust_ && quick.is_unconfirmed) return Truth::unknown;
  if (quick.is_pure) return pure_truths(id).of(trust_);
  const Truths* blank = quick_->truths_when_blank(quick, subject_.record);
  if (blank) return blank->of(trust_);
  switch (quick.kind) {
    case Kind::all: {
      Truth result = Truth::met;
      const auto children = quick_->parts(quick.parts);
      for (std::size_t i = 0; i < children.size(); ++i) {
        result = std::min(result, quick_truth(children[i]));
        if (result == Truth::not_met) {
          quick_->asked_too_late(quick.parts, i);
          break;
        }
      }
      return result;
    }
    case Kind::any:
    case Kind::none: {
      Truth result = Truth::not_met;
      const auto children = quick_->parts(quick.parts);
      for (std::size_t i = 0; i < children.size(); ++i) {
        result = std::max(result, quick_truth(children[i]));
        if (result == Truth::met) {
          quick_->asked_too_late(quick.parts, i);
          break;
        }
      }
      return quick.kind == Kind::none ? negate(result) : result;
    }
    case Kind::any_item:
      return any_item(quick, id);
    case Kind::computed: {
      reach_ = Reach::beyond;
      const auto values = quick_->parts(quick.parts);
      std::int64_t a = 0, b = 0;
      if (whole(values[0], a) && whole(values[1], b)) {
        return by_order(quick.op, a < b ? -1 : a > b ? 1 : 0);
      }
      const Value left = exact(values[0]);
      if (!left.is_known()) return general_truth(id);
      const Value right = exact(values[1]);
      if (!right.is_known()) return general_truth(id);
      return by_order(quick.op, left.kind() == right.kind()
                                    ? order_of(left, right)
                                    : compare_exact(left, right));
    }
    default:
      return general_truth(id);
  }
}

// What may go wrong is asked for every entry, as Evaluation does.
Truth Assessment::any_item(const QuickCriterion& quick, CriterionId id) {
  // Lists within lists are Evaluation's.
  if (list_ >= 0) return general_truth(id);
  const CriterionId where = quick_->parts(quick.parts).front();
  const List& entries = subject_.record.lists[at(quick.list)];
  Truth result = Truth::not_met;
  if (may_hold_more(quick)) {
    result = std::min(quick.unstated.of(trust_), Truth::unknown);
  }
  if (entries.cells.empty()) return result;
  reach_ = Reach::beyond;
  list_ = quick.list;
  for (entry_ = 0; entry_ < entries.size(); ++entry_) {
    result = std::max(result, quick_truth(where));
  }
  list_ = entry_ = -1;
  return result;
}

std::uint64_t Assessment::likeness_with_entries(std::uint64_t likeness) {
  for (CriterionId id : quick_->entry_criteria()) {
    const Truths truths = pure_any_item(quick_->criterion(id));
    likeness = likeness * 9 + static_cast<std::uint64_t>(truths.trusted) * 3 +
               static_cast<std::uint64_t>(truths.untrusted);
  }
  // Apart from those without entries.
  return likeness | std::uint64_t{1} << 63;
}

bool Assessment::whole(ValueId id, std::int64_t& number) const {
  using Kind = QuickValue::Kind;
  const QuickValue& quick = quick_->value(id);
  switch (quick.kind) {
    case Kind::constant:
    case Kind::fact:
    case Kind::item: {
      const Value& value = quick.kind == Kind::constant
                               ? quick.constant
                               : cell(quick.list, quick.slot);
      if (value.kind() != Value::Kind::number) return false;
      number = value.number().numerator();
      return value.number().is_whole();
    }
    case Kind::add:
    case Kind::subtract:
    case Kind::multiply: {
      const auto parts = quick_->parts(quick.parts);
      std::int64_t a = 0, b = 0;
      if (!whole(parts[0], a) || !whole(parts[1], b)) return false;
      return !(quick.kind == Kind::add ? __builtin_add_overflow(a, b, &number)
               : quick.kind == Kind::subtract
                   ? __builtin_sub_overflow(a, b, &number)
                   : __builtin_mul_overflow(a, b, &number));
    }
    default:
      return false;
  }
}

Value Assessment::exact(ValueId id) {
  using Kind = QuickValue::Kind;
  const QuickValue& quick = quick_->value(id);
  const auto parts = quick_->parts(quick.parts);
  switch (quick.kind) {
    case Kind::constant:
      return quick.constant;
    case Kind::fact:
    case Kind::item:
      return cell(quick.list, quick.slot);
    case Kind::add:
    case Kind::subtract:
    case Kind::multiply: {
      const Value a = exact(parts[0]);
      if (!a.is_known()) return {};
      const Value b = exact(parts[1]);
      if (!b.is_known()) return {};
      const Number x = number_of(a), y = number_of(b);
      const auto result = quick.kind == Kind::add        ? add(x, y)
                          : quick.kind == Kind::subtract ? subtract(x, y)
                                                         : multiply(x, y);
      return result ? value_of(*result, quick.of) : Value();
    }
    case Kind::sum:
      return exact_sum(quick);
    case Kind::choose:
      for (std::size_t i = 0; i < parts.size(); ++i) {
        const CriterionId condition = quick_->parts(quick.conditions)[i];
        const Truth holds = condition < 0 ? Truth::met : quick_truth(condition);
        if (holds == Truth::unknown) return {};
        if (holds == Truth::met) return exact(parts[i]);
      }
      return {};
    case Kind::general:
      break;
  }
  return {};
}

Value Assessment::exact_sum(const QuickValue& quick) {
  const List& entries = subject_.record.lists[at(quick.list)];
  if (list_ >= 0 || quick.may_hold_more || !entries.stated) return {};
  std::optional<Number> total = Number(0);
  list_ = quick.list;
  for (entry_ = 0; entry_ < entries.size() && total; ++entry_) {
    const Truth counts =
        quick.where < 0 ? Truth::met : quick_truth(quick.where);
    if (counts == Truth::not_met) continue;
    const Value part =
        counts == Truth::met ? exact(quick_->parts(quick.parts)[0]) : Value();
    total = part.is_known() ? add(*total, number_of(part)) : std::nullopt;
  }
  list_ = entry_ = -1;
  return total ? value_of(*total, quick.of) : Value();
}

Estimate Assessment::estimate(ValueId id) {
  if (!quick_) return evaluation().estimate(id);
  const QuickValue& quick = quick_->value(id);
  if (trust_) {
    const auto* blank = quick_->estimate_when_blank(quick, subject_.record);
    if (blank) return *blank;
  }
  if (quick.kind == QuickValue::Kind::constant) {
    return Estimate::exactly(quick.constant);
  }
  reach_ = Reach::beyond;
  if (quick.kind != QuickValue::Kind::general) {
    const Value value = exact(id);
    if (value.is_known()) return Estimate::exactly(value);
  }
  return evaluation().estimate(id);
}

}  // namespace sendcheck
