#include <catch2/catch.hpp>

#include "school_world.hpp"

namespace sendcheck {
namespace {

using C = CriterionOp;
using V = ValueOp;
using Words = std::vector<std::string>;
constexpr Truth met = Truth::met;
constexpr Truth not_met = Truth::not_met;
constexpr Truth unknown = Truth::unknown;

// Checks one criterion of one record.
struct Ask {
  DraftBuilder draft;
  Given given;
  Checked of(CriterionId criterion, PupilRecord pupil = {},
             const char* as_of = "2026-11-22") {
    draft.rule.met_when = criterion;
    return Checked(draft, std::move(pupil), std::move(given), as_of);
  }
};

PupilRecord with_scores(std::vector<const char*> scores) {
  PupilRecord pupil;
  pupil.holds_nothing_in("assessments");
  const char* areas[] = {"reading_speed", "writing_speed", "working_memory"};
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (scores[i]) {
      pupil.holds("assessments", {{"area", std::string(areas[i])},
                                  {"score", number(scores[i])}});
    } else {
      pupil.holds("assessments", {{"area", std::string(areas[i])}});
    }
  }
  return pupil;
}

Truth two_low_scores(PupilRecord pupil) {
  Ask ask;
  DraftBuilder& d = ask.draft;
  const auto low = d.at_most(d.item("score"), d.number("84"));
  return ask
      .of(d.at_least(d.count("assessments", low), d.number("2")),
          std::move(pupil))
      .truth();
}

PupilRecord with_costs(std::vector<const char*> costs) {
  PupilRecord pupil;
  pupil.holds_nothing_in("provision");
  for (const char* cost : costs) {
    if (cost) {
      pupil.holds("provision", {{"cost", amount(cost)}});
    } else {
      pupil.holds("provision", {{"name", std::string("reading group")}});
    }
  }
  return pupil;
}

Truth total_cost(CriterionOp op, const char* limit, PupilRecord pupil) {
  Ask ask;
  DraftBuilder& d = ask.draft;
  return ask
      .of(d.compare(op, {d.sum("provision", d.item("cost")), d.pounds(limit)}),
          std::move(pupil))
      .truth();
}

CriterionId has_recent_letter(DraftBuilder& d) {
  return d.any_item("evidence",
                    d.all({d.is(d.item("type"), d.text("specialist_letter")),
                           d.at_least(d.item("on"), d.date("2025-11-22"))}));
}

}  // namespace

TEST_CASE("two known qualifying scores are two, whatever the third is") {
  CHECK(two_low_scores(with_scores({"80", "84", nullptr})) == met);
  CHECK(two_low_scores(with_scores({"80", "85", nullptr})) == unknown);
  CHECK(two_low_scores(with_scores({"80", nullptr, nullptr})) == unknown);
  CHECK(two_low_scores(with_scores({"85", "85", nullptr})) == not_met);
  CHECK(two_low_scores(with_scores({"80", "85", "90"})) == not_met);
}

TEST_CASE(
    "an absent list is unknown, and an empty one says that there are none") {
  CHECK(two_low_scores({}) == unknown);
  CHECK(two_low_scores(with_scores({})) == not_met);
  CHECK(total_cost(C::above, "0.00", with_costs({})) == not_met);
  PupilRecord silent;
  CHECK(total_cost(C::above, "0.00", std::move(silent)) == unknown);
}

TEST_CASE("an absent list of events is an empty one") {
  Ask ask;
  DraftBuilder& d = ask.draft;
  auto checked = ask.of(d.at_most(d.count("awards"), d.number("0")));
  CHECK(checked.truth() == met);
}

