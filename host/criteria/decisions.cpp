#include "criteria/decisions.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/text.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

using State = Estimate::State;
using Kind = TableAnswer::Kind;

// More combinations of what is not known are not gone through.
constexpr std::size_t most_visits = 20'000;

}  // namespace

bool is_decision(ValueOp op) {
  return op == ValueOp::decide || op == ValueOp::list_count ||
         op == ValueOp::list_sum || op == ValueOp::list_includes;
}

TableAsked::TableAsked(Evaluation& evaluation, ValueId value)
    : evaluation_(evaluation),
      decide_(evaluation.binding().decides[at(value)]),
      node_(evaluation.rule().tree.values[at(value)]) {
  if (decide_.sought >= 0) {
    sought_ = evaluation.estimate(decide_.sought);
    const int codes =
        evaluation.rule().tree.values[at(decide_.sought)].type.codes;
    if (codes >= 0 && sought_.is_exact()) {
      // The table writes codes; a fact holds a position.
      const int code = sought_.value.code();
      sought_ =
          Estimate::exactly(Value::text(code < 0 ? std::string_view()
                                                 : evaluation.catalogue()
                                                       .code_lists()[at(codes)]
                                                       .codes[at(code)]
                                                       .code));
    }
    is_outside_ = sought_.state == State::outside;
  }
  for (std::size_t i = 0; i < decide_.arguments.size(); ++i) {
    inputs_.push_back(alternatives(i));
  }
}

std::vector<RowSet> TableAsked::alternatives(std::size_t input) {
  const Estimate estimate = evaluation_.estimate(decide_.arguments[input]);
  const InputClasses& classes = decide_.table->classes(input);
  std::vector<RowSet> found;
  const auto add = [&](std::size_t of_class) {
    const RowSet& rows = classes.rows(of_class);
    if (std::ranges::find(found, rows) == found.end()) found.push_back(rows);
  };
  const std::vector<std::size_t>& of_codes = decide_.classes_of_codes[input];
  switch (estimate.state) {
    case State::outside:
      is_outside_ = true;
      return found;
    case State::nothing:
      add(classes.nothing());
      return found;
    case State::exact:
      if (estimate.value.kind() == Value::Kind::code) {
        const int code = estimate.value.code();
        add(code < 0 ? classes.others() : of_codes[at(code)]);
      } else {
        add(classes.of(estimate.value));
      }
      return found;
    case State::bounded:
    case State::unknown:
      break;
  }
  if (estimate.may_be_nothing) add(classes.nothing());
  if (classes.is_text() && !of_codes.empty()) {
    const int codes =
        evaluation_.rule().tree.values[at(decide_.arguments[input])].type.codes;
    const auto& list = evaluation_.catalogue().code_lists()[at(codes)].codes;
    for (std::size_t code = 0; code < of_codes.size(); ++code) {
      if (!list[code].means_unknown) add(of_codes[code]);
    }
    return found;
  }
  NumberSpan span;
  span.step = decide_.steps[input];
  Number end;
  if (low_end(estimate, end)) span.low = end;
  if (high_end(estimate, end)) span.high = end;
  const bool is_truth =
      evaluation_.rule().tree.values[at(decide_.arguments[input])].type.kind ==
      Value::Kind::boolean;
  if (is_truth) {
    span.low = Number(0);
    span.high = Number(1);
  }
  for (std::size_t c = 0; c < classes.nothing(); ++c) {
    if (classes.is_text() || number_in(classes, c, span)) add(c);
  }
  return found;
}

