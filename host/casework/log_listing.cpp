#include "casework/log_listing.hpp"

#include <set>

#include "casework/sealed_contents.hpp"
#include "json/value.hpp"

namespace sendcheck {
namespace {

bool is_wanted(const Entry& entry, const LogFilter& filter) {
  if (!filter.kind.empty() && name_of(entry.kind) != filter.kind) return false;
  if (!filter.subject.empty() && entry.subject != filter.subject) return false;
  if (!filter.actor.empty() && entry.actor != filter.actor) return false;
  if (filter.from && entry.at < *filter.from) return false;
  if (filter.to && *filter.to < entry.at) return false;
  if (!filter.rule.empty() && about_text(entry, "rule") != filter.rule) {
    return false;
  }
  return filter.outcome.empty() || entry.kind == EntryKind::decision;
}

Result<std::string> outcome_of(Log& log, const Entry& entry) {
  auto text = contents_of(log, entry);
  if (!text) return unexpected(text.error());
  if (!*text) return std::string();
  json::Document document;
  if (auto read = document.parse(**text, ""); !read) {
    return unexpected(read.error());
  }
  const json::Value* outcome = document.root().find("outcome");
  return outcome == nullptr ? std::string() : std::string(outcome->text);
}

// The entries that began a check which came to its end.
Result<std::set<std::uint64_t>> finished_checks(Log& log) {
  const std::string mark = "\"kind\":\"check_finished\"";
  std::set<std::uint64_t> finished;
  auto walked =
      log.reader().walk(0, [&](const StoredEntry& stored) -> Result<bool> {
        if (stored.bytes.find(mark) == stored.bytes.npos) return true;
        auto entry = read_entry(stored.bytes);
        if (!entry) return unexpected(entry.error());
        if (const auto check = about_number(*entry, "check")) {
          finished.insert(static_cast<std::uint64_t>(*check));
        }
        return true;
      });
  if (!walked) return unexpected(walked.error());
  return finished;
}

std::string number_in(const Entry& entry, const char* name) {
  const auto number = about_number(entry, name);
  return number ? std::to_string(*number) : std::string("?");
}

}  // namespace

Result<void> list_log(Log& log, const LogFilter& filter,
                      const std::function<void(const ListedEntry&)>& each) {
  auto finished = finished_checks(log);
  if (!finished) return unexpected(finished.error());
  return log.reader().walk(0, [&](const StoredEntry& stored) -> Result<bool> {
    auto entry = read_entry(stored.bytes);
    if (!entry) return unexpected(entry.error());
    if (!is_wanted(*entry, filter)) return true;
    ListedEntry listed;
    listed.erased = entry->payload.has_value() && !stored.has_sealed;
    listed.broken_off = entry->kind == EntryKind::check_started &&
                        !finished->contains(entry->number);
    if (!filter.outcome.empty()) {
      auto outcome = outcome_of(log, *entry);
      if (!outcome) return unexpected(outcome.error());
      if (*outcome != filter.outcome) return true;
      listed.outcome = std::move(*outcome);
    }
    listed.entry = std::move(*entry);
    each(listed);
    return true;
  });
}

std::string in_words(const Entry& entry) {
  switch (entry.kind) {
    case EntryKind::log_started:
      return "the log was begun: " + about_text(entry, "origin");
    case EntryKind::key_rotated:
      return "a new signing key";
    case EntryKind::clock_set_back:
      return "the clock was set back: it had been " +
             about_text(entry, "before");
    case EntryKind::check_started:
      return about_text(entry, "purpose") + " begun, as of " +
             about_text(entry, "as_of");
    case EntryKind::record:
      return "a record, for check " + number_in(entry, "check");
    case EntryKind::decision: {
      const std::string edition = about_text(entry, "edition");
      return about_text(entry, "rule") +
             (edition.empty() ? "" : " under " + edition);
    }
    case EntryKind::check_finished:
      return "check " + number_in(entry, "check") +
             " finished: " + number_in(entry, "checked") + " of " +
             number_in(entry, "pupils") + " pupils checked";
    case EntryKind::impact_started:
      return "the impact of proposed rules begun, as of " +
             about_text(entry, "as_of");
    case EntryKind::impact_finished:
      return "impact " + number_in(entry, "impact") +
             " finished: " + number_in(entry, "checked") + " of " +
             number_in(entry, "pupils") + " pupils checked";
    case EntryKind::human_decision:
      return "a person's decision beside entry " +
             number_in(entry, "recommendation") + " (" +
             about_text(entry, "rule") + ")";
    case EntryKind::view:
      return "looked at: " + about_text(entry, "form") +
             about_text(entry, "reason");
    case EntryKind::printed:
      return "printed: " + about_text(entry, "form");
    case EntryKind::exported:
      return "exported: " + about_text(entry, "form");
    case EntryKind::imported:
      return "imported: " + about_text(entry, "form");
    case EntryKind::sampled:
      return "a sample was drawn: " + about_text(entry, "method");
    case EntryKind::rules_proposed:
      return "rules proposed: " + about_text(entry, "edition") + ", revision " +
             number_in(entry, "revision") + ", by " +
             about_text(entry, "proposed_by");
    case EntryKind::rules_published:
      return "rules published: " + about_text(entry, "edition") +
             ", revision " + number_in(entry, "revision") + ", approved by " +
             about_text(entry, "approved_by");
    case EntryKind::sign_in:
      return "signed in";
    case EntryKind::verified:
      return "the log was verified: " + about_text(entry, "verdict");
    case EntryKind::erased:
      return "a pupil was erased: " + about_text(entry, "reason");
    case EntryKind::erasure_refused:
      return "an erasure was refused: " + about_text(entry, "reason");
    case EntryKind::cosigned:
      return "cosigned: " + about_text(entry, "origin");
    case EntryKind::backed_up:
      return "backed up";
    case EntryKind::restored:
      return "restored from a backup";
  }
  return {};
}

}  // namespace sendcheck
