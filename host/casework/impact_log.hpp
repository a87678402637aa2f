// An impact as the log has it: one entry that it began (as-of date, the rules of both sides by content hash) before anything of it is shown, one that it came to its end. It
// reads pupils' records and decides nothing: no record and no outcome is entered.
#pragma once

#include <cstdint>
#include <string>

#include "audit/log.hpp"
#include "casework/kept_rules.hpp"
#include "casework/workspace.hpp"

namespace sendcheck {

// Belongs to one thread.
class ImpactLog {
 public:
  // `log` must outlive it. `form`: as what it is shown ("table", "json", "jsonl", "csv", "html").
  ImpactLog(Log& log, std::string form) : log_(&log), form_(std::move(form)) {}

  // Keeps the rules of both sides. Errors: files.*, store.*.
  Result<void> start(const Workspace& before, const Workspace& after,
                     Date as_of, const std::vector<std::string>& rules_named);
  // Gives where it stands in the log, in words for the foot of a page. Errors: store.*.
  Result<std::string> finish(std::int64_t pupils, std::int64_t checked,
                             std::int64_t rejected);

 private:
  Log* log_;
  std::string form_;
  std::uint64_t started_ = 0;
};

}  // namespace sendcheck
