// Makes decisions of the log again, from the record and the rules that were kept, and compares the bytes.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "audit/log.hpp"

namespace sendcheck {

enum class Replayed {
  same,       // byte for byte
  different,  // `where` says the first difference
  erased,     // the pupil was erased: there is nothing to replay
  impossible  // what was kept cannot be read; `where` says why
};

struct ReplayedDecision {
  std::uint64_t entry = 0;
  std::string rule;
  std::string program;  // the version that decided
  Replayed result = Replayed::same;
  std::string where;  // "/outcome: it was \"met\", it is now \"not_met\""
};

struct ReplayReport {
  std::uint64_t decisions = 0;
  std::uint64_t same = 0;
  std::uint64_t erased = 0;
  std::vector<ReplayedDecision> others;  // different or impossible
};

// `entries`: numbers of decision entries; empty: all. Another time zone, locale or folder makes no difference: nothing of them comes in.
// Errors: log.no_entry, replay.not_a_decision (an entry that is none), store.*, files.unwritable.
Result<ReplayReport> replay(
    Log& log, const std::vector<std::uint64_t>& entries,
    const std::function<void(std::uint64_t done)>& progress = {});

// Where two JSON texts part, as a pointer and what stands there; empty when they say the same.
std::string first_difference(std::string_view was, std::string_view is);

}  // namespace sendcheck
