// One edition: its folder to an Edition, and everything that is wrong with it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "domain/parameters.hpp"
#include "domain/value.hpp"
#include "rulesets/rulesets.hpp"

namespace sendcheck {

// The rules that plugins publish. What it points to must outlive it.
struct KnownRules {
  const std::map<std::string, std::vector<ParameterSpec>>& declared;
  const std::set<std::string>& broken_plugins;
  std::vector<std::string> ids;  // of both, sorted

  KnownRules(const std::map<std::string, std::vector<ParameterSpec>>& declared,
             const std::set<std::string>& broken_plugins);
  // Null when its plugin did not load, or there is none.
  const std::vector<ParameterSpec>* parameters(const std::string& rule) const;
};

struct EditionFolder {
  Layer layer = Layer::national;
  std::string path;
  std::string body;  // the name of the body's folder
  std::string day;   // the name of the edition's folder; empty when
                     // edition.json stands in the body's own
};

// An edition on its way to being loaded: what could be read of it, and what is
// wrong.
struct EditionDraft {
  Edition edition;
  std::vector<Error> errors;
  // The first day that the edition may be about: the earlier of the folder's
  // and the file's, so that neither hides a fault.
  std::optional<Date> from;
  // `edition.from` and `edition.to` hold what is written.
  bool dates_known = false;
  // Whether `names` are all the rules that the edition is about. Otherwise
  // something could not be read, and `names` also holds the known rules that
  // its text mentions.
  bool names_known = false;
  std::set<std::string> names;
  // For each rule, the parameters that stand in the edition, well or badly
  // written.
  std::map<std::string, std::set<std::string>> written;
};

// What an edition's bytes are known by. `tables` holds the content of each table by its name.
std::string edition_hash(std::string_view edition,
                         const std::map<std::string, std::string>& tables);

// Reads edition.json and the tables that it names. Texts of values are kept in
// `texts`. Errors of one edition alone (see RuleSets::load); those that concern
// two are found by rulesets/layers.
EditionDraft read_edition(const EditionFolder& folder, const KnownRules& rules,
                          TextArena& texts);

}  // namespace sendcheck
