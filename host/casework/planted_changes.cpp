#include "casework/planted_changes.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "base/text.hpp"
#include "criteria/describe.hpp"
#include "criteria/tree_parts.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

bool has_steps(ParameterType type) {
  return type == ParameterType::integer || type == ParameterType::decimal ||
         type == ParameterType::money || type == ParameterType::date ||
         type == ParameterType::month_day;
}

// The next day of a year, or the one before; of a leap year, so that 29 February is one.
Number next_day_of_year(Number day, int direction) {
  const int month = static_cast<int>(day.numerator() / 100);
  const int of_month = static_cast<int>(day.numerator() % 100);
  const Date moved =
      Date::from_days(on_day_of_year(2000, month, of_month).days() + direction);
  return Number(100 * moved.month() + moved.day());
}

std::string in_quotation_marks(const std::string& text) {
  return "\"" + quoted(text, 160) + "\"";
}

// "1", "a penny", "a day", "0.5".
std::string step_in_words(const Value& value, ParameterType type) {
  switch (type) {
    case ParameterType::money:
      return "a penny";
    case ParameterType::date:
    case ParameterType::month_day:
      return "a day";
    default:
      return step_of(value, type).to_string();
  }
}

class Planting {
 public:
  explicit Planting(CaseBench& bench)
      : bench_(bench),
        rule_(bench.rule()),
        describer_(rule_, bench.catalogue(), nullptr) {
    ChangedRule unchanged(bench, rule_);
    for (const CaseBench::Case& one : bench.cases()) {
      if (unchanged.comes_out(*one.worked, nullptr)) order_.push_back(&one);
    }
  }

  std::vector<PlantedChange> planted() {
    for (const ParameterSpec& spec : rule_.parameters) move(spec);
    for (const TreeChange& change : changes_of(rule_)) make(change);
    tell_apart();
    return std::move(changes_);
  }

 private:
  // The first case that no longer comes out as it says. Whoever noticed the last change is asked first: it often notices the next.
  std::string first_to_notice(
      const std::function<bool(const CaseBench::Case&)>& comes_out) {
    for (auto one = order_.begin(); one != order_.end(); ++one) {
      if (comes_out(**one)) continue;
      std::rotate(order_.begin(), one, one + 1);
      return order_.front()->worked->sentence;
    }
    return {};
  }

  void make(const TreeChange& tree_change) {
    const Rule changed = with_change(rule_, tree_change);
    ChangedRule changed_rule(bench_, changed);
    PlantedChange change;
    if (tree_change.criterion >= 0) {
      const CriterionNode& node =
          rule_.tree.criteria[at(tree_change.criterion)];
      change.of = PlantedChange::Of::criterion;
      const std::string label = describer_.label(tree_change.criterion);
      change.words = in_quotation_marks(label) + words_of(node, tree_change);
      const std::string asks = describer_.criterion(tree_change.criterion);
      if (asks != label) change.detail = asks;
      change.source = node.source;
    } else {
      const ValueNode& node = rule_.tree.values[at(tree_change.value)];
      change.of = PlantedChange::Of::value;
      change.words = in_quotation_marks(describer_.value(tree_change.value)) +
                     words_of(node);
    }
    change.noticed_by = first_to_notice([&](const CaseBench::Case& one) {
      return changed_rule.comes_out(*one.worked, nullptr);
    });
    changes_.push_back(std::move(change));
  }

  std::string words_of(const CriterionNode& node,
                       const TreeChange& change) const {
    switch (node.op) {
      case CriterionOp::is:
      case CriterionOp::is_not:
        return " asked for the opposite";
      case CriterionOp::all:
        return " asked for any of its parts instead of all";
      case CriterionOp::any:
        return " asked for all of its parts instead of any";
      case CriterionOp::none:
        return " asked for any of its parts instead of none";
      case CriterionOp::at_least_of:
        return " asked for at least " + std::to_string(change.n) +
               " of its parts instead of " + std::to_string(node.n);
      default:
        break;
    }
    const bool dates = rule_.tree.values[at(node.values.front())].type.kind ==
                       Value::Kind::date;
    const auto asked = [&](CriterionOp op) -> std::string {
      switch (op) {
        case CriterionOp::at_least:
          return dates ? "on or after" : "at least";
        case CriterionOp::above:
          return dates ? "after" : "more than";
        case CriterionOp::at_most:
          return dates ? "on or before" : "at most";
        default:
          return dates ? "before" : "less than";
      }
    };
    return " asked for \"" + asked(change.criterion_to) + "\" instead of \"" +
           asked(node.op) + "\"";
  }

