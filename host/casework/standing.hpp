// One decision as far as an impact goes by it, and what a change of it is to the pupil.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/decision.hpp"
#include "engine/engine.hpp"

namespace sendcheck {

// What a change is to the pupil. Only rules that give something (kinds funding and access_arrangement) are gained or lost by; a duty or a mark of absence that
// comes to be met is a change and no gain.
enum class Effect {
  gains,     // became met, or the amount rose
  loses,     // is met no longer, or the amount fell
  otherwise  // another outcome, amount or date
};
std::string_view name_of(Effect effect);

// One decision as it is on one side.
struct Standing {
  // Empty: the rule is not asked about the pupil, or there is none.
  std::optional<Outcome> outcome;
  struct Stated {
    std::optional<Money> value;  // absent: not published
    std::string period;
    bool indicative = false;
    bool operator==(const Stated&) const = default;
  };
  std::optional<Stated> amount;
  std::optional<Date> due;

  // Whether the rule has nothing to say of the pupil: not asked, not about them, not in force.
  bool is_silent() const;
  bool is_met() const { return outcome == Outcome::met; }
  bool operator==(const Standing&) const = default;
};

// The effect of going from one standing to another under a rule of the kind; nothing where they are the same, or silent both.
std::optional<Effect> effect_of(const Standing& before, const Standing& after,
                                const std::string& kind);

// What brief() found of a rule.
Standing standing_of(const Brief& brief, const Rule& rule);

}  // namespace sendcheck
