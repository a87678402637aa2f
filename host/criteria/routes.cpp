// The ways to a yes.
//
// For each criterion, the sets of steps that would force it one way, whatever the other missing facts turn out to be; smallest sets only. `all`
// multiplies the sets of its children, `any` adds them, at_least_of and counts choose among them. What a child is, a score or a date of birth, is
// never changed: only facts that the catalogue calls actionable. A fact that stands in several criteria may be asked for two things at once: sets with
// such a fact are tried out.
#include <algorithm>
#include <map>

#include "criteria/explain.hpp"
#include "criteria/step_set.hpp"
#include "criteria/ways.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// Sets kept while ways are multiplied, cheapest first: enough for every rule that a person can read.
constexpr std::size_t kept_sets = 200;
// Values tried together: with more, the ends of each cell come first.
constexpr std::size_t most_combinations = 20'000;

class RouteFinder {
 public:
  RouteFinder(Evaluation& evaluation, const Describer& describer)
      : evaluation_(evaluation), describer_(describer) {}

  // Every smallest set that makes the criterion `wanted`. {StepSet()}: it is so already. {}: there is no way.
  StepSets ways(CriterionId criterion, Truth wanted);
  StepSets both(const StepSets& a, const StepSets& b) const;
  // Those of the sets whose steps can be taken together.
  StepSets possible(StepSets sets, const std::vector<CriterionId>& criteria,
                    Truth wanted);
  // The first so many ways to have all of the criteria met.
  StepSets ways_to_all(const std::vector<CriterionId>& criteria,
                       std::size_t limit);
  Routes routes(const StepSets& sets, std::size_t limit) const;

 private:
  const CriterionNode& node(CriterionId id) const {
    return evaluation_.rule().tree.criteria[at(id)];
  }
  StepSets of_children(const std::vector<CriterionId>& children, Truth wanted,
                       std::size_t needed);
  StepSets of_entries(int list, CriterionId where, int field, int needed,
                      bool open);
  StepSets of_every_entry(int list, CriterionId where, Truth wanted, bool open);
  StepSets ways_here(CriterionId criterion, Truth wanted);
  StepSets of_comparison(CriterionId criterion, Truth wanted);
  StepSets of_judgement(CriterionId criterion, Truth wanted);
  StepSets of_test(CriterionId criterion);
  // Calls `holds` with each combination of values supposed, until it is true. Gives the combination then, one a cell; else nothing.
  template <class Holds>
  std::vector<Estimate> some_values(const std::vector<FactKey>& cells,
                                    const std::vector<CriterionId>& criteria,
                                    Holds holds);
  struct Free {
    FactKey cell;
    bool stated;
  };
  bool is_idle(ValueId value, FactKey cell, const std::vector<Free>& free);
  template <class Holds>
  bool holds_as_before(const StepSet& set, Holds holds);
  bool stands_in_several(FactKey cell) const;
  bool is_possible(const StepSet& set, const std::vector<CriterionId>& criteria,
                   Truth wanted);

  StepSets smallest(StepSets sets) const;
  int cost(const StepSet& set) const;
  static void ask_too(Step& known, const std::string& criterion);
  int step(Step step, int cost, std::optional<FactKey> cell = std::nullopt);
  int step_for(CriterionId criterion, FactKey cell, bool stated);
  int step_for_entry(int list, CriterionId where, int how_many, bool change);
  std::string gap(CriterionId criterion);

  Evaluation& evaluation_;
  const Describer& describer_;
  struct Costed {
    Step step;
    int cost;
    std::optional<FactKey> cell;  // not of a new entry
    bool stands_in_several = false;
    // A value with which sets with this step were found possible.
    std::optional<Estimate> value = std::nullopt;
  };
  std::vector<Costed> steps_;
};

int RouteFinder::cost(const StepSet& set) const {
  int total = 0;
  set.for_each([&](int id) { total += steps_[at(id)].cost; });
  return total;
}

