// Rule sets: the editions under rules/, which of them is in force for a body on a day, and the values that the layers give.
//
// Immutable once loaded; safe to share between threads.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "base/working_days.hpp"
#include "domain/catalogue.hpp"
#include "domain/parameters.hpp"
#include "domain/value.hpp"

namespace sendcheck {

// Reads rules/facts.json. A code that `maps_to` another becomes a historic alias of it.
// Errors: files.*, json.*, facts.format, facts.duplicate, facts.unknown_codes (a list, or a code in one), facts.unknown_type, facts.unknown_fact
// (`after`, or a path that the program itself reads, that is not there or is of another type).
Result<Catalogue> read_catalogue(const std::string& file);

enum class Layer { national, authority, school };

struct SchemeClosed {
  std::string refer_to;
  std::string source;
};
struct RuleRemoved {
  std::string reason;
  std::string source;
};

// What one edition says of one rule.
struct RuleEntry {
  std::map<std::string, EffectiveParameter> parameters;
  std::set<std::string>
      may_override;  // names that a lower layer may set; one that is not in `parameters` is left to it
  // Between which a lower layer must stay: money in pounds, a date in days since 1970, a day of the year as 100 x month + day.
  struct Bounds {
    std::optional<Number> floor, ceiling;
    ParameterType type = ParameterType::decimal;  // of the parameter
  };
  std::map<std::string, Bounds> bounds;
  std::optional<SchemeClosed> closed;
  std::optional<RuleRemoved> removed;
  std::string pointer;  // where in the edition
};

// What an edition rests on.
struct EditionSource {
  std::string title;
  std::string url;
  std::optional<Date> read_on;
};

struct Edition {
  std::string id;    // "884-herefordshire/2025-04-01"
  std::string body;  // "884-herefordshire"
  std::string title;
  Layer layer = Layer::national;
  std::string
      la;  // authority: its code; school: that of the authority where it is, if it says so
  std::string urn;  // school
  std::vector<std::string> extends;
  Date from;
  std::optional<Date> to;  // as written; empty when it runs on
  std::optional<Date>
      last_day;  // in effect: `to`, or the day before the body's next edition; empty when it runs on with none after it
  std::string runs_on_because;
  bool unconfirmed = false;  // the dates
  std::string unconfirmed_because;
  std::map<std::string, EditionSource> sources;
  std::string approved_by;
  std::string file;
  std::string hash;  // sha256 of edition.json and its tables, in a fixed order
  std::vector<std::string>
      tables;  // the files beside it that the hash is of: "tables/bands.csv"
  std::map<std::string, RuleEntry> rules;

  int revision = 1;      // from 1 on; a correction counts one up
  std::string corrects;  // what a revision after the first corrects
  // How it is to be published: approved by another person than who proposed it, or else by one, and why.
  bool two_people = true;
  std::string one_person_because;
};

// An edition that did not load. Nothing that hangs on it is answered from its first day to its last, or to the day before the body's next edition
// where its last day cannot be read or it runs on; every day when `from` is not known.
struct BrokenEdition {
  std::string id;
  std::string body;
  Layer layer = Layer::national;
  std::string la;
  std::string urn;
  std::optional<Date> from;
  std::optional<Date> last_day;
  std::vector<Error> errors;  // all that were found
  // Whether `names` are all the rules that it is about. Otherwise something of it could not be read, and `names` also holds those that its text
  // mentions.
  bool names_known = false;
  std::set<std::string> names;
};

// What is in force of one rule for one pupil's place on one day.
struct RuleInForce {
  enum class Status {
    in_force,
    closed,      // a scheme that ended; `closed` says where to go
    elsewhere,   // the rule belongs to other authorities than the one asked for
    no_edition,  // of the bodies that issue it, none has an edition on the day; `nearest` names the editions around it
    removed,     // a lower layer took it away; `removed`
    broken       // an edition that it hangs on did not load; `error`
  };
  Status status = Status::no_edition;
  std::vector<const Edition*> editions;  // from the national one down
  std::map<std::string, EffectiveParameter>
      parameters;  // with origins and what each replaced
  std::optional<SchemeClosed> closed;
  std::optional<RuleRemoved> removed;
  std::vector<std::string> nearest;  // ids
  std::string
      nearest_in_words;  // "the last one, dfe/2026-04-01, ended on 31 March 2027"
  bool unconfirmed = false;  // the dates of one of `editions`
  std::string unconfirmed_because;
  std::optional<Error> error;

