// What is published for an authority: its rules on a day.
#pragma once

#include <string>
#include <vector>

#include "casework/rule_page.hpp"

namespace sendcheck::pages {

struct PublishedRules {
  std::string la;
  std::string place;  // the authority's name
  Date as_of;
  std::string version;                   // of the program
  std::vector<RulePage> rules;           // in force or closed, by id
  std::vector<const Edition*> editions;  // that any of them stands in, by id
  // Labels of the protected characteristics that a record can state and none of the rules reads.
  std::vector<std::string> protected_unread;

  bool has_own_editions() const;
};

// Error doc.unknown_authority, with the nearest; what did not load is an error of its own.
Result<PublishedRules> rules_to_publish(const Workspace& workspace,
                                        const std::string& la, Date as_of,
                                        const std::string& version);

// "Money", "exams": the headings under which a reader looks for a rule, with the kinds of rules that stand under each.
struct Topic {
  const char* kind;
  const char* id;
  const char* title;
  const char* about;
};
const std::vector<Topic>& topics();

std::string kind_in_words(const std::string& kind);  // "access arrangement"

}  // namespace sendcheck::pages
