// The impact of proposed rules, held against two whole checks.
#include "casework/impact.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <regex>

#include "casework/proposed_rules.hpp"
#include "house.hpp"
#include "registers/record_writer.hpp"
#include "support/random_records.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

class Changes : public ImpactConsumer {
 public:
  void take(const ImpactChange& change) override { all.push_back(change); }
  std::vector<ImpactChange> all;
};

struct Told {
  ImpactReport report;
  std::vector<ImpactChange> changes;
};

Told impact(const Workspace& before, const Workspace& after,
            const std::string& path, const std::vector<std::string>& rules = {},
            Date as_of = fixture_date()) {
  ImpactOptions options;
  options.registers = {path};
  options.as_of = as_of;
  options.rules = rules;
  Changes changes;
  auto report = impact_of(before, after, options, changes);
  INFO((report ? std::string() : report.error().to_string()));
  REQUIRE(report.has_value());
  return {std::move(*report), std::move(changes.all)};
}

// All decisions of a whole check, by UPN and rule.
using Decisions = std::map<std::pair<std::string, std::string>, Decision>;
Decisions checked(const Workspace& workspace, const std::string& path,
                  Date as_of = fixture_date()) {
  CheckOptions options;
  options.register_path = path;
  options.as_of = as_of;
  Keeper keeper;
  auto report = check_register(workspace, options, keeper);
  REQUIRE(report.has_value());
  Decisions decisions;
  for (const CheckedPupil& pupil : keeper.pupils()) {
    for (const Decision& decision : pupil.decisions) {
      decisions[{pupil.upn, decision.rule}] = decision;
    }
  }
  return decisions;
}

// What a reader sees of a decision, as one text; empty where it has nothing to say.
std::string seen(const Decisions& decisions,
                 const std::pair<std::string, std::string>& key) {
  const auto found = decisions.find(key);
  if (found == decisions.end()) return {};
  const Decision& decision = found->second;
  if (decision.outcome == Outcome::not_applicable ||
      decision.outcome == Outcome::not_in_force) {
    return {};
  }
  std::string text(name_of(decision.outcome));
  if (decision.amount) {
    text += " " +
            (decision.amount->value ? decision.amount->value->to_string()
                                    : "unpublished") +
            " " + decision.amount->period + " " +
            std::string(name_of(decision.amount->status));
  }
  if (decision.due) text += " due " + decision.due->date.to_string();
  return text;
}

std::int64_t pence(const Decisions& decisions, const std::string& rule,
                   const std::string& period) {
  std::int64_t sum = 0;
  for (const auto& [key, decision] : decisions) {
    if (key.second == rule && decision.outcome == Outcome::met &&
        decision.amount && decision.amount->value &&
        decision.amount->period == period) {
      sum += decision.amount->value->pence();
    }
  }
  return sum;
}

// Sets another figure for some parameters of a copy of the rules. How many.
int change_figures(const std::string& rules, std::mt19937& random) {
  static const std::regex figure(
      R"re(("value": )(?:"(\d+)\.00"|(\d+))(, "source")re"
      R"re())re");
  int changed = 0;
  for (const auto& file :
       std::filesystem::recursive_directory_iterator(rules)) {
    if (file.path().filename() != "edition.json") continue;
    if (random() % 2 != 0) continue;
    std::string text = content_of(file.path().string());
    std::string out;
    auto at = text.cbegin();
    for (std::sregex_iterator next(text.begin(), text.end(), figure), end;
         next != end; ++next) {
      const std::smatch& match = *next;
      out.append(at, match[0].first);
      at = match[0].second;
      if (random() % 4 != 0) {
        out += match.str(0);
        continue;
      }
      ++changed;
      const bool is_money = match[2].matched;
      long number = std::stol(is_money ? match.str(2) : match.str(3));
      number = random() % 2 == 0 ? number + 1 + number / 10
                                 : std::max(0L, number - 1 - number / 10);
      out += match.str(1) +
             (is_money ? "\"" + std::to_string(number) + ".00\""
                       : std::to_string(number)) +
             match.str(4);
    }
    out.append(at, text.cend());
    std::ofstream(file.path(), std::ios::binary) << out;
  }
  return changed;
}

std::string some_pupils(const Workspace& workspace, unsigned seed, int pupils) {
  RandomRecords records(workspace.catalogue(), workspace.plugins(), seed);
  const int slot = workspace.catalogue().scalar("upn");
  std::string lines;
  for (int i = 1; i <= pupils; ++i) {
    Record record = records.make();
    record.scalars[static_cast<std::size_t>(slot)] =
        Value::text(record.texts.keep(upn(i)));
    append_record_json(record, workspace.catalogue(), lines);
    lines += '\n';
  }
  return lines;
}

