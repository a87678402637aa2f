#include "casework/impact.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "casework/impact_log.hpp"

namespace sendcheck {
namespace {

// So that a rule whose every decision has another reason does not fill the memory.
constexpr std::size_t most_causes = 500;

bool gives(const std::string& kind) {
  return kind == "funding" || kind == "access_arrangement";
}

bool is_met(const Standing& standing) {
  return standing.outcome == Outcome::met;
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

// One side: the rules that differ, as far as it has them.
class Side {
 public:
  Side(const Workspace& workspace, const std::vector<std::string>& rules,
       bool rules_named, Date as_of)
      : workspace_(workspace), rules_named_(rules_named), as_of_(as_of) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const auto selected = workspace.engine().select({{rules[i]}, ""});
      if (!selected) continue;
      selected_.push_back(selected->front());
      positions_.push_back(i);
    }
    explainers_.resize(selected_.size());
    checker_.emplace(workspace.engine(), selected_, as_of, rules_named);
  }

  // Fills the standings, by position among the rules that differ.
  void ask(const Record& record, std::vector<Standing>& standings) {
    for (Standing& standing : standings) standing = {};
    checker_->brief(record, briefs_);
    for (const Brief& brief : briefs_) {
      const auto rule = static_cast<std::size_t>(brief.rule);
      standings[positions_[rule]] = standing_of(brief, *selected_[rule].rule);
    }
  }

  const SelectedRule* rule(std::size_t position) const {
    const auto found = std::ranges::find(positions_, position);
    return found == positions_.end() ? nullptr
                                     : &selected_[static_cast<std::size_t>(
                                           found - positions_.begin())];
  }

  // The decision of one rule with its reasons; null where it is not asked.
  std::optional<Decision> explain(const Record& record, std::size_t position) {
    const auto found = std::ranges::find(positions_, position);
    if (found == positions_.end()) return std::nullopt;
    auto& explainer =
        explainers_[static_cast<std::size_t>(found - positions_.begin())];
    if (!explainer) {
      explainer = std::make_unique<Explainer>(workspace_, *rule(position),
                                              as_of_, rules_named_);
    }
    auto decisions = explainer->checker.decide(record);
    if (decisions.empty()) return std::nullopt;
    return std::move(decisions.front());
  }

  // Whether the scheme that decided is one that its edition closes.
  bool is_closed(const Decision& decision) const {
    for (const Edition& edition : workspace_.rulesets().editions()) {
      if (edition.id != decision.edition) continue;
      const auto entry = edition.rules.find(decision.rule);
      return entry != edition.rules.end() && entry->second.closed.has_value();
    }
    return false;
  }

 private:
  struct Explainer {
    Explainer(const Workspace& workspace, const SelectedRule& wanted,
              Date as_of, bool rules_named)
        : rule{wanted}, checker(workspace.engine(), rule, as_of, rules_named) {}
    std::vector<SelectedRule> rule;
    Checker checker;
  };

  const Workspace& workspace_;
  bool rules_named_;
  Date as_of_;
  std::vector<SelectedRule> selected_;
  std::vector<std::size_t> positions_;
  std::optional<Checker> checker_;
  std::vector<std::unique_ptr<Explainer>> explainers_;
  std::vector<Brief> briefs_;
};

// A register as both sides read it: once, where they have the same catalogue.
class Pupils {
 public:
  static Result<Pupils> open(const std::string& path, const Workspace& before,
                             const Workspace& after) {
    Pupils pupils;
    auto reader = open_register(path, before.catalogue());
    if (!reader) return unexpected(reader.error());
    pupils.before_ = std::move(*reader);
    if (before.catalogue() == after.catalogue()) return pupils;
    auto other = open_register(path, after.catalogue());
    if (!other) return unexpected(other.error());
    pupils.after_ = std::move(*other);
    return pupils;
  }

