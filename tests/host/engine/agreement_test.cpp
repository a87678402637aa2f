// The rules of the project, and records of which nobody thought: brief() and decide() are one answer, and always the same.
#include <catch2/catch.hpp>

#include "small_county.hpp"
#include "support/random_records.hpp"

using namespace engine_of_tests;

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

std::string all_of(const Decision& decision) {
  std::string words =
      decision.rule + "|" + std::string(name_of(decision.outcome)) + "|" +
      decision.summary + "|" + decision.refer_to + "|" + decision.edition;
  for (const MissingItem& item : decision.missing) {
    words += "|" + item.fact + "," + item.label;
  }
  for (const Route& route : decision.routes) {
    words += "|route";
    for (const Step& step : route.steps) {
      words += "," + step.fact + "," + step.criterion + "," + step.gap;
    }
  }
  for (const ActionItem& action : decision.actions) {
    words += "|" + action.text + "," + action.to + "," +
             (action.by ? action.by->to_string() : "");
  }
  return words;
}

}  // namespace

TEST_CASE(
    "Of random pupils under the project's own rules, every answer agrees with "
    "itself") {
  const std::string source = SENDCHECK_SOURCE;
  auto catalogue = read_catalogue(source + "/rules/facts.json");
  REQUIRE(catalogue);
  const auto plugins = load_plugins(source + "/plugins", *catalogue);
  REQUIRE(plugins);
  for (const BrokenPlugin& broken : plugins->broken) {
    INFO(broken.id << ": " << broken.errors[0].to_string());
    CHECK(false);
  }
  const auto rulesets = RuleSets::load(source + "/rules", plugins->declared(),
                                       plugins->broken_ids());
  REQUIRE(rulesets);
  const Engine engine(*catalogue, *plugins, *rulesets);
  const auto rules = engine.select({});
  REQUIRE(rules);
  REQUIRE(rules->size() >= 10);
  test::RandomRecords records(*catalogue, *plugins, 2026);

  const std::vector<Date> days = {day("2026-11-22"), day("2025-10-01"),
                                  day("2024-02-29")};
  std::map<Outcome, int> seen;
  for (std::size_t d = 0; d < days.size(); ++d) {
    Checker checker(engine, *rules, days[d], false);
    Checker named(engine, *rules, days[d], true);
    std::vector<Brief> briefs;
    for (int n = 0; n < 1'000; ++n) {
      const Record record = records.make();
      INFO("day " << days[d].to_string() << ", record " << n);
      Checker& asked = n % 4 == 0 ? named : checker;
      const std::vector<Decision> decisions = asked.decide(record);
      asked.brief(record, briefs);
      REQUIRE(briefs.size() == decisions.size());
      // Asked again, sometimes: it takes as long as the first time.
      const std::vector<Decision> again =
          n % 5 == 0 ? asked.decide(record) : decisions;
      REQUIRE(again.size() == decisions.size());
      for (std::size_t i = 0; i < decisions.size(); ++i) {
        const Decision& decision = decisions[i];
        CHECK((*rules)[at(briefs[i].rule)].id == decision.rule);
        check_agreement(briefs[i], decision);
        CHECK(all_of(decision) == all_of(again[i]));
        ++seen[decision.outcome];
        INFO(decision.rule << ": " << decision.summary);
        // What every reader can count on.
        CHECK_FALSE(decision.summary.empty());
        CHECK(decision.summary.find("..") == std::string::npos);
        CHECK(decision.summary.find(" .") == std::string::npos);
        CHECK(decision.summary.find("“”") == std::string::npos);
        if (decision.outcome == Outcome::refer) {
          CHECK_FALSE(decision.refer_to.empty());
        }
        if (decision.outcome == Outcome::error) CHECK(decision.error);
        if (decision.outcome == Outcome::met && decision.amount) {
          CHECK(decision.amount->status != Amount::Status::indicative);
        }
        if (decision.amount && decision.amount->value) {
          CHECK(decision.amount->value->pence() > 0);
        }
        if (decision.outcome == Outcome::needs_evidence) {
          CHECK_FALSE(decision.missing.empty());
        }
      }
    }
  }
  // The records are varied enough to say anything at all.
  for (Outcome outcome :
       {Outcome::met, Outcome::not_met, Outcome::needs_evidence, Outcome::refer,
        Outcome::not_applicable}) {
    INFO(name_of(outcome));
    CHECK(seen[outcome] > 100);
  }
  CHECK(seen[Outcome::error] == 0);
}