// Ascending cost, then ascending size, then the order in which the steps were found.
StepSets RouteFinder::smallest(StepSets sets) const {
  if (sets.size() < 2) return sets;
  struct Sized {
    StepSet set;
    int size;
    int cost;
  };
  std::vector<Sized> sized;
  sized.reserve(sets.size());
  for (StepSet& set : sets) {
    const int size = set.size(), price = cost(set);
    sized.push_back({std::move(set), size, price});
  }
  std::sort(sized.begin(), sized.end(), [](const Sized& a, const Sized& b) {
    return a.size != b.size ? a.size < b.size : is_before(a.set, b.set);
  });
  std::vector<Sized> kept;
  for (Sized& one : sized) {
    const bool larger = std::any_of(
        kept.begin(), kept.end(),
        [&](const Sized& other) { return one.set.includes(other.set); });
    if (!larger) kept.push_back(std::move(one));
  }
  std::stable_sort(
      kept.begin(), kept.end(),
      [](const Sized& a, const Sized& b) { return a.cost < b.cost; });
  if (kept.size() > kept_sets) kept.resize(kept_sets);
  sets.clear();
  for (Sized& one : kept) sets.push_back(std::move(one.set));
  return sets;
}

StepSets RouteFinder::both(const StepSets& a, const StepSets& b) const {
  // Nothing to do on one side is the most usual.
  if (a.size() == 1 && a.front().empty()) return b;
  if (b.size() == 1 && b.front().empty()) return a;
  StepSets together;
  together.reserve(a.size() * b.size());
  for (const StepSet& first : a) {
    for (const StepSet& second : b) together.push_back(joined(first, second));
  }
  return smallest(std::move(together));
}

// The same fact in two criteria: one step, which must satisfy both.
void RouteFinder::ask_too(Step& known, const std::string& criterion) {
  if (known.criterion.find(criterion) == std::string::npos) {
    known.criterion += " and " + criterion;
  }
}

int RouteFinder::step(Step made, int cost, std::optional<FactKey> cell) {
  for (std::size_t id = 0; id < steps_.size(); ++id) {
    Step& known = steps_[id].step;
    if (steps_[id].cell == cell && known.kind == made.kind &&
        known.fact == made.fact && known.label == made.label) {
      ask_too(known, made.criterion);
      return static_cast<int>(id);
    }
  }
  steps_.push_back(
      {std::move(made), cost, cell, cell && stands_in_several(*cell)});
  return static_cast<int>(steps_.size()) - 1;
}

std::string RouteFinder::gap(CriterionId criterion) {
  const CriterionNode& comparison = node(criterion);
  if (comparison.values.size() != 2) return {};
  // Nobody moves today: how far it is past a limit says nothing of the fact that would change.
  if (evaluation_.rule().tree.values[at(comparison.values[0])].op ==
      ValueOp::as_of) {
    return {};
  }
  const Estimate have = evaluation_.estimate(comparison.values[0]);
  const Estimate need = evaluation_.estimate(comparison.values[1]);
  const ValueType& type =
      evaluation_.rule().tree.values[at(comparison.values[0])].type;
  if (!have.is_exact() || !need.is_exact() || !type.is_numeric()) return {};
  const Number a = number_of(have.value), b = number_of(need.value);
  const auto difference = a < b ? subtract(b, a) : subtract(a, b);
  if (!difference) return {};
  const char* direction = a < b ? " more" : " less";
  if (type.kind == Value::Kind::date) {
    return difference->to_string() +
           (*difference == Number(1) ? " day" : " days") +
           (a < b ? " later" : " earlier");
  }
  if (*difference == Number(0)) {
    return comparison.op == CriterionOp::above ? "more than that" : "less";
  }
  const std::string_view unit = describer_.unit_of(comparison.values[0]);
  const std::string number = describer_.exact(Value::of(*difference), type);
  return (unit.empty() ? number : with_unit(number, std::string(unit))) +
         direction;
}

int RouteFinder::step_for(CriterionId criterion, FactKey cell, bool stated) {
  const auto kind = stated ? Step::Kind::change : Step::Kind::supply;
  const auto known =
      std::find_if(steps_.begin(), steps_.end(), [&](const Costed& other) {
        return other.cell == cell && other.step.kind == kind;
      });
  std::string of = describer_.label(criterion);
  if (known != steps_.end()) {
    ask_too(known->step, of);
    return static_cast<int>(known - steps_.begin());
  }
  MissingItem item = missing_fact(evaluation_, cell);
  Step made;
  made.kind = kind;
  made.fact = std::move(item.fact);
  made.label = std::move(item.label);
  made.criterion = std::move(of);
  if (stated) made.gap = gap(criterion);
  return step(std::move(made), stated ? 3 : 1, cell);
}

