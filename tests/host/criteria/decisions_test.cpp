// Decision tables: what they give for every pupil, known in full or not, against every way in which what is not known could turn out.
#include <catch2/catch.hpp>
#include <set>

#include "criteria/table_domains.hpp"
#include "school_world.hpp"
#include "support/random_decisions.hpp"

namespace sendcheck {
namespace {

using namespace random_decisions;
using State = Estimate::State;
using Kind = TableOutcome::Kind;

const std::vector<std::string>& paths() {
  static const std::vector<std::string> all = {"hours", "sen.status",
                                               "care.looked_after"};
  return all;
}

Literal literal_of(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::boolean:
      return value.boolean();
    case Value::Kind::text:
      return std::string(value.text());
    default:
      return value.number();
  }
}

enum class Asks { value, count, sum, includes };

// What one pupil's table gives, compared so that there is a criterion.
Checked checked(const std::shared_ptr<DecisionTable>& table, Asks asks,
                const std::vector<std::optional<Value>>& known) {
  DraftBuilder d;
  Given given;
  given.decision("grades", table);
  const auto looked_up =
      d.look_up("grades", "grade",
                {{"hours", d.fact("hours")},
                 {"status", d.fact("sen.status")},
                 {"looked_after", d.fact("care.looked_after")}});
  if (asks == Asks::value) {
    d.rule.met_when = d.at_least(looked_up, d.number("2"));
  } else if (asks == Asks::includes) {
    d.rule.met_when =
        d.is(d.op(ValueOp::list_includes, {looked_up, d.number("2")}),
             d.truth(true));
  } else {
    d.rule.met_when = d.at_least(
        d.op(asks == Asks::count ? ValueOp::count : ValueOp::sum, {looked_up}),
        d.number("2"));
  }
  PupilRecord pupil;
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (known[i]) pupil.states(paths()[i], literal_of(*known[i]));
  }
  return Checked(d, std::move(pupil), std::move(given));
}

// The one value that is asked of what the table gives.
TableOutcome asked(Asks asks, TableOutcome of) {
  if (of.kind != Kind::list) return of;
  const Number two(2);
  std::int64_t sum = 0;
  bool includes = false;
  for (const Value& value : of.values) {
    sum += value.number().numerator();
    includes = includes || value.number() == two;
  }
  const auto size = static_cast<std::int64_t>(of.values.size());
  return {Kind::value,
          {asks == Asks::includes ? Value::of(includes)
           : asks == Asks::count  ? Value::of(Number(size))
                                  : Value::of(Number(sum))}};
}

struct Tried {
  int settled = 0, open = 0, outside = 0, faults = 0;
};

