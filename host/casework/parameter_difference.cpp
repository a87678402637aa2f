#include "casework/parameter_difference.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"

namespace sendcheck {
namespace {

using What = Difference::What;

Place place_of(const EffectiveParameter* parameter) {
  if (parameter == nullptr) return {};
  return {parameter->origin.file, 0, 0, parameter->origin.entry};
}

std::string with_unit(const std::string& words, const ParameterSpec& spec) {
  return spec.unit.empty() || words == "none" ? words : words + " " + spec.unit;
}

// One difference after another, all of one parameter.
class Telling {
 public:
  Telling(const std::string& rule, const ParameterSpec& spec,
          const EffectiveParameter* before, const EffectiveParameter* after,
          std::vector<Difference>& differences)
      : rule_(rule),
        spec_(spec),
        before_(before),
        after_(after),
        differences_(differences) {}

  void tell(What what, const std::string& words, std::string from,
            std::string to) {
    differences_.push_back({what, rule_, spec_.name, spec_.label + words,
                            std::move(from), std::move(to), place_of(before_),
                            place_of(after_)});
  }

 private:
  const std::string& rule_;
  const ParameterSpec& spec_;
  const EffectiveParameter* before_;
  const EffectiveParameter* after_;
  std::vector<Difference>& differences_;
};

std::vector<std::string> items_in_words(const ParameterValue& value,
                                        const ParameterSpec& spec) {
  std::vector<std::string> words;
  for (const Value& item : value.list) {
    ParameterValue one;
    one.scalar = item;
    words.push_back(in_words(one, spec));
  }
  return words;
}

// What the one has more of than the other.
std::vector<std::string> beyond(std::vector<std::string> all,
                                const std::vector<std::string>& without) {
  for (const std::string& item : without) {
    const auto found = std::ranges::find(all, item);
    if (found != all.end()) all.erase(found);
  }
  return all;
}

void compare_lists(const ParameterSpec& spec, const ParameterValue& before,
                   const ParameterValue& after, Telling& telling) {
  const auto from = items_in_words(before, spec);
  const auto to = items_in_words(after, spec);
  const auto added = beyond(to, from), taken = beyond(from, to);
  std::vector<std::string> parts;
  if (!added.empty()) parts.push_back("added " + join_in_words(added));
  if (!taken.empty()) parts.push_back("removed " + join_in_words(taken));
  if (parts.empty()) {
    parts.push_back("another order, " + join(from, ", ") + " → " +
                    join(to, ", "));
  }
  telling.tell(What::value, ": " + join(parts, "; "), to_text(before, spec),
               to_text(after, spec));
}

std::string column_in_words(const std::string& name) {
  std::string words = name;
  std::ranges::replace(words, '_', ' ');
  return words;
}

std::string cell_in_words(const Table& table, std::size_t row, int column) {
  const Value& cell = table.rows[row][static_cast<std::size_t>(column)];
  if (!cell.is_known()) return "empty";
  ParameterSpec spec;
  spec.type = table.columns[static_cast<std::size_t>(column)].type;
  ParameterValue value;
  value.scalar = cell;
  return in_words(value, spec);
}

bool finds_rows(const ColumnSpec& column) {
  return column.role == ColumnSpec::Role::key ||
         column.role == ColumnSpec::Role::from;
}

// What a row is known by: its keys and where its ranges begin; of a table without either, all that stands in it.
std::string key_of(const Table& table, std::size_t row) {
  const bool has_keys = std::ranges::any_of(table.columns, finds_rows);
  std::string key;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (has_keys && !finds_rows(table.columns[c])) continue;
    key += table.columns[c].name + "=" +
           cell_in_words(table, row, static_cast<int>(c)) + "\n";
  }
  return key;
}

// "points 15 to 19", "band C2", or of a row without keys its cells.
std::string row_in_words(const Table& table, std::size_t row) {
  std::vector<std::string> parts;
  const bool has_keys = std::ranges::any_of(table.columns, finds_rows);
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const ColumnSpec& column = table.columns[c];
    const Value& cell = table.rows[row][c];
    const std::string words = cell_in_words(table, row, static_cast<int>(c));
    switch (column.role) {
      case ColumnSpec::Role::key:
        parts.push_back(column_in_words(column.name) + " " +
                        (cell.is_known() ? words : "of any kind"));
        break;
      case ColumnSpec::Role::from: {
        std::string to;
        for (std::size_t t = 0; t < table.columns.size(); ++t) {
          if (table.columns[t].role == ColumnSpec::Role::to &&
              table.columns[t].of == column.of &&
              table.rows[row][t].is_known()) {
            to = cell_in_words(table, row, static_cast<int>(t));
          }
        }
        const std::string name = column_in_words(column.of);
        parts.push_back(!cell.is_known() ? name + " up to " + to
                        : to.empty()     ? name + " " + words + " and more"
                        : to == words    ? name + " " + words
                                         : name + " " + words + " to " + to);
        break;
      }
      case ColumnSpec::Role::to:
        break;
      case ColumnSpec::Role::value:
        if (!has_keys) parts.push_back(words);
        break;
    }
  }
  return join(parts, ", ");
}

