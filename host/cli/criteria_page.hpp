// The criteria of a rule on its page: what is left to ask of a pupil under the editions in force.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/page_lines.hpp"
#include "criteria/describe.hpp"

namespace sendcheck::cli {

class CriteriaPage {
 public:
  // All must outlive it. `settled`: what the edition settles for every pupil alike (criteria/settled.hpp), by CriterionId: that is left out, or, where
  // its author gave it a name, said in a line.
  CriteriaPage(const Rule& rule, const Describer& describer,
               const std::vector<std::optional<Truth>>& settled,
               PageLines& lines)
      : rule_(rule), describer_(describer), settled_(settled), lines_(lines) {}

  // Under a heading that ends in "this is so", "all of this is so" or "any of this is so". What was said exactly once is called by its name after that.
  void section(std::string_view title, CriterionId criterion);

  // Settled, so that it holds of nobody; of everybody (or there is none).
  bool is_never(CriterionId id) const;
  bool is_always(CriterionId id) const;

 private:
  bool has_own_words(const CriterionNode& node) const;
  bool is_said_whole(const CriterionNode& node) const;
  std::vector<CriterionId> open_parts(const CriterionNode& node) const;
  bool is_worth_a_line(CriterionId id) const;
  std::string settled_because(const CriterionNode& node, Truth truth) const;
  // `among`: the group that it stands in, whose way of taking its parts together need not be said again.
  void write(CriterionId id, std::size_t indent,
             std::optional<CriterionOp> among = {});
  void leaf(CriterionId id, const std::string& named, std::size_t indent);
  bool was_said(CriterionId id);
  bool is_denial(const CriterionNode& node) const;
  std::string denied(const CriterionNode& node);
  void unconfirmed(const CriterionNode& node, std::size_t indent);

  const Rule& rule_;
  const Describer& describer_;
  const std::vector<std::optional<Truth>>& settled_;
  PageLines& lines_;
  // The first of those alike, and what they were called.
  std::set<std::pair<CriterionId, std::string>> said_;
};

}  // namespace sendcheck::cli