int RouteFinder::step_for_entry(int list, CriterionId where, int how_many,
                                bool change) {
  const MissingItem item = missing_entry(evaluation_, describer_, list, where);
  Step made;
  made.kind = change ? Step::Kind::change : Step::Kind::supply;
  made.fact = item.fact;
  made.label = how_many > 1 ? std::to_string(how_many) + " of: " + item.label
                            : item.label;
  made.criterion =
      where < 0 ? std::string("an entry is on file") : describer_.label(where);
  return step(std::move(made), (change ? 3 : 1) * how_many);
}

StepSets RouteFinder::of_children(const std::vector<CriterionId>& children,
                                  Truth wanted, std::size_t needed) {
  // reached[k]: the ways to have k of the children so far as wanted; of those from which the number can still be reached.
  std::vector<StepSets> reached(needed + 1);
  reached[0] = {StepSet()};
  std::size_t left = children.size(), done = 0;
  for (CriterionId child : children) {
    const StepSets of_child = ways(child, wanted);
    --left;
    ++done;
    const std::size_t least = needed > left ? needed - left : 0;
    for (std::size_t k = std::min(needed, done);
         k > 0 && k >= std::max<std::size_t>(least, 1); --k) {
      StepSets more = both(reached[k - 1], of_child);
      if (reached[k].empty()) {
        reached[k] = std::move(more);
        continue;
      }
      more.insert(more.end(), reached[k].begin(), reached[k].end());
      reached[k] = smallest(std::move(more));
    }
  }
  return std::move(reached[needed]);
}

StepSets RouteFinder::of_entries(int list, CriterionId where, int field,
                                 int needed, bool open) {
  if (needed <= 0) return {StepSet()};
  // With a distinct field, entries of one value count once.
  std::vector<StepSets> groups;
  std::map<std::string, std::size_t> group_of;
  const int size = evaluation_.record().lists[at(list)].size();
  for (int entry = 0; entry < size; ++entry) {
    Evaluation::InEntry in(evaluation_, list, entry);
    StepSets sets = where < 0 ? StepSets{StepSet()} : ways(where, Truth::met);
    if (field >= 0) {
      const FactSpec& spec =
          evaluation_.catalogue().lists()[at(list)].fields[at(field)];
      const Value& value =
          evaluation_.record().lists[at(list)].entry(entry)[field];
      if (value.is_known()) {
        const auto [found, is_new] = group_of.emplace(
            to_text(value, spec, evaluation_.catalogue()), groups.size());
        if (is_new) groups.emplace_back();
        StepSets& group = groups[found->second];
        group.insert(group.end(), sets.begin(), sets.end());
        group = smallest(std::move(group));
        continue;
      }
      if (size > 1 || needed > 1) {
        sets =
            both(sets, {StepSet(step_for(where, {list, entry, field}, false))});
      }
    }
    groups.push_back(std::move(sets));
  }
  const auto wanted = static_cast<std::size_t>(needed);
  std::vector<StepSets> reached(wanted + 1);
  reached[0] = {StepSet()};
  for (const StepSets& group : groups) {
    for (std::size_t k = wanted; k > 0; --k) {
      StepSets more = both(reached[k - 1], group);
      more.insert(more.end(), reached[k].begin(), reached[k].end());
      reached[k] = smallest(std::move(more));
    }
  }
  StepSets found = reached[wanted];
  if (open || can_add_entry(evaluation_, list, where)) {
    const bool change = !open && !evaluation_.may_hold_more(list);
    Evaluation::InEntry in(evaluation_, list, -1);
    // With as many more as are short of the number, none of those on file needs anything.
    bool is_enough = false;
    for (int more = 1; more <= needed && !is_enough; ++more) {
      const StepSets& rest = reached[at(needed - more)];
      if (rest.empty()) continue;
      const StepSets with =
          both(rest, {StepSet(step_for_entry(list, where, more, change))});
      found.insert(found.end(), with.begin(), with.end());
      is_enough = rest.front().empty();
    }
  }
  return smallest(std::move(found));
}

