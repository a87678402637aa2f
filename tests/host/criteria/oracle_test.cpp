// Brute force: everything that a rule's missing facts could be, against what the evaluation says of them.
#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <sstream>

#include "completions.hpp"
#include "criteria/explain.hpp"

namespace sendcheck {
namespace {

using Names = std::set<std::string>;
using Sets = std::set<Names>;

std::size_t at(int index) { return static_cast<std::size_t>(index); }

std::string in_words(const Names& names) {
  std::string words = "{";
  for (const std::string& name : names) words += " " + name;
  return words + " }";
}
std::string in_words(const Sets& sets) {
  std::string words;
  for (const Names& names : sets) words += in_words(names) + " ";
  return words;
}

// A step or missing item by its name; what is looked for in a list, by the list's.
std::string plain_name(const std::string& fact) {
  const bool of_entry =
      fact.find("].") != std::string::npos || fact.rfind("judgements[", 0) == 0;
  return of_entry ? fact : fact.substr(0, fact.find('['));
}

struct Seen {
  std::map<ValueOp, int> values;
  std::map<CriterionOp, int> criteria;
  std::map<Truth, int> truths;
  int rules = 0;
  int routes = 0;
  int compared_routes = 0;
  int distinct = 0;
  int not_yet = 0;
  int implied = 0;
};

// One rule, one record, and what the code under test makes of them.
class Case {
 public:
  Case(const SmallWorld& world, const RandomRule& made,
       const RandomRecord& record)
      : made_(made), record_(record), outcomes_(world, made, record) {
    auto compiled = compile(made.draft.rule, world.catalogue, made.parameters);
    INFO((compiled ? std::string() : compiled.error().to_string()));
    REQUIRE(compiled.has_value());
    rule_ = std::move(*compiled);
    std::vector<const EffectiveParameter*> parameters;
    for (const auto& parameter : made.effective)
      parameters.push_back(&parameter);
    binding_ = bind_parameters(rule_, world.catalogue, parameters);
    Evaluation evaluation(rule_, binding_, record.record, world.catalogue,
                          holidays_, world.as_of, nullptr);
    const Describer describer(rule_, world.catalogue, &binding_);
    truth = evaluation.truth(rule_.met_when);
    words_ = describer.criterion(rule_.met_when);
    Missing found;
    collect_missing(evaluation, describer, rule_.met_when, found);
    for (const MissingItem& item : found.items) {
      // "closed[kind=x].flag" is the flag of the entry that is on file, or of one that is not.
      const std::string list = item.fact.substr(0, item.fact.find('['));
      const bool is_open = std::any_of(
          record.open.begin(), record.open.end(), [&](const Open& open) {
            return !open.stated && open.path == item.fact;
          });
      const bool of_entry = plain_name(item.fact) == item.fact &&
                            item.fact.find("[kind=") != std::string::npos;
      missing.insert(of_entry && !is_open ? list : plain_name(item.fact));
      if (of_entry) perhaps_missing.insert(list);
    }
    perhaps_missing.insert(missing.begin(), missing.end());
    for (const Route& route :
         routes_to_met(evaluation, describer, {rule_.met_when}, 1000)
             .in_full()) {
      Names steps;
      for (const Step& step : route.steps) {
        steps.insert(std::string(name_of(step.kind)) + " " +
                     plain_name(step.fact));
      }
      route_names.push_back(std::move(steps));
      Names& labelled = route_labels.emplace_back();
      for (const Step& step : route.steps) {
        labelled.insert(step.fact + ": " + step.label);
      }
    }
    broke = evaluation.fault().has_value();
  }

  Outcomes& outcomes() { return outcomes_; }
  std::string name_of_open(const Open& open) const {
    return (open.stated ? "change " : "supply ") + open.path;
  }

