#include "casework/rule_page.hpp"

#include <algorithm>

#include "base/files.hpp"
#include "base/text.hpp"
#include "casework/rule_limits.hpp"
#include "criteria/describe.hpp"
#include "criteria/evidence_asked.hpp"
#include "criteria/settled.hpp"
#include "engine/summary.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

std::string words_of(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

bool is_number(ParameterType type) {
  return type == ParameterType::integer || type == ParameterType::decimal ||
         type == ParameterType::money;
}

std::shared_ptr<const TableInWords> table_in_words(const Table& table,
                                                   const Catalogue& catalogue) {
  auto words = std::make_shared<TableInWords>();
  for (const ColumnSpec& column : table.columns) {
    words->columns.push_back(
        {capitalised(column.in_words()), is_number(column.type)});
  }
  for (const auto& row : table.rows) {
    auto& cells = words->rows.emplace_back();
    for (std::size_t c = 0; c < row.size(); ++c) {
      cells.push_back(cell_in_words(row[c], table.columns[c], catalogue));
    }
  }
  return words;
}

// A reading is kept as it is written; `unit` is what stands behind the value beside which it is read.
std::string reading_in_words(const std::string& text, const ParameterSpec& spec,
                             const std::string& unit) {
  if (spec.type == ParameterType::money) {
    if (const auto money = Money::parse(text)) return money->in_words();
  }
  if (spec.type == ParameterType::date) {
    if (const auto date = Date::parse(text)) return date->in_words();
  }
  return (spec.type == ParameterType::code ? words_of(text) : text) + unit;
}

// Everything of a rule that its tree says.
class Reading {
 public:
  // Without a binding: as the rule is, whatever an edition may say.
  Reading(const Rule& rule, const Workspace& workspace, const Binding* binding,
          Date as_of)
      : rule_(rule),
        catalogue_(workspace.catalogue()),
        binding_(binding),
        describer_(rule, workspace.catalogue(), binding),
        settled_(binding ? settled_by_edition(
                               rule, *binding, workspace.catalogue(),
                               workspace.rulesets().bank_holidays(), as_of)
                         : std::vector<std::optional<Truth>>()),
        criteria_(rule, describer_, settled_, binding) {}

  CriteriaInWords& criteria() { return criteria_; }

  PaymentInWords payment(const Payment& payment) const {
    PaymentInWords words;
    if (!criteria_.is_always(payment.when)) {
      words.when = describer_.label(payment.when);
    }
    words.period = period_in_words(payment.period);
    words.because = payment.because;
    if (!payment.published) return words;
    words.tables = tables_of(payment.value);
    const ValueNode& value = rule_.tree.values[at(payment.value)];
    if (value.op != ValueOp::look_up || !value.label.empty()) {
      words.amount = describer_.value(payment.value);
      return words;
    }
    const ParameterSpec& table = rule_.parameters[at(value.parameter)];
    std::vector<std::string> keys;
    for (ValueId key : value.arguments) keys.push_back(describer_.value(key));
    words.amount = "the column \"" +
                   capitalised(table.columns[at(value.field)].in_words()) +
                   "\" of the table \"" + capitalised(table.label) + "\", by " +
                   join_in_words(keys);
    return words;
  }

  ActionInWords action(const Action& action) const {
    ActionInWords words;
    words.text = action.text;
    words.to =
        action.to_value < 0 ? action.to : describer_.value(action.to_value);
    if (action.by >= 0) words.by = describer_.value(action.by);
    if (!criteria_.is_always(action.when)) {
      words.when = describer_.label(action.when);
    }
    return words;
  }

  std::string value(ValueId id) const { return describer_.value(id); }

  // "£6,000 a year": as the criteria say it, where one reads it.
  std::string parameter(int slot, const EffectiveParameter& given) const {
    const ParameterSpec& spec = rule_.parameters[at(slot)];
    // A day of the year is a number to the tree.
    if (binding_ && binding_->parameters[at(slot)] && !given.value.table &&
        spec.type != ParameterType::month_day) {
      for (std::size_t i = 0; i < rule_.tree.values.size(); ++i) {
        const ValueNode& node = rule_.tree.values[i];
        if (node.op == ValueOp::parameter && node.slot == slot &&
            node.label.empty()) {
          return plain(describer_.value(static_cast<ValueId>(i)), spec);
        }
      }
    }
    return plain(in_words(given.value, spec), spec);
  }

  // The tables in which a value is looked up.
  std::vector<std::string> tables_of(ValueId id) const {
    std::vector<std::string> names;
    gather_tables(id, names);
    return names;
  }

  std::vector<std::string> judgements() const {
    std::vector<std::string> questions;
    for (const CriterionNode& node : rule_.tree.criteria) {
      if (node.op == CriterionOp::judgement) add(questions, node.label);
    }
    return questions;
  }

  bool looks_up() const {
    return std::any_of(
        rule_.tree.values.begin(), rule_.tree.values.end(),
        [&](const ValueNode& node) {
          return node.op == ValueOp::look_up ||
                 (node.parameter >= 0 &&
                  rule_.parameters[at(node.parameter)].decision != nullptr);
        });
  }

  std::vector<std::string> documents() const {
    return evidence_asked(rule_, catalogue_, describer_, settled_);
  }

 private:
  static void add(std::vector<std::string>& names, const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(name);
    }
  }

  // A code of a parameter's own has no label.
  static std::string plain(const std::string& words,
                           const ParameterSpec& spec) {
    return spec.type == ParameterType::code ? words_of(words) : words;
  }

  void gather_tables(ValueId id, std::vector<std::string>& names) const {
    if (id < 0) return;
    const ValueNode& node = rule_.tree.values[at(id)];
    if (node.parameter >= 0) {
      add(names, rule_.parameters[at(node.parameter)].name);
    }
    for (ValueId argument : node.arguments) gather_tables(argument, names);
  }

  const Rule& rule_;
  const Catalogue& catalogue_;
  const Binding* binding_;
  Describer describer_;
  std::vector<std::optional<Truth>> settled_;
  CriteriaInWords criteria_;
};

