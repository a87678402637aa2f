// The inside of compile(): shared by its three sources, and by nothing else.
//
// compile.cpp makes the rule and its criteria, compile_values.cpp its values, compile_names.cpp finds what names mean and says what is wrong.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "criteria/tree.hpp"

namespace sendcheck {

// Compiles one draft. Every failure is kept as the first one met: the script's line says where.
class Compiler {
 public:
  Compiler(const DraftRule& draft, const Catalogue& catalogue,
           const std::vector<ParameterSpec>& parameters)
      : draft_(draft), catalogue_(catalogue), parameters_(parameters) {}

  Result<Rule> run();

 private:
  void fail(int line, std::string id, std::string message);
  ValueNode& value(ValueId id) {
    return rule_.tree.values[static_cast<std::size_t>(id)];
  }
  const ValueType& type(ValueId id) { return value(id).type; }
  ValueId keep(ValueNode node) {
    rule_.tree.values.push_back(std::move(node));
    return static_cast<ValueId>(rule_.tree.values.size()) - 1;
  }
  CriterionId keep(CriterionNode node) {
    rule_.tree.criteria.push_back(std::move(node));
    return static_cast<CriterionId>(rule_.tree.criteria.size()) - 1;
  }
  CriterionId top(CriterionId draft) {
    return draft < 0 ? -1 : compile_criterion(draft, -1);
  }
  ValueId optional_value(ValueId draft, Value::Kind kind);
  void compile_payment(const Payment& payment);
  void compile_deadline();
  int list_slot(const std::string& name, int line);
  void unknown_fact(const std::string& name, int line);
  int field_of(int list, const std::string& name, int line);
  int parameter_index(const std::string& name, int line);
  // A text as a code of a list: what is compared with a coded fact.
  Value code_constant(const std::string& text, int codes, int line);
  ValueId compile_value(ValueId draft_id, int list);
  // So many operands, or the message for the script's author.
  bool is_complete(const DraftValue& draft);
  bool is_complete(const DraftCriterion& draft);
  void compile_constant(const DraftValue& draft, ValueNode& node);
  void wrong_operands(int line, const std::string& verb, const ValueType& a,
                      const ValueType& b);
  void compile_arithmetic(const DraftValue& draft, ValueNode& node, int list);
  void compile_extremes(const DraftValue& draft, ValueNode& node, int list);
  void compile_list_value(const DraftValue& draft, ValueNode& node);
  void compile_choose(const DraftValue& draft, ValueNode& node, int list);
  void compile_table_value(const DraftValue& draft, ValueNode& node, int list);
  void compile_decision(const DraftValue& draft, ValueNode& node,
                        const ParameterSpec& spec);
  void compile_list_use(const DraftValue& draft, ValueNode& node, int list);
  void compile_dates(const DraftValue& draft, ValueNode& node, int list);
  bool has_order(const ValueType& type) const;
  // Makes the right side of a comparison fit the left: a text becomes a code of the left's list.
  void fit(ValueId left, ValueId right, int line);
  CriterionId compile_criterion(CriterionId draft_id, int list);
  void compile_comparison(const DraftCriterion& draft, CriterionNode& node,
                          int list);
  void collect_facts();

  const DraftRule& draft_;
  const Catalogue& catalogue_;
  const std::vector<ParameterSpec>& parameters_;
  Rule rule_;
  std::optional<Error> failure_;
};

// "an amount of money", for a message.
std::string kind_in_words(const ValueType& type);
Value::Kind kind_of(FactType type);
Value::Kind kind_of(ParameterType type);

}  // namespace sendcheck
