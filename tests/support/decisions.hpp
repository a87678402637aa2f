// A decision with everything in it, and a check that nothing but a test made.
#pragma once

#include <string>

#include "casework/check_register.hpp"

namespace sendcheck::test {

inline Decision full_decision() {
  Decision decision;
  decision.rule = "top-up";
  decision.title = "Top-up";
  decision.kind = "funding";
  decision.outcome = Outcome::refer;
  decision.summary = "A person must decide.";
  decision.refer_to = "the panel";
  Amount amount;
  amount.value = *Money::parse("3450.00");
  amount.period = "year";
  amount.status = Amount::Status::indicative;
  amount.working = {{"cost", "9450.00"}, {"less", ""}};
  amount.from = *Date::parse("2026-04-01");
  amount.note = "not confirmed";
  decision.amount = amount;
  Due due;
  due.date = *Date::parse("2026-11-21");
  due.state = Due::State::overdue;
  due.days = -1;
  due.basis = "law";
  due.working = "a year from the last review";
  decision.due = due;
  decision.missing = {{"judgements[question=x]", "Is it so?",
                       MissingItem::Kind::judgement, true}};
  decision.routes = {
      {{{Step::Kind::change, "provision_cost", "the cost", "more than 6000",
         "\xC2\xA3"
         "250.00 more"}}}};
  decision.actions = {{"Apply", "the panel", *Date::parse("2026-12-15")},
                      {"Wait", "", std::nullopt}};
  Reason reason;
  reason.label = "Top-up";
  reason.result = Truth::met;
  reason.source = "N-1";
  Reason child;
  child.kind = Reason::Kind::comparison;
  child.label = "the cost is above 6000";
  child.result = Truth::unknown;
  child.have = "9450.00";
  child.need = "more than 6000.00";
  child.gap = "none";
  child.unconfirmed = "nobody has read it";
  reason.children.push_back(child);
  decision.reasons = reason;
  decision.edition = "dfe/2026-04-01";
  decision.parameters = {
      {"threshold", "6000.00", "dfe/2026-04-01", "guide", false, true},
      {"most", "9.50", "dfe/2026-04-01", "", true, false}};
  return decision;
}

inline CheckedPupil full_pupil() {
  CheckedPupil pupil;
  pupil.upn = "K886999919002";
  pupil.name = "Robin Testwell";
  pupil.nc_year = "year 7";
  pupil.decisions = {full_decision()};
  return pupil;
}

inline Finding finding() {
  Finding found;
  found.id = "register.type";
  found.place = {.file = "r.json", .pointer = "/pupils/3/nc_year"};
  found.upn = "K886999919002";
  found.fact = "nc_year";
  found.found = "7";
  found.expected = "a code, as text";
  return found;
}

}  // namespace sendcheck::test
