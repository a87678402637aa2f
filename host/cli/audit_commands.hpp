// sendcheck audit pack, cosign, diff, backup, restore, and those of AuditLists: the log, those outside who watch it, and its copies.
#pragma once

#include <string>
#include <vector>

#include "cli/audit_lists.hpp"
#include "cli/desk.hpp"

namespace sendcheck::cli {

class AuditCommands {
 public:
  explicit AuditCommands(Desk& desk) : desk_(desk), lists_(desk) {}
  // `audit` is the group of commands "sendcheck audit".
  void add(CLI::App& audit);

 private:
  void add_pack(CLI::App& audit);
  void add_cosign(CLI::App& audit);
  void add_diff(CLI::App& audit);
  void add_backup(CLI::App& audit);
  void add_restore(CLI::App& audit);

  int pack(Log& log);
  int cosign_other(Log& log);
  int keep_received(Log& log);
  int diff();
  int backup(Log& log);
  int restore_backup();

  Desk& desk_;
  AuditLists lists_;
  std::string folder_, reason_, out_, keys_folder_;
  std::string request_, received_;
  std::string copy_a_, copy_b_;
  std::vector<std::string> log_keys_, witnesses_;
  bool with_contents_ = false;
};

}  // namespace sendcheck::cli