TEST_CASE("different areas count once, known and unknown alike") {
  const auto two_areas = [](PupilRecord pupil) {
    Ask ask;
    DraftBuilder& d = ask.draft;
    const auto low = d.at_most(d.item("score"), d.number("84"));
    return ask.of(
        d.at_least(d.count("assessments", low, "area"), d.number("2")),
        std::move(pupil));
  };
  PupilRecord twice;
  for (const char* score : {"80", "70"}) {
    twice.holds("assessments", {{"area", std::string("reading_speed")},
                                {"score", number(score)}});
  }
  CHECK(two_areas(twice).truth() == not_met);
  // A second test in the same area adds nothing, so its score is not asked for.
  PupilRecord retest;
  retest
      .holds("assessments",
             {{"area", std::string("reading_speed")}, {"score", number("80")}})
      .holds("assessments", {{"area", std::string("reading_speed")}})
      .holds("assessments", {{"area", std::string("writing_speed")}})
      .holds("assessments", {{"area", std::string("working_memory")}});
  auto checked = two_areas(retest);
  CHECK(checked.truth() == unknown);
  CHECK(checked.missing() ==
        Words{"fact assessments[area=writing_speed].score",
              "fact assessments[area=working_memory].score"});
}

TEST_CASE("a total is decided where the bounds decide it") {
  // Costs are not negative: what is on file is enough already.
  CHECK(total_cost(C::above, "6000.00",
                   with_costs({"4000.00", "2000.01", nullptr})) == met);
  CHECK(total_cost(C::above, "6000.00",
                   with_costs({"4000.00", "2000.00", nullptr})) == unknown);
  CHECK(total_cost(C::at_most, "6000.00", with_costs({"6000.01", nullptr})) ==
        not_met);
  CHECK(total_cost(C::above, "6000.00", with_costs({"4000.00", "2000.00"})) ==
        not_met);
}

TEST_CASE("what may not be there at all may add nothing to a total") {
  const auto total = [](CriterionOp op, const char* limit) {
    Ask ask;
    DraftBuilder& d = ask.draft;
    const auto additional = d.is(d.item("additional"), d.truth(true));
    const auto cost = d.choose({{additional, d.item("cost")}});
    return ask
        .of(d.compare(op, {d.sum("provision", cost), d.pounds(limit)}),
            with_costs({"4000.00", "1000.00"}))
        .truth();
  };
  CHECK(total(C::at_least, "0.00") == met);
  CHECK(total(C::at_least, "5000.00") == unknown);
  CHECK(total(C::at_most, "0.00") == unknown);
  CHECK(total(C::above, "5000.00") == not_met);
}

TEST_CASE("hours have a least and a most") {
  const auto hours = [](CriterionOp op, const char* limit) {
    Ask ask;
    DraftBuilder& d = ask.draft;
    return ask.of(d.compare(op, {d.fact("hours"), d.number(limit)})).truth();
  };
  CHECK(hours(C::at_least, "0") == met);
  CHECK(hours(C::above, "0") == unknown);
  CHECK(hours(C::above, "168") == not_met);
  CHECK(hours(C::at_most, "168") == met);
  CHECK(hours(C::is, "169") == not_met);
  CHECK(hours(C::is_not, "169") == met);
}

TEST_CASE("money is exact to the penny") {
  const auto above_threshold = [](const char* cost) {
    Ask ask;
    DraftBuilder& d = ask.draft;
    return ask
        .of(d.compare(C::above,
                      {d.fact("provision_cost"), d.pounds("6000.00")}),
            PupilRecord().states("provision_cost", amount(cost)))
        .truth();
  };
  CHECK(above_threshold("6000.00") == not_met);
  CHECK(above_threshold("6000.01") == met);
  CHECK(above_threshold("5999.99") == not_met);
}

TEST_CASE("a share is compared exactly: 24 of 241 sessions are less than 10%") {
  const auto persistent = [](const char* missed, const char* possible) {
    Ask ask;
    DraftBuilder& d = ask.draft;
    const auto share =
        d.op(V::multiply, {d.op(V::divide, {d.fact("attendance.missed"),
                                            d.fact("attendance.possible")}),
                           d.number("100")});
    return ask
        .of(d.at_least(share, d.number("10")),
            PupilRecord()
                .states("attendance.missed", number(missed))
                .states("attendance.possible", number(possible)))
        .truth();
  };
  CHECK(persistent("24", "241") == not_met);
  CHECK(persistent("24", "240") == met);
  CHECK(persistent("25", "241") == met);
  // Of no sessions there is no share.
  CHECK(persistent("0", "0") == not_met);
}

