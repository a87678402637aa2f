// Rule sets that a test writes for itself.
#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "test_rules.hpp"

namespace rules_of_tests {

// A folder of that name with nothing in it but the files given.
inline std::string scratch_folder(
    const std::string& name, const std::map<std::string, std::string>& files) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(SENDCHECK_SCRATCH) / "rulesets" / name;
  fs::remove_all(folder);
  fs::create_directories(folder);
  std::ofstream(folder / "bank-holidays.csv")
      << "date,name\n2025-01-01,New Year's Day\n";
  for (const auto& [file, content] : files) {
    fs::create_directories((folder / file).parent_path());
    std::ofstream(folder / file, std::ios::binary) << content;
  }
  return folder.string();
}

struct Written {
  std::string body = "dfe";
  std::string from = "2025-04-01";
  std::string to = "";         // empty: runs on
  std::string extends = "[]";  // JSON
  std::string rules = "{}";    // JSON
  std::string more = "";       // JSON members, each followed by a comma
};

inline std::string edition_json(const Written& edition) {
  const std::string end =
      edition.to.empty() ? "null, \"runs_on_because\": \"no end is printed\""
                         : "\"" + edition.to + "\"";
  return "{\"format\": \"sendcheck-edition/1\", \"body\": \"" + edition.body +
         "\", \"title\": \"A title\", " + edition.more +
         "\"extends\": " + edition.extends + ", \"in_force\": {\"from\": \"" +
         edition.from + "\", \"to\": " + end +
         "}, \"approved\": {\"by\": \"the director\", \"on\": "
         "\"2025-03-12\"}, \"sources\": {\"guide\": {\"title\": \"The "
         "guide\"}}, \"rules\": " +
         edition.rules + "}";
}

// One rule with one threshold.
inline std::string top_up(const std::string& threshold,
                          const std::string& more = "") {
  return "{\"element-3-top-up\": {\"parameters\": {\"threshold\": "
         "{\"value\": \"" +
         threshold + "\", \"source\": \"guide\", \"status\": \"confirmed\"" +
         more + "}}}}";
}

inline RuleSets load(const std::string& folder) {
  return RuleSets::load(folder, declared(), broken_plugins()).value();
}

}  // namespace rules_of_tests