bool unconfirmed_in(const CriterionInWords& words) {
  return !words.unconfirmed.empty() ||
         std::any_of(words.parts.begin(), words.parts.end(), unconfirmed_in);
}

// What differs between two forms of one table, a sentence a row or cell.
void compare_tables(const std::string& label, const Table& now,
                    const Table& before, const Catalogue& catalogue,
                    std::vector<std::string>& changes) {
  const auto a = table_in_words(now, catalogue),
             b = table_in_words(before, catalogue);
  if (a->rows == b->rows) return;
  if (a->rows.size() != b->rows.size() ||
      now.columns.size() != before.columns.size()) {
    changes.push_back(label + ": " + std::to_string(a->rows.size()) +
                      " rows, before " + std::to_string(b->rows.size()));
    return;
  }
  for (std::size_t r = 0; r < a->rows.size(); ++r) {
    for (std::size_t c = 0; c < a->rows[r].size(); ++c) {
      if (a->rows[r][c] == b->rows[r][c]) continue;
      changes.push_back(label + ", " + a->rows[r][0] + ", " +
                        now.columns[c].in_words() + ": " + a->rows[r][c] +
                        ", before " + b->rows[r][c]);
    }
  }
}

}  // namespace

bool RulePage::has_unconfirmed() const {
  return dates_unconfirmed || unconfirmed_in(met_when) ||
         (about && unconfirmed_in(*about)) ||
         (refer_when && unconfirmed_in(*refer_when)) ||
         std::any_of(values.begin(), values.end(), [](const ValueInWords& v) {
           return !v.unconfirmed.empty();
         });
}

RulePages::RulePages(const Workspace& workspace, std::string la, Date as_of)
    : workspace_(workspace), la_(std::move(la)), as_of_(as_of) {}

RulePages::~RulePages() = default;

