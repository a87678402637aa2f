// Every criterion of every rule comes out met, not met and unknown in some worked case, wherever it can.
//
// What it can is worked out here and not by hand. From its kind: an open list is never refuted, a criterion over parameters alone hangs on the edition.
// Unknown: by taking facts away from the records of the cases and looking whether it becomes so; but not the fact that says what an entry of a
// list is about, without which it would be about nothing. A combination that is met (or not) by any single change of a coded fact of any case counts
// as one that can be; one that is not has parts that exclude each other, or leave nothing out.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <map>

#include "criteria/describe.hpp"
#include "shipped.hpp"

using namespace sendcheck;
using namespace shipped;

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// A criterion, and the list whose entry its items read; -1 when it stands outside any.
struct Spot {
  CriterionId criterion;
  int list;
  auto operator<=>(const Spot&) const = default;
};

// All criteria that a rule can come to evaluate.
class Spots {
 public:
  explicit Spots(const Rule& rule) : rule_(rule) {
    criterion(rule.applies_when, -1);
    criterion(rule.met_when, -1);
    criterion(rule.refer_when, -1);
    for (const Payment& payment : rule.payments) {
      criterion(payment.when, -1);
      for (const ValueId id : {payment.value, payment.from, payment.to}) {
        value(id, -1);
      }
      for (const auto& [label, line] : payment.working) value(line, -1);
    }
    value(rule.deadline.date, -1);
    value(rule.deadline.done, -1);
    for (const auto& [outcome, actions] : rule.actions) {
      for (const Action& action : actions) {
        criterion(action.when, -1);
        value(action.to_value, -1);
        value(action.by, -1);
      }
    }
    std::sort(found_.begin(), found_.end());
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
  }
  const std::vector<Spot>& found() const { return found_; }

 private:
  void criterion(CriterionId id, int list) {
    if (id < 0) return;
    found_.push_back({id, list});
    const CriterionNode& node = rule_.tree.criteria[at(id)];
    const bool over_list =
        node.op == CriterionOp::any_item || node.op == CriterionOp::every_item;
    for (const CriterionId child : node.children) {
      criterion(child, over_list ? node.list : list);
    }
    for (const ValueId operand : node.values) value(operand, list);
  }
  void value(ValueId id, int list) {
    if (id < 0) return;
    const ValueNode& node = rule_.tree.values[at(id)];
    const bool over_list =
        node.op == ValueOp::count || node.op == ValueOp::sum ||
        node.op == ValueOp::max_of || node.op == ValueOp::min_of;
    const int inner = over_list ? node.slot : list;
    criterion(node.where, inner);
    for (const ValueId argument : node.arguments) value(argument, inner);
    for (const CriterionId condition : node.conditions) {
      criterion(condition, inner);
    }
  }

  const Rule& rule_;
  std::vector<Spot> found_;
};

struct Seen {
  std::array<bool, 3> truths = {};
  bool of(Truth truth) const { return truths[at(static_cast<int>(truth))]; }
  void add(Truth truth) { truths[at(static_cast<int>(truth))] = true; }
};
using SeenBySpot = std::map<Spot, Seen>;

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

// The record with each fact that the rule reads taken away: alone, and all at once.
std::vector<Record> with_facts_taken_away(const Rule& rule,
                                          const Record& record) {
  std::vector<Record> variants;
  const auto vary = [&](auto take) {
    variants.push_back(view_of(record));
    take(variants.back());
  };
  for (const FactRef& fact : rule.facts) {
    if (!fact.is_list) {
      vary([&](Record& r) { r.scalars[at(fact.slot)] = {}; });
      continue;
    }
    vary([&](Record& r) {
      r.lists[at(fact.slot)].stated = false;
      r.lists[at(fact.slot)].cells.clear();
    });
    const List& list = record.lists[at(fact.slot)];
    const FactSpec& spec = workspace().catalogue().spec(fact);
    for (int field = 0; list.size() > 0 && field < list.width; ++field) {
      if (spec.fields[at(field)].identifies) continue;
      vary([&](Record& r) {
        List& taken = r.lists[at(fact.slot)];
        for (int entry = 0; entry < taken.size(); ++entry) {
          taken.cells[at(entry * taken.width + field)] = {};
        }
      });
    }
  }
  vary([&](Record& r) {
    for (const FactRef& fact : rule.facts) {
      if (!fact.is_list) r.scalars[at(fact.slot)] = {};
    }
  });
  return variants;
}