TEST_CASE("thirds of a pound are kept until the end") {
  Ask ask;
  DraftBuilder& d = ask.draft;
  const auto third = d.op(V::divide, {d.fact("provision_cost"), d.number("3")});
  const auto whole = d.op(V::multiply, {third, d.number("3")});
  CHECK(ask.of(d.is(whole, d.pounds("100.00")),
               PupilRecord().states("provision_cost", amount("100.00")))
            .truth() == met);
}

TEST_CASE("a quotient of large amounts needs no inverse that fits") {
  Ask ask;
  DraftBuilder& d = ask.draft;
  const auto share =
      d.op(V::divide, {d.fact("provision_cost"), d.pounds("99999999.99")});
  auto checked =
      ask.of(d.is(share, d.number("1")),
             PupilRecord().states("provision_cost", amount("99999999.99")));
  CHECK(checked.truth() == met);
  CHECK(checked.fault().empty());
}

TEST_CASE("what does not fit is a fault, never a wrong answer") {
  PupilRecord pupil;
  pupil.states("points", number("999999999999999"));
  SECTION("a product") {
    Ask ask;
    DraftBuilder& d = ask.draft;
    const auto square = d.op(V::multiply, {d.fact("points"), d.fact("points")});
    auto checked = ask.of(d.at_least(square, d.number("1")), pupil);
    CHECK(checked.fault() == "rules.number_too_large");
  }
  SECTION("a total") {
    Ask ask;
    DraftBuilder& d = ask.draft;
    const auto part = d.op(V::multiply, {d.item("score"), d.fact("points")});
    PupilRecord many = pupil;
    for (int i = 0; i < 100; ++i) {
      many.holds("assessments", {{"score", number("160")}});
    }
    auto checked =
        ask.of(d.at_least(d.sum("assessments", part), d.number("1")), many);
    CHECK(checked.fault() == "rules.number_too_large");
  }
  SECTION("a period that no calendar holds") {
    for (ValueOp op : {V::days_after, V::within_weeks, V::weeks_before,
                       V::months_after, V::months_before}) {
      Ask ask;
      DraftBuilder& d = ask.draft;
      const auto date = d.op(op, {d.fact("points"), d.as_of()});
      auto checked = ask.of(d.at_least(date, d.date("2026-11-22")), pupil);
      CHECK(checked.fault() == "rules.number_too_large");
      CHECK(checked.truth() == unknown);
    }
  }
  SECTION("half a day") {
    Ask ask;
    DraftBuilder& d = ask.draft;
    const auto date = d.op(V::days_after, {d.fact("points"), d.as_of()});
    auto checked = ask.of(d.at_least(date, d.date("2026-11-22")),
                          PupilRecord().states("points", number("3.5")));
    CHECK(checked.fault() == "rules.not_whole");
  }
  SECTION("a day that is in no year") {
    for (const char* wrong : {"1301", "230", "15", "-101", "100", "431"}) {
      Ask ask;
      DraftBuilder& d = ask.draft;
      const auto date = d.op(V::on_day, {d.fact("points"), d.as_of()});
      auto checked = ask.of(d.at_least(date, d.date("2026-11-22")),
                            PupilRecord().states("points", number(wrong)));
      INFO(wrong);
      CHECK(checked.fault() == "rules.no_such_day");
    }
  }
  SECTION("a year without bank holidays") {
    Ask ask;
    DraftBuilder& d = ask.draft;
    const auto date = d.op(V::working_days_after, {d.number("5"), d.as_of()});
    auto checked =
        ask.of(d.at_least(date, d.date("2026-11-22")), {}, "2040-01-01");
    CHECK(checked.fault() == "calendar.not_covered");
  }
}

