// rule { ... } and the words inside it.
#include "base/text.hpp"
#include "plugins/unused.hpp"
#include "plugins/vocabulary.hpp"

namespace sendcheck {

using script::Fault;
using script::Object;

namespace {

std::size_t at(std::int64_t index) { return static_cast<std::size_t>(index); }

void only(const script::Table& table, const std::string& word,
          const std::vector<std::string>& known) {
  if (!table.items.empty()) {
    throw Fault(word + " takes { name = value, ... }; found " +
                table.items.front().in_words() + " without a name");
  }
  for (const auto& [name, value] : table.fields) {
    bool found = false;
    for (const std::string& k : known) found = found || k == name;
    if (found) continue;
    const std::string near = nearest(name, known);
    throw Fault(word + " has no \"" + name + "\"" +
                (near.empty() ? "; it has " + join_in_words(known)
                              : "; did you mean \"" + near + "\"?"));
  }
}

const script::Table& table_at(script::Call& call, std::size_t index,
                              const std::string& word) {
  const script::Table* table = call.argument(index).table();
  if (!table) {
    throw Fault(word + " takes { name = value, ... }; found " +
                call.argument(index).in_words());
  }
  return *table;
}

}  // namespace

std::string Vocabulary::text_field(const script::Table& table,
                                   const std::string& name, bool required) {
  const Value* value = table.find(name);
  if (!value || value->is_nil()) {
    if (required) throw Fault("\"" + name + "\" is missing");
    return {};
  }
  const std::string* text = value->text();
  if (!text) {
    throw Fault("\"" + name + "\" is " + value->in_words() +
                "; expected a text");
  }
  if (required && text->empty()) throw Fault("\"" + name + "\" is empty");
  return *text;
}

CriterionId Vocabulary::optional_criterion(const script::Table& table,
                                           const std::string& name) {
  const Value* value = table.find(name);
  return value ? to_criterion(*value, name) : -1;
}

ValueId Vocabulary::optional_value(const script::Table& table,
                                   const std::string& name, int line) {
  const Value* value = table.find(name);
  return value ? to_value(*value, line) : -1;
}

std::vector<std::pair<std::string, ValueId>> Vocabulary::working_lines(
    const script::Table& table) const {
  std::vector<std::pair<std::string, ValueId>> found;
  const Value* working = table.find("working");
  if (!working) return found;
  const script::Table* lines = working->table();
  if (!lines || !lines->fields.empty()) {
    throw Fault("working is a list { line(\"label\", value), ... }");
  }
  for (const Value& item : lines->items) {
    const Object* object = item.object();
    if (!object || object->type != line_type_) {
      throw Fault("working is a list of line(\"label\", value); found " +
                  item.in_words());
    }
    found.push_back(lines_[at(object->handle)]);
  }
  return found;
}

void Vocabulary::define_rule_words(script::State& state) {
  // A thing that is only handed on: what it holds is kept here, and the script has its number.
  const auto kind_of_thing = [&state](const char* name) {
    script::TypeSpec type;
    type.name = name;
    return state.define_type(std::move(type));
  };
  line_type_ = kind_of_thing("a line(...)");
  payment_type_ = kind_of_thing("a payment { ... }");
  deadline_type_ = kind_of_thing("a deadline { ... }");
  action_type_ = kind_of_thing("an action { ... }");
  refer_type_ = kind_of_thing("a refer { ... }");
  rule_type_ = kind_of_thing("a rule { ... }");

  define(state, "message", 1, [this](Call& call) -> Value {
    const std::string id = text_at(call, 0, "the id of a message");
    const auto found = manifest_.messages.find(id);
    if (found == manifest_.messages.end()) {
      std::vector<std::string> ids;
      for (const auto& [known, text] : manifest_.messages) ids.push_back(known);
      const std::string near = nearest(id, ids);
      throw Fault("plugin.json has no message \"" + id + "\"" +
                  (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
    }
    messages_used_.insert(id);
    return found->second;
  });
  define(state, "line", 2, [this](Call& call) -> Value {
    lines_.emplace_back(text_at(call, 0, "a label"), value_at(call, 1));
    return Object{line_type_, static_cast<std::int64_t>(lines_.size()) - 1};
  });

  define(state, "payment", 1, [this](Call& call) -> Value {
    const script::Table& table = table_at(call, 0, "payment");
    only(table, "payment",
         {"value", "period", "working", "when", "from", "to", "because"});
    Payment made;
    made.value = optional_value(table, "value", call.line());
    if (made.value < 0) throw Fault("payment needs value = ...");
    made.period = text_field(table, "period", true);
    made.when = optional_criterion(table, "when");
    made.from = optional_value(table, "from", call.line());
    made.to = optional_value(table, "to", call.line());
    made.because = text_field(table, "because", false);
    made.working = working_lines(table);
    payments_.push_back(std::move(made));
    return Object{payment_type_,
                  static_cast<std::int64_t>(payments_.size()) - 1};
  });
  define(state, "not_published", 1, [this](Call& call) -> Value {
    const script::Table& table = table_at(call, 0, "not_published");
    only(table, "not_published", {"period", "because", "when", "working"});
    Payment made;
    made.published = false;
    made.period = text_field(table, "period", true);
    made.because = text_field(table, "because", true);
    made.when = optional_criterion(table, "when");
    made.working = working_lines(table);
    payments_.push_back(std::move(made));
    return Object{payment_type_,
                  static_cast<std::int64_t>(payments_.size()) - 1};
  });
  define(state, "deadline", 1, [this](Call& call) -> Value {
    const script::Table& table = table_at(call, 0, "deadline");
    only(table, "deadline", {"date", "basis", "done"});
    Deadline made;
    made.date = optional_value(table, "date", call.line());
    if (made.date < 0) throw Fault("deadline needs date = ...");
    made.done = optional_value(table, "done", call.line());
    made.basis = text_field(table, "basis", true);
    deadlines_.push_back(made);
    return Object{deadline_type_,
                  static_cast<std::int64_t>(deadlines_.size()) - 1};
  });
  const auto action = [this](const char* word,
                             const char* text) -> script::HostFunction {
    return [this, word, text](Call& call) -> Value {
      const script::Table& table = table_at(call, 0, word);
      only(table, word, {"text", "to", "by", "when"});
      Action made;
      made.text = text_field(table, "text", text == nullptr);
      if (made.text.empty() && text) made.text = text;
      if (const Value* to = table.find("to")) {
        if (const std::string* name = to->text()) {
          made.to = *name;
        } else {
          made.to_value = to_value(*to, call.line());
        }
      }
      made.by = optional_value(table, "by", call.line());
      made.when = optional_criterion(table, "when");
      actions_.push_back(std::move(made));
      return Object{action_type_,
                    static_cast<std::int64_t>(actions_.size()) - 1};
    };
  };
  define(state, "action", 1, action("action", nullptr));
  define(state, "apply", 1, action("apply", "Apply"));
  define(state, "refer", 1, [this](Call& call) -> Value {
    const script::Table& table = table_at(call, 0, "refer");
    only(table, "refer", {"to"});
    refers_.push_back(text_field(table, "to", true));
    return Object{refer_type_, static_cast<std::int64_t>(refers_.size()) - 1};
  });
  define(state, "rule", 1,
         [this](Call& call) -> Value { return make_rule(call); });
}

script::Value Vocabulary::make_rule(Call& call) {
  const script::Table& table = table_at(call, 0, "rule");
  only(table, "rule",
       {"id", "title", "source", "applies_when", "met_when", "refer_when",
        "on_met", "refer_to", "amount", "due", "actions"});
  DraftRule made;
  made.id = text_field(table, "id", true);
  made.title = text_field(table, "title", true);
  made.source = text_field(table, "source", false);
  made.refer_to = text_field(table, "refer_to", false);
  made.applies_when = optional_criterion(table, "applies_when");
  made.met_when = optional_criterion(table, "met_when");
  if (made.met_when < 0) throw Fault("rule needs met_when = ...");
  made.refer_when = optional_criterion(table, "refer_when");

  const auto handle_of = [](const Value& value, int type,
                            const char* expected) {
    const Object* object = value.object();
    if (!object || object->type != type) {
      throw Fault(std::string("expected ") + expected + "; found " +
                  value.in_words());
    }
    return at(object->handle);
  };
  if (const Value* on_met = table.find("on_met")) {
    made.on_met_refer_to =
        refers_[handle_of(*on_met, refer_type_, "on_met = refer { to = ... }")];
  }
  if (const Value* amount = table.find("amount")) {
    const char* expected = "amount = payment { ... } or not_published { ... }";
    if (const script::Table* several = amount->table()) {
      if (several->items.empty() || !several->fields.empty()) {
        throw Fault("amount is a payment { ... } or a list of them");
      }
      for (const Value& item : several->items) {
        made.payments.push_back(
            payments_[handle_of(item, payment_type_, expected)]);
      }
    } else {
      made.payments.push_back(
          payments_[handle_of(*amount, payment_type_, expected)]);
    }
  }
  if (const Value* due = table.find("due")) {
    made.has_deadline = true;
    made.deadline =
        deadlines_[handle_of(*due, deadline_type_, "due = deadline { ... }")];
  }
  if (const Value* actions = table.find("actions")) {
    const script::Table* by_outcome = actions->table();
    if (!by_outcome || !by_outcome->items.empty()) {
      throw Fault(
          "actions are listed by outcome: actions = { met = { "
          "action { ... } } }");
    }
    for (const auto& [name, listed] : by_outcome->fields) {
      const auto known = outcome(name);
      if (!known) {
        throw Fault(
            "actions are listed by outcome: met, not_met, "
            "needs_evidence, refer; found \"" +
            name + "\"");
      }
      const script::Table* items = listed.table();
      if (!items || !items->fields.empty()) {
        throw Fault("actions of \"" + name +
                    "\" are a list { action { ... }, "
                    "apply { ... } }; found " +
                    listed.in_words());
      }
      for (const Value& item : items->items) {
        made.actions[*known].push_back(actions_[handle_of(
            item, action_type_, "action { ... } or apply { ... }")]);
      }
    }
  }
  made.values = values_;
  made.criteria = criteria_;
  rules_.push_back(std::move(made));
  return Object{rule_type_, static_cast<std::int64_t>(rules_.size()) - 1};
}

Result<std::vector<DraftRule>> Vocabulary::rules(const Value& returned) const {
  std::vector<DraftRule> found;
  const auto take = [&](const Value& value) {
    const Object* object = value.object();
    if (!object || object->type != rule_type_) return false;
    found.push_back(rules_[at(object->handle)]);
    return true;
  };
  bool good = true;
  if (const script::Table* several = returned.table()) {
    for (const Value& item : several->items) good = take(item) && good;
    good = good && several->fields.empty();
  } else {
    good = take(returned);
  }
  if (!good || found.empty()) {
    return unexpected(
        {"plugins.no_rule", "rule.lua returns " + returned.in_words() +
                                "; expected return rule { ... }, or a list of "
                                "rules"});
  }
  if (auto unused =
          unused_part(found, {values_, criteria_, read_values_, originals_})) {
    return unexpected(std::move(*unused));
  }
  return found;
}

}  // namespace sendcheck
