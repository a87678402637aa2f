// Why, what is missing, and what would change it: made from the same tree and the same evaluation as the outcome.
#pragma once

#include <string>
#include <vector>

#include "criteria/describe.hpp"
#include "criteria/evaluation.hpp"

namespace sendcheck {

// The whole tree under a criterion: for each, its label, result, what was found, what was needed, the gap, its source.
Reason explain(Evaluation& evaluation, const Describer& describer,
               CriterionId criterion);

// What can still change an unknown criterion or value. Nothing that can is left out; where a fact stands in several criteria, or cannot be tried from
// end to end, it may be asked for in vain.
struct Missing {
  std::vector<MissingItem> items;  // in the order of the tree, each once
  std::vector<std::string>
      outside;  // tables that have no row for what is known
};
void collect_missing(Evaluation& evaluation, const Describer& describer,
                     CriterionId criterion, Missing& missing);
void collect_missing_of_value(Evaluation& evaluation,
                              const Describer& describer, ValueId value,
                              Missing& missing);

// The ways in which every one of the criteria could become met, cheapest first: each a set of steps of which none can be left out. A missing fact is
// supplied; a stated one is changed only where an adult can act on it. Empty when there is no way, or nothing to do.
// At most `limit` ways are given, the cheapest of those that were looked at.
//
// Where each fact stands in one criterion, these are exactly the smallest sets that can settle the matter whatever the other missing facts are, but
// for limits: of a choice and of several numbers at once only the span is known, so that a way that needs single points of it may not be found; 200 sets
// are kept while ways are combined; four facts of one comparison are changed together. Where a fact stands in several criteria, every way still leads
// somewhere (its steps were tried together, first with the values that served each of them before), though another may not be found. A step that is not yet taken is supplied with a day to come, never with
// one that has passed; what is stated so far is only added to.
Routes routes_to_met(Evaluation& evaluation, const Describer& describer,
                     const std::vector<CriterionId>& criteria,
                     std::size_t limit);

// --- Names of facts, for the above -------------------------------------------

// "arrangements[arrangement=extra_time_25].normal_way_of_working"; of the second entry of its like, "assessments[area=reading_speed][2].score"; of an
// entry of which nothing says what it is about, its number.
std::string path_of(const Evaluation& evaluation, FactKey fact);
// An entry that is not on file and would satisfy `where`: "evidence[type=form_8]".
std::string path_of_entry(const Evaluation& evaluation, int list,
                          CriterionId where);
MissingItem missing_fact(const Evaluation& evaluation, FactKey fact);
MissingItem missing_entry(const Evaluation& evaluation,
                          const Describer& describer, int list,
                          CriterionId where);
// The same for a reader who has to supply it. Of a document, the document; of anything else whose subject is known, each field that is asked of it:
// "arrangements[arrangement=extra_time_25].normal_way_of_working".
std::vector<MissingItem> missing_parts_of_entry(const Evaluation& evaluation,
                                                const Describer& describer,
                                                int list, CriterionId where);

// The cells that a value rests on. `unknown` are not stated; `stated` are; `lists` may have entries that are not on file.
struct Cells {
  std::vector<FactKey> unknown;
  std::vector<FactKey> stated;
  struct OpenList {
    int list;
    CriterionId where;
  };
  std::vector<OpenList> lists;
};
// Of a choice: only what is chosen as things stand, or whatever could be; of a list: only entries that may count, or all.
enum class Branches { taken, all };
void collect_cells(Evaluation& evaluation, ValueId value, Branches branches,
                   Cells& cells);
void collect_cells_of_criterion(Evaluation& evaluation, CriterionId criterion,
                                Branches branches, Cells& cells);

// Values that are worth supposing of a cell, to see whether a criterion can be decided by it.
struct Trials {
  std::vector<Estimate> values;  // the ends of what it can be come first
  bool exhaustive = false;       // there are no others
};
// What a cell can be, as far as it has ends: of a missing one what is known of it, of a stated one what the catalogue allows.
Estimate possible_values(const Evaluation& evaluation, FactKey cell);
Trials trial_values(Evaluation& evaluation, FactKey cell,
                    CriterionId criterion);
// Those that come first, whatever the criterion: cheaper to find. Of numbers and dates only.
std::vector<Estimate> first_trial_values(const Evaluation& evaluation,
                                         FactKey cell);

}  // namespace sendcheck