// Pupils near to what the rules ask for, so that a figure that moves moves them.
std::string near_thresholds(std::mt19937& random, int first, int pupils) {
  std::string lines;
  for (int i = 0; i < pupils; ++i) {
    const auto upto = [&](unsigned most) {
      return std::to_string(random() % (most + 1));
    };
    const char* const las[] = {"886", "884", "317", "330"};
    const std::string la = las[random() % 4];
    lines += "{\"upn\": \"" + upn(first + i) + "\", \"home_la\": \"" + la +
             "\", \"school\": {\"la\": \"" + la +
             "\", \"type\": \"mainstream\", \"phase\": \"secondary\"}, "
             "\"nc_year\": \"9\", \"sex\": \"" +
             (random() % 2 == 0 ? "F" : "M") +
             "\", \"date_of_birth\": \"2012-11-1" + upto(9) +
             "\", \"sen\": {\"status\": \"support\"}, "
             "\"provision_cost\": \"" +
             std::to_string(5000 + random() % 2500) +
             ".00\", \"provision_total_cost\": \"" +
             std::to_string(9000 + random() % 2500) +
             ".00\", \"attendance\": {\"possible\": 100, \"authorised\": " +
             upto(14) + ", \"unauthorised\": " + upto(3) + "}}\n";
  }
  return lines;
}

std::unique_ptr<Workspace> opened(const std::string& rules) {
  auto workspace = Workspace::open(rules, source_folder() + "/plugins");
  REQUIRE(workspace.has_value());
  return std::move(*workspace);
}

// The shipped rules with one text of one edition put differently.
std::unique_ptr<Workspace> with_edition(const Scratch& scratch,
                                        const std::string& edition,
                                        const std::string& from,
                                        const std::string& to) {
  const std::string rules = scratch.copy("rules");
  const std::string file = rules + "/" + edition + "/edition.json";
  std::string text = content_of(file);
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
  std::ofstream(file, std::ios::binary) << text;
  auto workspace = opened(rules);
  for (const Error& error : workspace->load_errors()) {
    FAIL(error.to_string());
  }
  return workspace;
}

std::string costing(const std::string& cost, int number = 1) {
  return "{\"upn\": \"" + upn(number) +
         "\", \"name\": {\"given\": \"Robin\", \"family\": \"Testwell\"}, "
         "\"home_la\": \"886\", \"nc_year\": \"7\", \"sex\": \"F\", "
         "\"school\": {\"la\": \"886\", \"type\": \"mainstream\", \"name\": "
         "\"Hop Pocket\"}, \"sen\": {\"status\": \"support\"}, "
         "\"provision_cost\": \"" +
         cost + "\"}\n";
}

constexpr const char* high_needs = "national/dfe-high-needs/2025-04-01";

}  // namespace

