#include "casework/new_rule_text.hpp"

#include "base/text.hpp"
#include "casework/lint.hpp"
#include "json/writer.hpp"

namespace sendcheck {
namespace {

// Everything in braces is exchanged: {id}, {title} and so on.
std::string filled(std::string text, const RuleToBegin& rule) {
  const bool pays = rule.kind == "funding";
  const auto exchange = [&](const std::string& name, const std::string& with) {
    for (std::size_t at = text.find(name); at != std::string::npos;
         at = text.find(name, at + with.size())) {
      text.replace(at, name.size(), with);
    }
  };
  std::string title;
  json::append_quoted(title, rule.title);
  exchange("{id}", rule.id);
  exchange("{title}", rule.title);
  exchange("{quoted title}", title);
  exchange("{kind}", rule.kind);
  exchange("{authority}", rule.la.empty() ? "national" : "home");
  exchange("{la}", rule.la.empty() ? "" : ", \"la\": \"" + rule.la + "\"");
  exchange("{home}",
           rule.la.empty() ? "" : "\"home_la\": \"" + rule.la + "\", ");
  exchange("{body}", rule.body);
  exchange("{from}", rule.from.to_string());
  exchange("{today}", rule.today.to_string());
  exchange(
      "{amount, declared}",
      pays ? ",\n    \"amount\": { \"type\": \"money\", \"unit\": \"a year\", "
             "\"label\": \"the amount for a pupil\", \"minimum\": \"0.00\" }"
           : "");
  exchange("{amount, paid}",
           pays ? "  amount = payment { value = param \"amount\", period = "
                  "\"year\" },\n\n"
                : "");
  exchange("{amount, given}",
           pays ? ",\n        \"amount\": { \"value\": \"500.00\", \"source\": "
                  "\"policy\",\n                    \"status\": "
                  "\"unconfirmed\", \"reason\": \"{write} who sets the amount, "
                  "and where it is written\" }"
                : "");
  exchange("{amount, in a case}", pays ? ", \"amount\": \"500.00\"" : "");
  exchange("{amount, expected}",
           pays ? ", \"amount\": \"500.00\", \"period\": \"year\"" : "");
  exchange("{write}", std::string(to_write));
  return text;
}

}  // namespace

std::string new_manifest(const RuleToBegin& rule) {
  return filled(R"({ "format": "sendcheck-plugin/1",
  "id": "{id}", "version": "1.0.0", "api": 1,
  "title": {quoted title}, "kind": "{kind}", "authority": "{authority}",
  "summary": "{write} one sentence that says what the rule is for.",
  "parameters": {
    "sessions": { "type": "integer", "unit": "sessions", "label": "the number of sessions missed that is enough", "minimum": 0 }{amount, declared} } }
)",
                rule);
}

std::string new_script(const RuleToBegin& rule) {
  return filled(
      R"(-- {write} the rule itself. What stands here is an example; the words are explained in plugins/README.md, facts by "sendcheck facts".

local missed = (fact "attendance.authorised" + fact "attendance.unauthorised") :labelled "sessions missed"

return rule {
  id = "{id}",
  title = {quoted title},
  source = "{write} the text that the rule comes from",

  applies_when = fact "sen.status" :is "support" :because "the pupil is on SEN support",

  met_when = missed :at_least(param "sessions")
    :because "enough sessions were missed"
    :source "{write} the clause",

{amount, paid}  actions = {
    met = { action { text = "{write} what to do next", to = "the SENCO" } },
  },
}
)",
      rule);
}

std::string new_cases(const RuleToBegin& rule) {
  return filled(R"({ "format": "sendcheck-cases/1", "cases": [
  { "case": "eleven sessions missed are fewer than twelve", "rule": "{id}", "as_of": "{from}", "source": "{write} the clause that each case shows",
    "parameters": { "sessions": 12{amount, in a case} },
    "pupil": { {home}"sen": { "status": "support" }, "attendance": { "authorised": 8, "unauthorised": 3 } },
    "expect": { "outcome": "not_met" } },
  { "case": "twelve are enough", "rule": "{id}", "as_of": "{from}", "source": "the same clause",
    "parameters": { "sessions": 12{amount, in a case} },
    "pupil": { {home}"sen": { "status": "support" }, "attendance": { "authorised": 8, "unauthorised": 4 } },
    "expect": { "outcome": "met"{amount, expected} } },
  { "case": "thirteen are too, whatever else is not recorded", "rule": "{id}", "as_of": "{from}", "source": "the same clause",
    "parameters": { "sessions": 12{amount, in a case} },
    "pupil": { {home}"sen": { "status": "support" }, "attendance": { "authorised": 13 } },
    "expect": { "outcome": "met"{amount, expected} } },
  { "case": "eight and an unknown number: that number is asked for", "rule": "{id}", "as_of": "{from}", "source": "the same clause",
    "parameters": { "sessions": 12{amount, in a case} },
    "pupil": { {home}"sen": { "status": "support" }, "attendance": { "authorised": 8 } },
    "expect": { "outcome": "needs_evidence", "missing": [ "attendance.unauthorised" ] } },
  { "case": "a pupil without special educational needs", "rule": "{id}", "as_of": "{from}", "source": "whom the rule is about",
    "pupil": { {home}"sen": { "status": "none" }, "attendance": { "authorised": 40, "unauthorised": 4 } },
    "expect": { "outcome": "not_applicable" } },
  { "case": "a pupil whose SEN status is not recorded", "rule": "{id}", "as_of": "{from}", "source": "whom the rule is about",
    "pupil": { {home}"attendance": { "authorised": 8, "unauthorised": 4 } },
    "expect": { "outcome": "needs_evidence", "missing": [ "sen.status" ] } } ] }
)",
                rule);
}

std::string new_page(const RuleToBegin& rule) {
  return filled(R"(# {title}

{write} in a sentence or two, what the rule decides and for whom.

## The rule in words

{write} when the outcome is **met**, and when it is **not met**.

## The evidence that it asks for

{write} the facts and the documents, by the names that "sendcheck facts" lists.

## When it refers

{write} when a person decides instead, and who.

## Limits

{write} what the rule does not see, and what it must not be used for.

## Sources

{write} the title and the web address of each text that was read, and on which day.
)",
                rule);
}

std::string new_rule_edition(const RuleToBegin& rule) {
  return filled(R"({ "format": "sendcheck-edition/1",
  "body": "{body}", "title": {quoted title}{la},
  "in_force": { "from": "{from}", "to": null, "runs_on_because": "{write} the last day, or why there is none" },
  "approved": { "by": "{write} who approves the edition, and when", "on": "{today}" },
  "sources": { "policy": { "title": "{write} the title of the text that sets the figure, its url, and as read_on the day on which it was read" } },
  "rules": {
    "{id}": {
      "parameters": {
        "sessions": { "value": 12, "source": "policy",
                      "status": "unconfirmed", "reason": "{write} who sets the figure, and where it is written" }{amount, given} } } } }
)",
                rule);
}

}  // namespace sendcheck