void try_table(const std::shared_ptr<DecisionTable>& table, Asks asks,
               Maker& maker, Tried& tried) {
  const auto all = domains();
  std::vector<std::optional<Value>> known(3);
  std::vector<std::vector<Value>> possible = all;
  for (std::size_t i = 0; i < 3; ++i) {
    if (maker.one_in(2)) continue;
    known[i] = all[i][maker.below(all[i].size())];
    possible[i] = {*known[i]};
  }
  std::vector<TableOutcome> outcomes;
  for_each_case(possible, [&](const std::vector<Value>& inputs) {
    const TableOutcome found = asked(asks, comes_to(*table, inputs));
    if (std::ranges::find(outcomes, found) == outcomes.end()) {
      outcomes.push_back(found);
    }
  });
  Checked pupil = checked(table, asks, known);
  const Estimate estimate = pupil.left();
  if (outcomes.size() == 1) {
    switch (outcomes[0].kind) {
      case Kind::none:
        REQUIRE(estimate.state == State::outside);
        REQUIRE(pupil.evaluation().met_outside());
        ++tried.outside;
        return;
      case Kind::conflict:
        REQUIRE(pupil.fault() == "rules.hit_policy");
        ++tried.faults;
        return;
      default:
        break;
    }
    REQUIRE(estimate.is_exact());
    REQUIRE(compare_exact(estimate.value, outcomes[0].values[0]) == 0);
    REQUIRE(pupil.fault().empty());
    REQUIRE(pupil.missing_of_left().empty());
    ++tried.settled;
    return;
  }
  REQUIRE_FALSE(estimate.is_exact());
  REQUIRE(estimate.state != State::outside);
  REQUIRE(pupil.fault().empty());
  ++tried.open;
  for (const TableOutcome& one : outcomes) {
    if (one.kind != Kind::value || asks == Asks::includes) continue;
    Number end;
    if (low_end(estimate, end)) {
      REQUIRE(end <= number_of(one.values[0]));
    }
    if (high_end(estimate, end)) {
      REQUIRE(number_of(one.values[0]) <= end);
    }
  }
  // Asked for is what can still change it, given some value of the others.
  std::set<std::string> matter;
  for (std::size_t i = 0; i < 3; ++i) {
    for_each_case(possible, [&](std::vector<Value> inputs) {
      const TableOutcome one = asked(asks, comes_to(*table, inputs));
      for (const Value& other : possible[i]) {
        inputs[i] = other;
        if (!(asked(asks, comes_to(*table, inputs)) == one)) {
          matter.insert(paths()[i]);
        }
      }
    });
  }
  const auto missing = pupil.missing_of_left();
  REQUIRE(std::set<std::string>(missing.begin(), missing.end()) == matter);
}

}  // namespace

TEST_CASE(
    "a decision table is settled exactly where everything unknown agrees") {
  Maker maker(11);
  for (const Policy& policy : policies()) {
    INFO(name_of(policy.policy) << " " << name_of(policy.aggregator));
    Tried tried;
    for (int i = 0; i < 200; ++i) {
      const auto table = maker.table(policy.policy, policy.aggregator);
      const std::vector<Asks> ways =
          table->spec().gives_list()
              ? std::vector{Asks::count, Asks::sum, Asks::includes}
              : std::vector{Asks::value};
      for (Asks asks : ways) try_table(table, asks, maker, tried);
    }
    CHECK(tried.settled > 40);
    CHECK(tried.open > 40);
    CHECK(tried.outside > 0);
    const bool may_conflict =
        policy.policy == HitPolicy::unique || policy.policy == HitPolicy::any;
    CHECK((tried.faults > 0) == may_conflict);
  }
}

namespace {

DecisionRow row(int line, UnaryTest hours, UnaryTest status, const char* sum) {
  DecisionRow made;
  made.line = line;
  made.tests = {std::move(hours), std::move(status)};
  made.outputs = {Value::of(*Money::parse(sum))};
  return made;
}

UnaryTest anything() {
  UnaryTest test;
  test.anything = true;
  return test;
}

UnaryTest span(std::int64_t from, std::int64_t to, bool without_to = false) {
  UnaryTest test;
  test.ranges = {
      {Value::of(Number(from)), Value::of(Number(to)), false, without_to}};
  return test;
}

UnaryTest word(const char* code) {
  UnaryTest test;
  test.ranges = {{Value::text(code), Value::text(code), false, false}};
  return test;
}

// Hours from 0 to under 10: 100.00 with SEN support, 200.00 with a plan; from
// 10 to 20: 500.00.
std::shared_ptr<DecisionTable> grants(HitPolicy policy = HitPolicy::unique,
                                      std::vector<DecisionRow> more = {}) {
  auto spec = std::make_shared<DecisionSpec>();
  spec->policy = policy;
  spec->inputs.resize(2);
  spec->inputs[0] = {"hours", ParameterType::decimal, "hours a week", "", {}};
  spec->inputs[1] = {"status", ParameterType::code, "", "", {}};
  spec->outputs.resize(1);
  spec->outputs[0].name = "grant";
  spec->outputs[0].type = ParameterType::money;
  std::vector<DecisionRow> rows = {
      row(2, span(0, 10, true), word("support"), "100.00"),
      row(3, span(0, 10, true), word("plan_final"), "200.00"),
      row(5, span(10, 20), anything(), "500.00")};
  rows.insert(rows.end(), more.begin(), more.end());
  return std::make_shared<DecisionTable>(spec, "tables/grants.csv",
                                         std::move(rows));
}

Checked grant(PupilRecord pupil,
              std::shared_ptr<DecisionTable> table = grants()) {
  DraftBuilder d;
  Given given;
  given.decision("grants", std::move(table));
  d.rule.met_when = d.at_least(
      d.look_up("grants", "grant",
                {{"hours", d.fact("hours")}, {"status", d.fact("sen.status")}}),
      d.pounds("200.00"));
  return Checked(d, std::move(pupil), std::move(given));
}

}  // namespace

