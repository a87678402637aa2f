// Where a rule finds a pupil, which editions bind it there, and the answers to every rule that is listed.
#include <algorithm>

#include "engine/judging.hpp"
#include "engine/summary.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// A record that comes from memory costs more to fetch, fact by fact, than all the rules cost to evaluate: ask for the whole of it at once.
void fetch(const Record& record) {
  constexpr std::size_t line = 64;
  const auto ask = [](const void* from, std::size_t bytes) {
    const char* start = static_cast<const char*>(from);
    for (std::size_t at = 0; at < bytes; at += line) {
      __builtin_prefetch(start + at);
    }
  };
  ask(record.scalars.data(), record.scalars.size() * sizeof(Value));
  ask(record.lists.data(), record.lists.size() * sizeof(List));
}

}  // namespace

Checker::Checker(const Engine& engine, const std::vector<SelectedRule>& rules,
                 Date as_of, bool rules_named,
                 const std::map<std::string, EffectiveParameter>* overrides,
                 std::size_t kept_bytes)
    : engine_(engine),
      rules_(rules),
      as_of_(as_of),
      rules_named_(rules_named),
      overrides_(overrides),
      kept_(kept_bytes - kept_bytes / 8),
      kept_ways_(kept_bytes / 8) {
  const Catalogue& catalogue = engine.catalogue();
  const CodeList& codes =
      catalogue.codes_of(catalogue.scalars()[at(engine.home_la())]);
  cache_.resize(rules.size());
  for (std::size_t i = 0; i < rules.size(); ++i) {
    cache_[i].by_la.resize(codes.codes.size() + 1);
    cache_[i].is_of_authority.resize(codes.codes.size());
    cache_[i].is_national = engine.rulesets().is_national(rules[i].id);
    for (const std::string& la :
         engine.rulesets().authorities_of(rules[i].id)) {
      const int position = codes.find(la);
      cache_[i].authorities.insert(position);
      if (position >= 0) cache_[i].is_of_authority[at(position)] = 1;
    }
  }
  const auto of_school = [&](const auto& names, const std::string& urn) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
      if (names.contains(rules[i].id)) cache_[i].schools.insert(urn);
    }
  };
  for (const Edition& edition : engine.rulesets().editions()) {
    if (edition.layer == Layer::school) of_school(edition.rules, edition.urn);
  }
  for (const BrokenEdition& edition : engine.rulesets().broken()) {
    if (edition.layer == Layer::school) of_school(edition.names, edition.urn);
  }
  for (std::size_t i = 0; i < rules.size(); ++i) {
    Cached& cached = cache_[i];
    if (!rules[i].plugin) continue;
    cached.has_functions = rules[i].plugin->functions > 0;
    if (!cached.is_national || !cached.schools.empty()) continue;
    const Authority authority = rules[i].plugin->manifest.authority;
    cached.whose = authority == Authority::national ? Cached::Whose::nobody
                   : authority == Authority::home   ? Cached::Whose::home
                                                    : Cached::Whose::school;
  }
  runners_.resize(rules.size());
}

Checker::~Checker() = default;
Checker::Checker(Checker&&) noexcept = default;

FunctionRunner* Checker::runner(std::size_t rule) {
  const Plugin* plugin = rules_[rule].plugin;
  if (!plugin || plugin->functions == 0) return nullptr;
  if (!runners_[rule]) {
    runners_[rule] =
        std::make_unique<PluginRunner>(*plugin, engine_.catalogue());
  }
  return runners_[rule].get();
}

