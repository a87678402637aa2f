#include "casework/check_log.hpp"

#include "audit/verify.hpp"
#include "casework/decision_lines.hpp"
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

std::string kept_rule_text(const RuleText& text) {
  std::string out;
  append_rule_text(text, 0, out);
  return out;
}

std::string sealed_decision(const Workspace& workspace,
                            const WrittenDecision& decision) {
  std::string text(decision.written);
  if (decision.text == nullptr) {
    // Where the rules lay on this machine is no part of the decision.
    return workspace.without_folders(std::move(text));
  }
  // As on a pupil's line, where the text has the number 0.
  return "{\"rule\":\"" + decision.text->rule + "\",\"text\":0" + text;
}

PupilForLog packed_for_log(const Workspace& workspace,
                           const std::vector<SelectedRule>& rules,
                           std::string_view upn, const Record& record,
                           const std::vector<WrittenDecision>& written,
                           Packer& packer) {
  PupilForLog pupil;
  pupil.upn = upn;
  std::string text;
  append_record_json(record, workspace.catalogue(), text);
  pupil.packed_record = packer.packed(text);
  pupil.decisions.reserve(written.size());
  for (const WrittenDecision& decision : written) {
    pupil.decisions.push_back(
        {rules[static_cast<std::size_t>(decision.rule)].id,
         decision.text == nullptr ? std::string() : decision.text->edition,
         decision.text, packer.packed(sealed_decision(workspace, decision))});
  }
  return pupil;
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

Result<std::string> CheckLog::kept_text(const RuleText& text,
                                        Log::Batch& batch) {
  if (const auto found = texts_.find(&text); found != texts_.end()) {
    return found->second;
  }
  auto hash = batch.keep(kept_rule_text(text));
  if (hash) texts_[&text] = *hash;
  return hash;
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
      Result<std::string> text = std::string();
      if (decision.text != nullptr) text = kept_text(*decision.text, *batch);
      if (!text) return unexpected(text.error());
      about.clear();
      json::Writer(about)
          .begin_object()
          .key("check")
          .number(static_cast<std::int64_t>(check_))
          .member("edition", decision.edition)
          .key("record")
          .number(static_cast<std::int64_t>(*record))
          .member("rule", decision.rule)
          .member("text", *text)
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
