#include "cli/value_page.hpp"

#include <algorithm>

#include "base/date.hpp"
#include "base/text.hpp"
#include "domain/decision_table.hpp"

namespace sendcheck::cli {
namespace {

// "3 March 2026" of "2026-03-03"; what is no date stays as it is.
std::string day_in_words(const std::string& day) {
  const auto date = Date::parse(day);
  return date ? date->in_words() : day;
}

class Values {
 public:
  Values(const Rule& rule, const RuleInForce& in_force,
         const Catalogue& catalogue, const Style& style, std::size_t columns)
      : rule_(rule),
        in_force_(in_force),
        catalogue_(catalogue),
        style_(style),
        columns_(columns) {}

  std::string text() {
    if (rule_.parameters.empty()) return {};
    out_ += "\n" +
            style_.bold("The values in force, and where they come from") + "\n";
    say_edition();
    std::vector<bool> done(rule_.parameters.size());
    for (std::size_t i = 0; i < rule_.parameters.size(); ++i) {
      if (done[i]) continue;
      const EffectiveParameter* given = given_for(i);
      if (!given) continue;
      const std::string from = origin_of(given->origin);
      line(from, 2);
      if (!given->origin.source_url.empty()) line(given->origin.source_url, 2);
      said_unconfirmed_.clear();
      for (std::size_t j = i; j < rule_.parameters.size(); ++j) {
        const EffectiveParameter* other = given_for(j);
        if (!other || done[j] || origin_of(other->origin) != from ||
            other->origin.source_url != given->origin.source_url) {
          continue;
        }
        done[j] = true;
        value(rule_.parameters[j], *other);
      }
    }
    std::vector<std::string> absent;
    for (std::size_t i = 0; i < rule_.parameters.size(); ++i) {
      if (!given_for(i)) absent.push_back(rule_.parameters[i].label);
    }
    if (!absent.empty()) {
      line("Not given by this edition: " + join(absent, "; ") + ".", 2);
    }
    return std::move(out_);
  }

 private:
  const EffectiveParameter* given_for(std::size_t index) const {
    const auto found = in_force_.parameters.find(rule_.parameters[index].name);
    return found == in_force_.parameters.end() ? nullptr : &found->second;
  }

  static std::string edition_of(const Origin& origin) {
    std::string words = "the edition " + origin.edition;
    if (!origin.approved_by.empty()) {
      words += ", approved by " + origin.approved_by + " on " +
               day_in_words(origin.approved_on);
    }
    return words;
  }

  // One edition gives most rules all that they have: that is said once.
  void say_edition() {
    std::string all;
    for (std::size_t i = 0; i < rule_.parameters.size(); ++i) {
      const EffectiveParameter* given = given_for(i);
      if (!given) continue;
      const std::string words = edition_of(given->origin);
      if (!all.empty() && words != all) return;
      all = words;
    }
    if (all.empty()) return;
    line("All by " + all + ".", 2);
    is_one_edition_ = true;
  }

  std::string origin_of(const Origin& origin) const {
    const std::string& source =
        origin.source_title.empty() ? origin.source : origin.source_title;
    return (is_one_edition_ ? "" : capitalised(edition_of(origin)) + ". ") +
           "Source: " + source;
  }

  void line(std::string_view text, std::size_t indent) {
    out_ += std::string(indent, ' ') + wrapped(text, columns_, indent) + "\n";
  }

  std::string said(const ParameterValue& value,
                   const ParameterSpec& spec) const {
    return with_unit(in_words(value, spec, catalogue_), spec.unit);
  }

  // A reading is kept as its source writes it.
  std::string read_as(const std::string& text,
                      const ParameterSpec& spec) const {
    if (spec.type == ParameterType::code) {
      return code_in_words(text, spec, catalogue_);
    }
    if (spec.type == ParameterType::money) {
      if (const auto money = Money::parse(text)) {
        return with_unit(money->in_words(), spec.unit);
      }
    }
    return spec.type == ParameterType::date ? day_in_words(text)
                                            : with_unit(text, spec.unit);
  }