  Result<bool> next() {
    auto more = before_->next(entry_);
    if (!more || !*more || !after_) return more;
    return after_->next(other_entry_);
  }
  const RegisterEntry& before() const { return entry_; }
  const RegisterEntry& after() const { return after_ ? other_entry_ : entry_; }
  const RegisterReader& reader() const { return *before_; }

 private:
  std::unique_ptr<RegisterReader> before_, after_;
  RegisterEntry entry_, other_entry_;
};

class Impact {
 public:
  Impact(const Workspace& before, const Workspace& after,
         const ImpactOptions& options, ImpactConsumer& consumer,
         DifferingRules rules)
      : options_(options),
        consumer_(consumer),
        workspace_(before),
        other_workspace_(after),
        before_(before, rules.differ, !options.rules.empty(), options.as_of),
        after_(after, rules.differ, !options.rules.empty(), options.as_of),
        groups_(before.catalogue()),
        from_(rules.differ.size()),
        to_(rules.differ.size()),
        moves_(rules.differ.size()),
        cause_positions_(rules.differ.size()) {
    report_.as_of = options.as_of;
    report_.unchanged = std::move(rules.same);
    for (std::size_t i = 0; i < rules.differ.size(); ++i) {
      RuleImpact& impact = report_.rules.emplace_back();
      impact.id = rules.differ[i];
      const SelectedRule* rule =
          after_.rule(i) != nullptr ? after_.rule(i) : before_.rule(i);
      impact.title = rule->rule->title;
      impact.kind = rule->plugin->manifest.kind;
    }
  }

  Result<void> read(const std::string& path) {
    auto pupils = Pupils::open(path, workspace_, other_workspace_);
    if (!pupils) return unexpected(pupils.error());
    for (;;) {
      const auto more = pupils->next();
      if (!more) return unexpected(more.error());
      if (!*more) break;
      count(pupils->before(), pupils->after(), path);
      if (report_.counts.pupils % 1000 == 0) {
        consumer_.progress(pupils->reader().progress_per_mille(),
                           report_.counts.pupils);
      }
    }
    for (Finding& finding : pupils->reader().register_warnings()) {
      report_.register_warnings.push_back(std::move(finding));
    }
    return {};
  }

  ImpactReport finish() {
    for (std::size_t i = 0; i < moves_.size(); ++i) {
      RuleImpact& rule = report_.rules[i];
      for (std::size_t from = 0; from <= number_of_outcomes; ++from) {
        for (std::size_t to = 0; to <= number_of_outcomes; ++to) {
          const std::int64_t number = moves_[i][from][to];
          if (number > 0)
            rule.moves[{outcome_at(from), outcome_at(to)}] = number;
        }
      }
      std::ranges::stable_sort(
          rule.causes, std::ranges::greater(), [](const auto& decided) {
            std::int64_t all = 0;
            for (const auto& [effect, pupils] : decided.pupils) all += pupils;
            return all;
          });
    }
    report_.groups = groups_.tables(report_.total);
    return std::move(report_);
  }

  const ImpactCounts& counts() const { return report_.counts; }

 private:
  static std::size_t index_of(const std::optional<Outcome>& outcome) {
    return outcome ? static_cast<std::size_t>(*outcome) + 1 : 0;
  }
  static std::optional<Outcome> outcome_at(std::size_t index) {
    if (index == 0) return std::nullopt;
    return static_cast<Outcome>(index - 1);
  }

