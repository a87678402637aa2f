#include "casework/case_boundaries.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>

#include "base/text.hpp"
#include "casework/planted_changes.hpp"
#include "criteria/describe.hpp"
#include "criteria/explain.hpp"
#include "criteria/tree_parts.hpp"
#include "json/writer.hpp"
#include "registers/record_writer.hpp"

namespace sendcheck {
namespace {

using Where = BoundarySide::Where;

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// How many cases are looked at, the nearest first, for one that stands at a figure or could be made to.
constexpr std::size_t nearest_cases = 12;
// How far a fact is moved, in steps: more than any sum of money in a pupil's record, in pence.
constexpr std::int64_t farthest = std::int64_t{1} << 27;

// Two values that are compared; or one, and the edge of a band.
struct Compared {
  int list = -1;  // whose entry is in hand
  ValueId left = -1;
  ValueId right = -1;  // -1: `edge`
  Number edge;
  const Table* table = nullptr;  // only where this one is in force
  ValueId looked_up = -1;
};

// What of a case is moved: a cell of its record, the number of entries of a list, or the day.
struct Handle {
  enum class Of { cell, entries, day };
  Of of = Of::cell;
  FactKey cell;  // entries: the entry of which there are more or fewer
};

// A case, or what became of it.
struct Made {
  Record record;
  Date as_of;
};

Record copy_of(const Record& record) {
  Record copy;
  copy.scalars = record.scalars;
  copy.lists = record.lists;
  return copy;
}

int sign(Number number) {
  return number < Number(0) ? -1 : Number(0) < number ? 1 : 0;
}

class Handling {
 public:
  Handling(CaseBench& bench, const CaseBench::Case& one, int entry,
           const Compared& compared)
      : bench_(bench), case_(one), entry_(entry), compared_(compared) {}

  // How far the left stands above the right; nothing where one of them is not known.
  std::optional<Number> distance(const Made& made) const {
    Evaluation evaluation = bench_.evaluation(case_, made.record, made.as_of);
    const auto difference = [&]() -> std::optional<Number> {
      const Estimate left = evaluation.estimate(compared_.left);
      if (!left.is_exact() || !left.is_numeric()) return std::nullopt;
      if (compared_.right < 0) {
        return subtract(number_of(left.value), compared_.edge);
      }
      const Estimate right = evaluation.estimate(compared_.right);
      if (!right.is_exact() || !right.is_numeric()) return std::nullopt;
      return subtract(number_of(left.value), number_of(right.value));
    };
    std::optional<Number> found;
    if (compared_.list < 0) {
      found = difference();
    } else {
      if (made.record.lists[at(compared_.list)].size() <= entry_) {
        return std::nullopt;
      }
      Evaluation::InEntry in(evaluation, compared_.list, entry_);
      found = difference();
    }
    if (evaluation.fault()) return std::nullopt;
    return found;
  }

  Made unmoved() const {
    return {copy_of(case_.worked->entry.record), case_.worked->as_of};
  }

  std::vector<Handle> handles() const {
    Evaluation evaluation =
        bench_.evaluation(case_, case_.worked->entry.record);
    Cells cells;
    const auto collect = [&] {
      for (const ValueId id : {compared_.left, compared_.right}) {
        if (id >= 0) collect_cells(evaluation, id, Branches::taken, cells);
      }
    };
    if (compared_.list < 0) {
      collect();
    } else {
      Evaluation::InEntry in(evaluation, compared_.list, entry_);
      collect();
    }
    std::vector<Handle> found;
    std::set<std::pair<int, int>> entries;
    for (const FactKey& cell : cells.stated) {
      if (cell.slot >= 0 && has_steps(spec_of(cell))) {
        found.push_back({Handle::Of::cell, cell});
      }
      if (cell.list >= 0 && cell.entry >= 0) {
        entries.insert({cell.list, cell.entry});
      }
    }
    for (const ValueId id : {compared_.left, compared_.right}) {
      if (id >= 0) add_counted(id, entries);
    }
    for (const auto& [list, entry] : entries) {
      if (list != compared_.list) {
        found.push_back({Handle::Of::entries, {list, entry, -1}});
      }
    }
    found.push_back({Handle::Of::day, {}});
    return found;
  }

