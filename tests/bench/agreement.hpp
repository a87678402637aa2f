// Two hosts that know nothing of each other must come to the same for every
// pupil: outcome, amount and due date.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>

#include "plain_lua_host.hpp"
#include "sendcheck_host.hpp"

namespace sendcheck::bench {

struct Agreement {
  std::uint64_t pupils = 0;
  std::uint64_t decisions = 0;
  std::uint64_t differ = 0;  // decisions
};

// Checks a register by both, and tells of the first few decisions that differ
// with the whole record. `scratch` is a folder to write in.
bool compare_hosts(SendcheckHost& ours, PlainLuaHost& theirs,
                   const std::string& register_path, const std::string& scratch,
                   Agreement& agreement, std::ostream& findings,
                   std::string& error);

}  // namespace sendcheck::bench
