// Looks through editions, tables and plugins for everything that is wrong, and for everything that loads and yet is doubtful.
//
// An error is what does not load: nothing is decided by it. A doubt loads, and somebody should look at it. A note is no fault: what is there by design
// (what is marked unconfirmed), or what a register shows of a rule.
#pragma once

#include <string>
#include <vector>

#include "casework/workspace.hpp"

namespace sendcheck {

struct LintFinding {
  enum class Kind { error, doubt, note };
  Kind kind = Kind::doubt;
  // Doubts and notes have ids "lint.*". Files are named with rules/ and plugins/ for wherever these are (Workspace::without_folders).
  Error error;
  // Whom it concerns; either may be empty.
  std::string rule;
  std::string edition;
};
std::string_view name_of(LintFinding::Kind kind);

struct LintRequest {
  // Rules, editions ("jcq/2026-03-01"), or bodies; empty: everything.
  std::vector<std::string> names;
  std::vector<std::string> registers;  // paths
  Date as_of;
};

// Errors first, then doubts, then notes; each by file and place. Errors: lint.unknown (a name is none of a rule, an edition or a body; with the nearest);
// of a register, those of open_register.
Result<std::vector<LintFinding>> lint(const Workspace& workspace,
                                      const LintRequest& request);

// What stands in a text that somebody has still to write: sendcheck rules new and new-edition leave it, and lint finds it.
inline constexpr std::string_view to_write = "To be written:";
// How the reason of a value begins that new-edition took over from an earlier edition.
inline constexpr std::string_view carried_over = "Carried over from ";

}  // namespace sendcheck