  // Moved by so many steps; nothing where the fact can be no such thing.
  std::optional<Made> moved(const Handle& handle, std::int64_t steps) const {
    Made made = unmoved();
    switch (handle.of) {
      case Handle::Of::day:
        if (steps < -40000 || steps > 40000) return std::nullopt;
        made.as_of = Date::from_days(
            static_cast<std::int32_t>(made.as_of.days() + steps));
        return made;
      case Handle::Of::entries:
        return with_entries(handle.cell, steps, std::move(made));
      case Handle::Of::cell:
        break;
    }
    Value& cell = cell_of(made.record, handle.cell);
    const FactSpec& spec = spec_of(handle.cell);
    const auto size = multiply(step_of_fact(cell, spec), Number(steps));
    const auto to = size ? add(number_of(cell), *size) : std::nullopt;
    if (!to || (spec.minimum && *to < *spec.minimum) ||
        (spec.maximum && *spec.maximum < *to)) {
      return std::nullopt;
    }
    if (spec.type == FactType::date) {
      // The year is that of somebody now alive.
      if (*to < Number(-25567) || Number(47482) < *to) return std::nullopt;
    }
    if (spec.type == FactType::money) {
      const auto money = Money::round_half_up(*to);
      if (!money) return std::nullopt;
      cell = Value::of(*money);
    } else {
      cell = value_of(*to, cell.kind());
    }
    return made;
  }

  // "the score is 84"
  std::string words_of(const Handle& handle, const Made& made) const {
    switch (handle.of) {
      case Handle::Of::day:
        return "on " + made.as_of.in_words();
      case Handle::Of::entries:
        return "with " +
               std::to_string(made.record.lists[at(handle.cell.list)].size()) +
               " entries in the " +
               bench_.catalogue().lists()[at(handle.cell.list)].label;
      case Handle::Of::cell:
        break;
    }
    Record& record = const_cast<Record&>(made.record);
    const FactSpec& spec = spec_of(handle.cell);
    return "where the " + spec.label + " is " +
           in_words(cell_of(record, handle.cell), spec, bench_.catalogue());
  }

 private:
  static bool has_steps(const FactSpec& spec) {
    return spec.type == FactType::integer || spec.type == FactType::decimal ||
           spec.type == FactType::money || spec.type == FactType::date;
  }
  const FactSpec& spec_of(const FactKey& cell) const {
    const Catalogue& catalogue = bench_.catalogue();
    return cell.list < 0
               ? catalogue.scalars()[at(cell.slot)]
               : catalogue.lists()[at(cell.list)].fields[at(cell.slot)];
  }
  static Value& cell_of(Record& record, const FactKey& cell) {
    if (cell.list < 0) return record.scalars[at(cell.slot)];
    List& list = record.lists[at(cell.list)];
    return list.cells[at(cell.entry * list.width + cell.slot)];
  }
  // Of a decimal, a tenth at most: hours and miles are told so.
  static Number step_of_fact(const Value& value, const FactSpec& spec) {
    if (spec.type == FactType::money) return Number::fraction(1, 100).value();
    if (spec.type != FactType::decimal) return Number(1);
    return std::min(step_of(value, ParameterType::decimal),
                    Number::fraction(1, 10).value());
  }
  static std::optional<Made> with_entries(const FactKey& which,
                                          std::int64_t more, Made made) {
    List& list = made.record.lists[at(which.list)];
    if (more < -1 || more > 60) return std::nullopt;
    const auto from = list.cells.begin() + which.entry * list.width;
    const std::vector<Value> entry(from, from + list.width);
    if (more < 0) list.cells.erase(from, from + list.width);
    for (; more > 0; --more) {
      list.cells.insert(list.cells.end(), entry.begin(), entry.end());
    }
    return made;
  }
  // Entries that are counted hold nothing that is read of them where all count.
  void add_counted(ValueId id, std::set<std::pair<int, int>>& entries) const {
    const ValueNode& node = bench_.rule().tree.values[at(id)];
    if (node.op == ValueOp::count) {
      const int size = case_.worked->entry.record.lists[at(node.slot)].size();
      for (int entry = 0; entry < size; ++entry) {
        entries.insert({node.slot, entry});
      }
    }
    for (const ValueId argument : node.arguments) {
      if (argument >= 0) add_counted(argument, entries);
    }
  }

  CaseBench& bench_;
  const CaseBench::Case& case_;
  int entry_;
  const Compared& compared_;
};

// Along one handle: how many steps make the left stand just below, at and just above the right.
class Crossing {
 public:
  Crossing(const Handling& handling, const Handle& handle)
      : handling_(handling), handle_(handle) {}

