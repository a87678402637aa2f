// A decision: what a rule comes to for a pupil on a day, and why. Plain values; the program recommends, a person decides.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/number.hpp"
#include "base/result.hpp"

namespace sendcheck {

enum class Outcome {
  met,
  not_met,
  needs_evidence,
  refer,
  not_applicable,
  not_in_force,
  error  // the rule or its edition did not load, or the rule broke: nobody has decided
};
constexpr std::size_t number_of_outcomes = 7;
std::string_view name_of(Outcome outcome);  // "needs_evidence"
std::string_view in_words(
    Outcome outcome);  // "needs evidence", "refer to a person"
std::optional<Outcome> outcome(std::string_view name);

// Met, not met or unknown: strong Kleene logic.
enum class Truth : unsigned char { not_met, unknown, met };
std::string_view name_of(Truth truth);

struct WorkingLine {
  std::string label;
  std::string value;  // "9450.00"
};

struct Amount {
  enum class Status { computed, indicative, not_published };
  std::optional<Money> value;  // absent when not_published
  std::string
      period;  // year, financial_year, term, month, week, hour, one_off, period
  Status status = Status::computed;
  std::vector<WorkingLine> working;
  std::optional<Date> from, to;
  std::string note;  // why the amount is indicative or not published
};
std::string_view name_of(Amount::Status status);

struct Due {
  enum class State { upcoming, overdue, done, done_late };
  Date date;
  State state = State::upcoming;
  int days = 0;  // from the as-of date to the date; negative when it has passed
  std::string basis;  // law, guidance, local
  std::string working;
};
std::string_view name_of(Due::State state);

struct MissingItem {
  enum class Kind { fact, evidence, judgement };
  std::string
      fact;  // "arrangements[arrangement=extra_time_25].normal_way_of_working"
  std::string label;  // in words; a judgement's question
  Kind kind = Kind::fact;
  bool actionable = false;
};
std::string_view name_of(MissingItem::Kind kind);

// One step on the way to `met`.
struct Step {
  enum class Kind { supply, change };
  Kind kind = Kind::supply;
  std::string fact;
  std::string label;
  std::string criterion;  // what the fact would have to satisfy, in words
  std::string gap;  // change: how far it is ("£250.00 more"); may be empty
  bool operator==(const Step&) const = default;
};
std::string_view name_of(Step::Kind kind);

struct Route {
  std::vector<Step> steps;
};

// Several ways, of which each step is held once: the same few stand in many.
struct Routes {
  std::vector<Step> steps;             // each once, as the ways come to them
  std::vector<std::vector<int>> ways;  // each the positions of its steps

  std::vector<Route> in_full() const;
};

struct ActionItem {
  std::string text;
  std::string to;
  std::optional<Date> by;
};

// One criterion and what was found. The whole tree is kept: nothing is cut short because another branch settled it.
struct Reason {
  enum class Kind {
    all,
    any,
    none,
    at_least_of,
    comparison,  // of a value, with what was found and needed
    list,        // of a list's entries; its children are entries
    entry,       // one of them: met, it counts
    judgement,
    test
  };
  Kind kind = Kind::all;
  std::string label;
  Truth result = Truth::unknown;
  std::string source;
  std::string have;  // what was found; empty where nothing was looked for
  std::string need;  // what was needed
  std::string gap;
  std::string
      unconfirmed;  // why the criterion is not confirmed; empty when it is
  std::vector<Reason> children;
};

std::string_view name_of(Reason::Kind kind);

struct Decision {
  std::string rule;
  std::string title;
  std::string kind;
  Outcome outcome = Outcome::error;
  std::string summary;
  std::string refer_to;  // refer: to whom
  std::optional<Amount> amount;
  std::optional<Due> due;
  std::vector<MissingItem> missing;
  std::vector<Route> routes;
  std::vector<ActionItem> actions;
  std::optional<Reason> reasons;
  std::string edition;
  struct Parameter {
    std::string name;
    std::string value;
    std::string origin;
    std::string source;
    bool is_number = false;  // `value` is written as a JSON number
    bool unconfirmed = false;
    bool is_list = false;
    std::vector<std::string> items = {};  // of a list, one by one
  };
  std::vector<Parameter> parameters;
  std::optional<Error> error;  // outcome error
};

}  // namespace sendcheck
