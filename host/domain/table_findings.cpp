#include "domain/table_findings.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.hpp"

namespace sendcheck {
namespace {

using Kind = TableFinding::Kind;

constexpr std::size_t most_visits = 200'000;
constexpr std::size_t most_of_a_kind = 200;

bool is_text(const DecisionInput& input) {
  return input.type == ParameterType::text || input.type == ParameterType::code;
}

NumberSpan span_of(const DecisionInput& input, const InputDomain& domain) {
  NumberSpan span{domain.low, domain.high, std::nullopt};
  switch (input.type) {
    case ParameterType::boolean:
      return {Number(0), Number(1), Number(1)};
    case ParameterType::integer:
    case ParameterType::date:
      span.step = Number(1);
      break;
    case ParameterType::money:
      span.step = Number::from_reduced(1, 100);
      break;
    default:
      break;
  }
  return span;
}

Value value_of(Number number, ParameterType type) {
  switch (type) {
    case ParameterType::boolean:
      return Value::of(number == Number(1));
    case ParameterType::money:
      return Value::of(Money::round_half_up(number).value_or(Money()));
    case ParameterType::date:
      return Value::of(
          Date::from_days(static_cast<std::int32_t>(number.numerator())));
    default:
      return Value::of(number);
  }
}

// The classes that an input can be in, those that no row tells apart together.
struct Group {
  RowSet rows;
  std::vector<std::size_t> classes;
  std::string example;
};

class Finder {
 public:
  Finder(const DecisionTable& table,
         const std::map<std::string, InputDomain>& domains)
      : table_(table) {
    for (std::size_t i = 0; i < table.spec().inputs.size(); ++i) {
      const auto domain = domains.find(table.spec().inputs[i].name);
      groups_.push_back(groups_of(
          i, domain == domains.end() ? InputDomain() : domain->second));
    }
  }

  TableFindings find() {
    find_overlaps();
    find_rows_that_never_count();
    if (!table_.spec().has_default()) find_gaps();
    return std::move(found_);
  }

 private:
  std::vector<Group> groups_of(std::size_t input, const InputDomain& domain) {
    const DecisionInput& declared = table_.spec().inputs[input];
    const InputClasses& classes = table_.classes(input);
    const std::vector<std::string>& codes =
        domain.codes.empty() ? declared.codes : domain.codes;
    const NumberSpan span = span_of(declared, domain);
    std::vector<Group> groups;
    for (std::size_t c = 0; c < classes.nothing(); ++c) {
      std::string example;
      if (!is_text(declared)) {
        const auto number = number_in(classes, c, span);
        if (!number) continue;
        example = cell_text(value_of(*number, declared.type), declared.type);
      } else if (codes.empty()) {
        example = c == classes.others() ? "anything else"
                                        : std::string(classes.texts()[c]);
      } else {
        const auto code = std::ranges::find_if(
            codes, [&](const auto& one) { return classes.of_text(one) == c; });
        if (code == codes.end()) continue;
        example = *code;
      }
      const auto alike = std::ranges::find_if(groups, [&](const Group& group) {
        return group.rows == classes.rows(c);
      });
      if (alike == groups.end()) {
        groups.push_back({classes.rows(c), {c}, example});
      } else {
        alike->classes.push_back(c);
      }
    }
    return groups;
  }

  std::string name_of_row(std::size_t row) const {
    const int line = table_.rows()[row].line;
    return line > 0 ? "line " + std::to_string(line)
                    : "row " + std::to_string(row + 1);
  }

  std::string names_of_rows(const std::vector<std::size_t>& rows) const {
    std::vector<std::string> names;
    for (std::size_t row : rows) names.push_back(name_of_row(row));
    return join_in_words(names);
  }

  // "points 10 and group a"
  std::string example_in_words(const TableFinding& finding) const {
    std::vector<std::string> parts;
    for (const auto& [name, value] : finding.example) {
      if (!value.empty()) parts.push_back(name + " " + value);
    }
    return parts.empty() ? "whatever the inputs are" : join_in_words(parts);
  }

  void add(TableFinding finding) {
    const auto same =
        std::ranges::count(found_.findings, finding.kind, &TableFinding::kind);
    if (static_cast<std::size_t>(same) >= most_of_a_kind) {
      found_.complete = false;
      return;
    }
    found_.findings.push_back(std::move(finding));
  }

