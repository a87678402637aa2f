#include "casework/due_for_disposal.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "audit/verdict_words.hpp"
#include "casework/sealed_contents.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"

namespace sendcheck {
namespace {

constexpr int months_a_year = 12;

// What the log says of a pupil without opening anything.
struct Trace {
  std::optional<std::uint64_t> newest_record;
  std::optional<Date> last_entry, last_human_decision;
  std::string held_for;
  Date held_since;
};

struct Facts {
  std::optional<Date> date_of_birth;
  std::string sen_status;
};

bool is_work_on(EntryKind kind) {
  return kind == EntryKind::record || kind == EntryKind::decision ||
         kind == EntryKind::human_decision;
}

Result<std::map<std::string, Trace>> traces_of(Log& log,
                                               const Retention& retention) {
  std::map<std::string, Trace> traces;
  auto walked =
      log.reader().walk(0, [&](const StoredEntry& stored) -> Result<bool> {
        auto entry = read_entry(stored.bytes);
        if (!entry) return unexpected(entry.error());
        if (entry->subject.empty()) return true;
        Trace& trace = traces[entry->subject];
        // That somebody looked at it does not make it worth keeping longer.
        if (is_work_on(entry->kind)) trace.last_entry = entry->at.date();
        if (entry->kind == EntryKind::human_decision) {
          trace.last_human_decision = entry->at.date();
        }
        if (entry->kind == EntryKind::record && stored.has_sealed) {
          trace.newest_record = entry->number;
        }
        if (entry->kind == EntryKind::erasure_refused) {
          const std::string reason = about_text(*entry, "reason");
          const auto& holds = retention.hold_reasons;
          if (std::find(holds.begin(), holds.end(), reason) != holds.end()) {
            trace.held_for = reason;
            trace.held_since = entry->at.date();
          }
        }
        return true;
      });
  if (!walked) return unexpected(walked.error());
  return traces;
}

Result<Facts> facts_of(Log& log, std::uint64_t record) {
  auto entry = log.reader().entry(record);
  if (!entry) return unexpected(entry.error());
  auto text = contents_of(log, *entry);
  if (!text) return unexpected(text.error());
  Facts facts;
  if (!*text) return facts;
  json::Document document;
  if (auto read = document.parse(**text, ""); !read) {
    return unexpected(read.error());
  }
  if (const json::Value* birth = document.root().find("date_of_birth")) {
    facts.date_of_birth = Date::parse(birth->text);
  }
  if (const json::Value* sen = document.root().find("sen")) {
    if (const json::Value* status = sen->find("status")) {
      facts.sen_status = status->text;
    }
  }
  return facts;
}

bool applies(const RetentionRule& rule, const Facts& facts) {
  switch (rule.applies_to) {
    case RetentionRule::For::every_pupil:
      return true;
    case RetentionRule::For::pupils_with_sen:
      // What is not stated is not taken for none.
      return facts.sen_status != "none";
    case RetentionRule::For::pupils_with_plan:
      return facts.sen_status == "plan_final";
  }
  return true;
}

std::optional<Date> day_of(RetentionRule::Event event, const Facts& facts,
                           const Trace& trace) {
  switch (event) {
    case RetentionRule::Event::date_of_birth:
      return facts.date_of_birth;
    case RetentionRule::Event::last_entry:
      return trace.last_entry;
    case RetentionRule::Event::last_human_decision:
      return trace.last_human_decision;
  }
  return std::nullopt;
}

// Fills in the rule that keeps longest. False: a date that one counts from is
// not known, so that it cannot be told.
bool settle(const Retention& retention, const Facts& facts, const Trace& trace,
            DuePupil& pupil) {
  for (const RetentionRule& rule : retention.rules) {
    if (!rule.in_use || !applies(rule, facts)) continue;
    const auto day = day_of(rule.event, facts, trace);
    if (!day) {
      if (rule.event == RetentionRule::Event::date_of_birth) return false;
      continue;  // it never happened
    }
    const Date until = rule.kept_until(*day);
    if (pupil.rule == nullptr || pupil.kept_until < until) {
      pupil.rule = &rule;
      pupil.kept_until = until;
      pupil.event_day = *day;
    }
  }
  return true;
}

std::string line(const DuePupil& pupil) {
  std::string words = "  " + pupil.upn + "  " + pupil.pseudonym.substr(0, 8) +
                      "  kept until " + pupil.kept_until.in_words() + ": " +
                      pupil.rule->title + " (" + pupil.rule->id + "; " +
                      std::string(in_words(pupil.rule->event)) + " " +
                      pupil.event_day.in_words() + ")\n";
  if (!pupil.held_for.empty()) {
    words += "      held since " + pupil.held_since.in_words() + ": " +
             pupil.held_for +
             (pupil.review_hold ? "; look whether it still stands\n" : "\n");
  }
  return words;
}

}  // namespace

Result<DisposalList> due_for_disposal(Log& log, const Retention& retention,
                                      Date as_of) {
  DisposalList list;
  std::string about;
  json::Writer(about)
      .begin_object()
      .member("as_of", as_of.to_string())
      .member("form", "due")
      .end_object();
  auto entered =
      log.append({.kind = EntryKind::view, .about = std::move(about)});
  if (!entered) return unexpected(entered.error());
  list.entry = *entered;

  auto traces = traces_of(log, retention);
  if (!traces) return unexpected(traces.error());
  for (const auto& [pseudonym, trace] : *traces) {
    if (!trace.newest_record) continue;
    auto key = log.keys().by_pseudonym(pseudonym);
    if (!key) return unexpected(key.error());
    if (!*key) continue;
    ++list.pupils;
    auto facts = facts_of(log, *trace.newest_record);
    if (!facts) return unexpected(facts.error());
    DuePupil pupil;
    pupil.upn = (*key)->upn;
    pupil.pseudonym = pseudonym;
    pupil.record = *trace.newest_record;
    if (!settle(retention, *facts, trace, pupil)) {
      list.unknown.push_back(pupil.upn);
      continue;
    }
    if (pupil.rule == nullptr || as_of <= pupil.kept_until) continue;
    if (trace.held_for.empty()) {
      list.due.push_back(std::move(pupil));
      continue;
    }
    pupil.held_for = trace.held_for;
    pupil.held_since = trace.held_since;
    pupil.review_hold =
        add_months(trace.held_since,
                   retention.review_after_years * months_a_year) <= as_of;
    list.held.push_back(std::move(pupil));
  }
  const auto by_day = [](const DuePupil& a, const DuePupil& b) {
    return std::tie(a.kept_until, a.upn) < std::tie(b.kept_until, b.upn);
  };
  std::sort(list.due.begin(), list.due.end(), by_day);
  std::sort(list.held.begin(), list.held.end(), by_day);
  std::sort(list.unknown.begin(), list.unknown.end());
  return list;
}

std::string in_words(const DisposalList& list, Date as_of) {
  std::string words = "Due for disposal on " + as_of.in_words() + ": " +
                      grouped(list.due.size()) + " of " + grouped(list.pupils) +
                      (list.pupils == 1 ? " pupil" : " pupils") +
                      ". Entered as entry " + std::to_string(list.entry) +
                      ".\n";
  for (const DuePupil& pupil : list.due) words += line(pupil);
  if (!list.held.empty()) {
    words += "Held, though their time has ended: " + grouped(list.held.size()) +
             "\n";
    for (const DuePupil& pupil : list.held) words += line(pupil);
  }
  if (!list.unknown.empty()) {
    words +=
        "No date of birth in the newest record, so that it cannot be "
        "told: " +
        grouped(list.unknown.size()) + "\n";
    for (const std::string& upn : list.unknown) words += "  " + upn + "\n";
  }
  std::vector<const RetentionRule*> told;
  for (const auto* pupils : {&list.due, &list.held}) {
    for (const DuePupil& pupil : *pupils) {
      if (pupil.rule->unconfirmed.empty() ||
          std::find(told.begin(), told.end(), pupil.rule) != told.end()) {
        continue;
      }
      told.push_back(pupil.rule);
      words += "NOT CONFIRMED: " + pupil.rule->id + ": " +
               pupil.rule->unconfirmed + "\n";
    }
  }
  if (!list.due.empty()) {
    words +=
        "Nothing was erased. For each that a person has approved: sendcheck "
        "erase UPN --reason retention_ended\n";
  }
  return words;
}

}  // namespace sendcheck
