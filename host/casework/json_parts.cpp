#include "casework/json_parts.hpp"

namespace sendcheck {

using json::Writer;

namespace {

void write_place(Writer& json, const Place& place) {
  json.member_or_null("file", place.file);
  if (place.line > 0) json.key("line").number(place.line);
  if (!place.pointer.empty()) json.member("pointer", place.pointer);
}

}  // namespace

void write_error(Writer& json, const Error& error) {
  json.begin_object();
  json.member("id", error.id).member("message", error.message);
  write_place(json, error.place);
  json.end_object();
}

void write_finding(Writer& json, const Finding& finding) {
  json.begin_object();
  json.member("id", finding.id);
  json.member_or_null("upn", finding.upn);
  json.member_or_null("fact", finding.fact);
  json.member_or_null("found", finding.found);
  json.member_or_null("expected", finding.expected);
  write_place(json, finding.place);
  json.member("message", finding.message());
  json.end_object();
}

void write_date(Writer& json, std::string_view name,
                const std::optional<Date>& date) {
  json.key(name);
  if (date) {
    json.string(date->to_string());
  } else {
    json.null();
  }
}

void write_amount(Writer& json, const Amount& amount) {
  json.begin_object();
  json.member_or_null("value",
                      amount.value ? amount.value->to_string() : std::string());
  json.member("period", amount.period);
  json.member("status", name_of(amount.status));
  json.key("working").begin_array();
  for (const WorkingLine& line : amount.working) {
    json.begin_object().member("label", line.label);
    json.member_or_null("value", line.value);
    json.end_object();
  }
  json.end_array();
  write_date(json, "from", amount.from);
  write_date(json, "to", amount.to);
  if (!amount.note.empty()) json.member("note", amount.note);
  json.end_object();
}

void write_due(Writer& json, const Due& due) {
  json.begin_object();
  json.member("date", due.date.to_string());
  json.member("state", name_of(due.state));
  json.key("days").number(due.days);
  json.member("basis", due.basis).member("working", due.working);
  json.end_object();
}

void write_parameters(Writer& json,
                      const std::vector<Decision::Parameter>& parameters) {
  json.begin_object();
  for (const Decision::Parameter& parameter : parameters) {
    const auto write_value = [&](const std::string& value) {
      parameter.is_number ? json.number_text(value) : json.string(value);
    };
    json.key(parameter.name).begin_object().key("value");
    if (parameter.is_list) {
      json.begin_array();
      for (const std::string& item : parameter.items) write_value(item);
      json.end_array();
    } else {
      write_value(parameter.value);
    }
    json.member("origin", parameter.origin);
    json.member_or_null("source", parameter.source);
    if (parameter.unconfirmed) json.key("unconfirmed").boolean(true);
    json.end_object();
  }
  json.end_object();
}

void write_findings(Writer& json, std::string_view name,
                    const std::vector<Finding>& findings) {
  json.key(name).begin_array();
  for (const Finding& finding : findings) write_finding(json, finding);
  json.end_array();
}

void write_outcome(Writer& json, const Decision& decision) {
  json.member("outcome", name_of(decision.outcome));
  json.member("summary", decision.summary);
  if (decision.outcome == Outcome::refer) {
    json.member("refer_to", decision.refer_to);
  }
  json.key("amount");
  if (decision.amount) {
    write_amount(json, *decision.amount);
  } else {
    json.null();
  }
  json.key("due");
  if (decision.due) {
    write_due(json, *decision.due);
  } else {
    json.null();
  }
}

void write_run(json::Writer& json, const CheckReport& report) {
  json.key("run");
  if (!report.run) {
    json.null();
    return;
  }
  json.begin_object().member("id", report.run->id);
  json.key("first_entry")
      .number(static_cast<std::int64_t>(report.run->first_entry));
  json.key("last_entry")
      .number(static_cast<std::int64_t>(report.run->last_entry));
  json.member("checkpoint", report.run->checkpoint).end_object();
}

}  // namespace sendcheck
