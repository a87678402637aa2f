#include "casework/impact.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "casework/impact_log.hpp"
#include "casework/impact_side.hpp"

namespace sendcheck {
namespace {

// So that a rule whose every decision has another reason does not fill the memory.
constexpr std::size_t most_causes = 500;

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

  Result<void> read(Pupils& pupils, const std::string& path) {
    for (;;) {
      const auto more = pupils.next();
      if (!more) return unexpected(more.error());
      if (!*more) break;
      count(pupils.before(), pupils.after(), path);
      if (report_.counts.pupils % 1000 == 0) {
        consumer_.progress(pupils.reader().progress_per_mille(),
                           report_.counts.pupils);
      }
    }
    for (Finding& finding : pupils.reader().register_warnings()) {
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
    std::string key(name_of(change.cause.kind));
    if (change.cause.kind != Cause::Kind::words) key += change.cause.label;
    const auto found = positions.find(key);
    if (found != positions.end()) {
      RuleImpact::Decided& decided = causes[found->second];
      ++decided.pupils[change.effect];
      if (decided.cause.need_before != change.cause.need_before ||
          decided.cause.need_after != change.cause.need_after) {
        decided.varies = true;
      }
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
  ImpactSide before_, after_;
  ImpactGroups groups_;
  ImpactReport report_;
  std::vector<Standing> from_, to_;       // of one pupil, by rule
  std::vector<Moves> moves_;              // by rule
  std::unordered_set<std::size_t> upns_;  // their hashes, of several registers
  std::vector<std::unordered_map<std::string, std::size_t>> cause_positions_;
};

}  // namespace

Result<ImpactReport> impact_of(const Workspace& before, const Workspace& after,
                               const ImpactOptions& options,
                               ImpactConsumer& consumer) {
  for (const std::string& id : options.rules) {
    if (before.engine().select({{id}, ""})) continue;
    if (auto rule = after.engine().select({{id}, ""}); !rule) {
      return unexpected(rule.error());
    }
  }
  // Nothing is entered, or shown, of registers that cannot be read. The first is kept open; of several, not all are held at once.
  std::optional<Pupils> first;
  for (const std::string& path : options.registers) {
    auto pupils = Pupils::open(path, before, after);
    if (!pupils) return unexpected(pupils.error());
    if (!first) first.emplace(std::move(*pupils));
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
    if (!first) {
      auto pupils = Pupils::open(path, before, after);
      if (!pupils) return unexpected(pupils.error());
      first.emplace(std::move(*pupils));
    }
    auto read = impact.read(*first, path);
    first.reset();
    if (!read) return unexpected(read.error());
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
