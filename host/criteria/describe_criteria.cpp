// Criteria in words; values are in describe.cpp.
#include <algorithm>

#include "base/text.hpp"
#include "criteria/describe.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

using Kind = Value::Kind;

// "the subject tests reading", of "the answer to whether the subject tests reading"; else "the parent's consent is yes".
std::string truth_in_words(const std::string& subject, bool truth) {
  for (const std::string_view asked : {"the answer to whether ", "whether "}) {
    if (subject.starts_with(asked)) {
      return (truth ? "" : "it is not so that ") + subject.substr(asked.size());
    }
  }
  return subject + (truth ? " is yes" : " is no");
}

// "the number of hours a week" is "at least 15", not "at least 15 hours a week".
std::string without_unit_of(const std::string& subject, std::string need) {
  const std::size_t last = need.find_last_of("0123456789");
  if (last == std::string::npos || last + 2 >= need.size()) return need;
  const std::string unit = need.substr(last + 1);
  if (unit.front() == ' ' && subject.ends_with(unit)) need.resize(last + 1);
  return need;
}

}  // namespace

// What a value is compared with: of a parameter's code, the words for it.
std::string Describer::compared_with(ValueId left, ValueId right) const {
  const ValueNode& of = rule_.tree.values[at(left)];
  const ValueNode& node = rule_.tree.values[at(right)];
  if (of.op == ValueOp::parameter && node.op == ValueOp::constant &&
      node.constant.kind() == Kind::text) {
    const ParameterSpec& spec = rule_.parameters[at(of.slot)];
    if (spec.type == ParameterType::code) {
      return code_in_words(node.constant.text(), spec, catalogue_);
    }
  }
  return value(right);
}

std::string Describer::need(CriterionId id) const {
  const CriterionNode& node = rule_.tree.criteria[at(id)];
  if (node.values.empty()) return {};
  const bool dates =
      rule_.tree.values[at(node.values[0])].type.kind == Kind::date;
  const auto right = [&](std::size_t i) {
    return compared_with(node.values[0], node.values[i]);
  };
  switch (node.op) {
    case CriterionOp::is:
      return right(1);
    case CriterionOp::is_not:
      return "not " + right(1);
    case CriterionOp::is_one_of: {
      std::vector<std::string> parts;
      for (std::size_t i = 1; i < node.values.size(); ++i) {
        parts.push_back(right(i));
      }
      return join_in_words(parts, " or ");
    }
    case CriterionOp::at_least:
      return (dates ? "on or after " : "at least ") + right(1);
    case CriterionOp::at_most:
      return (dates ? "on or before " : "at most ") + right(1);
    case CriterionOp::above:
      return (dates ? "after " : "more than ") + right(1);
    case CriterionOp::below:
      return (dates ? "before " : "less than ") + right(1);
    case CriterionOp::between:
      return "between " + right(1) + " and " + right(2);
    case CriterionOp::is_known:
      return "stated";
    default:
      return {};
  }
}

// What a sentence is about: of a parameter its name, not its value.
std::string Describer::subject(ValueId id) const {
  const ValueNode& node = rule_.tree.values[at(id)];
  return node.op == ValueOp::parameter ? rule_.parameters[at(node.slot)].label
                                       : value(id);
}

// What a truth comes to, in the catalogue's words; empty when it has none.
std::string Describer::statement_of(ValueId id) const {
  const ValueNode& node = rule_.tree.values[at(id)];
  if (!node.label.empty()) return {};
  if (node.op == ValueOp::fact) {
    return catalogue_.scalars()[at(node.slot)].statement;
  }
  return node.op == ValueOp::item
             ? catalogue_.lists()[at(node.list)].fields[at(node.slot)].statement
             : std::string();
}

// A group of which one part is left to say.
bool Describer::said_alone(const CriterionNode& group) const {
  return group.op == CriterionOp::all && group.children.size() == 2 &&
         is_implied(group, rule_.tree.criteria[at(group.children[0])]);
}

// "none { all { stated, so } }": what a record says that states it.
const CriterionNode* Describer::said_against(const CriterionNode& none) const {
  if (none.children.size() != 1) return nullptr;
  const CriterionNode& both = rule_.tree.criteria[at(none.children.front())];
  if (both.op != CriterionOp::all || both.children.size() != 2 ||
      !both.because.empty() || !both.label.empty()) {
    return nullptr;
  }
  const CriterionNode& stated = rule_.tree.criteria[at(both.children[0])];
  const CriterionNode& so = rule_.tree.criteria[at(both.children[1])];
  const bool is_of_one =
      stated.op == CriterionOp::is_known && !so.values.empty() &&
      value(stated.values.front()) == value(so.values.front());
  return is_of_one ? &both : nullptr;
}