// The record with each coded fact and each answer of yes or no that the rule reads changed, one at a time, to all that it can be.
std::vector<Record> with_a_fact_changed(const Rule& rule,
                                        const Record& record) {
  const Catalogue& catalogue = workspace().catalogue();
  std::vector<Record> variants;
  const auto vary = [&](FactRef fact, Value value) {
    variants.push_back(view_of(record));
    variants.back().scalars[at(fact.slot)] = value;
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
  return variants;
}

std::vector<Record> as_it_is(const Rule&, const Record& record) {
  std::vector<Record> alone;
  alone.push_back(view_of(record));
  return alone;
}

class CaseEvaluator {
 public:
  CaseEvaluator(const Plugin& plugin, const Rule& rule)
      : plugin_(plugin),
        rule_(rule),
        spots_(rule),
        selected_(*workspace().engine().select({{rule.id}, ""})) {}

  // Adds what each criterion comes to for a case's record, or for what is made of it.
  using Variants = std::vector<Record> (*)(const Rule&, const Record&);
  void add(const WorkedCase& one, Variants variants, SeenBySpot& seen) {
    Checker checker(workspace().engine(), selected_, one.as_of, true,
                    one.parameters.empty() ? nullptr : &one.parameters);
    const BoundRule& bound = checker.bound(0, place(one.entry.record), "");
    if (bound.in_force.status != RuleInForce::Status::in_force) return;
    for (const Record& record : variants(rule_, one.entry.record)) {
      evaluate(bound, record, one.as_of, seen);
    }
  }

  const std::vector<Spot>& spots() const { return spots_.found(); }

 private:
  std::string place(const Record& record) const {
    const Engine& engine = workspace().engine();
    const int slot = plugin_.manifest.authority == Authority::home
                         ? engine.home_la()
                         : engine.school_la();
    if (plugin_.manifest.authority == Authority::national &&
        !record.scalars[at(slot)].is_known()) {
      return {};
    }
    const Catalogue& catalogue = workspace().catalogue();
    return to_text(record.scalars[at(slot)], catalogue.scalars()[at(slot)],
                   catalogue);
  }

  void evaluate(const BoundRule& bound, const Record& record, Date as_of,
                SeenBySpot& seen) {
    PluginRunner runner(plugin_, workspace().catalogue());
    Evaluation evaluation(rule_, bound.binding, record, workspace().catalogue(),
                          workspace().rulesets().bank_holidays(), as_of,
                          &runner);
    for (const Spot& spot : spots_.found()) {
      if (spot.list < 0) {
        seen[spot].add(evaluation.truth(spot.criterion));
        continue;
      }
      const int entries = record.lists[at(spot.list)].size();
      for (int entry = 0; entry < entries; ++entry) {
        Evaluation::InEntry in(evaluation, spot.list, entry);
        seen[spot].add(evaluation.truth(spot.criterion));
      }
    }
  }

  const Plugin& plugin_;
  const Rule& rule_;
  Spots spots_;
  std::vector<SelectedRule> selected_;
};

}  // namespace

TEST_CASE(
    "Every criterion ends met, not met and unknown in some case, wherever it "
    "can") {
  for (const Plugin& plugin : plugins()) {
    TextArena texts;
    const std::vector<WorkedCase> cases = cases_of(plugin, texts);
    for (const Rule& rule : plugin.rules) {
      const Possible possible(rule, workspace().catalogue());
      const Describer describer(rule, workspace().catalogue(), nullptr);
      CaseEvaluator evaluator(plugin, rule);
      SeenBySpot seen, with_less, changed;
      for (const WorkedCase& one : cases) {
        REQUIRE_FALSE(one.entry.rejected());
        REQUIRE(one.rule == rule.id);
        evaluator.add(one, as_it_is, seen);
        evaluator.add(one, with_facts_taken_away, with_less);
        evaluator.add(one, with_a_fact_changed, changed);
      }
      REQUIRE(evaluator.spots().size() > 1);
      for (const Spot& spot : evaluator.spots()) {
        const Seen& truths = seen[spot];
        Can can = possible.of(spot.criterion);
        const CriterionNode& node = rule.tree.criteria[at(spot.criterion)];
        if (!node.children.empty() && node.list < 0) {
          can.met = can.met && changed[spot].of(Truth::met);
          can.not_met = can.not_met && changed[spot].of(Truth::not_met);
        }
        INFO(rule.id << ": \"" << describer.label(spot.criterion) << "\" ("
                     << describer.criterion(spot.criterion) << ")");
        if (possible.hangs_on_the_edition_alone(spot.criterion)) {
          CHECK((truths.of(Truth::met) || truths.of(Truth::not_met)));
          continue;
        }
        const bool met_somewhere = !can.met || truths.of(Truth::met);
        const bool not_met_somewhere =
            !can.not_met || truths.of(Truth::not_met);
        const bool unknown_somewhere =
            !with_less[spot].of(Truth::unknown) || truths.of(Truth::unknown);
        CHECK(met_somewhere);
        CHECK(not_met_somewhere);
        CHECK(unknown_somewhere);
      }
    }
  }
}
