#include "casework/moved_case.hpp"

#include <algorithm>
#include <array>

#include "casework/planted_changes.hpp"
#include "criteria/explain.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// How far a fact is moved, in steps: more than any sum of money in a pupil's record, in pence.
constexpr std::int64_t farthest = std::int64_t{1} << 27;

Record copy_of(const Record& record) {
  Record copy;
  copy.scalars = record.scalars;
  copy.lists = record.lists;
  return copy;
}

bool has_steps(const FactSpec& spec) {
  return spec.type == FactType::integer || spec.type == FactType::decimal ||
         spec.type == FactType::money || spec.type == FactType::date;
}

// Of a record that may be changed, or not.
template <class AnyRecord>
auto& cell_of(AnyRecord& record, const FactKey& cell) {
  if (cell.list < 0) return record.scalars[at(cell.slot)];
  auto& list = record.lists[at(cell.list)];
  return list.cells[at(cell.entry * list.width + cell.slot)];
}

Number step_of_fact(const Value& value, const FactSpec& spec) {
  if (spec.type == FactType::money) return Number::fraction(1, 100).value();
  if (spec.type != FactType::decimal) return Number(1);
  return std::min(step_of(value, ParameterType::decimal),
                  Number::fraction(1, 10).value());
}

}  // namespace

int sign_of(Number number) {
  return number < Number(0) ? -1 : Number(0) < number ? 1 : 0;
}

std::optional<Number> MovedCase::distance(const Made& made) const {
  Evaluation evaluation = bench_.evaluation(case_, made.record, made.as_of);
  const auto difference = [&]() -> std::optional<Number> {
    const Estimate left = evaluation.estimate(compared_.left);
    if (!left.is_exact() || !left.is_numeric()) return std::nullopt;
    if (compared_.right < 0) {
      return subtract(number_of(left.value), compared_.edge);
    }
    const Estimate right = evaluation.estimate(compared_.right);
    if (!right.is_exact() || !right.is_numeric()) return std::nullopt;
    return subtract(number_of(left.value), number_of(right.value));
  };
  std::optional<Number> found;
  if (compared_.list < 0) {
    found = difference();
  } else {
    if (made.record.lists[at(compared_.list)].size() <= entry_) {
      return std::nullopt;
    }
    Evaluation::InEntry in(evaluation, compared_.list, entry_);
    found = difference();
  }
  if (evaluation.fault()) return std::nullopt;
  return found;
}

Made MovedCase::unmoved() const {
  return {copy_of(case_.worked->entry.record), case_.worked->as_of};
}

std::vector<Handle> MovedCase::handles() const {
  Evaluation evaluation = bench_.evaluation(case_, case_.worked->entry.record);
  Cells cells;
  const auto collect = [&] {
    for (const ValueId id : {compared_.left, compared_.right}) {
      if (id >= 0) collect_cells(evaluation, id, Branches::taken, cells);
    }
  };
  if (compared_.list < 0) {
    collect();
  } else {
    Evaluation::InEntry in(evaluation, compared_.list, entry_);
    collect();
  }
  std::vector<Handle> found;
  std::set<std::pair<int, int>> entries;
  for (const FactKey& cell : cells.stated) {
    if (cell.slot >= 0 && has_steps(spec_of(cell))) {
      found.push_back({Handle::Of::cell, cell});
    }
    if (cell.list >= 0 && cell.entry >= 0) {
      entries.insert({cell.list, cell.entry});
    }
  }
  for (const ValueId id : {compared_.left, compared_.right}) {
    if (id >= 0) add_counted(id, entries);
  }
  for (const auto& [list, entry] : entries) {
    if (list != compared_.list) {
      found.push_back({Handle::Of::entries, {list, entry, -1}});
    }
  }
  found.push_back({Handle::Of::day, {}});
  return found;
}

std::optional<Made> MovedCase::moved(const Handle& handle,
                                     std::int64_t steps) const {
  Made made = unmoved();
  switch (handle.of) {
    case Handle::Of::day:
      if (steps < -40000 || steps > 40000) return std::nullopt;
      made.as_of =
          Date::from_days(static_cast<std::int32_t>(made.as_of.days() + steps));
      return made;
    case Handle::Of::entries:
      return with_entries(handle.cell, steps, std::move(made));
    case Handle::Of::cell:
      break;
  }
  Value& cell = cell_of(made.record, handle.cell);
  const FactSpec& spec = spec_of(handle.cell);
  const auto size = multiply(step_of_fact(cell, spec), Number(steps));
  const auto to = size ? add(number_of(cell), *size) : std::nullopt;
  if (!to || (spec.minimum && *to < *spec.minimum) ||
      (spec.maximum && *spec.maximum < *to)) {
    return std::nullopt;
  }
  if (spec.type == FactType::date) {
    // The year is that of somebody now alive.
    if (*to < Number(-25567) || Number(47482) < *to) return std::nullopt;
  }
  if (spec.type == FactType::money) {
    const auto money = Money::round_half_up(*to);
    if (!money) return std::nullopt;
    cell = Value::of(*money);
  } else {
    cell = value_of(*to, cell.kind());
  }
  return made;
}