TEST_CASE("an impact is the difference of two whole checks") {
  std::mt19937 random(20261124);
  const auto before = shipped();
  int differing = 0, with_changes = 0;
  for (unsigned trial = 1; trial <= 6; ++trial) {
    INFO("trial " << trial);
    const Scratch scratch;
    const std::string rules = scratch.copy("rules");
    REQUIRE(change_figures(rules, random) > 0);
    const auto after = opened(rules);
    // Pupils of whom nobody thought, pupils of whom rules think, and the registers of the project.
    const std::string path =
        trial == 6   ? fixture("registers/kent-secondary.json")
        : trial == 5 ? fixture("registers/herefordshire-primary")
                     : scratch.write("pupils.jsonl",
                                     some_pupils(*before, trial, 40) +
                                         near_thresholds(random, 1000, 240));
    const Told found = impact(*before, *after, path);
    const Decisions was = checked(*before, path), is = checked(*after, path);

    std::map<std::pair<std::string, std::string>, const ImpactChange*> told;
    for (const ImpactChange& change : found.changes) {
      INFO(change.upn << " " << change.rule);
      CHECK(told.emplace(std::pair(change.upn, change.rule), &change).second);
    }
    std::set<std::pair<std::string, std::string>> keys;
    for (const auto& [key, decision] : was) keys.insert(key);
    for (const auto& [key, decision] : is) keys.insert(key);
    std::size_t changes = 0;
    for (const auto& key : keys) {
      INFO(key.first << " " << key.second);
      const std::string from = seen(was, key), to = seen(is, key);
      const bool changed = from != to;
      CHECK(changed == told.contains(key));
      if (!changed || !told.contains(key)) continue;
      ++changes;
      INFO(from << " -> " << to);
      const ImpactChange& change = *told[key];
      const auto kind = is.contains(key) ? is.at(key).kind : was.at(key).kind;
      const bool gives = kind == "funding" || kind == "access_arrangement";
      const bool met_before = from.starts_with("met");
      const bool met_after = to.starts_with("met");
      if (gives && met_before != met_after) {
        CHECK(change.effect == (met_after ? Effect::gains : Effect::loses));
      }
      if (!gives || (!met_before && !met_after)) {
        CHECK(change.effect == Effect::otherwise);
      }
      CHECK_FALSE(change.cause.in_words().empty());
    }
    CHECK(changes == told.size());

    for (const RuleImpact& rule : found.report.rules) {
      INFO(rule.id);
      for (const auto& [period, cost] : rule.tally.met) {
        CHECK(cost.before.pence() == pence(was, rule.id, period));
        CHECK(cost.after.pence() == pence(is, rule.id, period));
      }
    }
    // Every table of groups adds up to the whole, but for what is held back.
    for (const GroupTable& table : found.report.groups) {
      if (table.is_protected) continue;
      INFO(table.fact);
      std::int64_t pupils = 0, gains = 0, after_pence = 0, total_pence = 0;
      for (const GroupRow& row : table.rows) {
        pupils += row.tally.pupils;
        gains += row.tally.gains;
        for (const auto& [period, cost] : row.tally.met) {
          after_pence += cost.after.pence();
        }
      }
      for (const auto& [period, cost] : found.report.total.met) {
        total_pence += cost.after.pence();
      }
      CHECK(pupils == found.report.counts.checked);
      CHECK(gains == found.report.total.gains);
      CHECK(after_pence == total_pence);
    }
    differing += static_cast<int>(found.report.rules.size());
    with_changes += static_cast<int>(changes);
  }
  // Else the trials show nothing.
  CHECK(differing > 20);
  CHECK(with_changes > 50);
}

TEST_CASE("the same rules on both sides differ in nothing and are not asked") {
  const Scratch scratch;
  const auto before = shipped();
  const auto after = opened(scratch.copy("rules"));
  const Told found =
      impact(*before, *after, fixture("registers/kent-secondary.json"));
  CHECK(found.report.rules.empty());
  CHECK(found.report.unchanged.size() == 65);
  CHECK(found.changes.empty());
  CHECK(found.report.counts.checked > 0);
  CHECK(found.report.total.unchanged() == found.report.counts.checked);
}

TEST_CASE("whoever costs less than a raised threshold loses and is told why") {
  const Scratch scratch;
  const auto before = shipped();
  const auto after =
      with_edition(scratch, high_needs, R"("threshold": { "value": "6000.00")",
                   R"("threshold": { "value": "6500.00")");
  const std::string path =
      scratch.write("two.jsonl", costing("6200.00") + costing("7000.00", 2));
  const Told found = impact(*before, *after, path);
  REQUIRE(found.report.rules.size() == 1);
  CHECK(found.report.rules[0].id == "element-3-top-up");
  REQUIRE(found.changes.size() == 2);
  const ImpactChange& out = found.changes[0];
  CHECK(out.effect == Effect::loses);
  CHECK(out.before.outcome == Outcome::met);
  CHECK(out.after.outcome == Outcome::not_met);
  CHECK(out.cause.kind == Cause::Kind::criterion);
  CHECK(out.cause.found_after == "£6,200");
  CHECK(out.cause.need_before == "more than £6,000 a year");
  CHECK(out.cause.need_after == "more than £6,500 a year");
  const ImpactChange& less = found.changes[1];
  CHECK(less.effect == Effect::loses);
  CHECK(less.cause.kind == Cause::Kind::working);
  CHECK(less.cause.found_before == "£6,000");
  CHECK(less.cause.found_after == "£6,500");
  const CostTally& cost = found.report.total.met.at("year");
  CHECK(cost.before.to_string() == "1200.00");
  CHECK(cost.after.to_string() == "500.00");
  CHECK(cost.paid_before == 2);
  CHECK(cost.paid_after == 1);
  CHECK(found.report.total.loses == 2);
}

