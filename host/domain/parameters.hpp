// Parameters: what an edition gives a rule. A plugin's manifest declares them; rule sets hold their values.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/number.hpp"
#include "domain/value.hpp"

namespace sendcheck {

enum class ParameterType {
  boolean,
  integer,
  decimal,
  money,
  date,
  month_day,  // "02-15", held as the number 100 x month + day
  code,
  text,
  table,
  calendar,
  decision_table  // decision_table.hpp
};
std::string_view name_of(ParameterType type);
std::optional<ParameterType> parameter_type(std::string_view name);

struct ColumnSpec {
  enum class Role { value, key, from, to };
  std::string name;
  // A scalar type; text columns compare as text.
  ParameterType type = ParameterType::text;
  Role role = Role::value;
  std::string of;              // key, from, to: the name of the key
  bool is_percentage = false;  // a cell may be written "12.5%"

  bool operator==(const ColumnSpec&) const = default;
};

struct DecisionSpec;
class DecisionTable;

struct ParameterSpec {
  std::string name;
  ParameterType type = ParameterType::text;
  bool is_list = false;
  std::string unit;
  std::string label;
  std::vector<std::string> codes;  // code: what is allowed (empty: any text)
  std::optional<Number> minimum;
  std::optional<Number> maximum;
  bool required = true;
  std::vector<ColumnSpec> columns;                         // table, calendar
  std::shared_ptr<const DecisionSpec> decision = nullptr;  // decision_table
};

// A table or a calendar, typed; cells by row, as wide as the parameter's columns. An unknown cell is open (from, to) or "*" (key).
struct Table {
  std::vector<ColumnSpec> columns;
  std::vector<std::vector<Value>> rows;
  std::vector<int> lines = {};  // of the file, a row each; empty: not known

  int column(std::string_view name) const;  // -1 when there is none
  bool operator==(const Table&) const = default;
};

// The value of a parameter. Codes of parameters are texts.
struct ParameterValue {
  bool is_list = false;
  Value scalar;
  std::vector<Value> list;
  std::shared_ptr<const Table> table;
  // Of a decision table: what is evaluated. `table` then holds its cells as they are written, a column of text each, for whoever shows or compares
  // them.
  std::shared_ptr<const DecisionTable> decision = nullptr;

  // By what it holds, cell by cell.
  bool operator==(const ParameterValue& other) const {
    return is_list == other.is_list && scalar == other.scalar &&
           list == other.list &&
           (table == nullptr) == (other.table == nullptr) &&
           (table == nullptr || *table == *other.table);
  }
};

// Who says so.
struct Origin {
  std::string edition;  // "jcq/2025-09-01"
  std::string file;     // the edition's file, or the table's
  std::string entry;    // JSON pointer of the parameter in the edition
  std::string source;   // "matrix#HEREF-6" as the edition writes it
  std::string source_title;
  std::string source_url;
  std::string approved_by;
  std::string approved_on;
};

// A parameter in force, and what it replaced.
struct EffectiveParameter {
  ParameterValue value;
  Origin origin;
  bool unconfirmed = false;
  std::string unconfirmed_because;
  std::string note;
  struct Reading {
    std::string value;
    std::string source;
    std::string source_title;
    std::string source_url;
  };
  std::vector<Reading> readings;  // contradictory ones, both shown
  std::shared_ptr<const EffectiveParameter> replaced;
};

// A scalar as a plain text writes it: "12.5", "6000.00" or "6000", "2026-11-22", "02-15", "true" in letters of either kind. Nothing when the text is
// not of the type, or the type no scalar. A text or a code is kept in `texts`.
std::optional<Value> scalar_from_text(std::string_view text, ParameterType type,
                                      TextArena& texts);

// A value as text: "84", "6000.00", "02-15", "reading_speed, writing_speed", "a table of 20 rows"; empty when there is none.
std::string to_text(const ParameterValue& value, const ParameterSpec& spec);
// For a reader: "£6,000", "15 February", "reading_speed and writing_speed", "none" for an empty list. Without the unit.
std::string in_words(const ParameterValue& value, const ParameterSpec& spec);

}  // namespace sendcheck
