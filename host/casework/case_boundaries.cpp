#include "casework/case_boundaries.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "casework/moved_case.hpp"
#include "criteria/describe.hpp"
#include "criteria/tree_parts.hpp"
#include "json/writer.hpp"
#include "registers/record_writer.hpp"

namespace sendcheck {
namespace {

using Where = BoundarySide::Where;

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// How many cases are looked at, the nearest first, for one that stands at a figure or could be made to.
constexpr std::size_t nearest_cases = 8;
// A case, an entry of a list in it (-1: none), and how far the left stands above the right there.
struct Standing {
  const CaseBench::Case* one = nullptr;
  int entry = -1;
  Number distance;
};

class Side {
 public:
  Side(CaseBench& bench, const Compared& compared)
      : bench_(bench), compared_(compared) {
    for (const CaseBench::Case& one : bench.cases()) {
      if (!one.bound || !is_in_force(one)) continue;
      const Record& record = one.worked->entry.record;
      const int entries =
          compared.list < 0 ? 1 : record.lists[at(compared.list)].size();
      for (int entry = 0; entry < entries; ++entry) {
        const MovedCase handling(bench, one, entry, compared);
        if (const auto distance = handling.distance(handling.unmoved())) {
          standings_.push_back({&one, entry, *distance});
        }
      }
    }
    const auto size = [](Number number) {
      return number < Number(0) ? subtract(Number(0), number).value_or(number)
                                : number;
    };
    std::stable_sort(standings_.begin(), standings_.end(),
                     [&](const Standing& a, const Standing& b) {
                       return size(a.distance) < size(b.distance);
                     });
  }

  // No case gets so far as to compare.
  bool is_idle() const { return standings_.empty(); }
  const CaseBench::Case& nearest() const { return *standings_.front().one; }

  std::vector<BoundarySide> found(const std::vector<Where>& wanted) {
    std::vector<BoundarySide> sides;
    bool lacking = false;
    for (const Where where : wanted) {
      BoundarySide side;
      side.where = where;
      side.shown_by = shown_by(where);
      lacking = lacking || side.shown_by.empty();
      sides.push_back(std::move(side));
    }
    if (lacking) propose(sides);
    return sides;
  }

 private:
  bool is_in_force(const CaseBench::Case& one) const {
    if (!compared_.table) return true;
    const int slot =
        bench_.rule().tree.values[at(compared_.looked_up)].parameter;
    const EffectiveParameter* given = one.bound->binding.parameters[at(slot)];
    return given && given->value.table.get() == compared_.table;
  }

  std::string shown_by(Where where) {
    std::size_t looked_at = 0;
    for (const Standing& standing : standings_) {
      const int here = sign_of(standing.distance);
      if (here != sign_at(where)) continue;
      if (here == 0) return standing.one->worked->sentence;
      if (looked_at++ == nearest_cases) break;
      if (is_one_step_away(standing)) return standing.one->worked->sentence;
    }
    return {};
  }

  bool is_one_step_away(const Standing& standing) {
    const MovedCase handling(bench_, *standing.one, standing.entry, compared_);
    for (const Handle& handle : handling.handles()) {
      for (const int step : {1, -1}) {
        const auto made = handling.moved(handle, step);
        const auto distance = made ? handling.distance(*made) : std::nullopt;
        if (distance && sign_of(*distance) != sign_of(standing.distance))
          return true;
      }
    }
    return false;
  }

  static int sign_at(Where where) {
    return where == Where::below ? -1 : where == Where::at ? 0 : 1;
  }

  // A case is best in which the figure decides: what it comes to on the sides of it differs.
  void propose(std::vector<BoundarySide>& sides) {
    std::set<Where> out_of_reach;
    std::size_t looked_at = 0;
    std::map<Where, ProposedCase> best;
    bool decides = false;
    for (const Standing& standing : standings_) {
      if (looked_at++ == nearest_cases || decides) break;
      const MovedCase handling(bench_, *standing.one, standing.entry,
                               compared_);
      for (const Handle& handle : handling.handles()) {
        Crossing crossing(handling, handle);
        std::map<Where, ProposedCase> found;
        std::set<std::string> come_to;
        for (const Where where : {Where::below, Where::at, Where::above}) {
          const auto steps = crossing.steps_to(where);
          if (crossing.is_out_of_reach()) out_of_reach.insert(where);
          if (!steps) continue;
          const auto made = handling.moved(handle, *steps);
          if (!made || !is_under_same_edition(*standing.one, *made)) continue;
          const Decision decision =
              bench_.decide(*standing.one->worked, made->record, made->as_of);
          if (decision.outcome == Outcome::error) continue;
          come_to.insert(comes_to(decision));
          found.emplace(where, proposed(*standing.one, handling, handle, *made,
                                        where, decision));
        }
        const bool this_decides = come_to.size() > 1;
        for (auto& [where, made] : found) {
          if (this_decides) {
            best.insert_or_assign(where, std::move(made));
          } else {
            best.emplace(where, std::move(made));
          }
        }
        decides = decides || this_decides;
        if (decides) break;
      }
    }
    for (BoundarySide& side : sides) {
      if (!side.shown_by.empty()) continue;
      const auto found = best.find(side.where);
      if (found != best.end()) {
        side.proposed = found->second;
      } else {
        side.out_of_reach = out_of_reach.contains(side.where);
      }
    }
  }