  Truth expected_truth() {
    const auto seen = outcomes_.seen();
    return !seen.not_met ? Truth::met
           : !seen.met   ? Truth::not_met
                         : Truth::unknown;
  }
  Names expected_missing() {
    Names names;
    for (int i = 0; i < record_.missing; ++i) {
      const Open& open = record_.open[at(i)];
      if (!open.is_step && outcomes_.turns_on(at(i))) names.insert(open.path);
    }
    return names;
  }
  Sets expected_routes() {
    Sets routes;
    std::vector<unsigned> forcing;
    const unsigned all = 1u << record_.open.size();
    for (int size = 0; size <= static_cast<int>(record_.open.size()); ++size) {
      for (unsigned set = 0; set < all; ++set) {
        if (std::popcount(set) != size) continue;
        if (std::any_of(forcing.begin(), forcing.end(),
                        [&](unsigned of) { return (set & of) == of; })) {
          continue;
        }
        if (!outcomes_.forced_by(set)) continue;
        forcing.push_back(set);
        Names steps;
        for (std::size_t i = 0; i < record_.open.size(); ++i) {
          if (set & (1u << i)) steps.insert(name_of_open(record_.open[i]));
        }
        if (!steps.empty()) routes.insert(steps);
      }
    }
    return routes;
  }
  // The open facts that a route names, by bit; nothing when it names another.
  std::optional<unsigned> chosen(const Names& steps) {
    unsigned set = 0;
    Names found;
    for (std::size_t i = 0; i < record_.open.size(); ++i) {
      const std::string name = name_of_open(record_.open[i]);
      if (!steps.contains(name)) continue;
      set |= 1u << i;
      found.insert(name);
    }
    return found == steps ? std::optional(set) : std::nullopt;
  }
  // Comparisons of several facts that cannot all be tried ask for all of them; so do totals, and what is counted but once.
  Names may_be_asked(const SmallWorld& world) {
    Names names;
    for (CriterionId leaf : made_.leaves) {
      Names of_leaf;
      bool is_wide = false;
      gather(leaf, world, of_leaf, is_wide);
      if (is_wide) names.insert(of_leaf.begin(), of_leaf.end());
    }
    return names;
  }

  std::string described() const {
    std::ostringstream text;
    text << words_ << "\n";
    for (const Open& open : record_.open) {
      text << "  " << name_of_open(open);
      if (open.stated && open.kind != Open::Kind::more_entries) {
        text << " = " << open.values[at(open.now)];
      }
      text << "\n";
    }
    for (std::size_t i = 0; i < record_.base.facts.size(); ++i) {
      if (record_.base.stated[i]) {
        text << "  fact " << i << " = " << record_.base.facts[i] << "\n";
      }
    }
    text << "  truth " << name_of(truth) << ", missing " << in_words(missing)
         << "\n  routes";
    for (const Names& names : route_names) text << " " << in_words(names);
    return text.str();
  }

  void count(Seen& seen) const {
    ++seen.rules;
    ++seen.truths[truth];
    seen.routes += static_cast<int>(route_names.size());
    for (const ValueNode& node : rule_.tree.values) {
      ++seen.values[node.op];
      seen.distinct += node.op == ValueOp::count && node.field >= 0;
    }
    for (const CriterionNode& node : rule_.tree.criteria) {
      ++seen.criteria[node.op];
    }
    for (const Open& open : record_.open) {
      const bool is_step = open.path.rfind("step", 0) == 0 && !open.stated;
      seen.not_yet += open.is_step;
      seen.implied += open.path == "step_b" && is_step && !open.is_step;
    }
  }

  Truth truth = Truth::unknown;
  Names missing;
  Names perhaps_missing;  // with lists that an item may or may not mean
  std::vector<Names> route_names;
  std::vector<Names> route_labels;
  bool broke = false;

 private:
  void gather(CriterionId id, const SmallWorld& world, Names& names,
              bool& is_wide) {
    const DraftCriterion& node = made_.draft.rule.criteria[at(id)];
    for (ValueId value : node.values)
      gather_value(value, world, names, is_wide);
  }
  void gather_value(ValueId id, const SmallWorld& world, Names& names,
                    bool& is_wide) {
    const DraftValue& node = made_.draft.rule.values[at(id)];
    if (node.op == ValueOp::fact) {
      names.insert(node.name);
      is_wide = is_wide || world.facts[at(world.fact(node.name))].is_wide;
    }
    const bool of_list = node.op == ValueOp::sum ||
                         node.op == ValueOp::max_of ||
                         node.op == ValueOp::min_of ||
                         (node.op == ValueOp::count && !node.field.empty());
    if (of_list) {
      is_wide = true;
      for (const Open& open : record_.open) {
        if (open.path.rfind(node.name, 0) == 0) names.insert(open.path);
      }
    }
    for (ValueId argument : node.arguments) {
      gather_value(argument, world, names, is_wide);
    }
    for (CriterionId condition : node.conditions) {
      if (condition >= 0) gather(condition, world, names, is_wide);
    }
  }