  static std::string words_of(const ValueNode& node) {
    const bool dates = node.type.kind == Value::Kind::date;
    const bool largest =
        node.op == ValueOp::highest || node.op == ValueOp::max_of;
    const std::string latest = dates ? "latest" : "largest";
    const std::string earliest = dates ? "earliest" : "smallest";
    return " took the " + (largest ? earliest : latest) + " instead of the " +
           (largest ? latest : earliest);
  }

  void move(const ParameterSpec& spec) {
    if (has_steps(spec.type)) {
      for (const int direction : {1, -1}) move_figure(spec, direction);
      return;
    }
    for (std::size_t i = 0; i < spec.columns.size(); ++i) {
      const ColumnSpec& column = spec.columns[i];
      if (!has_steps(column.type) || column.role == ColumnSpec::Role::key) {
        continue;
      }
      for (const int direction : {1, -1}) move_column(spec, i, direction);
    }
  }

  void move_figure(const ParameterSpec& spec, int direction) {
    const auto moved = [&](const Value& value) {
      return one_step(value, spec.type, spec.minimum, spec.maximum, direction);
    };
    plant(spec, in_quotation_marks(spec.label), spec.type, direction,
          [&](ParameterValue& value, Value& first) {
            bool any = false;
            const auto step = [&](Value& figure) {
              if (const auto to = moved(figure)) {
                if (!any) first = figure;
                figure = *to;
                any = true;
              }
            };
            if (value.is_list) {
              for (Value& item : value.list) step(item);
            } else {
              step(value.scalar);
            }
            return any;
          });
  }

  void move_column(const ParameterSpec& spec, std::size_t column,
                   int direction) {
    const ColumnSpec& moved = spec.columns[column];
    std::string name = moved.name;
    std::replace(name.begin(), name.end(), '_', ' ');
    plant(
        spec, in_quotation_marks(spec.label) + ", column \"" + name + "\",",
        moved.type, direction, [&](ParameterValue& value, Value& first) {
          if (!value.table) return false;
          auto table = std::make_shared<Table>(*value.table);
          const int place = table->column(moved.name);
          if (place < 0) return false;
          bool any = false;
          for (auto& row : table->rows) {
            Value& cell = row[at(place)];
            if (const auto to = one_step(cell, moved.type, {}, {}, direction)) {
              if (!any) first = cell;
              cell = *to;
              any = true;
            }
          }
          value.table = std::move(table);
          return any;
        });
  }

  // Moves a figure of a parameter by `step`, which gives the figure before in `first`; false where there is none to move.
  void plant(const ParameterSpec& spec, const std::string& name,
             ParameterType type, int direction,
             const std::function<bool(ParameterValue&, Value&)>& step) {
    ChangedRule changed_rule(bench_, rule_);
    PlantedChange change;
    const auto comes_out = [&](const CaseBench::Case& one) {
      if (!one.bound) return true;
      const auto& in_force = one.bound->in_force.parameters;
      const auto found = in_force.find(spec.name);
      if (found == in_force.end()) return true;
      EffectiveParameter moved = found->second;
      Value first;
      if (!step(moved.value, first)) return true;
      if (change.words.empty()) {
        const bool is_day =
            type == ParameterType::date || type == ParameterType::month_day;
        change.words = name +
                       (is_day          ? " was "
                        : direction > 0 ? " went up by "
                                        : " went down by ") +
                       step_in_words(first, type) +
                       (is_day ? (direction > 0 ? " later" : " earlier") : "");
        if (has_steps(spec.type) && !spec.is_list) {
          change.detail = in_words(found->second.value, spec) + " became " +
                          in_words(moved.value, spec);
        }
      }
      auto parameters = one.worked->parameters;
      parameters[spec.name] = std::move(moved);
      return changed_rule.comes_out(*one.worked, &parameters);
    };
    change.noticed_by = first_to_notice(comes_out);
    // It stands at its bound, or no edition gives it.
    if (change.words.empty()) return;
    changes_.push_back(std::move(change));
  }

