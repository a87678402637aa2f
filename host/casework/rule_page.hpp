// What there is to say of a rule, for one authority on one day, in plain English: data that a page, a text or a record is written from, so that
// all of them say the same.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "casework/criteria_in_words.hpp"
#include "casework/workspace.hpp"

namespace sendcheck {

struct TableInWords {
  struct Column {
    std::string heading;
    bool is_number = false;
  };
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;
};

// A value in force, and who says so.
struct ValueInWords {
  std::string name;   // the parameter's
  std::string label;  // "what the school meets itself"
  std::string value;  // "£6,000"; of a table: "a table of 20 rows"
  bool given = true;  // false: no edition gives it, and the rule can do without
  Origin origin;
  std::optional<Date> since;  // the first day of the edition that gives it
  std::string unconfirmed;    // why; empty when it is confirmed
  std::vector<EffectiveParameter::Reading> readings;
  std::string note;
  std::string replaced;  // "£6,500 of body/2025-04-01"; empty: none
  std::shared_ptr<const TableInWords> table;
};

struct PaymentInWords {
  std::string when;    // empty: always
  std::string amount;  // empty: not published
  std::string period;  // "a year", "once"
  std::string because;
  std::vector<std::string> tables;  // names of the parameters it looks up in
};

struct ActionInWords {
  std::string text;
  std::string to;    // whose it is, or where it goes; may be empty
  std::string by;    // which day; may be empty
  std::string when;  // empty: always
};

struct RulePage {
  std::string id;
  std::string title;
  std::string kind;  // access_arrangement, funding, statutory, monitoring
  std::string summary;
  std::string source;
  Authority authority = Authority::national;
  bool is_local = false;  // an authority's own rule, not a national one
  std::string plugin_version;
  std::string plugin_hash;

  // in_force or closed.
  RuleInForce::Status status = RuleInForce::Status::in_force;
  std::string closed_refer_to;
  std::vector<const Edition*> editions;  // from the national one down
  bool dates_unconfirmed = false;
  std::string dates_unconfirmed_because;

  std::optional<CriterionInWords> about;  // none: every pupil
  CriterionInWords met_when;
  std::optional<CriterionInWords> refer_when;
  // Where the criteria are met, this body always decides; may be empty.
  std::string on_met_refer_to;
  std::string refer_to;
  std::vector<std::string> judgements;  // questions that a named person answers
  bool looks_up = false;  // what a table does not hold, a person decides

  std::vector<std::string> documents;  // that it counts, in plain words
  // Labels of the facts that it reads, but for documents.
  std::vector<std::string> facts;
  std::vector<FactRef> reads;
  std::map<std::string, std::string> reads_protected;  // label -> why

  std::vector<PaymentInWords> payments;
  std::string deadline;  // empty: none
  std::string deadline_basis;
  std::vector<std::string> deadline_tables;
  std::vector<ActionInWords> if_met, if_evidence, if_referred;
  std::vector<ValueInWords> values;  // in the manifest's order

  // What the rule does not look at and where else it ends, from the notes that its author keeps beside it.
  std::vector<std::string> limits;

  // Against the day before the newest of its editions began: "the rate: £1,000, before £950".
  std::vector<std::string> changes;
  std::string before;           // the edition before; empty: none is held
  std::string before_in_words;  // where there are no changes to tell, why

  bool has_unconfirmed() const;  // dates, a value or a criterion
};

// Makes pages for one authority on one day.
class RulePages {
 public:
  // `workspace` must outlive it. `la` may be empty: national values alone.
  RulePages(const Workspace& workspace, std::string la, Date as_of);
  ~RulePages();

  // The rules that are in force or closed there, by id; those of other authorities, and those without an edition on the day, are left out. An edition
  // or plugin that did not load is the error.
  Result<std::vector<RulePage>> all();

 private:
  RulePage page(const SelectedRule& rule, const BoundRule& bound);
  void compare(const SelectedRule& rule, const BoundRule& bound,
               RulePage& page);
  Checker& checker_of(Date day);

  const Workspace& workspace_;
  std::string la_;
  Date as_of_;
  std::vector<SelectedRule> rules_;
  std::map<Date, std::unique_ptr<Checker>> checkers_;
};

}  // namespace sendcheck
