// What can still change an unknown criterion.
//
// Down the tree only where it is unknown: what is decided, no missing fact can change. Within one comparison, cells that it cannot turn on are left out
// where all that they can be can be tried; else they are asked for.
#include <algorithm>

#include "criteria/decisions.hpp"
#include "criteria/explain.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

constexpr std::size_t most_combinations = 20'000;

// What is not known, before it is put into words.
struct Gap {
  enum class Kind { cell, list, judgement };
  Kind kind = Kind::cell;
  FactKey cell;
  int list = -1;
  CriterionId criterion = -1;  // list: which entries are looked for; judgement
  bool operator==(const Gap&) const = default;
};

class Gaps {
 public:
  Gaps(Evaluation& evaluation, const Describer& describer)
      : evaluation_(evaluation), describer_(describer) {}

  void of_criterion(CriterionId id);
  void of_value(ValueId id);

  std::vector<Gap> found;
  std::vector<std::string> outside;

 private:
  const Tree& tree() const { return evaluation_.rule().tree; }
  void add(Gap gap) {
    if (std::find(found.begin(), found.end(), gap) == found.end()) {
      found.push_back(gap);
    }
  }
  void add_cell(FactKey cell);
  void of_comparison(CriterionId id);
  void of_items(const CriterionNode& node);
  void of_list_value(const ValueNode& node);
  void of_decision(ValueId id);
  bool cannot_count_again(const ValueNode& node, int entry);
  bool turns_on(CriterionId id, const std::vector<FactKey>& cells,
                std::size_t index);

  Evaluation& evaluation_;
  const Describer& describer_;
};

void Gaps::add_cell(FactKey cell) {
  // A step that is known not to have happened yet is no gap in the record.
  if (cell.list < 0 && evaluation_.is_not_yet(cell.slot)) return;
  Gap gap;
  gap.cell = cell;
  add(gap);
}

void Gaps::of_criterion(CriterionId id) {
  if (evaluation_.truth(id) != Truth::unknown) return;
  const CriterionNode& node = tree().criteria[at(id)];
  switch (node.op) {
    case CriterionOp::all:
    case CriterionOp::any:
    case CriterionOp::none:
    case CriterionOp::at_least_of:
      for (CriterionId child : node.children) of_criterion(child);
      break;
    case CriterionOp::any_item:
    case CriterionOp::every_item:
      of_items(node);
      break;
    case CriterionOp::judgement:
      add({Gap::Kind::judgement, {}, -1, id});
      break;
    case CriterionOp::test:
      for (const FactKey& cell : evaluation_.answer(node.function).missing) {
        add_cell(cell);
      }
      break;
    default:
      of_comparison(id);
      break;
  }
}

// The entries of a list that are in doubt, and those that are not on file.
void Gaps::of_items(const CriterionNode& node) {
  const CriterionId where = node.children.front();
  const int size = evaluation_.record().lists[at(node.list)].size();
  for (int entry = 0; entry < size; ++entry) {
    Evaluation::InEntry in(evaluation_, node.list, entry);
    of_criterion(where);
  }
  if (!node.open && !evaluation_.may_hold_more(node.list)) return;
  const bool any = node.op == CriterionOp::any_item;
  Evaluation::InEntry in(evaluation_, node.list, -1);
  if (evaluation_.truth(where) != (any ? Truth::not_met : Truth::met)) {
    add({Gap::Kind::list, {}, node.list, any ? where : -1});
  }
}

void Gaps::of_comparison(CriterionId id) {
  const CriterionNode& node = tree().criteria[at(id)];
  for (ValueId value : node.values) {
    if (evaluation_.estimate(value).state == Estimate::State::outside) {
      outside.push_back(describer_.value(value));
      return;
    }
  }
  Gaps inside(evaluation_, describer_);
  for (ValueId value : node.values) inside.of_value(value);
  outside.insert(outside.end(), inside.outside.begin(), inside.outside.end());
  std::vector<FactKey> cells;
  for (const Gap& gap : inside.found) {
    // A list that a function asked for is no cell of which values could be
    // tried.
    if (gap.kind == Gap::Kind::cell && gap.cell.slot >= 0) {
      cells.push_back(gap.cell);
    }
  }
  std::vector<Gap> turning;
  if (cells.size() == inside.found.size()) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (turns_on(id, cells, i)) turning.push_back(inside.found[i]);
    }
  }
  for (const Gap& gap : turning.empty() ? inside.found : turning) add(gap);
}

// Do two values of one cell, with some values of the others, settle the comparison differently? Yes, unless all values were tried.
bool Gaps::turns_on(CriterionId id, const std::vector<FactKey>& cells,
                    std::size_t index) {
  std::vector<std::vector<Estimate>> trials;
  std::size_t combinations = 1;
  for (const FactKey& cell : cells) {
    Trials of_cell = trial_values(evaluation_, cell, id);
    combinations *= of_cell.values.size();
    if (!of_cell.exhaustive || combinations > most_combinations) return true;
    trials.push_back(std::move(of_cell.values));
  }
  Evaluation::Supposing supposing(evaluation_);
  std::vector<std::size_t> choice(cells.size(), 0);
  while (true) {
    bool met = false, not_met = false;
    for (const Estimate& trial : trials[index]) {
      supposing.clear();
      for (std::size_t i = 0; i < cells.size(); ++i) {
        supposing.suppose(cells[i], i == index ? trial : trials[i][choice[i]]);
      }
      const Truth truth = evaluation_.truth(id);
      // Something else is not known either (a step not yet taken).
      if (truth == Truth::unknown) return true;
      (truth == Truth::met ? met : not_met) = true;
    }
    if (met && not_met) return true;
    std::size_t i = 0;
    while (i < cells.size() &&
           (i == index || ++choice[i] == trials[i].size())) {
      choice[i] = 0;
      ++i;
    }
    if (i == cells.size()) return false;
  }
}

