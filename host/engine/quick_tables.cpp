// Facts by the classes of what they state, and criteria over them as tables.
#include <algorithm>

#include "engine/quick_builder.hpp"

namespace sendcheck {
namespace {

// More combinations of codes than this are not worth asking for.
constexpr std::size_t most_combinations = 600;

}  // namespace

bool QuickRuleBuilder::gather(CriterionId id, int list, Ends& ends) const {
  const QuickCriterion& quick = quick_.criteria_[at(id)];
  switch (quick.kind) {
    case Kind::constant:
      return true;
    case Kind::known:
      ends[quick.slot];
      return quick.list == list;
    case Kind::order:
      for (const Value& end : quick_.ends(quick.parts)) {
        insert(ends[quick.slot], end);
      }
      return quick.list == list;
    case Kind::table:
      for (const QuickRule::Cell& cell : quick_.cells(quick.parts)) {
        for (const Value& end : quick_.ends(cell.ends)) {
          insert(ends[cell.slot], end);
        }
      }
      return quick.list == list;
    case Kind::all:
    case Kind::any:
    case Kind::none:
      return std::ranges::all_of(node(id).children, [&](CriterionId child) {
        return gather(child, list, ends);
      });
    default:
      return false;
  }
}

void QuickRuleBuilder::insert(std::vector<Value>& ends, const Value& end) {
  const auto place = std::ranges::lower_bound(
      ends, end,
      [](const Value& a, const Value& b) { return compare_exact(a, b) < 0; });
  if (place == ends.end() || *place != end) ends.insert(place, end);
}

std::optional<QuickRule::Cell> QuickRuleBuilder::cell_of(int list, int slot,
                                                         const Ends& ends) {
  const FactSpec& spec = spec_of(list, slot);
  QuickRule::Cell cell;
  cell.slot = slot;
  if (spec.open) return std::nullopt;
  if (spec.type == FactType::boolean || spec.type == FactType::code) {
    cell.by = QuickRule::Cell::By::code;
    cell.classes = spec.type == FactType::boolean
                       ? 3
                       : static_cast<std::uint32_t>(
                             catalogue_.codes_of(spec).codes.size() + 1);
    return cell;
  }
  const auto found = ends.find(slot);
  if (found == ends.end()) return std::nullopt;
  if (!found->second.empty()) {
    cell.by = QuickRule::Cell::By::ends;
    cell.ends = added(quick_.ends_, found->second);
    cell.classes = static_cast<std::uint32_t>(2 * found->second.size() + 2);
  }
  return cell;
}

Value QuickRuleBuilder::value_in(const QuickRule::Cell& cell, std::uint32_t of,
                                 FactType type) const {
  if (of == 0) return {};
  if (cell.by == QuickRule::Cell::By::code) {
    return type == FactType::boolean ? Value::of(of == 2)
                                     : Value::code(static_cast<int>(of) - 1);
  }
  const auto ends = quick_.ends(cell.ends);
  if (ends.empty()) {
    return type == FactType::date    ? Value::of(as_of_)
           : type == FactType::money ? Value::of(Money())
           : type == FactType::text  ? Value::text("")
                                     : Value::of(Number(0));
  }
  const std::size_t index = (of - 1) / 2;
  if (of % 2 == 0) return ends[index];
  const bool is_last = index == ends.size();
  const Value& end = ends[is_last ? index - 1 : index];
  const int step = is_last ? 1 : -1;
  switch (end.kind()) {
    case Value::Kind::date:
      return Value::of(end.date() + step);
    case Value::Kind::money:
      return Value::of(Money::from_pence(end.money().pence() + step));
    default:
      break;
  }
  if (!is_last && index > 0) {
    const auto sum = sendcheck::add(ends[index - 1].number(), end.number());
    const auto half = sum ? divide(*sum, Number(2)) : std::nullopt;
    if (half) return Value::of(*half);
  }
  return Value::of(
      sendcheck::add(end.number(), Number(step)).value_or(end.number()));
}

bool QuickRuleBuilder::make_table(CriterionId id, const Reads& reads,
                                  const Ends& ends, QuickCriterion& quick) {
  if (reads.only_general || !reads.lists.empty()) return false;
  if (reads.nothing()) {
    const auto truths = ask(id, blank_);
    if (!truths) return false;
    quick.kind = Kind::constant;
    quick.unstated = *truths;
    return true;
  }
  if (!reads.scalars.empty() && !reads.fields.empty()) return false;
  const bool of_list = reads.scalars.empty();
  const int list = of_list ? reads.item_list : -1;
  std::vector<QuickRule::Cell> cells;
  std::size_t combinations = 1;
  for (int slot : of_list ? reads.fields : reads.scalars) {
    auto cell = cell_of(list, slot, ends);
    if (!cell) return false;
    cell->stride = static_cast<std::uint32_t>(combinations);
    combinations *= cell->classes;
    if (combinations > most_combinations) return false;
    cells.push_back(*cell);
  }
  Record record = Record::empty(catalogue_);
  Value* first = record.scalars.data();
  if (of_list) {
    List& entries = record.lists[at(list)];
    entries.stated = true;
    entries.cells.resize(at(entries.width));
    first = entries.cells.data();
  }
  std::vector<Truths> table;
  for (std::size_t i = 0; i < combinations; ++i) {
    for (const QuickRule::Cell& cell : cells) {
      const auto of =
          static_cast<std::uint32_t>(i / cell.stride % cell.classes);
      first[cell.slot] = value_in(cell, of, spec_of(list, cell.slot).type);
    }
    const auto truths = ask(id, record, list, of_list ? 0 : -1);
    if (!truths) return false;
    table.push_back(*truths);
  }
  quick.kind = Kind::table;
  quick.list = static_cast<std::int16_t>(list);
  quick.parts = added(quick_.cells_, cells);
  quick.table = added(quick_.rows_, table).first;
  return true;
}

void QuickRuleBuilder::make_classes() {
  Reads reads;
  for (CriterionId root :
       {rule_.applies_when, rule_.met_when, rule_.refer_when}) {
    read(root, reads);
  }
  for (const Payment& payment : rule_.payments) {
    read(payment.when, reads);
    read_value(payment.value, reads);
  }
  if (rule_.has_deadline) read_value(rule_.deadline.date, reads);
  // The keys must not run into one another.
  std::uint64_t keys = 1;
  const auto fits = [&](std::uint64_t classes) {
    if (keys > (std::uint64_t{1} << 62) / classes) return false;
    keys *= classes;
    return true;
  };
  const Ends ends = all_ends();
  for (int slot : reads.scalars) {
    QuickRule::Cell cell;
    cell.slot = slot;
    if (const auto classed = cell_of(-1, slot, ends)) cell = *classed;
    if (!fits(cell.classes)) return;
    quick_.classed_.push_back(cell);
  }
  for (int list : reads.lists) {
    if (!fits(3)) return;
    quick_.lists_.push_back(list);
  }
  for (std::size_t id = 0; id < quick_.criteria_.size(); ++id) {
    const QuickCriterion& quick = quick_.criteria_[id];
    if (quick.kind != Kind::any_item || !quick.is_pure) continue;
    if (!fits(9)) return;
    quick_.entry_criteria_.push_back(static_cast<CriterionId>(id));
  }
  quick_.is_of_no_use_ = false;
  quick_.alike_.resize(std::size_t{1} << QuickRule::likeness_bits);
}

QuickRuleBuilder::Ends QuickRuleBuilder::all_ends() const {
  Ends ends;
  for (const QuickCriterion& quick : quick_.criteria_) {
    if (quick.list >= 0) continue;
    if (quick.kind == Kind::order) {
      for (const Value& end : quick_.ends(quick.parts)) {
        insert(ends[quick.slot], end);
      }
    } else if (quick.kind == Kind::table) {
      for (const QuickRule::Cell& cell : quick_.cells(quick.parts)) {
        for (const Value& end : quick_.ends(cell.ends)) {
          insert(ends[cell.slot], end);
        }
      }
    }
  }
  return ends;
}

}  // namespace sendcheck