  std::optional<std::int64_t> steps_to(Where where) {
    const auto here = sign_at(0);
    if (!here) return std::nullopt;
    // Whether a step up raises the left or lowers it, is found by trying out.
    for (const int up : {1, -1}) {
      up_ = up;
      const auto found = where == Where::below ? last_below()
                         : where == Where::at  ? first_not_below(0)
                                               : first_not_below(1);
      if (!found) continue;
      const std::int64_t steps = *found;
      const auto there = sign_at(steps);
      const int wanted = where == Where::below ? -1
                         : where == Where::at  ? 0
                                               : 1;
      if (there && *there == wanted) return steps * up_;
    }
    return std::nullopt;
  }

  // It cannot be, whatever the fact is.
  bool hit_bound() const { return hit_bound_; }

 private:
  // In the direction that is tried.
  std::optional<int> sign_at(std::int64_t steps) {
    auto [known, is_new] = signs_.try_emplace(steps * up_);
    if (is_new) {
      if (const auto made = handling_.moved(handle_, steps * up_)) {
        if (const auto distance = handling_.distance(*made)) {
          known->second = sign(*distance);
        }
      }
    }
    return known->second;
  }

  // The fewest steps at which the sign is at least so much, in either sense of the direction that is tried.
  std::optional<std::int64_t> first_not_below(int least) {
    const auto reaches = [&](std::int64_t steps) {
      const auto found = sign_at(steps);
      return found && *found >= least;
    };
    const bool here = reaches(0);
    // Outwards, doubling, until it changes; then halving.
    std::int64_t inside = 0, outside = 0;
    for (std::int64_t by = 1; by <= farthest; by *= 2) {
      const std::int64_t steps = here ? -by : by;
      auto found = sign_at(steps);
      if (!found) {
        // Beyond what the fact can be: nearer, if anywhere.
        const auto edge = last_known(here ? -by / 2 : by / 2, steps);
        if (reaches(edge) == here) {
          hit_bound_ = hit_bound_ || handle_.of != Handle::Of::day;
          return std::nullopt;
        }
        outside = edge;
        break;
      }
      if ((*found >= least) != here) {
        outside = steps;
        break;
      }
      inside = steps;
    }
    if (outside == 0) return std::nullopt;
    while (std::abs(outside - inside) > 1) {
      const std::int64_t middle = inside + (outside - inside) / 2;
      (reaches(middle) == here ? inside : outside) = middle;
    }
    return here ? inside : outside;
  }
  std::int64_t last_known(std::int64_t known, std::int64_t unknown) {
    while (std::abs(unknown - known) > 1) {
      const std::int64_t middle = known + (unknown - known) / 2;
      (sign_at(middle) ? known : unknown) = middle;
    }
    return known;
  }
  std::optional<std::int64_t> last_below() {
    const auto first = first_not_below(0);
    return first ? std::optional(*first - 1) : std::nullopt;
  }

  const Handling& handling_;
  const Handle& handle_;
  bool hit_bound_ = false;
  int up_ = 1;
  std::map<std::int64_t, std::optional<int>> signs_;
};

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
        const Handling handling(bench, one, entry, compared);
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
      const int here = sign(standing.distance);
      if (here != sign_of(where)) continue;
      if (here == 0) return standing.one->worked->sentence;
      if (looked_at++ == nearest_cases) break;
      if (is_one_step_away(standing)) return standing.one->worked->sentence;
    }
    return {};
  }

  bool is_one_step_away(const Standing& standing) {
    const Handling handling(bench_, *standing.one, standing.entry, compared_);
    for (const Handle& handle : handling.handles()) {
      for (const int step : {1, -1}) {
        const auto made = handling.moved(handle, step);
        const auto distance = made ? handling.distance(*made) : std::nullopt;
        if (distance && sign(*distance) != sign(standing.distance)) return true;
      }
    }
    return false;
  }

  static int sign_of(Where where) {
    return where == Where::below ? -1 : where == Where::at ? 0 : 1;
  }

  // A case is best in which the figure decides: what it comes to on the sides of it differs.
  void propose(std::vector<BoundarySide>& sides) {
    bool hit_bound = false;
    std::size_t looked_at = 0;
    std::map<Where, ProposedCase> best;
    bool decides = false;
    for (const Standing& standing : standings_) {
      if (looked_at++ == nearest_cases || decides) break;
      const Handling handling(bench_, *standing.one, standing.entry, compared_);
      for (const Handle& handle : handling.handles()) {
        Crossing crossing(handling, handle);
        std::map<Where, ProposedCase> found;
        std::set<std::string> come_to;
        for (const Where where : {Where::below, Where::at, Where::above}) {
          const auto steps = crossing.steps_to(where);
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
        hit_bound = hit_bound || crossing.hit_bound();
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
        side.out_of_reach = hit_bound;
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

  ProposedCase proposed(const CaseBench::Case& one, const Handling& handling,
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
