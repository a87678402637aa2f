#include "casework/impact_json.hpp"

#include "base/text.hpp"
#include "casework/json_parts.hpp"

namespace sendcheck {
namespace {

using json::Writer;

std::string_view text_of(const std::optional<Outcome>& outcome) {
  return outcome ? name_of(*outcome) : std::string_view();
}

void write_standing(Writer& json, const Standing& standing) {
  json.begin_object().member_or_null("outcome", text_of(standing.outcome));
  json.key("amount");
  if (standing.amount) {
    const Standing::Stated& amount = *standing.amount;
    json.begin_object().member_or_null(
        "value", amount.value ? amount.value->to_string() : std::string());
    json.member("period", amount.period);
    json.member("status",
                name_of(!amount.value       ? Amount::Status::not_published
                        : amount.indicative ? Amount::Status::indicative
                                            : Amount::Status::computed));
    json.end_object();
  } else {
    json.null();
  }
  write_date(json, "due", standing.due);
  json.end_object();
}

void write_sides(Writer& json, std::string_view name, const std::string& before,
                 const std::string& after) {
  json.key(name).begin_object();
  json.member_or_null("before", before).member_or_null("after", after);
  json.end_object();
}

void write_cause(Writer& json, const Cause& cause) {
  json.begin_object().member("kind", name_of(cause.kind));
  json.member_or_null("label", cause.label);
  json.member_or_null("source", cause.source);
  write_sides(json, "result", cause.result_before, cause.result_after);
  write_sides(json, "found", cause.found_before, cause.found_after);
  write_sides(json, "needed", cause.need_before, cause.need_after);
  json.key("others").number(cause.others);
  json.member("words", cause.in_words()).end_object();
}

// Of all whom it decided for: nothing that is of one pupil.
void write_decided(Writer& json, const RuleImpact::Decided& decided) {
  json.begin_object().member("kind", name_of(decided.cause.kind));
  json.member("words", decided.in_words());
  json.member_or_null("source", decided.cause.source);
  json.key("needed_varies").boolean(decided.varies);
  if (!decided.varies) {
    write_sides(json, "needed", decided.cause.need_before,
                decided.cause.need_after);
  }
  for (const auto& [effect, pupils] : decided.pupils) {
    json.key(name_of(effect)).number(pupils);
  }
  json.end_object();
}

void write_costs(Writer& json, std::string_view name,
                 const std::map<std::string, CostTally>& costs) {
  json.key(name).begin_array();
  for (const auto& [period, cost] : costs) {
    json.begin_object().member("period", period);
    json.member("before", cost.before.to_string());
    json.member("after", cost.after.to_string());
    json.member("difference", cost.difference().to_string());
    json.key("amounts_before").number(cost.paid_before);
    json.key("amounts_after").number(cost.paid_after).end_object();
  }
  json.end_array();
}

void write_tally_members(Writer& json, const Tally& tally) {
  json.key("pupils").number(tally.pupils);
  json.key("gain").number(tally.gains);
  json.key("lose").number(tally.loses);
  json.key("gain_and_lose").number(tally.both);
  json.key("otherwise").number(tally.otherwise);
  json.key("unchanged").number(tally.unchanged());
  write_costs(json, "cost", tally.met);
  write_costs(json, "indicative", tally.indicative);
  json.key("not_published").begin_object();
  json.key("before").number(tally.not_published_before);
  json.key("after").number(tally.not_published_after).end_object();
}

void write_rule(Writer& json, const RuleImpact& rule) {
  json.begin_object().member("rule", rule.id);
  json.member("title", rule.title).member("kind", rule.kind);
  write_tally_members(json, rule.tally);
  json.key("outcomes").begin_array();
  for (const auto& [move, number] : rule.moves) {
    json.begin_object().member_or_null("before", text_of(move.first));
    json.member_or_null("after", text_of(move.second));
    json.key("pupils").number(number).end_object();
  }
  json.end_array().key("decided_by").begin_array();
  for (const RuleImpact::Decided& decided : rule.causes) {
    write_decided(json, decided);
  }
  json.end_array().end_object();
}

void write_group(Writer& json, const GroupTable& table) {
  json.begin_object().member("fact", table.fact).member("label", table.label);
  json.key("protected").boolean(table.is_protected);
  json.key("rows").begin_array();
  for (const GroupRow& row : table.rows) {
    json.begin_object().member_or_null("code", row.code);
    json.member("label", row.label);
    json.key("held_back").boolean(row.held_back);
    if (!row.held_back) write_tally_members(json, row.tally);
    json.end_object();
  }
  json.end_array().end_object();
}

}  // namespace

void append_change_json(const ImpactChange& change, std::string& out) {
  Writer json(out);
  json.begin_object().member("upn", change.upn);
  json.member_or_null("name", change.name);
  json.member_or_null("nc_year", change.nc_year);
  json.member_or_null("school", change.school);
  json.member("register", change.register_path);
  json.member("rule", change.rule).member("title", change.title);
  json.member("effect", name_of(change.effect)).key("before");
  write_standing(json, change.before);
  json.key("after");
  write_standing(json, change.after);
  json.key("decided_by");
  write_cause(json, change.cause);
  json.end_object();
}

std::string impact_summary_members(const ImpactReport& report) {
  std::string out;
  Writer json(out);
  json.begin_object().member("as_of", report.as_of.to_string());
  json.key("counts").begin_object();
  json.key("pupils").number(report.counts.pupils);
  json.key("checked").number(report.counts.checked);
  json.key("rejected").number(report.counts.rejected);
  json.key("warnings").number(report.counts.warnings);
  json.key("in_several_registers").number(report.counts.repeated).end_object();
  json.key("total").begin_object();
  write_tally_members(json, report.total);
  json.end_object().key("rules").begin_array();
  for (const RuleImpact& rule : report.rules) write_rule(json, rule);
  json.end_array().key("unchanged_rules").begin_array();
  for (const std::string& id : report.unchanged) json.string(id);
  json.end_array().key("groups").begin_array();
  for (const GroupTable& table : report.groups) write_group(json, table);
  json.end_array();
  write_findings(json, "rejected", report.rejections);
  write_findings(json, "warnings", report.register_warnings);
  json.member_or_null("run", report.logged).end_object();
  return out.substr(1, out.size() - 2);
}

std::string impact_csv_heading() {
  return "upn,name,nc_year,school,register,rule,title,effect,outcome_before,"
         "outcome_after,amount_before,period_before,status_before,amount_after,"
         "period_after,status_after,due_before,due_after,decided_by,"
         "criterion,source,found_before,found_after,needed_before,"
         "needed_after\n";
}

void append_change_csv(const ImpactChange& change, std::string& out) {
  const auto field = [&](std::string_view text) {
    out += csv_field(text);
    out += ',';
  };
  field(change.upn);
  field(change.name);
  field(change.nc_year);
  field(change.school);
  field(change.register_path);
  field(change.rule);
  field(change.title);
  field(name_of(change.effect));
  const Standing* const sides[] = {&change.before, &change.after};
  for (const Standing* side : sides) field(text_of(side->outcome));
  for (const Standing* side : sides) {
    const auto& amount = side->amount;
    field(amount && amount->value ? amount->value->to_string() : "");
    field(amount ? amount->period : "");
    field(!amount ? std::string_view()
                  : name_of(!amount->value       ? Amount::Status::not_published
                            : amount->indicative ? Amount::Status::indicative
                                                 : Amount::Status::computed));
  }
  for (const Standing* side : sides) {
    field(side->due ? side->due->to_string() : "");
  }
  field(change.cause.in_words());
  field(change.cause.label);
  field(change.cause.source);
  field(change.cause.found_before);
  field(change.cause.found_after);
  field(change.cause.need_before);
  out += csv_field(change.cause.need_after);
  out += '\n';
}

}  // namespace sendcheck
