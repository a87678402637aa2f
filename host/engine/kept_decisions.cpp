#include "engine/kept_decisions.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <set>
#include <utility>

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

template <class Plain>
void append_bytes(std::string& key, Plain plain) {
  const std::size_t end = key.size();
  key.resize(end + sizeof plain);
  std::memcpy(key.data() + end, &plain, sizeof plain);
}

}  // namespace

// Kind first, which says how long the rest is: no two values look alike, nor two rows of values.
void append_value(std::string& key, const Value& value) {
  key.push_back(static_cast<char>(value.kind()));
  switch (value.kind()) {
    case Value::Kind::unknown:
      break;
    case Value::Kind::boolean:
      key.push_back(value.boolean() ? 1 : 0);
      break;
    case Value::Kind::number:
      append_bytes(key, value.number().numerator());
      append_bytes(key, value.number().denominator());
      break;
    case Value::Kind::money:
      append_bytes(key, value.money().pence());
      break;
    case Value::Kind::date:
      append_bytes(key, value.date().days());
      break;
    case Value::Kind::code:
      append_bytes(key, value.code());
      break;
    case Value::Kind::text:
      append_bytes(key, value.text().size());
      key += value.text();
      break;
  }
}

// An empty list is a statement, an absent one is not.
void append_size(std::string& key, const List& list) {
  append_bytes(key, list.stated ? list.size() : -1 - list.size());
}

std::string_view copied(std::string_view text,
                        std::pmr::memory_resource& memory) {
  if (text.empty()) return {};
  auto* const bytes = static_cast<char*>(memory.allocate(text.size(), 1));
  std::memcpy(bytes, text.data(), text.size());
  return {bytes, text.size()};
}

CellsRead::CellsRead(const Rule& rule, const Catalogue& catalogue) {
  std::set<int> scalars;
  std::map<int, std::set<int>> lists;
  const auto add_list = [&](int slot) -> std::set<int>& {
    const auto [known, is_new] = lists.try_emplace(slot);
    if (is_new) {
      // What an entry is about is told whatever the rule asks of it.
      const FactSpec& spec = catalogue.lists()[at(slot)];
      for (std::size_t i = 0; i < spec.fields.size(); ++i) {
        if (spec.fields[i].identifies)
          known->second.insert(static_cast<int>(i));
      }
    }
    return known->second;
  };
  for (const FactRef& fact : rule.facts) {
    if (fact.is_list) {
      add_list(fact.slot);
      continue;
    }
    scalars.insert(fact.slot);
    // Whether a step has begun, or must have been taken, stands in other facts.
    const FactSpec& spec = catalogue.scalars()[at(fact.slot)];
    if (spec.absence != Absence::not_yet) continue;
    if (spec.after >= 0) scalars.insert(spec.after);
    if (spec.implied_by >= 0) scalars.insert(spec.implied_by);
  }
  for (const ValueNode& value : rule.tree.values) {
    if (value.op == ValueOp::item) {
      add_list(value.list).insert(value.slot);
    } else if (value.op == ValueOp::count || value.op == ValueOp::max_of ||
               value.op == ValueOp::min_of) {
      if (value.field >= 0) add_list(value.slot).insert(value.field);
    }
  }
  for (const CriterionNode& node : rule.tree.criteria) {
    if (node.op != CriterionOp::judgement) continue;
    // Question, answer and day.
    std::set<int>& fields = add_list(node.list);
    const FactSpec& spec = catalogue.lists()[at(node.list)];
    for (std::size_t i = 0; i < spec.fields.size(); ++i) {
      fields.insert(static_cast<int>(i));
    }
  }
  scalars_.assign(scalars.begin(), scalars.end());
  find_ages(rule);
  for (const auto& [slot, fields] : lists) {
    lists_.push_back({slot, {fields.begin(), fields.end()}});
  }
}

// No two pupils are born on one day, and most rules ask only how old they are today. Where that is all, and no more is made of an age than to compare it,
// what is said of the pupil holds the ages and not the day.
void CellsRead::find_ages(const Rule& rule) {
  const auto& values = rule.tree.values;
  const auto is_age_today = [&](const ValueNode& node) {
    return (node.op == ValueOp::age_on || node.op == ValueOp::months_old_on) &&
           values[at(node.arguments[0])].op == ValueOp::fact &&
           values[at(node.arguments[1])].op == ValueOp::as_of;
  };
  std::vector<ValueId> ages;
  std::vector<int> uses(values.size(), 0);
  int slot = -1;
  for (std::size_t id = 0; id < values.size(); ++id) {
    if (!is_age_today(values[id])) continue;
    ages.push_back(static_cast<ValueId>(id));
    slot = values[at(values[id].arguments[0])].slot;
    ++uses[at(values[id].arguments[0])];
  }
  for (const ValueNode& node : values) {
    if (is_age_today(node)) continue;
    for (ValueId argument : node.arguments) uses[at(argument)] = -1;
  }
  const auto is_used = [&](ValueId id) {
    if (id >= 0) uses[at(id)] = -1;
  };
  for (const Payment& payment : rule.payments) {
    for (ValueId id : {payment.value, payment.from, payment.to}) is_used(id);
    for (const auto& [label, line] : payment.working) is_used(line);
  }
  is_used(rule.deadline.date);
  is_used(rule.deadline.done);
  for (const auto& [outcome, actions] : rule.actions) {
    for (const Action& action : actions) {
      is_used(action.to_value);
      is_used(action.by);
    }
  }
  if (ages.empty()) return;
  for (ValueId age : ages) {
    if (uses[at(age)] != 0) return;
  }
  for (const CriterionNode& node : rule.tree.criteria) {
    for (ValueId id : node.values) {
      if (values[at(id)].op == ValueOp::fact) is_used(id);
    }
  }
  for (std::size_t id = 0; id < values.size(); ++id) {
    const ValueNode& node = values[id];
    if (node.op == ValueOp::fact && node.slot == slot && uses[id] != 1) return;
  }
  for (ValueId age : ages) {
    const bool is_known =
        std::any_of(ages_.begin(), ages_.end(), [&](ValueId other) {
          return values[at(other)].op == values[at(age)].op;
        });
    if (!is_known) ages_.push_back(age);
  }
  std::erase(scalars_, slot);
}

void CellsRead::append_ages(std::string& key, Evaluation& evaluation) const {
  for (ValueId age : ages_) {
    const Estimate estimate = evaluation.estimate(age);
    append_value(key, estimate.is_exact() ? estimate.value : Value());
  }
}

void CellsRead::append_to(std::string& key, const Record& record) const {
  for (int slot : scalars_) append_value(key, record.scalars[at(slot)]);
  for (const ListRead& read : lists_) {
    const List& list = record.lists[at(read.slot)];
    const int size = list.size();
    append_size(key, list);
    for (int entry = 0; entry < size; ++entry) {
      for (int field : read.fields) append_value(key, list.entry(entry)[field]);
    }
  }
}

std::size_t KeptWays::bytes() const {
  std::size_t bytes = sizeof(Ways);
  for (const MissingItem& item : ways->missing) {
    bytes += sizeof item + item.fact.size() + item.label.size();
  }
  for (const Step& step : ways->routes.steps) {
    // As it is, and as it is written.
    bytes += sizeof step + 2 * (step.fact.size() + step.label.size() +
                                step.criterion.size() + step.gap.size());
  }
  for (const std::vector<int>& way : ways->routes.ways) {
    bytes += sizeof way + 2 * way.size() * sizeof(int);
  }
  return bytes;
}

}  // namespace sendcheck
