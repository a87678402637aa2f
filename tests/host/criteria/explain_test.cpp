#include <catch2/catch.hpp>

#include "school_world.hpp"

namespace sendcheck {
namespace {

using C = CriterionOp;
using V = ValueOp;

}  // namespace

TEST_CASE("a reason says what was found, what was needed and the gap") {
  DraftBuilder d;
  d.rule.met_when =
      d.compare(C::above, {d.fact("provision_cost"), d.pounds("6000.00")});
  d.at(d.rule.met_when).source = "HN-1";
  const Reason reason =
      Checked(d, PupilRecord().states("provision_cost", amount("5750.00")))
          .reasons();
  CHECK(reason.label ==
        "the annual cost of the additional provision is more than £6,000");
  CHECK(reason.result == Truth::not_met);
  CHECK(reason.have == "£5,750");
  CHECK(reason.need == "more than £6,000");
  CHECK(reason.gap == "£250 below");
  CHECK(reason.source == "HN-1");
  CHECK(reason.children.empty());
}

TEST_CASE("nothing is cut short because another branch settled it") {
  DraftBuilder d;
  const auto consent = d.is_true("consent.parent");
  const auto care = d.is_true("care.looked_after");
  const auto hours = d.at_least(d.fact("hours"), d.number("15"));
  d.rule.met_when = d.any({consent, d.all({care, hours})});
  const Reason reason = Checked(d, PupilRecord()
                                       .states("consent.parent", true)
                                       .states("care.looked_after", false)
                                       .states("hours", number("12.5")))
                            .reasons();
  CHECK(reason.result == Truth::met);
  REQUIRE(reason.children.size() == 2);
  CHECK(reason.children[0].have == "yes");
  REQUIRE(reason.children[1].children.size() == 2);
  CHECK(reason.children[1].children[0].result == Truth::not_met);
  CHECK(reason.children[1].children[1].have == "12.5");
  CHECK(reason.children[1].children[1].gap == "2.5 below");
}

TEST_CASE(
    "what is not stated is said to be so, not by the catalogue's bounds") {
  const auto have = [](auto draw, PupilRecord pupil = {}) {
    DraftBuilder d;
    d.rule.met_when = draw(d);
    return Checked(d, std::move(pupil)).reasons().have;
  };
  CHECK(have([](DraftBuilder& d) {
          return d.at_least(d.fact("hours"), d.number("15"));
        }) == "not stated");
  CHECK(have([](DraftBuilder& d) { return d.is_true("consent.parent"); }) ==
        "not stated");
  CHECK(have([](DraftBuilder& d) {
          return d.any_item("assessments",
                            d.at_most(d.item("score"), d.number("84")));
        }) == "not stated");
  const auto cycles = [](DraftBuilder& d) {
    return d.at_least(d.count("evidence"), d.number("2"));
  };
  CHECK(have(cycles) == "none so far");
  CHECK(have(cycles, PupilRecord().holds("evidence",
                                         {{"type", std::string("form_8")}})) ==
        "at least 1 so far");
}

TEST_CASE("each entry of a list is explained") {
  DraftBuilder d;
  d.rule.met_when = d.at_least(
      d.count("assessments", d.at_most(d.item("score"), d.number("84"))),
      d.number("1"));
  PupilRecord pupil;
  pupil
      .holds("assessments",
             {{"area", std::string("reading_speed")}, {"score", number("90")}})
      .holds("assessments", {{"area", std::string("writing_speed")}})
      .holds("assessments", {{"score", number("86")}});
  const Reason reason = Checked(d, pupil).reasons();
  CHECK(reason.have == "between 0 and 1");
  CHECK(reason.need == "at least 1");
  REQUIRE(reason.children.size() == 3);
  CHECK(reason.children[0].label == "reading speed");
  CHECK(reason.children[0].have == "standard score 90");
  CHECK(reason.children[0].kind == Reason::Kind::entry);
  REQUIRE(reason.children[0].children.size() == 1);
  CHECK(reason.children[0].children[0].label ==
        "the standard score is at most 84");
  CHECK(reason.children[0].children[0].gap == "6 above");
  CHECK(reason.children[1].label == "writing speed");
  CHECK(reason.children[1].result == Truth::unknown);
  CHECK(reason.children[2].label == "entry 3");
  CHECK(reason.children[2].result == Truth::not_met);
}

TEST_CASE("of an entry only what the criterion reads is told") {
  DraftBuilder d;
  const auto recent = d.at_least(d.item("on"), d.date("2026-01-01"));
  const auto score =
      d.choose({{recent, d.item("score")}, {-1, d.number("160")}});
  d.rule.met_when = d.any_item("assessments", d.at_most(score, d.number("84")));
  d.rule.met_when = d.all(
      {d.rule.met_when,
       d.any_item("awards", d.at_least(d.item("on"), d.date("2026-01-01")))});
  const Reason reason =
      Checked(d, PupilRecord()
                     .holds("assessments", {{"score", number("80")},
                                            {"on", day("2026-03-01")}})
                     .holds("awards", {{"on", day("2026-04-01")},
                                       {"amount", amount("938.00")}}))
          .reasons();
  REQUIRE(reason.children.size() == 2);
  REQUIRE(reason.children[0].children.size() == 1);
  CHECK(reason.children[0].children[0].have ==
        "standard score 80, date of the assessment 1 March 2026");
  REQUIRE(reason.children[1].children.size() == 1);
  CHECK(reason.children[1].children[0].have ==
        "date of the award 1 April 2026");
}

TEST_CASE("a limit that is worked out is given with its value") {
  DraftBuilder d;
  d.rule.met_when =
      d.at_most(d.fact("decided_on"),
                d.op(V::within_weeks, {d.number("6"), d.fact("requested_on")}));
  const Reason reason =
      Checked(d, PupilRecord()
                     .states("requested_on", day("2026-09-01"))
                     .states("decided_on", day("2026-10-15")))
          .reasons();
  CHECK(reason.have == "15 October 2026");
  CHECK(reason.need ==
        "on or before the last day within 6 weeks of the date of the request "
        "(13 October 2026)");
  CHECK(reason.gap == "2 days after");
}

TEST_CASE("so many of so many are counted") {
  DraftBuilder d;
  const auto consent = d.is_true("consent.parent");
  const auto care = d.is_true("care.looked_after");
  d.rule.met_when = d.combine(C::at_least_of, {consent, care}, 2);
  const Reason reason =
      Checked(d, PupilRecord().states("consent.parent", true)).reasons();
  CHECK(reason.have == "1 met");
  CHECK(reason.need == "at least 2");
  CHECK(reason.result == Truth::unknown);
}

TEST_CASE("the conditions of a choice are explained under it") {
  DraftBuilder d;
  const auto care = d.is_true("care.looked_after");
  d.rule.met_when =
      d.at_least(d.fact("hours"),
                 d.choose({{care, d.number("30")}, {-1, d.number("15")}}));
  const Reason reason = Checked(d, PupilRecord()
                                       .states("care.looked_after", true)
                                       .states("hours", number("20")))
                            .reasons();
  CHECK(reason.result == Truth::not_met);
  CHECK(reason.gap == "10 below");
  REQUIRE(reason.children.size() == 1);
  CHECK(reason.children[0].label == "the looked-after status is yes");
  CHECK(reason.children[0].result == Truth::met);
}

TEST_CASE("a judgement is a named person's yes") {
  DraftBuilder d;
  d.rule.met_when = d.judgement("fair", "Is it fair?");
  const Reason reason = Checked(d, {}).reasons();
  CHECK(reason.label == "Is it fair?");
  CHECK(reason.have == "not answered");
  CHECK(reason.need == "a named person's yes");
}

TEST_CASE(
    "the cheapest way comes first: what is missing before what must change") {
  DraftBuilder d;
  const auto cost = d.at_least(d.fact("provision_cost"), d.pounds("6000.00"));
  const auto hours = d.at_least(d.fact("hours"), d.number("15"));
  const auto care = d.is_true("care.looked_after");
  d.rule.met_when = d.any({cost, hours, care});
  Checked checked(d, PupilRecord()
                         .states("provision_cost", amount("5000.00"))
                         .states("care.looked_after", false));
  CHECK(checked.routes() ==
        std::vector<std::string>{"supply hours",
                                 "change provision_cost (£1,000 more)"});
}

}  // namespace sendcheck