std::string MovedCase::words_of(const Handle& handle, const Made& made) const {
  switch (handle.of) {
    case Handle::Of::day:
      return "on " + made.as_of.in_words();
    case Handle::Of::entries:
      return "with " +
             std::to_string(made.record.lists[at(handle.cell.list)].size()) +
             " entries in the " +
             bench_.catalogue().lists()[at(handle.cell.list)].label;
    case Handle::Of::cell:
      break;
  }
  const FactSpec& spec = spec_of(handle.cell);
  return "where the " + spec.label + " is " +
         in_words(cell_of(made.record, handle.cell), spec, bench_.catalogue());
}

const FactSpec& MovedCase::spec_of(const FactKey& cell) const {
  const Catalogue& catalogue = bench_.catalogue();
  return cell.list < 0 ? catalogue.scalars()[at(cell.slot)]
                       : catalogue.lists()[at(cell.list)].fields[at(cell.slot)];
}

std::optional<Made> MovedCase::with_entries(const FactKey& which,
                                            std::int64_t more, Made made) {
  List& list = made.record.lists[at(which.list)];
  if (more < -1 || more > 60) return std::nullopt;
  const auto from = list.cells.begin() + which.entry * list.width;
  const std::vector<Value> entry(from, from + list.width);
  if (more < 0) list.cells.erase(from, from + list.width);
  for (; more > 0; --more) {
    list.cells.insert(list.cells.end(), entry.begin(), entry.end());
  }
  return made;
}

void MovedCase::add_counted(ValueId id,
                            std::set<std::pair<int, int>>& entries) const {
  const ValueNode& node = bench_.rule().tree.values[at(id)];
  if (node.op == ValueOp::count) {
    const int size = case_.worked->entry.record.lists[at(node.slot)].size();
    for (int entry = 0; entry < size; ++entry) {
      entries.insert({node.slot, entry});
    }
  }
  for (const ValueId argument : node.arguments) {
    if (argument >= 0) add_counted(argument, entries);
  }
}

std::optional<std::int64_t> Crossing::steps_to(BoundarySide::Where where) {
  hit_bound_ = crossed_ = false;
  if (!sign_at(0)) return std::nullopt;
  // Whether a step up raises the left or lowers it, is found by trying out.
  for (const int up : {1, -1}) {
    up_ = up;
    const auto found = where == BoundarySide::Where::below ? last_below()
                       : where == BoundarySide::Where::at  ? first_not_below(0)
                                                           : first_not_below(1);
    if (!found) continue;
    crossed_ = true;
    const std::int64_t steps = *found;
    const auto there = sign_at(steps);
    const int wanted = where == BoundarySide::Where::below ? -1
                       : where == BoundarySide::Where::at  ? 0
                                                           : 1;
    if (there && *there == wanted) return steps * up_;
  }
  return std::nullopt;
}

std::optional<int> Crossing::sign_at(std::int64_t steps) {
  auto [known, is_new] = signs_.try_emplace(steps * up_);
  if (is_new) {
    if (const auto made = handling_.moved(handle_, steps * up_)) {
      if (const auto distance = handling_.distance(*made)) {
        known->second = sign_of(*distance);
      }
    }
  }
  return known->second;
}

std::optional<std::int64_t> Crossing::first_not_below(int least) {
  const auto reaches = [&](std::int64_t steps) {
    const auto found = sign_at(steps);
    return found && *found >= least;
  };
  const bool here = reaches(0);
  // Outwards, doubling, until it changes; then halving.
  std::int64_t inside = 0, outside = 0;
  for (std::int64_t by = 1; by <= farthest; by *= 2) {
    const std::int64_t steps = here ? -by : by;
    auto found = sign_at(steps);
    if (!found) {
      // Beyond what the fact can be: nearer, if anywhere.
      const auto edge = last_known(here ? -by / 2 : by / 2, steps);
      if (reaches(edge) == here) {
        hit_bound_ = hit_bound_ || handle_.of != Handle::Of::day;
        return std::nullopt;
      }
      outside = edge;
      break;
    }
    if ((*found >= least) != here) {
      outside = steps;
      break;
    }
    inside = steps;
  }
  if (outside == 0) return std::nullopt;
  while (std::abs(outside - inside) > 1) {
    const std::int64_t middle = inside + (outside - inside) / 2;
    (reaches(middle) == here ? inside : outside) = middle;
  }
  return here ? inside : outside;
}

std::int64_t Crossing::last_known(std::int64_t known, std::int64_t unknown) {
  while (std::abs(unknown - known) > 1) {
    const std::int64_t middle = known + (unknown - known) / 2;
    (sign_at(middle) ? known : unknown) = middle;
  }
  return known;
}

std::optional<std::int64_t> Crossing::last_below() {
  const auto first = first_not_below(0);
  return first ? std::optional(*first - 1) : std::nullopt;
}

}  // namespace sendcheck
