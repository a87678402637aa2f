#include "casework/decision_json.hpp"

#include "casework/json_parts.hpp"

namespace sendcheck {

using json::Writer;

namespace {

void write_reason(Writer& json, const Reason& reason) {
  json.begin_object();
  json.member("kind", name_of(reason.kind));
  json.member("label", reason.label).member("result", name_of(reason.result));
  json.member_or_null("source", reason.source);
  json.member_or_null("have", reason.have);
  json.member_or_null("need", reason.need);
  if (!reason.gap.empty()) json.member("gap", reason.gap);
  if (!reason.unconfirmed.empty()) {
    json.member("unconfirmed", reason.unconfirmed);
  }
  json.key("children").begin_array();
  for (const Reason& child : reason.children) write_reason(json, child);
  json.end_array();
  json.end_object();
}

void write_route(Writer& json, const Route& route) {
  json.begin_object().key("steps").begin_array();
  for (const Step& step : route.steps) {
    json.begin_object();
    json.member("kind", name_of(step.kind)).member("fact", step.fact);
    json.member("label", step.label).member("criterion", step.criterion);
    if (!step.gap.empty()) json.member("gap", step.gap);
    json.end_object();
  }
  json.end_array().end_object();
}

}  // namespace

void write_decision(Writer& json, const Decision& decision) {
  json.begin_object();
  json.member("rule", decision.rule).member("title", decision.title);
  json.member_or_null("kind", decision.kind);
  write_outcome(json, decision);
  json.key("missing").begin_array();
  for (const MissingItem& item : decision.missing) {
    json.begin_object();
    json.member("fact", item.fact).member("label", item.label);
    json.member("kind", name_of(item.kind));
    json.key("actionable").boolean(item.actionable);
    json.end_object();
  }
  json.end_array();
  json.key("routes").begin_array();
  for (const Route& route : decision.routes) write_route(json, route);
  json.end_array();
  json.key("actions").begin_array();
  for (const ActionItem& action : decision.actions) {
    json.begin_object().member("do", action.text);
    json.member_or_null("to", action.to);
    write_date(json, "by", action.by);
    json.end_object();
  }
  json.end_array();
  json.key("reasons");
  if (decision.reasons) {
    write_reason(json, *decision.reasons);
  } else {
    json.null();
  }
  json.member_or_null("edition", decision.edition);
  json.key("parameters");
  write_parameters(json, decision.parameters);
  if (decision.error) {
    json.key("error");
    write_error(json, *decision.error);
  }
  json.end_object();
}

namespace {

void write_pupil(Writer& json, const CheckedPupil& pupil) {
  json.begin_object();
  json.member_or_null("upn", pupil.upn);
  json.member_or_null("name", pupil.name);
  json.key("decisions").begin_array();
  for (const Decision& decision : pupil.decisions) {
    write_decision(json, decision);
  }
  json.end_array();
  json.end_object();
}

void write_counts(Writer& json, const CheckCounts& counts) {
  json.key("counts").begin_object();
  json.key("pupils").number(counts.pupils);
  json.key("checked").number(counts.checked);
  json.key("rejected").number(counts.rejected);
  json.key("warnings").number(counts.warnings);
  json.end_object();
}

// Null where nobody has published it, or said that they would.
void write_published(Writer& json, const PublishedEdition& published) {
  json.key("published");
  if (published.state == PublishedEdition::State::unpublished) {
    json.null();
    return;
  }
  const Publication* note = published.note ? &*published.note : nullptr;
  json.begin_object();
  json.member("state", name_of(published.state));
  json.key("revision");
  if (note != nullptr) {
    json.number(note->version.revision);
  } else {
    json.null();
  }
  json.member_or_null("proposed_by", note ? note->proposed_by : "");
  json.member_or_null("approved_by", note ? note->approved_by : "");
  json.member_or_null("on", note ? note->approved_at.date().to_string() : "");
  json.member_or_null("key", published.key);
  json.end_object();
}

void write_editions(Writer& json, const CheckReport& report) {
  static const PublishedEdition none;
  json.key("editions").begin_array();
  for (const Edition* edition : report.editions) {
    json.begin_object();
    json.member("id", edition->id).member("hash", edition->hash);
    write_published(json,
                    report.published ? report.published->of(*edition) : none);
    json.end_object();
  }
  json.end_array();
}

void write_errors(Writer& json, const std::vector<Error>& errors) {
  json.key("errors").begin_array();
  for (const Error& error : errors) write_error(json, error);
  json.end_array();
}

void write_rejected(Writer& json, const RejectedPupil& pupil) {
  json.begin_object();
  json.member_or_null("upn", pupil.upn);
  json.member_or_null("name", pupil.name);
  write_findings(json, "findings", pupil.findings);
  json.end_object();
}

}  // namespace

void append_pupil_json(const CheckedPupil& pupil, std::string& out) {
  Writer json(out);
  write_pupil(json, pupil);
}

std::string check_json(const CheckReport& report, std::string_view version,
                       std::string_view pupils,
                       const std::vector<Error>& load_errors) {
  std::string out;
  Writer json(out, 2);
  json.begin_object();
  json.member("sendcheck", version);
  json.member("as_of", report.as_of.to_string());
  write_counts(json, report.counts);
  write_editions(json, report);
  write_run(json, report);
  write_errors(json, load_errors);
  json.key("rejected").begin_array();
  for (const RejectedPupil& pupil : report.rejected) {
    write_rejected(json, pupil);
  }
  json.end_array();
  json.key("warnings").begin_array();
  for (const Finding& finding : report.register_warnings) {
    write_finding(json, finding);
  }
  for (const Finding& finding : report.warnings) write_finding(json, finding);
  json.end_array();
  json.key("pupils").raw("[" + std::string(pupils) + "]");
  json.end_object();
  out += '\n';
  return out;
}

std::string summary_line(const CheckReport& report, std::string_view version,
                         const std::vector<Error>& load_errors) {
  std::string out;
  Writer json(out);
  json.begin_object().key("summary").begin_object();
  json.member("sendcheck", version);
  json.member("as_of", report.as_of.to_string());
  write_counts(json, report.counts);
  write_editions(json, report);
  write_run(json, report);
  write_errors(json, load_errors);
  json.end_object().end_object();
  out += '\n';
  return out;
}

}  // namespace sendcheck