StepSets RouteFinder::of_every_entry(int list, CriterionId where, Truth wanted,
                                     bool open) {
  // An open list never states that there is no more.
  if (open || evaluation_.catalogue().lists()[at(list)].open) return {};
  StepSets found{StepSet()};
  const int size = evaluation_.record().lists[at(list)].size();
  for (int entry = 0; entry < size && !found.empty(); ++entry) {
    Evaluation::InEntry in(evaluation_, list, entry);
    found = both(found, ways(where, wanted));
  }
  if (evaluation_.may_hold_more(list)) {
    found = both(found, {StepSet(step_for_entry(list, -1, 1, false))});
  }
  return found;
}

template <class Holds>
std::vector<Estimate> RouteFinder::some_values(
    const std::vector<FactKey>& cells, const std::vector<CriterionId>& criteria,
    Holds holds) {
  if (cells.size() == 1 && criteria.size() == 1) {
    // An end of what the cell can be is most often enough; then it need not be worked out where the criterion turns.
    Evaluation::Supposing supposing(evaluation_);
    for (const Estimate& value : first_trial_values(evaluation_, cells[0])) {
      supposing.clear();
      supposing.suppose(cells[0], value);
      if (holds()) return {value};
    }
  }
  std::vector<std::vector<Estimate>> trials(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    // The others are free as well, whatever is stated.
    Evaluation::Supposing others_are_free(evaluation_);
    for (std::size_t j = 0; j < cells.size(); ++j) {
      if (j == i || (cells[j].list >= 0 && cells[j].entry < 0)) continue;
      others_are_free.suppose(cells[j], possible_values(evaluation_, cells[j]));
    }
    for (CriterionId criterion : criteria) {
      Trials of_cell = trial_values(evaluation_, cells[i], criterion);
      if (trials[i].empty()) {
        trials[i] = std::move(of_cell.values);
      } else {
        trials[i].insert(trials[i].end(), of_cell.values.begin(),
                         of_cell.values.end());
      }
      if (of_cell.exhaustive) break;
    }
    if (trials[i].empty()) return {};
  }
  const auto combinations = [&]() {
    std::size_t product = 1;
    for (const auto& values : trials) product *= values.size();
    return product;
  };
  while (combinations() > most_combinations) {
    std::max_element(
        trials.begin(), trials.end(),
        [](const auto& a, const auto& b) { return a.size() < b.size(); })
        ->pop_back();
  }
  Evaluation::Supposing supposing(evaluation_);
  std::vector<std::size_t> choice(cells.size(), 0);
  while (true) {
    supposing.clear();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      supposing.suppose(cells[i], trials[i][choice[i]]);
    }
    if (holds()) {
      std::vector<Estimate> values;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        values.push_back(trials[i][choice[i]]);
      }
      return values;
    }
    std::size_t i = 0;
    while (i < cells.size() && ++choice[i] == trials[i].size()) {
      choice[i++] = 0;
    }
    if (i == cells.size()) return {};
  }
}

// With the values with which its steps were possible before: most often they are again, and need not be looked for.
template <class Holds>
bool RouteFinder::holds_as_before(const StepSet& set, Holds holds) {
  Evaluation::Supposing supposing(evaluation_);
  bool all_known = true;
  set.for_each([&](int id) {
    const Costed& step = steps_[at(id)];
    if (!step.cell) return;
    all_known = all_known && step.value;
    if (all_known) supposing.suppose(*step.cell, *step.value);
  });
  return all_known && holds();
}

bool RouteFinder::stands_in_several(FactKey cell) const {
  int places = 0;
  const auto& criteria = evaluation_.rule().tree.criteria;
  if (cell.list >= 0 && cell.entry < 0) {
    for (const CriterionNode& other : criteria) {
      places += other.op == CriterionOp::judgement &&
                other.name == criteria[at(cell.slot)].name;
    }
    return places > 1;
  }
  for (const ValueNode& value : evaluation_.rule().tree.values) {
    const bool is_of_list = value.op == ValueOp::count ||
                            value.op == ValueOp::max_of ||
                            value.op == ValueOp::min_of;
    if (cell.list < 0) {
      places += value.op == ValueOp::fact && value.slot == cell.slot;
    } else {
      places += value.op == ValueOp::item && value.list == cell.list &&
                value.slot == cell.slot;
      places +=
          is_of_list && value.slot == cell.list && value.field == cell.slot;
    }
  }
  return places > 1;
}

