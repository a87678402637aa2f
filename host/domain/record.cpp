#include "domain/record.hpp"

#include <algorithm>

namespace sendcheck {

Record Record::empty(const Catalogue& catalogue) {
  Record record;
  record.scalars.resize(catalogue.scalars().size());
  record.lists.reserve(catalogue.lists().size());
  for (const FactSpec& list : catalogue.lists()) {
    record.lists.push_back({.stated = false,
                            .width = static_cast<int>(list.fields.size()),
                            .cells = {}});
  }
  return record;
}

void Record::reset() {
  std::fill(scalars.begin(), scalars.end(), Value());
  for (List& list : lists) {
    list.stated = false;
    list.cells.clear();
  }
  texts.clear();
}

std::string_view text_of(const Record& record, int slot) {
  if (slot < 0) return {};
  const Value& value = record.scalars[static_cast<std::size_t>(slot)];
  return value.kind() == Value::Kind::text ? value.text() : std::string_view();
}

std::string name_of(const Record& record, const Catalogue& catalogue) {
  const auto given = text_of(record, catalogue.scalar("name.given"));
  const auto family = text_of(record, catalogue.scalar("name.family"));
  std::string name(given);
  if (!given.empty() && !family.empty()) name += ' ';
  name += family;
  return name;
}

}  // namespace sendcheck
