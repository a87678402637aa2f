// A test of rules for other programs.
#include "casework/test_rules.hpp"
#include "json/writer.hpp"

namespace sendcheck {
namespace {

using json::Writer;

void write_cases(Writer& json, const RuleTest& test) {
  json.key("cases").begin_array();
  for (const CaseResult& one : test.cases) {
    json.begin_object().member("case", one.sentence);
    json.member_or_null("source", one.source);
    json.member("outcome", name_of(one.outcome));
    json.key("as_expected").boolean(one.faults.empty());
    json.key("faults").begin_array();
    for (const std::string& fault : one.faults) json.string(fault);
    json.end_array();
    json.member_or_null("unconfirmed", one.unconfirmed);
    json.end_object();
  }
  json.end_array();
}

void write_coverage(Writer& json, const RuleCoverage& coverage) {
  json.key("coverage").begin_object();
  json.key("criteria").number(coverage.criteria);
  json.key("lacking").begin_array();
  for (const CriterionCoverage& one : coverage.lacking) {
    json.begin_object().member("criterion", one.label);
    json.member_or_null("asks", one.asks);
    json.member_or_null("source", one.source);
    json.key("never").begin_array();
    for (const UnseenTruth& unseen : one.unseen) {
      json.begin_object().member("result", name_of(unseen.truth));
      json.member("shown_by", unseen.shown_by).end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().end_object();
}

std::string_view name_of_side(BoundarySide::Where where) {
  switch (where) {
    case BoundarySide::Where::below:
      return "below";
    case BoundarySide::Where::at:
      return "at";
    case BoundarySide::Where::above:
      return "above";
  }
  return {};
}

void write_boundaries(Writer& json, const Boundaries& boundaries) {
  json.key("boundaries").begin_array();
  for (const Threshold& one : boundaries.thresholds) {
    json.begin_object().member("figure", one.figure);
    json.member("criterion", one.criterion);
    json.member_or_null("asks", one.asks);
    json.member_or_null("source", one.source);
    json.key("pinned").boolean(one.is_pinned());
    for (const BoundarySide& side : one.sides) {
      json.key(name_of_side(side.where)).begin_object();
      json.member_or_null("case", side.shown_by);
      if (side.out_of_reach) json.key("out_of_reach").boolean(true);
      if (side.proposed) json.key("proposed").raw(side.proposed->json);
      json.end_object();
    }
    json.end_object();
  }
  json.end_array();
}

void write_mutation(Writer& json, const PlantedChanges& mutation) {
  json.key("mutation").begin_object();
  json.key("planted").number(mutation.planted());
  json.key("noticed").number(mutation.noticed());
  json.key("changes").begin_array();
  for (const PlantedChange& one : mutation.changes) {
    json.begin_object().member("of", name_of(one.of));
    json.member("change", one.words);
    json.member_or_null("detail", one.detail);
    json.member_or_null("source", one.source);
    json.member_or_null("noticed_by", one.noticed_by);
    if (!one.excused.empty()) json.member("excused", one.excused);
    json.end_object();
  }
  json.end_array();
  json.key("wrong_excuses").begin_array();
  for (const std::string& wrong : mutation.wrong_excuses) json.string(wrong);
  json.end_array().end_object();
}

}  // namespace

std::string rules_test_json(const RulesTest& test) {
  std::string out;
  Writer json(out, 2);
  json.begin_object().member("format", "sendcheck-rules-test/1");
  json.key("rules").begin_array();
  for (const RuleTest& rule : test.rules) {
    json.begin_object().member("rule", rule.rule);
    write_cases(json, rule);
    if (rule.coverage) write_coverage(json, *rule.coverage);
    if (rule.boundaries) write_boundaries(json, *rule.boundaries);
    if (rule.mutation) write_mutation(json, *rule.mutation);
    json.end_object();
  }
  json.end_array();
  const RulesTestSummary sum = summary_of(test);
  json.key("summary").begin_object();
  json.key("cases").number(sum.cases);
  json.key("not_as_expected").number(sum.not_as_expected);
  json.key("unconfirmed").number(sum.unconfirmed);
  const auto figures = [&](bool asked, const char* all, int of,
                           const char* some, int how_many) {
    if (!asked) return;
    json.key(all).number(of);
    json.key(some).number(how_many);
  };
  const bool any = !test.rules.empty();
  figures(any && test.rules.front().coverage.has_value(), "criteria",
          sum.criteria, "criteria_shown", sum.criteria_shown);
  figures(any && test.rules.front().boundaries.has_value(), "figures",
          sum.figures, "figures_pinned", sum.figures_pinned);
  figures(any && test.rules.front().mutation.has_value(), "changes_planted",
          sum.changes_planted, "changes_noticed", sum.changes_noticed);
  json.end_object().end_object();
  return out + "\n";
}

}  // namespace sendcheck