TEST_CASE("numbers that are only tried out break nothing") {
  Ask ask;
  DraftBuilder& d = ask.draft;
  const auto cube = d.op(
      V::multiply,
      {d.fact("points"),
       d.op(V::multiply, {d.fact("hours"), d.fact("attendance.possible")})});
  const auto scaled = d.op(V::multiply, {cube, d.number("999999999999999")});
  auto checked = ask.of(d.at_least(scaled, d.number("7")));
  CHECK(checked.truth() == unknown);
  CHECK(checked.missing().size() == 3);
  checked.routes();
  CHECK(checked.fault().empty());
}

TEST_CASE("an open list asks and never refutes") {
  PupilRecord old;
  old.holds("evidence", {{"type", std::string("specialist_letter")},
                         {"on", day("2020-01-01")}});
  for (PupilRecord pupil :
       {PupilRecord(), old, PupilRecord().holds_nothing_in("evidence")}) {
    Ask ask;
    auto checked = ask.of(has_recent_letter(ask.draft), pupil);
    CHECK(checked.truth() == unknown);
    CHECK(checked.missing() ==
          Words{"evidence evidence[type=specialist_letter]"});
    CHECK(checked.routes() == Words{"supply evidence[type=specialist_letter]"});
  }
}

TEST_CASE("an open list states no end: a limit to what it holds stays open") {
  const auto at_most_one = [](PupilRecord pupil) {
    Ask ask;
    DraftBuilder& d = ask.draft;
    return ask
        .of(d.at_most(d.count("evidence"), d.number("1")), std::move(pupil))
        .truth();
  };
  PupilRecord pupil;
  pupil.holds("evidence", {{"type", std::string("form_8")}});
  CHECK(at_most_one(pupil) == unknown);
  pupil.holds("evidence", {{"type", std::string("dla_award")}});
  CHECK(at_most_one(pupil) == not_met);
}

TEST_CASE("an expired document is not counted, and is named in the reasons") {
  Ask ask;
  auto checked =
      ask.of(has_recent_letter(ask.draft),
             PupilRecord().holds("evidence",
                                 {{"type", std::string("specialist_letter")},
                                  {"on", day("2025-11-21")}}));
  const Reason reason = checked.reasons();
  CHECK(reason.result == unknown);
  CHECK(reason.have == "none of 1 on file");
  REQUIRE(reason.children.size() == 1);
  CHECK(reason.children[0].label == "specialist letter");
  CHECK(reason.children[0].have == "date of the evidence 21 November 2025");
  CHECK(reason.children[0].result == not_met);
  REQUIRE(reason.children[0].children.size() == 2);
  CHECK(reason.children[0].children[1].gap == "1 day before");
  Ask again;
  CHECK(again
            .of(has_recent_letter(again.draft),
                PupilRecord().holds("evidence",
                                    {{"type", std::string("specialist_letter")},
                                     {"on", day("2025-11-22")}}))
            .truth() == met);
}

TEST_CASE("what is stated so far can only grow") {
  const auto weeks = [](CriterionOp op, const char* limit) {
    Ask ask;
    DraftBuilder& d = ask.draft;
    return ask.of(d.compare(op, {d.fact("portage_weeks"), d.number(limit)}),
                  PupilRecord().states("portage_weeks", number("8")));
  };
  CHECK(weeks(C::at_least, "8").truth() == met);
  auto more = weeks(C::at_least, "12");
  CHECK(more.truth() == unknown);
  CHECK(more.routes() == Words{"supply portage_weeks"});
  CHECK(more.reasons().have == "at least 8 so far");
  // No supply makes eight weeks seven.
  auto fewer = weeks(C::at_most, "7");
  CHECK(fewer.truth() == not_met);
  CHECK(fewer.routes().empty());
}

TEST_CASE("absent is not false") {
  for (const bool asked : {true, false}) {
    for (CriterionOp op : {C::is, C::is_not}) {
      Ask ask;
      DraftBuilder& d = ask.draft;
      auto checked =
          ask.of(d.compare(op, {d.fact("care.looked_after"), d.truth(asked)}));
      CHECK(checked.truth() == unknown);
      CHECK(checked.missing() == Words{"fact care.looked_after"});
    }
  }
}