  void count(const RegisterEntry& entry, const RegisterEntry& other,
             const std::string& path) {
    ++report_.counts.pupils;
    report_.counts.warnings += static_cast<std::int64_t>(entry.warnings.size());
    if (entry.rejected() || other.rejected()) {
      ++report_.counts.rejected;
      const auto& findings =
          entry.rejected() ? entry.rejections : other.rejections;
      report_.rejections.insert(report_.rejections.end(), findings.begin(),
                                findings.end());
      return;
    }
    ++report_.counts.checked;
    if (options_.registers.size() > 1 && !entry.upn.empty() &&
        !upns_.insert(std::hash<std::string>()(entry.upn)).second) {
      ++report_.counts.repeated;
    }
    before_.ask(entry.record, from_);
    after_.ask(other.record, to_);
    const std::vector<Tally*>& tallies = groups_.of(entry.record);
    bool gains = false, loses = false, otherwise = false;
    for (std::size_t i = 0; i < from_.size(); ++i) {
      const Standing& from = from_[i];
      const Standing& to = to_[i];
      RuleImpact& rule = report_.rules[i];
      ++moves_[i][index_of(from.outcome)][index_of(to.outcome)];
      ++rule.tally.pupils;
      add_amounts(from, to, rule.tally);
      add_amounts(from, to, report_.total);
      for (Tally* tally : tallies) add_amounts(from, to, *tally);
      const auto effect = effect_of(from, to, rule.kind);
      if (!effect) continue;
      gains = gains || *effect == Effect::gains;
      loses = loses || *effect == Effect::loses;
      otherwise = otherwise || *effect == Effect::otherwise;
      ++(*effect == Effect::gains   ? rule.tally.gains
         : *effect == Effect::loses ? rule.tally.loses
                                    : rule.tally.otherwise);
      tell(entry, other, path, i, *effect);
    }
    const auto add_pupil = [&](Tally& tally) {
      ++tally.pupils;
      if (gains && loses) {
        ++tally.both;
      } else if (gains) {
        ++tally.gains;
      } else if (loses) {
        ++tally.loses;
      } else if (otherwise) {
        ++tally.otherwise;
      }
    };
    add_pupil(report_.total);
    for (Tally* tally : tallies) add_pupil(*tally);
  }

  static void add_amounts(const Standing& from, const Standing& to,
                          Tally& tally) {
    if (!from.amount && !to.amount) return;
    add_side(from, false, tally);
    add_side(to, true, tally);
    if (from.amount == to.amount && is_met(from) == is_met(to)) return;
    // The sums that are not the same for this pupil.
    std::set<CostTally*> moved;
    for (const Standing* side : {&from, &to}) {
      if (CostTally* cost = cost_of(*side, tally)) moved.insert(cost);
    }
    for (CostTally* cost : moved) ++cost->moved;
  }

  // Which sum an amount goes into; null: none.
  static std::map<std::string, CostTally>* costs_of(const Standing& side,
                                                    Tally& tally) {
    if (!side.amount || !side.amount->value) return nullptr;
    if (side.amount->indicative) return &tally.indicative;
    return is_met(side) ? &tally.met : nullptr;
  }
  static CostTally* cost_of(const Standing& side, Tally& tally) {
    auto* costs = costs_of(side, tally);
    return costs == nullptr ? nullptr : &(*costs)[side.amount->period];
  }
  static void add_side(const Standing& side, bool is_after, Tally& tally) {
    if (auto* costs = costs_of(side, tally)) {
      add_amount(*costs, side.amount->period, *side.amount->value, is_after);
    } else if (is_met(side) && side.amount && !side.amount->value) {
      ++(is_after ? tally.not_published_after : tally.not_published_before);
    }
  }

