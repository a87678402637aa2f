// The lawful end of a pupil's data in the log.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "audit/log.hpp"

namespace sendcheck {

// Why a pupil is erased or an erasure is refused. A code, not a sentence: it stands in the log in clear, for good, and must name nobody.
struct ErasureReason {
  std::string_view code;
  std::string_view words;
};
std::span<const ErasureReason> erasure_reasons();
std::span<const ErasureReason> refusal_reasons();

// What is to be kept when the data is gone. Names the pupil by pseudonym only.
struct DisposalCertificate {
  std::string pseudonym;
  std::string reason;  // in words
  std::string actor;
  std::string at;
  std::uint64_t entry = 0;
  std::uint64_t destroyed = 0;
  std::string checkpoint;
  std::string origin;

  std::string text() const;
};

// Errors: erase.reason (no such code; lists them), log.no_such_pupil, store.*, files.unwritable.
Result<DisposalCertificate> erase_pupil(Log& log, std::string_view pupil,
                                        std::string_view reason);

// That it was asked for and is refused (a legal claim, a public task): entered with its reason. The number of the entry.
Result<std::uint64_t> refuse_erasure(Log& log, std::string_view pupil,
                                     std::string_view reason);

}  // namespace sendcheck
