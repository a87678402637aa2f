// What entries of the log are about, opened with the pupils' keys.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "audit/log.hpp"

namespace sendcheck {

// The JSON text that is sealed beside an entry; nothing: there is none, or the pupil was erased. Errors: log.no_entry, payload.damaged, crypto.not_opened, keys.*.
Result<std::optional<std::string>> sealed_text_of(Log& log, const Entry& entry);

// The same for a reader: a decision is put together with what its rule's text says, which the log keeps once, and is as in --format json. Errors: those, log.not_kept, decisions.*.
Result<std::optional<std::string>> contents_of(Log& log, const Entry& entry);

// A decision as sealed_decision gives it, put together with its rule's text as kept_rule_text gives it (empty: it has none). Errors: decisions.*.
Result<std::string> expanded_decision(std::string_view sealed,
                                      std::string_view rule_text);

// A pupil by UPN, or by the pseudonym that the log has for them. Error log.no_such_pupil.
Result<std::string> pseudonym_of(Log& log, std::string_view pupil);

// The newest entry of a kind about a pupil and rule. Error log.no_such_decision.
Result<Entry> newest_decision(Log& log, const std::string& pseudonym,
                              const std::string& rule);

}  // namespace sendcheck
