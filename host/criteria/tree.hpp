// The tree that a rule is: typed, resolved to slots of the record, immutable. Evaluated natively (evaluation.hpp), put into words
// (describe.hpp), explained (explain.hpp). One Tree serves every pupil, edition and thread; what differs by edition is a Binding.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "criteria/draft.hpp"
#include "domain/catalogue.hpp"
#include "domain/decision.hpp"
#include "domain/parameters.hpp"

namespace sendcheck {

struct ValueType {
  Value::Kind kind = Value::Kind::unknown;
  int codes = -1;        // code: index of the list in the catalogue
  bool is_list = false;  // a list parameter

  bool operator==(const ValueType&) const = default;
  bool is_numeric() const {
    return kind == Value::Kind::number || kind == Value::Kind::money ||
           kind == Value::Kind::date;
  }
};

struct ValueNode {
  ValueOp op = ValueOp::constant;
  ValueType type;
  Value constant;
  // Fact: scalar; parameter: index; item: field; list operators: list.
  int slot = -1;
  int list = -1;         // item: the list that it belongs to
  bool is_open = false;  // fact: what is stated may be added to
  int field = -1;  // max_of, min_of, count: field; look_up, next_date: column
  CriterionId where = -1;
  std::vector<ValueId> arguments;
  std::vector<CriterionId> conditions;  // choose
  std::vector<std::string> keys;        // look_up
  int parameter = -1;                   // look_up, next_date: the table
  int function = -1;
  std::string label;
};

struct CriterionNode {
  CriterionOp op = CriterionOp::all;
  std::vector<CriterionId> children;
  std::vector<ValueId> values;
  int list = -1;
  int n = 0;
  bool open = false;
  int function = -1;
  std::string name;  // judgement: id
  std::string label;
  std::string because;
  std::string source;
  std::string unconfirmed;
};

struct Tree {
  std::vector<ValueNode> values;
  std::vector<CriterionNode> criteria;
  // By CriterionId: the first criterion that asks the very same of every record. A rule often says a thing in several places.
  std::vector<CriterionId> alike;
  TextArena texts;  // of constants
};
// Fills `alike`.
void find_alike(Tree& tree);
// Whether two values come to the same for every record.
bool are_alike(const Tree& tree, ValueId a, ValueId b);

struct Rule {
  std::string id;
  std::string title;
  std::string source;
  Tree tree;
  CriterionId applies_when = -1;  // -1: applies to everybody
  CriterionId met_when = -1;
  CriterionId refer_when = -1;
  std::string on_met_refer_to;
  std::string refer_to;
  std::vector<Payment> payments;
  bool has_deadline = false;
  Deadline deadline;
  std::map<Outcome, std::vector<Action>> actions;
  std::vector<ParameterSpec> parameters;  // declared, in manifest order
  std::vector<FactRef> facts;             // that it reads, in catalogue order
};

// Checks and resolves. Errors (place.line is the script's): rules.unknown_fact (with the nearest), rules.not_a_list, rules.list_as_value,
// rules.unknown_field, rules.item_outside_list, rules.unknown_parameter, rules.unknown_code (with the nearest), rules.type (what was compared or
// added with what), rules.unordered (a text, a boolean or an unordered code in an order), rules.unknown_column, rules.incomplete (a part that
// a rule, a value or a criterion must have), rules.at_least_of (none, or more than there are), rules.period, rules.basis.
Result<Rule> compile(const DraftRule& draft, const Catalogue& catalogue,
                     const std::vector<ParameterSpec>& parameters);

}  // namespace sendcheck