TEST_CASE("what is asked of a fact that is known is never unknown") {
  const auto is_known = [](const char* fact, PupilRecord pupil) {
    Ask ask;
    DraftBuilder& d = ask.draft;
    return ask.of(d.compare(C::is_known, {d.fact(fact)}), std::move(pupil))
        .truth();
  };
  CHECK(is_known("date_of_birth", {}) == not_met);
  CHECK(is_known("date_of_birth",
                 PupilRecord().states("date_of_birth", day("2020-02-29"))) ==
        met);
  CHECK(is_known("hours", {}) == not_met);
  CHECK(is_known("portage_weeks",
                 PupilRecord().states("portage_weeks", number("3"))) == met);
  CHECK(is_known("decided_on",
                 PupilRecord().states("requested_on", day("2026-11-01"))) ==
        not_met);
}

TEST_CASE("a code outside the order is neither before nor after any other") {
  const auto year = [](CriterionOp op, std::vector<const char*> limits,
                       const char* stated) {
    Ask ask;
    DraftBuilder& d = ask.draft;
    std::vector<ValueId> values = {d.fact("nc_year")};
    for (const char* limit : limits) values.push_back(d.text(limit));
    PupilRecord pupil;
    if (stated) pupil.states("nc_year", std::string(stated));
    return ask.of(d.compare(op, values), std::move(pupil)).truth();
  };
  for (CriterionOp op : {C::at_least, C::at_most, C::above, C::below}) {
    CHECK(year(op, {"2"}, "X") == not_met);
    CHECK(year(op, {"X"}, "2") == not_met);
    CHECK(year(op, {"2"}, nullptr) == unknown);
  }
  CHECK(year(C::between, {"R", "X"}, "2") == not_met);
  CHECK(year(C::between, {"R", "3"}, "X") == not_met);
  CHECK(year(C::is, {"X"}, "X") == met);
  CHECK(year(C::is_not, {"2"}, "X") == met);
  CHECK(year(C::at_least, {"2"}, "3") == met);
  CHECK(year(C::below, {"R"}, "1") == not_met);
  CHECK(year(C::between, {"1", "2"}, "R") == not_met);
}

TEST_CASE("a parameter that is no code of the fact's list matches nothing") {
  for (CriterionOp op : {C::at_least, C::at_most, C::is}) {
    Ask ask;
    DraftBuilder& d = ask.draft;
    ask.given.scalar("year", ParameterType::code, std::string("99"));
    CHECK(ask.of(d.compare(op, {d.fact("nc_year"), d.parameter("year")}),
                 PupilRecord().states("nc_year", std::string("2")))
              .truth() == not_met);
  }
}

TEST_CASE("a step that has begun and has no date is still to come") {
  const auto decided = [](CriterionOp op, const char* limit,
                          PupilRecord pupil) {
    Ask ask;
    DraftBuilder& d = ask.draft;
    return ask.of(d.compare(op, {d.fact("decided_on"), d.date(limit)}),
                  std::move(pupil));
  };
  const auto begun = PupilRecord().states("requested_on", day("2026-10-01"));
  // Overdue: no later date can be in time, and nothing is left to be done about it.
  auto overdue = decided(C::at_most, "2026-11-12", begun);
  CHECK(overdue.truth() == not_met);
  CHECK(overdue.routes().empty());
  CHECK(overdue.reasons().have == "not yet");
  CHECK(decided(C::at_most, "2026-11-22", begun).truth() == not_met);
  auto in_time = decided(C::at_most, "2026-11-23", begun);
  CHECK(in_time.truth() == unknown);
  CHECK(in_time.missing().empty());
  CHECK(in_time.routes() == Words{"supply decided_on"});
  CHECK(decided(C::above, "2026-11-22", begun).truth() == met);
  // Not begun: only unknown, and asked for.
  auto silent = decided(C::at_most, "2026-11-12", {});
  CHECK(silent.truth() == unknown);
  CHECK(silent.missing() == Words{"fact decided_on"});
}

