#include "domain/decision.hpp"

#include <catch2/catch.hpp>

namespace sendcheck {

TEST_CASE(
    "every outcome has the name of the contract, which leads back to "
    "it") {
  using Pair = std::pair<Outcome, std::string_view>;
  for (const auto& [value, name] :
       {Pair(Outcome::met, "met"), Pair(Outcome::not_met, "not_met"),
        Pair(Outcome::needs_evidence, "needs_evidence"),
        Pair(Outcome::refer, "refer"),
        Pair(Outcome::not_applicable, "not_applicable"),
        Pair(Outcome::not_in_force, "not_in_force"),
        Pair(Outcome::error, "error")}) {
    CHECK(name_of(value) == name);
    CHECK(outcome(name) == value);
    CHECK(in_words(value).find('_') == std::string_view::npos);
  }
  CHECK(in_words(Outcome::needs_evidence) == "needs evidence");
  for (const char* name : {"", "Met", "failed", "not met", "unknown"}) {
    CHECK_FALSE(outcome(name).has_value());
  }
}

TEST_CASE("truth is ordered from not met over unknown to met") {
  CHECK(Truth::not_met < Truth::unknown);
  CHECK(Truth::unknown < Truth::met);
  CHECK(name_of(Truth::not_met) == "not_met");
  CHECK(name_of(Truth::unknown) == "unknown");
  CHECK(name_of(Truth::met) == "met");
}

TEST_CASE("the parts of a decision have the names of the contract") {
  CHECK(name_of(Amount::Status::computed) == "computed");
  CHECK(name_of(Amount::Status::indicative) == "indicative");
  CHECK(name_of(Amount::Status::not_published) == "not_published");
  CHECK(name_of(Due::State::upcoming) == "upcoming");
  CHECK(name_of(Due::State::overdue) == "overdue");
  CHECK(name_of(Due::State::done) == "done");
  CHECK(name_of(Due::State::done_late) == "done_late");
  CHECK(name_of(MissingItem::Kind::fact) == "fact");
  CHECK(name_of(MissingItem::Kind::evidence) == "evidence");
  CHECK(name_of(MissingItem::Kind::judgement) == "judgement");
  CHECK(name_of(Step::Kind::supply) == "supply");
  CHECK(name_of(Step::Kind::change) == "change");
}

TEST_CASE("a decision that nobody filled in is an error, not a refusal") {
  CHECK(Decision().outcome == Outcome::error);
}

}  // namespace sendcheck
