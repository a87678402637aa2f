// A check as the log has it: one entry that it began (as-of date, the rules by content hash), one for each record, one for each decision, one that it came to its
// end. Records and decisions are sealed under the pupil's key.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "audit/log.hpp"
#include "audit/payload.hpp"
#include "casework/kept_rules.hpp"
#include "casework/workspace.hpp"

namespace sendcheck {

// Why a register is looked at, and as what it is shown.
struct CheckPurpose {
  std::string purpose = "check";  // "check", "explain"
  std::string form =
      "table";  // "table", "json", "jsonl", "csv", "html", "text"
};

// Where a logged check stands in the log.
struct LoggedRun {
  std::string
      id;  // "sendcheck-log/0123456789abcdef#17": the log, and the entry that began it
  std::uint64_t first_entry = 0;
  std::uint64_t last_entry = 0;
  Moment at;               // of the last entry
  std::string checkpoint;  // the signed note that covers it

  // "entries 1 to 632 of sendcheck-log/0123456789abcdef; checkpoint 633:09ff405396c0d1a5, 24 November 2026": for the foot of whatever is shown, so
  // that an old page can catch a log that was written again.
  std::string in_words() const;
};

// A pupil's record and decisions, packed for the log by the thread that made them.
struct PupilForLog {
  struct One {
    std::string rule;
    std::string edition;
    const RuleText* text =
        nullptr;  // lives as long as the check; null: the decision is whole
    std::string packed;
  };
  std::string upn;
  std::string packed_record;
  std::vector<One> decisions;
};

// A decision as it is sealed: what a LineWriter wrote of it, so that what is the same for every pupil is kept once, by its hash. One without a rule's
// text is whole, and names files of the rules without the folder that they lay in.
std::string sealed_decision(const Workspace& workspace,
                            const WrittenDecision& decision);
// The text of a rule as it is kept, and as DecisionExpander reads it.
std::string kept_rule_text(const RuleText& text);

// `written` are decisions that a LineWriter wrote; `rules` those that they are of.
PupilForLog packed_for_log(const Workspace& workspace,
                           const std::vector<SelectedRule>& rules,
                           std::string_view upn, const Record& record,
                           const std::vector<WrittenDecision>& written,
                           Packer& packer);

// Belongs to one thread.
class CheckLog {
 public:
  // `log` must outlive it. Nothing is written yet.
  CheckLog(Log& log, CheckPurpose purpose)
      : log_(&log), purpose_(std::move(purpose)) {}

  // Needs the rules that were loaded. Errors: files.* (a rule file that can no longer be read).
  Result<void> prepare(const Workspace& workspace, Date as_of,
                       const RuleSelection& rules);
  // One transaction: these pupils, and before the first of them that the check began. Once it returned, they may be shown.
  Result<void> add(const std::vector<PupilForLog>& pupils);
  // The end, with its numbers.
  Result<LoggedRun> finish(std::int64_t pupils, std::int64_t checked,
                           std::int64_t rejected);

 private:
  Result<void> start(Log::Batch& batch);
  Result<std::string> kept_text(const RuleText& text, Log::Batch& batch);

  Log* log_;
  CheckPurpose purpose_;
  KeptRules rules_;

  Date as_of_;
  RuleSelection selection_;
  std::unordered_map<const RuleText*, std::string> texts_;  // their hashes
  bool started_ = false;
  std::uint64_t check_ = 0;  // the entry that began it
};

}  // namespace sendcheck
