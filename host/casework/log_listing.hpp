// Entries of the log, chosen and told in words.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "audit/log.hpp"

namespace sendcheck {

// What is wanted; what is empty chooses nothing away.
struct LogFilter {
  std::string kind;     // "decision"
  std::string subject;  // a pseudonym
  std::string rule;
  std::string actor;
  std::string outcome;  // of decisions: their contents are opened for it
  std::optional<Moment> from, to;  // both included
};

struct ListedEntry {
  Entry entry;
  std::string outcome;      // where the filter opened it
  bool erased = false;      // its contents are gone
  bool broken_off = false;  // a check that began and never came to its end
};

// In order. Looks into contents only for an outcome; that this was done has to be entered first (casework does not do it here). Errors: store.*, crypto.*.
Result<void> list_log(Log& log, const LogFilter& filter,
                      const std::function<void(const ListedEntry&)>& each);

// What an entry says, in one line: "decision of jcq-extra-time-25 under jcq/2025-09-01".
std::string in_words(const Entry& entry);

}  // namespace sendcheck
