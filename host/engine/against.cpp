// Of all that is not met, the one thing to say.
#include <algorithm>

#include "base/text.hpp"
#include "criteria/decisions.hpp"
#include "criteria/reasons.hpp"
#include "engine/summary.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

class Against {
 public:
  Against(Evaluation& evaluation, const Describer& describer)
      : evaluation_(evaluation), describer_(describer) {}

  std::string of(CriterionId criterion) {
    const CriterionId named = down(criterion);
    if (node(named).op == CriterionOp::judgement) {
      return "a named person answered no to “" + node(named).label + "”";
    }
    const CriterionId leaf = lone_leaf(named);
    // Of one way among several, only figures are worth a word.
    const bool says_more = leaf == named || (leaf >= 0 && has_figures(leaf));
    return "the rule asks for “" + describer_.label(named) + "”" +
           (says_more ? found(leaf) : std::string());
  }

 private:
  const CriterionNode& node(CriterionId id) const {
    return evaluation_.rule().tree.criteria[at(id)];
  }

  bool has_figures(CriterionId id) const {
    return !node(id).values.empty() && evaluation_.rule()
                                           .tree.values[at(node(id).values[0])]
                                           .type.is_numeric();
  }

  // Down through lists of conditions to the first that is not met, as far as the author has not said in words of their own what they come to.
  // Of several ways that are all shut, none is the reason: the place where they part is named.
  CriterionId down(CriterionId id) {
    const CriterionNode& here = node(id);
    if (!here.because.empty()) return id;
    if (here.op == CriterionOp::all) {
      for (CriterionId child : here.children) {
        if (evaluation_.truth(child) == Truth::not_met) return down(child);
      }
    }
    if (here.op == CriterionOp::any && here.children.size() == 1) {
      return down(here.children.front());
    }
    return id;
  }

  // How many comparisons under a criterion stand against it.
  int leaves_against(CriterionId id) {
    const CriterionNode& here = node(id);
    if (here.op != CriterionOp::all && here.op != CriterionOp::any) {
      return evaluation_.truth(id) != Truth::met;
    }
    int found = 0;
    for (CriterionId child : here.children) found += leaves_against(child);
    return found;
  }

  // The comparison whose figures tell a reader most: of several ways, that of the only one that fails by nothing else; -1 when there is none.
  CriterionId lone_leaf(CriterionId id) {
    const CriterionNode& here = node(id);
    if (here.op != CriterionOp::all && here.op != CriterionOp::any) return id;
    CriterionId lone = -1;
    for (CriterionId child : here.children) {
      if (evaluation_.truth(child) == Truth::met) continue;
      const int against = leaves_against(child);
      if (here.op == CriterionOp::all && lone >= 0) return -1;
      if (against != 1) {
        if (here.op == CriterionOp::all) return -1;
        continue;
      }
      if (lone >= 0) return -1;
      lone = child;
    }
    return lone < 0 ? -1 : lone_leaf(lone);
  }

  std::string found(CriterionId leaf) {
    const CriterionNode& here = node(leaf);
    switch (here.op) {
      case CriterionOp::all:
      case CriterionOp::any:
      case CriterionOp::none:
      case CriterionOp::at_least_of:
      case CriterionOp::judgement:
      case CriterionOp::test:
      case CriterionOp::is_known:
        return {};
      default:
        break;
    }
    const FoundAt at_leaf = found_at(evaluation_, describer_, leaf);
    if (here.values.empty()) return " (found " + at_leaf.have + ")";
    const Tree& tree = evaluation_.rule().tree;
    const ValueNode& left = tree.values[at(here.values[0])];
    const bool is_sum =
        left.op == ValueOp::add || left.op == ValueOp::subtract ||
        left.op == ValueOp::multiply || left.op == ValueOp::divide;
    if (is_sum && left.label.empty()) return parts_of(here);
    std::string words = " (found " + at_leaf.have;
    // What a code or an answer should have been is what the criterion says.
    if (has_figures(leaf)) words += "; needed " + at_leaf.need;
    return words + ")";
  }

  // The facts that both sides were worked out from: the result of a sum says nothing to a reader.
  std::string parts_of(const CriterionNode& here) {
    Cells cells;
    for (ValueId value : here.values) {
      collect_cells(evaluation_, value, Branches::taken, cells);
    }
    std::vector<std::string> parts;
    for (const FactKey& cell : cells.stated) {
      const Catalogue& catalogue = evaluation_.catalogue();
      const FactSpec& spec =
          cell.list < 0
              ? catalogue.scalars()[at(cell.slot)]
              : catalogue.lists()[at(cell.list)].fields[at(cell.slot)];
      const Value& value =
          cell.list < 0 ? evaluation_.record().scalars[at(cell.slot)]
                        : evaluation_.record().lists[at(cell.list)].entry(
                              cell.entry)[cell.slot];
      std::string part = missing_fact(evaluation_, cell).label + " " +
                         in_words(value, spec, catalogue);
      if (std::find(parts.begin(), parts.end(), part) == parts.end()) {
        parts.push_back(std::move(part));
      }
    }
    constexpr std::size_t most = 4;
    if (parts.empty() || parts.size() > most) return {};
    return " (" + join(parts, ", ") + ")";
  }

  Evaluation& evaluation_;
  const Describer& describer_;
};

}  // namespace

std::string what_stands_against(Evaluation& evaluation,
                                const Describer& describer,
                                CriterionId criterion) {
  return Against(evaluation, describer).of(criterion);
}

std::string missing_row(Evaluation& evaluation, const Describer& describer,
                        ValueId value) {
  if (value < 0) return {};
  const Rule& rule = evaluation.rule();
  const ValueNode& node = rule.tree.values[at(value)];
  if (evaluation.estimate(value).state != Estimate::State::outside) return {};
  for (ValueId argument : node.arguments) {
    std::string words = missing_row(evaluation, describer, argument);
    if (!words.empty()) return words;
  }
  if (node.op != ValueOp::look_up && node.op != ValueOp::next_date &&
      !is_decision(node.op)) {
    return {};
  }
  std::vector<std::string> keys;
  for (ValueId argument : node.arguments) {
    const ValueType& type = rule.tree.values[at(argument)].type;
    keys.push_back(describer.value(argument) + " (" +
                   describer.estimate(evaluation.estimate(argument), type) +
                   ")");
  }
  const std::string& table = rule.parameters[at(node.parameter)].label;
  return table +
         (node.op == ValueOp::next_date ? " has no day on or after "
                                        : " has no row for ") +
         join_in_words(keys);
}

}  // namespace sendcheck