void Gaps::of_value(ValueId id) {
  const ValueNode& node = tree().values[at(id)];
  if (node.op != ValueOp::choose && evaluation_.estimate(id).is_exact()) return;
  switch (node.op) {
    case ValueOp::fact:
      add_cell({-1, -1, node.slot});
      break;
    case ValueOp::item:
      if (evaluation_.item_entry() >= 0) {
        add_cell({node.list, evaluation_.item_entry(), node.slot});
      }
      break;
    case ValueOp::count:
    case ValueOp::sum:
    case ValueOp::max_of:
    case ValueOp::min_of:
      of_list_value(node);
      break;
    case ValueOp::compute:
      for (const FactKey& cell : evaluation_.answer(node.function).missing) {
        add_cell(cell);
      }
      break;
    case ValueOp::decide:
    case ValueOp::list_count:
    case ValueOp::list_sum:
    case ValueOp::list_includes:
      of_decision(id);
      break;
    case ValueOp::choose:
      for (std::size_t i = 0; i < node.arguments.size(); ++i) {
        const CriterionId condition = node.conditions[i];
        const Truth holds =
            condition < 0 ? Truth::met : evaluation_.truth(condition);
        if (condition >= 0) of_criterion(condition);
        if (holds != Truth::not_met) of_value(node.arguments[i]);
        if (holds == Truth::met) break;
      }
      break;
    default:
      for (ValueId argument : node.arguments) of_value(argument);
      break;
  }
}

// Only the inputs on which the table can still turn.
void Gaps::of_decision(ValueId id) {
  const Binding::Decide& decide = evaluation_.binding().decides[at(id)];
  if (!decide.table) return;
  if (decide.sought >= 0) of_value(decide.sought);
  TableAsked asked(evaluation_, id);
  for (std::size_t i = 0; i < decide.arguments.size(); ++i) {
    if (asked.turns_on(i)) of_value(decide.arguments[i]);
  }
}

void Gaps::of_list_value(const ValueNode& node) {
  const int list = node.slot;
  const int size = evaluation_.record().lists[at(list)].size();
  for (int entry = 0; entry < size; ++entry) {
    Evaluation::InEntry in(evaluation_, list, entry);
    const Truth counts =
        node.where < 0 ? Truth::met : evaluation_.truth(node.where);
    if (counts == Truth::not_met || cannot_count_again(node, entry)) continue;
    if (node.where >= 0) of_criterion(node.where);
    for (ValueId argument : node.arguments) of_value(argument);
    if (node.field >= 0 &&
        !evaluation_.estimate_of_field(list, entry, node.field).is_exact()) {
      add_cell({list, entry, node.field});
    }
  }
  if (!evaluation_.may_hold_more(list)) return;
  Evaluation::InEntry in(evaluation_, list, -1);
  if (node.where < 0 || evaluation_.truth(node.where) != Truth::not_met) {
    add({Gap::Kind::list, {}, list, node.where});
  }
}

// Of different values, one that is counted already: whatever else the entry turns out to be, it adds nothing.
bool Gaps::cannot_count_again(const ValueNode& node, int entry) {
  if (node.op != ValueOp::count || node.field < 0 || node.where < 0) {
    return false;
  }
  const List& entries = evaluation_.record().lists[at(node.slot)];
  const Value& value = entries.entry(entry)[node.field];
  if (!value.is_known()) return false;
  for (int other = 0; other < entries.size(); ++other) {
    if (other == entry || !(entries.entry(other)[node.field] == value)) {
      continue;
    }
    Evaluation::InEntry in(evaluation_, node.slot, other);
    if (evaluation_.truth(node.where) == Truth::met) return true;
  }
  return false;
}

void put_into_words(Evaluation& evaluation, const Describer& describer,
                    Gaps gaps, Missing& missing) {
  missing.outside.insert(missing.outside.end(), gaps.outside.begin(),
                         gaps.outside.end());
  const auto add = [&](MissingItem item) {
    const bool is_there = std::any_of(
        missing.items.begin(), missing.items.end(),
        [&](const MissingItem& known) {
          return known.fact == item.fact && known.label == item.label;
        });
    if (!is_there) missing.items.push_back(std::move(item));
  };
  for (const Gap& gap : gaps.found) {
    if (gap.kind == Gap::Kind::cell) {
      add(missing_fact(evaluation, gap.cell));
    } else if (gap.kind == Gap::Kind::list) {
      for (MissingItem& part : missing_parts_of_entry(
               evaluation, describer, gap.list, gap.criterion)) {
        add(std::move(part));
      }
    } else {
      const CriterionNode& node =
          evaluation.rule().tree.criteria[at(gap.criterion)];
      add({"judgements[question=" + node.name + "]", node.label,
           MissingItem::Kind::judgement, true});
    }
  }
}

}  // namespace

void collect_missing(Evaluation& evaluation, const Describer& describer,
                     CriterionId criterion, Missing& missing) {
  if (criterion < 0) return;
  Gaps gaps(evaluation, describer);
  gaps.of_criterion(criterion);
  put_into_words(evaluation, describer, std::move(gaps), missing);
}

void collect_missing_of_value(Evaluation& evaluation,
                              const Describer& describer, ValueId value,
                              Missing& missing) {
  if (value < 0) return;
  const Estimate estimate = evaluation.estimate(value);
  if (estimate.is_exact()) return;
  Gaps gaps(evaluation, describer);
  if (estimate.state == Estimate::State::outside) {
    gaps.outside.push_back(describer.value(value));
  } else {
    gaps.of_value(value);
  }
  put_into_words(evaluation, describer, std::move(gaps), missing);
}

}  // namespace sendcheck
