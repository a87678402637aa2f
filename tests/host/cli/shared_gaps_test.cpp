// One fact that several rules wait for is said once.
#include "cli/shared_gaps.hpp"

#include <catch2/catch.hpp>

using namespace sendcheck;
using cli::SharedGap;
using cli::SharedGaps;

namespace {

Decision asking(const std::string& rule, const std::vector<std::string>& facts,
                Outcome outcome = Outcome::needs_evidence) {
  Decision decision;
  decision.rule = rule;
  decision.title = "Rule " + rule;
  decision.outcome = outcome;
  for (const std::string& fact : facts) {
    decision.missing.push_back(
        {fact, "label of " + fact, MissingItem::Kind::fact, true});
  }
  return decision;
}

}  // namespace

TEST_CASE("three rules that ask for one fact first make a gap of them") {
  SharedGaps gaps;
  for (const char* pupil : {"A", "B"}) {
    for (const char* rule : {"c", "a", "b"}) {
      gaps.add(pupil, std::string("Pupil ") + pupil,
               asking(rule, {"exams.qualification", "sen.status"}));
    }
    gaps.add(pupil, "x", asking("d", {"sen.status"}));
    gaps.add(pupil, "x", asking("e", {"sen.status"}));
  }
  const std::vector<SharedGap> found = gaps.gaps();
  REQUIRE(found.size() == 1);
  CHECK(found[0].label == "label of exams.qualification");
  CHECK(found[0].titles ==
        std::vector<std::string>{"Rule a", "Rule b", "Rule c"});
  CHECK(found[0].who == std::vector<std::string>{"Pupil A", "Pupil B"});
  CHECK(found[0].decisions == 6);
  CHECK(gaps.covers(asking("a", {"exams.qualification"})));
  CHECK_FALSE(gaps.covers(asking("d", {"sen.status"})));
}

TEST_CASE("the gap that holds up most comes first") {
  SharedGaps gaps;
  for (const char* rule : {"a", "b", "c"}) {
    gaps.add("A", "Pupil A", asking(rule, {"home_la"}));
  }
  for (const char* rule : {"a", "b", "c", "d"}) {
    gaps.add("B", "Pupil B", asking(rule, {"sen.status"}));
  }
  const auto found = gaps.gaps();
  REQUIRE(found.size() == 2);
  CHECK(found[0].label == "label of sen.status");
  CHECK(found[1].label == "label of home_la");
}

TEST_CASE("what is settled or asked of a person or of one entry is no gap") {
  SharedGaps gaps;
  for (const char* rule : {"a", "b", "c", "d"}) {
    gaps.add("A", "Pupil A", asking(rule, {"x"}, Outcome::not_met));
    gaps.add("A", "Pupil A", asking(rule, {"x"}, Outcome::refer));
    gaps.add("A", "Pupil A", asking(rule, {}));
    gaps.add("A", "Pupil A", asking(rule, {"evidence[type=form_8].on"}));
    Decision judgement = asking(rule, {"judgements.exceptional_case"});
    judgement.missing.front().kind = MissingItem::Kind::judgement;
    gaps.add("A", "Pupil A", judgement);
    CHECK_FALSE(gaps.covers(judgement));
    CHECK_FALSE(gaps.covers(asking(rule, {"x"}, Outcome::not_met)));
  }
  CHECK(gaps.gaps().empty());
}