  void find_overlaps() {
    const HitPolicy policy = table_.spec().policy;
    if (policy != HitPolicy::unique && policy != HitPolicy::any) return;
    const std::size_t size = table_.rows().size();
    for (std::size_t a = 0; a < size; ++a) {
      for (std::size_t b = a + 1; b < size; ++b) {
        if (policy == HitPolicy::any &&
            table_.rows()[a].outputs == table_.rows()[b].outputs) {
          continue;
        }
        TableFinding finding;
        finding.kind = Kind::overlap;
        finding.rows = {a, b};
        for (std::size_t i = 0; i < groups_.size(); ++i) {
          const auto shared =
              std::ranges::find_if(groups_[i], [&](const Group& group) {
                return holds(group.rows, a) && holds(group.rows, b);
              });
          if (shared == groups_[i].end()) break;
          finding.example.emplace_back(table_.spec().inputs[i].name,
                                       shared->example);
        }
        if (finding.example.size() < groups_.size()) continue;
        finding.message =
            names_of_rows(finding.rows) + " both match " +
            example_in_words(finding) +
            (policy == HitPolicy::any
                 ? ", and give different outputs. Make them the same, or part "
                   "the rows."
                 : ", where only one row may. Part them, or take one out.");
        finding.message = capitalised(finding.message);
        add(std::move(finding));
      }
    }
  }

  bool can_match(std::size_t row, std::size_t input) const {
    return std::ranges::any_of(groups_[input], [&](const Group& group) {
      return holds(group.rows, row);
    });
  }

  // The rows that count instead of `row` where both match.
  RowSet before(std::size_t row) const {
    RowSet rows(table_.all_rows().size());
    for (std::size_t other = 0; other < table_.rows().size(); ++other) {
      if (other == row) continue;
      RowSet pair(rows.size());
      pair[row / 64] |= std::uint64_t{1} << row % 64;
      pair[other / 64] |= std::uint64_t{1} << other % 64;
      if (hit_of(table_, pair).rows.front() == other) {
        rows[other / 64] |= std::uint64_t{1} << other % 64;
      }
    }
    return rows;
  }

  void find_rows_that_never_count() {
    const HitPolicy policy = table_.spec().policy;
    const bool one_counts =
        policy == HitPolicy::first || policy == HitPolicy::priority;
    for (std::size_t row = 0; row < table_.rows().size(); ++row) {
      TableFinding finding;
      finding.kind = Kind::never;
      finding.rows = {row};
      for (std::size_t i = 0; i < groups_.size(); ++i) {
        if (can_match(row, i)) continue;
        finding.message =
            capitalised(name_of_row(row)) +
            " never matches: " + table_.spec().inputs[i].name + " is never " +
            in_words(table_.rows()[row].tests[i], table_.spec().inputs[i]) +
            ". Correct it, or take it out.";
        break;
      }
      if (!finding.message.empty()) {
        add(std::move(finding));
        continue;
      }
      if (!one_counts) continue;
      RowSet others = before(row);
      if (is_empty(others) || shows(row, others)) continue;
      // As few as are needed.
      for (std::size_t other : rows_in(others)) {
        RowSet fewer = others;
        fewer[other / 64] &= ~(std::uint64_t{1} << other % 64);
        if (!shows(row, fewer)) others = fewer;
      }
      const std::vector<std::size_t> hiding = rows_in(others);
      finding.rows.insert(finding.rows.end(), hiding.begin(), hiding.end());
      finding.message = capitalised(name_of_row(row)) +
                        " never counts: wherever it matches, " +
                        names_of_rows(hiding) +
                        (hiding.size() == 1 ? " matches too and stands"
                                            : " match too and stand") +
                        " before it. Move it, or take it out.";
      add(std::move(finding));
    }
  }

  // Is there a case that `row` matches and none of `others` does? True where there are too many cases to say.
  bool shows(std::size_t row, const RowSet& others) {
    visits_ = 0;
    seen_.clear();
    return uncovered(0, row, others);
  }

  bool uncovered(std::size_t input, std::size_t row, const RowSet& others) {
    if (is_empty(others)) return true;
    if (input == groups_.size()) return false;
    if (++visits_ > most_visits) {
      found_.complete = false;
      return true;
    }
    if (!seen_.insert({input, others}).second) return false;
    return std::ranges::any_of(groups_[input], [&](const Group& group) {
      return holds(group.rows, row) &&
             uncovered(input + 1, row, both(others, group.rows));
    });
  }

  void find_gaps() {
    visits_ = 0;
    seen_.clear();
    std::vector<const Group*> chosen;
    find_gaps_of(0, table_.all_rows(), chosen);
  }

  // True where there is a gap below.
  bool find_gaps_of(std::size_t input, const RowSet& rows,
                    std::vector<const Group*>& chosen) {
    if (is_empty(rows)) {
      add_gap(chosen);
      return true;
    }
    if (input == groups_.size()) return false;
    if (++visits_ > most_visits) {
      found_.complete = false;
      return false;
    }
    // These rows, from here on, were seen to leave no gap.
    if (seen_.contains({input, rows})) return false;
    bool has_gap = false;
    for (const Group& group : told_apart_by(rows, input)) {
      chosen.push_back(&group);
      has_gap |= find_gaps_of(input + 1, group.rows, chosen);
      chosen.pop_back();
    }
    if (!has_gap) seen_.insert({input, rows});
    return has_gap;
  }

