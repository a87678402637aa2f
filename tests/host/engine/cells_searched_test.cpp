// What is missing and the ways to a yes are kept under a key. A key that left out anything that the search can turn on would give one pupil another's ways.
#include "engine/cells_searched.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "close_records.hpp"
#include "engine/judging.hpp"
#include "small_county.hpp"

using namespace engine_of_tests;

namespace {

// Asks a rule for the key of many records, and looks whether those of one key miss the same and have the same ways.
class Keys {
 public:
  Keys(const Engine& engine, const SelectedRule& selected,
       const BoundRule& bound, Date as_of)
      : engine_(engine),
        rule_(*selected.rule),
        bound_(bound),
        as_of_(as_of),
        describer_(rule_, engine.catalogue(), &bound.binding),
        read_(rule_, engine.catalogue()),
        searched_(rule_, bound.binding, engine.catalogue(), read_) {}

  void ask(const Record& record) {
    Evaluation evaluation(rule_, bound_.binding, record, engine_.catalogue(),
                          engine_.rulesets().bank_holidays(), as_of_, nullptr);
    const Outcome outcome = by_criteria(rule_, false, evaluation);
    // Of others nobody asks for ways.
    if (evaluation.fault() ||
        (outcome != Outcome::needs_evidence && outcome != Outcome::not_met)) {
      return;
    }
    std::string key, cells;
    searched_.append_to(key, record, evaluation);
    read_.append_to(cells, record);
    const auto [known, is_new] =
        kept_.try_emplace(key, Kept{cells, said(evaluation)});
    if (is_new || known->second.cells == cells) return;
    ++shared_;
    INFO(rule_.id);
    REQUIRE(known->second.said == said(evaluation));
  }

  // Records that differ and have a key that was there before.
  int shared() const { return shared_; }

 private:
  struct Kept {
    std::string cells;
    std::string said;
  };

  std::string said(Evaluation& evaluation) const {
    std::string words;
    for (const MissingItem& item :
         missing_of(rule_, false, nullptr, evaluation, describer_).items) {
      words += item.fact + "|" + item.label + "|" +
               std::string(name_of(item.kind)) + "\n";
    }
    constexpr std::size_t most = 12;
    const Routes routes = routes_to_met(
        evaluation, describer_, {rule_.applies_when, rule_.met_when}, most);
    for (const Route& route : routes.in_full()) {
      words += "way\n";
      for (const Step& step : route.steps) {
        words += std::string(name_of(step.kind)) + "|" + step.fact + "|" +
                 step.label + "|" + step.criterion + "|" + step.gap + "\n";
      }
    }
    return words;
  }

  const Engine& engine_;
  const Rule& rule_;
  const BoundRule& bound_;
  Date as_of_;
  Describer describer_;
  CellsRead read_;
  CellsSearched searched_;
  std::map<std::string, Kept> kept_;
  int shared_ = 0;
};

// Each record is followed by some that differ from the one before in one cell.
int ask_of_many(const Engine& engine, const SelectedRule& selected,
                const BoundRule& bound, int records) {
  const Date as_of = day("2026-11-22");
  CloseRecords close(engine.catalogue(), *selected.rule, as_of);
  Keys keys(engine, selected, bound, as_of);
  for (int n = 0; n < records; ++n) {
    Record record = close.make();
    keys.ask(record);
    constexpr int followers = 6;
    for (int i = 0; i < followers; ++i) {
      close.change_one(record);
      keys.ask(record);
    }
  }
  return keys.shared();
}

}  // namespace

