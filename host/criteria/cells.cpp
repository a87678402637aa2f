// Which cells of the record a value rests on, and what they are called.
#include <algorithm>

#include "base/text.hpp"
#include "criteria/explain.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

const FactSpec& spec_of(const Evaluation& evaluation, FactKey fact) {
  const Catalogue& catalogue = evaluation.catalogue();
  if (fact.list < 0) return catalogue.scalars()[at(fact.slot)];
  const FactSpec& list = catalogue.lists()[at(fact.list)];
  return fact.slot < 0 ? list : list.fields[at(fact.slot)];
}

void add(std::vector<FactKey>& cells, FactKey cell) {
  if (std::find(cells.begin(), cells.end(), cell) == cells.end()) {
    cells.push_back(cell);
  }
}

void collect_list(Evaluation& evaluation, int list, CriterionId where,
                  ValueId value, int field, Branches branches, Cells& cells) {
  const int size = evaluation.record().lists[at(list)].size();
  for (int entry = 0; entry < size; ++entry) {
    Evaluation::InEntry in(evaluation, list, entry);
    if (where >= 0) {
      const Truth counts = evaluation.truth(where);
      collect_cells_of_criterion(evaluation, where, branches, cells);
      if (counts == Truth::not_met && branches == Branches::taken) continue;
    }
    if (value >= 0) collect_cells(evaluation, value, branches, cells);
    if (field >= 0) {
      const bool known =
          evaluation.estimate_of_field(list, entry, field).is_exact();
      add(known ? cells.stated : cells.unknown, {list, entry, field});
    }
  }
  Evaluation::InEntry in(evaluation, list, -1);
  if (where < 0 || evaluation.truth(where) != Truth::not_met) {
    cells.lists.push_back({list, where});
  }
}

// `item area :is "reading_speed"` somewhere in `where` says which entry is meant.
std::string selector_of(const Evaluation& evaluation, int list,
                        CriterionId where, std::string* label) {
  if (where < 0) return {};
  const Tree& tree = evaluation.rule().tree;
  const CriterionNode& node = tree.criteria[at(where)];
  if (node.op == CriterionOp::all) {
    for (CriterionId child : node.children) {
      std::string found = selector_of(evaluation, list, child, label);
      if (!found.empty()) return found;
    }
    return {};
  }
  if (node.op != CriterionOp::is) return {};
  const ValueNode& left = tree.values[at(node.values[0])];
  if (left.op != ValueOp::item || left.list != list) return {};
  const FactSpec& field =
      evaluation.catalogue().lists()[at(list)].fields[at(left.slot)];
  if (!field.identifies) return {};
  const ValueId right = node.values[1];
  const ValueNode& right_node = tree.values[at(right)];
  Value value = right_node.constant;
  if (right_node.op == ValueOp::parameter) {
    value = evaluation.binding().values[at(right)].scalar;
  } else if (right_node.op != ValueOp::constant) {
    return {};
  }
  if (label) *label = in_words(value, field, evaluation.catalogue());
  return "[" + field.path + "=" +
         to_text(value, field, evaluation.catalogue()) + "]";
}

// What an entry is about, and the how-manieth of its like it is.
struct Named {
  std::string field;  // empty: nothing stated says what it is about
  std::string value;
  std::string words;
  int among = 1;
};
Named name_of_entry(const Evaluation& evaluation, int list, int entry) {
  const FactSpec& spec = evaluation.catalogue().lists()[at(list)];
  const List& entries = evaluation.record().lists[at(list)];
  for (std::size_t f = 0; f < spec.fields.size(); ++f) {
    const FactSpec& field = spec.fields[f];
    const Value& value = entries.entry(entry)[f];
    if (!field.identifies || !value.is_known()) continue;
    Named named = {field.path, to_text(value, field, evaluation.catalogue()),
                   in_words(value, field, evaluation.catalogue()), 1};
    for (int other = 0; other < entry; ++other) {
      named.among += entries.entry(other)[f] == value;
    }
    return named;
  }
  return {};
}

}  // namespace

std::string path_of(const Evaluation& evaluation, FactKey fact) {
  const FactSpec& spec = spec_of(evaluation, fact);
  if (fact.list < 0) return spec.path;
  std::string path = evaluation.catalogue().lists()[at(fact.list)].path;
  if (fact.entry >= 0) {
    const Named named = name_of_entry(evaluation, fact.list, fact.entry);
    path += named.field.empty() ? "[" + std::to_string(fact.entry + 1) + "]"
                                : "[" + named.field + "=" + named.value + "]";
    if (named.among > 1) path += "[" + std::to_string(named.among) + "]";
  }
  return fact.slot < 0 ? path : path + "." + spec.path;
}

std::string path_of_entry(const Evaluation& evaluation, int list,
                          CriterionId where) {
  return evaluation.catalogue().lists()[at(list)].path +
         selector_of(evaluation, list, where, nullptr);
}

MissingItem missing_fact(const Evaluation& evaluation, FactKey fact) {
  const FactSpec& spec = spec_of(evaluation, fact);
  MissingItem item;
  item.fact = path_of(evaluation, fact);
  item.label = spec.label;
  item.actionable = spec.actionable;
  if (fact.list >= 0) {
    const FactSpec& list = evaluation.catalogue().lists()[at(fact.list)];
    if (list.evidence) item.kind = MissingItem::Kind::evidence;
    if (fact.entry >= 0 && fact.slot >= 0) {
      // Which entry: "score (reading speed)".
      const Named named = name_of_entry(evaluation, fact.list, fact.entry);
      if (!named.field.empty() && named.field != spec.path) {
        item.label +=
            " (" + named.words +
            (named.among > 1 ? ", number " + std::to_string(named.among)
                             : std::string()) +
            ")";
      }
    }
  }
  return item;
}

