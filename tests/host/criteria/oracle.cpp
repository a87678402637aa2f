#include "oracle.hpp"

#include <algorithm>
#include <set>

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// The index of a code or text; no two lists of the small world share one.
Plain plain_of(const std::string& text) {
  static const std::map<std::string, Plain> all = {
      {"x", 0}, {"y", 1}, {"z", 2}, {"1", 0}, {"2", 1},
      {"3", 2}, {"X", 3}, {"p", 0}, {"q", 1}, {"zz", 2}};
  return all.at(text);
}

Plain plain_of(const Literal& literal) {
  if (const bool* truth = std::get_if<bool>(&literal)) return *truth;
  if (const Number* number = std::get_if<Number>(&literal)) {
    return number->numerator();
  }
  if (const Money* money = std::get_if<Money>(&literal)) {
    return money->pence() / 100;
  }
  if (const Date* date = std::get_if<Date>(&literal)) return date->days();
  return plain_of(std::get<std::string>(literal));
}

constexpr Plain no_rank = 3;

}  // namespace

Oracle::Oracle(const DraftRule& rule, const SmallWorld& world,
               const Given& given)
    : rule_(rule), world_(world), given_(given) {
  for (const DraftValue& value : rule.values) {
    int slot = -1, field = -1;
    const auto& fields = world.lists.front().fields;
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (value.op == ValueOp::item && fields[f].path == value.name) {
        slot = static_cast<int>(f);
      }
      if (fields[f].path == value.field) field = static_cast<int>(f);
    }
    if (value.op == ValueOp::fact) slot = world.fact(value.name);
    if (slot < 0) slot = world.list(value.name);
    value_slot_.push_back(slot);
    field_slot_.push_back(field);
  }
  for (const DraftCriterion& criterion : rule.criteria) {
    criterion_slot_.push_back(world.list(criterion.name));
  }
}

bool Oracle::is_rank(ValueId id) const {
  const DraftValue& value = rule_.values[at(id)];
  return value.op == ValueOp::fact && value.name.rfind("ordered", 0) == 0;
}

bool Oracle::compare(CriterionOp op, std::optional<Plain> left,
                     std::optional<Plain> right) const {
  if (!left || !right) return op == CriterionOp::is_not;
  switch (op) {
    case CriterionOp::is:
      return *left == *right;
    case CriterionOp::is_not:
      return *left != *right;
    case CriterionOp::at_least:
      return *left >= *right;
    case CriterionOp::at_most:
      return *left <= *right;
    case CriterionOp::above:
      return *left > *right;
    default:
      return *left < *right;
  }
}

std::vector<const PlainEntry*> Oracle::counted(ValueId id,
                                               const Completion& all) {
  const DraftValue& node = rule_.values[at(id)];
  std::vector<const PlainEntry*> entries;
  for (const PlainEntry& entry : all.lists[at(value_slot_[at(id)])]) {
    const PlainEntry* outer = item;
    item = &entry;
    if (node.where < 0 || holds(node.where, all)) entries.push_back(&entry);
    item = outer;
  }
  return entries;
}