  // The lowest of `editions`: the one that a decision names.
  const Edition* edition() const {
    return editions.empty() ? nullptr : editions.back();
  }
};

class RuleSets {
 public:
  // Reads every edition under `folder`. `declared` holds, for each rule id, the parameters of its plugin; rules that no plugin declares are an error
  // of the edition that names them, unless they are in `broken_plugins`: of those, parameters are neither typed nor checked.
  // An edition with an error becomes a BrokenEdition; loading itself fails only when the folder or bank-holidays.csv cannot be read.
  // Error ids of editions: editions.format (not an edition of version 1), editions.folder (body or first day differ from the folder's name),
  // editions.dates, editions.runs_on (no end and no reason), editions.overlap (names both), editions.unknown_rule, editions.unknown_parameter (with
  // the nearest), editions.missing_parameter, editions.wrong_type, editions.range, editions.source (names no source), editions.status,
  // editions.locked (set below without may_override; names both entries), editions.floor, editions.ceiling, editions.not_extended,
  // editions.table (not a CSV table of the declared columns; file, line), editions.table_overlap (two rows match the same keys), editions.unknown_body
  // (in `extends`), editions.two_bodies (two national bodies, or two bodies of one authority or school, issue one rule on the same day),
  // editions.removed (takes away what no layer above puts in force), editions.revision, editions.approval; and files.*, json.*, csv.*.
  static Result<RuleSets> load(
      const std::string& folder,
      const std::map<std::string, std::vector<ParameterSpec>>& declared,
      const std::set<std::string>& broken_plugins);

  const std::vector<Edition>& editions() const {
    return editions_;
  }  // by body, then first day
  const std::vector<BrokenEdition>& broken() const { return broken_; }
  const BankHolidays& bank_holidays() const { return bank_holidays_; }

  // True when some edition, of whatever date, puts the rule in force nationally.
  bool is_national(const std::string& rule) const;
  // The authorities that have an edition naming the rule.
  std::set<std::string> authorities_of(const std::string& rule) const;

  // Layers: the national body that names the rule, then the edition of a body of authority `la` (empty: none), then that of the school (empty: none).
  //
  // A body's rule is in force only on the days of its own editions: what a lower layer changes of it does not outlive it. A lower edition that does
  // not extend the issuing national body adds the rule as its own. A required parameter that no layer gives makes the rule broken
  // (editions.missing_parameter), and so does a school's edition that the pupil's own authority does not allow (editions.locked, .floor, .ceiling).
  //
  // Pointers and texts in the answer live as long as this, also when it is moved.
  RuleInForce in_force(const std::string& rule, const std::string& la,
                       const std::string& urn, Date as_of) const;

 private:
  // Everybody who publishes editions; positions in editions_ and broken_.
  struct Body {
    std::string name;
    Layer layer = Layer::national;
    std::string code;                   // an authority's or a school's
    std::vector<std::size_t> editions;  // by first day
    std::vector<std::size_t> broken;
    std::set<std::string> names;  // rules, of whatever date
  };

  void index();
  std::vector<const Body*> concerned(const std::string& rule,
                                     const std::string& la,
                                     const std::string& urn) const;
  const Edition* edition_on(const std::vector<const Body*>& bodies, Layer layer,
                            const std::string& rule, Date day) const;
  const BrokenEdition* broken_on(const std::vector<const Body*>& bodies,
                                 const std::string& rule, Date day) const;
  // For a rule that nobody names: a broken edition of which it is not known
  // what it names, so that it may be this rule.
  const BrokenEdition* may_name(const std::string& la, const std::string& urn,
                                Date day) const;
  void describe_nearest(const std::vector<const Body*>& bodies, Layer issuer,
                        const std::string& rule, Date day,
                        RuleInForce& answer) const;
  void merge(const std::string& rule, RuleInForce& answer) const;

  TextArena texts_;  // of the parameters' values
  std::vector<Edition> editions_;
  std::vector<BrokenEdition> broken_;
  BankHolidays bank_holidays_;
  std::vector<Body> bodies_;
  // Positions in bodies_: by rule, and by code.
  std::map<std::string, std::vector<std::size_t>> national_;
  std::map<std::string, std::vector<std::size_t>> authorities_;
  std::map<std::string, std::vector<std::size_t>> schools_;
  std::map<std::string, std::set<std::string>> authorities_of_;  // by rule
  std::set<std::string> of_schools_;  // rules that some school names
  std::map<std::string, std::vector<std::string>> required_;  // by rule
};

}  // namespace sendcheck
