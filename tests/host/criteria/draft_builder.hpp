// Writes drafts as a rule's author would, for the tests of this layer.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "criteria/draft.hpp"
#include "domain/parameters.hpp"

namespace sendcheck {

struct DraftBuilder {
  DraftRule rule;

  DraftBuilder() {
    rule.id = "rule";
    rule.title = "Rule";
  }

  ValueId add(DraftValue value) {
    rule.values.push_back(std::move(value));
    return static_cast<ValueId>(rule.values.size()) - 1;
  }
  CriterionId add(DraftCriterion criterion) {
    rule.criteria.push_back(std::move(criterion));
    return static_cast<CriterionId>(rule.criteria.size()) - 1;
  }
  DraftCriterion& at(CriterionId id) {
    return rule.criteria[static_cast<std::size_t>(id)];
  }
  DraftValue& value_at(ValueId id) {
    return rule.values[static_cast<std::size_t>(id)];
  }

  ValueId literal(Literal literal) {
    DraftValue value;
    value.literal = std::move(literal);
    return add(std::move(value));
  }
  ValueId truth(bool value) { return literal(value); }
  ValueId number(Number number) { return literal(number); }
  ValueId number(const char* text) { return literal(*Number::parse(text)); }
  ValueId pounds(const char* text) { return literal(*Money::parse(text)); }
  ValueId date(const char* text) { return literal(*Date::parse(text)); }
  ValueId date(Date date) { return literal(date); }
  ValueId text(const char* text) { return literal(std::string(text)); }

  ValueId named(ValueOp op, std::string name) {
    DraftValue value;
    value.op = op;
    value.name = std::move(name);
    return add(std::move(value));
  }
  ValueId fact(std::string path) {
    return named(ValueOp::fact, std::move(path));
  }
  ValueId parameter(std::string name) {
    return named(ValueOp::parameter, std::move(name));
  }
  ValueId item(std::string field) {
    return named(ValueOp::item, std::move(field));
  }
  ValueId as_of() { return named(ValueOp::as_of, ""); }
  ValueId op(ValueOp op, std::vector<ValueId> arguments) {
    DraftValue value;
    value.op = op;
    value.arguments = std::move(arguments);
    return add(std::move(value));
  }
  ValueId count(std::string list, CriterionId where = -1,
                std::string distinct = "") {
    DraftValue value;
    value.op = ValueOp::count;
    value.name = std::move(list);
    value.where = where;
    value.field = std::move(distinct);
    return add(std::move(value));
  }
  ValueId sum(std::string list, ValueId of, CriterionId where = -1) {
    DraftValue value;
    value.op = ValueOp::sum;
    value.name = std::move(list);
    value.arguments = {of};
    value.where = where;
    return add(std::move(value));
  }
  ValueId extreme(ValueOp op, std::string list, std::string field,
                  CriterionId where = -1) {
    DraftValue value;
    value.op = op;
    value.name = std::move(list);
    value.field = std::move(field);
    value.where = where;
    return add(std::move(value));
  }
  // Condition -1 is otherwise.
  ValueId choose(std::vector<std::pair<CriterionId, ValueId>> branches) {
    DraftValue value;
    value.op = ValueOp::choose;
    for (const auto& [condition, chosen] : branches) {
      value.conditions.push_back(condition);
      value.arguments.push_back(chosen);
    }
    return add(std::move(value));
  }
  ValueId look_up(std::string table, std::string column,
                  std::vector<std::pair<std::string, ValueId>> keys) {
    DraftValue value;
    value.op = ValueOp::look_up;
    value.name = std::move(table);
    value.field = std::move(column);
    for (auto& [name, key] : keys) {
      value.keys.push_back(name);
      value.arguments.push_back(key);
    }
    return add(std::move(value));
  }
  ValueId next_date(std::string calendar, std::string column, ValueId from) {
    DraftValue value;
    value.op = ValueOp::next_date;
    value.name = std::move(calendar);
    value.field = std::move(column);
    value.arguments = {from};
    return add(std::move(value));
  }

  CriterionId compare(CriterionOp op, std::vector<ValueId> values) {
    DraftCriterion criterion;
    criterion.op = op;
    criterion.values = std::move(values);
    return add(std::move(criterion));
  }
  CriterionId is(ValueId left, ValueId right) {
    return compare(CriterionOp::is, {left, right});
  }
  CriterionId is_true(std::string path) {
    return is(fact(std::move(path)), truth(true));
  }
  CriterionId at_least(ValueId left, ValueId right) {
    return compare(CriterionOp::at_least, {left, right});
  }
  CriterionId at_most(ValueId left, ValueId right) {
    return compare(CriterionOp::at_most, {left, right});
  }
  CriterionId combine(CriterionOp op, std::vector<CriterionId> children,
                      int n = 0) {
    DraftCriterion criterion;
    criterion.op = op;
    criterion.children = std::move(children);
    criterion.n = n;
    return add(std::move(criterion));
  }
  CriterionId all(std::vector<CriterionId> children) {
    return combine(CriterionOp::all, std::move(children));
  }
  CriterionId any(std::vector<CriterionId> children) {
    return combine(CriterionOp::any, std::move(children));
  }
  CriterionId items(CriterionOp op, std::string list, CriterionId where) {
    DraftCriterion criterion;
    criterion.op = op;
    criterion.name = std::move(list);
    criterion.children = {where};
    return add(std::move(criterion));
  }
  CriterionId any_item(std::string list, CriterionId where) {
    return items(CriterionOp::any_item, std::move(list), where);
  }
  CriterionId every_item(std::string list, CriterionId where) {
    return items(CriterionOp::every_item, std::move(list), where);
  }
  CriterionId judgement(std::string id, std::string question) {
    DraftCriterion criterion;
    criterion.op = CriterionOp::judgement;
    criterion.name = std::move(id);
    criterion.label = std::move(question);
    return add(std::move(criterion));
  }
};

}  // namespace sendcheck