std::string values_in_words(const Table& table, std::size_t row) {
  std::vector<std::string> parts;
  if (!std::ranges::any_of(table.columns, finds_rows)) return {};
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (table.columns[c].role != ColumnSpec::Role::value) continue;
    parts.push_back(column_in_words(table.columns[c].name) + " " +
                    cell_in_words(table, row, static_cast<int>(c)));
  }
  return parts.empty() ? "" : " (" + join(parts, ", ") + ")";
}

void compare_tables(const Table& before, const Table& after, Telling& telling) {
  for (const ColumnSpec& column : after.columns) {
    if (before.column(column.name) < 0) {
      telling.tell(What::row,
                   ": column " + column_in_words(column.name) + " added", "",
                   column.name);
    }
  }
  for (const ColumnSpec& column : before.columns) {
    if (after.column(column.name) < 0) {
      telling.tell(What::row,
                   ": column " + column_in_words(column.name) + " taken out",
                   column.name, "");
    }
  }
  std::multimap<std::string, std::size_t> rows;
  for (std::size_t row = 0; row < before.rows.size(); ++row) {
    rows.emplace(key_of(before, row), row);
  }
  std::vector<std::size_t> added;
  for (std::size_t row = 0; row < after.rows.size(); ++row) {
    const auto found = rows.find(key_of(after, row));
    if (found == rows.end()) {
      added.push_back(row);
      continue;
    }
    const std::size_t earlier = found->second;
    rows.erase(found);
    for (std::size_t c = 0; c < after.columns.size(); ++c) {
      const int was = before.column(after.columns[c].name);
      if (was < 0) continue;
      const std::string from = cell_in_words(before, earlier, was);
      const std::string to = cell_in_words(after, row, static_cast<int>(c));
      if (from == to) continue;
      telling.tell(What::row,
                   ": " + row_in_words(after, row) + ", " +
                       column_in_words(after.columns[c].name) + ": " + from +
                       " → " + to,
                   from, to);
    }
  }
  for (const std::size_t row : added) {
    const std::string words = row_in_words(after, row);
    telling.tell(What::row,
                 ": row added, " + words + values_in_words(after, row), "",
                 words);
  }
  std::vector<std::size_t> taken;
  for (const auto& [key, row] : rows) taken.push_back(row);
  std::ranges::sort(taken);
  for (const std::size_t row : taken) {
    const std::string words = row_in_words(before, row);
    telling.tell(What::row,
                 ": row removed, " + words + values_in_words(before, row),
                 words, "");
  }
}

std::string source_in_words(const Origin& origin) {
  std::string words = origin.source;
  if (!origin.source_title.empty()) words += " (" + origin.source_title + ")";
  return words.empty() ? "none" : words;
}

std::string readings_in_words(const EffectiveParameter& parameter) {
  std::vector<std::string> parts;
  for (const EffectiveParameter::Reading& reading : parameter.readings) {
    parts.push_back(reading.value + " (" + reading.source + ")");
  }
  return parts.empty() ? "none" : join(parts, "; ");
}