TEST_CASE("a step that must have happened is asked for") {
  const auto issued = [](const char* status) {
    Ask ask;
    DraftBuilder& d = ask.draft;
    PupilRecord pupil;
    pupil.states("requested_on", day("2026-01-01"));
    if (status) pupil.states("sen.status", std::string(status));
    return ask.of(d.at_most(d.fact("issued_on"), d.date("2026-05-21")),
                  std::move(pupil));
  };
  CHECK(issued("plan_final").truth() == unknown);
  CHECK(issued("plan_final").missing() == Words{"fact issued_on"});
  CHECK(issued("support").truth() == not_met);
  CHECK(issued(nullptr).truth() == not_met);
}

TEST_CASE("the latest answer to a question counts") {
  const auto answered = [](std::vector<std::pair<bool, const char*>> answers) {
    Ask ask;
    DraftBuilder& d = ask.draft;
    PupilRecord pupil;
    pupil.holds("judgements",
                {{"question", std::string("another")}, {"answer", true}});
    for (const auto& [answer, on] : answers) {
      pupil.holds("judgements", {{"question", std::string("exceptional")},
                                 {"answer", answer},
                                 {"on", day(on)}});
    }
    return ask.of(d.judgement("exceptional", "Is the case exceptional?"),
                  std::move(pupil));
  };
  auto open = answered({});
  CHECK(open.truth() == unknown);
  CHECK(open.missing() == Words{"judgement judgements[question=exceptional]"});
  CHECK(open.missing_labels() == Words{"Is the case exceptional?"});
  CHECK(open.routes() == Words{"supply judgements[question=exceptional]"});
  CHECK(answered({{true, "2026-03-01"}}).truth() == met);
  CHECK(answered({{true, "2026-03-01"}, {false, "2026-05-01"}}).truth() ==
        not_met);
  CHECK(answered({{false, "2026-05-01"}, {true, "2026-03-01"}}).truth() ==
        not_met);
  // Of two on one day, the one that was written later.
  CHECK(answered({{false, "2026-05-01"}, {true, "2026-05-01"}}).truth() == met);
  CHECK(answered({{false, "2026-05-01"}}).routes().empty());
}

TEST_CASE(
    "what hangs on an unconfirmed source is unknown when it is not trusted") {
  Ask ask;
  DraftBuilder& d = ask.draft;
  const auto hours = d.at_least(d.fact("hours"), d.number("15"));
  d.at(hours).unconfirmed = "the page was not readable";
  const auto consent = d.is_true("consent.parent");
  const auto pupil = PupilRecord().states("hours", number("20"));
  SECTION("an alternative") {
    auto checked = ask.of(d.any({hours, consent}), pupil);
    CHECK(checked.truth() == met);
    checked.evaluation().trust_unconfirmed(false);
    CHECK(checked.truth() == unknown);
    CHECK(checked.reasons().children[0].unconfirmed ==
          "the page was not readable");
    CHECK(checked.reasons().children[1].unconfirmed.empty());
  }
  SECTION("what does not hang on it stays decided") {
    PupilRecord sure = pupil;
    sure.states("consent.parent", true);
    auto checked = ask.of(d.any({hours, consent}), sure);
    checked.evaluation().trust_unconfirmed(false);
    CHECK(checked.truth() == met);
  }
}

TEST_CASE("a criterion names the unconfirmed parameter that it rests on") {
  Ask ask;
  DraftBuilder& d = ask.draft;
  auto& first = ask.given.scalar("least", ParameterType::decimal, number("15"));
  first.unconfirmed = true;
  first.unconfirmed_because = "least is a draft";
  auto& second = ask.given.scalar("most", ParameterType::decimal, number("30"));
  second.unconfirmed = true;
  second.unconfirmed_because = "most is a draft";
  const auto low = d.at_least(d.fact("hours"), d.parameter("least"));
  const auto high = d.at_most(d.fact("hours"), d.parameter("most"));
  auto checked =
      ask.of(d.all({low, high}), PupilRecord().states("hours", number("20")));
  const Reason reason = checked.reasons();
  CHECK(reason.children[0].unconfirmed == "least is a draft");
  CHECK(reason.children[1].unconfirmed == "most is a draft");
  checked.evaluation().trust_unconfirmed(false);
  CHECK(checked.truth() == unknown);
}

