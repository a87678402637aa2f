// "A plugin is a folder, complete or refused."
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "base/files.hpp"
#include "base/text.hpp"
#include "casework/run_cases.hpp"
#include "plugins/reading.hpp"
#include "shipped.hpp"

using namespace sendcheck;
using namespace shipped;

TEST_CASE("Every plugin that is shipped loads") {
  REQUIRE(plugin_folders().size() >= 10);
  for (const BrokenPlugin& broken : workspace().plugins().broken) {
    for (const Error& error : broken.errors) FAIL_CHECK(error.to_string());
  }
  CHECK(plugins().size() == plugin_folders().size());
}

TEST_CASE("Every plugin's folder holds its four files and nothing else") {
  const std::vector<std::string> wanted = {"README.md", "cases.json",
                                           "plugin.json", "rule.lua"};
  for (const std::string& name : plugin_folders()) {
    INFO(name);
    const auto files = list_folder(source_path("plugins/" + name));
    REQUIRE(files);
    CHECK(*files == wanted);
  }
}

TEST_CASE("Every plugin's id is the name of its folder") {
  for (const Plugin& plugin : plugins()) {
    CHECK(plugin.manifest.id == file_name(plugin.folder));
    CHECK(plugin.rules.front().id == plugin.manifest.id);
  }
}

TEST_CASE("Every plugin says in words what it does, when it refers and why") {
  const std::vector<std::string> headings = {
      "## The rule in words", "## The evidence that it asks for",
      "## When it refers", "## Limits", "## Sources"};
  for (const std::string& name : plugin_folders()) {
    INFO(name);
    const std::string page =
        read_text(source_path("plugins/" + name + "/README.md"));
    CHECK(page.starts_with("# "));
    CHECK(page.size() > 1200);
    std::size_t before = 0;
    for (const std::string& heading : headings) {
      INFO(heading);
      const std::size_t at = page.find("\n" + heading + "\n");
      REQUIRE(at != std::string::npos);
      CHECK(at > before);
      before = at;
    }
    // Whoever doubts the rule must be able to look it up.
    CHECK(page.find("http", before) != std::string::npos);
  }
}

TEST_CASE("Every plugin's summary is one sentence for a reader") {
  for (const Plugin& plugin : plugins()) {
    INFO(plugin.manifest.id);
    CHECK(plugin.manifest.summary.size() > 40);
    CHECK(plugin.manifest.summary.ends_with("."));
    for (const auto& [id, text] : plugin.manifest.messages) {
      INFO(id);
      CHECK(text.ends_with("."));
    }
  }
}

TEST_CASE("Every parameter that a manifest declares is used by its rule") {
  for (const Plugin& plugin : plugins()) {
    INFO(plugin.manifest.id);
    std::set<std::string> declared;
    for (const ParameterSpec& spec : plugin.manifest.parameters) {
      declared.insert(spec.name);
    }
    CHECK(parameters_read(plugin) == declared);
  }
}

TEST_CASE("No rule holds a figure or a date that policy could change") {
  for (const Plugin& plugin : plugins()) {
    for (const TextLiteral& literal :
         figures_of_policy(plugin.source, workspace().catalogue())) {
      FAIL_CHECK(plugin.manifest.id << "/rule.lua:" << literal.line << ": "
                                    << literal.text);
    }
    for (const char* word : {"pounds", "decimal", "date"}) {
      INFO(plugin.manifest.id << "/rule.lua: " << word);
      CHECK(names_after(plugin.source, std::string(word) + " ").empty());
      CHECK(names_after(plugin.source, std::string(word) + "(").empty());
    }
  }
}

