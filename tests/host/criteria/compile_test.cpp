// What does not compile, by id, line and message.
#include <catch2/catch.hpp>

#include "school_world.hpp"

namespace sendcheck {
namespace {

using C = CriterionOp;
using V = ValueOp;
using Role = ColumnSpec::Role;

constexpr int line = 7;

// Every part of the draft was written in line 7.
Error refused(DraftBuilder draft, CriterionId met_when,
              const Given& given = {}) {
  draft.rule.met_when = met_when;
  for (DraftValue& value : draft.rule.values) value.line = line;
  for (DraftCriterion& criterion : draft.rule.criteria) criterion.line = line;
  const auto rule = compile(draft.rule, school_catalogue(), given.specs);
  if (rule) return {"accepted", "", {}};
  return rule.error();
}

void check(const Error& error, const std::string& id,
           const std::string& message, int at_line = line) {
  CHECK(error.id == id);
  CHECK(error.message == message);
  CHECK(error.place.line == at_line);
}

Given tables() {
  Given given;
  given.scalar("limit", ParameterType::money, amount("6000.00"));
  given.list("areas", ParameterType::code, {std::string("reading_speed")});
  given.table("bands",
              {{"points_from", ParameterType::decimal, Role::from, "points"},
               {"points_to", ParameterType::decimal, Role::to, "points"},
               {"amount", ParameterType::money, Role::value, ""}},
              {});
  given.table("by_name",
              {{"name_from", ParameterType::text, Role::from, "name"},
               {"amount", ParameterType::money, Role::value, ""}},
              {});
  given.table("panels",
              {{"panel", ParameterType::date, Role::value, ""},
               {"place", ParameterType::text, Role::value, ""}},
              {});
  return given;
}

}  // namespace

TEST_CASE("a rule needs an id, a title and met_when") {
  const std::string message =
      "a rule needs an id, a title and met_when; rule { id = ..., title = ..., "
      "met_when = ... }";
  DraftBuilder d;
  check(refused(d, -1), "rules.incomplete", message, 0);
  const auto consent = d.is_true("consent.parent");
  CHECK(refused(d, consent).id == "accepted");
  DraftBuilder no_id = d;
  no_id.rule.id.clear();
  check(refused(no_id, consent), "rules.incomplete", message, 0);
  DraftBuilder no_title = d;
  no_title.rule.title.clear();
  check(refused(no_title, consent), "rules.incomplete", message, 0);
}

TEST_CASE("an unknown fact is refused, with the nearest") {
  DraftBuilder d;
  check(
      refused(d, d.is_true("consent.parnet")), "rules.unknown_fact",
      "there is no fact \"consent.parnet\"; did you mean \"consent.parent\"?");
  check(refused(d, d.is_true("shoe_size")), "rules.unknown_fact",
        "there is no fact \"shoe_size\": see rules/facts.json");
  check(refused(d, d.any_item("assesments", d.is_true("hours"))),
        "rules.unknown_fact",
        "there is no fact \"assesments\"; did you mean \"assessments\"?");
  check(refused(d, d.at_least(d.count("awrds"), d.number("1"))),
        "rules.unknown_fact",
        "there is no fact \"awrds\"; did you mean \"awards\"?");
}

TEST_CASE("a single fact is no list, and a list is no value") {
  DraftBuilder d;
  check(refused(d, d.at_least(d.count("hours"), d.number("1"))),
        "rules.not_a_list",
        "\"hours\" is a single fact, not a list: use fact \"hours\"");
  check(refused(d, d.is_true("evidence")), "rules.list_as_value",
        "\"evidence\" is a list: use any_item, count, sum, latest ...");
}

TEST_CASE("an unknown field is refused, and an item outside a list") {
  DraftBuilder d;
  check(refused(d,
                d.any_item("evidence", d.is(d.item("kind"), d.text("form_8")))),
        "rules.unknown_field",
        "an entry of \"evidence\" has no \"kind\"; it has type, on and signed");
  check(
      refused(d, d.at_least(d.extreme(V::max_of, "awards", "when"), d.as_of())),
      "rules.unknown_field",
      "an entry of \"awards\" has no \"when\"; it has on and amount");
  check(
      refused(d,
              d.at_least(d.count("assessments", -1, "subject"), d.number("1"))),
      "rules.unknown_field",
      "an entry of \"assessments\" has no \"subject\"; it has area, score and "
      "on");
  check(refused(d, d.is(d.item("signed"), d.truth(true))),
        "rules.item_outside_list",
        "item \"signed\" stands outside any_item, every_item, count, sum ...");
}

TEST_CASE("an undeclared parameter is refused, with the nearest") {
  DraftBuilder d;
  const Given given = tables();
  check(refused(d, d.at_least(d.fact("provision_cost"), d.parameter("limt")),
                given),
        "rules.unknown_parameter",
        "plugin.json declares no parameter \"limt\"; did you mean \"limit\"?");
  check(
      refused(d, d.at_least(d.fact("provision_cost"), d.parameter("threshold")),
              given),
      "rules.unknown_parameter",
      "plugin.json declares no parameter \"threshold\"");
  check(refused(d,
                d.at_least(
                    d.look_up("band", "amount", {{"points", d.fact("points")}}),
                    d.pounds("1.00")),
                given),
        "rules.unknown_parameter",
        "plugin.json declares no parameter \"band\"; did you mean \"bands\"?");
}

TEST_CASE("an unknown code is refused, with the nearest or all") {
  DraftBuilder d;
  check(refused(d, d.is(d.fact("sen.status"), d.text("suport"))),
        "rules.unknown_code",
        "\"suport\" is no code of sen_status; did you mean \"support\"?");
  check(refused(d, d.compare(C::is_one_of, {d.fact("sen.status"),
                                            d.text("support"), d.text("K")})),
        "rules.unknown_code",
        "\"K\" is no code of sen_status: none, support, plan_final");
}

TEST_CASE("only like is compared with like") {
  DraftBuilder d;
  const Given given = tables();
  const auto mixed = [&](CriterionId id) { return refused(d, id, given); };
  check(mixed(d.at_least(d.fact("provision_cost"), d.number("6000"))),
        "rules.type",
        "cannot compare an amount of money and a number; write an amount as "
        "pounds \"6000.00\"");
  check(mixed(d.is(d.fact("consent.parent"), d.text("yes"))), "rules.type",
        "cannot compare true or false and a text");
  check(mixed(d.at_least(d.fact("issued_on"), d.number("3"))), "rules.type",
        "cannot compare a date and a number");
  check(mixed(d.is(d.fact("nc_year"), d.fact("sen.status"))), "rules.type",
        "cannot compare a code and a code");
  check(mixed(d.is(d.fact("fund"), d.fact("sen.status"))), "rules.type",
        "cannot compare a text and a code");
  CHECK(mixed(d.compare(C::between,
                        {d.fact("hours"), d.number("1"), d.pounds("2.00")}))
            .id == "rules.type");
  CHECK(mixed(d.is(d.fact("sen.status"), d.parameter("areas"))).id ==
        "rules.type");
  CHECK(
      mixed(d.compare(C::is_one_of, {d.parameter("areas"), d.text("x")})).id ==
      "rules.type");
}

TEST_CASE("only what can be worked out is worked out") {
  DraftBuilder d;
  const Given given = tables();
  const auto value = [&](ValueId id, ValueId other) {
    return refused(d, d.at_least(id, other), given);
  };
  const auto money = [&]() { return d.fact("provision_cost"); };
  const auto hours = [&]() { return d.fact("hours"); };
  check(value(d.op(V::add, {money(), hours()}), money()), "rules.type",
        "cannot add an amount of money and a number; write an amount as pounds "
        "\"6000.00\"");
  check(value(d.op(V::multiply, {money(), money()}), money()), "rules.type",
        "cannot multiply an amount of money and an amount of money");
  check(value(d.op(V::divide, {hours(), money()}), hours()), "rules.type",
        "cannot divide a number and an amount of money; write an amount as "
        "pounds \"6000.00\"");
  check(value(d.op(V::subtract, {d.as_of(), d.fact("issued_on")}), hours()),
        "rules.type", "cannot subtract a date and a date");
  check(value(d.op(V::add, {d.parameter("areas"), hours()}), hours()),
        "rules.type", "cannot add a list of values and a number");
  check(value(d.op(V::lowest, {hours(), money()}), hours()), "rules.type",
        "cannot order a number and an amount of money; write an amount as "
        "pounds \"6000.00\"");
  check(value(d.choose({{d.is_true("consent.parent"), hours()}, {-1, money()}}),
              hours()),
        "rules.type",
        "cannot choose between a number and an amount of money; write an "
        "amount as pounds \"6000.00\"");
  check(value(d.sum("assessments", d.item("on")), hours()), "rules.type",
        "sum adds numbers or amounts, not a date");
  check(value(d.op(V::days_after, {d.as_of(), hours()}), d.as_of()),
        "rules.type", "expected a number and found a date");
  check(value(d.op(V::within_weeks, {hours()}), d.as_of()), "rules.type",
        "expected a date and found nothing");
  check(value(d.op(V::age_on, {hours()}), hours()), "rules.type",
        "expected a date and found a number");
  check(value(d.parameter("bands"), hours()), "rules.type",
        "\"bands\" is a table: read it with look_up or next_date");
  check(value(d.look_up("limit", "amount", {{"points", hours()}}), money()),
        "rules.type", "\"limit\" is no table or calendar");
  check(value(d.look_up("bands", "amount", {{"points", money()}}), money()),
        "rules.type",
        "cannot look up an amount of money and a number; write an amount as "
        "pounds \"6000.00\"");
  check(value(d.next_date("panels", "place", d.as_of()), d.as_of()),
        "rules.type",
        "next_date finds a date after a date; found a text after "
        "a date");
  check(value(d.next_date("panels", "panel", hours()), d.as_of()), "rules.type",
        "next_date finds a date after a date; found a date after a number");
}

TEST_CASE("before and after are for dates") {
  DraftBuilder d;
  const auto id = d.compare(C::below, {d.fact("hours"), d.number("15")});
  CHECK(refused(d, id).id == "accepted");
  d.at(id).of_dates = true;
  check(refused(d, id), "rules.type",
        "before, after, on_or_before and on_or_after compare dates; found a "
        "number");
}

TEST_CASE("what has no order is not put in one") {
  DraftBuilder d;
  const Given given = tables();
  check(refused(d, d.at_least(d.fact("sen.status"), d.text("support"))),
        "rules.unordered", "a code has no order: use is or is_one_of");
  check(refused(d, d.at_most(d.fact("fund"), d.text("m"))), "rules.unordered",
        "a text has no order: use is or is_one_of");
  check(refused(d,
                d.compare(C::below, {d.fact("consent.parent"), d.truth(true)})),
        "rules.unordered", "true or false has no order: use is or is_one_of");
  check(refused(d, d.at_least(d.extreme(V::max_of, "assessments", "area"),
                              d.text("x"))),
        "rules.unordered", "\"area\" has no largest or smallest: it is a code");
  check(refused(d,
                d.at_least(
                    d.look_up("by_name", "amount", {{"name", d.fact("fund")}}),
                    d.pounds("1.00")),
                given),
        "rules.unordered",
        "a text has no order: \"name_from\" of \"by_name\" cannot be where it "
        "begins or ends");
  CHECK(refused(d, d.at_least(d.fact("nc_year"), d.text("1"))).id ==
        "accepted");
}

TEST_CASE("a table has the columns that it has") {
  DraftBuilder d;
  const Given given = tables();
  const auto points = [&]() { return d.fact("points"); };
  const auto value = [&](ValueId id) {
    return refused(d, d.at_least(id, d.pounds("1.00")), given);
  };
  check(value(d.look_up("bands", "amuont", {{"points", points()}})),
        "rules.unknown_column",
        "\"bands\" has no column \"amuont\"; it has points_from, points_to and "
        "amount");
  check(value(d.look_up("bands", "amount", {{"score", points()}})),
        "rules.unknown_column",
        "\"bands\" is looked up by points; give each of these and no other");
  check(value(d.look_up("bands", "amount", {})), "rules.unknown_column",
        "\"bands\" is looked up by points; give each of these and no other");
}

TEST_CASE("half a criterion is refused") {
  DraftBuilder d;
  const auto hours = [&]() { return d.fact("hours"); };
  for (CriterionOp op : {C::all, C::any, C::none, C::at_least_of}) {
    check(refused(d, d.combine(op, {}, 1)), "rules.incomplete",
          "a combination needs at least one criterion");
  }
  for (CriterionOp op : {C::is, C::is_not, C::is_one_of, C::at_least,
                         C::at_most, C::above, C::below}) {
    check(refused(d, d.compare(op, {hours()})), "rules.incomplete",
          "a comparison needs something to compare with");
  }
  check(refused(d, d.compare(C::between, {hours(), d.number("1")})),
        "rules.incomplete", "between needs a least and a most");
  check(refused(d, d.at_least(d.op(V::add, {hours()}), hours())),
        "rules.incomplete", "an arithmetic operator needs two values");
  check(refused(d, d.at_least(d.op(V::highest, {}), hours())),
        "rules.incomplete", "lowest and highest need a value");
  check(refused(d, d.at_least(d.choose({}), hours())), "rules.incomplete",
        "choose needs a when");
  check(refused(d, d.at_least(d.extreme(V::max_of, "awards", ""), d.as_of())),
        "rules.incomplete",
        "name the field whose largest or smallest is meant");
  check(refused(d, d.at_least(d.op(V::compute, {}), hours())),
        "rules.incomplete", "compute needs a function");
  check(refused(d, d.compare(C::test, {})), "rules.incomplete",
        "test needs a function");
}

TEST_CASE("at least so many of the criteria that there are") {
  DraftBuilder d;
  const auto of = [&](int n) {
    return d.combine(
        C::at_least_of,
        {d.is_true("consent.parent"), d.is_true("care.looked_after")}, n);
  };
  for (int n : {1, 2}) CHECK(refused(d, of(n)).id == "accepted");
  check(refused(d, of(3)), "rules.at_least_of",
        "at_least_of asks for 3 of 2 criteria; ask for 1 or more, and for no "
        "more than there are");
  CHECK(refused(d, of(0)).id == "rules.at_least_of");
  CHECK(refused(d, of(-1)).id == "rules.at_least_of");
}

TEST_CASE("payments, deadlines and actions are checked as well") {
  DraftBuilder d;
  const auto met_when = d.is_true("consent.parent");
  const auto with_payment = [&](Payment payment) {
    DraftBuilder with = d;
    with.rule.payments = {payment};
    return refused(with, met_when);
  };
  Payment payment;
  payment.period = "fortnight";
  payment.value = d.pounds("100.00");
  check(with_payment(payment), "rules.period",
        "the period of an amount is one of financial_year, hour, month, "
        "one_off, period, term, week, year; found \"fortnight\"",
        0);
  payment.period = "year";
  CHECK(with_payment(payment).id == "accepted");
  payment.value = d.number("100");
  check(with_payment(payment), "rules.type",
        "expected an amount of money here and found a number");
  payment.value = -1;
  check(with_payment(payment), "rules.incomplete", "a payment needs a value",
        0);
  payment.published = false;
  CHECK(with_payment(payment).id == "accepted");

  const auto with_deadline = [&](Deadline deadline) {
    DraftBuilder with = d;
    with.rule.has_deadline = true;
    with.rule.deadline = deadline;
    return refused(with, met_when);
  };
  Deadline deadline;
  deadline.date = d.as_of();
  deadline.basis = "habit";
  check(with_deadline(deadline), "rules.basis",
        "the basis of a deadline is law, guidance or local; found \"habit\"",
        0);
  deadline.basis = "law";
  CHECK(with_deadline(deadline).id == "accepted");
  deadline.date = d.number("3");
  CHECK(with_deadline(deadline).id == "rules.type");
  deadline.date = -1;
  check(with_deadline(deadline), "rules.incomplete", "a deadline needs a date",
        0);

  DraftBuilder with_action = d;
  Action action;
  action.text = "Apply";
  action.by = with_action.number("3");
  with_action.rule.actions[Outcome::met] = {action};
  check(refused(with_action, met_when), "rules.type",
        "expected a date here and found a number");
}

TEST_CASE("a catalogue without what a rule counts on is named") {
  DraftBuilder d;
  const auto met_when = d.judgement("fair", "Is it fair?");
  d.rule.met_when = met_when;
  const Catalogue none;
  auto rule = compile(d.rule, none, {});
  REQUIRE_FALSE(rule.has_value());
  CHECK(rule.error().id == "rules.unknown_fact");
  d.rule.met_when = d.at_least(d.op(V::age_on, {d.as_of()}), d.number("5"));
  rule = compile(d.rule, none, {});
  REQUIRE_FALSE(rule.has_value());
  CHECK(rule.error().id == "rules.unknown_fact");
}

TEST_CASE("a rule knows the facts that it reads") {
  DraftBuilder d;
  const auto age = d.at_least(d.op(V::age_on, {d.as_of()}), d.number("5"));
  const auto letter =
      d.any_item("evidence", d.is(d.item("type"), d.text("specialist_letter")));
  d.rule.met_when = d.all(
      {age, letter, d.is_true("consent.parent"), d.is_true("consent.parent")});
  const auto rule = compile(d.rule, school_catalogue(), {});
  REQUIRE(rule.has_value());
  std::vector<std::string> paths;
  for (const FactRef& fact : rule->facts) {
    paths.push_back(school_catalogue().spec(fact).path);
  }
  CHECK(paths == std::vector<std::string>{"date_of_birth", "consent.parent",
                                          "evidence"});
}

}  // namespace sendcheck
