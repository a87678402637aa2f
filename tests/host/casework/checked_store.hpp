// A log in which a register was checked by the shipped rules.
#pragma once

#include <memory>
#include <string>

#include "house.hpp"
#include "support/small_store.hpp"

namespace sendcheck::test {

struct CheckedStore : SmallStore {
  std::unique_ptr<Workspace> workspace = shipped();

  explicit CheckedStore(const std::string& name = "checked store")
      : SmallStore(name) {}

  // Checks a register (its text, as JSON Lines) by some rules; all if none is named.
  LoggedRun check_register_of(const std::string& lines,
                              std::vector<std::string> rules = {}) {
    CheckLog check_log(*log, {});
    CheckOptions options;
    options.register_path = scratch.write("register.jsonl", lines);
    options.as_of = fixture_date();
    options.rules.ids = std::move(rules);
    options.log = &check_log;
    Keeper keeper(false);
    auto report = check_register(*workspace, options, keeper);
    INFO((report ? std::string() : report.error().to_string()));
    REQUIRE(report.has_value());
    REQUIRE(report->run.has_value());
    std::filesystem::remove(options.register_path);
    return *report->run;
  }
};

// Every file below some folders, one after another.
inline std::string all_bytes_below(const std::string& folder) {
  std::string all;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) all += content_of(entry.path().string());
  }
  return all;
}

}  // namespace sendcheck::test
