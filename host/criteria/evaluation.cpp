#include "criteria/evaluation.hpp"

#include <algorithm>

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

Truth of(bool holds) { return holds ? Truth::met : Truth::not_met; }

// -1, 0, 1 where every possibility agrees; 2 where they do not.
constexpr int undecided = 2;

int order(const Estimate& left, const Estimate& right) {
  if (left.is_exact() && right.is_exact()) {
    return compare_exact(left.value, right.value);
  }
  Number a, b;
  if (high_end(left, a) && low_end(right, b) && a < b) return -1;
  if (low_end(left, a) && high_end(right, b) && b < a) return 1;
  return undecided;
}

// Of "left >= right" where ends touch: met when the least left is at least the most right.
Truth at_least(const Estimate& left, const Estimate& right) {
  Number a, b;
  if (low_end(left, a) && high_end(right, b) && b <= a) return Truth::met;
  if (high_end(left, a) && low_end(right, b) && a < b) return Truth::not_met;
  return Truth::unknown;
}

// Of values that are there, or surely not.
Truth compare_present(CriterionOp op, const Estimate& left,
                      const Estimate& right) {
  using State = Estimate::State;
  if (left.state == State::outside || right.state == State::outside) {
    return Truth::unknown;
  }
  if (left.state == State::nothing || right.state == State::nothing) {
    return of(op == CriterionOp::is_not);
  }
  if (left.state == State::unknown || right.state == State::unknown) {
    return Truth::unknown;
  }
  switch (op) {
    case CriterionOp::is:
    case CriterionOp::is_not: {
      const int result = order(left, right);
      const Truth same = result == undecided ? Truth::unknown : of(result == 0);
      return op == CriterionOp::is ? same : negate(same);
    }
    case CriterionOp::at_least:
      return at_least(left, right);
    case CriterionOp::at_most:
      return at_least(right, left);
    case CriterionOp::above:
      return negate(at_least(right, left));
    case CriterionOp::below:
      return negate(at_least(left, right));
    default:
      return Truth::unknown;
  }
}

}  // namespace

Truth negate(Truth truth) {
  return truth == Truth::met       ? Truth::not_met
         : truth == Truth::not_met ? Truth::met
                                   : Truth::unknown;
}

Truth compare(CriterionOp op, const Estimate& left, const Estimate& right) {
  const Truth result = compare_present(op, left, right);
  if (!left.may_be_nothing && !right.may_be_nothing) return result;
  // Without a value, is_not is met and nothing else.
  return result == of(op == CriterionOp::is_not) ? result : Truth::unknown;
}

Evaluation::Evaluation(const Rule& rule, const Binding& binding,
                       const Record& record, const Catalogue& catalogue,
                       const BankHolidays& holidays, Date as_of,
                       FunctionRunner* runner)
    : rule_(rule),
      binding_(binding),
      record_(record),
      catalogue_(catalogue),
      holidays_(holidays),
      as_of_(as_of),
      runner_(runner) {}

void Evaluation::fail(std::string id, std::string message) {
  if (!fault_) fault_ = Error{std::move(id), std::move(message)};
}

namespace {

// -1, 0, 1, of two values of one kind.
int order_of(const Value& a, const Value& b) {
  const auto sign = [](auto x, auto y) { return x < y ? -1 : y < x ? 1 : 0; };
  switch (a.kind()) {
    case Value::Kind::number:
      return sign(a.number(), b.number());
    case Value::Kind::money:
      return sign(a.money().pence(), b.money().pence());
    case Value::Kind::date:
      return sign(a.date().days(), b.date().days());
    case Value::Kind::text:
      return a.text() == b.text() ? 0 : 1;
    case Value::Kind::boolean:
      return sign(a.boolean(), b.boolean());
    case Value::Kind::code:
      return sign(a.code(), b.code());
    case Value::Kind::unknown:
      break;
  }
  return 0;
}

}  // namespace

