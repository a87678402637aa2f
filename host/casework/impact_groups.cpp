#include "casework/impact_groups.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

bool is_small(std::int64_t number) {
  return number > 0 && number < fewest_shown;
}

void add(std::map<std::string, CostTally>& to,
         const std::map<std::string, CostTally>& from) {
  for (const auto& [period, cost] : from) {
    CostTally& sum = to[period];
    sum.paid_before += cost.paid_before;
    sum.paid_after += cost.paid_after;
    sum.moved += cost.moved;
  }
}

// The numbers of people in it; amounts are theirs, and go where they go.
void add(Tally& to, const Tally& from) {
  to.pupils += from.pupils;
  to.gains += from.gains;
  to.loses += from.loses;
  to.both += from.both;
  to.otherwise += from.otherwise;
  to.not_published_before += from.not_published_before;
  to.not_published_after += from.not_published_after;
  add(to.met, from.met);
  add(to.indicative, from.indicative);
}

// Whether no number of the one is small, but where it is all there is and the total says it anyhow.
bool gives_nothing_away(const Tally& held, const Tally& total) {
  const auto well = [](std::int64_t number, std::int64_t of) {
    return !is_small(number) || number == of;
  };
  const auto costs_well = [&](const std::map<std::string, CostTally>& costs,
                              const std::map<std::string, CostTally>& all) {
    return std::ranges::all_of(costs, [&](const auto& entry) {
      const auto found = all.find(entry.first);
      const CostTally of = found == all.end() ? CostTally() : found->second;
      const CostTally& cost = entry.second;
      return well(cost.paid_before, of.paid_before) &&
             well(cost.paid_after, of.paid_after) && well(cost.moved, of.moved);
    });
  };
  return well(held.pupils, total.pupils) && well(held.gains, total.gains) &&
         well(held.loses, total.loses) && well(held.both, total.both) &&
         well(held.otherwise, total.otherwise) &&
         well(held.unchanged(), total.unchanged()) &&
         well(held.not_published_before, total.not_published_before) &&
         well(held.not_published_after, total.not_published_after) &&
         costs_well(held.met, total.met) &&
         costs_well(held.indicative, total.indicative);
}

}  // namespace

bool can_be_shown(const Tally& tally) {
  // Held against nothing: no number is excused.
  return gives_nothing_away(tally, Tally());
}

void hold_back(GroupTable& table, const Tally& total) {
  std::vector<GroupRow*> shown;
  Tally held;
  std::size_t groups = 0;
  for (GroupRow& row : table.rows) {
    if (can_be_shown(row.tally)) {
      shown.push_back(&row);
      continue;
    }
    row.held_back = true;
    add(held, row.tally);
    ++groups;
  }
  std::ranges::stable_sort(
      shown, {}, [](const GroupRow* row) { return row->tally.pupils; });
  for (GroupRow* row : shown) {
    if (groups == 0 || (groups > 1 && gives_nothing_away(held, total))) break;
    row->held_back = true;
    add(held, row->tally);
    ++groups;
  }
  for (GroupRow& row : table.rows) {
    if (row.held_back) row.tally = {};
  }
}

ImpactGroups::ImpactGroups(const Catalogue& catalogue) : catalogue_(catalogue) {
  needs_ = catalogue.list("sen.needs");
  if (needs_ >= 0) {
    const FactSpec& list = catalogue.lists()[at(needs_)];
    need_type_ = list.field("type");
    need_rank_ = list.field("rank");
    if (need_type_ >= 0) {
      dimensions_.push_back({.fact = "sen.needs", .label = "Primary need"});
    }
  }
  const auto scalar = [&](const char* path, std::string label) {
    const int slot = catalogue.scalar(path);
    if (slot < 0) return;
    dimensions_.push_back(
        {.fact = path,
         .label = std::move(label),
         .is_protected = catalogue.scalars()[at(slot)].is_protected,
         .slot = slot});
  };
  scalar("school.phase", "Phase");
  scalar("nc_year", "Year group");
  scalar("school.urn", "School");
  if (!dimensions_.empty() && dimensions_.back().fact == "school.urn") {
    dimensions_.back().name_slot = catalogue.scalar("school.name");
  }
  scalar("home_la", "Authority where the pupil lives");
  for (const FactSpec& fact : catalogue.scalars()) {
    if (fact.is_protected && fact.type == FactType::code) {
      scalar(fact.path.c_str(), capitalised(fact.label));
    }
  }
}

Tally& ImpactGroups::tally_of(Dimension& dimension, const Record& record) {
  if (dimension.slot < 0) {
    // The primary need has the lowest rank; where none is ranked, the first.
    const List& needs = record.lists[at(needs_)];
    int code = -1;
    std::optional<Number> lowest;
    for (int i = 0; i < needs.size(); ++i) {
      const Value& type = needs.entry(i)[need_type_];
      if (!type.is_known()) continue;
      const Value rank = need_rank_ < 0 ? Value() : needs.entry(i)[need_rank_];
      if (code < 0 ||
          (rank.is_known() && (!lowest || rank.number() < *lowest))) {
        code = type.code();
        if (rank.is_known()) lowest = rank.number();
      }
    }
    return dimension.by_code[code];
  }
  const FactSpec& fact = catalogue_.scalars()[at(dimension.slot)];
  const Value& value = record.scalars[at(dimension.slot)];
  if (fact.type == FactType::code) {
    return dimension.by_code[value.is_known() ? value.code() : -1];
  }
  const std::string_view name = sendcheck::text_of(record, dimension.name_slot);
  std::string key(sendcheck::text_of(record, dimension.slot));
  if (key.empty()) key = name;
  Dimension::Cell& cell = dimension.by_text[key];
  if (cell.label.empty()) cell.label = name.empty() ? key : std::string(name);
  return cell.tally;
}

const std::vector<Tally*>& ImpactGroups::of(const Record& record) {
  found_.clear();
  for (Dimension& dimension : dimensions_) {
    found_.push_back(&tally_of(dimension, record));
  }
  return found_;
}

std::vector<GroupTable> ImpactGroups::tables(const Tally& total) const {
  std::vector<GroupTable> tables;
  for (const Dimension& dimension : dimensions_) {
    GroupTable& table = tables.emplace_back();
    table.fact = dimension.fact;
    table.label = dimension.label;
    table.is_protected = dimension.is_protected;
    const FactSpec* fact =
        dimension.slot >= 0
            ? &catalogue_.scalars()[at(dimension.slot)]
            : &catalogue_.lists()[at(needs_)].fields[at(need_type_)];
    for (const auto& [code, tally] : dimension.by_code) {
      GroupRow row;
      if (code >= 0) {
        const CodeValue& known = catalogue_.codes_of(*fact).codes[at(code)];
        row.code = known.code;
        row.label = known.label;
      }
      row.tally = tally;
      table.rows.push_back(std::move(row));
    }
    for (const auto& [text, cell] : dimension.by_text) {
      table.rows.push_back({text, cell.label, false, cell.tally});
    }
    if (!dimension.by_text.empty()) {
      std::ranges::stable_sort(table.rows, {}, &GroupRow::label);
    }
    // Those of whom it is not stated come last.
    std::ranges::stable_partition(
        table.rows, [](const GroupRow& row) { return !row.code.empty(); });
    for (GroupRow& row : table.rows) {
      if (row.label.empty()) row.label = "not stated";
    }
    if (table.is_protected) hold_back(table, total);
  }
  return tables;
}

}  // namespace sendcheck