TEST_CASE("of a scheme that is closed the cause is that it is closed") {
  const Scratch scratch;
  const auto before = shipped();
  const std::string rules = scratch.copy("rules");
  const std::string folder =
      "rules/authorities/884-herefordshire/2026-06-01/edition.json";
  scratch.write(
      folder,
      R"({ "format": "sendcheck-edition/1", "body": "884-herefordshire",
  "title": "ended", "la": "884",
  "in_force": { "from": "2026-06-01", "to": null, "runs_on_because": "for good" },
  "approved": { "by": "A. Example", "on": "2026-01-15" },
  "sources": { "notice": { "title": "Notice", "url": "https://www.example.org/", "read_on": "2026-01-15" } },
  "rules": { "herefordshire-high-needs-matrix": { "closed": {
    "refer_to": "the banding panel", "source": "notice#1" } } } })");
  const auto after = opened(rules);
  REQUIRE(after->load_errors().empty());
  const Told found =
      impact(*before, *after, fixture("registers/herefordshire-primary"));
  REQUIRE_FALSE(found.changes.empty());
  for (const ImpactChange& change : found.changes) {
    CHECK(change.cause.kind == Cause::Kind::in_force);
    CHECK_THAT(change.cause.label, Catch::Contains("banding panel"));
    CHECK(change.after.outcome == Outcome::refer);
  }
}

TEST_CASE("a duty or a mark of absence that comes to be met is no gain") {
  Standing before, after;
  before.outcome = Outcome::not_met;
  after.outcome = Outcome::met;
  CHECK(effect_of(before, after, "funding") == Effect::gains);
  CHECK(effect_of(after, before, "access_arrangement") == Effect::loses);
  CHECK(effect_of(before, after, "monitoring") == Effect::otherwise);
  CHECK(effect_of(before, after, "statutory") == Effect::otherwise);
}

TEST_CASE("amounts of different periods are not more and not less") {
  Standing before, after;
  before.outcome = after.outcome = Outcome::met;
  before.amount = {Money::from_pence(100), "year", false};
  after.amount = {Money::from_pence(200), "term", false};
  CHECK(effect_of(before, after, "funding") == Effect::otherwise);
  after.amount->period = "year";
  CHECK(effect_of(before, after, "funding") == Effect::gains);
  CHECK(effect_of(after, before, "funding") == Effect::loses);
  after.amount->value.reset();
  CHECK(effect_of(before, after, "funding") == Effect::otherwise);
}

TEST_CASE("a rule that has nothing to say on either side changes nothing") {
  Standing before, after;
  before.outcome = Outcome::not_applicable;
  CHECK_FALSE(effect_of(before, after, "funding").has_value());
  after.outcome = Outcome::not_in_force;
  CHECK_FALSE(effect_of(before, after, "funding").has_value());
  after.outcome = Outcome::needs_evidence;
  CHECK(effect_of(before, after, "funding") == Effect::otherwise);
}

TEST_CASE("records that are rejected are in no number and are told once") {
  const Scratch scratch;
  const auto before = shipped();
  const auto after =
      with_edition(scratch, high_needs, R"("threshold": { "value": "6000.00")",
                   R"("threshold": { "value": "5000.00")");
  const std::string path = scratch.write("some.jsonl", many_pupils(9, 3));
  const Told found = impact(*before, *after, path);
  CHECK(found.report.counts.pupils == 9);
  CHECK(found.report.counts.rejected == 3);
  CHECK(found.report.counts.checked == 6);
  CHECK(found.report.total.pupils == 6);
  CHECK(found.report.rejections.size() == 3);
}

TEST_CASE("a rule that neither side has is refused with the nearest") {
  const auto before = shipped();
  ImpactOptions options;
  options.registers = {fixture("registers/kent-secondary.json")};
  options.as_of = fixture_date();
  options.rules = {"element-3-topup"};
  Changes changes;
  const auto report = impact_of(*before, *before, options, changes);
  REQUIRE_FALSE(report.has_value());
  CHECK(report.error().id == "engine.unknown_rule");
  CHECK_THAT(report.error().message, Catch::Contains("element-3-top-up"));
}

TEST_CASE("a register that cannot be read stops it before anything is taken") {
  const Scratch scratch;
  const auto before = shipped();
  ImpactOptions options;
  options.registers = {fixture("registers/kent-secondary.json"),
                       scratch.write("bad.jsonl", "{\"upn\": ")};
  options.as_of = fixture_date();
  Changes changes;
  const auto report = impact_of(*before, *before, options, changes);
  REQUIRE_FALSE(report.has_value());
  CHECK(report.error().id == "json.syntax");
  CHECK(changes.all.empty());
}
