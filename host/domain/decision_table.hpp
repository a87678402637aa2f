// Decision tables: rows of tests on inputs, each with outputs, and a hit policy that says what counts where several rows match. What they mean is
// what section 8 of the OMG's Decision Model and Notation, version 1.5, says; only the words in which a cell may be written are fewer.
//
// A plugin's manifest declares inputs, outputs and hit policy (DecisionSpec); an edition gives the rows (DecisionTable). Both are immutable and shared
// by all pupils and threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/parameters.hpp"

namespace sendcheck {

enum class HitPolicy {
  unique,        // at most one row may match
  any,           // several may, if their outputs are equal
  priority,      // the row whose outputs stand first among the declared values
  first,         // the first row of the table
  rule_order,    // all, in the order of the table
  output_order,  // all, in the order of the declared values
  collect        // all; with an aggregator, one value of them
};
// "rule_order"
std::string_view name_of(HitPolicy policy);
std::optional<HitPolicy> hit_policy(std::string_view name);

enum class Aggregator { none, sum, min, max, count };
std::string_view name_of(Aggregator aggregator);  // "sum"; "none"
std::optional<Aggregator> aggregator(std::string_view name);

struct DecisionInput {
  std::string name;
  // Boolean, integer, decimal, money, date, code or text.
  ParameterType type = ParameterType::text;
  std::string label;
  std::string unit;
  std::vector<std::string> codes;  // code, text: what it can be; empty: any
};

struct DecisionOutput {
  std::string name;
  ParameterType type = ParameterType::text;
  std::string label;
  std::string unit;
  std::vector<Value> values;  // what is allowed, the highest priority first
  // Where no row matches. Of a policy that gives a list: the list, which may be empty. Of an aggregator: what it would come to.
  bool has_default = false;
  std::vector<Value> otherwise;
};

struct DecisionSpec {
  HitPolicy policy = HitPolicy::unique;
  Aggregator aggregator = Aggregator::none;
  std::vector<DecisionInput> inputs;
  std::vector<DecisionOutput> outputs;
  TextArena texts;  // of the outputs' values

  int input(std::string_view name) const;   // -1 when there is none
  int output(std::string_view name) const;  // -1 when there is none
  // Does it give a list of values, not one.
  bool gives_list() const;
  bool has_default() const;  // of every output, or of none
};

// From one end to the other; an unknown end is open for ever. A single value has both ends.
struct TestRange {
  Value from;
  Value to;
  bool without_from = false;  // the end itself is left out
  bool without_to = false;

  bool operator==(const TestRange&) const = default;
};

// What a row asks of one input: within one of the ranges or, negated, within none. `anything` ("-") is met by whatever it is, known or not.
struct UnaryTest {
  bool anything = false;
  bool negated = false;
  std::vector<TestRange> ranges;

  bool operator==(const UnaryTest&) const = default;
};

struct DecisionRow {
  int line = 0;                  // of the file
  std::vector<UnaryTest> tests;  // as the inputs
  std::vector<Value> outputs;    // as the outputs; all known
};

// Rows, a bit each, 64 to a word.
using RowSet = std::vector<std::uint64_t>;
bool holds(const RowSet& rows, std::size_t row);
bool is_empty(const RowSet& rows);
RowSet both(const RowSet& a, const RowSet& b);
std::vector<std::size_t> rows_in(const RowSet& rows);

// The values of one input, divided into classes that no row tells apart: every value that a test names, what lies between two of them, and one class
// more for an input of which there is no value at all. Of texts and codes: each that is named, and all others together.
class InputClasses {
 public:
  InputClasses() = default;
  // `input` is the position of an input in rows' tests.
  InputClasses(const std::vector<DecisionRow>& rows, std::size_t input,
               bool is_text);

  std::size_t count() const { return rows_.size(); }
  std::size_t nothing() const { return rows_.size() - 1; }
  // Of texts: all that are not named.
  std::size_t others() const { return texts_.size(); }
  // Needs a known value of the input's kind; an amount may be a number of pounds, as sums of money are.
  std::size_t of(const Value& value) const;
  std::size_t of_text(std::string_view text) const;
  std::size_t of_number(Number number) const;
  // The rows whose test is met by what is in the class.
  const RowSet& rows(std::size_t of_class) const { return rows_[of_class]; }

  bool is_text() const { return is_text_; }
  const std::vector<std::string_view>& texts() const { return texts_; }
  // The named values in ascending order: class 2i + 1 holds the number i alone, class 2i what lies below it and above the one before.
  const std::vector<Number>& numbers() const { return numbers_; }

 private:
  bool is_text_ = false;
  std::vector<std::string_view> texts_;
  std::vector<Number> numbers_;
  std::vector<RowSet> rows_;
};

// What an input can be, as far as that is known: numbers from `low` to `high`, both possible, in steps (whole pence, whole days) or without.
struct NumberSpan {
  std::optional<Number> low;
  std::optional<Number> high;
  std::optional<Number> step;
};
// One number of the class that lies in the span; nothing when there is none. Needs classes of numbers.
std::optional<Number> number_in(const InputClasses& classes,
                                std::size_t of_class, const NumberSpan& span);

class DecisionTable {
 public:
  // Texts of the rows must outlive the table.
  DecisionTable(std::shared_ptr<const DecisionSpec> spec, std::string file,
                std::vector<DecisionRow> rows);

  const DecisionSpec& spec() const { return *spec_; }
  const std::string& file() const { return file_; }
  const std::vector<DecisionRow>& rows() const { return rows_; }
  const InputClasses& classes(std::size_t input) const {
    return classes_[input];
  }
  RowSet all_rows() const;

 private:
  std::shared_ptr<const DecisionSpec> spec_;
  std::string file_;
  std::vector<DecisionRow> rows_;
  std::vector<InputClasses> classes_;
};

// What the hit policy makes of the rows that match. Rows are positions in the table.
struct Hit {
  enum class Kind {
    none,      // no row matches, and there is no default
    fallback,  // no row matches: the default
    rows,      // those that count, in the order of the policy
    conflict   // the rows may not match together
  };
  Kind kind = Kind::none;
  std::vector<std::size_t> rows;
};
Hit hit_of(const DecisionTable& table, const RowSet& matching);
// The values of one output that come of it, in order: one of a policy that gives one, before any aggregator. Needs no conflict.
std::vector<Value> values_of(const DecisionTable& table, const Hit& hit,
                             std::size_t output);
// The one value of a table that does not give a list; unknown where there is none. Nothing when a sum is too large to be exact.
std::optional<Value> value_of(const DecisionTable& table, const Hit& hit,
                              std::size_t output);

// "Of rows that match, the first counts." and what the default is: how the table decides, in a sentence or two.
std::string policy_in_words(const DecisionSpec& spec);
// "anything", "K or E", "not K", "from 5 up to but not including 10", "at least 25": what a test asks, for a reader.
std::string in_words(const UnaryTest& test, const DecisionInput& input);
// A value of an input or an output, as a table writes it.
std::string cell_text(const Value& value, ParameterType type);

}  // namespace sendcheck