TEST_CASE("the latest of entries that may not count may also be none") {
  // One award that may not count: a limit that it keeps is not kept by none at all.
  const auto latest = [](CriterionOp op, const char* limit) {
    Ask ask;
    DraftBuilder& d = ask.draft;
    const auto counts = d.at_least(d.item("amount"), d.pounds("100.00"));
    return ask
        .of(d.compare(op, {d.extreme(V::max_of, "awards", "on", counts),
                           d.date(limit)}),
            PupilRecord().holds("awards", {{"on", day("2026-05-01")}}))
        .truth();
  };
  CHECK(latest(C::at_most, "2026-06-01") == unknown);
  CHECK(latest(C::above, "2026-06-01") == not_met);
  CHECK(latest(C::is_not, "2026-06-01") == met);
  CHECK(latest(C::is, "2026-05-01") == unknown);
}

TEST_CASE("there is no latest of nothing, and nothing compares with it") {
  for (CriterionOp op : {C::at_least, C::at_most, C::above, C::below, C::is}) {
    Ask ask;
    DraftBuilder& d = ask.draft;
    auto checked = ask.of(d.compare(
        op, {d.extreme(V::max_of, "awards", "on"), d.date("2026-06-01")}));
    CHECK(checked.truth() == not_met);
    CHECK(checked.reasons().have == "none");
  }
  Ask ask;
  DraftBuilder& d = ask.draft;
  CHECK(ask.of(d.compare(C::is_not, {d.extreme(V::max_of, "awards", "on"),
                                     d.date("2026-06-01")}))
            .truth() == met);
}

TEST_CASE("ends that are the wrong way round hold nothing between them") {
  Ask ask;
  DraftBuilder& d = ask.draft;
  CHECK(ask.of(d.compare(C::between,
                         {d.fact("hours"), d.number("9"), d.number("5")}))
            .truth() == not_met);
}

TEST_CASE("the ways to an age lie between two ends") {
  // Of a child aged two to four, of whom no date of birth is on file.
  Ask ask;
  DraftBuilder& d = ask.draft;
  auto checked = ask.of(d.compare(C::between, {d.op(V::age_on, {d.as_of()}),
                                               d.number("2"), d.number("4")}));
  CHECK(checked.truth() == unknown);
  CHECK(checked.routes() == Words{"supply date_of_birth"});
  Ask known;
  DraftBuilder& k = known.draft;
  auto seven = known.of(
      k.compare(C::between,
                {k.op(V::age_on, {k.as_of()}), k.number("2"), k.number("4")}),
      PupilRecord().states("date_of_birth", day("2019-01-01")));
  CHECK(seven.truth() == not_met);
  // Never "if the child were younger".
  CHECK(seven.routes().empty());
}

TEST_CASE("two asks of one fact that cannot both be are no way") {
  Ask ask;
  DraftBuilder& d = ask.draft;
  const auto cost = [&]() { return d.fact("provision_cost"); };
  SECTION("an amount above one limit and below a lower one") {
    auto checked =
        ask.of(d.all({d.at_least(cost(), d.pounds("6000.00")),
                      d.at_most(cost(), d.pounds("5000.00"))}),
               PupilRecord().states("provision_cost", amount("4000.00")));
    CHECK(checked.truth() == not_met);
    CHECK(checked.routes().empty());
  }
  SECTION("one between two limits") {
    auto checked =
        ask.of(d.all({d.at_least(cost(), d.pounds("6000.00")),
                      d.at_most(cost(), d.pounds("6000.00"))}),
               PupilRecord().states("provision_cost", amount("4000.00")));
    CHECK(checked.routes() == Words{"change provision_cost (£2,000 more)"});
  }
  SECTION("a question that is answered both ways") {
    const auto no = d.combine(C::none, {d.judgement("fair", "Is it fair?")});
    auto checked = ask.of(d.all({d.judgement("fair", "Is it fair?"), no}));
    CHECK(checked.routes().empty());
  }
}

