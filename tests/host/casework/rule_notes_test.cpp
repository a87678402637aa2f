#include "casework/rule_notes.hpp"

#include <catch2/catch.hpp>

namespace sendcheck {
namespace {

Catalogue with_phase() {
  Catalogue catalogue;
  FactSpec phase;
  phase.path = "school.phase";
  phase.label = "phase of the school";
  REQUIRE(catalogue.add_fact(std::move(phase)).has_value());
  return catalogue;
}

std::vector<std::string> limits(std::string_view page) {
  return points_of(page, "Limits", with_phase());
}

}  // namespace

TEST_CASE("a section's points are lines of plain text") {
  CHECK(limits("# Rule\n\n## Limits\n\n- The first\n  goes on.\n- The "
               "*second*.\n\nA paragraph.\n\n## Sources\n\n- A page.\n") ==
        std::vector<std::string>{"The first goes on.", "The second.",
                                 "A paragraph."});
}

TEST_CASE("a fact is called by its label and other names by words") {
  CHECK(limits("## Limits\n- A nursery, unless its `school.phase` says so.\n"
               "- `school.phase` and `fee_paid` are read.\n") ==
        std::vector<std::string>{
            "A nursery, unless its phase of the school says so.",
            "the phase of the school and fee paid are read."});
}

TEST_CASE("tables and other sections give no points") {
  CHECK(limits("## Limits\n| a | b |\n|---|---|\n").empty());
  CHECK(limits("## Sources\n- A page.\n").empty());
  CHECK(limits("").empty());
}

}  // namespace sendcheck