// Where the rule finds the pupil. False: the rule is not listed for the pupil.
bool Checker::find_place(std::size_t rule, const Record& record,
                         Place& place) const {
  const SelectedRule& selected = rules_[rule];
  const Cached& cached = cache_[rule];
  const Value& home = record.scalars[at(engine_.home_la())];
  const Value& school = record.scalars[at(engine_.school_la())];
  place = {};
  // Only a school that changes something makes a place of its own.
  if (!cached.schools.empty()) {
    const std::string_view urn = text_of(record, engine_.school_urn());
    if (cached.schools.contains(std::string(urn))) place.urn = urn;
  }
  const bool is_of_nobody = !cached.is_national && cached.authorities.empty() &&
                            cached.schools.empty();
  if (!selected.plugin) {
    // What it asks for is not known: it is answered where it could be meant.
    return rules_named_ || cached.is_national || is_of_nobody ||
           !place.urn.empty() ||
           (home.is_known() && cached.is_of_authority[at(home.code())]) ||
           (school.is_known() && cached.is_of_authority[at(school.code())]);
  }
  const Authority authority = selected.plugin->manifest.authority;
  if (authority == Authority::national) {
    return rules_named_ || cached.is_national || is_of_nobody ||
           !place.urn.empty() || !cached.authorities.empty();
  }
  const Value& asked = authority == Authority::home ? home : school;
  place.la_unknown = !asked.is_known();
  if (asked.is_known()) place.la = asked.code();
  if (cached.is_national || rules_named_ || is_of_nobody ||
      !place.urn.empty()) {
    return true;
  }
  if (asked.is_known()) return cached.is_of_authority[at(asked.code())];
  // Not stated: asked for where the pupil's other authority makes it likely.
  const Value& other = authority == Authority::home ? school : home;
  return other.is_known() && cached.is_of_authority[at(other.code())];
}

// Does it turn on the authority that is not stated, whether the rule is for the pupil?
bool Checker::needs_authority(std::size_t rule, const Place& place) {
  const Cached& cached = cache_[rule];
  if (!place.la_unknown || cached.is_national || cached.authorities.empty()) {
    return false;
  }
  return std::any_of(cached.authorities.begin(), cached.authorities.end(),
                     [&](int la) {
                       return bound_for(rule, la, place.urn).in_force.status !=
                              RuleInForce::Status::no_edition;
                     });
}

// National values stand for a pupil whose authority is not stated; some authority has others.
bool Checker::other_values_possible(std::size_t rule,
                                    const Place& place) const {
  return place.la_unknown && !cache_[rule].authorities.empty();
}

BoundRule& Checker::bound_for(std::size_t rule, int la, std::string_view urn) {
  Cached& cached = cache_[rule];
  BoundRule*& known = urn.empty() ? cached.by_la[at(la + 1)]
                                  : cached.by_school[{la, std::string(urn)}];
  if (known) return *known;
  const SelectedRule& selected = rules_[rule];
  const Catalogue& catalogue = engine_.catalogue();
  const CodeList& codes =
      catalogue.codes_of(catalogue.scalars()[at(engine_.home_la())]);
  auto bound = std::make_unique<BoundRule>();
  bound->in_force = engine_.rulesets().in_force(
      selected.id, la < 0 ? std::string() : codes.codes[at(la)].code,
      std::string(urn), as_of_);
  for (const auto& other : cached.bounds) {
    // On one day, the same editions say the same.
    if (bound->in_force.status == RuleInForce::Status::in_force &&
        other->in_force.status == RuleInForce::Status::in_force &&
        other->in_force.editions == bound->in_force.editions) {
      known = other.get();
      return *known;
    }
  }
  if (overrides_) {
    for (const auto& [name, parameter] : *overrides_) {
      bound->in_force.parameters[name] = parameter;
    }
  }
  if (selected.rule) {
    const Rule& rule_of = *selected.rule;
    std::vector<const EffectiveParameter*> parameters;
    for (const ParameterSpec& spec : rule_of.parameters) {
      const auto found = bound->in_force.parameters.find(spec.name);
      parameters.push_back(
          found == bound->in_force.parameters.end() ? nullptr : &found->second);
    }
    bound->binding = bind_parameters(rule_of, catalogue, parameters);
    // That a payment is the first that holds rests on those before it too.
    std::string choice;
    for (const Payment& payment : rule_of.payments) {
      if (choice.empty()) {
        choice =
            unconfirmed_under_criterion(rule_of, bound->binding, payment.when);
      }
      std::string value =
          unconfirmed_under(rule_of, bound->binding, payment.value);
      bound->payment_unconfirmed.push_back(value.empty() ? choice
                                                         : std::move(value));
    }
  }
  cached.bounds.push_back(std::move(bound));
  known = cached.bounds.back().get();
  return *known;
}

BoundRule& Checker::use(std::size_t rule, const Place& place) {
  BoundRule& bound = bound_for(rule, place.la, place.urn);
  if (!bound.used) {
    bound.used = true;
    editions_used_.insert(bound.in_force.editions.begin(),
                          bound.in_force.editions.end());
  }
  return bound;
}

