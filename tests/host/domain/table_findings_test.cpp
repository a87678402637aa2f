// What is found wrong with a table, against every case that there is.
#include "domain/table_findings.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "support/random_decisions.hpp"

using namespace random_decisions;

namespace {

using Kind = TableFinding::Kind;
using Rows = std::vector<std::size_t>;

std::map<std::string, InputDomain> known_domains() {
  std::map<std::string, InputDomain> known;
  known["hours"].low = Number(0);
  known["hours"].high = Number(168);
  known["status"].codes = statuses();
  return known;
}

// By definition: every case tried.
struct Truths {
  std::set<Rows> overlaps;
  std::set<std::size_t> never;
  std::vector<std::vector<Value>> gaps;
};

Truths truths_of(const DecisionTable& table) {
  const HitPolicy policy = table.spec().policy;
  Truths truths;
  std::set<std::size_t> count;
  for_each_case(domains(), [&](const std::vector<Value>& inputs) {
    Rows rows;
    for (std::size_t r = 0; r < table.rows().size(); ++r) {
      if (matches(table.rows()[r], inputs)) rows.push_back(r);
    }
    if (rows.empty() && !table.spec().outputs[0].has_default) {
      truths.gaps.push_back(inputs);
    }
    for (std::size_t a : rows) {
      for (std::size_t b : rows) {
        const bool differ = table.rows()[a].outputs != table.rows()[b].outputs;
        if (a < b && (policy == HitPolicy::unique ||
                      (policy == HitPolicy::any && differ))) {
          truths.overlaps.insert({a, b});
        }
      }
    }
    if (rows.empty()) return;
    if (policy == HitPolicy::first) {
      count.insert(rows[0]);
    } else if (policy == HitPolicy::priority) {
      const auto place = [&](std::size_t row) {
        const auto& values = table.spec().outputs[0].values;
        return std::ranges::find(values, table.rows()[row].outputs[0]) -
               values.begin();
      };
      std::size_t best = rows[0];
      for (std::size_t row : rows) {
        if (place(row) < place(best)) best = row;
      }
      count.insert(best);
    } else {
      count.insert(rows.begin(), rows.end());
    }
  });
  for (std::size_t r = 0; r < table.rows().size(); ++r) {
    if (!count.contains(r)) truths.never.insert(r);
  }
  return truths;
}

// Whether a case is the example: what does not matter fits anything.
bool fits(const std::vector<std::pair<std::string, std::string>>& example,
          const std::vector<Value>& inputs) {
  const ParameterType types[] = {ParameterType::decimal, ParameterType::code,
                                 ParameterType::boolean};
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!example[i].second.empty() &&
        cell_text(inputs[i], types[i]) != example[i].second) {
      return false;
    }
  }
  return true;
}

void check_overlaps(const DecisionTable& table, const TableFindings& found,
                    const Truths& truths) {
  std::set<Rows> overlaps;
  for (const TableFinding& finding : found.findings) {
    if (finding.kind != Kind::overlap) continue;
    REQUIRE(overlaps.insert(finding.rows).second);
    // The example is of a value that the domains have or lie beside.
    std::vector<Value> inputs = {
        Value::of(*Number::parse(finding.example[0].second)),
        Value::text(finding.example[1].second),
        Value::of(finding.example[2].second == "true")};
    REQUIRE(matches(table.rows()[finding.rows[0]], inputs));
    REQUIRE(matches(table.rows()[finding.rows[1]], inputs));
  }
  REQUIRE(overlaps == truths.overlaps);
}

}  // namespace