// False: it takes estimates.
bool Evaluation::quick_truth(const Binding::Quick& quick, Truth& result) const {
  const bool is_fact = quick.of == Binding::Quick::Of::fact;
  const Value* value = nullptr;
  if (is_fact) {
    value = &record_.scalars[at(quick.slot)];
  } else if (item_entry_ >= 0) {
    value = &record_.lists[at(quick.list)].entry(item_entry_)[quick.slot];
  }
  for (const auto& [fact, estimate] : supposed_) {
    if (fact.slot != quick.slot ||
        (is_fact ? fact.list >= 0
                 : fact.list != quick.list || fact.entry != item_entry_)) {
      continue;
    }
    // Amounts are tried out as numbers.
    if (!estimate.is_exact() ||
        (quick.count > 0 &&
         binding_.operands[quick.first].kind() != estimate.value.kind())) {
      return false;
    }
    value = &estimate.value;
    break;
  }
  if (!value || !value->is_known()) {
    if (quick.op == CriterionOp::is_known) {
      result = Truth::not_met;
      return true;
    }
    result = Truth::unknown;
    return quick.unknown_without_bounds;
  }
  if (quick.order_has_outside && catalogue_.code_lists()[at(quick.codes)]
                                     .codes[at(value->code())]
                                     .outside_order) {
    result = Truth::not_met;
    return true;
  }
  const Value* with = binding_.operands.data() + quick.first;
  switch (quick.op) {
    case CriterionOp::is:
      result = of(order_of(*value, with[0]) == 0);
      return true;
    case CriterionOp::is_not:
      result = of(order_of(*value, with[0]) != 0);
      return true;
    case CriterionOp::at_least:
      result = of(order_of(*value, with[0]) >= 0);
      return true;
    case CriterionOp::at_most:
      result = of(order_of(*value, with[0]) <= 0);
      return true;
    case CriterionOp::above:
      result = of(order_of(*value, with[0]) > 0);
      return true;
    case CriterionOp::below:
      result = of(order_of(*value, with[0]) < 0);
      return true;
    case CriterionOp::between:
      result =
          of(order_of(*value, with[0]) >= 0 && order_of(*value, with[1]) <= 0);
      return true;
    case CriterionOp::is_known:
      result = Truth::met;
      return true;
    case CriterionOp::is_one_of:
      result = Truth::not_met;
      for (std::uint32_t i = 0; i < quick.count; ++i) {
        if (order_of(*value, with[i]) == 0) {
          result = Truth::met;
          break;
        }
      }
      return true;
    default:
      return false;
  }
}

Truth Evaluation::truth(CriterionId criterion) {
  const Binding::Quick& quick = binding_.quick[at(criterion)];
  if (quick.unconfirmed) {
    if (!trust_ || criterion == distrusted_) return Truth::unknown;
    met_unconfirmed_ = true;
  }
  if (quick.of != Binding::Quick::Of::nothing) {
    Truth settled;
    if (quick_truth(quick, settled)) return settled;
  }
  // Without what is not confirmed, everything may be otherwise.
  if (remembered_.empty() || item_list_ >= 0 || !trust_) {
    return worked_out(criterion);
  }
  signed char& known = remembered_[at(rule_.tree.alike[at(criterion)])];
  if (known != not_asked && !rests_on_supposed(criterion)) {
    return static_cast<Truth>(known);
  }
  const Truth result = worked_out(criterion);
  if (supposed_.empty()) known = static_cast<signed char>(result);
  return result;
}

void Evaluation::mark_supposed(FactKey fact) {
  if (supposed_facts_.empty()) return;
  const std::size_t bit =
      fact.list < 0 ? at(fact.slot) : binding_.scalars_read + at(fact.list);
  supposed_facts_[bit / 64] |= std::uint64_t{1} << bit % 64;
}

bool Evaluation::rests_on_supposed(CriterionId criterion) const {
  if (supposed_.empty()) return false;
  const std::uint64_t* read =
      binding_.reads.data() + at(criterion) * binding_.words_read;
  for (std::size_t i = 0; i < binding_.words_read; ++i) {
    if ((read[i] & supposed_facts_[i]) != 0) return true;
  }
  return false;
}

