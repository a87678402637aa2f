// The verdict on an audit pack, by the same words and exit status as on a log.
#pragma once

#include <string>

#include "audit/verify.hpp"

namespace sendcheck {

// Reads the pack whole (audit/pack.hpp) and holds it against the evidence. A pack holds no sealed bytes but those that were opened for it, so the verdict
// counts only these. An error means that there is no verdict: pack.not_a_pack, files.unreadable. Whatever else is wrong is the verdict's fault, with the file.
Result<Verdict> verify_pack(const std::string& folder,
                            const Evidence& evidence);

}  // namespace sendcheck
