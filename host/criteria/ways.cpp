#include "criteria/ways.hpp"

#include <algorithm>

#include "criteria/explain.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// In the order of RouteFinder, whose answer it foresees: where it says that there is no way, the search finds none.
class Outlook {
 public:
  explicit Outlook(Evaluation& evaluation) : evaluation_(evaluation) {}

  bool is_hopeless(CriterionId criterion, Truth wanted) {
    const Truth now = evaluation_.truth(criterion);
    if (now == wanted) return false;
    const CriterionNode& here = node(criterion);
    const std::size_t children = here.children.size();
    const bool met = wanted == Truth::met;
    switch (here.op) {
      case CriterionOp::all:
        return too_few(here.children, wanted, met ? children : 1);
      case CriterionOp::any:
        return too_few(here.children, wanted, met ? 1 : children);
      case CriterionOp::none:
        return too_few(here.children, negate(wanted), met ? children : 1);
      case CriterionOp::at_least_of: {
        const auto n = at(here.n);
        if (n > children) return met;
        return too_few(here.children, wanted, met ? n : children - n + 1);
      }
      case CriterionOp::any_item:
        return met ? too_few_entries(here.list, here.children.front(), 1,
                                     here.open)
                   : some_entry_stays(here.list, here.children.front(),
                                      Truth::not_met, here.open);
      case CriterionOp::every_item:
        return !met || some_entry_stays(here.list, here.children.front(),
                                        Truth::met, false);
      case CriterionOp::judgement:
      case CriterionOp::test:
        return now != Truth::unknown;
      case CriterionOp::is_known: {
        Cells cells;
        collect_cells(evaluation_, here.values[0], Branches::taken, cells);
        return !met || cells.unknown.empty();
      }
      default:
        return of_comparison(here, wanted);
    }
  }

 private:
  const CriterionNode& node(CriterionId id) const {
    return evaluation_.rule().tree.criteria[at(id)];
  }

  bool too_few(const std::vector<CriterionId>& children, Truth wanted,
               std::size_t needed) {
    std::size_t left = children.size(), hopeful = 0;
    for (CriterionId child : children) {
      if (hopeful >= needed || hopeful + left < needed) break;
      --left;
      hopeful += !is_hopeless(child, wanted);
    }
    return hopeful + left < needed;
  }

  bool too_few_entries(int list, CriterionId where, int needed, bool open) {
    if (needed <= 0) return false;
    const int size = evaluation_.record().lists[at(list)].size();
    int hopeful = 0;
    for (int entry = 0; entry < size && hopeful < needed; ++entry) {
      const Evaluation::InEntry in(evaluation_, list, entry);
      hopeful += where < 0 || !is_hopeless(where, Truth::met);
    }
    return hopeful < needed && !open &&
           !can_add_entry(evaluation_, list, where);
  }

  bool some_entry_stays(int list, CriterionId where, Truth wanted, bool open) {
    if (open || evaluation_.catalogue().lists()[at(list)].open) return true;
    const int size = evaluation_.record().lists[at(list)].size();
    for (int entry = 0; entry < size; ++entry) {
      const Evaluation::InEntry in(evaluation_, list, entry);
      if (is_hopeless(where, wanted)) return true;
    }
    return false;
  }

  // Nothing that it rests on is missing, and nothing of it can be changed.
  bool of_comparison(const CriterionNode& comparison, Truth wanted) {
    const ValueNode& left =
        evaluation_.rule().tree.values[at(comparison.values[0])];
    if (left.op == ValueOp::count && comparison.values.size() == 2) {
      const Estimate bound = evaluation_.estimate(comparison.values[1]);
      if (bound.is_exact() && (comparison.op == CriterionOp::at_least ||
                               comparison.op == CriterionOp::above)) {
        const int n =
            fewest(number_of(bound.value), comparison.op == CriterionOp::above);
        if (wanted == Truth::met) {
          return too_few_entries(left.slot, left.where, n, false);
        }
        if (n == 1 && left.where >= 0) {
          return some_entry_stays(left.slot, left.where, Truth::not_met, false);
        }
      }
    }
    Cells cells;
    for (ValueId value : comparison.values) {
      collect_cells(evaluation_, value, Branches::all, cells);
    }
    return cells.unknown.empty() &&
           std::none_of(cells.stated.begin(), cells.stated.end(),
                        [&](FactKey cell) {
                          return is_actionable(evaluation_.catalogue(), cell);
                        }) &&
           std::none_of(cells.lists.begin(), cells.lists.end(),
                        [&](const Cells::OpenList& list) {
                          return can_add_entry(evaluation_, list.list,
                                               list.where);
                        });
  }

  Evaluation& evaluation_;
};

}  // namespace

int fewest(Number bound, bool above) {
  constexpr std::int64_t most = 1'000;
  const std::int64_t denominator = bound.denominator();
  std::int64_t whole = bound.numerator() / denominator;
  if (above && !(bound < Number(whole))) {
    ++whole;
  } else if (Number(whole) < bound) {
    ++whole;
  }
  return static_cast<int>(std::clamp<std::int64_t>(whole, 0, most));
}

bool is_actionable(const Catalogue& catalogue, FactKey cell) {
  return cell.list < 0 ? catalogue.scalars()[at(cell.slot)].actionable
                       : catalogue.lists()[at(cell.list)]
                             .fields[at(cell.slot)]
                             .actionable;
}

bool can_add_entry(Evaluation& evaluation, int list, CriterionId where) {
  const FactSpec& spec = evaluation.catalogue().lists()[at(list)];
  if (where >= 0) {
    Evaluation::InEntry in(evaluation, list, -1);
    if (evaluation.truth(where) == Truth::not_met) return false;
  }
  if (evaluation.may_hold_more(list)) return true;
  if (!spec.actionable) return false;
  if (where < 0) return true;
  // An entry that fails only by what nobody can change (a score) has settled the matter: to ask for another would be to look for another child.
  for (int entry = 0; entry < evaluation.record().lists[at(list)].size();
       ++entry) {
    Evaluation::InEntry in(evaluation, list, entry);
    if (evaluation.truth(where) != Truth::not_met) continue;
    Evaluation::Supposing supposing(evaluation);
    for (std::size_t f = 0; f < spec.fields.size(); ++f) {
      if (!spec.fields[f].actionable && !spec.fields[f].identifies) {
        const bool numeric = spec.fields[f].type == FactType::integer ||
                             spec.fields[f].type == FactType::decimal ||
                             spec.fields[f].type == FactType::money ||
                             spec.fields[f].type == FactType::date;
        supposing.suppose({list, entry, static_cast<int>(f)},
                          numeric ? Estimate::unbounded()
                                  : Estimate::of(Estimate::State::unknown));
      }
    }
    if (evaluation.truth(where) != Truth::not_met) return false;
  }
  return true;
}

bool is_hopeless(Evaluation& evaluation, CriterionId criterion, Truth wanted) {
  return Outlook(evaluation).is_hopeless(criterion, wanted);
}

}  // namespace sendcheck
