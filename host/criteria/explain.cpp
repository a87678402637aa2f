#include "criteria/explain.hpp"

#include "base/text.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

std::string distance(const Describer& describer, const ValueType& type,
                     const Estimate& have, const Estimate& need) {
  if (!type.is_numeric() || !have.is_exact() || !need.is_exact()) return {};
  const Number a = number_of(have.value), b = number_of(need.value);
  const auto difference = a < b ? subtract(b, a) : subtract(a, b);
  if (!difference || *difference == Number(0)) return {};
  if (type.kind == Value::Kind::date) {
    return difference->to_string() +
           (*difference == Number(1) ? " day " : " days ") +
           (a < b ? "before" : "after");
  }
  return describer.exact(Value::of(*difference), type) +
         (a < b ? " below" : " above");
}

// What an entry of a list is: "Form 8", "reading speed", or its number.
std::string entry_name(const Evaluation& evaluation, int list, int entry) {
  const FactSpec& spec = evaluation.catalogue().lists()[at(list)];
  const Value* cells = evaluation.record().lists[at(list)].entry(entry);
  for (std::size_t f = 0; f < spec.fields.size(); ++f) {
    if (spec.fields[f].identifies && cells[f].is_known()) {
      return in_words(cells[f], spec.fields[f], evaluation.catalogue());
    }
  }
  return "entry " + std::to_string(entry + 1);
}

// Marks the fields of a list that a criterion reads.
void fields_read(const Tree& tree, CriterionId criterion, int list,
                 std::vector<bool>& read);

void fields_read_by(const Tree& tree, ValueId value, int list,
                    std::vector<bool>& read) {
  const ValueNode& node = tree.values[at(value)];
  if (node.op == ValueOp::item && node.list == list) read[at(node.slot)] = true;
  for (ValueId argument : node.arguments) {
    fields_read_by(tree, argument, list, read);
  }
  for (CriterionId condition : node.conditions) {
    if (condition >= 0) fields_read(tree, condition, list, read);
  }
}

void fields_read(const Tree& tree, CriterionId criterion, int list,
                 std::vector<bool>& read) {
  const CriterionNode& node = tree.criteria[at(criterion)];
  for (ValueId value : node.values) fields_read_by(tree, value, list, read);
  for (CriterionId child : node.children) {
    fields_read(tree, child, list, read);
  }
}

// The values of an entry that the criterion reads: "standard score 82, year when assessed year 10".
std::string entry_found(const Evaluation& evaluation, int list, int entry,
                        CriterionId where) {
  const FactSpec& spec = evaluation.catalogue().lists()[at(list)];
  const Value* cells = evaluation.record().lists[at(list)].entry(entry);
  std::vector<bool> read(spec.fields.size(), false);
  fields_read(evaluation.rule().tree, where, list, read);
  std::vector<std::string> parts;
  for (std::size_t f = 0; f < spec.fields.size(); ++f) {
    if (read[f] && cells[f].is_known() && !spec.fields[f].identifies) {
      parts.push_back(
          spec.fields[f].label + " " +
          in_words(cells[f], spec.fields[f], evaluation.catalogue()));
    }
  }
  return join(parts, ", ");
}

Reason::Kind kind_of(CriterionOp op) {
  switch (op) {
    case CriterionOp::all:
      return Reason::Kind::all;
    case CriterionOp::any:
      return Reason::Kind::any;
    case CriterionOp::none:
      return Reason::Kind::none;
    case CriterionOp::at_least_of:
      return Reason::Kind::at_least_of;
    case CriterionOp::any_item:
    case CriterionOp::every_item:
      return Reason::Kind::list;
    case CriterionOp::judgement:
      return Reason::Kind::judgement;
    case CriterionOp::test:
      return Reason::Kind::test;
    default:
      return Reason::Kind::comparison;
  }
}

void explain_entries(Evaluation& evaluation, const Describer& describer,
                     int list, CriterionId where, Reason& reason) {
  if (where < 0) return;
  const int size = evaluation.record().lists[at(list)].size();
  for (int entry = 0; entry < size; ++entry) {
    Evaluation::InEntry in(evaluation, list, entry);
    Reason child = explain(evaluation, describer, where);
    if (child.kind != Reason::Kind::all) {
      // What it asks stands below it, as where it asks for several things.
      Reason asked = std::move(child);
      child = {};
      child.result = asked.result;
      child.children.push_back(std::move(asked));
    }
    child.kind = Reason::Kind::entry;
    child.label = entry_name(evaluation, list, entry);
    child.have = entry_found(evaluation, list, entry, where);
    child.source.clear();
    reason.children.push_back(std::move(child));
  }
}

void explain_lists_of(Evaluation& evaluation, const Describer& describer,
                      ValueId value, Reason& reason) {
  const ValueNode& node = evaluation.rule().tree.values[at(value)];
  if (node.where >= 0) {
    explain_entries(evaluation, describer, node.slot, node.where, reason);
  }
  for (ValueId argument : node.arguments) {
    if (node.op != ValueOp::sum) {
      explain_lists_of(evaluation, describer, argument, reason);
    }
  }
  for (CriterionId condition : node.conditions) {
    if (condition >= 0) {
      reason.children.push_back(explain(evaluation, describer, condition));
    }
  }
}