TEST_CASE("The search for figures finds those that are planted") {
  const auto found = [](const std::string& source) {
    std::set<std::string> texts;
    for (const TextLiteral& literal : literals(source)) {
      if (literal.is_number) texts.insert(literal.text);
    }
    return texts;
  };
  CHECK(found("return fact \"a\" :above(84) -- not 85\n") ==
        std::set<std::string>{"84"});
  CHECK(found("local area2 = { 12, -3.5, 0x1F, 2e3 }") ==
        std::set<std::string>{"12", "3.5", "0x1F", "2e3"});
  CHECK(found("--[[ 77 ]] local a = [[ 66 ]] .. 'in 55' .. \"44\"").empty());
  CHECK(literals("param \"x\"").front().text == "x");
  CHECK(literals("'2026-04-01'").front().text == "2026-04-01");
  CHECK(is_day_of_the_year("02-15"));
  CHECK_FALSE(is_day_of_the_year("AARA 5.2"));
  CHECK(is_amount("6000.00"));
  CHECK(is_amount("6000"));
  CHECK_FALSE(is_amount("R"));
}

TEST_CASE("Every shipped case comes out as it says") {
  const auto results = run_cases(workspace(), "", {});
  REQUIRE(results);
  CHECK(results->size() >= 2800);
  for (const CaseResult& result : *results) {
    if (result.faults.empty()) continue;
    FAIL_CHECK(result.rule << ": " << result.sentence << ": "
                           << join(result.faults, "; "));
  }
}

// Rules that never say yes, and why: what would be met is referred.
const std::map<std::string, std::string>& never_met() {
  static const std::string another_body = "another body always decides";
  static const std::string unconfirmed = "no edition's dates are confirmed";
  static const std::map<std::string, std::string> rules = {
      {"derbyshire-taps", unconfirmed},
      {"durham-costed-provision", unconfirmed},
      {"jcq-extra-time-over-25", another_body},
      {"jcq-practical-assistant", another_body},
      {"lambeth-early-years-inclusion", unconfirmed},
      {"penalty-notice-threshold", another_body},
      {"solihull-top-up", unconfirmed},
      {"stoke-senif", unconfirmed},
      {"wokingham-exceptional-needs", unconfirmed}};
  return rules;
}

// Rules that never say no: falling short of guidance is referred.
const std::set<std::string>& never_not_met() {
  static const std::set<std::string> rules = {"ehc-under-five-review",
                                              "sen-support-meetings"};
  return rules;
}

TEST_CASE("The shipped cases refuse more than they accept") {
  const auto results = run_cases(workspace(), "", {});
  REQUIRE(results);
  std::map<std::string, std::map<Outcome, int>> by_rule;
  int accepted = 0, refused = 0;
  for (const CaseResult& result : *results) {
    ++by_rule[result.rule][result.outcome];
    accepted += result.outcome == Outcome::met;
    refused += result.outcome == Outcome::not_met ||
               result.outcome == Outcome::needs_evidence ||
               result.outcome == Outcome::refer;
  }
  CHECK(refused > accepted);
  for (const Plugin& plugin : plugins()) {
    INFO(plugin.manifest.id);
    auto& counts = by_rule[plugin.manifest.id];
    const std::string& id = plugin.manifest.id;
    CHECK((counts[Outcome::met] > 0) != never_met().contains(id));
    CHECK((counts[Outcome::not_met] > 0) != never_not_met().contains(id));
    CHECK(counts[Outcome::needs_evidence] > 0);
    CHECK(counts[Outcome::error] == 0);
  }
}

TEST_CASE(
    "No two cases of a plugin are the same sentence, and each has its clause") {
  for (const Plugin& plugin : plugins()) {
    const auto results =
        run_cases(workspace(), join_path(plugin.folder, "cases.json"), {});
    REQUIRE(results);
    std::set<std::string> sentences;
    for (const CaseResult& result : *results) {
      INFO(result.rule << ": " << result.sentence);
      CHECK(result.rule == plugin.manifest.id);
      CHECK_FALSE(result.source.empty());
      CHECK(sentences.insert(result.sentence).second);
    }
  }
}