StepSets RouteFinder::possible(StepSets sets,
                               const std::vector<CriterionId>& criteria,
                               Truth wanted) {
  std::erase_if(sets, [&](const StepSet& set) {
    return !is_possible(set, criteria, wanted);
  });
  return sets;
}

StepSets RouteFinder::ways_to_all(const std::vector<CriterionId>& criteria,
                                  std::size_t limit) {
  std::vector<CriterionId> all, open;
  for (CriterionId criterion : criteria) {
    if (criterion < 0) continue;
    all.push_back(criterion);
    if (evaluation_.truth(criterion) != Truth::met) open.push_back(criterion);
  }
  StepSets sets{StepSet()};
  if (open.size() != 1) {
    for (CriterionId criterion : open) {
      sets = both(sets, ways(criterion, Truth::met));
    }
    return possible(std::move(sets), all, Truth::met);
  }
  // The cheapest come first: no more are tried than are asked for.
  sets.clear();
  for (StepSet& set : ways_here(open[0], Truth::met)) {
    if (sets.size() == limit) break;
    if (is_possible(set, open, Truth::met) &&
        (all.size() == 1 || is_possible(set, all, Truth::met))) {
      sets.push_back(std::move(set));
    }
  }
  return sets;
}

// Where each fact stands in one place, nothing can be asked of it twice.
bool RouteFinder::is_possible(const StepSet& set,
                              const std::vector<CriterionId>& criteria,
                              Truth wanted) {
  bool several = false, all_cells = true;
  set.for_each([&](int id) {
    several = several || steps_[at(id)].stands_in_several;
    all_cells = all_cells && steps_[at(id)].cell;
  });
  if (!several) return true;
  const auto holds = [&]() {
    return std::all_of(
        criteria.begin(), criteria.end(), [&](CriterionId criterion) {
          const Truth truth = evaluation_.truth(criterion);
          // A new entry cannot be supposed in full: it may settle what is open.
          return truth == wanted || (!all_cells && truth == Truth::unknown);
        });
  };
  if (holds_as_before(set, holds)) return true;
  std::vector<FactKey> cells;
  set.for_each([&](int id) {
    if (steps_[at(id)].cell) cells.push_back(*steps_[at(id)].cell);
  });
  const auto values = some_values(cells, criteria, holds);
  if (values.empty()) return false;
  std::size_t next = 0;
  set.for_each([&](int id) {
    Costed& step = steps_[at(id)];
    if (step.cell) step.value = values[next++];
  });
  return true;
}

// True: whatever is supposed of the free cells, the value never reads this one of them. False says nothing.
bool RouteFinder::is_idle(ValueId id, FactKey cell,
                          const std::vector<Free>& free) {
  if (cell.list < 0 || cell.entry < 0) return false;
  const ValueNode& value = evaluation_.rule().tree.values[at(id)];
  if (!value.conditions.empty() || value.op == ValueOp::compute) return false;
  if (value.op == ValueOp::item) {
    return value.list != cell.list || value.slot != cell.slot;
  }
  const bool is_of_list =
      value.op == ValueOp::count || value.op == ValueOp::sum ||
      value.op == ValueOp::max_of || value.op == ValueOp::min_of;
  if (is_of_list) {
    if (value.op != ValueOp::sum || value.slot != cell.list ||
        value.where < 0) {
      return false;
    }
    const Binding::Quick& where = evaluation_.binding().quick[at(value.where)];
    const FactKey asked{cell.list, cell.entry, where.slot};
    if (where.of != Binding::Quick::Of::item || where.list != cell.list ||
        std::any_of(free.begin(), free.end(),
                    [&](const Free& one) { return one.cell == asked; })) {
      return false;
    }
    Evaluation::InEntry in(evaluation_, cell.list, cell.entry);
    return evaluation_.truth(value.where) == Truth::not_met;
  }
  return std::all_of(
      value.arguments.begin(), value.arguments.end(),
      [&](ValueId argument) { return is_idle(argument, cell, free); });
}