// What was found of a value. Bounds that are only the catalogue's say nothing of this pupil.
std::string found_in_words(const Evaluation& evaluation,
                           const Describer& describer, ValueId value,
                           const Estimate& estimate) {
  const ValueNode& node = evaluation.rule().tree.values[at(value)];
  const bool is_bounded = estimate.state == Estimate::State::bounded;
  if (is_bounded && node.op == ValueOp::fact) {
    if (evaluation.is_not_yet(node.slot)) return "not yet";
    const Value& stated = evaluation.record().scalars[at(node.slot)];
    if (!stated.is_known()) return "not stated";
    return "at least " + describer.exact(stated, node.type) + " so far";
  }
  if (is_bounded && node.op == ValueOp::item) return "not stated";
  if (is_bounded && node.op == ValueOp::count && !estimate.has_high &&
      estimate.low == Number(0) &&
      (evaluation.record().lists[at(node.slot)].stated ||
       evaluation.catalogue().lists()[at(node.slot)].open)) {
    return "none so far";
  }
  return describer.estimate(estimate, node.type);
}

// A combination without words of its own is not said by those of all its parts: they stand below it.
std::string own_label(const CriterionNode& node, const Describer& describer,
                      CriterionId criterion) {
  if (node.because.empty() && node.label.empty()) {
    switch (node.op) {
      case CriterionOp::all:
        return "all of these";
      case CriterionOp::any:
        return "any of these";
      case CriterionOp::none:
        return "none of these";
      case CriterionOp::at_least_of:
        return "at least " + std::to_string(node.n) + " of these";
      default:
        break;
    }
  }
  return describer.label(criterion);
}

std::string unconfirmed_reason(const Evaluation& evaluation,
                               CriterionId criterion) {
  const Rule& rule = evaluation.rule();
  const CriterionNode& node = rule.tree.criteria[at(criterion)];
  if (!node.unconfirmed.empty()) return node.unconfirmed;
  const int by = evaluation.binding().unconfirmed_by[at(criterion)];
  if (by < 0) return {};
  const std::string& because =
      evaluation.binding().parameters[at(by)]->unconfirmed_because;
  return because.empty() ? rule.parameters[at(by)].label + " is not confirmed"
                         : because;
}

}  // namespace

Reason explain(Evaluation& evaluation, const Describer& describer,
               CriterionId criterion) {
  const Rule& rule = evaluation.rule();
  const CriterionNode& node = rule.tree.criteria[at(criterion)];
  Reason reason;
  reason.kind = kind_of(node.op);
  reason.label = own_label(node, describer, criterion);
  reason.result = evaluation.truth(criterion);
  reason.source = node.source;
  reason.unconfirmed = unconfirmed_reason(evaluation, criterion);
  switch (node.op) {
    case CriterionOp::all:
    case CriterionOp::any:
    case CriterionOp::none:
    case CriterionOp::at_least_of: {
      if (node.op == CriterionOp::at_least_of) {
        int met = 0;
        for (CriterionId child : node.children) {
          met += evaluation.truth(child) == Truth::met;
        }
        reason.have = std::to_string(met) + " met";
        reason.need = "at least " + std::to_string(node.n);
      }
      for (CriterionId child : node.children) {
        reason.children.push_back(explain(evaluation, describer, child));
      }
      break;
    }
    case CriterionOp::any_item:
    case CriterionOp::every_item: {
      const int list = node.list;
      const int size = evaluation.record().lists[at(list)].size();
      const Evaluation::Tally found =
          evaluation.tally(list, node.children.front());
      const bool stated = evaluation.record().lists[at(list)].stated;
      reason.have = size == 0 ? (stated ? "none on file" : "not stated")
                    : found.certain == 0
                        ? "none of " + std::to_string(size) + " on file"
                        : std::to_string(found.certain) + " of " +
                              std::to_string(size) + " on file";
      reason.need = node.op == CriterionOp::any_item ? "at least 1" : "all";
      explain_entries(evaluation, describer, list, node.children.front(),
                      reason);
      break;
    }
    case CriterionOp::judgement:
      reason.have = reason.result == Truth::unknown ? "not answered"
                    : reason.result == Truth::met   ? "yes"
                                                    : "no";
      reason.need = "a named person's yes";
      break;
    case CriterionOp::test:
      reason.have = reason.result == Truth::unknown ? "not known"
                    : reason.result == Truth::met   ? "yes"
                                                    : "no";
      reason.need = "yes";
      break;
    default: {
      const ValueId left = node.values[0];
      const ValueType& type = rule.tree.values[at(left)].type;
      const Estimate have = evaluation.estimate(left);
      reason.have = found_in_words(evaluation, describer, left, have);
      reason.need = describer.need(criterion);
      if (node.values.size() == 2 &&
          !rule.tree.values[at(node.values[1])].type.is_list) {
        const Estimate need = evaluation.estimate(node.values[1]);
        if (reason.result != Truth::met || node.op != CriterionOp::is) {
          reason.gap = distance(describer, type, have, need);
        }
        // A limit that is worked out is worth more than its formula.
        const ValueOp op = rule.tree.values[at(node.values[1])].op;
        if (op != ValueOp::constant && op != ValueOp::parameter &&
            need.is_exact()) {
          reason.need +=
              " (" +
              describer.exact(need.value,
                              rule.tree.values[at(node.values[1])].type) +
              ")";
        }
      }
      for (ValueId value : node.values) {
        explain_lists_of(evaluation, describer, value, reason);
      }
      break;
    }
  }
  return reason;
}

}  // namespace sendcheck
