#include "rulesets/tables.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "base/text.hpp"
#include "rulesets/parameter_values.hpp"
#include "rulesets/sheet_cells.hpp"
#include "rulesets/sheet_columns.hpp"
#include "rulesets/sheet_file.hpp"

namespace sendcheck {
namespace {

using Role = ColumnSpec::Role;

// Values of one column: of one kind, and known.
bool is_less(const Value& a, const Value& b) {
  switch (a.kind()) {
    case Value::Kind::boolean:
      return !a.boolean() && b.boolean();
    case Value::Kind::number:
      return a.number() < b.number();
    case Value::Kind::money:
      return a.money() < b.money();
    case Value::Kind::date:
      return a.date() < b.date();
    default:
      return a.text() < b.text();
  }
}

// What a row asks of one key: a column that matches exactly is a range of one
// value, and an unknown end is open.
struct Range {
  Value from;
  Value to;
};

bool begins_after(const Range& range, const Range& other) {
  return range.from.is_known() && other.to.is_known() &&
         is_less(other.to, range.from);
}

bool meet(const Range& a, const Range& b) {
  return !begins_after(a, b) && !begins_after(b, a);
}

// The columns that bound one key; -1 where there is none.
struct Dimension {
  std::string key;
  int from = -1;
  int to = -1;
};

std::vector<Dimension> dimensions_of(const std::vector<ColumnSpec>& columns) {
  std::vector<Dimension> result;
  for (int i = 0; i < static_cast<int>(columns.size()); ++i) {
    const ColumnSpec& column = columns[static_cast<std::size_t>(i)];
    if (column.role == Role::value) continue;
    if (column.role == Role::key) {
      result.push_back({column.of, i, i});
      continue;
    }
    const auto half = std::ranges::find_if(result, [&](const Dimension& d) {
      return d.key == column.of &&
             (column.role == Role::from ? d.from : d.to) < 0;
    });
    if (half == result.end()) {
      result.push_back(column.role == Role::from ? Dimension{column.of, i, -1}
                                                 : Dimension{column.of, -1, i});
    } else {
      (column.role == Role::from ? half->from : half->to) = i;
    }
  }
  return result;
}

class TableReader {
 public:
  TableReader(const std::string& file, const ParameterSpec& spec,
              TextArena& texts, std::vector<Error>& errors)
      : file_(file), spec_(spec), texts_(texts), errors_(errors) {}

  std::shared_ptr<const Table> read(std::string_view text) {
    const std::size_t errors_before = errors_.size();
    std::vector<std::string> names;
    for (const ColumnSpec& column : spec_.columns) names.push_back(column.name);
    const auto sheet = read_sheet_file(text, file_, names);
    if (!sheet) {
      errors_.push_back(sheet.error());
      return nullptr;
    }
    separator_ = sheet->separator;
    positions_ = columns_in(sheet->table.headings, names, file_, errors_);
    if (errors_.size() != errors_before) return nullptr;
    if (sheet->table.rows.empty()) {
      note(0, "The table has no rows. Give it at least one.");
      return nullptr;
    }
    auto table = std::make_shared<Table>();
    table->columns = spec_.columns;
    for (const CsvRow& row : sheet->table.rows) {
      table->rows.push_back(read_row(row));
      lines_.push_back(row.line);
      table->lines.push_back(row.line);
    }
    if (errors_.size() == errors_before) {
      if (spec_.type == ParameterType::calendar) {
        check_order(*table);
      } else {
        check_ranges(*table);
      }
    }
    return errors_.size() == errors_before ? table : nullptr;
  }

 private:
  void note(int line, std::string message, std::string column = "",
            const char* id = "editions.table") {
    Place place;
    place.file = file_;
    place.line = line;
    place.pointer = std::move(column);
    errors_.push_back({id, std::move(message), std::move(place)});
  }

  std::vector<Value> read_row(const CsvRow& row) {
    std::vector<Value> cells;
    for (std::size_t i = 0; i < spec_.columns.size(); ++i) {
      cells.push_back(read(row, spec_.columns[i], row.cells[positions_[i]]));
    }
    return cells;
  }

