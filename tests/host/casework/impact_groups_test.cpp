// What is said of groups, and what is held back.
#include "casework/impact_groups.hpp"

#include <catch2/catch.hpp>
#include <random>

using namespace sendcheck;

namespace {

Tally tally(std::int64_t pupils, std::int64_t gains, std::int64_t loses = 0) {
  Tally made;
  made.pupils = pupils;
  made.gains = gains;
  made.loses = loses;
  return made;
}

GroupTable table(const std::vector<Tally>& tallies) {
  GroupTable made;
  made.is_protected = true;
  for (const Tally& one : tallies) {
    GroupRow row;
    row.label = "group " + std::to_string(made.rows.size() + 1);
    row.tally = one;
    made.rows.push_back(row);
  }
  return made;
}

Tally total_of(const std::vector<Tally>& tallies) {
  Tally total;
  for (const Tally& one : tallies) {
    total.pupils += one.pupils;
    total.gains += one.gains;
    total.loses += one.loses;
    for (const auto& [period, cost] : one.met) {
      total.met[period].paid_before += cost.paid_before;
      total.met[period].paid_after += cost.paid_after;
      total.met[period].moved += cost.moved;
    }
  }
  return total;
}

std::vector<bool> held(const GroupTable& table) {
  std::vector<bool> rows;
  for (const GroupRow& row : table.rows) rows.push_back(row.held_back);
  return rows;
}

std::vector<bool> held_of(const std::vector<Tally>& tallies) {
  GroupTable made = table(tallies);
  hold_back(made, total_of(tallies));
  return held(made);
}

}  // namespace

TEST_CASE("groups of five and more with numbers of five and more are shown") {
  CHECK(held_of({tally(20, 5), tally(30, 7), tally(10, 0)}) ==
        std::vector{false, false, false});
}

TEST_CASE("a small group is held back and so is the smallest beside it") {
  CHECK(held_of({tally(3, 0), tally(50, 10), tally(20, 5)}) ==
        std::vector{true, false, true});
}

TEST_CASE("a number from one to four holds its whole row back") {
  for (const std::int64_t small : {1, 4}) {
    CHECK(held_of({tally(40, small), tally(50, 10), tally(60, 20)})[0]);
  }
  CHECK_FALSE(held_of({tally(40, 5), tally(50, 10), tally(60, 20)})[0]);
  CHECK_FALSE(held_of({tally(40, 0), tally(50, 10), tally(60, 20)})[0]);
}

TEST_CASE("that all but a few change is as telling as that a few do") {
  CHECK(held_of({tally(40, 38), tally(50, 10), tally(60, 20)})[0]);
}

TEST_CASE("an amount that only a few have holds its row back") {
  Tally paid = tally(40, 10);
  paid.met["year"].paid_after = 2;
  CHECK(held_of({paid, tally(50, 10), tally(60, 20)})[0]);
}

TEST_CASE("what is held back carries no number on its row") {
  GroupTable made = table({tally(3, 1), tally(40, 10), tally(50, 10)});
  hold_back(made, total_of({tally(3, 1), tally(40, 10), tally(50, 10)}));
  CHECK(made.rows[0].held_back);
  CHECK(made.rows[0].tally.pupils == 0);
  CHECK(made.rows[0].tally.gains == 0);
}

TEST_CASE("a single group that is small is held back alone") {
  CHECK(held_of({tally(3, 1)}) == std::vector{true});
}

TEST_CASE("nothing that is held back can be worked out from the rest") {
  std::mt19937 random(5);
  const auto upto = [&](int most) {
    return static_cast<std::int64_t>(random() %
                                     static_cast<unsigned>(most + 1));
  };
  int some_held = 0, some_shown = 0;
  for (int trial = 0; trial < 5000; ++trial) {
    std::vector<Tally> tallies;
    const int groups = 1 + static_cast<int>(upto(6));
    for (int i = 0; i < groups; ++i) {
      const std::int64_t gains = upto(1) ? upto(12) : 0;
      const std::int64_t loses = upto(1) ? upto(12) : 0;
      Tally one = tally(gains + loses + upto(30), gains, loses);
      if (upto(1) == 1) {
        one.met["year"].paid_before = upto(8);
        one.met["year"].paid_after = upto(8);
        one.met["year"].moved = upto(8);
      }
      tallies.push_back(one);
    }
    const Tally total = total_of(tallies);
    GroupTable made = table(tallies);
    hold_back(made, total);
    std::vector<Tally> hidden;
    for (std::size_t i = 0; i < tallies.size(); ++i) {
      if (made.rows[i].held_back) {
        hidden.push_back(tallies[i]);
      } else {
        // No number on the page is small.
        for (const std::int64_t shown :
             {tallies[i].pupils, tallies[i].gains, tallies[i].loses,
              tallies[i].unchanged()}) {
          CHECK((shown == 0 || shown >= 5));
        }
      }
    }
    if (!hidden.empty()) ++some_held;
    if (hidden.size() < tallies.size()) ++some_shown;
    if (hidden.empty() || groups == 1) continue;
    // The total less what is shown is of two groups at least, ...
    CHECK(hidden.size() > 1);
    if (hidden.size() == tallies.size()) continue;
    // ... and says no small number that the total does not say itself.
    const Tally rest = total_of(hidden);
    const auto well = [](std::int64_t number, std::int64_t of) {
      return number == 0 || number >= 5 || number == of;
    };
    CHECK(well(rest.pupils, total.pupils));
    CHECK(well(rest.gains, total.gains));
    CHECK(well(rest.loses, total.loses));
    CHECK(well(rest.unchanged(), total.unchanged()));
    if (rest.met.contains("year")) {
      const CostTally& a = rest.met.at("year");
      const CostTally& b = total.met.at("year");
      CHECK(well(a.paid_before, b.paid_before));
      CHECK(well(a.paid_after, b.paid_after));
      CHECK(well(a.moved, b.moved));
    }
  }
  CHECK(some_held > 1000);
  CHECK(some_shown > 500);
}