  void tell(const RegisterEntry& entry, const RegisterEntry& other,
            const std::string& path, std::size_t position, Effect effect) {
    const auto before = before_.explain(entry.record, position);
    const auto after = after_.explain(other.record, position);
    RuleImpact& rule = report_.rules[position];
    ImpactChange change;
    change.upn = entry.upn;
    change.name = entry.name;
    const Catalogue& catalogue = workspace_.catalogue();
    const auto nc_year = static_cast<std::size_t>(catalogue.scalar("nc_year"));
    if (const Value& year = entry.record.scalars[nc_year]; year.is_known()) {
      change.nc_year = in_words(year, catalogue.scalars()[nc_year], catalogue);
    }
    change.school = text_of(entry.record, catalogue.scalar("school.name"));
    change.register_path = path;
    change.rule = rule.id;
    change.title = rule.title;
    change.effect = effect;
    change.before = from_[position];
    change.after = to_[position];
    change.cause =
        cause_of(before ? &*before : nullptr, after ? &*after : nullptr);
    // Of a closed scheme nothing is worked out: that it is closed is the cause.
    if ((after && after_.is_closed(*after)) !=
        (before && before_.is_closed(*before))) {
      change.cause = {};
      change.cause.kind = Cause::Kind::in_force;
      change.cause.label = after && after_.is_closed(*after)
                               ? after->summary
                               : "Before: " + before->summary;
    }
    note(position, change);
    consumer_.take(change);
  }

  void note(std::size_t position, const ImpactChange& change) {
    std::vector<RuleImpact::Decided>& causes = report_.rules[position].causes;
    auto& positions = cause_positions_[position];
    std::string key = change.cause.in_words_of_all();
    const auto found = positions.find(key);
    if (found != positions.end()) {
      ++causes[found->second].pupils[change.effect];
      return;
    }
    if (causes.size() == most_causes) return;
    positions.emplace(std::move(key), causes.size());
    RuleImpact::Decided& decided = causes.emplace_back();
    decided.cause = change.cause;
    decided.cause.found_before.clear();
    decided.cause.found_after.clear();
    decided.pupils[change.effect] = 1;
  }

  using Moves = std::array<std::array<std::int64_t, number_of_outcomes + 1>,
                           number_of_outcomes + 1>;

  const ImpactOptions& options_;
  ImpactConsumer& consumer_;
  const Workspace& workspace_;
  const Workspace& other_workspace_;
  Side before_, after_;
  ImpactGroups groups_;
  ImpactReport report_;
  std::vector<Standing> from_, to_;       // of one pupil, by rule
  std::vector<Moves> moves_;              // by rule
  std::unordered_set<std::size_t> upns_;  // their hashes, of several registers
  std::vector<std::unordered_map<std::string, std::size_t>> cause_positions_;
};

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
  if (is_met(before) != is_met(after)) {
    return is_met(after) ? Effect::gains : Effect::loses;
  }
  if (is_met(before)) {
    const auto difference = rise(before, after);
    if (difference && *difference != 0) {
      return *difference > 0 ? Effect::gains : Effect::loses;
    }
  }
  return Effect::otherwise;
}

Result<ImpactReport> impact_of(const Workspace& before, const Workspace& after,
                               const ImpactOptions& options,
                               ImpactConsumer& consumer) {
  for (const std::string& id : options.rules) {
    if (before.engine().select({{id}, ""})) continue;
    if (auto rule = after.engine().select({{id}, ""}); !rule) {
      return unexpected(rule.error());
    }
  }
  // Nothing is entered, or shown, of registers that cannot be read.
  for (const std::string& path : options.registers) {
    if (auto reader = open_register(path, before.catalogue()); !reader) {
      return unexpected(reader.error());
    }
  }
  if (options.log != nullptr) {
    if (auto started =
            options.log->start(before, after, options.as_of, options.rules);
        !started) {
      return unexpected(started.error());
    }
  }
  Impact impact(before, after, options, consumer,
                differing_rules(before, after, options.rules, options.as_of));
  for (const std::string& path : options.registers) {
    if (auto read = impact.read(path); !read) return unexpected(read.error());
  }
  std::string logged;
  if (options.log != nullptr) {
    const ImpactCounts& counts = impact.counts();
    auto ended =
        options.log->finish(counts.pupils, counts.checked, counts.rejected);
    if (!ended) return unexpected(ended.error());
    logged = std::move(*ended);
  }
  ImpactReport report = impact.finish();
  report.logged = std::move(logged);
  return report;
}

}  // namespace sendcheck
