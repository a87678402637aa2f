// A library of rules that is begun by the program itself: one rule, one edition, to be edited by a test.
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <memory>
#include <string>

#include "casework/lint.hpp"
#include "casework/new_edition.hpp"
#include "casework/new_rule.hpp"
#include "support/scratch.hpp"

namespace sendcheck::test {

class SmallLibrary {
 public:
  SmallLibrary() {
    scratch_.write("rules/facts.json",
                   content_of(source_folder() + "/rules/facts.json"));
    scratch_.write("rules/bank-holidays.csv",
                   content_of(source_folder() + "/rules/bank-holidays.csv"));
    std::filesystem::create_directories(scratch_.path("plugins"));
  }

  std::unique_ptr<Workspace> open() const {
    auto workspace =
        Workspace::open(scratch_.path("rules"), scratch_.path("plugins"));
    INFO((workspace ? std::string() : workspace.error().to_string()));
    REQUIRE(workspace.has_value());
    return std::move(*workspace);
  }

  static Date day(const char* text) { return *Date::parse(text); }

  Result<NewRule> begin_rule(const std::string& id,
                             const std::string& authority = "national",
                             const std::string& kind = "monitoring") const {
    NewRuleRequest request;
    request.id = id;
    request.kind = kind;
    request.authority = authority;
    request.from = day("2026-09-01");
    request.today = day("2026-11-22");
    return new_rule(*open(), request);
  }

  Result<NewEdition> begin_edition(const std::string& body,
                                   const std::string& date,
                                   const std::string& from = "",
                                   bool new_body = false) const {
    return new_edition(*open(),
                       {body, date, from, new_body, day("2026-11-22")});
  }

  std::vector<LintFinding> linted(
      std::vector<std::string> names = {}, const char* as_of = "2026-11-22",
      std::vector<std::string> registers = {}) const {
    const auto workspace = open();
    auto found =
        lint(*workspace, {std::move(names), std::move(registers), day(as_of)});
    INFO((found ? std::string() : found.error().to_string()));
    REQUIRE(found.has_value());
    return *found;
  }

  // Exchanges a text that must be there.
  void edit(const std::string& file, const std::string& from,
            const std::string& to) const {
    std::string text = content_of(path(file));
    const std::size_t at = text.find(from);
    INFO(file << ": " << from);
    REQUIRE(at != std::string::npos);
    write(file, text.replace(at, from.size(), to));
  }
  void write(const std::string& file, const std::string& text) const {
    scratch_.write(file, text);
  }
  std::string path(const std::string& file) const {
    return scratch_.path(file);
  }
  std::string text(const std::string& file) const {
    return content_of(path(file));
  }
  bool has(const std::string& file) const {
    return std::filesystem::exists(path(file));
  }

  // Every file and folder, to see that nothing was left behind.
  std::vector<std::string> everything() const {
    std::vector<std::string> names;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(scratch_.folder())) {
      names.push_back(entry.path().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

 private:
  Scratch scratch_;
};

inline std::vector<LintFinding> with_id(const std::vector<LintFinding>& found,
                                        const std::string& id) {
  std::vector<LintFinding> result;
  for (const LintFinding& finding : found) {
    if (finding.error.id == id) result.push_back(finding);
  }
  return result;
}

// The only finding with this id.
inline LintFinding only(const std::vector<LintFinding>& found,
                        const std::string& id) {
  for (const LintFinding& finding : found)
    UNSCOPED_INFO(finding.error.to_string());
  const auto these = with_id(found, id);
  REQUIRE(these.size() == 1);
  return these.front();
}

}  // namespace sendcheck::test