  const RandomRule& made_;
  const RandomRecord& record_;
  Outcomes outcomes_;
  Rule rule_;
  Binding binding_;
  BankHolidays holidays_;
  std::string words_;
};

bool has_list(const SmallWorld& world, const RandomRule& rule) {
  return std::any_of(
      world.lists.begin(), world.lists.end(),
      [&](const SmallList& list) { return rule.facts.contains(list.path); });
}

// Checks `wanted` rules and stops at the first few that come out wrong.
template <class Check>
void check_rules(unsigned seed, int wanted, bool once, Seen& seen,
                 Check check) {
  const SmallWorld world = make_small_world();
  std::mt19937 random(seed);
  int wrong = 0;
  while (seen.rules < wanted && wrong < 3) {
    const auto made = random_rule(random, world, once);
    if (!made) continue;
    const RandomRecord record = random_record(random, world, *made);
    if (Outcomes::combinations(record) > 3000 || record.open.size() > 8) {
      continue;
    }
    Case it(world, *made, record);
    if (once) {
      const bool fair = std::all_of(
          made->leaves.begin(), made->leaves.end(),
          [&](CriterionId leaf) { return it.outcomes().ends_decide(leaf); });
      if (!fair) continue;
    }
    it.count(seen);
    std::string complaint =
        it.broke ? std::string("it broke") : check(world, *made, it);
    if (complaint.empty()) continue;
    ++wrong;
    FAIL_CHECK("rule " << seen.rules << ": " << complaint << "\n"
                       << it.described());
  }
}

bool includes(const Names& larger, const Names& smaller) {
  return std::includes(larger.begin(), larger.end(), smaller.begin(),
                       smaller.end());
}

std::string unsound_route(Case& it) {
  for (const Names& steps : it.route_names) {
    const auto chosen = it.chosen(steps);
    if (!chosen) return "a route takes a step that nobody can take";
    if (!it.outcomes().met_by(*chosen)) {
      return "no choice along this route makes it met: " + in_words(steps);
    }
  }
  for (const Names& steps : it.route_labels) {
    for (const Names& other : it.route_labels) {
      if (&other != &steps && includes(other, steps)) {
        return "one route contains another: " + in_words(steps);
      }
    }
  }
  return {};
}

}  // namespace

TEST_CASE(
    "where each fact stands once, truth, missing facts and routes are exactly "
    "what all completions say") {
  Seen seen;
  check_rules(
      20261122, 14'000, true, seen,
      [&](const SmallWorld& world, const RandomRule& made,
          Case& it) -> std::string {
        if (it.truth != it.expected_truth()) {
          return "the completions say " +
                 std::string(name_of(it.expected_truth()));
        }
        const Names turning = it.expected_missing();
        Names allowed = it.may_be_asked(world);
        if (!includes(it.perhaps_missing, turning)) {
          return "what can change the outcome is " + in_words(turning);
        }
        for (const std::string& name : it.missing) {
          const bool asked = it.truth == Truth::unknown &&
                             (turning.contains(name) || allowed.contains(name));
          if (!asked) return "it cannot turn on " + name;
        }
        if (has_list(world, made)) return unsound_route(it);
        const Sets expected = it.expected_routes();
        ++seen.compared_routes;
        if (Sets(it.route_names.begin(), it.route_names.end()) != expected ||
            it.route_names.size() != expected.size()) {
          return "the routes are " + in_words(expected);
        }
        return {};
      });
  using V = ValueOp;
  for (ValueOp op : {V::constant,     V::fact,
                     V::parameter,    V::item,
                     V::as_of,        V::add,
                     V::subtract,     V::multiply,
                     V::lowest,       V::highest,
                     V::count,        V::sum,
                     V::max_of,       V::min_of,
                     V::choose,       V::days_after,
                     V::day_before,   V::within_weeks,
                     V::weeks_before, V::days_beginning_with,
                     V::days_between}) {
    INFO("value operator " << static_cast<int>(op));
    CHECK(seen.values[op] > 50);
  }
  using C = CriterionOp;
  for (CriterionOp op :
       {C::all, C::any, C::none, C::at_least_of, C::is, C::is_not, C::is_one_of,
        C::at_least, C::at_most, C::above, C::below, C::between, C::is_known,
        C::any_item, C::every_item, C::judgement}) {
    INFO("criterion operator " << static_cast<int>(op));
    CHECK(seen.criteria[op] > 50);
  }
  for (Truth truth : {Truth::met, Truth::not_met, Truth::unknown}) {
    CHECK(seen.truths[truth] > 1000);
  }
  CHECK(seen.compared_routes > 5000);
  CHECK(seen.routes > 5000);
  CHECK(seen.distinct > 50);
  CHECK(seen.not_yet > 50);
  CHECK(seen.implied > 20);
}

TEST_CASE(
    "where facts recur, what is decided is so in every completion, whatever "
    "can change the outcome is asked for, and every route leads somewhere") {
  Seen seen;
  check_rules(
      20250901, 10'000, false, seen,
      [&](const SmallWorld&, const RandomRule&, Case& it) -> std::string {
        const Truth expected = it.expected_truth();
        if (it.truth != Truth::unknown && it.truth != expected) {
          return "the completions say " + std::string(name_of(expected));
        }
        const Names turning = it.expected_missing();
        if (!includes(it.perhaps_missing, turning)) {
          return "what can change the outcome is " + in_words(turning);
        }
        return unsound_route(it);
      });
  for (Truth truth : {Truth::met, Truth::not_met, Truth::unknown}) {
    CHECK(seen.truths[truth] > 1000);
  }
  CHECK(seen.routes > 3000);
}

}  // namespace sendcheck
