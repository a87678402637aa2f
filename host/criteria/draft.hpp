// A rule as its author wrote it: names, not slots. compile() checks the names and types against the catalogue and the declared parameters, and
// makes the Tree that is evaluated.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "base/number.hpp"
#include "domain/decision.hpp"

namespace sendcheck {

enum class ValueOp : std::uint8_t {
  constant,
  fact,
  parameter,
  item,  // a field of the list entry in hand
  as_of,
  add,
  subtract,
  multiply,
  divide,
  lowest,
  highest,
  count,
  sum,
  max_of,  // of a field; latest for dates
  min_of,  // of a field; earliest for dates
  look_up,
  next_date,
  choose,
  age_on,
  months_old_on,
  within_weeks,
  weeks_before,
  days_beginning_with,
  months_starting_with,
  months_after,
  months_before,
  days_after,
  day_before,
  working_days_after,
  on_day,
  on_or_before_day,
  days_between,
  compute,
  // Of decision tables. In a draft, `look_up` reads a table of either sort, and a count or a sum without a name is that of the list in its argument.
  decide,
  list_count,
  list_sum,
  list_includes  // the second argument is looked for
};

enum class CriterionOp : std::uint8_t {
  all,
  any,
  none,
  at_least_of,
  is,
  is_not,
  is_one_of,
  at_least,
  at_most,
  above,
  below,
  between,
  is_known,
  any_item,
  every_item,
  judgement,
  test
};

// Indices into a Draft (and, of the same shape, into a Tree); -1 is none.
using ValueId = int;
using CriterionId = int;

using Literal = std::variant<bool, Number, Money, Date, std::string>;

struct DraftValue {
  ValueOp op = ValueOp::constant;
  Literal literal = false;              // constant
  std::string name;                     // fact path, parameter, field, list
  std::vector<ValueId> arguments;       // operands; choose: the values
  std::vector<CriterionId> conditions;  // choose: one a value; -1 is otherwise
  CriterionId where = -1;               // count, sum, max_of, min_of
  std::string
      field;  // max_of, min_of; count: distinct; look_up, next_date: the column
  std::vector<std::string> keys;  // look_up: names, one an argument
  int function = -1;              // compute
  std::string label;
  int line = 0;  // of the script
};

struct DraftCriterion {
  CriterionOp op = CriterionOp::all;
  std::vector<CriterionId>
      children;  // all, any, none, at_least_of; any_item, every_item: the one
  std::vector<ValueId> values;  // comparisons: left, then right(s)
  std::string name;             // any_item, every_item: list; judgement: id
  int n = 0;                    // at_least_of
  int function = -1;            // test
  std::string label;  // all "Label"; test's label; judgement's question
  std::string because;
  std::string source;
  std::string unconfirmed;
  // Any_item: what is not on file is outstanding, whatever the list is.
  bool open = false;
  bool of_dates = false;  // written before, after ...: must compare dates
  int line = 0;
};

// What a rule pays, by when, and what is to be done. The ids are those of whatever holds it: of a draft, or of the compiled rule.
struct Payment {
  CriterionId when = -1;
  bool published = true;
  ValueId value = -1;
  std::string period;
  std::vector<std::pair<std::string, ValueId>> working;
  ValueId from = -1;
  ValueId to = -1;
  std::string because;
};

struct Deadline {
  ValueId date = -1;
  ValueId done = -1;
  std::string basis;
};

struct Action {
  std::string text;
  std::string to;
  ValueId to_value = -1;
  ValueId by = -1;
  CriterionId when = -1;  // shown only when met
};

struct DraftRule {
  std::string id;
  std::string title;
  std::string source;
  std::vector<DraftValue> values;
  std::vector<DraftCriterion> criteria;
  CriterionId applies_when = -1;
  CriterionId met_when = -1;
  CriterionId refer_when = -1;
  std::string on_met_refer_to;  // not empty: another body always decides
  std::string refer_to;
  std::vector<Payment> payments;
  bool has_deadline = false;
  Deadline deadline;
  std::map<Outcome, std::vector<Action>> actions;
};

}  // namespace sendcheck