MissingItem missing_entry(const Evaluation& evaluation,
                          const Describer& describer, int list,
                          CriterionId where) {
  const FactSpec& spec = evaluation.catalogue().lists()[at(list)];
  MissingItem item;
  std::string selected;
  item.fact = spec.path + selector_of(evaluation, list, where, &selected);
  item.kind =
      spec.evidence ? MissingItem::Kind::evidence : MissingItem::Kind::fact;
  item.actionable = spec.actionable;
  item.label = spec.label;
  if (where >= 0) {
    item.label += ": " + (selected.empty() ? describer.label(where) : selected);
    const CriterionNode& node = evaluation.rule().tree.criteria[at(where)];
    if (!selected.empty() && node.op == CriterionOp::all) {
      std::vector<std::string> rest;
      for (CriterionId child : node.children) {
        if (selector_of(evaluation, list, child, nullptr).empty()) {
          rest.push_back(describer.label(child));
        }
      }
      if (!rest.empty()) item.label += " (" + join_in_words(rest) + ")";
    }
  }
  return item;
}

std::vector<MissingItem> missing_parts_of_entry(const Evaluation& evaluation,
                                                const Describer& describer,
                                                int list, CriterionId where) {
  const MissingItem whole = missing_entry(evaluation, describer, list, where);
  const FactSpec& spec = evaluation.catalogue().lists()[at(list)];
  const Tree& tree = evaluation.rule().tree;
  std::string subject;
  const std::string selector = selector_of(evaluation, list, where, &subject);
  if (spec.evidence || selector.empty() ||
      tree.criteria[at(where)].op != CriterionOp::all) {
    return {whole};
  }
  std::vector<MissingItem> parts;
  for (CriterionId child : tree.criteria[at(where)].children) {
    if (!selector_of(evaluation, list, child, nullptr).empty()) continue;
    const CriterionNode& asked = tree.criteria[at(child)];
    if (asked.values.empty()) return {whole};
    const ValueNode& left = tree.values[at(asked.values[0])];
    if (left.op != ValueOp::item) return {whole};
    const FactSpec& field = spec.fields[at(left.slot)];
    parts.push_back({spec.path + selector + "." + field.path,
                     field.label + " (" + subject + ")", whole.kind,
                     field.actionable});
  }
  return parts.empty() ? std::vector<MissingItem>{whole} : parts;
}

void collect_cells(Evaluation& evaluation, ValueId value, Branches branches,
                   Cells& cells) {
  const ValueNode& node = evaluation.rule().tree.values[at(value)];
  switch (node.op) {
    case ValueOp::fact: {
      const FactKey cell{-1, -1, node.slot};
      const bool known = evaluation.estimate_of_scalar(node.slot).is_exact();
      add(known ? cells.stated : cells.unknown, cell);
      break;
    }
    case ValueOp::item:
      if (evaluation.item_entry() >= 0) {
        const FactKey cell{node.list, evaluation.item_entry(), node.slot};
        const bool known =
            evaluation.estimate_of_field(cell.list, cell.entry, cell.slot)
                .is_exact();
        add(known ? cells.stated : cells.unknown, cell);
      }
      break;
    case ValueOp::count:
      collect_list(evaluation, node.slot, node.where, -1, node.field, branches,
                   cells);
      break;
    case ValueOp::sum:
      collect_list(evaluation, node.slot, node.where, node.arguments[0], -1,
                   branches, cells);
      break;
    case ValueOp::max_of:
    case ValueOp::min_of:
      collect_list(evaluation, node.slot, node.where, -1, node.field, branches,
                   cells);
      break;
    case ValueOp::compute:
      for (const FactKey& cell : evaluation.answer(node.function).missing) {
        add(cells.unknown, cell);
      }
      break;
    case ValueOp::choose:
      for (std::size_t i = 0; i < node.arguments.size(); ++i) {
        const CriterionId condition = node.conditions[i];
        const Truth holds =
            condition < 0 ? Truth::met : evaluation.truth(condition);
        const bool all = branches == Branches::all;
        if (condition >= 0) {
          collect_cells_of_criterion(evaluation, condition, branches, cells);
        }
        if (all || holds != Truth::not_met) {
          collect_cells(evaluation, node.arguments[i], branches, cells);
        }
        if (!all && holds == Truth::met) break;
      }
      break;
    default:
      for (ValueId argument : node.arguments) {
        collect_cells(evaluation, argument, branches, cells);
      }
      break;
  }
}

void collect_cells_of_criterion(Evaluation& evaluation, CriterionId criterion,
                                Branches branches, Cells& cells) {
  const CriterionNode& node = evaluation.rule().tree.criteria[at(criterion)];
  for (ValueId value : node.values) {
    collect_cells(evaluation, value, branches, cells);
  }
  if (node.op == CriterionOp::any_item || node.op == CriterionOp::every_item) {
    collect_list(evaluation, node.list, node.children.front(), -1, -1, branches,
                 cells);
    return;
  }
  if (node.op == CriterionOp::judgement) {
    // Named by its own kind of missing item.
    return;
  }
  if (node.op == CriterionOp::test) {
    for (const FactKey& cell : evaluation.answer(node.function).missing) {
      add(cells.unknown, cell);
    }
  }
  for (CriterionId child : node.children) {
    collect_cells_of_criterion(evaluation, child, branches, cells);
  }
}

}  // namespace sendcheck