// "is stated", beside what it is to be: that says so already.
bool Describer::is_implied(const CriterionNode& all,
                           const CriterionNode& part) const {
  if (part.op != CriterionOp::is_known || !part.because.empty() ||
      !part.label.empty()) {
    return false;
  }
  const std::string stated = value(part.values.front());
  return std::any_of(
      all.children.begin(), all.children.end(), [&](CriterionId child) {
        const CriterionNode& beside = rule_.tree.criteria[at(child)];
        return beside.op != CriterionOp::is_known && beside.children.empty() &&
               !beside.values.empty() && value(beside.values.front()) == stated;
      });
}

std::string Describer::combined(const CriterionNode& node,
                                const char* word) const {
  std::vector<std::string> parts;
  for (CriterionId child : node.children) {
    const CriterionNode& part = rule_.tree.criteria[at(child)];
    if (node.op == CriterionOp::all && is_implied(node, part)) continue;
    const bool has_own_words = !part.because.empty() || !part.label.empty();
    const bool is_composed =
        !has_own_words && part.children.size() > 1 && !said_alone(part) &&
        (part.op == CriterionOp::all || part.op == CriterionOp::any);
    parts.push_back(is_composed ? "(" + criterion(child) + ")" : label(child));
  }
  return join_in_words(parts, word);
}

std::string Describer::criterion(CriterionId id) const {
  const CriterionNode& node = rule_.tree.criteria[at(id)];
  if (!node.values.empty() &&
      rule_.tree.values[at(node.values[0])].op == ValueOp::list_includes &&
      node.op == CriterionOp::is) {
    return value(node.values[0]);
  }
  switch (node.op) {
    case CriterionOp::all:
      return combined(node, " and ");
    case CriterionOp::any:
      return combined(node, " or ");
    case CriterionOp::none:
      if (const CriterionNode* both = said_against(node)) {
        return "the record does not say that " + label(both->children[1]);
      }
      return "it is not so that " + combined(node, ", nor that ");
    case CriterionOp::at_least_of:
      return "at least " + std::to_string(node.n) + " of (" +
             combined(node, " and ") + ")";
    case CriterionOp::any_item:
      return "there is an entry in the " + list_label(node.list) + " where " +
             criterion(node.children.front());
    case CriterionOp::every_item:
      return "for every entry in the " + list_label(node.list) + ", " +
             criterion(node.children.front());
    case CriterionOp::judgement:
    case CriterionOp::test:
      return node.label;
    case CriterionOp::is_known: {
      const ValueNode& known = rule_.tree.values[at(node.values[0])];
      if (known.op == ValueOp::count && known.where < 0 &&
          known.label.empty()) {
        return "the record lists the " + list_label(known.slot);
      }
      const std::string of = subject(node.values[0]);
      constexpr std::string_view question = "the answer to ";
      return of.starts_with(question)
                 ? "the record says " + of.substr(question.size())
                 : of + " is stated";
    }
    case CriterionOp::is:
    case CriterionOp::is_not: {
      const ValueNode& right = rule_.tree.values[at(node.values[1])];
      if (right.op == ValueOp::constant &&
          right.constant.kind() == Kind::boolean) {
        const bool truth =
            right.constant.boolean() == (node.op == CriterionOp::is);
        const std::string statement = statement_of(node.values[0]);
        return statement.empty()
                   ? truth_in_words(subject(node.values[0]), truth)
                   : (truth ? "" : "it is not so that ") + statement;
      }
      return subject(node.values[0]) + " is " +
             without_unit_of(subject(node.values[0]), need(id));
    }
    default:
      return subject(node.values[0]) + " is " +
             without_unit_of(subject(node.values[0]), need(id));
  }
}

std::string Describer::label(CriterionId id) const {
  if (labels_) return (*labels_)[at(id)];
  const CriterionNode& node = rule_.tree.criteria[at(id)];
  if (!node.because.empty()) return node.because;
  if (!node.label.empty()) return node.label;
  return criterion(id);
}

}  // namespace sendcheck
