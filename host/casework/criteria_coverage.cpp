#include "casework/criteria_coverage.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>

#include "criteria/describe.hpp"
#include "criteria/tree_parts.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

struct Seen {
  std::array<bool, 3> truths = {};
  bool of(Truth truth) const { return truths[at(static_cast<int>(truth))]; }
  void add(Truth truth) { truths[at(static_cast<int>(truth))] = true; }
};

// Which of met and not met a criterion can come to.
struct Can {
  bool met = true;
  bool not_met = true;
};

class Possible {
 public:
  Possible(const Rule& rule, const Catalogue& catalogue)
      : rule_(rule), catalogue_(catalogue) {}

  Can of(CriterionId id) const {
    const CriterionNode& node = rule_.tree.criteria[at(id)];
    switch (node.op) {
      case CriterionOp::all: {
        Can can{true, false};
        for (const CriterionId child : node.children) {
          can.met = can.met && of(child).met;
          can.not_met = can.not_met || of(child).not_met;
        }
        return can;
      }
      case CriterionOp::any:
      case CriterionOp::none: {
        Can can{false, true};
        for (const CriterionId child : node.children) {
          can.met = can.met || of(child).met;
          can.not_met = can.not_met && of(child).not_met;
        }
        if (node.op == CriterionOp::none) std::swap(can.met, can.not_met);
        return can;
      }
      case CriterionOp::any_item:
        // What is not on file is outstanding.
        return {true, !node.open && !is_open(node.list)};
      case CriterionOp::every_item:
        return {!is_open(node.list), true};
      case CriterionOp::at_least:
      case CriterionOp::above:
        return {true, !can_only_grow(node.values[0])};
      case CriterionOp::at_most:
      case CriterionOp::below:
        return {!can_only_grow(node.values[0]), true};
      default:
        return {};
    }
  }

  // Whether the pupil has any part in it.
  bool hangs_on_the_edition_alone(CriterionId id) const {
    const CriterionNode& node = rule_.tree.criteria[at(id)];
    if (node.op == CriterionOp::judgement || node.op == CriterionOp::test ||
        node.list >= 0) {
      return false;
    }
    return std::all_of(node.children.begin(), node.children.end(),
                       [&](CriterionId child) {
                         return hangs_on_the_edition_alone(child);
                       }) &&
           std::all_of(node.values.begin(), node.values.end(),
                       [&](ValueId value) { return is_given(value); });
  }

 private:
  bool is_open(int list) const { return catalogue_.lists()[at(list)].open; }

  // A number of things of which more can be supplied, or a fact of which what is stated is what is on file so far.
  bool can_only_grow(ValueId id) const {
    const ValueNode& node = rule_.tree.values[at(id)];
    if (node.op == ValueOp::fact)
      return catalogue_.scalars()[at(node.slot)].open;
    return (node.op == ValueOp::count || node.op == ValueOp::sum ||
            node.op == ValueOp::max_of) &&
           is_open(node.slot);
  }
  bool is_given(ValueId id) const {
    const ValueNode& node = rule_.tree.values[at(id)];
    if (node.op == ValueOp::fact || node.op == ValueOp::item ||
        node.op == ValueOp::compute || node.op == ValueOp::age_on ||
        node.op == ValueOp::months_old_on || node.op == ValueOp::count ||
        node.op == ValueOp::sum || node.op == ValueOp::max_of ||
        node.op == ValueOp::min_of) {
      return false;
    }
    return std::all_of(node.arguments.begin(), node.arguments.end(),
                       [&](ValueId argument) { return is_given(argument); }) &&
           std::all_of(node.conditions.begin(), node.conditions.end(),
                       [&](CriterionId condition) {
                         return condition < 0 ||
                                hangs_on_the_edition_alone(condition);
                       });
  }

  const Rule& rule_;
  const Catalogue& catalogue_;
};

// A record without its texts' bytes, which stay with the one that it was made from.
Record view_of(const Record& record) {
  Record view;
  view.scalars = record.scalars;
  view.lists = record.lists;
  return view;
}

// A record made from a case's, and what is different in it.
using Take = std::function<void(const Record&, const std::string&)>;

