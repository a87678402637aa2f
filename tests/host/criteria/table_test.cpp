// Band tables, decision tables and calendars.
#include <catch2/catch.hpp>

#include "school_world.hpp"

namespace sendcheck {
namespace {

using C = CriterionOp;
using Role = ColumnSpec::Role;
using State = Estimate::State;

// Bands of points, to 9, from 10 to 19, from 30 on: nothing is said of 20 to 29.
Checked band(PupilRecord pupil, CriterionOp op = C::at_least,
             const char* limit = "0.00") {
  DraftBuilder d;
  Given given;
  given.table(
      "bands",
      {{"from", ParameterType::decimal, Role::from, "points"},
       {"to", ParameterType::decimal, Role::to, "points"},
       {"amount", ParameterType::money, Role::value, ""}},
      {{"", "9", "0.00"}, {"10", "19", "1500.00"}, {"30", "", "3000.00"}});
  const auto points = d.fact("points");
  d.rule.met_when = d.compare(
      op,
      {d.look_up("bands", "amount", {{"points", points}}), d.pounds(limit)});
  return Checked(d, std::move(pupil), std::move(given));
}

PupilRecord points(const char* stated) {
  return PupilRecord().states("points", number(stated));
}

std::string amount_for(const char* stated) {
  const Estimate found = band(points(stated)).left();
  if (found.state == State::outside) return "outside";
  return found.is_exact() ? found.value.money().to_string() : "unknown";
}

}  // namespace

TEST_CASE("a band holds both its ends, and nothing beyond them") {
  CHECK(amount_for("-100") == "0.00");
  CHECK(amount_for("9") == "0.00");
  CHECK(amount_for("10") == "1500.00");
  CHECK(amount_for("14.5") == "1500.00");
  CHECK(amount_for("19") == "1500.00");
  CHECK(amount_for("30") == "3000.00");
  CHECK(amount_for("1000") == "3000.00");
  CHECK(amount_for("9.5") == "outside");
  CHECK(amount_for("19.001") == "outside");
  CHECK(amount_for("20") == "outside");
  CHECK(amount_for("29.999") == "outside");
}

TEST_CASE("what is outside a table is for a person, and names the table") {
  auto checked = band(points("25"));
  CHECK(checked.truth() == Truth::unknown);
  CHECK(checked.missing().empty());
  CHECK(checked.outside() ==
        std::vector<std::string>{"the amount in the bands for the number of "
                                 "points"});
  CHECK(checked.reasons().have == "outside the table");
}

TEST_CASE("an unknown key leaves a table open, and is asked for") {
  auto checked = band({});
  CHECK(checked.truth() == Truth::unknown);
  CHECK(checked.missing() == std::vector<std::string>{"fact points"});
  CHECK(checked.outside().empty());
}

TEST_CASE("a key that lies within one row by its bounds finds that row") {
  DraftBuilder d;
  Given given;
  given.table("days",
              {{"from", ParameterType::decimal, Role::from, "hours"},
               {"to", ParameterType::decimal, Role::to, "hours"},
               {"rate", ParameterType::money, Role::value, ""}},
              {{"0", "200", "12.50"}});
  d.rule.met_when =
      d.is(d.look_up("days", "rate", {{"hours", d.fact("hours")}}),
           d.pounds("12.50"));
  // Hours are from 0 to 168, whatever they are.
  Checked checked(d, {}, std::move(given));
  CHECK(checked.truth() == Truth::met);
}

TEST_CASE("a table of codes is read by code, and a star stands for any") {
  const auto rate = [](const char* status, const char* year) {
    DraftBuilder d;
    Given given;
    given.table("rates",
                {{"status", ParameterType::code, Role::key, "status"},
                 {"year_from", ParameterType::code, Role::from, "year"},
                 {"year_to", ParameterType::code, Role::to, "year"},
                 {"rate", ParameterType::integer, Role::value, ""}},
                {{"support", "R", "2", "1"}, {"plan_final", "", "", "2"}});
    d.rule.met_when = d.is(d.look_up("rates", "rate",
                                     {{"status", d.fact("sen.status")},
                                      {"year", d.fact("nc_year")}}),
                           d.number("1"));
    PupilRecord pupil;
    if (status) pupil.states("sen.status", std::string(status));
    if (year) pupil.states("nc_year", std::string(year));
    return Checked(d, pupil, std::move(given)).left();
  };
  CHECK(rate("support", "1").value == Value::of(Number(1)));
  CHECK(rate("support", "3").state == State::outside);
  // A year outside the order lies between no two years.
  CHECK(rate("support", "X").state == State::outside);
  CHECK(rate("plan_final", "X").value == Value::of(Number(2)));
  CHECK(rate("plan_final", nullptr).value == Value::of(Number(2)));
  CHECK(rate("none", "1").state == State::outside);
  CHECK(rate(nullptr, "1").state == State::bounded);
  CHECK(rate(nullptr, "1").has_low == false);
}

TEST_CASE("the next date of a calendar is the first that has not passed") {
  const auto next = [](ValueId (*from)(DraftBuilder&), PupilRecord pupil) {
    DraftBuilder d;
    Given given;
    given.table("panels", {{"panel", ParameterType::date, Role::value, ""}},
                {{"2026-12-08"}, {"2026-11-10"}, {"2027-01-12"}});
    d.rule.met_when = d.at_least(d.next_date("panels", "panel", from(d)),
                                 d.date("2026-01-01"));
    return Checked(d, std::move(pupil), std::move(given)).left();
  };
  const auto from_request = [](DraftBuilder& d) {
    return d.fact("requested_on");
  };
  const auto after = [&](const char* on) {
    const Estimate found =
        next(from_request, PupilRecord().states("requested_on", day(on)));
    return found.is_exact() ? found.value.date().to_string() : "none";
  };
  CHECK(after("2026-11-09") == "2026-11-10");
  CHECK(after("2026-11-10") == "2026-11-10");
  CHECK(after("2026-11-11") == "2026-12-08");
  CHECK(after("2027-01-12") == "2027-01-12");
  CHECK(next(from_request,
             PupilRecord().states("requested_on", day("2027-01-13")))
            .state == State::outside);
  const Estimate unknown = next(from_request, {});
  CHECK(unknown.state == State::bounded);
  CHECK_FALSE(unknown.has_low);
  CHECK_FALSE(unknown.has_high);
  // After a day that is still to come, there may be none in the calendar.
  const Estimate to_come =
      next([](DraftBuilder& d) { return d.fact("decided_on"); },
           PupilRecord().states("requested_on", day("2026-11-01")));
  CHECK(to_come.state == State::bounded);
  CHECK_FALSE(to_come.has_low);
}

TEST_CASE("a parameter that the edition does not give is no value") {
  DraftBuilder d;
  Given given;
  given.scalar("limit", ParameterType::decimal, number("5"));
  d.rule.met_when = d.at_least(d.fact("hours"), d.parameter("limit"));
  auto rule = compile(d.rule, school_catalogue(), given.specs);
  REQUIRE(rule.has_value());
  const Binding binding = bind_parameters(*rule, school_catalogue(), {nullptr});
  const Record record = Record::empty(school_catalogue());
  const BankHolidays holidays = school_holidays();
  Evaluation evaluation(*rule, binding, record, school_catalogue(), holidays,
                        *Date::parse("2026-11-22"), nullptr);
  CHECK(evaluation.truth(rule->met_when) == Truth::not_met);
}

}  // namespace sendcheck
