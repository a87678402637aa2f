#include "agreement.hpp"

#include <fstream>
#include <vector>

#include "base/files.hpp"

namespace sendcheck::bench {
namespace {

// The decisions of a line of outcomes, each as it is written.
std::vector<std::string> decisions_of(const std::string& line) {
  std::vector<std::string> decisions;
  std::size_t at = line.find("{\"rule\"");
  while (at != std::string::npos) {
    const std::size_t end = line.find('}', at);
    decisions.push_back(line.substr(at, end - at + 1));
    at = line.find("{\"rule\"", end);
  }
  return decisions;
}

}  // namespace

bool compare_hosts(SendcheckHost& ours, PlainLuaHost& theirs,
                   const std::string& register_path, const std::string& scratch,
                   Agreement& agreement, std::ostream& findings,
                   std::string& error) {
  constexpr std::uint64_t told = 5;
  const std::string path = join_path(scratch, "outcomes.jsonl");
  if (!ours.write_outcomes(register_path, path, error)) return false;
  std::ifstream pupils(register_path, std::ios::binary);
  std::ifstream answers(path, std::ios::binary);
  std::string pupil, our_line, their_line;
  while (std::getline(pupils, pupil)) {
    std::getline(answers, our_line);
    their_line.clear();
    theirs.check_line(pupil, their_line);
    their_line.pop_back();
    const auto ours_made = decisions_of(our_line);
    ++agreement.pupils;
    agreement.decisions += ours_made.size();
    if (our_line == their_line) continue;
    const auto theirs_made = decisions_of(their_line);
    const bool same_rules = ours_made.size() == theirs_made.size();
    if (!same_rules) ++agreement.differ;
    for (std::size_t i = 0; same_rules && i < ours_made.size(); ++i) {
      if (ours_made[i] == theirs_made[i]) continue;
      if (++agreement.differ > told) continue;
      findings << "sendcheck " << ours_made[i] << "\nplain Lua "
               << theirs_made[i] << "\nrecord    " << pupil << "\n\n";
    }
  }
  return true;
}

}  // namespace sendcheck::bench
