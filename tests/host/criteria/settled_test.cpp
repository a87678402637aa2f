#include "criteria/settled.hpp"

#include <catch2/catch.hpp>
#include <functional>

#include "criteria/evidence_asked.hpp"
#include "school_world.hpp"

namespace sendcheck {
namespace {

using C = CriterionOp;

struct Settled {
  std::optional<Truth> all;  // of the rule's met_when
  std::vector<std::string> documents;
};

Settled settled(const std::function<CriterionId(DraftBuilder&)>& draw) {
  DraftBuilder d;
  d.rule.met_when = draw(d);
  Given given;
  given.scalar("mode", ParameterType::code, std::string("required"));
  Checked checked(d, {}, std::move(given));
  const Rule& rule = checked.evaluation().rule();
  const auto found = settled_by_edition(rule, checked.evaluation().binding(),
                                        school_catalogue(), school_holidays(),
                                        checked.evaluation().as_of());
  const Describer describer(rule, school_catalogue(),
                            &checked.evaluation().binding());
  return {found[static_cast<std::size_t>(rule.met_when)],
          evidence_asked(rule, school_catalogue(), describer, found)};
}

CriterionId mode_is(DraftBuilder& d, const char* code) {
  return d.is(d.parameter("mode"), d.text(code));
}

CriterionId has(DraftBuilder& d, const char* document) {
  return d.any_item("evidence", d.is(d.item("type"), d.text(document)));
}

}  // namespace

TEST_CASE("what only the edition is asked is settled for every pupil") {
  CHECK(settled([](DraftBuilder& d) { return mode_is(d, "required"); }).all ==
        Truth::met);
  CHECK(settled([](DraftBuilder& d) { return mode_is(d, "left_out"); }).all ==
        Truth::not_met);
}

TEST_CASE("what a pupil or the day is asked stays open") {
  CHECK_FALSE(
      settled([](DraftBuilder& d) { return d.is_true("consent.parent"); }).all);
  CHECK_FALSE(settled([](DraftBuilder& d) {
                return d.at_least(d.as_of(), d.date("2026-09-01"));
              }).all);
  CHECK_FALSE(settled([](DraftBuilder& d) { return has(d, "form_8"); }).all);
}

TEST_CASE("a group is settled by the part that decides it") {
  const auto group = [](C op, const char* code) {
    return settled([&](DraftBuilder& d) {
             return d.combine(op,
                              {mode_is(d, code), d.is_true("consent.parent")});
           })
        .all;
  };
  CHECK(group(C::any, "required") == Truth::met);
  CHECK_FALSE(group(C::any, "left_out"));
  CHECK(group(C::all, "left_out") == Truth::not_met);
  CHECK_FALSE(group(C::all, "required"));
  CHECK(group(C::none, "required") == Truth::not_met);
  CHECK_FALSE(group(C::none, "left_out"));
}

TEST_CASE("a criterion whose source is not confirmed is not settled") {
  CHECK_FALSE(settled([](DraftBuilder& d) {
                const auto own = mode_is(d, "required");
                d.at(own).unconfirmed = "Read in a newspaper.";
                return own;
              }).all);
}

TEST_CASE("documents are named once and only where they are still asked for") {
  const auto asked = settled([](DraftBuilder& d) {
    return d.all(
        {has(d, "form_8"), has(d, "form_8"),
         d.any({mode_is(d, "required"), has(d, "dla_award")}),
         d.any({mode_is(d, "left_out"), has(d, "specialist_letter")})});
  });
  CHECK(asked.documents ==
        std::vector<std::string>{"Form 8", "specialist letter"});
}

}  // namespace sendcheck
