// A few facts as rules really read them, and what a rule makes of a record.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "criteria/explain.hpp"
#include "draft_builder.hpp"

namespace sendcheck {

const Catalogue& school_catalogue();
BankHolidays school_holidays();

// A record that is written line by line.
struct PupilRecord {
  std::vector<Value> scalars = Record::empty(school_catalogue()).scalars;
  std::vector<List> lists = Record::empty(school_catalogue()).lists;
  std::shared_ptr<TextArena> texts = std::make_shared<TextArena>();

  // A boolean, number, money, date or text; a code by its name.
  PupilRecord& states(const std::string& path, const Literal& literal);
  // An entry of a list; a field that is left out is not stated.
  PupilRecord& holds(
      const std::string& list,
      const std::vector<std::pair<std::string, Literal>>& fields);
  PupilRecord& holds_nothing_in(const std::string& list);
};

Literal amount(const char* text);
Literal day(const char* text);
Literal number(const char* text);

// What an edition gives.
struct Given {
  std::vector<ParameterSpec> specs;
  std::vector<std::unique_ptr<EffectiveParameter>> values;
  TextArena texts;

  EffectiveParameter& scalar(std::string name, ParameterType type,
                             const Literal& literal);
  EffectiveParameter& list(std::string name, ParameterType type,
                           const std::vector<Literal>& literals);
  // Cells as JSON would write them; an empty one is open.
  EffectiveParameter& table(std::string name, std::vector<ColumnSpec> columns,
                            const std::vector<std::vector<std::string>>& rows);
  EffectiveParameter& decision(std::string name,
                               std::shared_ptr<const DecisionTable> table);
};

// A draft, compiled and bound, with one record in front of it. Its met_when is what is checked.
class Checked {
 public:
  Checked(const DraftBuilder& draft, PupilRecord pupil, Given given = {},
          const char* as_of = "2026-11-22");

  Truth truth() { return evaluation_->truth(rule_.met_when); }
  // Of the left side of met_when.
  Estimate left();
  std::vector<std::string> missing_of_left();
  std::string fault();  // its id; empty when there is none
  std::vector<std::string> missing();
  std::vector<std::string> missing_labels();
  std::vector<std::string> outside();
  // "supply consent.parent + change provision_cost (£250.00 more)"
  std::vector<std::string> routes();
  Reason reasons();
  std::string words();
  Evaluation& evaluation() { return *evaluation_; }

 private:
  PupilRecord pupil_;  // owns the record's texts
  Record record_;
  Given given_;
  Rule rule_;
  Binding binding_;
  BankHolidays holidays_;
  std::unique_ptr<Evaluation> evaluation_;
  std::unique_ptr<Describer> describer_;
};

}  // namespace sendcheck
