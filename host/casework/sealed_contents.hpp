// What entries of the log are about, opened with the pupils' keys.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "audit/log.hpp"

namespace sendcheck {

// The JSON text that is sealed beside an entry; nothing: there is none, or the pupil was erased. Errors: log.no_entry, payload.damaged, crypto.not_opened, keys.*.
Result<std::optional<std::string>> contents_of(Log& log, const Entry& entry);

// A pupil by UPN, or by the pseudonym that the log has for them. Error log.no_such_pupil.
Result<std::string> pseudonym_of(Log& log, std::string_view pupil);

// The newest entry of a kind about a pupil and rule. Error log.no_such_decision.
Result<Entry> newest_decision(Log& log, const std::string& pseudonym,
                              const std::string& rule);

}  // namespace sendcheck
