#include "engine/quick_rule.hpp"

#include "engine/quick_builder.hpp"

namespace sendcheck {

QuickRule::QuickRule(const Rule& rule, const Binding& binding,
                     const Catalogue& catalogue, const BankHolidays& holidays,
                     Date as_of) {
  QuickRuleBuilder(rule, binding, catalogue, holidays, as_of, *this).build();
}

std::uint64_t QuickRule::likeness_of(const Record& record) const {
  if (is_of_no_use_) return 0;
  std::uint64_t key = 0;
  for (const Cell& cell : classed_) {
    key = key * cell.classes +
          class_of(cell, record.scalars[static_cast<std::size_t>(cell.slot)]);
  }
  for (int list : lists_) {
    const List& entries = record.lists[static_cast<std::size_t>(list)];
    key = key * 3 + (!entries.cells.empty() ? 2u : entries.stated ? 1u : 0u);
  }
  return key + 1;
}

}  // namespace sendcheck