StepSets RouteFinder::of_comparison(CriterionId criterion, Truth wanted) {
  const CriterionNode& comparison = node(criterion);
  const Tree& tree = evaluation_.rule().tree;
  const ValueNode& left = tree.values[at(comparison.values[0])];
  if (left.op == ValueOp::count && comparison.values.size() == 2) {
    const Estimate bound = evaluation_.estimate(comparison.values[1]);
    if (bound.is_exact() && (comparison.op == CriterionOp::at_least ||
                             comparison.op == CriterionOp::above)) {
      const int n =
          fewest(number_of(bound.value), comparison.op == CriterionOp::above);
      if (wanted == Truth::met) {
        return of_entries(left.slot, left.where, left.field, n, false);
      }
      if (n == 1 && left.where >= 0) {
        return of_every_entry(left.slot, left.where, Truth::not_met, false);
      }
    }
  }
  Cells cells;
  for (ValueId value : comparison.values) {
    collect_cells(evaluation_, value, Branches::all, cells);
  }
  const auto forces = [&](const std::vector<FactKey>& chosen) {
    return some_values(chosen, {criterion}, [&]() {
      return evaluation_.truth(criterion) == wanted;
    });
  };
  // What may be changed: every missing cell, and the stated ones that an adult can act on.
  std::vector<Free> free;
  for (const FactKey& cell : cells.unknown) free.push_back({cell, false});
  for (const FactKey& cell : cells.stated) {
    if (is_actionable(evaluation_.catalogue(), cell)) {
      free.push_back({cell, true});
    }
  }
  if (free.size() > 8) free.resize(8);
  // A line that does not count (nor can be made to, with what is free) settles nothing, alone or with others.
  const std::vector<Free> all_free = free;
  std::erase_if(free, [&](const Free& one) {
    return std::all_of(
        comparison.values.begin(), comparison.values.end(),
        [&](ValueId value) { return is_idle(value, one.cell, all_free); });
  });
  StepSets found;
  std::vector<unsigned> forcing;
  const unsigned all = 1u << free.size();
  for (unsigned size = 1; size <= std::min<std::size_t>(free.size(), 4);
       ++size) {
    for (unsigned mask = 1; mask < all; ++mask) {
      if (static_cast<unsigned>(__builtin_popcount(mask)) != size) continue;
      if (std::any_of(forcing.begin(), forcing.end(),
                      [&](unsigned m) { return (mask & m) == m; })) {
        continue;
      }
      std::vector<FactKey> chosen;
      for (std::size_t i = 0; i < free.size(); ++i) {
        if (mask & (1u << i)) chosen.push_back(free[i].cell);
      }
      const std::vector<Estimate> values = forces(chosen);
      if (values.empty()) continue;
      forcing.push_back(mask);
      StepSet set;
      std::size_t next = 0;
      for (std::size_t i = 0; i < free.size(); ++i) {
        if ((mask & (1u << i)) == 0) continue;
        const int id = step_for(criterion, free[i].cell, free[i].stated);
        steps_[at(id)].value = values[next++];
        set.add(id);
      }
      found.push_back(std::move(set));
    }
  }
  for (const Cells::OpenList& list : cells.lists) {
    // A total or a latest date over entries that are not on file.
    if (!can_add_entry(evaluation_, list.list, list.where)) continue;
    {
      Evaluation::Supposing supposing(evaluation_);
      supposing.suppose_another_entry(list.list);
      if (evaluation_.truth(criterion) == negate(wanted)) continue;
    }
    const bool change = !evaluation_.may_hold_more(list.list);
    const int step = step_for_entry(list.list, list.where, 1, change);
    found.emplace_back(step);
    if (change) steps_[at(step)].step.gap = gap(criterion);
  }
  return smallest(std::move(found));
}