  // Two criteria may have one label. Then what they ask tells them apart, or else their turn.
  void tell_apart() {
    std::map<std::string, int> times;
    for (const PlantedChange& change : changes_) ++times[change.words];
    for (PlantedChange& change : changes_) {
      if (times[change.words] > 1 && !change.detail.empty()) {
        change.words += " (" + quoted(change.detail, 160) + ")";
        change.detail.clear();
      }
    }
    std::map<std::string, int> turn;
    for (PlantedChange& change : changes_) {
      const int now = ++turn[change.words];
      if (now > 1)
        change.words += ", where it stands for time " + std::to_string(now);
    }
  }

  CaseBench& bench_;
  const Rule& rule_;
  Describer describer_;
  std::vector<const CaseBench::Case*> order_;  // that come out as they say
  std::vector<PlantedChange> changes_;
};

}  // namespace

std::string_view name_of(PlantedChange::Of of) {
  switch (of) {
    case PlantedChange::Of::parameter:
      return "parameter";
    case PlantedChange::Of::criterion:
      return "criterion";
    case PlantedChange::Of::value:
      return "value";
  }
  return {};
}

int PlantedChanges::noticed() const {
  return static_cast<int>(
      std::count_if(changes.begin(), changes.end(),
                    [](const PlantedChange& one) { return one.is_noticed(); }));
}

std::vector<const PlantedChange*> PlantedChanges::survivors() const {
  std::vector<const PlantedChange*> found;
  for (const PlantedChange& one : changes) {
    if (!one.is_noticed() && one.excused.empty()) found.push_back(&one);
  }
  return found;
}

Number step_of(const Value& value, ParameterType type) {
  std::size_t places = 0;
  if (type == ParameterType::money) places = 2;
  if (type == ParameterType::decimal && value.kind() == Value::Kind::number) {
    const std::string written = value.number().to_string();
    const std::size_t point = written.find('.');
    if (point != std::string::npos) places = written.size() - point - 1;
  }
  std::int64_t parts = 1;
  for (std::size_t i = 0; i < places; ++i) parts *= 10;
  return Number::fraction(1, parts).value_or(Number(1));
}

std::optional<Value> one_step(const Value& value, ParameterType type,
                              const std::optional<Number>& minimum,
                              const std::optional<Number>& maximum,
                              int direction) {
  if (!has_steps(type) || !value.is_known()) return std::nullopt;
  const Number from = number_of(value);
  std::optional<Number> to;
  if (type == ParameterType::month_day) {
    to = next_day_of_year(from, direction);
  } else {
    const Number step = step_of(value, type);
    to = direction > 0 ? add(from, step) : subtract(from, step);
  }
  if (!to || (minimum && *to < *minimum) || (maximum && *maximum < *to)) {
    return std::nullopt;
  }
  if (value.kind() == Value::Kind::money) {
    const auto money = Money::round_half_up(*to);
    return money ? std::optional(Value::of(*money)) : std::nullopt;
  }
  return value_of(*to, value.kind());
}

PlantedChanges plant_changes(CaseBench& bench,
                             const std::vector<const ExcusedChange*>& excused) {
  PlantedChanges made;
  made.changes = Planting(bench).planted();
  for (const ExcusedChange* excuse : excused) {
    const auto found = std::find_if(
        made.changes.begin(), made.changes.end(),
        [&](const PlantedChange& one) { return one.words == excuse->change; });
    if (found == made.changes.end()) {
      made.wrong_excuses.push_back(excuse->pointer +
                                   ": no change is named: " + excuse->change);
    } else if (found->is_noticed()) {
      made.wrong_excuses.push_back(
          excuse->pointer + ": the case \"" + found->noticed_by +
          "\" notices it, so that it needs no excuse: " + excuse->change);
    } else {
      found->excused = excuse->because;
    }
  }
  return made;
}

}  // namespace sendcheck