  Value read(const CsvRow& row, const ColumnSpec& column,
             std::string_view cell) {
    const bool is_end = column.role == Role::from || column.role == Role::to;
    if (cell.empty() && is_end) return {};
    if (cell == "*" && column.role == Role::key) return {};
    const bool may_be_blank =
        column.role == Role::value && (column.type == ParameterType::text ||
                                       column.type == ParameterType::code);
    if (cell.empty() && !may_be_blank) {
      note(row.line,
           "\"" + column.name + "\" is empty, expected " +
               std::string(expected_cell(column.type)) +
               (column.role == Role::key ? ", or * for anything." : "."),
           column.name);
      return {};
    }
    CellForm form;
    form.type = column.type;
    form.is_percentage = column.is_percentage;
    form.separator = separator_;
    form.is_free_text =
        column.type == ParameterType::text && column.role == Role::value;
    const auto value = read_cell(cell, form, texts_);
    if (!value) {
      std::string expected = value.error().message;
      if (is_end) {
        expected.insert(std::min(expected.find(". "), expected.size() - 1),
                        ", or nothing for an open end");
      }
      note(row.line,
           "\"" + column.name + "\" is \"" + quoted(cell) + "\", " + expected,
           column.name);
      return {};
    }
    return *value;
  }

  void check_order(const Table& table) {
    for (std::size_t i = 1; i < table.rows.size(); ++i) {
      const Value& before = table.rows[i - 1].front();
      const Value& here = table.rows[i].front();
      if (!is_less(here, before)) continue;
      note(lines_[i],
           "A calendar goes forward in \"" + table.columns.front().name +
               "\", but this row comes before the one above it. Sort the rows.",
           table.columns.front().name);
    }
  }

  static Range range(const Table& table, std::size_t row,
                     const Dimension& dimension) {
    const auto cell = [&](int column) {
      return column < 0 ? Value()
                        : table.rows[row][static_cast<std::size_t>(column)];
    };
    return {cell(dimension.from), cell(dimension.to)};
  }

  void check_ranges(const Table& table) {
    const std::vector<Dimension> dimensions = dimensions_of(table.columns);
    bool sound = true;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      for (const Dimension& dimension : dimensions) {
        const Range here = range(table, row, dimension);
        if (!begins_after(here, here)) continue;
        sound = false;
        note(lines_[row],
             "The range of \"" + dimension.key +
                 "\" begins after it ends. Exchange the two or correct one.",
             dimension.key);
      }
    }
    if (sound) check_overlaps(table, dimensions);
  }

  // Rows in the order in which they begin on the first key need comparing only
  // with those that begin before they end.
  void check_overlaps(const Table& table,
                      const std::vector<Dimension>& dimensions) {
    std::vector<std::size_t> rows(table.rows.size());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    const auto first = [&](std::size_t row) {
      return dimensions.empty() ? Range{} : range(table, row, dimensions[0]);
    };
    std::ranges::stable_sort(rows, [&](std::size_t a, std::size_t b) {
      const Value from = first(a).from;
      const Value other = first(b).from;
      if (!from.is_known() || !other.is_known()) {
        return !from.is_known() && other.is_known();
      }
      return is_less(from, other);
    });
    // For each row that repeats others, the first of them.
    std::map<std::size_t, std::size_t> repeats;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (std::size_t j = i + 1; j < rows.size(); ++j) {
        if (begins_after(first(rows[j]), first(rows[i]))) break;
        const bool same =
            std::ranges::all_of(dimensions, [&](const Dimension& dimension) {
              return meet(range(table, rows[i], dimension),
                          range(table, rows[j], dimension));
            });
        if (!same) continue;
        const auto [above, below] = std::minmax({rows[i], rows[j]});
        const auto at = repeats.try_emplace(below, above).first;
        at->second = std::min(at->second, above);
      }
    }
    for (const auto& [below, above] : repeats) {
      note(lines_[below],
           "The rows on lines " + std::to_string(lines_[above]) + " and " +
               std::to_string(lines_[below]) +
               " match the same keys, so that nobody could say which one "
               "counts. End one where the other begins, or take one out.",
           "", "editions.table_overlap");
    }
  }

  const std::string& file_;
  const ParameterSpec& spec_;
  TextArena& texts_;
  std::vector<Error>& errors_;
  char separator_ = ',';
  std::vector<std::size_t> positions_;
  std::vector<int> lines_;
};

}  // namespace

std::shared_ptr<const Table> read_table(std::string_view csv,
                                        const std::string& file,
                                        const ParameterSpec& spec,
                                        TextArena& texts,
                                        std::vector<Error>& errors) {
  return TableReader(file, spec, texts, errors).read(csv);
}

}  // namespace sendcheck
