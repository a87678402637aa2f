// sendcheck check, sendcheck explain.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "casework/check_register.hpp"
#include "cli/desk.hpp"

namespace sendcheck::cli {

class CheckCommands {
 public:
  explicit CheckCommands(Desk& desk) : desk_(desk) {}
  void add(CLI::App& app);

 private:
  // The store that a check is entered in; nothing with --no-store.
  struct OpenedLog {
    std::unique_ptr<Log> store;
    std::unique_ptr<CheckLog> log;
  };
  Result<OpenedLog> open_check_log(CheckPurpose purpose) const;

  void add_check(CLI::App& app);
  void add_expand(CLI::App& app);
  void add_explain(CLI::App& app);
  int check(const Workspace& workspace, Date date);
  void say_what_the_rows_do_not(const CheckReport& report);
  int explain_one(const Workspace& workspace, Date date);

  Desk& desk_;
  std::string register_, kind_, upn_, format_ = "table", rejects_, rule_id_;
  std::string reader_ = "senco";
  std::vector<std::string> rule_ids_;
  bool strict_ = false;
  int jobs_ = 0;
};

}  // namespace sendcheck::cli