TEST_CASE("a number of entries is never brought down by another entry") {
  Ask ask;
  DraftBuilder& d = ask.draft;
  auto checked =
      ask.of(d.at_most(d.sum("provision", d.item("cost")), d.pounds("1000.00")),
             with_costs({"4000.00"}));
  CHECK(checked.truth() == not_met);
  CHECK(checked.routes().empty());
  Ask more;
  DraftBuilder& m = more.draft;
  CHECK(more.of(m.at_least(m.sum("provision", m.item("cost")),
                           m.pounds("6000.00")),
                with_costs({"4000.00"}))
            .routes() == Words{"change provision (£2,000 more)"});
}

TEST_CASE("more than one and a half entries are two") {
  for (const auto& [op, limit, label] :
       std::vector<std::tuple<CriterionOp, const char*, std::string>>{
           {C::at_least, "1.5", "2 of: evidence on file"},
           {C::above, "1.5", "2 of: evidence on file"},
           {C::above, "1", "2 of: evidence on file"},
           {C::at_least, "1", "evidence on file"}}) {
    Ask ask;
    DraftBuilder& d = ask.draft;
    d.rule.met_when = d.compare(op, {d.count("evidence"), d.number(limit)});
    Checked checked(d, {});
    const Describer describer(checked.evaluation().rule(), school_catalogue(),
                              &checked.evaluation().binding());
    const Routes routes =
        routes_to_met(checked.evaluation(), describer,
                      {checked.evaluation().rule().met_when}, 20);
    REQUIRE(routes.ways == std::vector<std::vector<int>>{{0}});
    CHECK(routes.steps[0].label == label);
  }
}

TEST_CASE(
    "of an entry that is not on file, each field that is asked is named") {
  Ask ask;
  DraftBuilder& d = ask.draft;
  auto checked = ask.of(d.any_item(
      "assessments", d.all({d.is(d.item("area"), d.text("reading_speed")),
                            d.at_most(d.item("score"), d.number("84")),
                            d.at_least(d.item("on"), d.date("2025-09-01"))})));
  CHECK(checked.missing() == Words{"fact assessments[area=reading_speed].score",
                                   "fact assessments[area=reading_speed].on"});
  CHECK(checked.missing_labels() ==
        Words{"standard score (reading speed)",
              "date of the assessment (reading speed)"});
  CHECK(checked.routes() == Words{"supply assessments[area=reading_speed]"});
}

TEST_CASE("one document on file and two needed: one more is the only way") {
  Ask ask;
  DraftBuilder& d = ask.draft;
  auto checked = ask.of(
      d.at_least(d.count("evidence"), d.number("2")),
      PupilRecord().holds("evidence", {{"type", std::string("form_8")}}));
  CHECK(checked.truth() == unknown);
  CHECK(checked.routes() == Words{"supply evidence"});
}

TEST_CASE("the second entry of its like has a name of its own") {
  Ask ask;
  DraftBuilder& d = ask.draft;
  PupilRecord pupil;
  for (int i = 0; i < 2; ++i) {
    pupil.holds("assessments", {{"area", std::string("reading_speed")}});
  }
  auto checked = ask.of(
      d.at_least(
          d.count("assessments", d.at_most(d.item("score"), d.number("84"))),
          d.number("1")),
      pupil);
  CHECK(checked.missing() ==
        Words{"fact assessments[area=reading_speed].score",
              "fact assessments[area=reading_speed][2].score"});
  CHECK(checked.missing_labels() ==
        Words{"standard score (reading speed)",
              "standard score (reading speed, number 2)"});
}

}  // namespace sendcheck