TableAnswer TableAsked::answer(const RowSet& rows) {
  const DecisionTable& table = *decide_.table;
  const Hit hit = hit_of(table, rows);
  if (hit.kind == Hit::Kind::none) return {};
  if (hit.kind == Hit::Kind::conflict) return {Kind::conflict, {}};
  if (node_.op == ValueOp::decide) {
    const auto value = value_of(table, hit, decide_.output);
    if (!value) return {Kind::too_large, {}};
    return {Kind::value, *value};
  }
  const std::vector<Value> listed = values_of(table, hit, decide_.output);
  if (node_.op == ValueOp::list_count) {
    return {Kind::value,
            Value::of(Number(static_cast<std::int64_t>(listed.size())))};
  }
  if (node_.op == ValueOp::list_sum) {
    Number total;
    for (const Value& value : listed) {
      const auto more = add(total, number_of(value));
      if (!more) return {Kind::too_large, {}};
      total = *more;
    }
    return {Kind::value, Value::of(total)};
  }
  if (listed.empty()) return {Kind::value, Value::of(false)};
  if (sought_.state == State::nothing) return {Kind::value, Value::of(false)};
  if (!sought_.is_exact()) return {Kind::open, {}};
  return {Kind::value,
          Value::of(std::ranges::any_of(listed, [&](const Value& value) {
            return compare_exact(value, sought_.value) == 0;
          }))};
}

// Calls `leaf` with each set of rows that the inputs from `input` on, but for `without`, leave of `rows`. False: too many, or the leaf wants no more.
template <class Leaf>
bool TableAsked::each(std::size_t input, std::size_t without,
                      const RowSet& rows, Leaf&& leaf) {
  if (++visits_ > most_visits) return false;
  if (input == without) return each(input + 1, without, rows, leaf);
  if (input >= inputs_.size()) return leaf(rows);
  for (const RowSet& alternative : inputs_[input]) {
    if (!each(input + 1, without, both(rows, alternative), leaf)) return false;
  }
  return true;
}

std::vector<TableAnswer> TableAsked::answers() {
  std::vector<TableAnswer> found;
  std::set<RowSet> seen;
  visits_ = 0;
  const bool all = each(0, inputs_.size(), decide_.table->all_rows(),
                        [&](const RowSet& rows) {
                          if (!seen.insert(rows).second) return true;
                          const TableAnswer given = answer(rows);
                          if (std::ranges::find(found, given) == found.end()) {
                            found.push_back(given);
                          }
                          return true;
                        });
  if (!all) found.clear();
  return found;
}

bool TableAsked::turns_on(std::size_t input) {
  visits_ = 0;
  std::set<RowSet> seen;
  return !each(0, input, decide_.table->all_rows(), [&](const RowSet& rows) {
    if (!seen.insert(rows).second) return true;
    std::optional<TableAnswer> first;
    for (const RowSet& alternative : inputs_[input]) {
      const TableAnswer given = answer(both(rows, alternative));
      if (!first) first = given;
      if (!(*first == given)) return false;
    }
    return true;
  });
}

bool TableAsked::is_certain() const {
  return !is_outside_ && std::ranges::all_of(inputs_, [](const auto& rows) {
    return rows.size() == 1;
  });
}

RowSet TableAsked::matching() const {
  RowSet rows = decide_.table->all_rows();
  for (const auto& alternatives : inputs_) {
    rows = both(rows, alternatives.front());
  }
  return rows;
}

namespace {

std::string name_of_input(const DecisionInput& input) {
  if (!input.label.empty()) return input.label;
  std::string words = input.name;
  std::ranges::replace(words, '_', ' ');
  return words;
}

std::string lines_of(const DecisionTable& table,
                     const std::vector<std::size_t>& rows) {
  std::vector<std::string> lines;
  for (std::size_t row : rows) {
    lines.push_back(std::to_string(table.rows()[row].line));
  }
  return (lines.size() == 1 ? "line " : "lines ") + join_in_words(lines);
}

// "the type of need K and the hours 12"
std::string inputs_found(Evaluation& evaluation, const Describer& describer,
                         const Binding::Decide& decide) {
  const Tree& tree = evaluation.rule().tree;
  std::vector<std::string> found;
  for (std::size_t i = 0; i < decide.arguments.size(); ++i) {
    const ValueId argument = decide.arguments[i];
    const Estimate estimate = evaluation.estimate(argument);
    found.push_back(
        name_of_input(decide.table->spec().inputs[i]) + " " +
        describer.estimate(estimate, tree.values[at(argument)].type));
  }
  return join_in_words(found);
}

}  // namespace

