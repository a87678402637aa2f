#include "casework/standing.hpp"

namespace sendcheck {
namespace {

bool gives(const std::string& kind) {
  return kind == "funding" || kind == "access_arrangement";
}

// Positive: more; negative: less; nothing where they cannot be compared.
std::optional<std::int64_t> rise(const Standing& before,
                                 const Standing& after) {
  const std::int64_t none = 0;
  const auto pence = [&](const Standing& standing) {
    if (!standing.amount) return std::optional(none);
    if (!standing.amount->value) return std::optional<std::int64_t>();
    return std::optional(standing.amount->value->pence());
  };
  const auto from = pence(before), to = pence(after);
  if (!from || !to) return std::nullopt;
  if (before.amount && after.amount &&
      before.amount->period != after.amount->period) {
    return std::nullopt;
  }
  return *to - *from;
}

}  // namespace

std::string_view name_of(Effect effect) {
  switch (effect) {
    case Effect::gains:
      return "gains";
    case Effect::loses:
      return "loses";
    case Effect::otherwise:
      return "otherwise";
  }
  return {};
}

bool Standing::is_silent() const {
  return !outcome || *outcome == Outcome::not_applicable ||
         *outcome == Outcome::not_in_force;
}

std::optional<Effect> effect_of(const Standing& before, const Standing& after,
                                const std::string& kind) {
  if (before == after || (before.is_silent() && after.is_silent())) {
    return std::nullopt;
  }
  if (!gives(kind)) return Effect::otherwise;
  if (before.is_met() != after.is_met()) {
    return after.is_met() ? Effect::gains : Effect::loses;
  }
  if (before.is_met()) {
    const auto difference = rise(before, after);
    if (difference && *difference != 0) {
      return *difference > 0 ? Effect::gains : Effect::loses;
    }
  }
  return Effect::otherwise;
}

Standing standing_of(const Brief& brief, const Rule& rule) {
  Standing standing;
  standing.outcome = brief.outcome;
  standing.due = brief.due;
  if (brief.payment >= 0) {
    const Payment& payment =
        rule.payments[static_cast<std::size_t>(brief.payment)];
    Standing::Stated& stated = standing.amount.emplace();
    stated.period = payment.period;
    stated.indicative = brief.indicative && payment.published;
    if (payment.published) stated.value = brief.amount;
  }
  return standing;
}

}  // namespace sendcheck
