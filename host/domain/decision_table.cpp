#include "domain/decision_table.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"

namespace sendcheck {
namespace {

// In the order of HitPolicy.
constexpr std::array<std::string_view, 7> policy_names = {
    "unique",     "any",          "priority", "first",
    "rule_order", "output_order", "collect"};
// In the order of Aggregator.
constexpr std::array<std::string_view, 5> aggregator_names = {
    "none", "sum", "min", "max", "count"};

template <class Named>
int position_of(const std::vector<Named>& all, std::string_view name) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

std::string range_in_words(const TestRange& range, ParameterType type) {
  ParameterSpec spec;
  spec.type = type;
  const auto say = [&](const Value& value) {
    ParameterValue shown;
    shown.scalar = value;
    return in_words(shown, spec);
  };
  const bool from = range.from.is_known(), to = range.to.is_known();
  const bool dates = type == ParameterType::date;
  if (from && to && range.from == range.to) return say(range.from);
  if (!from) {
    return (range.without_to ? (dates ? "before " : "less than ")
                             : (dates ? "on or before " : "at most ")) +
           say(range.to);
  }
  if (!to) {
    return (range.without_from ? (dates ? "after " : "more than ")
                               : (dates ? "on or after " : "at least ")) +
           say(range.from);
  }
  return (range.without_from ? "more than " : "from ") + say(range.from) +
         (range.without_to ? " and less than " : " to ") + say(range.to);
}

}  // namespace

std::string_view name_of(HitPolicy policy) {
  return policy_names[static_cast<std::size_t>(policy)];
}

std::optional<HitPolicy> hit_policy(std::string_view name) {
  const auto at = std::ranges::find(policy_names, name);
  if (at == policy_names.end()) return std::nullopt;
  return static_cast<HitPolicy>(at - policy_names.begin());
}

std::string_view name_of(Aggregator aggregator) {
  return aggregator_names[static_cast<std::size_t>(aggregator)];
}

std::optional<Aggregator> aggregator(std::string_view name) {
  const auto at = std::ranges::find(aggregator_names, name);
  if (at == aggregator_names.end()) return std::nullopt;
  return static_cast<Aggregator>(at - aggregator_names.begin());
}

int DecisionSpec::input(std::string_view name) const {
  return position_of(inputs, name);
}

int DecisionSpec::output(std::string_view name) const {
  return position_of(outputs, name);
}

bool DecisionSpec::gives_list() const {
  return policy == HitPolicy::rule_order || policy == HitPolicy::output_order ||
         (policy == HitPolicy::collect && aggregator == Aggregator::none);
}

bool DecisionSpec::has_default() const {
  return !outputs.empty() && outputs.front().has_default;
}

bool holds(const RowSet& rows, std::size_t row) {
  return (rows[row / 64] >> row % 64 & 1) != 0;
}

bool is_empty(const RowSet& rows) {
  return std::ranges::all_of(rows,
                             [](std::uint64_t word) { return word == 0; });
}

RowSet both(const RowSet& a, const RowSet& b) {
  RowSet result(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) result[i] = a[i] & b[i];
  return result;
}

std::vector<std::size_t> rows_in(const RowSet& rows) {
  std::vector<std::size_t> found;
  for (std::size_t row = 0; row < 64 * rows.size(); ++row) {
    if (holds(rows, row)) found.push_back(row);
  }
  return found;
}

DecisionTable::DecisionTable(std::shared_ptr<const DecisionSpec> spec,
                             std::string file, std::vector<DecisionRow> rows)
    : spec_(std::move(spec)), file_(std::move(file)), rows_(std::move(rows)) {
  for (std::size_t i = 0; i < spec_->inputs.size(); ++i) {
    const ParameterType type = spec_->inputs[i].type;
    classes_.emplace_back(
        rows_, i, type == ParameterType::text || type == ParameterType::code);
  }
}

RowSet DecisionTable::all_rows() const {
  RowSet rows((rows_.size() + 63) / 64);
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    rows[row / 64] |= std::uint64_t{1} << row % 64;
  }
  return rows;
}

std::string cell_text(const Value& value, ParameterType type) {
  ParameterSpec spec;
  spec.type = type;
  ParameterValue shown;
  shown.scalar = value;
  return to_text(shown, spec);
}

std::string in_words(const UnaryTest& test, const DecisionInput& input) {
  if (test.anything) return "anything";
  std::vector<std::string> parts;
  for (const TestRange& range : test.ranges) {
    parts.push_back(range_in_words(range, input.type));
  }
  return (test.negated ? "not " : "") + join_in_words(parts, " or ");
}

std::string policy_in_words(const DecisionSpec& spec) {
  std::string words;
  switch (spec.policy) {
    case HitPolicy::unique:
      words = "At most one row matches.";
      break;
    case HitPolicy::any:
      words = "Several rows may match, if they give the same.";
      break;
    case HitPolicy::priority:
      words = "Of rows that match, the one with the highest priority counts.";
      break;
    case HitPolicy::first:
      words = "Of rows that match, the first counts.";
      break;
    case HitPolicy::rule_order:
      words = "All rows that match count, in the order of the table.";
      break;
    case HitPolicy::output_order:
      words = "All rows that match count, in the order of their priority.";
      break;
    case HitPolicy::collect:
      words = spec.aggregator == Aggregator::sum ? "Rows that match add up."
              : spec.aggregator == Aggregator::min
                  ? "Of rows that match, the least counts."
              : spec.aggregator == Aggregator::max
                  ? "Of rows that match, the greatest counts."
              : spec.aggregator == Aggregator::count
                  ? "The rows that match are counted."
                  : "All rows that match count.";
      break;
  }
  if (!spec.has_default()) return words + " Without one, a person decides.";
  std::vector<std::string> parts;
  for (const DecisionOutput& output : spec.outputs) {
    ParameterSpec type;
    type.type = spec.aggregator == Aggregator::count ? ParameterType::integer
                                                     : output.type;
    ParameterValue shown;
    shown.is_list = spec.gives_list();
    shown.list = output.otherwise;
    if (!output.otherwise.empty()) shown.scalar = output.otherwise.front();
    parts.push_back(output.name + " " + in_words(shown, type));
  }
  return words + " Without one: " + join_in_words(parts) + ".";
}

}  // namespace sendcheck
