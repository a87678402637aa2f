#include "domain/decision.hpp"

#include <array>

namespace sendcheck {
namespace {

struct OutcomeName {
  std::string_view name;
  std::string_view in_words;
};
// In the order of Outcome.
constexpr std::array<OutcomeName, number_of_outcomes> outcome_names = {{
    {"met", "met"},
    {"not_met", "not met"},
    {"needs_evidence", "needs evidence"},
    {"refer", "refer to a person"},
    {"not_applicable", "not applicable"},
    {"not_in_force", "not in force"},
    {"error", "error"},
}};

// The names stand in the order of the enumeration.
template <std::size_t count, class Enumeration>
std::string_view pick(const std::array<std::string_view, count>& names,
                      Enumeration value) {
  return names[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view name_of(Outcome outcome) {
  return outcome_names[static_cast<std::size_t>(outcome)].name;
}

std::string_view in_words(Outcome outcome) {
  return outcome_names[static_cast<std::size_t>(outcome)].in_words;
}

std::optional<Outcome> outcome(std::string_view name) {
  for (std::size_t i = 0; i < outcome_names.size(); ++i) {
    if (outcome_names[i].name == name) return static_cast<Outcome>(i);
  }
  return {};
}

std::string_view name_of(Truth truth) {
  return pick(std::to_array<std::string_view>({"not_met", "unknown", "met"}),
              truth);
}

std::string_view name_of(Amount::Status status) {
  return pick(std::to_array<std::string_view>(
                  {"computed", "indicative", "not_published"}),
              status);
}

std::string_view name_of(Due::State state) {
  return pick(std::to_array<std::string_view>(
                  {"upcoming", "overdue", "done", "done_late"}),
              state);
}

std::string_view name_of(MissingItem::Kind kind) {
  return pick(
      std::to_array<std::string_view>({"fact", "evidence", "judgement"}), kind);
}

std::string_view name_of(Step::Kind kind) {
  return pick(std::to_array<std::string_view>({"supply", "change"}), kind);
}

std::string_view name_of(Reason::Kind kind) {
  constexpr std::array<std::string_view, 9> names = {
      "all",  "any",   "none",      "at_least_of", "comparison",
      "list", "entry", "judgement", "test"};
  return pick(names, kind);
}

std::vector<Route> Routes::in_full() const {
  std::vector<Route> routes;
  routes.reserve(ways.size());
  for (const std::vector<int>& way : ways) {
    Route& route = routes.emplace_back();
    route.steps.reserve(way.size());
    for (int step : way) {
      route.steps.push_back(steps[static_cast<std::size_t>(step)]);
    }
  }
  return routes;
}

}  // namespace sendcheck