const BoundRule& Checker::bound(std::size_t rule, const std::string& la,
                                const std::string& urn) {
  const Catalogue& catalogue = engine_.catalogue();
  const CodeList& codes =
      catalogue.codes_of(catalogue.scalars()[at(engine_.home_la())]);
  return bound_for(rule, la.empty() ? -1 : codes.find(la), urn);
}

void Checker::brief(const Record& record, std::vector<Brief>& decisions) {
  decisions.clear();
  fetch(record);
  const Value& home = record.scalars[at(engine_.home_la())];
  const Value& school = record.scalars[at(engine_.school_la())];
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    Place place;
    BoundRule* bound = used_before(i, home, school, place);
    if (!bound && !find_place(i, record, place)) continue;
    Brief& made = decisions.emplace_back();
    made.rule = static_cast<int>(i);
    if (rules_[i].broken) continue;
    if (!bound) {
      if (needs_authority(i, place)) {
        made.outcome = Outcome::needs_evidence;
        continue;
      }
      bound = &use(i, place);
    }

    // Has a pupil like this one been judged before?
    Judged& judged = made;
    QuickRule* const quick = laid_out(i, *bound);
    std::uint64_t likeness =
        quick && !place.la_unknown ? quick->likeness_of(record) : 0;
    const QuickRule::Alike* alike =
        likeness != 0 ? quick->alike(likeness) : nullptr;
    if (alike && alike->reach == Reach::classes) {
      quick->found_alike(true);
      judged = alike->judged;
      continue;
    }
    const Assessment::Subject subject = {
        *rules_[i].rule,
        bound->binding,
        record,
        engine_.catalogue(),
        engine_.rulesets().bank_holidays(),
        as_of_,
        cache_[i].has_functions ? runner(i) : nullptr};
    Assessment assessment(subject, quick);
    if (alike && alike->reach == Reach::entries) {
      likeness = assessment.likeness_with_entries(likeness);
      alike = quick->alike(likeness);
      if (alike && alike->reach != Reach::beyond) {
        quick->found_alike(true);
        judged = alike->judged;
        continue;
      }
    }
    if (alike) quick->found_alike(false);

    const Verdict verdict =
        judge(i, *bound, other_values_possible(i, place), assessment);
    judged = {verdict.outcome, verdict.stated_payment(),
              verdict.is_indicative(), verdict.amount, verdict.due};
    if (likeness != 0) quick->remember({likeness, assessment.reach(), judged});
  }
}

const BoundRule* Checker::bound(std::size_t rule, const Record& record) {
  Place place;
  if (rules_[rule].broken || !find_place(rule, record, place) ||
      needs_authority(rule, place)) {
    return nullptr;
  }
  const BoundRule& found = bound_for(rule, place.la, place.urn);
  return found.in_force.status == RuleInForce::Status::in_force ? &found
                                                                : nullptr;
}

// What find_place() and use() come to, where that has been settled for another pupil; else null.
BoundRule* Checker::used_before(std::size_t rule, const Value& home,
                                const Value& school, Place& place) const {
  const Cached& cached = cache_[rule];
  if (cached.whose == Cached::Whose::ask) return nullptr;
  if (cached.whose != Cached::Whose::nobody) {
    const Value& asked = cached.whose == Cached::Whose::home ? home : school;
    place.la_unknown = !asked.is_known();
    if (asked.is_known()) place.la = asked.code();
  }
  BoundRule* bound = cached.by_la[at(place.la + 1)];
  return bound && bound->used ? bound : nullptr;
}

// Null before it is worth the while.
QuickRule* Checker::laid_out(std::size_t rule, BoundRule& bound) const {
  constexpr int worth_it = 64;
  if (!bound.quick && bound.records++ == worth_it) {
    bound.quick = std::make_unique<QuickRule>(
        *rules_[rule].rule, bound.binding, engine_.catalogue(),
        engine_.rulesets().bank_holidays(), as_of_);
  }
  return bound.quick.get();
}

Decision Checker::started(std::size_t rule) const {
  const SelectedRule& selected = rules_[rule];
  Decision decision;
  decision.rule = selected.id;
  decision.title = selected.rule ? selected.rule->title : selected.id;
  if (selected.plugin) decision.kind = selected.plugin->manifest.kind;
  return decision;
}

