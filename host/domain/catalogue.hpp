// The fact catalogue: every fact that a pupil record can state, with its type, unit, label, codes, and what its absence means.
//
// One source of truth (rules/facts.json), read by rulesets/catalogue_file; validation, imports, documentation, forms and plugin checks all come
// from here. Built once at start, then only read; safe to share between threads.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/number.hpp"
#include "base/result.hpp"
#include "domain/value.hpp"

namespace sendcheck {

enum class FactType {
  boolean,
  integer,
  decimal,
  money,
  date,
  code,
  text,
  list
};
std::string_view name_of(FactType type);  // "boolean"
std::optional<FactType> fact_type(std::string_view name);
std::string_view in_words(FactType type);  // "true or false", "a whole number"

// What it means that a record does not state a fact.
enum class Absence {
  unknown,
  none,  // a list of events: there were none
  not_yet  // the date of a step that has begun: it had not happened by the as-of date
};

struct CodeValue {
  std::string code;
  std::string label;
  bool historic = false;       // accepted with a warning
  bool outside_order = false;  // has no place in an ordered list
  bool means_unknown = false;  // "refused", "not yet obtained": states nothing

  bool operator==(const CodeValue&) const = default;
};

struct CodeList {
  std::string name;
  std::string title;
  std::string source;
  bool ordered = false;  // by position
  bool open = false;     // further codes may come to be used
  // An unlisted code warns and leaves the fact unknown ...
  bool unknown_is_warning = false;
  // ... or, where it has the form of the list's codes (three or four capital letters), is read as this one: a language that is not listed is still one
  // other than English. Index of the code; -1 for none.
  int unlisted_is = -1;
  std::vector<CodeValue> codes;
  // Other spellings of a code: a census letter, or a code of former years (those warn).
  struct Alias {
    std::string alias;
    int code = 0;
    bool historic = false;

    bool operator==(const Alias&) const = default;
  };
  std::vector<Alias> aliases;

  // The index of a code (not of an alias); -1 when there is none.
  int find(std::string_view code) const;
  bool operator==(const CodeList&) const = default;
};

struct FactSpec {
  std::string path;  // dotted; of a list's field: its name
  FactType type = FactType::text;
  std::string label;  // fits into "the record does not state the ..."
  // Boolean: what is so when it is true ("the parent consents"); may be empty.
  std::string statement;
  std::string unit;    // "sessions", "a year"; may be empty
  std::string source;  // clause or standard
  int codes = -1;      // code: index of its list in the catalogue
  Absence absence = Absence::unknown;
  int after = -1;  // not_yet: slot of the date that starts the step
  // Not_yet: slot of a coded fact that can say that it must have happened.
  int implied_by = -1;
  std::vector<int> implied_by_codes;  // ... by one of these codes
  // What is stated may be added to: never refuted by absence.
  bool open = false;
  bool evidence = false;  // a list of documents
  bool personal = false;
  bool special_category = false;
  bool is_protected = false;  // a protected characteristic
  bool actionable = false;    // a school can act on it
  bool identifies = false;  // a list's field that says what the entry is about
  std::optional<Number> minimum;
  std::optional<Number> maximum;
  std::string check;             // "upn", "uln" or empty
  std::vector<FactSpec> fields;  // of a list, in order

  bool is_list() const { return type == FactType::list; }
  // The position of a list's field; -1 when there is none.
  int field(std::string_view name) const;
  bool operator==(const FactSpec&) const = default;
};

// Where a fact stands in a Record: an index among the scalars or among the lists.
struct FactRef {
  bool is_list = false;
  int slot = -1;
  bool operator==(const FactRef&) const = default;
};

class Catalogue {
 public:
  // Slots are given in the order of adding, from 0, apart for scalars and lists; what is added later (an authority's local facts) moves nothing. A
  // refused addition changes nothing. Errors: facts.duplicate (the same path, field of a list or code list twice), facts.unknown_codes (a code
  // without a code list that was added before).
  Result<void> add_codes(CodeList codes);
  Result<void> add_fact(FactSpec fact);

  const std::vector<FactSpec>& scalars() const { return scalars_; }
  const std::vector<FactSpec>& lists() const { return lists_; }
  const std::vector<CodeList>& code_lists() const { return code_lists_; }
  const CodeList& codes_of(const FactSpec& fact) const {
    return code_lists_[static_cast<std::size_t>(fact.codes)];
  }
  int code_list(std::string_view name) const;  // -1 when there is none

  std::optional<FactRef> find(std::string_view path) const;
  const FactSpec& spec(FactRef ref) const {
    return (ref.is_list ? lists_
                        : scalars_)[static_cast<std::size_t>(ref.slot)];
  }
  // The slot of a scalar (a list) that the program itself reads ("upn"); the catalogue reader has made sure that it is there. -1 when it is not.
  int scalar(std::string_view path) const;
  int list(std::string_view path) const;

  // The known path nearest to a misspelt one; empty when none is near.
  std::string nearest_path(std::string_view path) const;
  std::vector<std::string> paths() const;  // all, in catalogue order

  // The same facts and codes in the same slots: a record of the one is a record of the other.
  bool operator==(const Catalogue& other) const {
    return scalars_ == other.scalars_ && lists_ == other.lists_ &&
           code_lists_ == other.code_lists_;
  }

 private:
  // Looks a view up without making a string of it.
  struct PathHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view path) const {
      return std::hash<std::string_view>()(path);
    }
  };

  Result<void> check_codes(const FactSpec& fact, const std::string& path) const;

  std::vector<FactSpec> scalars_;
  std::vector<FactSpec> lists_;
  std::vector<FactRef> order_;
  std::vector<CodeList> code_lists_;
  std::unordered_map<std::string, FactRef, PathHash, std::equal_to<>> by_path_;
};

// A value as text: dates, money and numbers as in JSON, a code as its code, true or false; empty when it is not stated.
std::string to_text(const Value& value, const FactSpec& fact,
                    const Catalogue& catalogue);
// For a reader: "22 November 2026", "£6,000", a code's label, "yes", "not stated". Without the unit.
std::string in_words(const Value& value, const FactSpec& fact,
                     const Catalogue& catalogue);

}  // namespace sendcheck