Checker& RulePages::checker_of(Date day) {
  auto& checker = checkers_[day];
  if (!checker) {
    checker = std::make_unique<Checker>(workspace_.engine(), rules_, day, true);
  }
  return *checker;
}

Result<std::vector<RulePage>> RulePages::all() {
  auto selected = workspace_.engine().select({});
  if (!selected) return unexpected(selected.error());
  rules_ = std::move(*selected);
  std::vector<RulePage> pages;
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    if (rules_[i].broken) return unexpected(rules_[i].broken->errors.front());
    const BoundRule& bound = checker_of(as_of_).bound(i, la_, "");
    using Status = RuleInForce::Status;
    if (bound.in_force.status == Status::broken) {
      return unexpected(*bound.in_force.error);
    }
    if (bound.in_force.status != Status::in_force &&
        bound.in_force.status != Status::closed) {
      continue;
    }
    pages.push_back(page(rules_[i], bound));
  }
  return pages;
}

RulePage RulePages::page(const SelectedRule& selected, const BoundRule& bound) {
  const Rule& rule = *selected.rule;
  const Manifest& manifest = selected.plugin->manifest;
  const Catalogue& catalogue = workspace_.catalogue();
  const RuleInForce& in_force = bound.in_force;
  const bool is_open = in_force.status == RuleInForce::Status::in_force;
  Reading reading(rule, workspace_, is_open ? &bound.binding : nullptr, as_of_);
  CriteriaInWords& criteria = reading.criteria();

  RulePage page;
  page.id = rule.id;
  page.title = rule.title;
  page.kind = manifest.kind;
  page.summary = manifest.summary;
  page.source = rule.source;
  page.authority = manifest.authority;
  page.is_local = !workspace_.rulesets().is_national(rule.id);
  page.plugin_version = manifest.version;
  page.plugin_hash = selected.plugin->hash;
  page.status = in_force.status;
  if (in_force.closed) page.closed_refer_to = in_force.closed->refer_to;
  page.editions = in_force.editions;
  page.dates_unconfirmed = in_force.unconfirmed;
  page.dates_unconfirmed_because = in_force.unconfirmed_because;

  if (rule.applies_when >= 0) page.about = criteria.whole(rule.applies_when);
  page.met_when = criteria.whole(rule.met_when);
  if (rule.refer_when >= 0 && !criteria.is_never(rule.refer_when)) {
    page.refer_when = criteria.whole(rule.refer_when);
  }
  page.on_met_refer_to = rule.on_met_refer_to;
  page.refer_to = rule.refer_to;
  page.judgements = reading.judgements();
  page.looks_up = reading.looks_up();
  page.documents = reading.documents();
  page.reads = rule.facts;
  for (FactRef fact : rule.facts) {
    const FactSpec& spec = catalogue.spec(fact);
    if (!spec.evidence) page.facts.push_back(spec.label);
    const auto why = manifest.reads_protected.find(spec.path);
    if (why != manifest.reads_protected.end()) {
      page.reads_protected[spec.label] = why->second;
    }
  }
  for (const Payment& payment : rule.payments) {
    if (criteria.is_never(payment.when)) continue;
    page.payments.push_back(reading.payment(payment));
    if (criteria.is_always(payment.when)) break;  // the first that holds
  }
  if (rule.has_deadline) {
    page.deadline = capitalised(reading.value(rule.deadline.date));
    page.deadline_basis = rule.deadline.basis;
    page.deadline_tables = reading.tables_of(rule.deadline.date);
  }
  for (const auto& [outcome, actions] : rule.actions) {
    auto* to = outcome == Outcome::met              ? &page.if_met
               : outcome == Outcome::needs_evidence ? &page.if_evidence
               : outcome == Outcome::refer          ? &page.if_referred
                                                    : nullptr;
    if (!to) continue;
    for (const Action& action : actions) {
      if (!criteria.is_never(action.when)) {
        to->push_back(reading.action(action));
      }
    }
  }
  for (std::size_t i = 0; is_open && i < rule.parameters.size(); ++i) {
    const ParameterSpec& spec = rule.parameters[i];
    ValueInWords& value = page.values.emplace_back();
    value.name = spec.name;
    value.label = spec.label;
    const auto found = in_force.parameters.find(spec.name);
    if (found == in_force.parameters.end()) {
      value.given = false;
      continue;
    }
    const EffectiveParameter& given = found->second;
    value.value = reading.parameter(static_cast<int>(i), given);
    value.origin = given.origin;
    for (const Edition* edition : in_force.editions) {
      if (edition->id == given.origin.edition) value.since = edition->from;
    }
    if (given.unconfirmed) value.unconfirmed = given.unconfirmed_because;
    value.readings = given.readings;
    const std::string plain = in_words(given.value, spec);
    const std::string unit = value.value.starts_with(plain)
                                 ? value.value.substr(plain.size())
                                 : std::string();
    for (EffectiveParameter::Reading& other : value.readings) {
      other.value = reading_in_words(other.value, spec, unit);
    }
    value.note = given.note;
    if (given.replaced) {
      value.replaced = in_words(given.replaced->value, spec) + " of " +
                       given.replaced->origin.edition;
    }
    if (given.value.table) {
      value.table = table_in_words(*given.value.table, catalogue);
    }
  }
  page.limits = rule_limits(*selected.plugin, catalogue);
  compare(selected, bound, page);
  return page;
}

