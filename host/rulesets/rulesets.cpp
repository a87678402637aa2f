#include "rulesets/rulesets.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/files.hpp"
#include "base/text.hpp"
#include "rulesets/edition_file.hpp"
#include "rulesets/edition_folders.hpp"
#include "rulesets/layers.hpp"
#include "rulesets/overlaps.hpp"

namespace sendcheck {
namespace {

BrokenEdition broken_edition(EditionDraft draft) {
  BrokenEdition broken;
  broken.id = std::move(draft.edition.id);
  broken.body = std::move(draft.edition.body);
  broken.layer = draft.edition.layer;
  broken.la = std::move(draft.edition.la);
  broken.urn = std::move(draft.edition.urn);
  broken.from = draft.from;
  broken.last_day = draft.edition.last_day;
  broken.errors = std::move(draft.errors);
  broken.names_known = draft.names_known;
  broken.names = std::move(draft.names);
  return broken;
}

bool covers(const BrokenEdition& broken, Date day) {
  if (!broken.from) return true;
  return *broken.from <= day && (!broken.last_day || day <= *broken.last_day);
}

// The part of the chain that issues the rule and what stands below it. Editions
// that only change a national body's rule do not outlive that body's own.
void drop_changes_of_nothing(std::vector<const Edition*>& chain,
                             const std::vector<std::string>& national_bodies) {
  if (chain.empty() || chain.front()->layer == Layer::national) return;
  const auto adds = [&](const Edition* edition) {
    return std::ranges::none_of(edition->extends, [&](const std::string& body) {
      return std::ranges::find(national_bodies, body) != national_bodies.end();
    });
  };
  chain.erase(chain.begin(), std::ranges::find_if(chain, adds));
}

}  // namespace

Result<RuleSets> RuleSets::load(
    const std::string& folder,
    const std::map<std::string, std::vector<ParameterSpec>>& declared,
    const std::set<std::string>& broken_plugins) {
  const std::string holidays_file = join_path(folder, "bank-holidays.csv");
  auto found = find_editions(folder);
  if (!found) return unexpected(found.error());
  const auto holidays_text = read_file(holidays_file);
  if (!holidays_text) return unexpected(holidays_text.error());
  auto holidays = BankHolidays::parse(*holidays_text, holidays_file);
  if (!holidays) return unexpected(holidays.error());

  RuleSets sets;
  sets.bank_holidays_ = std::move(*holidays);
  const KnownRules rules(declared, broken_plugins);
  for (const auto& [rule, specs] : declared) {
    if (broken_plugins.contains(rule)) continue;
    for (const ParameterSpec& spec : specs) {
      if (spec.required) sets.required_[rule].push_back(spec.name);
    }
  }

  std::vector<EditionDraft> drafts = std::move(found->misplaced);
  for (const EditionFolder& edition : found->editions) {
    drafts.push_back(read_edition(edition, rules, sets.texts_));
  }
  std::ranges::stable_sort(drafts, {}, [](const EditionDraft& draft) {
    return std::tuple(std::string_view(draft.edition.body), draft.edition.layer,
                      draft.from, std::string_view(draft.edition.id));
  });
  settle_dates(drafts);
  check_bodies(drafts);
  check_layers(drafts, rules, found->bodies);

  for (EditionDraft& draft : drafts) {
    if (draft.errors.empty()) {
      sets.editions_.push_back(std::move(draft.edition));
    } else {
      sets.broken_.push_back(broken_edition(std::move(draft)));
    }
  }
  sets.index();
  return sets;
}

void RuleSets::index() {
  std::map<std::pair<Layer, std::string>, std::size_t> positions;
  const auto body_of = [&](const auto& edition) -> Body& {
    const auto [at, is_new] =
        positions.try_emplace({edition.layer, edition.body}, bodies_.size());
    if (is_new) {
      Body& body = bodies_.emplace_back();
      body.name = edition.body;
      body.layer = edition.layer;
      if (edition.layer == Layer::authority) body.code = edition.la;
      if (edition.layer == Layer::school) body.code = edition.urn;
    }
    return bodies_[at->second];
  };
  for (std::size_t i = 0; i < editions_.size(); ++i) {
    Body& body = body_of(editions_[i]);
    body.editions.push_back(i);
    for (const auto& [rule, entry] : editions_[i].rules) {
      body.names.insert(rule);
    }
  }
  for (std::size_t i = 0; i < broken_.size(); ++i) {
    Body& body = body_of(broken_[i]);
    body.broken.push_back(i);
    body.names.insert(broken_[i].names.begin(), broken_[i].names.end());
  }
  for (std::size_t i = 0; i < bodies_.size(); ++i) {
    const Body& body = bodies_[i];
    switch (body.layer) {
      case Layer::national:
        for (const std::string& rule : body.names) {
          national_[rule].push_back(i);
        }
        break;
      case Layer::authority:
        authorities_[body.code].push_back(i);
        for (const std::string& rule : body.names) {
          authorities_of_[rule].insert(body.code);
        }
        break;
      case Layer::school:
        schools_[body.code].push_back(i);
        of_schools_.insert(body.names.begin(), body.names.end());
        break;
    }
  }
}

bool RuleSets::is_national(const std::string& rule) const {
  return national_.contains(rule);
}

std::set<std::string> RuleSets::authorities_of(const std::string& rule) const {
  const auto found = authorities_of_.find(rule);
  return found == authorities_of_.end() ? std::set<std::string>{}
                                        : found->second;
}

std::vector<const RuleSets::Body*> RuleSets::concerned(
    const std::string& rule, const std::string& la,
    const std::string& urn) const {
  std::vector<const Body*> result;
  const auto add = [&](const auto& positions, const std::string& key) {
    const auto found = positions.find(key);
    if (key.empty() || found == positions.end()) return;
    for (const std::size_t position : found->second) {
      result.push_back(&bodies_[position]);
    }
  };
  add(national_, rule);
  add(authorities_, la);
  add(schools_, urn);
  return result;
}

const Edition* RuleSets::edition_on(const std::vector<const Body*>& bodies,
                                    Layer layer, const std::string& rule,
                                    Date day) const {
  for (const Body* body : bodies) {
    if (body->layer != layer) continue;
    for (const std::size_t position : body->editions) {
      const Edition& edition = editions_[position];
      if (sendcheck::covers(edition, day) && edition.rules.contains(rule)) {
        return &edition;
      }
    }
  }
  return nullptr;
}

const BrokenEdition* RuleSets::broken_on(const std::vector<const Body*>& bodies,
                                         const std::string& rule,
                                         Date day) const {
  for (const Body* body : bodies) {
    for (const std::size_t position : body->broken) {
      const BrokenEdition& broken = broken_[position];
      if (!covers(broken, day)) continue;
      if (broken.names.contains(rule)) return &broken;
      // What it meant to say cannot be read. A national body is among these
      // only if it names the rule somewhere; of the pupil's own authority or
      // school, an override may be lost.
      if (!broken.names_known) return &broken;
    }
  }
  return nullptr;
}

const BrokenEdition* RuleSets::may_name(const std::string& la,
                                        const std::string& urn,
                                        Date day) const {
  for (const BrokenEdition& broken : broken_) {
    const bool theirs =
        broken.layer == Layer::national ||
        (broken.layer == Layer::authority && (la.empty() || broken.la == la)) ||
        (broken.layer == Layer::school && broken.urn == urn);
    if (theirs && !broken.names_known && covers(broken, day)) return &broken;
  }
  return nullptr;
}

void RuleSets::describe_nearest(const std::vector<const Body*>& bodies,
                                Layer issuer, const std::string& rule, Date day,
                                RuleInForce& answer) const {
  std::vector<std::string> sentences;
  for (const Body* body : bodies) {
    if (body->layer != issuer) continue;
    const Edition* last = nullptr;
    const Edition* next = nullptr;
    for (const std::size_t position : body->editions) {
      const Edition& edition = editions_[position];
      if (!edition.rules.contains(rule)) continue;
      if (edition.last_day && *edition.last_day < day) last = &edition;
      if (day < edition.from && next == nullptr) next = &edition;
    }
    if (last != nullptr) {
      answer.nearest.push_back(last->id);
      sentences.push_back("the last one, " + last->id + ", ended on " +
                          last->last_day->in_words());
    }
    if (next != nullptr) {
      answer.nearest.push_back(next->id);
      sentences.push_back("the next one, " + next->id + ", begins on " +
                          next->from.in_words());
    }
  }
  answer.nearest_in_words = join(sentences, "; ");
}

void RuleSets::merge(const std::string& rule, RuleInForce& answer) const {
  std::vector<std::string> doubts;
  for (const Edition* edition : answer.editions) {
    const RuleEntry& entry = edition->rules.at(rule);
    if (entry.closed) answer.closed = entry.closed;
    if (entry.removed) answer.removed = entry.removed;
    for (const auto& [name, parameter] : entry.parameters) {
      EffectiveParameter here = parameter;
      if (const auto above = answer.parameters.find(name);
          above != answer.parameters.end()) {
        here.replaced = std::make_shared<const EffectiveParameter>(
            std::move(above->second));
      }
      answer.parameters.insert_or_assign(name, std::move(here));
    }
    if (edition->unconfirmed) {
      answer.unconfirmed = true;
      doubts.push_back(edition->unconfirmed_because);
    }
  }
  answer.unconfirmed_because = join(doubts, "; ");
}

RuleInForce RuleSets::in_force(const std::string& rule, const std::string& la,
                               const std::string& urn, Date as_of) const {
  using Status = RuleInForce::Status;
  RuleInForce answer;
  const std::vector<const Body*> bodies = concerned(rule, la, urn);
  const auto named_by = [&](Layer layer) {
    return std::ranges::any_of(bodies, [&](const Body* body) {
      return body->layer == layer && body->names.contains(rule);
    });
  };
  const bool national = named_by(Layer::national);
  const bool local = named_by(Layer::authority);
  if (!national && !local && !named_by(Layer::school)) {
    if (authorities_of_.contains(rule) || of_schools_.contains(rule)) {
      if (la.empty()) {
        answer.nearest_in_words =
            "no authority was named, and none issues "
            "this rule for the whole country";
      } else {
        answer.status = Status::elsewhere;
      }
    } else if (const BrokenEdition* broken = may_name(la, urn, as_of)) {
      answer.status = Status::broken;
      answer.error = broken->errors.front();
    } else {
      answer.nearest_in_words = "no edition of any date names this rule";
    }
    return answer;
  }

  if (const BrokenEdition* broken = broken_on(bodies, rule, as_of)) {
    answer.status = Status::broken;
    answer.error = broken->errors.front();
    return answer;
  }

  for (const Layer layer : {Layer::national, Layer::authority, Layer::school}) {
    if (const auto* edition = edition_on(bodies, layer, rule, as_of)) {
      answer.editions.push_back(edition);
    }
  }
  if (national) {
    std::vector<std::string> issuers;
    for (const Body* body : bodies) {
      if (body->layer == Layer::national) issuers.push_back(body->name);
    }
    drop_changes_of_nothing(answer.editions, issuers);
  } else if (local && !answer.editions.empty() &&
             answer.editions.front()->layer == Layer::school) {
    answer.editions.clear();  // the authority's rule, outside its editions
  }
  if (answer.editions.empty()) {
    const Layer issuer = national ? Layer::national
                         : local  ? Layer::authority
                                  : Layer::school;
    describe_nearest(bodies, issuer, rule, as_of, answer);
    return answer;
  }

  // Which authority stands above a school is the pupil's to say, so that this
  // pair is checked here too.
  const std::vector<const Edition*> above(answer.editions.begin(),
                                          answer.editions.end() - 1);
  if (answer.edition()->layer == Layer::school && !above.empty()) {
    const std::vector<Error> found = breaches(above, *answer.edition(), rule);
    if (!found.empty()) {
      answer.status = Status::broken;
      answer.error = found.front();
      return answer;
    }
  }

  merge(rule, answer);
  answer.status = answer.removed  ? Status::removed
                  : answer.closed ? Status::closed
                                  : Status::in_force;
  const auto required = required_.find(rule);
  if (answer.status != Status::in_force || required == required_.end()) {
    return answer;
  }
  for (const std::string& name : required->second) {
    if (answer.parameters.contains(name)) continue;
    answer.status = Status::broken;
    answer.error = missing_parameter(rule, name, *answer.edition());
    break;
  }
  return answer;
}

}  // namespace sendcheck