StepSets RouteFinder::of_judgement(CriterionId criterion, Truth wanted) {
  const CriterionNode& judgement = node(criterion);
  const auto& criteria = evaluation_.rule().tree.criteria;
  CriterionId first = 0;
  while (!(criteria[at(first)].op == CriterionOp::judgement &&
           criteria[at(first)].name == judgement.name)) {
    ++first;
  }
  Step made;
  made.kind = Step::Kind::supply;
  made.fact = "judgements[question=" + judgement.name + "]";
  made.label = judgement.label;
  made.criterion = wanted == Truth::met ? "a named person answers yes"
                                        : "a named person answers no";
  return {
      StepSet(step(std::move(made), 1, FactKey{judgement.list, -1, first}))};
}

StepSets RouteFinder::of_test(CriterionId criterion) {
  StepSet set;
  for (const FactKey& cell :
       evaluation_.answer(node(criterion).function).missing) {
    set.add(step_for(criterion, cell, false));
  }
  return set.empty() ? StepSets{} : StepSets{set};
}

StepSets RouteFinder::ways(CriterionId criterion, Truth wanted) {
  if (evaluation_.truth(criterion) == wanted) return {StepSet()};
  return possible(ways_here(criterion, wanted), {criterion}, wanted);
}

StepSets RouteFinder::ways_here(CriterionId criterion, Truth wanted) {
  const Truth now = evaluation_.truth(criterion);
  const CriterionNode& here = node(criterion);
  const std::size_t children = here.children.size();
  const bool met = wanted == Truth::met;
  switch (here.op) {
    case CriterionOp::all:
      return of_children(here.children, wanted, met ? children : 1);
    case CriterionOp::any:
      return of_children(here.children, wanted, met ? 1 : children);
    case CriterionOp::none:
      return of_children(here.children, negate(wanted), met ? children : 1);
    case CriterionOp::at_least_of: {
      const auto n = at(here.n);
      if (met)
        return n > children ? StepSets{}
                            : of_children(here.children, wanted, n);
      return of_children(here.children, wanted, children - n + 1);
    }
    case CriterionOp::any_item:
      return met ? of_entries(here.list, here.children.front(), -1, 1,
                              here.open)
                 : of_every_entry(here.list, here.children.front(),
                                  Truth::not_met, here.open);
    case CriterionOp::every_item:
      return met ? of_every_entry(here.list, here.children.front(), Truth::met,
                                  false)
                 : StepSets{};
    case CriterionOp::judgement:
      return now == Truth::unknown ? of_judgement(criterion, wanted)
                                   : StepSets{};
    case CriterionOp::test:
      return now == Truth::unknown ? of_test(criterion) : StepSets{};
    case CriterionOp::is_known: {
      Cells cells;
      collect_cells(evaluation_, here.values[0], Branches::taken, cells);
      StepSet set;
      if (!met) return {};
      for (const FactKey& cell : cells.unknown) {
        set.add(step_for(criterion, cell, false));
      }
      return set.empty() ? StepSets{} : StepSets{set};
    }
    default:
      return of_comparison(criterion, wanted);
  }
}

Routes RouteFinder::routes(const StepSets& sets, std::size_t limit) const {
  Routes found;
  std::vector<int> position(steps_.size(), -1);
  for (const StepSet& set : sets) {
    if (found.ways.size() == limit) break;
    if (set.empty()) continue;
    std::vector<int>& way = found.ways.emplace_back();
    way.reserve(at(set.size()));
    set.for_each([&](int id) {
      if (position[at(id)] < 0) {
        // Two facts may have the same words.
        const Step& step = steps_[at(id)].step;
        const auto known =
            std::find(found.steps.begin(), found.steps.end(), step);
        position[at(id)] = static_cast<int>(known - found.steps.begin());
        if (known == found.steps.end()) found.steps.push_back(step);
      }
      way.push_back(position[at(id)]);
    });
  }
  return found;
}

}  // namespace

Routes routes_to_met(Evaluation& evaluation, const Describer& describer,
                     const std::vector<CriterionId>& criteria,
                     std::size_t limit) {
  for (CriterionId criterion : criteria) {
    if (criterion >= 0 && is_hopeless(evaluation, criterion, Truth::met)) {
      return {};
    }
  }
  RouteFinder finder(evaluation, describer);
  return finder.routes(finder.ways_to_all(criteria, limit), limit);
}

}  // namespace sendcheck