TEST_CASE(
    "Under every rule of the library records with one key miss the same and "
    "have the same ways") {
  const std::string source = SENDCHECK_SOURCE;
  auto catalogue = read_catalogue(source + "/rules/facts.json");
  REQUIRE(catalogue);
  const auto plugins = load_plugins(source + "/plugins", *catalogue);
  REQUIRE(plugins);
  const auto rulesets = RuleSets::load(source + "/rules", plugins->declared(),
                                       plugins->broken_ids());
  REQUIRE(rulesets);
  const Engine engine(*catalogue, *plugins, *rulesets);
  const auto all = engine.select({});
  REQUIRE(all);
  Checker checker(engine, *all, day("2026-11-22"), true);
  int rules = 0, shared = 0;
  for (std::size_t i = 0; i < all->size(); ++i) {
    const SelectedRule& selected = (*all)[i];
    if (selected.plugin->functions > 0) continue;
    for (const char* la : {"", "884", "886", "878", "330", "317", "201"}) {
      const BoundRule& bound = checker.bound(i, la, "");
      if (bound.in_force.status != RuleInForce::Status::in_force) continue;
      ++rules;
      shared += ask_of_many(engine, selected, bound, 150);
      break;
    }
  }
  CHECK(rules > 40);
  // Keys that no two records share would prove nothing.
  CHECK(shared > 100 * rules);
}

TEST_CASE(
    "Records with one key have the same ways under rules that make more of a "
    "fact than to compare it") {
  const std::pair<const char*, const char*> criteria[] = {
      {"a number that is compared and added",
       R"(fact "attendance.possible" :at_least(10),
          (fact "attendance.possible" + fact "attendance.authorised")
            :above(15))"},
      {"an amount whose gap is told",
       R"(fact "provision_cost" :above(param "threshold"))"},
      {"entries that are counted whatever they are about",
       R"(any_item("evidence", item "type" :is "form_8"),
          count("evidence") :at_least(2))"},
      {"entries of which different ones count",
       R"(count("assessments", item "score" :at_most(84),
            { distinct = "area" }) :at_least(2))"},
      {"the latest day of entries, some of which do not count",
       R"(latest("awards", "on", item "fund" :is "disability-access-fund")
            :on_or_before(as_of))"},
      {"a total over entries that count",
       R"(sum("provision", item "annual_cost", item "additional" :is(true))
            :above(param "threshold"))"},
      {"an age and the day that it is counted from",
       R"(age_on(as_of) :at_least(2),
          fact "date_of_birth" :on_or_before(date "2024-11-22"))"},
      {"a step that may not have been taken yet",
       R"(fact "ehcp.assess_decision_on"
            :on_or_before(within_weeks(6, fact "ehcp.requested_on")))"},
      {"a choice by another fact",
       R"(choose { when(fact "service_child" :is(true),
            fact "attendance.possible"),
            otherwise(fact "attendance.authorised") } :at_least(10))"},
      {"an answer of a named person",
       R"(judgement("exceptional_case", "Is it one?"),
          fact "service_child" :is(true))"},
      {"a way that asks two things of one fact",
       R"(any { fact "attendance.possible" :at_least(10),
                fact "service_child" :is(true) },
          any { fact "attendance.possible" :at_most(9),
                fact "care.looked_after" :is(true) })"},
      {"entries of two kinds that one field tells apart",
       R"(any_item("arrangements", all { item "arrangement" :is "reader",
                                        item "trialled" :is(true) }),
          none { any_item("arrangements", all {
            item "arrangement" :is "scribe", item "sufficient" :is(true) }) })"},
  };
  // A key that tells all records apart is too fine, and never wrong.
  int shared = 0;
  for (const auto& [name, text] : criteria) {
    PluginText plugin;
    plugin.parameters =
        R"({ "threshold": { "type": "money", "label": "the threshold" } })";
    plugin.rule = std::string("met_when = all { ") + text + " }";
    EditionText edition;
    edition.rules = with_parameter("threshold", "\"6000.00\"");
    const County county = county_of("keys", plugin, edition);
    const auto rules = county.engine().select({});
    REQUIRE(rules);
    INFO(name);
    if (rules->front().broken) {
      FAIL(rules->front().broken->errors.front().to_string());
    }
    Checker checker(county.engine(), *rules, day("2026-11-22"), true);
    shared += ask_of_many(county.engine(), rules->front(),
                          checker.bound(0, "", ""), 1'000);
  }
  CHECK(shared > 100);
}