std::string rows_that_counted(Evaluation& evaluation,
                              const Describer& describer, ValueId value) {
  const Binding::Decide& decide = evaluation.binding().decides[at(value)];
  if (!decide.table) return {};
  TableAsked asked(evaluation, value);
  if (!asked.is_certain()) return {};
  const Hit hit = hit_of(*decide.table, asked.matching());
  const std::string found = inputs_found(evaluation, describer, decide);
  switch (hit.kind) {
    case Hit::Kind::rows:
      return lines_of(*decide.table, hit.rows) + ", for " + found;
    case Hit::Kind::fallback:
      return "no line, so the default, for " + found;
    case Hit::Kind::none:
    case Hit::Kind::conflict:
      break;
  }
  return {};
}

std::vector<std::pair<std::string, std::string>> rows_that_counted_under(
    Evaluation& evaluation, const Describer& describer, ValueId value) {
  std::vector<std::pair<std::string, std::string>> found;
  if (value < 0) return found;
  const Rule& rule = evaluation.rule();
  const ValueNode& node = rule.tree.values[at(value)];
  if (is_decision(node.op)) {
    std::string rows = rows_that_counted(evaluation, describer, value);
    if (!rows.empty()) {
      found.emplace_back(rule.parameters[at(node.parameter)].label,
                         std::move(rows));
    }
  }
  for (ValueId argument : node.arguments) {
    for (auto& rows :
         rows_that_counted_under(evaluation, describer, argument)) {
      if (std::ranges::find(found, rows) == found.end()) {
        found.push_back(std::move(rows));
      }
    }
  }
  return found;
}

Estimate Evaluation::decide(ValueId id) {
  const ValueNode& node = rule_.tree.values[at(id)];
  const Binding::Decide& bound = binding_.decides[at(id)];
  if (!bound.table) return Estimate::of(State::nothing);
  const Estimate open = node.type.is_numeric() ? Estimate::unbounded()
                                               : Estimate::of(State::unknown);
  TableAsked asked(*this, id);
  if (asked.is_outside()) return Estimate::of(State::outside);
  const std::vector<TableAnswer> answers = asked.answers();
  if (answers.empty()) return open;
  if (answers.size() == 1 && answers[0].kind == Kind::none) {
    met_outside_ = true;
    return Estimate::of(State::outside);
  }
  if (answers.size() == 1 && answers[0].kind == Kind::too_large) {
    fail("rules.number_too_large",
         "a total of this rule is too large to be worked out exactly");
    return open;
  }
  if (answers.size() == 1 && answers[0].kind == Kind::conflict) {
    const std::string& label = rule_.parameters[at(node.parameter)].label;
    const DecisionTable& table = *bound.table;
    if (!asked.is_certain()) {
      fail("rules.hit_policy",
           label + ": several rows match, whatever is not known");
      return open;
    }
    const Hit hit = hit_of(table, asked.matching());
    std::vector<std::string> gives;
    for (std::size_t row : hit.rows) {
      std::vector<std::string> outputs;
      for (std::size_t o = 0; o < table.spec().outputs.size(); ++o) {
        const DecisionOutput& output = table.spec().outputs[o];
        outputs.push_back(output.name + " " +
                          cell_text(table.rows()[row].outputs[o], output.type));
      }
      gives.push_back("line " + std::to_string(table.rows()[row].line) +
                      " gives " + join_in_words(outputs));
    }
    const Describer describer(rule_, catalogue_, &binding_);
    fail("rules.hit_policy",
         label + ": for " + inputs_found(*this, describer, bound) + ", " +
             join_in_words(gives) + ", and its hit policy, " +
             std::string(name_of(table.spec().policy)) +
             (table.spec().policy == HitPolicy::any
                  ? ", asks that rows that match together give the same"
                  : ", asks that no two rows match") +
             ". Correct " + table.file());
    return open;
  }
  std::optional<Estimate> span;
  for (const TableAnswer& given : answers) {
    if (given.kind != Kind::value && given.kind != Kind::none) return open;
    const Estimate part = given.kind == Kind::value
                              ? Estimate::exactly(given.value)
                              : Estimate::of(State::outside);
    span = span ? either(*span, part) : part;
  }
  return *span;
}

}  // namespace sendcheck