// The record with each fact that the rule reads taken away: alone, and all at once.
void with_facts_taken_away(const Rule& rule, const Catalogue& catalogue,
                           const Record& record, const Take& take) {
  Record varied = view_of(record);
  for (const FactRef& fact : rule.facts) {
    const FactSpec& spec = catalogue.spec(fact);
    if (!fact.is_list) {
      Value& cell = varied.scalars[at(fact.slot)];
      if (!cell.is_known()) continue;
      cell = {};
      take(varied, "the " + spec.label + " is not stated");
      cell = record.scalars[at(fact.slot)];
      continue;
    }
    List& list = varied.lists[at(fact.slot)];
    const List& stated = record.lists[at(fact.slot)];
    if (!stated.stated) continue;
    list.stated = false;
    list.cells.clear();
    take(varied, "nothing is said of the " + spec.label);
    list = stated;
    for (int field = 0; list.size() > 0 && field < list.width; ++field) {
      if (spec.fields[at(field)].identifies) continue;
      for (int entry = 0; entry < list.size(); ++entry) {
        list.cells[at(entry * list.width + field)] = {};
      }
      take(varied, "of the " + spec.label + ", the " +
                       spec.fields[at(field)].label + " is not stated");
      list.cells = stated.cells;
    }
  }
  for (const FactRef& fact : rule.facts) {
    if (!fact.is_list) varied.scalars[at(fact.slot)] = {};
  }
  take(varied, "nothing is stated but what stands in lists");
}

// The record with each coded fact and each answer of yes or no that the rule reads changed, one at a time, to all that it can be.
void with_a_fact_changed(const Rule& rule, const Catalogue& catalogue,
                         const Record& record, const Take& take) {
  Record varied = view_of(record);
  const auto vary = [&](FactRef fact, Value value) {
    Value& cell = varied.scalars[at(fact.slot)];
    if (cell == value) return;
    cell = value;
    const FactSpec& spec = catalogue.spec(fact);
    take(varied,
         "the " + spec.label + " is: " + in_words(value, spec, catalogue));
    cell = record.scalars[at(fact.slot)];
  };
  for (const FactRef& fact : rule.facts) {
    if (fact.is_list) continue;
    const FactSpec& spec = catalogue.spec(fact);
    if (spec.type == FactType::boolean) {
      vary(fact, Value::of(true));
      vary(fact, Value::of(false));
    } else if (spec.type == FactType::code) {
      const std::size_t codes = catalogue.codes_of(spec).codes.size();
      // An authority's code decides where a rule applies, not what it says.
      if (codes > 50) continue;
      for (std::size_t code = 0; code < codes; ++code) {
        vary(fact, Value::code(static_cast<int>(code)));
      }
    }
  }
}

class Coverage {
 public:
  explicit Coverage(CaseBench& bench)
      : bench_(bench),
        rule_(bench.rule()),
        possible_(rule_, bench.catalogue()),
        describer_(rule_, bench.catalogue(), nullptr),
        parts_(parts_of(rule_)) {}

  RuleCoverage found() {
    RuleCoverage coverage;
    coverage.criteria = static_cast<int>(parts_.criteria.size());
    for (const CaseBench::Case& one : bench_.cases()) {
      if (!one.bound) continue;
      evaluate(one, one.worked->entry.record, parts_.criteria,
               [&](const CriterionSpot& spot, Truth truth) {
                 seen_[spot].add(truth);
               });
    }
    look_further();
    for (const CriterionSpot& spot : parts_.criteria) {
      auto lacking = coverage_of(spot);
      if (!lacking.unseen.empty()) {
        coverage.lacking.push_back(std::move(lacking));
      }
    }
    return coverage;
  }

 private:
  using TakeTruth = std::function<void(const CriterionSpot&, Truth)>;
  void evaluate(const CaseBench::Case& one, const Record& record,
                const std::vector<CriterionSpot>& spots,
                const TakeTruth& take) {
    Evaluation evaluation = bench_.evaluation(one, record);
    for (const CriterionSpot& spot : spots) {
      if (spot.list < 0) {
        take(spot, evaluation.truth(spot.criterion));
        continue;
      }
      const int entries = record.lists[at(spot.list)].size();
      for (int entry = 0; entry < entries; ++entry) {
        Evaluation::InEntry in(evaluation, spot.list, entry);
        take(spot, evaluation.truth(spot.criterion));
      }
    }
  }