TEST_CASE("the row that matched is told with what was found") {
  auto pupil = grant(PupilRecord()
                         .states("hours", number("9.5"))
                         .states("sen.status", std::string("plan_final")));
  CHECK(pupil.truth() == Truth::met);
  CHECK(pupil.reasons().have ==
        "£200 (line 3, for hours a week 9.5 and status EHC plan)");
  CHECK(pupil.words() ==
        "the grant in the grants for the number of funded hours a week and the "
        "SEN status is at least £200");
}

TEST_CASE("an input that cannot change the answer is not asked for") {
  CHECK(grant(PupilRecord().states("hours", number("12"))).truth() ==
        Truth::met);
  auto pupil = grant(PupilRecord().states("sen.status", std::string("none")));
  CHECK(pupil.truth() == Truth::unknown);
  CHECK(pupil.missing() == std::vector<std::string>{"fact hours"});
}

TEST_CASE("a case that no row has is for a person") {
  auto pupil = grant(PupilRecord()
                         .states("hours", number("9.5"))
                         .states("sen.status", std::string("none")));
  CHECK(pupil.truth() == Truth::unknown);
  CHECK(pupil.missing().empty());
  CHECK(pupil.outside() ==
        std::vector<std::string>{"the grant in the grants for the number of "
                                 "funded hours a week and the SEN status"});
  CHECK(pupil.fault().empty());
}

TEST_CASE(
    "two rows of a unique table that match are an error that names both") {
  auto pupil = grant(
      PupilRecord()
          .states("hours", number("10"))
          .states("sen.status", std::string("support")),
      grants(HitPolicy::unique, {row(7, span(8, 10), anything(), "700.00")}));
  CHECK(pupil.fault() == "rules.hit_policy");
  CHECK(pupil.evaluation().fault()->message ==
        "the grants: for hours a week 10 and status SEN support, line 5 gives "
        "grant 500.00 and line 7 gives grant 700.00, and its hit policy, "
        "unique, asks that no two rows match. Correct tables/grants.csv");
}

TEST_CASE("rows that agree may match together under any and no others") {
  const auto at_ten = [](const char* sum) {
    return grant(PupilRecord()
                     .states("hours", number("10"))
                     .states("sen.status", std::string("support")),
                 grants(HitPolicy::any, {row(7, span(8, 10), anything(), sum)}))
        .fault();
  };
  CHECK(at_ten("500.00").empty());
  CHECK(at_ten("500.01") == "rules.hit_policy");
}

