// A few rules and editions that a test writes for itself, over the catalogue of the project.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/engine.hpp"

namespace engine_of_tests {

using namespace sendcheck;

Date day(const std::string& text);

// Files by path under one folder: "plugins/trial/rule.lua", "rules/national/dfe/2025-04-01/edition.json".
using Files = std::map<std::string, std::string>;

struct PluginText {
  std::string id = "trial";
  std::string authority = "national";
  std::string kind = "funding";
  std::string parameters = "{}";  // JSON
  std::string
      rule;  // what stands between the braces of rule { id, title, ... }
  std::string before = "";  // Lua before the rule
};
void add_plugin(Files& files, const PluginText& plugin);

struct EditionText {
  std::string body = "dfe";
  std::string from = "2025-04-01";
  std::string to = "";         // empty: it runs on
  std::string extends = "[]";  // JSON
  std::string rules = "{ \"trial\": { \"parameters\": {} } }";  // JSON
  std::string unconfirmed = "";  // why the dates are not confirmed
};
// A body "dfe" is national, "886-kent" an authority, "123456-hill" a school (of six digits).
void add_edition(Files& files, const EditionText& edition);

// { "trial": { "parameters": { name: { "value": ..., ... } } } }
std::string with_parameter(const std::string& name, const std::string& value,
                           const std::string& more = "");

class County {
 public:
  explicit County(const std::string& name, const Files& files);

  const Engine& engine() const { return *engine_; }
  const Catalogue& catalogue() const { return catalogue_; }

  // Of a pupil of whom nothing is stated; facts are set by path, lists by entry: "evidence" with { "type": "form_8" } ...
  Record pupil(const std::map<std::string, std::string>& facts = {}) const;
  void state(Record& record, const std::string& path,
             const std::string& value) const;
  void add_entry(Record& record, const std::string& list,
                 const std::map<std::string, std::string>& fields) const;

  // All decisions, as a check without --rule lists them; brief() has to agree.
  std::vector<Decision> all(const Record& record,
                            const std::string& as_of = "2026-11-22") const;
  // The one decision of a rule that was asked for by id.
  Decision ask(const Record& record, const std::string& as_of = "2026-11-22",
               const std::string& rule = "trial") const;
  bool lists(const Record& record, const std::string& rule = "trial") const;

 private:
  std::vector<Decision> check(const Record& record, const std::string& as_of,
                              const RuleSelection& wanted) const;

  Catalogue catalogue_;
  std::unique_ptr<Plugins> plugins_;
  std::unique_ptr<RuleSets> rulesets_;
  std::unique_ptr<Engine> engine_;
};

// A county with one national rule and one edition, both given whole.
County county_of(const std::string& name, const PluginText& plugin,
                 const EditionText& edition = {});

// What brief() and decide() say of one decision must be one thing.
void check_agreement(const Brief& brief, const Decision& decision);

std::vector<std::string> missing_facts(const Decision& decision);

}  // namespace engine_of_tests