std::string status_in_words(const EffectiveParameter& parameter) {
  if (!parameter.unconfirmed) return "confirmed";
  return "not confirmed" + (parameter.unconfirmed_because.empty()
                                ? std::string()
                                : ": " + parameter.unconfirmed_because);
}

std::string bound_in_words(const std::optional<Number>& bound,
                           ParameterType type) {
  if (!bound) return "none";
  ParameterSpec spec;
  spec.type = type;
  ParameterValue value;
  switch (type) {
    case ParameterType::money:
      if (const auto money = Money::round_half_up(*bound)) {
        value.scalar = Value::of(*money);
      }
      break;
    case ParameterType::date:
      value.scalar = Value::of(
          Date::from_days(static_cast<std::int32_t>(bound->numerator())));
      break;
    default:
      value.scalar = Value::of(*bound);
  }
  return in_words(value, spec);
}

}  // namespace

void compare_parameter(const std::string& rule, const ParameterSpec& spec,
                       const EffectiveParameter* before,
                       const EffectiveParameter* after,
                       std::vector<Difference>& differences) {
  Telling telling(rule, spec, before, after, differences);
  if (before == nullptr || after == nullptr) {
    const EffectiveParameter& given = after != nullptr ? *after : *before;
    const std::string words = with_unit(in_words(given.value, spec), spec);
    if (after != nullptr) {
      telling.tell(What::value, ": set, " + words, "",
                   to_text(given.value, spec));
    } else {
      telling.tell(What::value, ": no longer set, it was " + words,
                   to_text(given.value, spec), "");
    }
    return;
  }
  if (!(before->value == after->value)) {
    if (before->value.table && after->value.table) {
      compare_tables(*before->value.table, *after->value.table, telling);
    } else if (before->value.is_list && after->value.is_list) {
      compare_lists(spec, before->value, after->value, telling);
    } else {
      telling.tell(What::value,
                   ": " + in_words(before->value, spec) + " → " +
                       with_unit(in_words(after->value, spec), spec),
                   to_text(before->value, spec), to_text(after->value, spec));
    }
  }
  const auto compare = [&](What what, const char* name, const std::string& from,
                           const std::string& to) {
    if (from != to) {
      telling.tell(what, std::string(name) + from + " → " + to, from, to);
    }
  };
  compare(What::status, ": ", status_in_words(*before),
          status_in_words(*after));
  compare(What::source, ", source: ", source_in_words(before->origin),
          source_in_words(after->origin));
  compare(What::note, ", note: ", before->note.empty() ? "none" : before->note,
          after->note.empty() ? "none" : after->note);
  compare(What::note, ", other readings: ", readings_in_words(*before),
          readings_in_words(*after));
}

void compare_bounds(const std::string& rule, const ParameterSpec& spec,
                    const RuleEntry& before, const RuleEntry& after,
                    const Place& place_before, const Place& place_after,
                    std::vector<Difference>& differences) {
  const auto tell = [&](const std::string& words, std::string from,
                        std::string to) {
    differences.push_back({What::bounds, rule, spec.name, spec.label + words,
                           std::move(from), std::move(to), place_before,
                           place_after});
  };
  const bool from = before.may_override.contains(spec.name);
  const bool to = after.may_override.contains(spec.name);
  if (from != to) {
    tell(to ? ": a lower layer may now set it"
            : ": a lower layer may no longer set it",
         from ? "may_override" : "", to ? "may_override" : "");
  }
  const auto bounds_of = [&](const RuleEntry& entry) {
    const auto found = entry.bounds.find(spec.name);
    return found == entry.bounds.end() ? RuleEntry::Bounds() : found->second;
  };
  const auto a = bounds_of(before), b = bounds_of(after);
  const auto compare = [&](const char* name, const auto& one,
                           const auto& other) {
    if (one == other) return;
    const std::string was = bound_in_words(one, spec.type);
    const std::string is = bound_in_words(other, spec.type);
    tell(std::string(", ") + name + " for lower layers: " + was + " → " + is,
         was, is);
  };
  compare("floor", a.floor, b.floor);
  compare("ceiling", a.ceiling, b.ceiling);
}

}  // namespace sendcheck