void RulePages::compare(const SelectedRule& selected, const BoundRule& bound,
                        RulePage& page) {
  if (page.editions.empty()) return;
  const Edition* newest = *std::max_element(
      page.editions.begin(), page.editions.end(),
      [](const Edition* a, const Edition* b) { return a->from < b->from; });
  const auto index = static_cast<std::size_t>(&selected - rules_.data());
  const Date day_before = newest->from - 1;
  const BoundRule& before = checker_of(day_before).bound(index, la_, "");
  using Status = RuleInForce::Status;
  if (before.in_force.status == Status::closed) {
    page.before_in_words = "The scheme was closed before.";
  } else if (before.in_force.status != Status::in_force) {
    page.before_in_words =
        "No edition is held that was in force on the day before, " +
        day_before.in_words() + ".";
  }
  if (const Edition* edition = before.in_force.edition()) {
    page.before = edition->id;
  }
  if (!page.before_in_words.empty()) return;
  if (page.status == Status::closed) {
    page.before_in_words = "The scheme was open before.";
    return;
  }
  const Rule& rule = *selected.rule;
  const Reading now_reading(rule, workspace_, &bound.binding, as_of_);
  const Reading old_reading(rule, workspace_, &before.binding, day_before);
  for (std::size_t i = 0; i < rule.parameters.size(); ++i) {
    const ParameterSpec& spec = rule.parameters[i];
    const int slot = static_cast<int>(i);
    const auto now = bound.in_force.parameters.find(spec.name);
    const auto old = before.in_force.parameters.find(spec.name);
    const bool has_now = now != bound.in_force.parameters.end();
    const bool has_old = old != before.in_force.parameters.end();
    const std::string label = capitalised(spec.label);
    if (!has_now && !has_old) continue;
    if (!has_old) {
      page.changes.push_back(label + ": " +
                             now_reading.parameter(slot, now->second) +
                             ", before not given");
    } else if (!has_now) {
      page.changes.push_back(label + ": no longer given, before " +
                             old_reading.parameter(slot, old->second));
    } else if (now->second.value.table && old->second.value.table) {
      compare_tables(label, *now->second.value.table, *old->second.value.table,
                     workspace_.catalogue(), page.changes);
    } else if (to_text(now->second.value, spec) !=
               to_text(old->second.value, spec)) {
      page.changes.push_back(
          label + ": " + now_reading.parameter(slot, now->second) +
          ", before " + old_reading.parameter(slot, old->second));
    }
  }
  if (page.changes.empty()) {
    page.before_in_words = "No value has changed.";
  }
}

}  // namespace sendcheck