Decision Checker::unloaded(std::size_t rule) const {
  Decision decision = started(rule);
  decision.outcome = Outcome::error;
  decision.error = rules_[rule].broken->errors.front();
  decision.summary = "Not answered: the rule did not load. " +
                     as_sentence(decision.error->message);
  return decision;
}

MissingItem Checker::authority_asked(std::size_t rule) const {
  const bool home = rules_[rule].plugin->manifest.authority == Authority::home;
  const FactSpec& fact =
      engine_.catalogue()
          .scalars()[at(home ? engine_.home_la() : engine_.school_la())];
  return {fact.path, fact.label, MissingItem::Kind::fact, fact.actionable};
}

Decision Checker::of_unknown_authority(std::size_t rule) const {
  Decision decision = started(rule);
  decision.outcome = Outcome::needs_evidence;
  const MissingItem asked = authority_asked(rule);
  decision.missing.push_back(asked);
  decision.routes.push_back({{{Step::Kind::supply, asked.fact, asked.label,
                               "it is the authority whose rule this is", ""}}});
  decision.summary = summary_of_missing(decision.missing);
  return decision;
}

FoundDecision Checker::found(std::size_t rule, const Record& record,
                             const Place& place) {
  if (rules_[rule].broken) return {unloaded(rule), nullptr, {}};
  if (needs_authority(rule, place)) {
    return {of_unknown_authority(rule), nullptr, {}};
  }
  return explained(rule, record, place);
}

// What a decision can turn on, put into key_. What else there is, rules and editions, is the bound rule's.
std::string_view Checker::kept_key(std::size_t rule, const BoundRule& bound,
                                   const Record& record, const Place& place) {
  const BoundRule* which = &bound;
  key_.assign(reinterpret_cast<const char*>(&which), sizeof which);
  key_.push_back(place.la_unknown ? 1 : 0);
  bound.reads->append_to(key_, record);
  if (bound.reads->has_ages()) {
    Evaluation evaluation(*rules_[rule].rule, bound.binding, record,
                          engine_.catalogue(),
                          engine_.rulesets().bank_holidays(), as_of_, nullptr);
    bound.reads->append_ages(key_, evaluation);
  }
  return key_;
}

void Checker::write(const Record& record, const DecisionWriter& writer,
                    std::vector<WrittenDecision>& decisions) {
  decisions.clear();
  written_.resize(rules_.size());
  kept_.make_room();
  kept_ways_.make_room();
  const Value& home = record.scalars[at(engine_.home_la())];
  const Value& school = record.scalars[at(engine_.school_la())];
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    Place place;
    BoundRule* bound = used_before(i, home, school, place);
    if (!bound && !find_place(i, record, place)) continue;
    const auto index = static_cast<int>(i);
    // A rule whose functions read what they like is asked each time.
    const bool keeps = kept_.keeps() && !rules_[i].broken &&
                       !cache_[i].has_functions &&
                       (bound || !needs_authority(i, place));
    if (keeps) {
      if (!bound) bound = &use(i, place);
      if (!bound->reads) {
        bound->reads =
            std::make_unique<CellsRead>(*rules_[i].rule, engine_.catalogue());
        bound->searched =
            std::make_unique<CellsSearched>(*rules_[i].rule, bound->binding,
                                            engine_.catalogue(), *bound->reads);
      }
      const KeptDecision* kept = kept_.find(kept_key(i, *bound, record, place));
      if (kept) {
        decisions.push_back({index, kept->outcome, kept->text, kept->written});
        continue;
      }
    }
    const FoundDecision decision = found(i, record, place);
    std::string& written = written_[i];
    written.clear();
    if (decision.ways && decision.ways->written.empty()) {
      writer.write_ways(*decision.ways, *decision.text);
    }
    writer.write(decision, written);
    const Outcome outcome = decision.decision.outcome;
    const RuleText* text = decision.text.get();
    decisions.push_back({index, outcome, text, written});
    if (keeps) {
      kept_.keep(key_, {outcome, text, written});
    }
  }
}

std::vector<Decision> Checker::decide(const Record& record) {
  std::vector<Decision> decisions;
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    Place place;
    if (find_place(i, record, place)) {
      decisions.push_back(expand(found(i, record, place)));
    }
  }
  return decisions;
}

}  // namespace sendcheck
