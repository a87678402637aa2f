#include "casework/check_log.hpp"

#include "audit/verify.hpp"
#include "casework/decision_json.hpp"
#include "json/writer.hpp"
#include "registers/record_writer.hpp"

namespace sendcheck {

std::string LoggedRun::in_words() const {
  // The note is ours: it opens without its signature being looked at.
  const std::string text = checkpoint.substr(0, checkpoint.find("\n\n") + 1);
  const auto head = Checkpoint::parse(text);
  if (!head) return id;
  return "entries " + std::to_string(first_entry) + " to " +
         std::to_string(last_entry) + " of " + head->origin + "; checkpoint " +
         printed(*head) + ", " + at.date().in_words();
}

PupilForLog packed_for_log(const Workspace& workspace, std::string_view upn,
                           const Record& record,
                           const std::vector<Decision>& decisions,
                           Packer& packer) {
  PupilForLog pupil;
  pupil.upn = upn;
  std::string text;
  append_record_json(record, workspace.catalogue(), text);
  pupil.packed_record = packer.packed(text);
  pupil.decisions.reserve(decisions.size());
  for (const Decision& decision : decisions) {
    text.clear();
    append_logged_decision(workspace, decision, text);
    pupil.decisions.push_back(
        {decision.rule, decision.edition, packer.packed(text)});
  }
  return pupil;
}

void append_logged_decision(const Workspace& workspace,
                            const Decision& decision, std::string& out) {
  if (!decision.error) {
    append_decision_json(decision, out);
    return;
  }
  // Where the rules lay on this machine is no part of the decision.
  Decision portable = decision;
  portable.error->message =
      workspace.without_folders(std::move(portable.error->message));
  portable.error->place.file =
      workspace.without_folders(std::move(portable.error->place.file));
  portable.summary = workspace.without_folders(std::move(portable.summary));
  append_decision_json(portable, out);
}

Result<void> CheckLog::prepare(const Workspace& workspace, Date as_of,
                               const RuleSelection& rules) {
  auto kept =
      read_kept_rules(workspace.rules_folder(), workspace.plugins_folder());
  if (!kept) return unexpected(kept.error());
  rules_ = std::move(*kept);
  as_of_ = as_of;
  selection_ = rules;
  return {};
}

Result<void> CheckLog::start(Log::Batch& batch) {
  auto rules = keep(rules_, batch);
  if (!rules) return unexpected(rules.error());
  std::string about;
  json::Writer json(about);
  json.begin_object().member("as_of", as_of_.to_string());
  json.member("form", purpose_.form).member("of_kind", selection_.kind);
  json.member("purpose", purpose_.purpose).member("rules", *rules);
  json.key("rules_named").begin_array();
  for (const std::string& id : selection_.ids) json.string(id);
  json.end_array().end_object();
  auto check = batch.append(
      {.kind = EntryKind::check_started, .about = std::move(about)});
  if (!check) return unexpected(check.error());
  check_ = *check;
  started_ = true;
  // What is shown is entered with what it shows: an explanation is a view, a
  // page a print, a file for another program an export.
  if (purpose_.form == "table") return {};
  const EntryKind shown = purpose_.form == "text"   ? EntryKind::view
                          : purpose_.form == "html" ? EntryKind::printed
                                                    : EntryKind::exported;
  about.clear();
  json::Writer(about)
      .begin_object()
      .key("check")
      .number(static_cast<std::int64_t>(check_))
      .member("form", purpose_.form)
      .end_object();
  auto entered = batch.append({.kind = shown, .about = std::move(about)});
  if (!entered) return unexpected(entered.error());
  return {};
}

Result<void> CheckLog::add(const std::vector<PupilForLog>& pupils) {
  auto batch = log_->begin();
  if (!batch) return unexpected(batch.error());
  if (!started_) {
    if (auto done = start(*batch); !done) {
      started_ = false;
      return done;
    }
  }
  std::string about;
  for (const PupilForLog& pupil : pupils) {
    auto key = log_->keys().pupil(pupil.upn);
    if (!key) return unexpected(key.error());
    about.clear();
    json::Writer(about)
        .begin_object()
        .key("check")
        .number(static_cast<std::int64_t>(check_))
        .end_object();
    auto record = batch->append({.kind = EntryKind::record,
                                 .about = about,
                                 .pupil = key->get(),
                                 .packed = pupil.packed_record});
    if (!record) return unexpected(record.error());
    for (const PupilForLog::One& decision : pupil.decisions) {
      about.clear();
      json::Writer(about)
          .begin_object()
          .key("check")
          .number(static_cast<std::int64_t>(check_))
          .member("edition", decision.edition)
          .key("record")
          .number(static_cast<std::int64_t>(*record))
          .member("rule", decision.rule)
          .end_object();
      auto entered = batch->append({.kind = EntryKind::decision,
                                    .about = about,
                                    .pupil = key->get(),
                                    .packed = decision.packed});
      if (!entered) return unexpected(entered.error());
    }
  }
  auto done = batch->commit();
  if (!done) return unexpected(done.error());
  return {};
}

Result<LoggedRun> CheckLog::finish(std::int64_t pupils, std::int64_t checked,
                                   std::int64_t rejected) {
  auto batch = log_->begin();
  if (!batch) return unexpected(batch.error());
  if (!started_) {
    if (auto done = start(*batch); !done) return unexpected(done.error());
  }
  std::string about;
  json::Writer(about)
      .begin_object()
      .key("check")
      .number(static_cast<std::int64_t>(check_))
      .key("checked")
      .number(checked)
      .key("pupils")
      .number(pupils)
      .key("rejected")
      .number(rejected)
      .end_object();
  auto last = batch->append(
      {.kind = EntryKind::check_finished, .about = std::move(about)});
  if (!last) return unexpected(last.error());
  auto checkpoint = batch->commit();
  if (!checkpoint) return unexpected(checkpoint.error());
  auto ended = log_->reader().entry(*last);
  if (!ended) return unexpected(ended.error());
  return LoggedRun{log_->origin() + "#" + std::to_string(check_), check_, *last,
                   ended->at, std::move(*checkpoint)};
}

}  // namespace sendcheck
