// What counts where several rows match: DMN 1.5, section 8.2.8 (hit policies) and 8.2.9 (default output values).
#include <algorithm>
#include <limits>

#include "domain/decision_table.hpp"

namespace sendcheck {
namespace {

bool is_less(const Value& a, const Value& b) {
  return number_of(a) < number_of(b);
}

// Outputs are compared from left to right; one without declared values has no say. Of equals, the order of the table holds.
bool goes_before(const DecisionSpec& spec, const DecisionRow& a,
                 const DecisionRow& b) {
  for (std::size_t i = 0; i < spec.outputs.size(); ++i) {
    const std::vector<Value>& values = spec.outputs[i].values;
    if (values.empty()) continue;
    const auto place_a = std::ranges::find(values, a.outputs[i]);
    const auto place_b = std::ranges::find(values, b.outputs[i]);
    if (place_a != place_b) return place_a < place_b;
  }
  return false;
}

std::optional<Value> sum_of(const std::vector<Value>& values,
                            ParameterType type) {
  if (type == ParameterType::money) {
    std::int64_t pence = 0;
    for (const Value& value : values) {
      if (__builtin_add_overflow(pence, value.money().pence(), &pence)) {
        return std::nullopt;
      }
    }
    return Value::of(Money::from_pence(pence));
  }
  Number total;
  for (const Value& value : values) {
    const auto more = add(total, value.number());
    if (!more) return std::nullopt;
    total = *more;
  }
  return Value::of(total);
}

}  // namespace

Hit hit_of(const DecisionTable& table, const RowSet& matching) {
  const DecisionSpec& spec = table.spec();
  const std::vector<DecisionRow>& rows = table.rows();
  Hit hit;
  hit.rows = rows_in(matching);
  if (hit.rows.empty()) {
    hit.kind = spec.has_default() ? Hit::Kind::fallback : Hit::Kind::none;
    return hit;
  }
  hit.kind = Hit::Kind::rows;
  switch (spec.policy) {
    case HitPolicy::unique:
      if (hit.rows.size() > 1) hit.kind = Hit::Kind::conflict;
      break;
    case HitPolicy::any: {
      const auto differs = std::ranges::find_if(hit.rows, [&](std::size_t row) {
        return rows[row].outputs != rows[hit.rows.front()].outputs;
      });
      if (differs == hit.rows.end()) break;
      hit.kind = Hit::Kind::conflict;
      hit.rows = {hit.rows.front(), *differs};
      break;
    }
    case HitPolicy::first:
      hit.rows.erase(hit.rows.begin() + 1, hit.rows.end());
      break;
    case HitPolicy::priority:
    case HitPolicy::output_order:
      std::ranges::stable_sort(hit.rows, [&](std::size_t a, std::size_t b) {
        return goes_before(spec, rows[a], rows[b]);
      });
      if (spec.policy == HitPolicy::priority)
        hit.rows.erase(hit.rows.begin() + 1, hit.rows.end());
      break;
    case HitPolicy::rule_order:
    case HitPolicy::collect:
      break;
  }
  return hit;
}

std::vector<Value> values_of(const DecisionTable& table, const Hit& hit,
                             std::size_t output) {
  if (hit.kind == Hit::Kind::fallback) {
    return table.spec().outputs[output].otherwise;
  }
  std::vector<Value> values;
  for (std::size_t row : hit.rows) {
    values.push_back(table.rows()[row].outputs[output]);
    // Equal outputs, of rows that all match, are one.
    if (table.spec().policy == HitPolicy::any) break;
  }
  return values;
}

std::optional<Value> value_of(const DecisionTable& table, const Hit& hit,
                              std::size_t output) {
  const std::vector<Value> values = values_of(table, hit, output);
  if (values.empty()) return Value();
  if (hit.kind == Hit::Kind::fallback) return values.front();
  switch (table.spec().aggregator) {
    case Aggregator::none:
      return values.front();
    case Aggregator::sum:
      return sum_of(values, table.spec().outputs[output].type);
    case Aggregator::min:
      return *std::ranges::min_element(values, is_less);
    case Aggregator::max:
      return *std::ranges::max_element(values, is_less);
    case Aggregator::count:
      return Value::of(Number(static_cast<std::int64_t>(values.size())));
  }
  return Value();
}

}  // namespace sendcheck
