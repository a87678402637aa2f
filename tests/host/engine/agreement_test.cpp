// The rules of the project, and records of which nobody thought: brief() and decide() are one answer, and always the same.
#include <catch2/catch.hpp>
#include <random>

#include "small_county.hpp"

using namespace engine_of_tests;

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

class RandomRecords {
 public:
  RandomRecords(const Catalogue& catalogue, const Plugins& plugins,
                unsigned seed)
      : catalogue_(catalogue), random_(seed) {
    for (const Plugin& plugin : plugins.plugins) {
      for (const Rule& rule : plugin.rules) ask_of(rule);
    }
  }

  Record make() {
    Record record = Record::empty(catalogue_);
    // From records that say little to records that say all.
    const int stated = upto(100);
    for (std::size_t i = 0; i < record.scalars.size(); ++i) {
      if (upto(100) <= stated) {
        record.scalars[i] = value(catalogue_.scalars()[i], record.texts);
      }
    }
    for (std::size_t i = 0; i < record.lists.size(); ++i) {
      if (upto(100) > stated) continue;
      const FactSpec& spec = catalogue_.lists()[i];
      List& list = record.lists[i];
      list.stated = true;
      list.width = static_cast<int>(spec.fields.size());
      for (int entry = upto(4); entry > 0; --entry) {
        for (const FactSpec& field : spec.fields) {
          list.cells.push_back(
              upto(100) <= stated + 10 ? value(field, record.texts) : Value());
        }
      }
    }
    // Where most rules are.
    if (upto(2) == 1) state(record, "home_la", upto(1) ? "886" : "884");
    if (upto(2) == 1) state(record, "school.la", upto(1) ? "886" : "884");
    if (upto(1) == 1) state(record, "school.type", "mainstream");
    return record;
  }

 private:
  void ask_of(const Rule& rule) {
    for (const CriterionNode& node : rule.tree.criteria) {
      if (node.op == CriterionOp::judgement) questions_.push_back(node.name);
    }
  }

  int upto(int most) {
    return static_cast<int>(random_() % static_cast<unsigned>(most + 1));
  }

  void state(Record& record, const std::string& path, const std::string& code) {
    const int slot = catalogue_.scalar(path);
    record.scalars[at(slot)] = Value::code(
        catalogue_.codes_of(catalogue_.scalars()[at(slot)]).find(code));
  }

  Value value(const FactSpec& spec, TextArena& texts) {
    switch (spec.type) {
      case FactType::boolean:
        return Value::of(upto(1) == 1);
      case FactType::integer:
        return Value::of(Number(number(spec)));
      case FactType::decimal:
        return Value::of(Number::fraction(number(spec) * 4 + upto(3), 4)
                             .value_or(Number(0)));
      case FactType::money: {
        const int pence[] = {0, 1, 599'999, 600'000, 600'001, 945'000};
        return Value::of(
            Money::from_pence(upto(1) ? pence[upto(5)] : upto(2'000'000)));
      }
      case FactType::date:
        return Value::of(day("2026-11-22") +
                         (300 - upto(upto(1) ? 800 : 7000)));
      case FactType::code: {
        const auto& codes = catalogue_.codes_of(spec).codes;
        return Value::code(upto(static_cast<int>(codes.size()) - 1));
      }
      case FactType::text: {
        const std::string words[] = {"herefordshire", "disability-access-fund",
                                     "aqa", "2027-06", "123456"};
        if (spec.path == "question" && !questions_.empty()) {
          return Value::text(texts.keep(
              questions_[at(upto(static_cast<int>(questions_.size()) - 1))]));
        }
        return Value::text(texts.keep(words[upto(4)]));
      }
      case FactType::list:
        break;
    }
    return {};
  }

  std::int64_t number(const FactSpec& spec) {
    const Number low = spec.minimum.value_or(Number(0));
    const Number high = spec.maximum.value_or(Number(130));
    const std::int64_t first = low.numerator() / low.denominator();
    const std::int64_t last = high.numerator() / high.denominator();
    const std::int64_t span = std::min<std::int64_t>(last - first, 400);
    return first + upto(static_cast<int>(span));
  }

  const Catalogue& catalogue_;
  std::mt19937 random_;
  std::vector<std::string> questions_;
};

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
  RandomRecords records(*catalogue, *plugins, 2026);

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