  // The groups of an input as these rows see them; each with those of the rows that it leaves.
  std::vector<Group> told_apart_by(const RowSet& rows,
                                   std::size_t input) const {
    std::vector<Group> groups;
    for (const Group& group : groups_[input]) {
      RowSet left = both(rows, group.rows);
      const auto alike = std::ranges::find(groups, left, &Group::rows);
      if (alike == groups.end()) {
        groups.push_back({std::move(left), group.classes, group.example});
      } else {
        alike->classes.insert(alike->classes.end(), group.classes.begin(),
                              group.classes.end());
      }
    }
    return groups;
  }

  void add_gap(const std::vector<const Group*>& chosen) {
    TableFinding finding;
    finding.kind = Kind::gap;
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      const DecisionInput& input = table_.spec().inputs[i];
      const bool matters =
          i < chosen.size() && chosen[i]->classes.size() < possible(i);
      finding.example.emplace_back(input.name,
                                   matters ? chosen[i]->example : "");
      UnaryTest& test = finding.where.emplace_back();
      test.anything = true;
      if (matters) {
        test = test_of(i, chosen[i]->classes);
        parts.push_back(input.name + " " + in_words(test, input));
      }
    }
    finding.message =
        parts.empty()
            ? "No row ever matches."
            : "No row matches where " + join_in_words(parts) +
                  " (for example " + example_in_words(finding) +
                  "). Add a row, or say in the rule what the default is.";
    add(std::move(finding));
  }

  std::size_t possible(std::size_t input) const {
    std::size_t count = 0;
    for (const Group& group : groups_[input]) count += group.classes.size();
    return count;
  }

  bool is_possible(std::size_t input, std::size_t of_class) const {
    return std::ranges::any_of(groups_[input], [&](const Group& group) {
      return std::ranges::find(group.classes, of_class) != group.classes.end();
    });
  }

  // What a row would ask to match these classes and no others that can be.
  UnaryTest test_of(std::size_t input,
                    const std::vector<std::size_t>& classes) const {
    const InputClasses& all = table_.classes(input);
    const ParameterType type = table_.spec().inputs[input].type;
    const auto is_in = [&](std::size_t c) {
      return std::ranges::find(classes, c) != classes.end();
    };
    UnaryTest test;
    if (all.is_text()) {
      test.negated = is_in(all.others());
      for (std::size_t c = 0; c < all.others(); ++c) {
        if (is_in(c) == test.negated || !is_possible(input, c)) continue;
        const Value text = Value::text(all.texts()[c]);
        test.ranges.push_back({text, text, false, false});
      }
      test.anything = test.negated && test.ranges.empty();
      return test;
    }
    const auto named = [&](std::size_t i) {
      return value_of(all.numbers()[i], type);
    };
    for (std::size_t c = 0; c < all.nothing(); ++c) {
      if (!is_in(c)) continue;
      TestRange range;
      if (c % 2 == 1) range.from = named(c / 2);
      if (c % 2 == 0 && c > 0) {
        range.from = named(c / 2 - 1);
        range.without_from = true;
      }
      // On over what cannot be.
      std::size_t last = c;
      for (std::size_t next = c + 1; next < all.nothing(); ++next) {
        if (is_in(next)) {
          last = next;
        } else if (is_possible(input, next)) {
          break;
        }
      }
      if (last % 2 == 1) range.to = named(last / 2);
      if (last % 2 == 0 && last / 2 < all.numbers().size()) {
        range.to = named(last / 2);
        range.without_to = true;
      }
      // An end beyond which nothing can be says nothing.
      const auto none_in = [&](std::size_t from, std::size_t to) {
        for (std::size_t other = from; other < to; ++other) {
          if (is_possible(input, other)) return false;
        }
        return true;
      };
      if (none_in(0, c)) {
        range.from = {};
        range.without_from = false;
      }
      if (none_in(last + 1, all.nothing())) {
        range.to = {};
        range.without_to = false;
      }
      test.ranges.push_back(range);
      c = last;
    }
    return test;
  }

  const DecisionTable& table_;
  std::vector<std::vector<Group>> groups_;
  TableFindings found_;
  std::size_t visits_ = 0;
  std::set<std::pair<std::size_t, RowSet>> seen_;
};

}  // namespace

TableFindings findings_of(const DecisionTable& table,
                          const std::map<std::string, InputDomain>& domains) {
  return Finder(table, domains).find();
}

}  // namespace sendcheck
