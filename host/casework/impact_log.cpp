#include "casework/impact_log.hpp"

#include "casework/check_log.hpp"
#include "json/writer.hpp"

namespace sendcheck {

Result<void> ImpactLog::start(const Workspace& before, const Workspace& after,
                              Date as_of,
                              const std::vector<std::string>& rules_named) {
  const auto current =
      read_kept_rules(before.rules_folder(), before.plugins_folder());
  if (!current) return unexpected(current.error());
  const auto proposed =
      read_kept_rules(after.rules_folder(), after.plugins_folder());
  if (!proposed) return unexpected(proposed.error());
  auto batch = log_->begin();
  if (!batch) return unexpected(batch.error());
  const auto rules = keep(*current, *batch);
  if (!rules) return unexpected(rules.error());
  const auto other = keep(*proposed, *batch);
  if (!other) return unexpected(other.error());
  std::string about;
  json::Writer json(about);
  json.begin_object().member("as_of", as_of.to_string());
  json.member("form", form_).member("proposed", *other);
  json.member("rules", *rules).key("rules_named").begin_array();
  for (const std::string& id : rules_named) json.string(id);
  json.end_array().end_object();
  const auto entered = batch->append(
      {.kind = EntryKind::impact_started, .about = std::move(about)});
  if (!entered) return unexpected(entered.error());
  started_ = *entered;
  if (auto done = batch->commit(); !done) return unexpected(done.error());
  return {};
}

Result<std::string> ImpactLog::finish(std::int64_t pupils, std::int64_t checked,
                                      std::int64_t rejected) {
  std::string about;
  json::Writer(about)
      .begin_object()
      .key("checked")
      .number(checked)
      .key("impact")
      .number(static_cast<std::int64_t>(started_))
      .key("pupils")
      .number(pupils)
      .key("rejected")
      .number(rejected)
      .end_object();
  auto batch = log_->begin();
  if (!batch) return unexpected(batch.error());
  const auto last = batch->append(
      {.kind = EntryKind::impact_finished, .about = std::move(about)});
  if (!last) return unexpected(last.error());
  auto checkpoint = batch->commit();
  if (!checkpoint) return unexpected(checkpoint.error());
  const auto ended = log_->reader().entry(*last);
  if (!ended) return unexpected(ended.error());
  return LoggedRun{log_->origin() + "#" + std::to_string(started_), started_,
                   *last, ended->at, std::move(*checkpoint)}
      .in_words();
}

}  // namespace sendcheck
