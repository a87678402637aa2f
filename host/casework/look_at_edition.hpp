// An edition as it is before it is proposed or approved: does it load, and do the worked cases of its rules come out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "casework/publication.hpp"
#include "casework/run_cases.hpp"
#include "casework/workspace.hpp"

namespace sendcheck {

struct LookedAt {
  const Edition* edition = nullptr;  // null: it does not load
  EditionVersion version;
  std::int64_t cases = 0;  // that came out as expected
  // What stands in the way. Empty: it may be published.
  std::vector<Error> findings;
  std::vector<CaseResult> not_as_expected;
};

// What stands in the way of publishing an edition before its cases are run: what did not load of it, and of the plugins of its rules. This is where the
// findings of a linter belong.
std::vector<Error> publishing_findings(const Workspace& workspace,
                                       const std::string& edition);

// The edition of an id; null: it is there and does not load. Error publish.unknown_edition (with the nearest).
Result<const Edition*> edition_named(const Workspace& workspace,
                                     const std::string& id);

// Runs the worked cases of the rules that it names. Error publish.unknown_edition.
Result<LookedAt> look_at_edition(const Workspace& workspace,
                                 const std::string& edition);

// Nothing, or why it may not be published: publish.not_loaded, publish.no_cases (a rule without any), publish.cases.
std::optional<Error> obstacle(const LookedAt& looked);

}  // namespace sendcheck