  static bool is_under_same_edition(const CaseBench::Case& one,
                                    const Made& made) {
    const auto& editions = one.bound->in_force.editions;
    return std::all_of(
        editions.begin(), editions.end(), [&](const Edition* edition) {
          return edition->from <= made.as_of &&
                 (!edition->last_day || made.as_of <= *edition->last_day);
        });
  }

  static std::string comes_to(const Decision& decision) {
    std::string words(name_of(decision.outcome));
    if (decision.amount && decision.amount->value) {
      words += " " + decision.amount->value->to_string();
    }
    return words;
  }

  ProposedCase proposed(const CaseBench::Case& one, const MovedCase& handling,
                        const Handle& handle, const Made& made, Where where,
                        const Decision& decision) const {
    ProposedCase proposal;
    proposal.outcome = decision.outcome;
    proposal.sentence = std::string(in_words(where)) + " " + name_ +
                        ": as in \"" + one.worked->sentence + "\", but " +
                        handling.words_of(handle, made);
    json::Writer json(proposal.json);
    json.begin_object();
    json.member("case", proposal.sentence).member("rule", one.worked->rule);
    json.member("as_of", made.as_of.to_string());
    if (!one.worked->source.empty()) json.member("source", one.worked->source);
    json.member("unconfirmed",
                "what is expected is what the rule gives, and nobody has said "
                "yet that it is right: whoever has looked takes this line out");
    std::string pupil;
    append_record_json(made.record, bench_.catalogue(), pupil);
    json.key("pupil").raw(pupil);
    if (!one.worked->parameters_json.empty()) {
      json.key("parameters").raw(one.worked->parameters_json);
    }
    json.key("expect").begin_object();
    json.member("outcome", name_of(decision.outcome));
    if (decision.amount && decision.amount->value) {
      json.member("amount", decision.amount->value->to_string());
    }
    if (decision.due) json.member("due", decision.due->date.to_string());
    if (!decision.missing.empty()) {
      json.key("missing").begin_array();
      for (const MissingItem& item : decision.missing) json.string(item.fact);
      json.end_array();
    }
    json.end_object().end_object();
    return proposal;
  }

 public:
  void call_it(std::string name) { name_ = std::move(name); }

 private:
  CaseBench& bench_;
  const Compared& compared_;
  std::string name_;
  std::vector<Standing> standings_;  // the nearest first
};

class BoundarySearch {
 public:
  explicit BoundarySearch(CaseBench& bench)
      : bench_(bench),
        rule_(bench.rule()),
        describer_(rule_, bench.catalogue(), nullptr),
        parts_(parts_of(rule_)) {}

  Boundaries found() {
    std::set<std::pair<CriterionId, int>> seen;
    for (const CriterionSpot& spot : parts_.criteria) {
      // What is asked in several places is one question.
      const CriterionId first = rule_.tree.alike[at(spot.criterion)];
      if (seen.insert({first, spot.list}).second) add_comparison(spot);
    }
    for (const ValueSpot& spot : parts_.values) add_bands(spot);
    return std::move(made_);
  }

 private:
  static bool is_ordered(CriterionOp op) {
    return op == CriterionOp::at_least || op == CriterionOp::at_most ||
           op == CriterionOp::above || op == CriterionOp::below ||
           op == CriterionOp::between;
  }

  void add_comparison(const CriterionSpot& spot) {
    const CriterionNode& node = rule_.tree.criteria[at(spot.criterion)];
    if (!is_ordered(node.op) ||
        !rule_.tree.values[at(node.values.front())].type.is_numeric()) {
      return;
    }
    for (std::size_t i = 1; i < node.values.size(); ++i) {
      Compared compared;
      compared.list = spot.list;
      compared.left = node.values.front();
      compared.right = node.values[i];
      std::set<int> figures;
      for (const ValueId id : {compared.left, compared.right}) {
        for (const int parameter : parameters_under(rule_, id)) {
          figures.insert(parameter);
        }
      }
      if (figures.empty()) continue;
      Side side(bench_, compared);
      Threshold threshold;
      threshold.criterion = describer_.label(spot.criterion);
      const std::string asks = describer_.criterion(spot.criterion);
      if (asks != threshold.criterion) threshold.asks = asks;
      threshold.source = node.source;
      threshold.figure = figure_in_words(figures, side);
      side.call_it(threshold.figure);
      threshold.sides = side.found({Where::below, Where::at, Where::above});
      made_.thresholds.push_back(std::move(threshold));
    }
  }

