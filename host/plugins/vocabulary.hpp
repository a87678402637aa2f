// The words that rule.lua is written in, bound to a script::State. Calling them builds a DraftRule; nothing is evaluated.
//
// One Vocabulary belongs to one state. The full list of words, with their meanings, is plugins/README.md; editor stubs are in plugins/api/.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "criteria/draft.hpp"
#include "plugins/manifest.hpp"
#include "script/state.hpp"

namespace sendcheck {

class Vocabulary {
 public:
  // Defines every word in `state`. `manifest` must outlive the vocabulary; the vocabulary must outlive every run of the state.
  Vocabulary(script::State& state, const Manifest& manifest);
  Vocabulary(const Vocabulary&) = delete;
  Vocabulary& operator=(const Vocabulary&) = delete;

  // Before each run of the script.
  void start_over();

  // The rules that the script returned: one, or a list of them. Errors: plugins.no_rule, plugins.unused_criterion, plugins.unused_value (something was
  // built that none of them holds).
  Result<std::vector<DraftRule>> rules(const script::Value& returned) const;

  // Around each call of a function and the reading of its answer: in between, the words that build a rule are refused, pounds "12.50" is a plain exact
  // number, and what the function made is forgotten at the end.
  void start_function();
  void end_function();

  // The functions of test and compute leaves, in the order in which the script made them. Their index is the leaf's `function`.
  const std::vector<script::FunctionRef>& functions() const {
    return functions_;
  }
  const std::set<std::string>& messages_used() const { return messages_used_; }

  // Exact numbers, amounts and dates as scripts hold them: also used inside test and compute.
  script::Value of_number(Number number);  // an integer where it is whole
  script::Value of_date(Date date) const;
  const Number* number(const script::Value& value) const;  // an exact one
  bool is_date(const script::Value& value) const;
  static Date date(const script::Value& value);

 private:
  using Call = script::Call;
  using Value = script::Value;

  void define_exact(script::State& state);
  void define_date(script::State& state);
  void define_value(script::State& state);
  void define_criterion(script::State& state);
  void define_value_words(script::State& state);
  void define_table_words(script::State& state);
  void define_includes(script::TypeSpec& type);
  void define_date_words(script::State& state);
  void define_criterion_words(script::State& state);
  void define_rule_words(script::State& state);

  // The function, refusing more arguments than it takes: what would not be read was meant for something.
  static script::HostFunction taking(std::size_t most, std::string word,
                                     script::HostFunction function);
  // A word that builds a part of a rule.
  void define(script::State& state, const char* word, std::size_t most,
              script::HostFunction function);
  void refuse_in_function() const;

  Value keep(DraftValue value);
  Value keep(DraftCriterion criterion);
  // An argument as a value: one that was built, or a literal.
  ValueId value_at(Call& call, std::size_t index);
  ValueId to_value(const Value& value, int line);
  CriterionId criterion_at(Call& call, std::size_t index);
  CriterionId to_criterion(const Value& value, const std::string& where);
  std::string text_at(Call& call, std::size_t index, const std::string& what);
  std::string text_field(const script::Table& table, const std::string& name,
                         bool required);
  int function_at(Call& call, std::size_t index);
  std::optional<Number> as_number(const Value& value) const;

  script::HostFunction comparison(const std::string& word, CriterionOp op,
                                  bool of_dates);
  script::HostFunction arithmetic(ValueOp op);
  script::HostFunction combination(CriterionOp op, const std::string& name);
  script::HostFunction over_list(ValueOp op);
  script::HostFunction date_word(ValueOp op, std::size_t operands);
  Value of_table_list(Call& call, ValueOp op);
  Value combine(CriterionOp op, const Value& table, std::string label, int n,
                int line);
  Value make_rule(Call& call);
  std::vector<std::pair<std::string, ValueId>> working_lines(
      const script::Table& table) const;
  CriterionId optional_criterion(const script::Table& table,
                                 const std::string& name);
  ValueId optional_value(const script::Table& table, const std::string& name,
                         int line);

  const Manifest& manifest_;
  int exact_type_ = -1, date_type_ = -1, value_type_ = -1, criterion_type_ = -1;
  int case_type_ = -1, line_type_ = -1, payment_type_ = -1, deadline_type_ = -1;
  script::Object as_of_;
  int action_type_ = -1, refer_type_ = -1, rule_type_ = -1;

  struct Case {
    CriterionId when;
    ValueId value;
  };
  std::vector<Number> numbers_;
  std::vector<DraftValue> values_;
  std::vector<DraftCriterion> criteria_;
  std::set<ValueId>
      read_values_;  // of which only the name or a copy was needed
  std::set<CriterionId>
      originals_;  // of which a copy was made, with words of its own
  std::vector<Case> cases_;
  std::vector<std::pair<std::string, ValueId>> lines_;
  std::vector<Payment> payments_;
  std::vector<Deadline> deadlines_;
  std::vector<Action> actions_;
  std::vector<std::string> refers_;
  std::vector<DraftRule> rules_;
  std::vector<script::FunctionRef> functions_;
  std::set<std::string> messages_used_;
  bool in_function_ = false;
  std::size_t numbers_before_ = 0, values_before_ = 0;  // the function
};

}  // namespace sendcheck