Truth Evaluation::worked_out(CriterionId criterion) {
  const Binding::Quick& quick = binding_.quick[at(criterion)];
  if (quick.of != Binding::Quick::Of::nothing) {
    return truth_of(rule_.tree.criteria[at(criterion)]);
  }
  const CriterionId* children = binding_.children.data() + quick.first;
  switch (quick.op) {
    case CriterionOp::all: {
      Truth result = Truth::met;
      for (std::uint32_t i = 0; i < quick.count; ++i) {
        result = std::min(result, truth(children[i]));
        if (result == Truth::not_met) break;
      }
      return result;
    }
    case CriterionOp::any:
    case CriterionOp::none: {
      Truth result = Truth::not_met;
      for (std::uint32_t i = 0; i < quick.count; ++i) {
        result = std::max(result, truth(children[i]));
        if (result == Truth::met) break;
      }
      return quick.op == CriterionOp::any ? result : negate(result);
    }
    default:
      return truth_of(rule_.tree.criteria[at(criterion)]);
  }
}

// What is no plain combination and no plain comparison.
Truth Evaluation::truth_of(const CriterionNode& node) {
  switch (node.op) {
    case CriterionOp::at_least_of: {
      int met = 0, unknown = 0;
      for (CriterionId child : node.children) {
        const Truth result = truth(child);
        met += result == Truth::met;
        unknown += result == Truth::unknown;
      }
      if (met >= node.n) return Truth::met;
      return met + unknown < node.n ? Truth::not_met : Truth::unknown;
    }
    case CriterionOp::any_item: {
      const Tally found = tally(node.list, node.children.front(), node.open);
      if (found.certain > 0) return Truth::met;
      return found.possible > 0 || found.more ? Truth::unknown : Truth::not_met;
    }
    case CriterionOp::every_item: {
      const List& list = record_.lists[at(node.list)];
      Truth result = Truth::met;
      for (int entry = 0; entry < list.size(); ++entry) {
        InEntry in(*this, node.list, entry);
        result = std::min(result, truth(node.children.front()));
        if (result == Truth::not_met) return result;
      }
      if (may_hold_more(node.list)) {
        InEntry in(*this, node.list, -1);
        if (truth(node.children.front()) != Truth::met) {
          result = std::min(result, Truth::unknown);
        }
      }
      return result;
    }
    case CriterionOp::judgement:
      return judgement(node);
    case CriterionOp::test: {
      const FunctionRunner::Answer& found = answer(node.function);
      if (!trust_ && found.unconfirmed) return Truth::unknown;
      return found.estimate.is_exact() ? of(found.estimate.value.boolean())
                                       : Truth::unknown;
    }
    case CriterionOp::is_known: {
      const ValueNode& value = rule_.tree.values[at(node.values[0])];
      const Estimate found = estimate(node.values[0]);
      // An open fact is known as far as it is on file.
      return of(found.is_exact() ||
                (value.op == ValueOp::fact &&
                 record_.scalars[at(value.slot)].is_known()));
    }
    default:
      return compare(node);
  }
}

bool Evaluation::is_outside_order(const Estimate& estimate, int codes) const {
  if (codes < 0 || !estimate.is_exact()) return false;
  const int code = estimate.value.code();
  return code < 0 ||
         catalogue_.code_lists()[at(codes)].codes[at(code)].outside_order;
}

