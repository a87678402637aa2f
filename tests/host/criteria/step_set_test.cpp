#include "criteria/step_set.hpp"

#include <catch2/catch.hpp>
#include <random>

using namespace sendcheck;

namespace {

std::vector<int> steps_of(const StepSet& set) {
  std::vector<int> steps;
  set.for_each([&](int step) { steps.push_back(step); });
  return steps;
}

}  // namespace

TEST_CASE("a set of steps is what a sorted row of numbers is") {
  std::mt19937 random(3);
  // Few and many: past what lies close together too.
  for (const unsigned most : {4u, 64u, 130u, 700u}) {
    for (int n = 0; n < 400; ++n) {
      StepSet sets[2];
      std::vector<int> rows[2];
      for (int i : {0, 1}) {
        for (unsigned left = random() % 6; left > 0; --left) {
          const int step = static_cast<int>(random() % most);
          sets[i].add(step);
          rows[i].push_back(step);
        }
        std::sort(rows[i].begin(), rows[i].end());
        rows[i].erase(std::unique(rows[i].begin(), rows[i].end()),
                      rows[i].end());
        CHECK(steps_of(sets[i]) == rows[i]);
        CHECK(sets[i].size() == static_cast<int>(rows[i].size()));
        CHECK(sets[i].empty() == rows[i].empty());
      }
      std::vector<int> both;
      std::set_union(rows[0].begin(), rows[0].end(), rows[1].begin(),
                     rows[1].end(), std::back_inserter(both));
      CHECK(steps_of(joined(sets[0], sets[1])) == both);
      CHECK(steps_of(joined(sets[1], sets[0])) == both);
      CHECK(sets[0].includes(sets[1]) ==
            std::includes(rows[0].begin(), rows[0].end(), rows[1].begin(),
                          rows[1].end()));
      if (rows[0].size() == rows[1].size()) {
        CHECK(is_before(sets[0], sets[1]) == (rows[0] < rows[1]));
      }
    }
  }
}