TEST_CASE("what is found in a table is what trying every case finds") {
  Maker maker(7);
  std::size_t overlaps = 0, never = 0, gaps = 0, without = 0;
  for (const Policy& policy : policies()) {
    INFO(name_of(policy.policy));
    for (int i = 0; i < 300; ++i) {
      const auto table = maker.table(policy.policy, policy.aggregator);
      const Truths truths = truths_of(*table);
      const TableFindings found = findings_of(*table, known_domains());
      REQUIRE(found.complete);
      check_overlaps(*table, found, truths);

      std::set<std::size_t> hidden;
      std::vector<const TableFinding*> open;
      for (const TableFinding& finding : found.findings) {
        if (finding.kind == Kind::never) hidden.insert(finding.rows[0]);
        if (finding.kind == Kind::gap) open.push_back(&finding);
      }
      REQUIRE(hidden == truths.never);
      // Each gap is one, from end to end, and there is no other.
      bool agree = true;
      for_each_case(domains(), [&](const std::vector<Value>& inputs) {
        const bool is_gap = std::ranges::any_of(
            truths.gaps, [&](const auto& gap) { return gap == inputs; });
        int in = 0;
        bool is_example = false;
        for (const TableFinding* finding : open) {
          bool inside = true;
          for (std::size_t k = 0; k < inputs.size(); ++k) {
            inside = inside && meets(finding->where[k], inputs[k]);
          }
          in += inside;
          is_example = is_example || fits(finding->example, inputs);
        }
        agree = agree && in == (is_gap ? 1 : 0) && (is_gap || !is_example);
      });
      REQUIRE(agree);
      overlaps += truths.overlaps.size();
      never += truths.never.size();
      gaps += open.size();
      without += found.findings.empty();
    }
  }
  CHECK(overlaps > 500);
  CHECK(never > 100);
  CHECK(gaps > 1000);
  CHECK(without > 10);
}

TEST_CASE("the rows that hide another are as few as are needed") {
  auto spec = std::make_shared<DecisionSpec>();
  spec->policy = HitPolicy::first;
  spec->inputs.resize(1);
  spec->inputs[0].name = "hours";
  spec->inputs[0].type = ParameterType::integer;
  spec->outputs.resize(1);
  spec->outputs[0].type = ParameterType::integer;
  const auto row = [](int line, std::int64_t from, std::int64_t to) {
    DecisionRow made;
    made.line = line;
    made.tests.resize(1);
    made.tests[0].ranges = {
        {Value::of(Number(from)), Value::of(Number(to)), false, false}};
    made.outputs = {Value::of(Number(line))};
    return made;
  };
  // Whole hours: from 1 to 4 and from 5 to 9 leave nothing of 1 to 9.
  const DecisionTable table(
      spec, "t.csv",
      {row(2, 1, 4), row(3, 20, 30), row(4, 5, 9), row(5, 1, 9)});
  const TableFindings found = findings_of(table);
  REQUIRE(found.findings.size() == 2);
  CHECK(found.findings[0].rows == Rows{3, 0, 2});
  CHECK(found.findings[0].message ==
        "Line 5 never counts: wherever it matches, line 2 and line 4 match too "
        "and stand before it. Move it, or take it out.");
  CHECK(found.findings[1].message ==
        "No row matches where hours less than 1, more than 9 and less than 20 "
        "or more than 30 (for example hours 0). Add a row, or say in the "
        "rule what the default is.");
}

TEST_CASE("the bands of a table are looked at in the same way") {
  using Role = ColumnSpec::Role;
  Table table;
  table.columns = {
      {"group", ParameterType::text, Role::key, "group"},
      {"points_from", ParameterType::integer, Role::from, "points"},
      {"points_to", ParameterType::integer, Role::to, "points"},
      {"amount", ParameterType::money, Role::value, ""}};
  const auto whole = [](std::int64_t number) {
    return Value::of(Number(number));
  };
  const Value amount = Value::of(Money::from_pence(100));
  table.rows = {{Value::text("a"), whole(0), whole(9), amount},
                {Value::text("a"), whole(12), Value(), amount},
                {Value(), whole(12), whole(15), amount}};
  table.lines = {2, 3, 5};
  std::map<std::string, InputDomain> known;
  known["points"].low = Number(0);
  known["group"].codes = {"a", "b"};
  const TableFindings found = findings_of(table, known);
  std::vector<std::string> messages;
  for (const TableFinding& finding : found.findings) {
    messages.push_back(finding.message);
  }
  CHECK(messages ==
        std::vector<std::string>{
            "Line 3 and line 5 both match group a and points 12, where only "
            "one row may. Part them, or take one out.",
            "No row matches where group a and points more than 9 and less than "
            "12 (for example group a and points 10). Add a row, or say in the "
            "rule what the default is.",
            "No row matches where group not a and points less than 12 or more "
            "than 15 (for example group b and points 0). Add a row, or say in "
            "the rule what the default is."});
  CHECK(found.complete);

  // Only the catalogue knows the order of codes.
  table.columns[1].type = table.columns[2].type = ParameterType::code;
  CHECK_FALSE(findings_of(table, known).complete);
}
