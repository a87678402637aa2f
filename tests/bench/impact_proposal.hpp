// A proposal that touches many: three of the ten rules with other figures.
#pragma once

#include <string>

namespace sendcheck::bench {

// Makes `folder` anew with the editions of `project` that cover 22 November 2026, changed: what a school meets itself, the share of sessions that makes absence persistent, and the score
// that is below average. False: `error` says why.
bool lay_out_impact_proposal(const std::string& project,
                             const std::string& folder, std::string& error);

}  // namespace sendcheck::bench
