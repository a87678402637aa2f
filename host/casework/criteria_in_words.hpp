// The criteria of a rule as a reader meets them: what is left to ask of a pupil under the editions in force, in words. For the page of a rule, whether it is
// printed or published.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "criteria/describe.hpp"

namespace sendcheck {

struct CriterionInWords {
  std::string text;         // of a group without words of its own: empty
  std::string group;        // of one with several parts: "all of these"
  std::string exactly;      // the text by its figures; empty where it says them
  std::string source;       // the clause
  std::string unconfirmed;  // why it is not certain; empty when it is
  std::vector<CriterionInWords> parts;
};

class CriteriaInWords {
 public:
  // All must outlive it. `settled`: what the edition settles for every pupil alike (criteria/settled.hpp), by CriterionId, or empty: that is left out, or,
  // where its author gave it a name, said in a line. With a binding it is said, too, of a criterion that compares with an unconfirmed value.
  CriteriaInWords(const Rule& rule, const Describer& describer,
                  const std::vector<std::optional<Truth>>& settled,
                  const Binding* binding = nullptr)
      : rule_(rule),
        describer_(describer),
        settled_(settled),
        binding_(binding) {}

  // A criterion and all below it. Of a group without a name `group` is "all of these" or "any of these", or empty for one part. What was said exactly once
  // is called by its name after that.
  CriterionInWords whole(CriterionId criterion);

  // Settled, so that it holds of nobody; of everybody (or there is none).
  bool is_never(CriterionId id) const;
  bool is_always(CriterionId id) const;

 private:
  std::optional<Truth> settled(CriterionId id) const;
  bool is_said_whole(const CriterionNode& node) const;
  std::vector<CriterionId> open_parts(const CriterionNode& node) const;
  bool is_worth_a_line(CriterionId id) const;
  std::string settled_because(const CriterionNode& node, Truth truth) const;
  // `among`: the group that it stands in, whose way of taking its parts together need not be said again.
  void say(CriterionId id, std::optional<CriterionOp> among,
           std::vector<CriterionInWords>& into);
  CriterionInWords leaf(CriterionId id, const std::string& named);
  bool was_said(CriterionId id);
  bool is_denial(const CriterionNode& node) const;
  std::string denied(const CriterionNode& node);
  std::string unconfirmed(CriterionId id) const;

  const Rule& rule_;
  const Describer& describer_;
  const std::vector<std::optional<Truth>>& settled_;
  const Binding* binding_;
  // The first of those alike, and what they were called.
  std::set<std::pair<CriterionId, std::string>> said_;
};

}  // namespace sendcheck
