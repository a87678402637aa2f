// sendcheck audit sample, export, due: lists and files that are drawn from the log.
#pragma once

#include <string>
#include <vector>

#include "casework/audit_sample.hpp"
#include "casework/export_log.hpp"
#include "cli/desk.hpp"

namespace sendcheck::cli {

class AuditLists {
 public:
  explicit AuditLists(Desk& desk) : desk_(desk) {}
  // `audit` is the group of commands "sendcheck audit".
  void add(CLI::App& audit);

 private:
  void add_sample(CLI::App& audit);
  void add_export(CLI::App& audit);
  void add_due(CLI::App& audit);

  int sample(Log& log);
  int export_entries(Log& log);
  int due(const std::string& rules_folder, Date as_of);

  Desk& desk_;
  SampleRequest request_;
  ExportOptions export_;
  std::string method_ = "random", sample_format_ = "table", out_;
};

}  // namespace sendcheck::cli