  // What the cases do not show, but what is made of their records does: the first such record, in words.
  void look_further() {
    std::vector<CriterionSpot> not_unknown, combinations;
    for (const CriterionSpot& spot : parts_.criteria) {
      const Seen& seen = seen_[spot];
      if (!seen.of(Truth::unknown)) not_unknown.push_back(spot);
      if (is_combination(spot) &&
          !(seen.of(Truth::met) && seen.of(Truth::not_met))) {
        combinations.push_back(spot);
      }
    }
    for (const CaseBench::Case& one : bench_.cases()) {
      if (!one.bound) continue;
      const auto note = [&](const CriterionSpot& spot, Truth truth,
                            const std::string& words) {
        std::string& known = shown_by_[{spot, truth}];
        if (known.empty()) {
          known =
              "a case like \"" + one.worked->sentence + "\" in which " + words;
        }
      };
      const Record& record = one.worked->entry.record;
      if (!not_unknown.empty()) {
        with_facts_taken_away(
            rule_, bench_.catalogue(), record,
            [&](const Record& varied, const std::string& words) {
              evaluate(one, varied, not_unknown,
                       [&](const CriterionSpot& spot, Truth truth) {
                         if (truth == Truth::unknown) note(spot, truth, words);
                       });
            });
      }
      if (!combinations.empty()) {
        with_a_fact_changed(
            rule_, bench_.catalogue(), record,
            [&](const Record& varied, const std::string& words) {
              evaluate(one, varied, combinations,
                       [&](const CriterionSpot& spot, Truth truth) {
                         if (truth != Truth::unknown) note(spot, truth, words);
                       });
            });
      }
    }
  }

  bool is_combination(const CriterionSpot& spot) const {
    const CriterionNode& node = rule_.tree.criteria[at(spot.criterion)];
    return !node.children.empty() && node.list < 0;
  }

  CriterionCoverage coverage_of(const CriterionSpot& spot) {
    const Seen& seen = seen_[spot];
    CriterionCoverage made;
    made.label = describer_.label(spot.criterion);
    const std::string asks = describer_.criterion(spot.criterion);
    if (asks != made.label) made.asks = asks;
    made.source = rule_.tree.criteria[at(spot.criterion)].source;
    if (possible_.hangs_on_the_edition_alone(spot.criterion)) {
      if (!seen.of(Truth::met) && !seen.of(Truth::not_met)) {
        made.unseen.push_back(
            {Truth::met, "a case on a day on which an edition says which"});
      }
      return made;
    }
    const Can can = possible_.of(spot.criterion);
    for (const Truth truth : {Truth::met, Truth::not_met, Truth::unknown}) {
      if (seen.of(truth)) continue;
      const auto shown = shown_by_.find({spot, truth});
      const bool is_shown = shown != shown_by_.end();
      if (truth == Truth::unknown || is_combination(spot)) {
        // What not even a changed record shows, it may not be able to be.
        const bool can_be = truth == Truth::met       ? can.met
                            : truth == Truth::not_met ? can.not_met
                                                      : true;
        if (can_be && is_shown) made.unseen.push_back({truth, shown->second});
      } else if (truth == Truth::met ? can.met : can.not_met) {
        made.unseen.push_back(
            {truth, "a case in which it is " +
                        std::string(truth == Truth::met ? "" : "not ") +
                        "so that " + asks});
      }
    }
    return made;
  }

  CaseBench& bench_;
  const Rule& rule_;
  Possible possible_;
  Describer describer_;
  TreeParts parts_;
  std::map<CriterionSpot, Seen> seen_;
  std::map<std::pair<CriterionSpot, Truth>, std::string> shown_by_;
};

}  // namespace

RuleCoverage coverage_of(CaseBench& bench) { return Coverage(bench).found(); }

}  // namespace sendcheck
