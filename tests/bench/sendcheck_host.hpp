// sendcheck from the inside, as the measurements use it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "casework/check_register.hpp"
#include "casework/workspace.hpp"
#include "engine/engine.hpp"

namespace sendcheck::bench {

class SendcheckHost {
 public:
  // Loads the rules and the plugins of the project's folder. Nothing when they
  // do not load; `error` says why.
  static std::unique_ptr<SendcheckHost> open(const std::string& project,
                                             std::string& error);

  // Reads a register and keeps its records. False when it cannot be read, or a
  // record is rejected.
  bool keep(const std::string& register_path, std::string& error);
  std::size_t kept() const { return records_.size(); }
  // Checks every record that was kept, without explanation, on this thread.
  // Gives the number of decisions.
  std::size_t check_kept();

  // Reads a register, checks it without explanation and writes a line of
  // outcomes for each pupil.
  bool write_outcomes(const std::string& register_path, const std::string& to,
                      std::string& error);
  // What `sendcheck check REGISTER --format jsonl --jobs 1` does, to a file.
  bool write_explained(const std::string& register_path, const std::string& to,
                       std::string& error);

 private:
  SendcheckHost() = default;

  std::unique_ptr<Workspace> workspace_;
  std::vector<SelectedRule> rules_;
  std::vector<Record> records_;
};

}  // namespace sendcheck::bench
