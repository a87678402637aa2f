// sendcheck decide, sendcheck erase, sendcheck audit ...: what is done with the log of decisions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/verify.hpp"
#include "cli/audit_commands.hpp"
#include "cli/desk.hpp"

namespace sendcheck::cli {

class LogCommands {
 public:
  explicit LogCommands(Desk& desk) : desk_(desk), copies_(desk) {}
  void add(CLI::App& app);

 private:
  void add_decide(CLI::App& app);
  void add_erase(CLI::App& app);
  void add_verify(CLI::App& audit);
  void add_log(CLI::App& audit);
  void add_show(CLI::App& audit);
  void add_replay(CLI::App& audit);
  void add_prove(CLI::App& audit);
  void add_checkpoint(CLI::App& audit);
  void add_keys(CLI::App& audit);

  int decide(Log& log);
  int erase(Log& log);
  int verify();
  int list(Log& log);
  int show(Log& log);
  int replay_entries(Log& log);
  int prove(Log& log);
  int checkpoint(Log& log);
  int keys(Log& log);

  Result<Evidence> evidence() const;
  // --out FILE, or standard output.
  int give(const std::string& text, const std::string& what);

  Desk& desk_;
  AuditCommands copies_;
  std::string pupil_, rule_, reason_, by_, out_;
  std::string kind_, entry_actor_, outcome_, from_, to_;
  std::vector<std::string> evidence_, not_relied_on_;
  std::vector<std::string> checkpoints_, printed_, log_keys_, witnesses_;
  std::vector<std::uint64_t> entries_;
  std::uint64_t entry_ = 0;
  std::optional<std::uint64_t> since_;
  bool accept_ = false, depart_ = false, reveal_ = false, yes_ = false;
  bool rotate_ = false;
};

}  // namespace sendcheck::cli