  // "a below-average score (84)"
  std::string figure_in_words(const std::set<int>& figures,
                              const Side& side) const {
    std::vector<std::string> words;
    for (const int slot : figures) {
      const ParameterSpec& spec = rule_.parameters[at(slot)];
      std::string one = spec.label;
      if (!side.is_idle() && spec.columns.empty() && !spec.is_list) {
        const EffectiveParameter* given =
            side.nearest().bound->binding.parameters[at(slot)];
        if (given) one += " (" + sendcheck::in_words(given->value, spec) + ")";
      }
      words.push_back(std::move(one));
    }
    return join_in_words(words);
  }

  void add_bands(const ValueSpot& spot) {
    const ValueNode& node = rule_.tree.values[at(spot.value)];
    if (node.op != ValueOp::look_up || node.parameter < 0) return;
    const ParameterSpec& spec = rule_.parameters[at(node.parameter)];
    for (std::size_t key = 0; key < node.keys.size(); ++key) {
      if (key >= node.arguments.size() ||
          !rule_.tree.values[at(node.arguments[key])].type.is_numeric()) {
        continue;
      }
      // Editions of several years often have the same edges; the first case's table stands for them.
      for (const CaseBench::Case& one : bench_.cases()) {
        if (!one.bound) continue;
        const EffectiveParameter* given =
            one.bound->binding.parameters[at(node.parameter)];
        if (!given || !given->value.table) continue;
        add_edges(spot, node.arguments[key], node.keys[key], spec,
                  *given->value.table);
      }
    }
  }

  void add_edges(const ValueSpot& spot, ValueId looked_up,
                 const std::string& key, const ParameterSpec& spec,
                 const Table& table) {
    std::map<Number, std::string> from, to;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const ColumnSpec& column = table.columns[i];
      if (column.of != key || (column.role != ColumnSpec::Role::from &&
                               column.role != ColumnSpec::Role::to)) {
        continue;
      }
      for (const auto& row : table.rows) {
        const Value& cell = row[i];
        if (!cell.is_known()) continue;
        (column.role == ColumnSpec::Role::from ? from : to)
            .emplace(number_of(cell), to_text(cell, column));
      }
    }
    for (const auto& [edge, words] : from) {
      add_edge(spot, looked_up, key, spec, table, edge, "from " + words,
               {Where::below, Where::at});
    }
    for (const auto& [edge, words] : to) {
      // Where the next band begins, its edge is looked at.
      const auto next = from.upper_bound(edge);
      if (next != from.end() && next->first <= add(edge, Number(1))) continue;
      add_edge(spot, looked_up, key, spec, table, edge, "to " + words,
               {Where::at, Where::above});
    }
  }

  static std::string to_text(const Value& cell, const ColumnSpec& column) {
    ParameterValue value;
    value.scalar = cell;
    ParameterSpec spec;
    spec.type = column.type;
    return sendcheck::in_words(value, spec);
  }

  void add_edge(const ValueSpot& spot, ValueId looked_up,
                const std::string& key, const ParameterSpec& spec,
                const Table& table, Number edge, const std::string& words,
                const std::vector<Where>& wanted) {
    std::string name = key;
    std::replace(name.begin(), name.end(), '_', ' ');
    const std::string figure = spec.label + " (" + name + " " + words + ")";
    if (!edges_.insert({figure, looked_up}).second) return;
    Compared compared;
    compared.list = spot.list;
    compared.left = looked_up;
    compared.edge = edge;
    compared.table = &table;
    compared.looked_up = spot.value;
    Side side(bench_, compared);
    Threshold threshold;
    threshold.figure = figure;
    threshold.criterion = describer_.value(looked_up);
    side.call_it(figure);
    threshold.sides = side.found(wanted);
    made_.thresholds.push_back(std::move(threshold));
  }

  CaseBench& bench_;
  const Rule& rule_;
  Describer describer_;
  TreeParts parts_;
  std::set<std::pair<std::string, ValueId>> edges_;
  Boundaries made_;
};

}  // namespace

std::string_view in_words(BoundarySide::Where where) {
  switch (where) {
    case Where::below:
      return "just below";
    case Where::at:
      return "at";
    case Where::above:
      return "just above";
  }
  return {};
}

bool Threshold::is_pinned() const {
  return std::none_of(sides.begin(), sides.end(),
                      [](const BoundarySide& one) { return one.is_lacking(); });
}

int Boundaries::pinned() const {
  return static_cast<int>(
      std::count_if(thresholds.begin(), thresholds.end(),
                    [](const Threshold& one) { return one.is_pinned(); }));
}

Boundaries boundaries_of(CaseBench& bench) {
  return BoundarySearch(bench).found();
}

std::string cases_file(const std::vector<const ProposedCase*>& proposed) {
  std::string text = "{ \"format\": \"sendcheck-cases/1\",\n  \"cases\": [";
  for (std::size_t i = 0; i < proposed.size(); ++i) {
    text += (i > 0 ? ",\n    " : "\n    ") + proposed[i]->json;
  }
  return text + " ] }\n";
}

}  // namespace sendcheck