TEST_CASE("whole numbers leave no gap between the rows of whole numbers") {
  auto spec = std::make_shared<DecisionSpec>();
  spec->inputs.resize(1);
  spec->inputs[0] = {"missed", ParameterType::integer, "", "", {}};
  spec->outputs.resize(1);
  spec->outputs[0].name = "grade";
  spec->outputs[0].type = ParameterType::integer;
  const auto grade = [](int line, std::int64_t from, std::int64_t to) {
    DecisionRow made;
    made.line = line;
    made.tests = {span(from, to)};
    made.outputs = {Value::of(Number(1))};
    return made;
  };
  const auto table = std::make_shared<DecisionTable>(
      spec, "",
      std::vector<DecisionRow>{grade(2, 0, 4), grade(3, 5, 1'000'000'000'000)});
  const auto known = [&](const char* fact) {
    DraftBuilder d;
    Given given;
    given.decision("grades", table);
    // At most as many as are possible, so that the table covers it.
    d.rule.met_when = d.is(
        d.look_up("grades", "grade",
                  {{"missed",
                    d.op(ValueOp::lowest, {d.fact(fact), d.number("100")})}}),
        d.number("1"));
    return Checked(d, {}, std::move(given)).truth();
  };
  CHECK(known("attendance.missed") == Truth::met);
  // Hours may be four and a half.
  CHECK(known("hours") == Truth::unknown);
}

TEST_CASE("what an input can be is what the facts that are looked up can be") {
  DraftBuilder d;
  Given given;
  given.decision("grants", grants());
  const auto looked_up = [&](ValueId hours) {
    return d.is(d.look_up("grants", "grant",
                          {{"hours", hours}, {"status", d.fact("sen.status")}}),
                d.pounds("1.00"));
  };
  std::vector<CriterionId> all = {looked_up(d.fact("hours"))};
  const auto domains = [&] {
    d.rule.met_when = d.all(all);
    auto rule = compile(d.rule, school_catalogue(), given.specs);
    REQUIRE(rule.has_value());
    return input_domains(*rule, school_catalogue(), 0);
  };
  CHECK(domains().at("hours").low == Number(0));
  CHECK(domains().at("hours").high == Number(168));
  CHECK(domains().at("status").codes == statuses());
  // Another look_up, by points, which may be any.
  all.push_back(looked_up(d.fact("attendance.missed")));
  CHECK(domains().at("hours").low == Number(0));
  CHECK_FALSE(domains().at("hours").high);
  all.push_back(
      looked_up(d.op(ValueOp::add, {d.fact("hours"), d.number("1")})));
  CHECK_FALSE(domains().at("hours").low);
}

TEST_CASE("what decision tables cannot be asked for does not compile") {
  const auto error = [](auto build) {
    DraftBuilder d;
    Given given;
    given.decision("grants", grants());
    d.rule.met_when = build(d);
    auto rule = compile(d.rule, school_catalogue(), given.specs);
    return rule ? std::string() : rule.error().id;
  };
  const auto by = [](DraftBuilder& d, const char* output, const char* key,
                     const char* fact) {
    return d.look_up("grants", output,
                     {{"hours", d.fact("hours")}, {key, d.fact(fact)}});
  };
  const auto compared = [](DraftBuilder& d, ValueId value) {
    return d.is(value, d.pounds("1.00"));
  };
  CHECK(error([&](DraftBuilder& d) {
          return compared(d, by(d, "grant", "status", "sen.status"));
        }).empty());
  CHECK(error([&](DraftBuilder& d) {
          return compared(d, by(d, "hours", "status", "sen.status"));
        }) == "rules.unknown_column");
  CHECK(error([&](DraftBuilder& d) {
          return compared(d, by(d, "grant", "year", "sen.status"));
        }) == "rules.unknown_column");
  CHECK(error([&](DraftBuilder& d) {
          return compared(d, by(d, "grant", "status", "points"));
        }) == "rules.type");
  CHECK(error([&](DraftBuilder& d) {
          return compared(
              d, d.op(ValueOp::sum, {by(d, "grant", "status", "sen.status")}));
        }) == "rules.type");
  CHECK(error([&](DraftBuilder& d) {
          return compared(d, d.op(ValueOp::count, {d.fact("hours")}));
        }) == "rules.type");
  CHECK(error([&](DraftBuilder& d) {
          return compared(d, d.next_date("grants", "grant", d.as_of()));
        }) == "rules.type");
  CHECK(error([&](DraftBuilder& d) {
          return compared(d, d.parameter("grants"));
        }) == "rules.type");
}

}  // namespace sendcheck
