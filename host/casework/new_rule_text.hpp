// The files of a new rule. For the sources of casework/new_rule.
#pragma once

#include <string>

#include "base/date.hpp"

namespace sendcheck {

struct RuleToBegin {
  std::string id;
  std::string title;
  std::string kind;
  std::string la;    // empty: national
  std::string body;  // of the edition
  Date from;
  Date today;
};

std::string new_manifest(const RuleToBegin& rule);
std::string new_script(const RuleToBegin& rule);
std::string new_cases(const RuleToBegin& rule);
std::string new_page(const RuleToBegin& rule);
std::string new_rule_edition(const RuleToBegin& rule);

}  // namespace sendcheck