std::optional<Plain> Oracle::value(ValueId id, const Completion& all) {
  const DraftValue& node = rule_.values[at(id)];
  const int slot = value_slot_[at(id)];
  const auto field = at(std::max(field_slot_[at(id)], 0));
  const auto argument = [&](std::size_t i) {
    return value(node.arguments[i], all);
  };
  switch (node.op) {
    case ValueOp::constant:
      return plain_of(node.literal);
    case ValueOp::fact:
      return all.facts[at(slot)];
    case ValueOp::parameter:
      return given_.at(node.name).front();
    case ValueOp::item:
      return (*item)[at(slot)];
    case ValueOp::as_of:
      return world_.as_of.days();
    case ValueOp::count: {
      std::set<Plain> different;
      const auto entries = counted(id, all);
      for (const PlainEntry* entry : entries) different.insert((*entry)[field]);
      return static_cast<Plain>(node.field.empty() ? entries.size()
                                                   : different.size());
    }
    case ValueOp::sum: {
      Plain total = 0;
      for (const PlainEntry* entry : counted(id, all)) {
        const PlainEntry* outer = item;
        item = entry;
        total += argument(0).value_or(0);
        item = outer;
      }
      return total;
    }
    case ValueOp::max_of:
    case ValueOp::min_of: {
      std::optional<Plain> best;
      for (const PlainEntry* entry : counted(id, all)) {
        const Plain next = (*entry)[field];
        const bool better =
            !best || (node.op == ValueOp::max_of ? *best < next : next < *best);
        if (better) best = next;
      }
      return best;
    }
    case ValueOp::choose:
      for (std::size_t i = 0; i < node.arguments.size(); ++i) {
        if (node.conditions[i] < 0 || holds(node.conditions[i], all)) {
          return argument(i);
        }
      }
      return std::nullopt;
    case ValueOp::day_before:
      return argument(0) ? std::optional(*argument(0) - 1) : std::nullopt;
    default:
      break;
  }
  std::optional<Plain> result = argument(0);
  for (std::size_t i = 1; i < node.arguments.size(); ++i) {
    const std::optional<Plain> next = argument(i);
    if (!result || !next) return std::nullopt;
    const Plain a = *result, b = *next;
    switch (node.op) {
      case ValueOp::add:
        result = a + b;
        break;
      case ValueOp::subtract:
        result = a - b;
        break;
      case ValueOp::multiply:
        result = a * b;
        break;
      case ValueOp::lowest:
        result = std::min(a, b);
        break;
      case ValueOp::highest:
        result = std::max(a, b);
        break;
      case ValueOp::days_between:
        result = b - a;
        break;
      case ValueOp::days_after:
        result = b + a;
        break;
      case ValueOp::days_beginning_with:
        result = b + a - 1;
        break;
      case ValueOp::within_weeks:
        result = b + 7 * a;
        break;
      default:  // weeks_before
        result = b - 7 * a;
        break;
    }
  }
  return result;
}

bool Oracle::holds(CriterionId id, const Completion& all) {
  const DraftCriterion& node = rule_.criteria[at(id)];
  const auto count_met = [&]() {
    return std::count_if(node.children.begin(), node.children.end(),
                         [&](CriterionId child) { return holds(child, all); });
  };
  const auto operand = [&](std::size_t i) {
    return value(node.values[i], all);
  };
  switch (node.op) {
    case CriterionOp::all:
      return count_met() == static_cast<std::ptrdiff_t>(node.children.size());
    case CriterionOp::any:
      return count_met() > 0;
    case CriterionOp::none:
      return count_met() == 0;
    case CriterionOp::at_least_of:
      return count_met() >= node.n;
    case CriterionOp::any_item:
    case CriterionOp::every_item: {
      const bool any = node.op == CriterionOp::any_item;
      for (const PlainEntry& entry : all.lists[at(criterion_slot_[at(id)])]) {
        const PlainEntry* outer = item;
        item = &entry;
        const bool met = holds(node.children.front(), all);
        item = outer;
        if (met == any) return any;
      }
      return !any;
    }
    case CriterionOp::judgement:
      return all.judgements.at(node.name);
    case CriterionOp::is_known:
      return all.stated[at(value_slot_[at(node.values[0])])];
    case CriterionOp::is_one_of:
      for (std::size_t i = 1; i < node.values.size(); ++i) {
        const DraftValue& right = rule_.values[at(node.values[i])];
        if (right.op == ValueOp::parameter) {
          for (Plain allowed : given_.at(right.name)) {
            if (operand(0) == allowed) return true;
          }
        } else if (compare(CriterionOp::is, operand(0), operand(i))) {
          return true;
        }
      }
      return false;
    default:
      break;
  }
  const bool orders =
      node.op != CriterionOp::is && node.op != CriterionOp::is_not;
  if (orders && is_rank(node.values[0])) {
    for (std::size_t i = 0; i < node.values.size(); ++i) {
      if (operand(i) == no_rank) return false;
    }
  }
  if (node.op == CriterionOp::between) {
    return compare(CriterionOp::at_least, operand(0), operand(1)) &&
           compare(CriterionOp::at_most, operand(0), operand(2));
  }
  return compare(node.op, operand(0), operand(1));
}

}  // namespace sendcheck
