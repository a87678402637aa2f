#include <catch2/catch.hpp>

#include "school_world.hpp"

namespace sendcheck {
namespace {

using C = CriterionOp;
using V = ValueOp;

// The sentence that a criterion is.
template <class Draw>
std::string sentence(Draw draw, Given given = {}) {
  DraftBuilder d;
  d.rule.met_when = draw(d);
  return Checked(d, {}, std::move(given)).words();
}

Given weeks(const char* n) {
  Given given;
  given.scalar("decision_weeks", ParameterType::integer, number(n));
  given.specs.back().unit = "weeks";
  return given;
}

}  // namespace

TEST_CASE("comparisons are sentences") {
  CHECK(sentence([](DraftBuilder& d) {
          return d.compare(C::above,
                           {d.fact("provision_cost"), d.pounds("6000.00")});
        }) ==
        "the annual cost of the additional provision is more than £6,000");
  CHECK(sentence([](DraftBuilder& d) {
          return d.is(d.fact("sen.status"), d.text("plan_final"));
        }) == "the SEN status is EHC plan");
  CHECK(sentence([](DraftBuilder& d) {
          return d.compare(
              C::is_one_of,
              {d.fact("sen.status"), d.text("support"), d.text("plan_final")});
        }) == "the SEN status is SEN support or EHC plan");
  CHECK(sentence([](DraftBuilder& d) {
          return d.compare(C::is_not, {d.fact("sen.status"), d.text("none")});
        }) == "the SEN status is not no special educational needs");
  CHECK(sentence([](DraftBuilder& d) {
          return d.compare(C::between,
                           {d.fact("nc_year"), d.text("R"), d.text("2")});
        }) == "the national curriculum year is between Reception and Year 2");
  CHECK(sentence([](DraftBuilder& d) {
          return d.compare(C::is_known, {d.fact("date_of_birth")});
        }) == "the date of birth is stated");
}

TEST_CASE("a truth is yes or no") {
  const auto consent = [](CriterionOp op, bool truth) {
    return sentence([&](DraftBuilder& d) {
      return d.compare(op, {d.fact("consent.parent"), d.truth(truth)});
    });
  };
  CHECK(consent(C::is, true) == "the parent's consent is yes");
  CHECK(consent(C::is, false) == "the parent's consent is no");
  CHECK(consent(C::is_not, true) == "the parent's consent is no");
  CHECK(consent(C::is_not, false) == "the parent's consent is yes");
}

TEST_CASE("dates are before, after and on") {
  const auto made = [](CriterionOp op) {
    return sentence([&](DraftBuilder& d) {
      return d.compare(op, {d.fact("issued_on"), d.date("2026-02-15")});
    });
  };
  const std::string plan = "the date on which the plan was made is ";
  CHECK(made(C::at_least) == plan + "on or after 15 February 2026");
  CHECK(made(C::at_most) == plan + "on or before 15 February 2026");
  CHECK(made(C::above) == plan + "after 15 February 2026");
  CHECK(made(C::below) == plan + "before 15 February 2026");
}

TEST_CASE("periods are counted in words, one of them in the singular") {
  const auto in_time = [](DraftBuilder& d) {
    return d.at_most(d.fact("decided_on"),
                     d.op(V::within_weeks, {d.parameter("decision_weeks"),
                                            d.fact("requested_on")}));
  };
  CHECK(sentence(in_time, weeks("6")) ==
        "the date of the authority's decision is on or before the last day "
        "within 6 weeks of the date of the request");
  CHECK(sentence(in_time, weeks("1")) ==
        "the date of the authority's decision is on or before the last day "
        "within 1 week of the date of the request");
  CHECK(sentence([](DraftBuilder& d) {
          return d.at_least(
              d.op(V::days_between, {d.fact("requested_on"), d.as_of()}),
              d.number("14"));
        }) ==
        "the number of days from the date of the request to the as-of "
        "date is at least 14");
}

TEST_CASE("a day of the year is said without a year") {
  Given given;
  given.scalar("begins", ParameterType::month_day, number("401"));
  CHECK(sentence(
            [](DraftBuilder& d) {
              return d.at_least(d.fact("issued_on"),
                                d.op(V::on_or_before_day,
                                     {d.parameter("begins"), d.as_of()}));
            },
            std::move(given)) ==
        "the date on which the plan was made is on or after the last 1 April "
        "on or before the as-of date");
}

TEST_CASE("parameters are said by their values and units") {
  const auto hours = [](const char* value, const char* unit) {
    Given given;
    given.scalar("least", ParameterType::decimal, number(value));
    given.specs.back().unit = unit;
    return sentence(
        [](DraftBuilder& d) {
          return d.at_least(d.fact("hours"), d.parameter("least"));
        },
        std::move(given));
  };
  const std::string words = "the number of funded hours a week is at least ";
  // What the fact's own words say already is not said again.
  CHECK(hours("15", "hours a week") == words + "15");
  CHECK(hours("1", "hours a week") == words + "1 hour a week");
  CHECK(hours("15", "") == words + "15");
  CHECK(hours("10", "% of sessions") == words + "10% of sessions");
  CHECK(hours("84", "standard score") == words + "84");
}

TEST_CASE("an amount a year says so") {
  Given given;
  given.scalar("threshold", ParameterType::money, amount("6000.00"));
  given.specs.back().unit = "a year";
  CHECK(sentence(
            [](DraftBuilder& d) {
              return d.compare(C::above, {d.fact("provision_cost"),
                                          d.parameter("threshold")});
            },
            std::move(given)) ==
        "the annual cost of the additional provision is more than £6,000 a "
        "year");
}

TEST_CASE("without an edition, a parameter is said by its label") {
  DraftBuilder d;
  Given given = weeks("6");
  d.rule.met_when =
      d.at_most(d.fact("decided_on"),
                d.op(V::within_weeks,
                     {d.parameter("decision_weeks"), d.fact("requested_on")}));
  const auto rule = compile(d.rule, school_catalogue(), given.specs);
  REQUIRE(rule.has_value());
  const Describer describer(*rule, school_catalogue(), nullptr);
  CHECK(describer.criterion(rule->met_when) ==
        "the date of the authority's decision is on or before the last day "
        "within so many weeks (the decision_weeks) of the date of the request");
}

TEST_CASE("a sentence about a parameter names it") {
  Given given;
  given.scalar("basis", ParameterType::code, std::string("total"));
  CHECK(sentence(
            [](DraftBuilder& d) {
              return d.is(d.parameter("basis"), d.text("total"));
            },
            std::move(given)) == "the basis is total");
}

TEST_CASE("lists are told by what their entries must be") {
  CHECK(sentence([](DraftBuilder& d) {
          return d.any_item("evidence",
                            d.all({d.is(d.item("type"), d.text("form_8")),
                                   d.is(d.item("signed"), d.truth(true))}));
        }) ==
        "there is an entry in the evidence on file where the type of "
        "evidence is Form 8 and the signature on the evidence is yes");
  CHECK(sentence([](DraftBuilder& d) {
          return d.every_item("provision",
                              d.is(d.item("additional"), d.truth(true)));
        }) == "for every entry in the provision, the provision is additional");
  CHECK(sentence([](DraftBuilder& d) {
          return d.at_least(
              d.count("assessments", d.at_most(d.item("score"), d.number("84")),
                      "area"),
              d.number("2"));
        }) ==
        "the number of different values of the area assessed in the "
        "assessments where the standard score is at most 84 is at least "
        "2");
  CHECK(sentence([](DraftBuilder& d) {
          return d.compare(C::above, {d.sum("provision", d.item("cost")),
                                      d.pounds("6000.00")});
        }) ==
        "the total of the annual cost of the provision over the "
        "provision is more than £6,000");
  CHECK(sentence([](DraftBuilder& d) {
          return d.compare(C::below,
                           {d.extreme(V::max_of, "awards", "on"), d.as_of()});
        }) ==
        "the latest date of the award in the awards is before the as-of "
        "date");
}

TEST_CASE("combinations say what belongs together") {
  const auto parts = [](DraftBuilder& d) {
    return std::vector<CriterionId>{
        d.is_true("consent.parent"), d.is_true("care.looked_after"),
        d.at_least(d.fact("hours"), d.number("15"))};
  };
  CHECK(sentence([&](DraftBuilder& d) {
          const auto p = parts(d);
          return d.any({d.all({p[0], p[1]}), p[2]});
        }) ==
        "(the parent's consent is yes and the looked-after status is "
        "yes) or the number of funded hours a week is at least 15");
  CHECK(sentence([&](DraftBuilder& d) {
          return d.combine(C::at_least_of, parts(d), 2);
        }) ==
        "at least 2 of (the parent's consent is yes, the looked-after "
        "status is yes and the number of funded hours a week is at least "
        "15)");
  CHECK(sentence([&](DraftBuilder& d) {
          return d.combine(C::none, {parts(d)[1]});
        }) == "it is not so that the looked-after status is yes");
  CHECK(sentence([&](DraftBuilder& d) {
          const auto p = parts(d);
          return d.combine(C::none, {p[0], p[1]});
        }) ==
        "it is not so that the parent's consent is yes, nor that the "
        "looked-after status is yes");
}

TEST_CASE("what holds where a record says nothing against it is said so") {
  const auto unless_said = [](bool same) {
    return sentence([&](DraftBuilder& d) {
      return d.combine(C::none,
                       {d.all({d.compare(C::is_known, {d.fact("sen.status")}),
                               same ? d.is(d.fact("sen.status"), d.text("none"))
                                    : d.is_true("consent.parent")})});
    });
  };
  CHECK(unless_said(true) ==
        "the record does not say that the SEN status is no special "
        "educational needs");
  CHECK(unless_said(false) ==
        "it is not so that (the SEN status is stated and the parent's "
        "consent is yes)");
}

TEST_CASE("what was asked as a question is answered as a statement") {
  const auto additional = [](CriterionOp op, bool truth) {
    return sentence([&](DraftBuilder& d) {
      return d.every_item(
          "provision", d.compare(op, {d.item("additional"), d.truth(truth)}));
    });
  };
  const std::string each = "for every entry in the provision, ";
  const std::string statement = "the provision is additional";
  CHECK(additional(C::is, true) == each + statement);
  CHECK(additional(C::is_not, false) == each + statement);
  CHECK(additional(C::is, false) == each + "it is not so that " + statement);
  CHECK(additional(C::is_not, true) == each + "it is not so that " + statement);
}

TEST_CASE("a code of a parameter is said in its plugin's words") {
  Given given;
  given.scalar("basis", ParameterType::code, std::string("total"));
  given.specs.back().codes = {"additional", "total"};
  given.specs.back().code_labels = {"what is additional", "all that is spent"};
  CHECK(sentence(
            [](DraftBuilder& d) {
              return d.is(d.parameter("basis"), d.text("total"));
            },
            std::move(given)) == "the basis is all that is spent");
}

TEST_CASE("the author's own words come first") {
  CHECK(sentence([](DraftBuilder& d) {
          const auto own = d.is_true("consent.parent");
          d.at(own).because = "the parent agrees";
          const auto other = d.is_true("care.looked_after");
          return d.all({own, other});
        }) == "the parent agrees and the looked-after status is yes");
}

TEST_CASE("arithmetic is told in words") {
  CHECK(sentence([](DraftBuilder& d) {
          const auto share = d.op(V::divide, {d.fact("attendance.missed"),
                                              d.fact("attendance.possible")});
          return d.at_least(d.op(V::multiply, {share, d.number("100")}),
                            d.number("10"));
        }) ==
        "(the number of sessions missed divided by the number of possible "
        "sessions) times 100 is at least 10");
  CHECK(sentence([](DraftBuilder& d) {
          return d.at_least(d.op(V::age_on, {d.as_of()}), d.number("5"));
        }) == "the age in years on the as-of date is at least 5");
}

TEST_CASE("what is to be something need not be said to be stated as well") {
  CHECK(sentence([](DraftBuilder& d) {
          return d.all({d.compare(C::is_known, {d.fact("sen.status")}),
                        d.is(d.fact("sen.status"), d.text("support"))});
        }) == "the SEN status is SEN support");
  CHECK(sentence([](DraftBuilder& d) {
          return d.all({d.compare(C::is_known, {d.fact("date_of_birth")}),
                        d.is(d.fact("sen.status"), d.text("support"))});
        }) == "the date of birth is stated and the SEN status is SEN support");
  CHECK(sentence([](DraftBuilder& d) {
          return d.compare(C::is_known, {d.count("provision")});
        }) == "the record lists the provision");
}

TEST_CASE("a number is counted in the unit of what it is made from") {
  DraftBuilder d;
  Given given;
  given.scalar("least", ParameterType::integer, number("3"));
  given.specs.back().unit = "sessions";
  d.rule.met_when = d.at_least(d.fact("provision_cost"), d.pounds("1.00"));
  const auto least = d.parameter("least");
  const auto sum = d.op(V::add, {least, d.number("1")});
  const auto share = d.op(V::divide, {least, d.number("2")});
  const auto age = d.op(V::age_on, {d.as_of()});
  d.rule.met_when =
      d.all({d.at_least(sum, d.number("1")), d.at_least(share, d.number("1")),
             d.at_least(age, d.number("1"))});
  Checked checked(d, {}, std::move(given));
  const Rule& rule = checked.evaluation().rule();
  const Describer describer(rule, school_catalogue(), nullptr);
  const auto unit_of_left = [&](std::size_t part) {
    const auto& all =
        rule.tree.criteria[static_cast<std::size_t>(rule.met_when)];
    const auto& comparison =
        rule.tree.criteria[static_cast<std::size_t>(all.children[part])];
    return std::string(describer.unit_of(comparison.values.front()));
  };
  CHECK(unit_of_left(0) == "sessions");
  CHECK(unit_of_left(1).empty());
  CHECK(unit_of_left(2) == "years");
}

}  // namespace sendcheck
