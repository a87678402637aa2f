// Criteria and values in plain English.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "criteria/evaluation.hpp"

namespace sendcheck {

// Puts a rule's parts into words. With a binding, parameters are said by their values ("84"); without, by their labels. All must outlive it.
class Describer {
 public:
  Describer(const Rule& rule, const Catalogue& catalogue,
            const Binding* binding)
      : rule_(rule), catalogue_(catalogue), binding_(binding) {}
  // With labels that were made before, by CriterionId, under the same binding.
  Describer(const Rule& rule, const Catalogue& catalogue,
            const Binding* binding, const std::vector<std::string>* labels)
      : rule_(rule),
        catalogue_(catalogue),
        binding_(binding),
        labels_(labels) {}

  // "the number of entries in the assessments where ..."
  std::string value(ValueId id) const;
  // The same of a value that has a name of the author's, by what it is made of: "the last day within 6 weeks of ...".
  std::string worked_out(ValueId id) const;
  // The author's words where there are any, else what the criterion says.
  std::string label(CriterionId id) const;
  // In what a number is counted ("sessions"); empty where it has no unit, or is money or a date. Lives as long as the catalogue and the rule.
  std::string_view unit_of(ValueId id) const;
  // What the criterion says: "the annual cost is more than £6,000".
  std::string criterion(CriterionId id) const;
  // What a comparison asks for: "at least 9".
  std::string need(CriterionId id) const;

  // A value of a node's type, for a reader.
  std::string exact(const Value& value, const ValueType& type) const;
  // "£6,000", "between 2 and 5", "not stated", "at least 6 so far", "5 or none".
  std::string estimate(const Estimate& estimate, const ValueType& type) const;

 private:
  std::string decided(const ValueNode& node) const;
  std::string list_label(int list) const;
  std::string operand(ValueId id) const;
  std::string subject(ValueId id) const;
  std::string statement_of(ValueId id) const;
  bool is_implied(const CriterionNode& all, const CriterionNode& part) const;
  bool said_alone(const CriterionNode& group) const;
  const CriterionNode* said_against(const CriterionNode& none) const;
  std::string compared_with(ValueId left, ValueId right) const;
  std::string period(ValueId id, const std::string& unit) const;
  std::string day_of_year(ValueId id) const;
  std::string combined(const CriterionNode& node, const char* word) const;

  const Rule& rule_;
  const Catalogue& catalogue_;
  const Binding* binding_;
  const std::vector<std::string>* labels_ = nullptr;
};

}  // namespace sendcheck
