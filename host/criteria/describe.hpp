// Criteria and values in plain English.
#pragma once

#include <string>
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
  // The author's words where there are any, else what the criterion says.
  std::string label(CriterionId id) const;
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
  std::string period(ValueId id, const std::string& unit) const;
  std::string day_of_year(ValueId id) const;
  std::string combined(const CriterionNode& node, const char* word) const;

  const Rule& rule_;
  const Catalogue& catalogue_;
  const Binding* binding_;
  const std::vector<std::string>* labels_ = nullptr;
};

}  // namespace sendcheck