  void value(const ParameterSpec& spec, const EffectiveParameter& given) {
    out_ += "    - " +
            wrapped(spec.label + ": " + said(given.value, spec), columns_, 6) +
            "\n";
    if (given.unconfirmed) {
      const bool again = given.unconfirmed_because == said_unconfirmed_;
      line(again ? "Not confirmed, for the same reason."
                 : "Not confirmed: " + given.unconfirmed_because,
           6);
      said_unconfirmed_ = given.unconfirmed_because;
    }
    for (const EffectiveParameter::Reading& reading : given.readings) {
      const std::string words = read_as(reading.value, spec);
      if (words == said(given.value, spec)) continue;
      line("Another reading: " + words + " (" +
               (reading.source_title.empty() ? reading.source
                                             : reading.source_title) +
               ")",
           6);
    }
    if (!given.note.empty()) line(given.note, 6);
    if (given.replaced) {
      line("It replaces " + said(given.replaced->value, spec) + " of " +
               given.replaced->origin.edition + ".",
           6);
    }
    if (given.value.decision) policy(given.value.decision->spec());
    if (given.value.table) table(*given.value.table);
  }

  void policy(const DecisionSpec& spec) {
    line(policy_in_words(spec), 6);
    std::vector<std::string> inputs, outputs;
    for (const DecisionInput& input : spec.inputs) {
      inputs.push_back(input.label.empty() ? input.name : input.label);
    }
    for (const DecisionOutput& output : spec.outputs) {
      outputs.push_back(output.label.empty() ? output.name : output.label);
    }
    line("It takes " + join_in_words(inputs) + ", and gives " +
             join_in_words(outputs) + ".",
         6);
  }

  void table(const Table& table) {
    std::vector<std::vector<std::string>> rows(1);
    std::vector<bool> is_number;
    for (const ColumnSpec& column : table.columns) {
      rows[0].push_back(capitalised(column.in_words()));
      is_number.push_back(column.type == ParameterType::money ||
                          column.type == ParameterType::integer ||
                          column.type == ParameterType::decimal);
    }
    for (const auto& row : table.rows) {
      rows.emplace_back();
      for (std::size_t c = 0; c < row.size(); ++c) {
        rows.back().push_back(
            cell_in_words(row[c], table.columns[c], catalogue_));
      }
    }
    std::vector<std::size_t> widths(table.columns.size());
    std::size_t all = 6;
    for (std::size_t c = 0; c < widths.size(); ++c) {
      for (const auto& row : rows)
        widths[c] = std::max(widths[c], width(row[c]));
      all += widths[c] + 2;
    }
    if (all <= columns_ + 2) {
      aligned(rows, widths, is_number);
    } else {
      listed(rows);
    }
  }

  void aligned(const std::vector<std::vector<std::string>>& rows,
               const std::vector<std::size_t>& widths,
               const std::vector<bool>& is_number) {
    for (std::size_t r = 0; r < rows.size(); ++r) {
      std::string words(6, ' ');
      for (std::size_t c = 0; c < widths.size(); ++c) {
        const std::string gap(widths[c] - width(rows[r][c]), ' ');
        words += (is_number[c] ? gap + rows[r][c] : rows[r][c] + gap) + "  ";
      }
      words.erase(words.find_last_not_of(' ') + 1);
      out_ += (r == 0 ? style_.bold(words) : words) + "\n";
    }
  }

  // A table that is wider than the page: a row a point, each cell with its heading.
  void listed(const std::vector<std::vector<std::string>>& rows) {
    for (std::size_t r = 1; r < rows.size(); ++r) {
      std::vector<std::string> cells;
      for (std::size_t c = 0; c < rows[r].size(); ++c) {
        if (rows[r][c].empty() || rows[r][c] == "none given") continue;
        cells.push_back(rows[0][c] + ": " + rows[r][c]);
      }
      out_ += "      - " + wrapped(join(cells, "; "), columns_, 8) + "\n";
    }
  }

  const Rule& rule_;
  const RuleInForce& in_force_;
  const Catalogue& catalogue_;
  const Style& style_;
  std::size_t columns_;
  bool is_one_edition_ = false;
  std::string said_unconfirmed_;
  std::string out_;
};

}  // namespace

std::string values_page(const Rule& rule, const RuleInForce& in_force,
                        const Catalogue& catalogue, const Style& style,
                        std::size_t columns) {
  return Values(rule, in_force, catalogue, style, columns).text();
}

}  // namespace sendcheck::cli