Truth Evaluation::compare(const CriterionNode& node) {
  const int codes = rule_.tree.values[at(node.values[0])].type.codes;
  const Estimate left = estimate(node.values[0]);

  const bool orders = node.op != CriterionOp::is &&
                      node.op != CriterionOp::is_not &&
                      node.op != CriterionOp::is_one_of;
  if (orders && codes >= 0) {
    // A code that stands outside the order is neither before nor after any other.
    for (ValueId value : node.values) {
      if (is_outside_order(estimate(value), codes)) return Truth::not_met;
    }
  }

  if (node.op == CriterionOp::between) {
    const Estimate low = estimate(node.values[1]);
    const Estimate high = estimate(node.values[2]);
    // Nothing lies between ends that are the wrong way round, known or not.
    return std::min({sendcheck::compare(CriterionOp::at_least, left, low),
                     sendcheck::compare(CriterionOp::at_most, left, high),
                     sendcheck::compare(CriterionOp::at_most, low, high)});
  }
  if (node.op == CriterionOp::is_one_of) {
    Truth result = Truth::not_met;
    const auto meet = [&](const Value& allowed) {
      result = std::max(result, sendcheck::compare(CriterionOp::is, left,
                                                   Estimate::exactly(allowed)));
    };
    for (std::size_t i = 1; i < node.values.size(); ++i) {
      const ValueId id = node.values[i];
      if (rule_.tree.values[at(id)].type.is_list) {
        for (const Value& allowed : binding_.values[at(id)].list) meet(allowed);
      } else {
        result = std::max(
            result, sendcheck::compare(CriterionOp::is, left, estimate(id)));
      }
    }
    return result;
  }
  return sendcheck::compare(node.op, left, estimate(node.values[1]));
}

Truth Evaluation::judgement(const CriterionNode& node) const {
  const int slot = node.list;
  const FactSpec& spec = catalogue_.lists()[at(slot)];
  const int question = spec.field("question");
  const int answer = spec.field("answer");
  const int on = spec.field("on");
  for (const auto& [fact, estimate] : supposed_) {
    if (fact.list == slot && fact.entry < 0 && fact.slot >= 0 &&
        rule_.tree.criteria[at(fact.slot)].name == node.name) {
      return of(estimate.value.boolean());
    }
  }
  const List& list = record_.lists[at(slot)];
  const Value* last = nullptr;  // the latest answer counts
  for (int i = 0; i < list.size(); ++i) {
    const Value* entry = list.entry(i);
    if (!entry[question].is_known() || entry[question].text() != node.name ||
        !entry[answer].is_known()) {
      continue;
    }
    if (!last || !last[on].is_known() ||
        (entry[on].is_known() && last[on].date() <= entry[on].date())) {
      last = entry;
    }
  }
  return last ? of(last[answer].boolean()) : Truth::unknown;
}

bool Evaluation::may_hold_more(int list) const {
  const FactSpec& spec = catalogue_.lists()[at(list)];
  if (spec.open || another_entry_supposed(list)) return true;
  return !record_.lists[at(list)].stated && spec.absence != Absence::none;
}

bool Evaluation::another_entry_supposed(int list) const {
  for (const auto& [fact, estimate] : supposed_) {
    if (fact == FactKey{list, -1, -1}) return true;
  }
  return false;
}

Evaluation::Tally Evaluation::tally(int list, CriterionId where, bool open) {
  Tally found;
  const List& entries = record_.lists[at(list)];
  for (int entry = 0; entry < entries.size(); ++entry) {
    if (where < 0) {
      ++found.certain;
      continue;
    }
    InEntry in(*this, list, entry);
    const Truth result = truth(where);
    found.certain += result == Truth::met;
    found.possible += result == Truth::unknown;
  }
  if (open || may_hold_more(list)) {
    InEntry in(*this, list, -1);
    found.more = where < 0 || truth(where) != Truth::not_met;
    if (found.more && another_entry_supposed(list)) ++found.certain;
  }
  return found;
}

Evaluation::Tally Evaluation::tally_distinct(int list, CriterionId where,
                                             int field) {
  std::vector<Value> certain, possible;
  int certain_unnamed = 0, possible_unnamed = 0;
  const auto add = [](std::vector<Value>& values, const Value& value) {
    if (std::find(values.begin(), values.end(), value) == values.end()) {
      values.push_back(value);
    }
  };
  const List& entries = record_.lists[at(list)];
  for (int entry = 0; entry < entries.size(); ++entry) {
    InEntry in(*this, list, entry);
    const Truth result = where < 0 ? Truth::met : truth(where);
    if (result == Truth::not_met) continue;
    const Estimate named = estimate_of_field(list, entry, field);
    if (result == Truth::met) {
      if (named.is_exact()) {
        add(certain, named.value);
      } else {
        ++certain_unnamed;
      }
    } else if (named.is_exact()) {
      add(possible, named.value);
    } else {
      ++possible_unnamed;
    }
  }
  Tally found;
  found.certain = static_cast<int>(certain.size());
  if (found.certain == 0 && certain_unnamed > 0) {
    // Whatever it is called, it is one.
    found.certain = 1;
    --certain_unnamed;
  }
  for (const Value& value : possible) {
    found.possible +=
        std::find(certain.begin(), certain.end(), value) == certain.end();
  }
  found.possible += certain_unnamed + possible_unnamed;
  if (may_hold_more(list)) {
    InEntry in(*this, list, -1);
    found.more = where < 0 || truth(where) != Truth::not_met;
  }
  return found;
}

bool Evaluation::is_not_yet(int slot) const {
  const FactSpec& spec = catalogue_.scalars()[at(slot)];
  if (spec.absence != Absence::not_yet ||
      record_.scalars[at(slot)].is_known() || spec.after < 0 ||
      !record_.scalars[at(spec.after)].is_known()) {
    return false;
  }
  if (spec.implied_by < 0) return true;
  // Another fact says that it must have happened: then only its date is missing.
  const Value& other = record_.scalars[at(spec.implied_by)];
  return !other.is_known() ||
         std::find(spec.implied_by_codes.begin(), spec.implied_by_codes.end(),
                   other.code()) == spec.implied_by_codes.end();
}

Estimate Evaluation::estimate_of_scalar(int slot) const {
  for (const auto& [fact, estimate] : supposed_) {
    if (fact.list < 0 && fact.slot == slot) return estimate;
  }
  const Value& value = record_.scalars[at(slot)];
  const FactSpec& spec = catalogue_.scalars()[at(slot)];
  if (value.is_known()) {
    const Estimate stated = Estimate::exactly(value);
    if (!spec.open || !stated.is_numeric()) return stated;
    // So far; more may be added.
    if (!spec.maximum) return Estimate::at_least(number_of(value));
    return Estimate::between(number_of(value), *spec.maximum, value.kind());
  }
  if (is_not_yet(slot)) {
    return Estimate::at_least(Number(as_of_.days() + 1));
  }
  switch (spec.type) {
    case FactType::boolean:
    case FactType::code:
    case FactType::text:
    case FactType::list:
      return Estimate::of(Estimate::State::unknown);
    default:
      break;
  }
  Estimate estimate = Estimate::unbounded();
  if (spec.minimum) {
    estimate.has_low = true;
    estimate.low = *spec.minimum;
  }
  if (spec.maximum) {
    estimate.has_high = true;
    estimate.high = *spec.maximum;
  }
  return estimate;
}

Estimate Evaluation::estimate_of_field(int list, int entry, int field) const {
  for (const auto& [fact, estimate] : supposed_) {
    if (fact.list == list && fact.entry == entry && fact.slot == field) {
      return estimate;
    }
  }
  const FactSpec& spec = catalogue_.lists()[at(list)].fields[at(field)];
  if (entry >= 0) {
    const Value& value = record_.lists[at(list)].entry(entry)[field];
    if (value.is_known()) return Estimate::exactly(value);
  }
  if (spec.type == FactType::boolean || spec.type == FactType::code ||
      spec.type == FactType::text) {
    return Estimate::of(Estimate::State::unknown);
  }
  Estimate estimate = Estimate::unbounded();
  if (spec.minimum) {
    estimate.has_low = true;
    estimate.low = *spec.minimum;
  }
  if (spec.maximum) {
    estimate.has_high = true;
    estimate.high = *spec.maximum;
  }
  return estimate;
}

const FunctionRunner::Answer& Evaluation::answer(int function) {
  for (const auto& [id, known] : answers_) {
    if (id == function) return known;
  }
  FunctionRunner::Answer found;
  if (runner_) {
    found = runner_->run(function, *this);
  } else {
    found.fault = Error{"rules.no_runner",
                        "this rule has a function and nothing to run it"};
  }
  if (found.fault && !fault_) fault_ = found.fault;
  met_unconfirmed_ = met_unconfirmed_ || found.unconfirmed;
  return answers_.emplace_back(function, std::move(found)).second;
}

}  // namespace sendcheck
